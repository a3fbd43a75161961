/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/queries/sobre-query-editor-private.h"

#include <glib/gi18n-lib.h>

#include "session/sobre-query-desk.h"

#define ATHENA_TIMEOUT_MS (30 * 60 * 1000) /* its own */

/* Asking: the text becomes a query, an engine runs it, and its answer is shown if it is still the one that is waited for. */

/* Underlines the word that an error is about, and puts the cursor there. */
static void
mark_error (SobreQueryEditor *self, SobreSqlPosition position)
{
  GtkTextIter start, end;

  if (position.line == 0)
    return;
  gtk_expander_set_expanded (self->sql_expander, TRUE);
  gtk_text_buffer_get_iter_at_line_offset (GTK_TEXT_BUFFER (self->buffer), &start, (int) position.line - 1,
                                           (int) MAX (position.column, 1) - 1);
  end = start;
  if (!gtk_text_iter_forward_word_end (&end) || gtk_text_iter_get_line (&end) != gtk_text_iter_get_line (&start))
    {
      end = start;
      gtk_text_iter_forward_to_line_end (&end);
    }
  gtk_text_buffer_apply_tag (GTK_TEXT_BUFFER (self->buffer), self->error_tag, &start, &end);
  gtk_text_buffer_place_cursor (GTK_TEXT_BUFFER (self->buffer), &start);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->source_view), gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (self->buffer)),
                                0.1, FALSE, 0, 0);
}

static void
show_error (SobreQueryEditor *self, const GError *error)
{
  SobreSqlPosition position = sobre_query_error_get_position (error);
  g_autofree char *message = NULL;

  if (position.line > 0)
    message = g_strdup_printf (_ ("Line %u, column %u: %s"), position.line, position.column, error->message);
  sobre_result_view_show_error (self->result, message != NULL ? message : error->message);
  mark_error (self, position);
}

static void
set_asked (SobreQueryEditor *self, SobreSavedQuery *query)
{
  g_clear_object (&self->cancellable);
  g_set_object (&self->asked, query);
  if (query != NULL)
    self->cancellable = g_cancellable_new ();
  self->asked_at = g_get_monotonic_time ();
  g_object_notify (G_OBJECT (self), "running");
}

/* An answer, and the question that it belongs to. */
typedef struct
{
  SobreQueryEditor *editor;
  GCancellable *cancellable;
  SobreQuery *query;
  SobreAthenaEngine *athena; /* NULL on this computer */
} Answer;

static void
answer_free (gpointer data)
{
  Answer *self = data;

  g_object_unref (self->editor);
  g_object_unref (self->cancellable);
  sobre_query_unref (self->query);
  g_clear_object (&self->athena);
  g_free (self);
}

static DexFuture *
answered_cb (DexFuture *future, gpointer user_data)
{
  const Answer *answer = user_data;
  SobreQueryEditor *self = answer->editor;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  double seconds = (double) (g_get_monotonic_time () - self->asked_at) / G_USEC_PER_SEC;
  g_autofree char *cost = answer->athena != NULL ? sobre_query_desk_describe_cost (answer->athena) : NULL;

  /* Whoever asked again or went away does not wait for this one. */
  if (self->cancellable != answer->cancellable || self->session == NULL)
    return NULL;
  if (cost != NULL)
    sobre_engine_bar_show (self->engine_bar, cost);
  if (value != NULL)
    sobre_result_view_show_result (self->result, self->asked, g_value_get_object (value), seconds);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sobre_result_view_show_nothing (self->result);
  else
    show_error (self, error);
  set_asked (self, NULL);
  return NULL;
}

void
sobre_query_editor_forget_asked (SobreQueryEditor *self)
{
  set_asked (self, NULL);
}

