/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The Queries page on Athena: it is offered where the lake is in AWS, runs only when it is told to, says what it would cost and what it has cost, and shows
 * the rows that come back. */

#include <gtksourceview/gtksource.h>

#include "fake-service.h"
#include "pages/queries/sobre-engine-bar.h"
#include "pages/queries/sobre-queries-page.h"
#include "window-fixture.h"

#define DATA_READ 25000000
#define RESULT "\"store_id\",\"n\"\n\"harbour\",\"42\"\n\"market\",\n"
#define QUERY                                                                                                                  \
  "-- title: Stores\nSELECT store_id, count(*) AS n FROM responses WHERE dt >= '2026-01-01' GROUP BY store_id ORDER BY 1"

typedef struct
{
  SobreWindowFixture *files;
  SobreSession *session;
  FakeService *service;
  GtkWidget *window;
  SobreQueriesPage *page;
  SobreQueryEditor *editor;
  SobreEngineBar *bar;
  const char *wanted;
} Page;

static void
answer_athena (const char *head, GString *reply)
{
  if (strstr (head, "StartQueryExecution") != NULL)
    fake_service_append (reply, 200, NULL, "{\"QueryExecutionId\":\"0a1b2c3d\"}");
  else if (strstr (head, "GetQueryExecution") != NULL)
    fake_service_append (
        reply, 200, NULL,
        "{\"QueryExecution\":{\"QueryExecutionId\":\"0a1b2c3d\",\"Status\":{\"State\":\"SUCCEEDED\"},"
        "\"Statistics\":{\"DataScannedInBytes\":" G_STRINGIFY (
            DATA_READ) ",\"TotalExecutionTimeInMillis\":900},"
                       "\"ResultConfiguration\":{\"OutputLocation\":\"s3://harbour-lake/results/0a1b2c3d.csv\"}}}");
  else
    fake_service_append (reply, 200, NULL,
                         "{\"ResultSet\":{\"Rows\":[],\"ResultSetMetadata\":{\"ColumnInfo\":["
                         "{\"Name\":\"store_id\",\"Type\":\"varchar\"},{\"Name\":\"n\",\"Type\":\"bigint\"}]}}}");
}

static void
answer_s3 (const char *head, GString *reply)
{
  g_autofree char *range =
      g_strdup_printf ("ETag: \"1\"\r\nContent-Range: bytes 0-%zu/%zu\r\n", strlen (RESULT) - 1, strlen (RESULT));

  if (strstr (head, "list-type=2") != NULL && strstr (head, "responses") == NULL)
    fake_service_append (reply, 200, NULL, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
  else if (strstr (head, "list-type=2") != NULL)
    fake_service_append (
        reply, 200, NULL,
        "<ListBucketResult><IsTruncated>false</IsTruncated><Contents>"
        "<Key>raw/responses/dt=2026-11-20/a.jsonl.gz</Key><LastModified>2026-11-20T12:00:00.000Z</LastModified>"
        "<ETag>&quot;1&quot;</ETag><Size>" G_STRINGIFY (DATA_READ) "</Size></Contents></ListBucketResult>");
  else
    fake_service_append (reply, 206, range, RESULT);
}

static void
answer (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  g_autofree char *target = fake_service_dup_header (head, "x-amz-target");

  if (target != NULL)
    answer_athena (target, reply);
  else
    answer_s3 (head, reply);
}

/* The lake of the restaurant is in a bucket from now on. */
static void
move_to_bucket (SobreWindowFixture *files)
{
  g_autofree char *folder = g_strdup (sobre_workspace_get_path (files->workspace));
  g_autofree char *path = g_build_filename (folder, "workspace.json", NULL);
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  changed = g_strdup_printf ("{ \"aws\": { \"bucket\": \"harbour-lake\" }, %s", strchr (text, '{') + 1);
  g_file_set_contents (path, changed, -1, &error);
  g_assert_no_error (error);
  g_clear_object (&files->workspace);
  files->workspace = sobre_workspace_open (folder, &error);
  g_assert_no_error (error);
}

static gboolean
is_done (gpointer data)
{
  gboolean running;

  g_object_get (((Page *) data)->editor, "running", &running, NULL);
  return !running;
}

static gboolean
has_query (gpointer data)
{
  return sobre_queries_page_choose (((Page *) data)->page, "worst-tables");
}

static void
open_page (Page *self, gconstpointer data)
{
  const char *endpoint;

  self->service = fake_service_new (answer, NULL);
  endpoint = fake_service_get_endpoint (self->service);
  g_setenv ("AWS_ENDPOINT_URL", endpoint, TRUE);
  g_setenv ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE00000", TRUE);
  g_setenv ("AWS_SECRET_ACCESS_KEY", "secret", TRUE);
  g_setenv ("AWS_REGION", "eu-central-1", TRUE);
  self->files = sobre_window_fixture_new (TRUE);
  if (data != NULL)
    move_to_bucket (self->files);
  self->session = sobre_session_new (self->files->workspace, self->files->clock);
  self->window = adw_window_new ();
  self->page = g_object_new (SOBRE_TYPE_QUERIES_PAGE, "session", self->session, NULL);
  self->editor = sobre_queries_page_get_editor (self->page);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->page));
  gtk_window_present (GTK_WINDOW (self->window));
  g_assert_true (sobre_wait_until (has_query, self, 60));
  g_assert_true (sobre_wait_until (is_done, self, 60));
  self->bar = sobre_find_widget (GTK_WIDGET (self->editor), SOBRE_TYPE_ENGINE_BAR);
}

