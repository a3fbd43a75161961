/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-day-closer.h"

#include <glib/gi18n-lib.h>

#include "sobre-format.h"
#include "sync/sobre-compact-after.h"

/** @cancellable: of what is at work; %NULL for nothing */
struct _SobreDayCloser
{
  GObject parent_instance;

  SobreWorkspace *workspace;
  SobreClock *clock;
  GCancellable *cancellable;
  char *progress;
};

enum
{
  PROP_PROGRESS = 1,
};

G_DEFINE_FINAL_TYPE (SobreDayCloser, sobre_day_closer, G_TYPE_OBJECT)

/** Telling: what the work's threads know of the object, which may be gone by then. Shared by reference. */
typedef struct
{
  GWeakRef closer;
} Telling;

/** Step: progress on its way to the main context. */
typedef struct
{
  Telling *telling;
  double fraction;
} Step;

static void
clear_telling (gpointer data)
{
  g_weak_ref_clear (&((Telling *) data)->closer);
}

static void
telling_release (gpointer data)
{
  g_atomic_rc_box_release_full (data, clear_telling);
}

static void
step_free (gpointer data)
{
  Step *step = data;

  telling_release (step->telling);
  g_free (step);
}

/* @progress: (transfer full) (nullable) */
static void
take_progress (SobreDayCloser *self, char *progress)
{
  gboolean changed = g_strcmp0 (progress, self->progress) != 0;

  g_free (self->progress);
  self->progress = progress;
  if (changed)
    g_object_notify (G_OBJECT (self), "progress");
}

static gboolean
show_step_cb (gpointer data)
{
  Step *step = data;
  g_autoptr (SobreDayCloser) self = g_weak_ref_get (&step->telling->closer);
  g_autofree char *share = NULL;

  if (self == NULL || self->cancellable == NULL)
    return G_SOURCE_REMOVE;
  share = sobre_format_share (step->fraction);
  /* Translators: days that are over are put where queries on Athena read less: "Closing days: 55 %" */
  take_progress (self, g_strdup_printf (_ ("Closing days: %s"), share));
  return G_SOURCE_REMOVE;
}

static void
tell_cb (double fraction, gpointer user_data)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Step *step = g_new (Step, 1);

  *step = (Step) { g_atomic_rc_box_acquire (user_data), fraction };
  g_source_set_callback (source, show_step_cb, step, step_free);
  g_source_attach (source, NULL);
}

static DexFuture *
done_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (SobreDayCloser) self = g_weak_ref_get (&((Telling *) user_data)->closer);

  if (self == NULL)
    return NULL;
  g_clear_object (&self->cancellable);
  take_progress (self, NULL);
  return NULL;
}

static void
sobre_day_closer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PROGRESS)
    g_value_set_string (value, SOBRE_DAY_CLOSER (object)->progress);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sobre_day_closer_dispose (GObject *object)
{
  SobreDayCloser *self = SOBRE_DAY_CLOSER (object);

  sobre_day_closer_stop (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->progress, g_free);
  G_OBJECT_CLASS (sobre_day_closer_parent_class)->dispose (object);
}

static void
sobre_day_closer_class_init (SobreDayCloserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sobre_day_closer_dispose;
  object_class->get_property = sobre_day_closer_get_property;
  g_object_class_install_property (
      object_class, PROP_PROGRESS,
      g_param_spec_string ("progress", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
}

static void
sobre_day_closer_init (SobreDayCloser *self)
{
}

SobreDayCloser *
sobre_day_closer_new (SobreWorkspace *workspace, SobreClock *clock)
{
  SobreDayCloser *self = g_object_new (SOBRE_TYPE_DAY_CLOSER, NULL);

  self->workspace = g_object_ref (workspace);
  self->clock = g_object_ref (clock);
  return self;
}

void
sobre_day_closer_run (SobreDayCloser *self)
{
  SobreCompactWork work;
  Telling *telling;

  if (self->cancellable != NULL)
    return;
  self->cancellable = g_cancellable_new ();
  telling = g_atomic_rc_box_new0 (Telling);
  g_weak_ref_init (&telling->closer, self);
  work = (SobreCompactWork) {
    .workspace = self->workspace, .tell = tell_cb, .tell_data = telling, .cancellable = self->cancellable
  };
  dex_future_disown (
      dex_future_finally (sobre_compact_after_sync (&work, sobre_clock_now (self->clock)), done_cb, telling, telling_release));
}

void
sobre_day_closer_stop (SobreDayCloser *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

const char *
sobre_day_closer_get_progress (SobreDayCloser *self)
{
  return self->progress;
}
