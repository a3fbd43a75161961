/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-visit-counter.h"

struct _SobreVisitCounter
{
  GObject parent_instance;

  SobreFigureSource *source;
  SobreVisitFigures *visits;
  SobreFilter *asked; /* what the question under way is about */
  SobreFilter *next;  /* what to ask after it */
};

enum
{
  PROP_VISITS = 1,
};

G_DEFINE_FINAL_TYPE (SobreVisitCounter, sobre_visit_counter, G_TYPE_OBJECT)

static void
free_weak_ref (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static GWeakRef *
make_weak_ref (SobreVisitCounter *self)
{
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  g_weak_ref_init (ref, self);
  return ref;
}

static void ask (SobreVisitCounter *self);

static DexFuture *
counted_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (SobreVisitCounter) self = g_weak_ref_get (user_data);
  const GValue *value;

  if (self == NULL)
    return NULL;
  value = dex_future_get_value (future, NULL);
  g_clear_pointer (&self->asked, sobre_filter_free);
  /* Those of a filter that was left in the meantime are dropped. */
  if (value != NULL &&
      (self->next == NULL || sobre_filter_equal (self->next, ((SobreVisitFigures *) g_value_get_boxed (value))->filter)))
    {
      g_clear_pointer (&self->visits, sobre_visit_figures_unref);
      self->visits = sobre_visit_figures_ref (g_value_get_boxed (value));
      g_object_notify (G_OBJECT (self), "visits");
    }
  ask (self);
  return NULL;
}

static void
ask (SobreVisitCounter *self)
{
  if (self->asked != NULL || self->next == NULL)
    return;
  self->asked = g_steal_pointer (&self->next);
  dex_future_disown (dex_future_finally (sobre_figure_source_compute_visits (self->source, self->asked), counted_cb,
                                         make_weak_ref (self), free_weak_ref));
}

static void
sobre_visit_counter_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_VISITS)
    g_value_set_boxed (value, SOBRE_VISIT_COUNTER (object)->visits);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_visit_counter_finalize (GObject *object)
{
  SobreVisitCounter *self = SOBRE_VISIT_COUNTER (object);

  g_clear_object (&self->source);
  g_clear_pointer (&self->visits, sobre_visit_figures_unref);
  g_clear_pointer (&self->asked, sobre_filter_free);
  g_clear_pointer (&self->next, sobre_filter_free);
  G_OBJECT_CLASS (sobre_visit_counter_parent_class)->finalize (object);
}

static void
sobre_visit_counter_class_init (SobreVisitCounterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sobre_visit_counter_get_property;
  object_class->finalize = sobre_visit_counter_finalize;
  g_object_class_install_property (
      object_class, PROP_VISITS,
      g_param_spec_boxed ("visits", NULL, NULL, SOBRE_TYPE_VISIT_FIGURES, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
sobre_visit_counter_init (SobreVisitCounter *self)
{
}

SobreVisitCounter *
sobre_visit_counter_new (SobreFigureSource *source)
{
  SobreVisitCounter *self = g_object_new (SOBRE_TYPE_VISIT_COUNTER, NULL);

  self->source = g_object_ref (source);
  return self;
}

void
sobre_visit_counter_count (SobreVisitCounter *self, const SobreFilter *filter)
{
  g_clear_pointer (&self->next, sobre_filter_free);
  self->next = sobre_filter_copy (filter);
  ask (self);
}

SobreVisitFigures *
sobre_visit_counter_get_visits (SobreVisitCounter *self)
{
  return self->visits;
}
