/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A guest's answer, posted over HTTP to the real intake, is in the figures of an open window, once. How long it takes is printed. */

#include <libsoup/soup.h>

#include "pages/overview/sobre-overview-page.h"
#include "session/sobre-card-desk.h"
#include "window-fixture.h"

#define SECONDS_TO_WAIT 60.0

typedef struct
{
  SobreSession *session;
  gint64 wanted;
} Count;

static gboolean
is_settled (gpointer data)
{
  return !dex_future_is_pending (data);
}

static gboolean
has_counted (gpointer data)
{
  const Count *count = data;

  return sobre_session_get_figures (count->session)->n_responses >= count->wanted;
}

static gboolean
has_synced (gpointer data)
{
  g_autofree char *progress = NULL;

  g_object_get (data, "progress", &progress, NULL);
  return progress == NULL;
}

/* The address of a card, as a phone reads it from its code. */
static char *
get_card_url (SobreSession *session)
{
  SobreWorkspace *workspace = sobre_session_get_workspace (session);
  g_autofree char *base = sobre_collector_dup_base_url (sobre_session_get_collector (session));
  g_autoptr (DexFuture) future =
      sobre_card_desk_prepare (workspace, sobre_workspace_get_tables (workspace), &(SobreCardSetup) { .base = base });

  g_assert_true (sobre_wait_until (is_settled, future, 60));
  return g_strdup (sobre_card_job_get_url (g_value_get_boxed (dex_future_get_value (future, NULL)), 0));
}

static guint
post_answer (SobreSession *session, const char *url)
{
  SobreForm *form = sobre_workspace_get_form (sobre_session_get_workspace (session));
  g_auto (GStrv) parts = g_strsplit (url, "/", -1);
  guint n_parts = g_strv_length (parts);
  g_autofree char *host =
      g_strdup_printf ("http://127.0.0.1:%u/v1/responses", sobre_collector_get_port (sobre_session_get_collector (session)));
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S.000Z");
  g_autofree char *body = g_strdup_printf (
      "{\"id\":\"%s\",\"submitted_at\":\"%s\",\"store_id\":\"%s\",\"table_id\":\"%s\",\"key\":\"%s\",\"form_id\":\"%s\","
      "\"form_version\":%d,\"language\":\"en\",\"answers\":[{\"question\":\"%s\",\"kind\":\"%s\",\"score\":5}],"
      "\"comment\":\"The window saw this.\",\"duration_ms\":21000}",
      id, time, parts[n_parts - 3], parts[n_parts - 2], parts[n_parts - 1], sobre_form_get_id (form),
      sobre_form_get_version (form), sobre_form_get_question_id (form, 0),
      sobre_answer_kind_get_name (sobre_form_get_question_kind (form, 0)));
  g_autoptr (SoupSession) http = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("POST", host);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (GError) error = NULL;

  soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  reply = soup_session_send_and_read (http, message, NULL, &error);
  g_assert_no_error (error);
  if (soup_message_get_status (message) != 201)
    g_test_message ("%s", (const char *) g_bytes_get_data (reply, NULL));
  return soup_message_get_status (message);
}

static void
test_live (void)
{
  g_autoptr (SobreWindowFixture) fixture = sobre_window_fixture_new (TRUE);
  g_autoptr (SobreSession) session = sobre_session_new (fixture->workspace, fixture->clock);
  GtkWidget *window = adw_window_new ();
  g_autoptr (DexFuture) listening = NULL;
  g_autoptr (DexFuture) stopped = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  Count count = { session, 0 };
  double seconds;

  adw_window_set_content (ADW_WINDOW (window), g_object_new (SOBRE_TYPE_OVERVIEW_PAGE, "session", session, NULL));
  gtk_window_present (GTK_WINDOW (window));
  sobre_session_start (session);
  g_assert_true (sobre_wait_until (sobre_session_has_figures, session, 60));
  g_assert_true (sobre_wait_until (has_synced, session, 60));
  listening = sobre_collector_start (sobre_session_get_collector (session), "127.0.0.1:0");
  g_assert_true (sobre_wait_until (is_settled, listening, 60));
  g_assert_nonnull (dex_future_get_value (listening, &error));
  g_assert_no_error (error);
  url = get_card_url (session);
  sobre_settle ();

  for (int round = 0; round < 3; round++)
    {
      count.wanted = sobre_session_get_figures (session)->n_responses + 1;
      g_test_timer_start ();
      g_assert_cmpuint (post_answer (session, url), ==, 201);
      g_assert_true (sobre_wait_until (has_counted, &count, SECONDS_TO_WAIT));
      seconds = g_test_timer_elapsed ();
      g_test_minimized_result (seconds, "seconds from the guest's tap to the figures: %.2f", seconds);
      g_assert_cmpint (sobre_session_get_figures (session)->n_responses, ==, count.wanted);
    }

  stopped = sobre_collector_stop (sobre_session_get_collector (session));
  g_assert_true (sobre_wait_until (is_settled, stopped, 60));
  gtk_window_destroy (GTK_WINDOW (window));
  sobre_session_stop (session);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  g_test_add_func ("/live/answer-is-seen-once", test_live);
  return g_test_run ();
}
