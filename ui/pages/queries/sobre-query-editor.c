/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/queries/sobre-query-editor-private.h"

#include <glib/gi18n-lib.h>

#include "pages/queries/sobre-sql-words.h"

#define UNNAMED "query"
#define READ_MS 400 /* after the last key */

enum
{
  PROP_SESSION = 1,
  PROP_RUNNING,
  PROP_MODIFIED,
};

G_DEFINE_FINAL_TYPE (SobreQueryEditor, sobre_query_editor, ADW_TYPE_BIN)

SobreSavedContext
sobre_query_editor_get_context (SobreQueryEditor *self)
{
  SobreWorkspace *workspace = sobre_session_get_workspace (self->session);
  gint64 now = sobre_clock_now (sobre_session_get_clock (self->session));

  return (SobreSavedContext) {
    .today = sobre_service_calendar_locate (sobre_workspace_get_calendar (workspace), now).day,
    .time_zone = sobre_workspace_get_settings (workspace)->time_zone,
  };
}

void
sobre_query_editor_take_query (SobreQueryEditor *self, SobreSavedQuery *query, gboolean keep_values)
{
  const char *description = sobre_saved_query_get_description (query);
  SobreSavedContext context = sobre_query_editor_get_context (self);

  g_set_object (&self->query, query);
  gtk_label_set_text (self->title_label, sobre_saved_query_get_title (query));
  gtk_label_set_text (self->description_label, description != NULL ? description : "");
  gtk_widget_set_visible (GTK_WIDGET (self->description_label), description != NULL);
  sobre_parameter_panel_show (self->parameters, query, &context,
                              sobre_workspace_get_settings (sobre_session_get_workspace (self->session))->stores, keep_values);
}

void
sobre_query_editor_clear_mark (SobreQueryEditor *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  gtk_text_buffer_remove_tag (GTK_TEXT_BUFFER (self->buffer), self->error_tag, &start, &end);
}

SobreSavedQuery *
sobre_query_editor_read_text (SobreQueryEditor *self, GError **error)
{
  g_autofree char *text = sobre_query_editor_dup_text (self);

  return sobre_saved_query_parse (self->name, text, error);
}

static DexFuture *
typed_cb (DexFuture *future, gpointer user_data)
{
  SobreQueryEditor *self = user_data;
  g_autoptr (SobreSavedQuery) query = self->session != NULL ? sobre_query_editor_read_text (self, NULL) : NULL;

  if (query != NULL)
    sobre_query_editor_take_query (self, query, TRUE);
  return NULL;
}

static void
text_changed_cb (SobreQueryEditor *self)
{
  sobre_query_editor_clear_mark (self);
  dex_clear (&self->typing);
  if (!self->loading)
    self->typing = dex_future_finally (dex_timeout_new_msec (READ_MS), typed_cb, g_object_ref (self), g_object_unref);
}

static void
take_session (SobreQueryEditor *self, SobreSession *session)
{
  sobre_query_editor_stop (self);
  g_clear_object (&self->engine);
  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  sobre_engine_bar_set_workspace (self->engine_bar, sobre_session_get_workspace (session));
  self->engine = sobre_local_engine_new (NULL, sobre_workspace_get_cache_folder (sobre_session_get_workspace (session)),
                                         sobre_session_get_clock (session));
}

