/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "intake/sobre-collector.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "intake/sobre-collector-process.h"
#include "intake/sobre-guest-base.h"

#define STOP_SECONDS 3
/* How often it is looked whether this computer's address has changed, or cards were printed. */
#define BASE_SECONDS 5

struct _SobreCollector
{
  GObject parent_instance;

  SobreWorkspace *workspace;
  SobreCollectorState state;
  GError *error;
  char *listen;
  guint port;
  guint64 accepted;
  guint64 refused;
  char *base;
  char *warning;

  GSubprocess *process;
  GDataInputStream *status;
  GCancellable *cancellable;
  DexPromise *started;
  DexPromise *stopped;
  guint kill_timer;
  guint base_timer;
  gboolean stopping;
};

enum
{
  PROP_0,
  PROP_STATE,
  PROP_PORT,
  PROP_ACCEPTED,
  PROP_REFUSED,
  PROP_BASE_URL,
  PROP_MESSAGE,
  PROP_WARNING,
  N_PROPERTIES,
};

G_DEFINE_QUARK (sobre-collector-error-quark, sobre_collector_error)
G_DEFINE_ENUM_TYPE (SobreCollectorState,
                    sobre_collector_state,
                    G_DEFINE_ENUM_VALUE (SOBRE_COLLECTOR_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (SOBRE_COLLECTOR_STARTING, "starting"),
                    G_DEFINE_ENUM_VALUE (SOBRE_COLLECTOR_LISTENING, "listening"),
                    G_DEFINE_ENUM_VALUE (SOBRE_COLLECTOR_FAILED, "failed"))
G_DEFINE_FINAL_TYPE (SobreCollector, sobre_collector, G_TYPE_OBJECT)

static void read_status (SobreCollector *self);

/* Callbacks of what may outlive the object hold it weakly. */
static gpointer
weak_new (SobreCollector *self)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  return weak;
}

static SobreCollector *
weak_take (gpointer data)
{
  GWeakRef *weak = data;
  SobreCollector *self = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);
  return self;
}

static void
set_text (SobreCollector *self, char **member, char *text, const char *property)
{
  if (g_strcmp0 (*member, text) != 0)
    {
      g_free (*member);
      *member = text;
      g_object_notify (G_OBJECT (self), property);
    }
  else
    g_free (text);
}

static void
update_base (SobreCollector *self)
{
  g_autofree char *printed = NULL;
  g_autofree char *site = NULL;
  char *base = NULL;
  char *warning = NULL;
  gboolean reachable;

  if (self->state == SOBRE_COLLECTOR_LISTENING)
    {
      base = sobre_guest_base_make (sobre_workspace_get_settings (self->workspace), self->listen, self->port, &reachable);
      printed = sobre_workspace_dup_printed_base (self->workspace);
      site = sobre_workspace_dup_site_base (self->workspace);
      /* Cards that lead to the site in AWS do not have to lead here. */
      if (site == NULL || printed == NULL || g_ascii_strcasecmp (printed, site) != 0)
        warning = sobre_guest_base_warning (printed, base);
      if (warning == NULL && !reachable)
        warning = g_strdup (_ ("Guests cannot reach this computer: it is in no network. Only it can open the form."));
    }
  set_text (self, &self->base, base, "base-url");
  set_text (self, &self->warning, warning, "warning");
}

static gboolean
base_timer_cb (gpointer user_data)
{
  update_base (user_data);
  return G_SOURCE_CONTINUE;
}

static void
set_state (SobreCollector *self, SobreCollectorState state, guint port)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->port != port)
    g_object_notify (G_OBJECT (self), "port");
  if (self->state != state)
    g_object_notify (G_OBJECT (self), "state");
  self->port = port;
  self->state = state;
  update_base (self);
  if (state == SOBRE_COLLECTOR_LISTENING && self->base_timer == 0)
    self->base_timer = g_timeout_add_seconds (BASE_SECONDS, base_timer_cb, self);
  else if (state != SOBRE_COLLECTOR_LISTENING)
    g_clear_handle_id (&self->base_timer, g_source_remove);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
set_error (SobreCollector *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify (G_OBJECT (self), "message");
}

static void
set_counts (SobreCollector *self, guint64 accepted, guint64 refused)
{
  if (self->accepted != accepted)
    {
      self->accepted = accepted;
      g_object_notify (G_OBJECT (self), "accepted");
    }
  if (self->refused != refused)
    {
      self->refused = refused;
      g_object_notify (G_OBJECT (self), "refused");
    }
}