void
sobre_query_editor_stop (SobreQueryEditor *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static DexFuture *
athena_opened_cb (DexFuture *future, gpointer user_data)
{
  Answer *answer = user_data;

  answer->athena = g_value_dup_object (dex_future_get_value (future, NULL));
  sobre_athena_engine_set_name (answer->athena, answer->editor->name);
  return sobre_query_engine_run (SOBRE_QUERY_ENGINE (answer->athena), answer->query, answer->cancellable);
}

static void
start (SobreQueryEditor *self, SobreSavedQuery *saved, SobreQuery *query)
{
  Answer *answer = g_new0 (Answer, 1);
  DexFuture *future;

  set_asked (self, saved);
  sobre_result_view_show_running (self->result);
  answer->editor = g_object_ref (self);
  answer->cancellable = g_object_ref (self->cancellable);
  answer->query = sobre_query_ref (query);
  if (sobre_engine_bar_is_athena (self->engine_bar))
    {
      sobre_code_desk_allow (sobre_session_get_code_desk (self->session));
      sobre_query_set_timeout (query, ATHENA_TIMEOUT_MS);
      future = dex_future_then (sobre_query_desk_open_athena (sobre_session_get_workspace (self->session)), athena_opened_cb,
                                answer, NULL);
    }
  else
    future = sobre_query_engine_run (SOBRE_QUERY_ENGINE (self->engine), query, self->cancellable);
  dex_future_disown (dex_future_finally (future, answered_cb, answer, answer_free));
}

/* What is to be asked, with the values in the fields; %NULL when one is missing or wrong, and that is said. */
static SobreQuery *
bind (SobreQueryEditor *self, SobreSavedQuery *saved)
{
  g_autoptr (GHashTable) values = sobre_parameter_panel_collect (self->parameters);
  const char *missing = sobre_parameter_panel_find_missing (saved, values);
  SobreSavedContext context = sobre_query_editor_get_context (self);
  g_autoptr (SobreQuery) query = NULL;
  g_autoptr (GError) error = NULL;

  if (missing != NULL)
    {
      sobre_result_view_ask_for (self->result, missing);
      return NULL;
    }
  query = sobre_saved_query_bind (saved, values, &context, &error);
  if (query == NULL)
    show_error (self, error);
  return g_steal_pointer (&query);
}

/* The text as a query that can run; %NULL when it is none, and that is said. */
static SobreQuery *
make_query (SobreQueryEditor *self, SobreSavedQuery **saved)
{
  g_autoptr (GError) error = NULL;

  sobre_query_editor_clear_mark (self);
  *saved = sobre_query_editor_read_text (self, &error);
  if (*saved == NULL)
    {
      show_error (self, error);
      return NULL;
    }
  sobre_query_editor_take_query (self, *saved, TRUE);
  return bind (self, *saved);
}

static DexFuture *
estimated_cb (DexFuture *future, gpointer user_data)
{
  SobreQueryEditor *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self->session != NULL && sobre_engine_bar_is_athena (self->engine_bar))
    sobre_engine_bar_show (self->engine_bar, value != NULL ? g_value_get_string (value) : error->message);
  return NULL;
}

void
sobre_query_editor_estimate (SobreQueryEditor *self)
{
  g_autoptr (SobreSavedQuery) saved = NULL;
  g_autoptr (SobreQuery) query = make_query (self, &saved);

  if (query == NULL)
    return;
  sobre_code_desk_allow (sobre_session_get_code_desk (self->session));
  sobre_engine_bar_show (self->engine_bar, _ ("Looking through the lake…"));
  dex_future_disown (dex_future_finally (sobre_query_desk_estimate (sobre_session_get_workspace (self->session), query,
                                                                    sobre_clock_now (sobre_session_get_clock (self->session))),
                                         estimated_cb, g_object_ref (self), g_object_unref));
}

void
sobre_query_editor_run (SobreQueryEditor *self)
{
  g_autoptr (SobreSavedQuery) saved = NULL;
  g_autoptr (SobreQuery) query = NULL;

  if (self->session == NULL || self->loading)
    return;
  sobre_query_editor_stop (self);
  set_asked (self, NULL);
  query = make_query (self, &saved);
  if (query != NULL)
    start (self, saved, query);
}

void
sobre_query_editor_refresh (SobreQueryEditor *self)
{
  if (!sobre_engine_bar_is_athena (self->engine_bar))
    sobre_query_editor_run (self);
}
