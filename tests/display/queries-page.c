/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The Queries page: what it shows is what the engine answers, an error names its place, a query that runs can be stopped, and own queries
 * are kept, deleted and brought back. */

#include <gtksourceview/gtksource.h>

#include "pages/queries/sobre-queries-page.h"
#include "query/sobre-local-engine.h"
#include "window-fixture.h"

typedef struct
{
  SobreWindowFixture *files;
  SobreSession *session;
  GtkWidget *window;
  SobreQueriesPage *page;
  SobreQueryEditor *editor;
  SobreResultView *result;
  const char *wanted;
} Queries;

static gboolean
has_query (gpointer data)
{
  Queries *self = data;

  return sobre_queries_page_choose (self->page, self->wanted);
}

static gboolean
is_done (gpointer data)
{
  gboolean running;

  g_object_get (((Queries *) data)->editor, "running", &running, NULL);
  return !running;
}

static gboolean
is_running (gpointer data)
{
  return !is_done (data);
}

static void
choose (Queries *self, const char *name)
{
  self->wanted = name;
  g_assert_true (sobre_wait_until (has_query, self, 60));
  g_assert_true (sobre_wait_until (is_done, self, 60));
}

static void
run_text (Queries *self, const char *text)
{
  sobre_query_editor_set_text (self->editor, text);
  sobre_query_editor_run (self->editor);
  g_assert_true (sobre_wait_until (is_done, self, 60));
}

/* All answers are in the cache: the first figures come before. */
static gboolean
is_read (gpointer data)
{
  g_autofree char *progress = NULL;

  g_object_get (data, "progress", &progress, NULL);
  return sobre_session_has_figures (data) && progress == NULL;
}

static void
open_page (Queries *self, gconstpointer data)
{
  GtkWidget *toasts = adw_toast_overlay_new ();

  self->files = sobre_window_fixture_new (TRUE);
  self->session = sobre_session_new (self->files->workspace, self->files->clock);
  self->window = adw_window_new ();
  self->page = g_object_new (SOBRE_TYPE_QUERIES_PAGE, NULL);
  self->editor = sobre_queries_page_get_editor (self->page);
  self->result = sobre_query_editor_get_result_view (self->editor);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), GTK_WIDGET (self->page));
  adw_window_set_content (ADW_WINDOW (self->window), toasts);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1000, 800);
  sobre_session_start (self->session);
  g_assert_true (sobre_wait_until (is_read, self->session, 60));
  g_object_set (self->page, "session", self->session, NULL);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
close_page (Queries *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  sobre_settle ();
  sobre_session_stop (self->session);
  g_object_unref (self->session);
  sobre_window_fixture_free (self->files);
}

static SobreResultTable *
ask_engine (Queries *self, const char *sql)
{
  g_autoptr (SobreLocalEngine) engine =
      sobre_local_engine_new (NULL, sobre_workspace_get_cache_folder (self->files->workspace), self->files->clock);
  g_autoptr (SobreQuery) query = sobre_query_new (sql);
  g_autoptr (GError) error = NULL;
  SobreResultTable *table = sobre_local_engine_run_sync (engine, query, NULL, &error);

  g_assert_no_error (error);
  return table;
}

static void
assert_same (SobreResultTable *shown, SobreResultTable *asked)
{
  g_assert_nonnull (shown);
  g_assert_cmpuint (sobre_result_table_get_n_columns (shown), ==, sobre_result_table_get_n_columns (asked));
  g_assert_cmpuint (sobre_result_table_get_n_rows (shown), ==, sobre_result_table_get_n_rows (asked));
  for (guint64 row = 0; row < sobre_result_table_get_n_rows (asked); row++)
    for (guint column = 0; column < sobre_result_table_get_n_columns (asked); column++)
      {
        g_autofree char *one = sobre_result_table_dup_text (shown, row, column);
        g_autofree char *other = sobre_result_table_dup_text (asked, row, column);

        g_assert_cmpstr (one, ==, other);
      }
}

#define BY_STORE "SELECT store_id, count(*) AS n FROM responses GROUP BY store_id ORDER BY store_id"

static void
test_answers (Queries *self, gconstpointer data)
{
  g_autoptr (SobreResultTable) asked = ask_engine (self, BY_STORE);

  choose (self, "worst-tables");
  g_assert_cmpuint (sobre_result_table_get_n_rows (sobre_result_view_get_result (self->result)), >, 5);
  run_text (self, "-- title: Stores\n-- chart: bar store_id n\n" BY_STORE);
  assert_same (sobre_result_view_get_result (self->result), asked);
  g_assert_cmpstr (sobre_query_editor_get_title (self->editor), ==, "Stores");
}

static guint64
count_rows (Queries *self)
{
  SobreResultTable *table = sobre_result_view_get_result (self->result);

  g_assert_nonnull (table);
  return sobre_result_table_get_n_rows (table);
}

