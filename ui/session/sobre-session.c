/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-session.h"

#include <glib/gi18n-lib.h>

#include "sobre-format.h"
#include "sync/sobre-sync.h"

struct _SobreSession
{
  GObject parent_instance;

  SobreWorkspace *workspace;
  SobreCollector *collector;
  SobreClock *clock;
  SobreFigureSource *source;
  SobreSync *sync;
  SobreFigures *figures;
  SobreFilter *filter;
  SobrePeriod period;
  char *message;
  char *progress;
  gboolean started;
  gboolean computing;
  gboolean syncing;
  gboolean outdated;
};

enum
{
  PROP_WORKSPACE = 1,
  PROP_COLLECTOR,
  PROP_PERIOD,
  PROP_FILTER,
  PROP_FIGURES,
  PROP_MESSAGE,
  PROP_PROGRESS,
};

G_DEFINE_FINAL_TYPE (SobreSession, sobre_session, G_TYPE_OBJECT)
G_DEFINE_BOXED_TYPE (SobreFilter, sobre_filter, sobre_filter_copy, sobre_filter_free)

static void compute (SobreSession *self);

static void
set_message (SobreSession *self, const char *message)
{
  if (g_set_str (&self->message, message))
    g_object_notify (G_OBJECT (self), "message");
}

static void
publish (SobreSession *self, SobreFigures *figures)
{
  g_clear_pointer (&self->figures, sobre_figures_unref);
  self->figures = sobre_figures_ref (figures);
  set_message (self, NULL);
  g_object_notify (G_OBJECT (self), "figures");
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
      set_message (self, error->message);
    }
  if (self->outdated)
    compute (self);
  return NULL;
}

static void
free_weak_ref (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static GWeakRef *
make_weak_ref (SobreSession *self)
{
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  g_weak_ref_init (ref, self);
  return ref;
}

static void
compute (SobreSession *self)
{
  self->outdated = self->computing;
  if (!self->started || self->outdated)
    return;
  self->computing = TRUE;
  dex_future_disown (dex_future_finally (sobre_figure_source_compute (self->source, self->filter, SOBRE_SESSION_MAX_COMMENTS),
                                         computed_cb, make_weak_ref (self), free_weak_ref));
}

static void
set_progress (SobreSession *self, const char *progress)
{
  if (g_set_str (&self->progress, progress))
    g_object_notify (G_OBJECT (self), "progress");
}

static void
progress_cb (SobreSession *self)
{
  SobreSyncProgress progress = sobre_sync_get_progress (self->sync);
  g_autofree char *share = NULL;
  g_autofree char *text = NULL;

  if (progress.total_bytes == 0)
    return;
  share = sobre_format_share ((double) progress.done_bytes / (double) progress.total_bytes);
  /* Translators: how much of the answers is in the figures: "Reading answers: 55 %" */
  text = g_strdup_printf (_ ("Reading answers: %s"), share);
  set_progress (self, text);
}

static void
failed_cb (SobreSession *self, const GError *error)
{
  set_message (self, error->message);
}

static DexFuture *
synced_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (SobreSession) self = g_weak_ref_get (user_data);
  g_autoptr (GError) error = NULL;

  if (self == NULL)
    return NULL;
  self->syncing = FALSE;
  if (!self->started)
    return NULL;
  set_progress (self, NULL);
  if (dex_future_get_value (future, &error) == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_message (self, error->message);
  compute (self);
  return NULL;
}

static void
synchronise (SobreSession *self, SobreSyncFlags flags)
{
  if (!self->started || self->syncing)
    return;
  self->syncing = TRUE;
  dex_future_disown (dex_future_finally (sobre_sync_run (self->sync, flags), synced_cb, make_weak_ref (self), free_weak_ref));
}

static gint32
get_today (SobreSession *self)
{
  SobreServiceCalendar *calendar = sobre_workspace_get_calendar (self->workspace);

  return sobre_service_calendar_locate (calendar, sobre_clock_now (self->clock)).day;
}

/* Takes @filter over when it differs, its days set to the period that ends today. */
static void
take_filter (SobreSession *self, SobreFilter *filter)
{
  filter->to_day = get_today (self);
  filter->from_day = filter->to_day - sobre_period_get_length (self->period) + 1;
  if (sobre_filter_equal (filter, self->filter))
    {
      sobre_filter_free (filter);
      return;
    }
  sobre_filter_free (self->filter);
  self->filter = filter;
  g_object_notify (G_OBJECT (self), "filter");
  compute (self);
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
  g_clear_object (&self->source);
  g_clear_object (&self->collector);
  G_OBJECT_CLASS (sobre_session_parent_class)->dispose (object);
}

static void
sobre_session_finalize (GObject *object)
{
  SobreSession *self = SOBRE_SESSION (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->figures, sobre_figures_unref);
  g_clear_pointer (&self->filter, sobre_filter_free);
  g_free (self->message);
  g_free (self->progress);
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
  gint32 today;

  self->workspace = g_object_ref (workspace);
  self->clock = g_object_ref (clock);
  self->collector = sobre_collector_new (workspace);
  self->source = sobre_figure_source_new (sobre_workspace_get_cache_folder (workspace));
  self->sync = sobre_sync_new (workspace);
  g_signal_connect_object (self->sync, "committed", G_CALLBACK (compute), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  today = get_today (self);
  self->filter = sobre_filter_new (today - sobre_period_get_length (self->period) + 1, today);
  return self;
}

void
sobre_session_start (SobreSession *self)
{
  if (self->started)
    return;
  self->started = TRUE;
  compute (self);
  synchronise (self, SOBRE_SYNC_DEFAULT);
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

void
sobre_session_refresh (SobreSession *self)
{
  take_filter (self, sobre_filter_copy (self->filter));
  synchronise (self, SOBRE_SYNC_DEFAULT);
}

void
sobre_session_rebuild (SobreSession *self)
{
  synchronise (self, SOBRE_SYNC_FULL);
}

void
sobre_session_cancel (SobreSession *self)
{
  sobre_sync_cancel (self->sync);
}

DexFuture *
sobre_session_search (SobreSession *self, const char *text)
{
  return sobre_figure_source_search (self->source, text, self->filter, SOBRE_SESSION_MAX_COMMENTS);
}

DexFuture *
sobre_session_compute_today (SobreSession *self, guint max_comments)
{
  gint32 today = get_today (self);
  g_autoptr (SobreFilter) filter = sobre_filter_new (today, today);

  return sobre_figure_source_compute (self->source, filter, max_comments);
}

void
sobre_session_update_day (SobreSession *self)
{
  take_filter (self, sobre_filter_copy (self->filter));
}

char *
sobre_session_dup_guest_base (SobreSession *self)
{
  const SobreSettings *settings = sobre_workspace_get_settings (self->workspace);
  g_auto (GStrv) addresses = NULL;
  g_autofree char *base = sobre_collector_dup_base_url (self->collector);

  if (base != NULL)
    return g_steal_pointer (&base);
  if (settings->guest_url != NULL)
    return g_strdup (settings->guest_url);
  addresses = sobre_lan_addresses_list (NULL);
  return g_strdup_printf (strchr (addresses[0], ':') != NULL ? "HTTP://[%s]:8080" : "HTTP://%s:8080", addresses[0]);
}