static void
close_page (Page *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  sobre_settle ();
  g_object_unref (self->session);
  sobre_window_fixture_free (self->files);
  fake_service_free (self->service);
}

static void
test_not_offered (Page *self, gconstpointer data)
{
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (self->bar)));
  g_assert_false (sobre_engine_bar_is_athena (self->bar));
}

static gboolean
says (gpointer data)
{
  return strstr (sobre_engine_bar_get_words (((Page *) data)->bar), ((Page *) data)->wanted) != NULL;
}

static void
assert_says (Page *self, const char *wanted)
{
  self->wanted = wanted;
  if (!sobre_wait_until (says, self, 60))
    g_error ("“%s” is not in “%s”", wanted, sobre_engine_bar_get_words (self->bar));
}

static void
test_costs (Page *self, gconstpointer data)
{
  SobreResultTable *table;
  g_autofree char *count = NULL;

  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (self->bar)));
  sobre_engine_bar_set_athena (self->bar, TRUE);
  sobre_query_editor_set_text (self->editor, QUERY);
  sobre_query_editor_refresh (self->editor);
  g_assert_true (is_done (self));
  g_assert_cmpuint (fake_service_get_n_requests (self->service), ==, 0);

  g_signal_emit_by_name (self->bar, "estimate");
  assert_says (self, "would read up to 25.0");
  assert_says (self, "$0.000125");

  sobre_query_editor_run (self->editor);
  g_assert_true (sobre_wait_until (is_done, self, 60));
  assert_says (self, "Athena read 25.0");
  table = sobre_result_view_get_result (sobre_query_editor_get_result_view (self->editor));
  g_assert_nonnull (table);
  g_assert_cmpuint (sobre_result_table_get_n_rows (table), ==, 2);
  count = sobre_result_table_dup_text (table, 0, 1);
  g_assert_cmpstr (count, ==, "42");
  g_assert_true (sobre_result_table_is_null (table, 1, 1));
}

static gboolean
dialog_shows (gpointer data)
{
  Page *self = data;
  AdwDialog *dialog = adw_window_get_visible_dialog (ADW_WINDOW (self->window));

  return dialog != NULL && sobre_shows_text (GTK_WIDGET (dialog), self->wanted);
}

static void
run_on_athena (Page *self)
{
  sobre_engine_bar_set_athena (self->bar, TRUE);
  sobre_query_editor_set_text (self->editor, QUERY);
  sobre_query_editor_run (self->editor);
  g_assert_true (sobre_wait_until (is_done, self, 60));
  assert_says (self, "Athena read 25.0");
}

static GtkWidget *
find_run (GtkWidget *widget)
{
  if (ADW_IS_ACTION_ROW (widget) && gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_run (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_sql_again (gpointer data)
{
  GtkSourceView *view = sobre_find_widget (GTK_WIDGET (((Page *) data)->editor), GTK_SOURCE_TYPE_VIEW);
  g_autofree char *text = NULL;

  g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "text", &text, NULL);
  return g_str_equal (text, QUERY);
}

/* The history has each run with what it read and cost, and the month's sum; a run's SQL comes back into the editor. */
static void
test_history (Page *self, gconstpointer data)
{
  static const char *const wanted[] = { "Nothing Was Run Yet", "Athena read 25.0\302\240MB: about $0.000125",
                                        "2 queries, 50.0\302\240MB read", "$0.000250" };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *month = g_date_time_format (now, "%OB %Y");
  GtkWidget *row;

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      if (i == 1)
        {
          run_on_athena (self);
          run_on_athena (self);
        }
      gtk_widget_activate_action (GTK_WIDGET (self->page), "query.runs", NULL);
      self->wanted = wanted[i];
      g_assert_true (sobre_wait_until (dialog_shows, self, 60));
      self->wanted = month;
      g_assert_true (i == 0 || dialog_shows (self));
      if (i + 1 < G_N_ELEMENTS (wanted))
        adw_dialog_force_close (adw_window_get_visible_dialog (ADW_WINDOW (self->window)));
    }
  sobre_query_editor_set_text (self->editor, "SELECT 1");
  sobre_query_editor_set_saved (self->editor);
  row = find_run (GTK_WIDGET (adw_window_get_visible_dialog (ADW_WINDOW (self->window))));
  g_assert_nonnull (row);
  g_signal_emit_by_name (row, "activated");
  g_assert_true (sobre_wait_until (has_sql_again, self, 60));
}

/* Where the lake is not in AWS there is no such history. */
static void
test_no_history (Page *self, gconstpointer data)
{
  gtk_widget_activate_action (GTK_WIDGET (self->page), "query.runs", NULL);
  sobre_settle ();
  g_assert_null (adw_window_get_visible_dialog (ADW_WINDOW (self->window)));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  gtk_source_init ();
  g_test_add ("/athena-in-page/not-offered", Page, NULL, open_page, test_not_offered, close_page);
  g_test_add ("/athena-in-page/no-history", Page, NULL, open_page, test_no_history, close_page);
  g_test_add ("/athena-in-page/history", Page, "bucket", open_page, test_history, close_page);
  g_test_add ("/athena-in-page/costs", Page, "bucket", open_page, test_costs, close_page);
  return g_test_run ();
}