/* A store narrows the rows; a value that the query cannot do without is asked for. */
static void
test_parameters (Queries *self, gconstpointer data)
{
  guint64 all;

  choose (self, "worst-tables");
  all = count_rows (self);
  g_assert_true (sobre_query_editor_set_parameter (self->editor, "store", "market"));
  g_assert_true (sobre_wait_until (is_done, self, 60));
  g_assert_cmpuint (count_rows (self), >, 0);
  g_assert_cmpuint (count_rows (self), <, all);
  g_assert_false (sobre_query_editor_set_parameter (self->editor, "no-such", "1"));

  choose (self, "before-after");
  g_assert_true (sobre_result_view_is_empty (self->result));
  g_assert_true (sobre_query_editor_set_parameter (self->editor, "day", "today-14"));
  sobre_query_editor_run (self->editor);
  g_assert_true (sobre_wait_until (is_done, self, 60));
  g_assert_cmpuint (count_rows (self), >, 0);
}

static void
test_error (Queries *self, gconstpointer data)
{
  g_autofree char *message = NULL;
  GtkTextBuffer *buffer;
  GtkTextIter cursor;

  choose (self, "worst-tables");
  run_text (self, "-- title: Wrong\nSELECT store_id,\n       nothing\nFROM responses");
  message = sobre_result_view_dup_error (self->result);
  g_assert_nonnull (message);
  g_assert_nonnull (strstr (message, "nothing"));
  g_assert_null (sobre_result_view_get_result (self->result));
  buffer = gtk_text_view_get_buffer (sobre_find_widget (GTK_WIDGET (self->editor), GTK_SOURCE_TYPE_VIEW));
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  g_assert_cmpint (gtk_text_iter_get_line (&cursor), ==, 2);
  g_assert_cmpint (gtk_text_iter_get_line_offset (&cursor), ==, 7);
}

#define ENDLESS                                                                                                                \
  "-- title: Endless\nSELECT count(*) FROM answers a CROSS JOIN answers b CROSS JOIN answers c WHERE a.score < b.score + "     \
  "c.score"

static void
test_stop (Queries *self, gconstpointer data)
{
  choose (self, "worst-tables");
  sobre_query_editor_set_text (self->editor, ENDLESS);
  sobre_query_editor_run (self->editor);
  g_assert_true (is_running (self));
  sobre_query_editor_stop (self->editor);
  g_assert_true (sobre_wait_until (is_done, self, 60));
  g_assert_true (sobre_result_view_is_empty (self->result));
}

static void
test_copy (Queries *self, gconstpointer data)
{
  g_autofree char *text = NULL;

  choose (self, "worst-tables");
  run_text (self, "-- title: Copy\nSELECT 1 AS a, 'x' AS b UNION ALL SELECT 2, NULL ORDER BY 1");
  text = sobre_result_view_dup_selection (self->result);
  g_assert_cmpstr (text, ==, "a\tb\n1\tx\n2\t\n");
}

static char *
make_own_path (Queries *self, const char *name)
{
  g_autofree char *file = g_strconcat (name, ".sql", NULL);

  return g_build_filename (sobre_workspace_get_path (self->files->workspace), "queries", file, NULL);
}

static gboolean
is_kept (gpointer data)
{
  Queries *self = data;
  g_autofree char *path = make_own_path (self, self->wanted);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
is_gone (gpointer data)
{
  return !is_kept (data);
}

static gboolean
is_unmodified (gpointer data)
{
  gboolean modified;

  g_object_get (((Queries *) data)->editor, "modified", &modified, NULL);
  return !modified;
}

static void
test_save_and_delete (Queries *self, gconstpointer data)
{
  g_autofree char *text = NULL;

  choose (self, "worst-tables");
  sobre_query_editor_set_text (self->editor, "-- title: Mine\n" BY_STORE);
  g_assert_false (is_unmodified (self));
  self->wanted = "my-stores";
  sobre_queries_page_save (self->page, "My stores!");
  g_assert_true (sobre_wait_until (is_kept, self, 60));
  g_assert_true (sobre_wait_until (is_unmodified, self, 60));
  text = sobre_query_editor_dup_text (self->editor);
  g_assert_cmpstr (text, ==, "-- title: My stores!\n" BY_STORE);
  choose (self, "my-stores");
  gtk_widget_activate_action (GTK_WIDGET (self->page), "query.delete", NULL);
  g_assert_true (sobre_wait_until (is_gone, self, 60));
}

/* What cannot be understood is not written over what can. */
static void
test_save_refuses (Queries *self, gconstpointer data)
{
  choose (self, "worst-tables");
  sobre_query_editor_set_text (self->editor, "-- param: x nothing 1 X\nSELECT :x");
  self->wanted = "broken";
  sobre_queries_page_save (self->page, "Broken");
  sobre_wait_until (is_kept, self, 1);
  g_assert_true (is_gone (self));
  g_assert_false (is_unmodified (self));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  gtk_source_init ();
  g_test_add ("/queries/answers", Queries, NULL, open_page, test_answers, close_page);
  g_test_add ("/queries/parameters", Queries, NULL, open_page, test_parameters, close_page);
  g_test_add ("/queries/error", Queries, NULL, open_page, test_error, close_page);
  g_test_add ("/queries/stop", Queries, NULL, open_page, test_stop, close_page);
  g_test_add ("/queries/copy", Queries, NULL, open_page, test_copy, close_page);
  g_test_add ("/queries/save-and-delete", Queries, NULL, open_page, test_save_and_delete, close_page);
  g_test_add ("/queries/save-refuses", Queries, NULL, open_page, test_save_refuses, close_page);
  return g_test_run ();
}