static void
sobre_query_editor_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  SobreQueryEditor *self = SOBRE_QUERY_EDITOR (object);

  switch (property_id)
    {
    case PROP_RUNNING:
      g_value_set_boolean (value, self->asked != NULL);
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, gtk_text_buffer_get_modified (GTK_TEXT_BUFFER (self->buffer)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_query_editor_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_SESSION)
    take_session (SOBRE_QUERY_EDITOR (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_query_editor_dispose (GObject *object)
{
  SobreQueryEditor *self = SOBRE_QUERY_EDITOR (object);

  sobre_query_editor_stop (self);
  dex_clear (&self->typing);
  g_clear_object (&self->session);
  g_clear_object (&self->engine);
  g_clear_object (&self->query);
  g_clear_object (&self->asked);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_QUERY_EDITOR);
  G_OBJECT_CLASS (sobre_query_editor_parent_class)->dispose (object);
}

static void
sobre_query_editor_finalize (GObject *object)
{
  g_free (SOBRE_QUERY_EDITOR (object)->name);
  G_OBJECT_CLASS (sobre_query_editor_parent_class)->finalize (object);
}

static void
sobre_query_editor_class_init (SobreQueryEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sobre_query_editor_get_property;
  object_class->set_property = sobre_query_editor_set_property;
  object_class->dispose = sobre_query_editor_dispose;
  object_class->finalize = sobre_query_editor_finalize;
  g_object_class_install_property (
      object_class, PROP_SESSION,
      g_param_spec_object ("session", NULL, NULL, SOBRE_TYPE_SESSION, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (object_class, PROP_RUNNING, g_param_spec_boolean ("running", NULL, NULL, FALSE, readable));
  g_object_class_install_property (object_class, PROP_MODIFIED, g_param_spec_boolean ("modified", NULL, NULL, FALSE, readable));

  g_type_ensure (SOBRE_TYPE_ENGINE_BAR);
  g_type_ensure (SOBRE_TYPE_PARAMETER_PANEL);
  g_type_ensure (SOBRE_TYPE_RESULT_VIEW);
  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-query-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreQueryEditor, title_label);
  gtk_widget_class_bind_template_child (widget_class, SobreQueryEditor, description_label);
  gtk_widget_class_bind_template_child (widget_class, SobreQueryEditor, parameters);
  gtk_widget_class_bind_template_child (widget_class, SobreQueryEditor, engine_bar);
  gtk_widget_class_bind_template_child (widget_class, SobreQueryEditor, sql_expander);
  gtk_widget_class_bind_template_child (widget_class, SobreQueryEditor, source_view);
  gtk_widget_class_bind_template_child (widget_class, SobreQueryEditor, buffer);
  gtk_widget_class_bind_template_child (widget_class, SobreQueryEditor, result);
}

static void
modified_cb (SobreQueryEditor *self)
{
  g_object_notify (G_OBJECT (self), "modified");
}

static void
sobre_query_editor_init (SobreQueryEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->name = g_strdup (UNNAMED);
  self->error_tag = gtk_text_buffer_create_tag (GTK_TEXT_BUFFER (self->buffer), NULL, "underline", PANGO_UNDERLINE_ERROR, NULL);
  sobre_sql_words_attach (self->source_view);
  sobre_sql_words_colour (self->buffer);
  g_signal_connect_object (self->parameters, "activate", G_CALLBACK (sobre_query_editor_refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine_bar, "estimate", G_CALLBACK (sobre_query_editor_estimate), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "modified-changed", G_CALLBACK (modified_cb), self, G_CONNECT_SWAPPED);
}

char *
sobre_query_editor_dup_text (SobreQueryEditor *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  return gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self->buffer), &start, &end, TRUE);
}

void
sobre_query_editor_set_text (SobreQueryEditor *self, const char *text)
{
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self->buffer), text, -1);
}

static void
load (SobreQueryEditor *self, SobreSavedQuery *query)
{
  sobre_query_editor_stop (self);
  sobre_query_editor_forget_asked (self);
  self->loading = TRUE;
  g_set_str (&self->name, sobre_saved_query_get_name (query));
  gtk_text_buffer_begin_irreversible_action (GTK_TEXT_BUFFER (self->buffer));
  sobre_query_editor_set_text (self, sobre_saved_query_get_sql (query));
  gtk_text_buffer_end_irreversible_action (GTK_TEXT_BUFFER (self->buffer));
  sobre_query_editor_set_saved (self);
  sobre_query_editor_take_query (self, query, FALSE);
  sobre_result_view_show_nothing (self->result);
  self->loading = FALSE;
}

void
sobre_query_editor_set_query (SobreQueryEditor *self, SobreSavedQuery *query)
{
  load (self, query);
  gtk_expander_set_expanded (self->sql_expander, FALSE);
}

void
sobre_query_editor_start_new (SobreQueryEditor *self)
{
  /* Translators: the title of a query that has none yet. It must not have a line break. */
  g_autofree char *text = g_strdup_printf ("-- title: %s\n"
                                           "-- chart: bar store_id answers\n"
                                           "SELECT store_id, count(*) AS answers\n"
                                           "FROM responses\n"
                                           "GROUP BY store_id\n"
                                           "ORDER BY answers DESC, store_id",
                                           _ ("New query"));
  g_autoptr (SobreSavedQuery) query = sobre_saved_query_parse (UNNAMED, text, NULL);

  load (self, query);
  gtk_expander_set_expanded (self->sql_expander, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->source_view));
}

const char *
sobre_query_editor_get_title (SobreQueryEditor *self)
{
  return self->query != NULL ? sobre_saved_query_get_title (self->query) : "";
}

gboolean
sobre_query_editor_set_parameter (SobreQueryEditor *self, const char *name, const char *value)
{
  return sobre_parameter_panel_set_value (self->parameters, name, value);
}

void
sobre_query_editor_set_saved (SobreQueryEditor *self)
{
  gtk_text_buffer_set_modified (GTK_TEXT_BUFFER (self->buffer), FALSE);
}

SobreResultView *
sobre_query_editor_get_result_view (SobreQueryEditor *self)
{
  return self->result;
}