static void
take_status (SobreCollector *self, JsonObject *line)
{
  const char *state = json_object_get_string_member_with_default (line, "state", "");

  if (g_str_equal (state, "listening"))
    {
      set_state (self, SOBRE_COLLECTOR_LISTENING, json_object_get_int_member_with_default (line, "port", 0));
      dex_promise_resolve_boolean (self->started, TRUE);
    }
  else if (g_str_equal (state, "counts"))
    set_counts (self, json_object_get_int_member_with_default (line, "accepted", 0),
                json_object_get_int_member_with_default (line, "refused", 0));
  else if (g_str_equal (state, "failed"))
    set_error (self,
               sobre_collector_process_explain (self->listen, json_object_get_string_member_with_default (line, "reason", ""),
                                                json_object_get_string_member_with_default (line, "message", "")));
}

static void
finish (SobreCollector *self)
{
  gboolean was_started = self->state == SOBRE_COLLECTOR_LISTENING;

  g_clear_handle_id (&self->kill_timer, g_source_remove);
  g_clear_object (&self->process);
  g_clear_object (&self->status);
  g_clear_object (&self->cancellable);
  if (self->error == NULL && (!self->stopping || !was_started))
    set_error (self, g_error_new_literal (SOBRE_COLLECTOR_ERROR, SOBRE_COLLECTOR_ERROR_FAILED,
                                          self->stopping ? _ ("Intake was stopped before it listened.")
                                                         : _ ("Intake ended unexpectedly. Every answer that it took is stored; "
                                                              "start it again.")));
  if (self->stopping)
    set_state (self, SOBRE_COLLECTOR_STOPPED, 0);
  else
    set_state (self, SOBRE_COLLECTOR_FAILED, 0);
  if (dex_future_is_pending (DEX_FUTURE (self->started)))
    dex_promise_reject (self->started, g_error_copy (self->error));
  if (self->stopping)
    set_error (self, NULL);
  self->stopping = FALSE;
  dex_promise_resolve_boolean (self->stopped, TRUE);
}

static void
exited_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SobreCollector) self = weak_take (user_data);

  g_subprocess_wait_finish (G_SUBPROCESS (object), result, NULL);
  if (self == NULL)
    return;
  finish (self);
}

/* What the process said last is read before its end is looked at. */
static void
status_over (SobreCollector *self)
{
  g_subprocess_wait_async (self->process, NULL, exited_cb, weak_new (self));
}

static void
status_read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SobreCollector) self = weak_take (user_data);
  g_autofree char *text = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (object), result, NULL, NULL);
  g_autoptr (JsonNode) node = NULL;

  if (self == NULL)
    return;
  if (text == NULL)
    {
      status_over (self);
      return;
    }
  node = json_from_string (text, NULL);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    take_status (self, json_node_get_object (node));
  read_status (self);
}

static void
read_status (SobreCollector *self)
{
  g_data_input_stream_read_line_async (self->status, G_PRIORITY_DEFAULT, self->cancellable, status_read_cb, weak_new (self));
}

DexFuture *
sobre_collector_start (SobreCollector *self, const char *listen)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;

  if (self->process != NULL)
    return dex_ref (DEX_FUTURE (self->started));
  g_free (self->listen);
  self->listen = g_strdup (listen != NULL ? listen : SOBRE_COLLECTOR_DEFAULT_LISTEN);
  dex_clear (&self->started);
  dex_clear (&self->stopped);
  self->started = dex_promise_new ();
  self->stopped = dex_promise_new ();
  set_error (self, NULL);
  set_counts (self, 0, 0);
  self->process = sobre_collector_process_start (self->workspace, self->listen, &stream, &error);
  if (self->process == NULL)
    {
      set_error (self, sobre_collector_process_explain (self->listen, "input", error->message));
      set_state (self, SOBRE_COLLECTOR_FAILED, 0);
      dex_promise_reject (self->started, g_error_copy (self->error));
      return dex_ref (DEX_FUTURE (self->started));
    }
  self->status = g_data_input_stream_new (stream);
  self->cancellable = g_cancellable_new ();
  set_state (self, SOBRE_COLLECTOR_STARTING, 0);
  read_status (self);
  return dex_ref (DEX_FUTURE (self->started));
}

static gboolean
kill_timer_cb (gpointer user_data)
{
  SobreCollector *self = user_data;

  self->kill_timer = 0;
  g_subprocess_force_exit (self->process);
  return G_SOURCE_REMOVE;
}

