/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-session-private.h"

#include <glib/gi18n-lib.h>

#include "session/sobre-names.h"

enum
{
  PROP_WORKSPACE = 1,
  PROP_COLLECTOR,
  PROP_PERIOD,
  PROP_FILTER,
  PROP_FIGURES,
  PROP_MESSAGE,
  PROP_DAMAGED,
  PROP_PROGRESS,
};

G_DEFINE_FINAL_TYPE (SobreSession, sobre_session, G_TYPE_OBJECT)
G_DEFINE_BOXED_TYPE (SobreFilter, sobre_filter, sobre_filter_copy, sobre_filter_free)

static void
set_message (SobreSession *self, const char *message, gboolean damaged)
{
  if (self->damaged != damaged)
    {
      self->damaged = damaged;
      g_object_notify (G_OBJECT (self), "damaged");
    }
  if (g_set_str (&self->message, message))
    g_object_notify (G_OBJECT (self), "message");
}

void
sobre_session_report (SobreSession *self, const GError *error)
{
  /* Translators: what went wrong, a sentence */
  g_autofree char *message = g_strdup_printf (_ ("The figures may be out of date. %s"), error->message);

  set_message (self, message,
               g_error_matches (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_DAMAGED) ||
                   g_error_matches (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_STALE));
}

static void
publish (SobreSession *self, SobreFigures *figures)
{
  g_clear_pointer (&self->figures, sobre_figures_unref);
  self->figures = sobre_figures_ref (figures);
  set_message (self, NULL, FALSE);
  g_object_notify (G_OBJECT (self), "figures");
  sobre_visit_counter_count (self->visit_counter, self->filter);
}

/* One question is under way at a time. What changed meanwhile makes its answer outdated: for another filter it is dropped, for new
 * answers it is shown and asked again. */
static DexFuture *
computed_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (SobreSession) self = g_weak_ref_get (user_data);
  g_autoptr (GError) error = NULL;
  const GValue *value;

  if (self == NULL)
    return NULL;
  self->computing = FALSE;
  if (!self->started)
    return NULL;
  value = dex_future_get_value (future, &error);
  if (value != NULL)
    {
      SobreFigures *figures = g_value_get_boxed (value);

      if (sobre_filter_equal (figures->filter, self->filter))
        publish (self, figures);
    }
  else if (!g_error_matches (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_MISSING))
    {
      sobre_session_report (self, error);
    }
  if (self->outdated)
    sobre_session_compute (self);
  return NULL;
}

