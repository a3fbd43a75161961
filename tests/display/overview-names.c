/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Figures say what questions are called by now, whoever has named them, with no window opened anew. */

#include <string.h>

#include "pages/overview/sobre-overview-page.h"
#include "window-fixture.h"

/* Names: a text that is shown somewhere. */
typedef struct
{
  GtkWidget *widget;
  const char *text;
} Names;

static gboolean
shows_name (gpointer data)
{
  const Names *names = data;
  const char *text = GTK_IS_LABEL (names->widget) ? gtk_label_get_text (GTK_LABEL (names->widget)) : "";

  if (strstr (text, names->text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (names->widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows_name (&(Names) { child, names->text }))
      return TRUE;
  return FALSE;
}

/* What somebody does to the file, in the window or with an editor. */
static void
rename_question (const char *path, const char *before, const char *after)
{
  g_autofree char *old = g_strdup_printf ("\"%s\"", before);
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;
  g_auto (GStrv) parts = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  parts = g_strsplit (text, old, -1);
  g_assert_cmpuint (g_strv_length (parts), >, 1);
  changed = g_strjoinv (after, parts);
  g_assert_true (g_file_set_contents (path, changed, -1, NULL));
}

static void
test_names (void)
{
  g_autoptr (SobreWindowFixture) files = sobre_window_fixture_new (TRUE);
  g_autoptr (SobreSession) session = sobre_session_new (files->workspace, files->clock);
  GtkWidget *window = adw_window_new ();
  GtkWidget *page = g_object_new (SOBRE_TYPE_OVERVIEW_PAGE, "session", session, "as-table", TRUE, NULL);
  g_autofree char *path = g_build_filename (sobre_workspace_get_path (files->workspace), "form.json", NULL);
  g_autofree char *before = g_strdup (sobre_form_get_question_label (sobre_workspace_get_form (files->workspace), 0, "en"));

  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 900);
  gtk_window_present (GTK_WINDOW (window));
  sobre_session_start (session);
  g_assert_true (sobre_wait_until (sobre_session_has_figures, session, 60));
  g_assert_true (sobre_wait_until (shows_name, &(Names) { page, before }, 60));
  rename_question (path, before, "\"The whole evening\"");
  sobre_session_update_names (session);
  g_assert_true (sobre_wait_until (shows_name, &(Names) { page, "The whole evening" }, 60));
  gtk_window_destroy (GTK_WINDOW (window));
  sobre_session_stop (session);
  sobre_settle ();
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  g_test_add_func ("/overview/names", test_names);
  return g_test_run ();
}