DexFuture *
sobre_collector_stop (SobreCollector *self)
{
  if (self->process == NULL)
    return dex_future_new_true ();
  if (!self->stopping)
    {
      self->stopping = TRUE;
      g_subprocess_send_signal (self->process, SIGTERM);
      self->kill_timer = g_timeout_add_seconds (STOP_SECONDS, kill_timer_cb, self);
    }
  return dex_ref (DEX_FUTURE (self->stopped));
}

static DexFuture *
restart_cb (DexFuture *future, gpointer user_data)
{
  SobreCollector *self = user_data;
  g_autofree char *listen = g_strdup (self->listen);

  return sobre_collector_start (self, listen);
}

DexFuture *
sobre_collector_restart (SobreCollector *self)
{
  if (self->process == NULL)
    return dex_future_new_true ();
  return dex_future_finally (sobre_collector_stop (self), restart_cb, g_object_ref (self), g_object_unref);
}

static void
sobre_collector_dispose (GObject *object)
{
  SobreCollector *self = SOBRE_COLLECTOR (object);

  g_clear_handle_id (&self->kill_timer, g_source_remove);
  g_clear_handle_id (&self->base_timer, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->process != NULL)
    g_subprocess_send_signal (self->process, SIGTERM);
  g_clear_object (&self->status);
  g_clear_object (&self->process);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);
  dex_clear (&self->started);
  dex_clear (&self->stopped);

  G_OBJECT_CLASS (sobre_collector_parent_class)->dispose (object);
}

static void
sobre_collector_finalize (GObject *object)
{
  SobreCollector *self = SOBRE_COLLECTOR (object);

  g_clear_error (&self->error);
  g_free (self->listen);
  g_free (self->base);
  g_free (self->warning);

  G_OBJECT_CLASS (sobre_collector_parent_class)->finalize (object);
}

static void
sobre_collector_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  SobreCollector *self = SOBRE_COLLECTOR (object);

  switch (property)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_PORT:
      g_value_set_uint (value, self->port);
      break;
    case PROP_ACCEPTED:
      g_value_set_uint64 (value, self->accepted);
      break;
    case PROP_REFUSED:
      g_value_set_uint64 (value, self->refused);
      break;
    case PROP_BASE_URL:
      g_value_set_string (value, self->base);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->error != NULL ? self->error->message : NULL);
      break;
    case PROP_WARNING:
      g_value_set_string (value, self->warning);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
sobre_collector_class_init (SobreCollectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamSpec *properties[N_PROPERTIES] = {
    [PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, SOBRE_TYPE_COLLECTOR_STATE, SOBRE_COLLECTOR_STOPPED, flags),
    [PROP_PORT] = g_param_spec_uint ("port", NULL, NULL, 0, G_MAXUINT16, 0, flags),
    [PROP_ACCEPTED] = g_param_spec_uint64 ("accepted", NULL, NULL, 0, G_MAXUINT64, 0, flags),
    [PROP_REFUSED] = g_param_spec_uint64 ("refused", NULL, NULL, 0, G_MAXUINT64, 0, flags),
    [PROP_BASE_URL] = g_param_spec_string ("base-url", NULL, NULL, NULL, flags),
    [PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags),
    [PROP_WARNING] = g_param_spec_string ("warning", NULL, NULL, NULL, flags),
  };

  object_class->dispose = sobre_collector_dispose;
  object_class->finalize = sobre_collector_finalize;
  object_class->get_property = sobre_collector_get_property;
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
sobre_collector_init (SobreCollector *self)
{
}

SobreCollector *
sobre_collector_new (SobreWorkspace *workspace)
{
  SobreCollector *self = g_object_new (SOBRE_TYPE_COLLECTOR, NULL);

  self->workspace = g_object_ref (workspace);
  return self;
}

SobreCollectorState
sobre_collector_get_state (SobreCollector *self)
{
  return self->state;
}

const GError *
sobre_collector_get_error (SobreCollector *self)
{
  return self->error;
}

guint
sobre_collector_get_port (SobreCollector *self)
{
  return self->port;
}

guint64
sobre_collector_get_accepted (SobreCollector *self)
{
  return self->accepted;
}

guint64
sobre_collector_get_refused (SobreCollector *self)
{
  return self->refused;
}

char *
sobre_collector_dup_base_url (SobreCollector *self)
{
  return g_strdup (self->base);
}

char *
sobre_collector_dup_warning (SobreCollector *self)
{
  return g_strdup (self->warning);
}