void
sobre_session_free_weak_ref (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

GWeakRef *
sobre_session_make_weak_ref (SobreSession *self)
{
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  g_weak_ref_init (ref, self);
  return ref;
}

void
sobre_session_compute (SobreSession *self)
{
  self->outdated = self->computing;
  if (!self->started || self->outdated)
    return;
  self->computing = TRUE;
  dex_future_disown (dex_future_finally (sobre_figure_source_compute (self->source, self->filter, SOBRE_SESSION_MAX_COMMENTS),
                                         computed_cb, sobre_session_make_weak_ref (self), sobre_session_free_weak_ref));
}

/* Takes @filter over when it differs, its days set to the period that ends today. */
static void
take_filter (SobreSession *self, SobreFilter *filter)
{
  filter->to_day = sobre_session_get_today (self);
  filter->from_day = filter->to_day - sobre_period_get_length (self->period) + 1;
  if (sobre_filter_equal (filter, self->filter))
    {
      sobre_filter_free (filter);
      return;
    }
  sobre_filter_free (self->filter);
  self->filter = filter;
  g_object_notify (G_OBJECT (self), "filter");
  sobre_session_compute (self);
}

static void
sobre_session_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  SobreSession *self = SOBRE_SESSION (object);

  switch (property_id)
    {
    case PROP_WORKSPACE:
      g_value_set_object (value, self->workspace);
      break;
    case PROP_COLLECTOR:
      g_value_set_object (value, self->collector);
      break;
    case PROP_PERIOD:
      g_value_set_string (value, sobre_period_get_name (self->period));
      break;
    case PROP_FILTER:
      g_value_set_boxed (value, self->filter);
      break;
    case PROP_FIGURES:
      g_value_set_boxed (value, self->figures);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_DAMAGED:
      g_value_set_boolean (value, self->damaged);
      break;
    case PROP_PROGRESS:
      g_value_set_string (value, self->progress);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_session_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_PERIOD)
    sobre_session_set_period (SOBRE_SESSION (object), sobre_period_from_name (g_value_get_string (value)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_session_dispose (GObject *object)
{
  SobreSession *self = SOBRE_SESSION (object);

  sobre_session_stop (self);
  g_clear_object (&self->sync);
  g_clear_object (&self->day_closer);
  g_clear_object (&self->visit_counter);
  g_clear_object (&self->source);
  g_clear_object (&self->collector);
  g_clear_object (&self->code_desk);
  G_OBJECT_CLASS (sobre_session_parent_class)->dispose (object);
}

static void
sobre_session_finalize (GObject *object)
{
  SobreSession *self = SOBRE_SESSION (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->clock);
  g_clear_object (&self->note_book);
  g_clear_object (&self->site_courier);
  g_clear_pointer (&self->figures, sobre_figures_unref);
  g_clear_pointer (&self->filter, sobre_filter_free);
  g_free (self->message);
  g_free (self->progress);
  g_free (self->names);
  G_OBJECT_CLASS (sobre_session_parent_class)->finalize (object);
}

static void
sobre_session_class_init (SobreSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sobre_session_get_property;
  object_class->set_property = sobre_session_set_property;
  object_class->dispose = sobre_session_dispose;
  object_class->finalize = sobre_session_finalize;

  g_object_class_install_property (object_class, PROP_WORKSPACE,
                                   g_param_spec_object ("workspace", NULL, NULL, SOBRE_TYPE_WORKSPACE, readable));
  g_object_class_install_property (object_class, PROP_COLLECTOR,
                                   g_param_spec_object ("collector", NULL, NULL, SOBRE_TYPE_COLLECTOR, readable));
  g_object_class_install_property (
      object_class, PROP_PERIOD,
      g_param_spec_string ("period", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));
  g_object_class_install_property (object_class, PROP_FILTER,
                                   g_param_spec_boxed ("filter", NULL, NULL, SOBRE_TYPE_FILTER, readable));
  g_object_class_install_property (object_class, PROP_FIGURES,
                                   g_param_spec_boxed ("figures", NULL, NULL, SOBRE_TYPE_FIGURES, readable));
  g_object_class_install_property (object_class, PROP_MESSAGE, g_param_spec_string ("message", NULL, NULL, NULL, readable));
  g_object_class_install_property (object_class, PROP_DAMAGED, g_param_spec_boolean ("damaged", NULL, NULL, FALSE, readable));
  g_object_class_install_property (object_class, PROP_PROGRESS, g_param_spec_string ("progress", NULL, NULL, NULL, readable));
}

static void
sobre_session_init (SobreSession *self)
{
  self->period = SOBRE_PERIOD_WEEK;
}

SobreSession *
sobre_session_new (SobreWorkspace *workspace, SobreClock *clock)
{
  SobreSession *self = g_object_new (SOBRE_TYPE_SESSION, NULL);
  g_autoptr (SobreMfa) mfa = NULL;
  gint32 today;

  self->workspace = g_object_ref (workspace);
  self->clock = g_object_ref (clock);
  self->note_book = sobre_note_book_new (workspace);
  self->site_courier = sobre_site_courier_new (workspace);
  self->collector = sobre_collector_new (workspace);
  self->source = sobre_figure_source_new (sobre_workspace_get_cache_folder (workspace));
  self->visit_counter = sobre_visit_counter_new (self->source);
  self->code_desk = sobre_code_desk_new ();
  mfa = sobre_code_desk_make_mfa (self->code_desk);
  sobre_workspace_set_mfa (workspace, mfa);
  self->sync = sobre_sync_new (workspace);
  self->day_closer = sobre_day_closer_new (workspace, clock);
  sobre_session_connect_sync (self);
  today = sobre_session_get_today (self);
  self->filter = sobre_filter_new (today - sobre_period_get_length (self->period) + 1, today);
  return self;
}

void
sobre_session_start (SobreSession *self)
{
  if (self->started)
    return;
  self->started = TRUE;
  sobre_note_book_load (self->note_book);
  sobre_session_update_names (self);
  sobre_session_compute (self);
  sobre_session_synchronise (self, SOBRE_SYNC_DEFAULT);
  sobre_sync_set_watching (self->sync, TRUE);
}

void
sobre_session_stop (SobreSession *self)
{
  if (!self->started)
    return;
  self->started = FALSE;
  sobre_sync_set_watching (self->sync, FALSE);
  sobre_sync_cancel (self->sync);
  sobre_day_closer_stop (self->day_closer);
}

SobreWorkspace *
sobre_session_get_workspace (SobreSession *self)
{
  return self->workspace;
}

SobreCollector *
sobre_session_get_collector (SobreSession *self)
{
  return self->collector;
}

SobreClock *
sobre_session_get_clock (SobreSession *self)
{
  return self->clock;
}

SobreNoteBook *
sobre_session_get_note_book (SobreSession *self)
{
  return self->note_book;
}

SobreSiteCourier *
sobre_session_get_site_courier (SobreSession *self)
{
  return self->site_courier;
}

SobreVisitCounter *
sobre_session_get_visit_counter (SobreSession *self)
{
  return self->visit_counter;
}

const SobreFilter *
sobre_session_get_filter (SobreSession *self)
{
  return self->filter;
}

SobrePeriod
sobre_session_get_period (SobreSession *self)
{
  return self->period;
}

SobreFigures *
sobre_session_get_figures (SobreSession *self)
{
  return self->figures;
}

void
sobre_session_set_period (SobreSession *self, SobrePeriod period)
{
  if (self->period == period)
    return;
  self->period = period;
  g_object_notify (G_OBJECT (self), "period");
  take_filter (self, sobre_filter_copy (self->filter));
}

void
sobre_session_set_store (SobreSession *self, const char *store_id)
{
  if (g_strcmp0 (store_id, self->filter->store_id) != 0)
    sobre_session_set_table (self, store_id, NULL);
}

void
sobre_session_set_table (SobreSession *self, const char *store_id, const char *table_id)
{
  SobreFilter *filter = sobre_filter_copy (self->filter);

  g_set_str (&filter->store_id, store_id);
  g_set_str (&filter->table_id, table_id);
  take_filter (self, filter);
}

void
sobre_session_set_cell (SobreSession *self, int weekday, int hour)
{
  SobreFilter *filter = sobre_filter_copy (self->filter);

  filter->weekday = (gint8) weekday;
  filter->hour = (gint8) hour;
  take_filter (self, filter);
}

SobreCodeDesk *
sobre_session_get_code_desk (SobreSession *self)
{
  return self->code_desk;
}

void
sobre_session_refresh (SobreSession *self)
{
  sobre_code_desk_allow (self->code_desk);
  take_filter (self, sobre_filter_copy (self->filter));
  sobre_note_book_load (self->note_book);
  sobre_session_update_names (self);
  sobre_session_synchronise (self, SOBRE_SYNC_DEFAULT);
}

DexFuture *
sobre_session_search (SobreSession *self, const char *text)
{
  return sobre_figure_source_search (self->source, text, self->filter, SOBRE_SESSION_MAX_COMMENTS);
}

DexFuture *
sobre_session_compute_today (SobreSession *self, guint max_comments)
{
  gint32 today = sobre_session_get_today (self);
  g_autoptr (SobreFilter) filter = sobre_filter_new (today, today);

  return sobre_figure_source_compute (self->source, filter, max_comments);
}

static DexFuture *
named_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (SobreSession) self = g_weak_ref_get (user_data);
  const SobreNames *names = g_value_get_boxed (dex_future_get_value (future, NULL));

  if (self == NULL || g_strcmp0 (self->names, names->hash) == 0)
    return NULL;
  g_set_str (&self->names, names->hash);
  sobre_workspace_set_documents (self->workspace, names->form, names->menu);
  if (self->figures == NULL)
    return NULL;
  g_object_notify (G_OBJECT (self), "figures");
  sobre_visit_counter_count (self->visit_counter, self->filter);
  return NULL;
}

void
sobre_session_update_names (SobreSession *self)
{
  dex_future_disown (dex_future_finally (sobre_names_read (self->workspace), named_cb, sobre_session_make_weak_ref (self),
                                         sobre_session_free_weak_ref));
}

void
sobre_session_update_day (SobreSession *self)
{
  take_filter (self, sobre_filter_copy (self->filter));
}

gint32
sobre_session_get_today (SobreSession *self)
{
  SobreServiceCalendar *calendar = sobre_workspace_get_calendar (self->workspace);

  return sobre_service_calendar_locate (calendar, sobre_clock_now (self->clock)).day;
}

char *
sobre_session_dup_guest_base (SobreSession *self)
{
  g_auto (GStrv) addresses = NULL;
  g_autofree char *base = sobre_workspace_dup_guest_base (self->workspace);

  if (base == NULL)
    base = sobre_collector_dup_base_url (self->collector);
  if (base != NULL)
    return g_steal_pointer (&base);
  addresses = sobre_lan_addresses_list (NULL);
  return g_strdup_printf (strchr (addresses[0], ':') != NULL ? "HTTP://[%s]:8080" : "HTTP://%s:8080", addresses[0]);
}
