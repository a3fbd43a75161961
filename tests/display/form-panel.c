/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The form in the window: edited without a guest noticing, then published as a new version, rolled back, or discarded. */

#include "editor-fixture.h"
#include "pages/menu/sobre-form-panel.h"

#define PUBLISHED "form.json"
#define DRAFT ".sobremesa/form.json"

static gboolean
is_ready (gpointer data)
{
  return sobre_form_panel_get_form (data) != NULL;
}

static void
open_desk (EditorDesk *self, gconstpointer data)
{
  self->files = sobre_window_fixture_new (FALSE);
  editor_desk_open (self, SOBRE_TYPE_FORM_PANEL);
  g_assert_true (sobre_wait_until (is_ready, self->panel, 60));
  sobre_settle ();
}

static void
close_desk (EditorDesk *self, gconstpointer data)
{
  editor_desk_close (self);
}

static void
choose (SobreNodeEditor *editor, const char *member, guint position)
{
  gtk_drop_down_set_selected (sobre_find_widget (editor_desk_find_field (editor, member), GTK_TYPE_DROP_DOWN), position);
}

/* Guests are asked what they were asked until it is published, and then under a version of its own. */
static void
test_publish (EditorDesk *self, gconstpointer data)
{
  g_autofree char *before = editor_desk_read (self, PUBLISHED);
  g_autofree char *meanwhile = NULL;

  editor_desk_expect_publishable (self, FALSE);
  editor_desk_type (editor_desk_edit (self, "questions[0]"), "text", "How did you like it?");
  editor_desk_expect (self, DRAFT, "How did you like it?", TRUE);
  meanwhile = editor_desk_read (self, PUBLISHED);
  g_assert_cmpstr (before, ==, meanwhile);
  editor_desk_expect_publishable (self, TRUE);
  editor_desk_answer (self, "editor.publish", "cancel");
  editor_desk_expect_publishable (self, TRUE);
  editor_desk_answer (self, "editor.publish", "publish");
  editor_desk_expect (self, PUBLISHED, "How did you like it?", TRUE);
  editor_desk_expect (self, PUBLISHED, "\"version\": 2", TRUE);
  editor_desk_expect (self, DRAFT, "version", FALSE);
  editor_desk_expect (self, "published/form/form.1.json", "How did you like it?", FALSE);
  editor_desk_expect (self, "published/form/form.2.json", "How did you like it?", TRUE);
  editor_desk_expect_publishable (self, FALSE);

  /* The earlier questions come back as a version of their own. */
  editor_desk_roll_back (self, 1);
  editor_desk_expect (self, PUBLISHED, "\"version\": 3", TRUE);
  editor_desk_expect (self, PUBLISHED, "How did you like it?", FALSE);
}

static void
test_discard (EditorDesk *self, gconstpointer data)
{
  editor_desk_type (editor_desk_edit (self, "questions[0]"), "text", "How did you like it?");
  editor_desk_expect (self, DRAFT, "How did you like it?", TRUE);
  editor_desk_expect_publishable (self, TRUE);
  editor_desk_answer (self, "form.discard", "cancel");
  editor_desk_expect (self, DRAFT, "How did you like it?", TRUE);
  editor_desk_answer (self, "form.discard", "discard");
  editor_desk_expect (self, DRAFT, "version", FALSE);
  editor_desk_expect_publishable (self, FALSE);
}

/* What belongs to another kind goes with a change of kind, and comes back when that is taken back. */
static void
test_kind (EditorDesk *self, gconstpointer data)
{
  SobreNodeEditor *editor = editor_desk_edit (self, "questions[1]");

  g_assert_true (gtk_widget_get_visible (editor_desk_find_field (editor, "choices")));
  choose (editor, "kind", 4);
  editor_desk_expect (self, DRAFT, "\"choices\"", FALSE);
  g_assert_false (gtk_widget_get_visible (editor_desk_find_field (editor, "choices")));
  g_assert_true (gtk_widget_get_visible (editor_desk_find_field (editor, "max_length")));
  editor_desk_act (self, "editor.undo", NULL);
  editor_desk_expect (self, DRAFT, "\"choices\"", TRUE);
  g_assert_true (gtk_widget_get_visible (editor_desk_find_field (editor, "choices")));
}

/* A question is asked after an earlier one; one that decides cannot move behind it without a fault. */
static void
test_rule (EditorDesk *self, gconstpointer data)
{
  SobreNodeEditor *editor = editor_desk_edit (self, "questions[2]");

  choose (editor, "show_if", 1);
  editor_desk_expect (self, DRAFT, "\"show_if\": {\"question\": \"overall\"", TRUE);
  editor_desk_expect_publishable (self, TRUE);
  choose (editor, "show_if", 0);
  editor_desk_act (self, "form.move-down", "questions[0]");
  editor_desk_expect_publishable (self, FALSE);
  editor_desk_act (self, "editor.undo", NULL);
  editor_desk_act (self, "form.remove", "questions[6]");
  editor_desk_expect (self, DRAFT, "\"recommend\"", FALSE);
  editor_desk_expect_publishable (self, TRUE);
}

static gboolean
is_renamed (gpointer data)
{
  SobreForm *form = sobre_workspace_get_form (((EditorDesk *) data)->files->workspace);

  return g_str_equal (sobre_form_get_question_label (form, 0, "en"), "The evening");
}

/* Figures call a question what it was published as. */
static void
test_label (EditorDesk *self, gconstpointer data)
{
  editor_desk_type (editor_desk_edit (self, "questions[0]"), "label", "The evening");
  editor_desk_expect (self, DRAFT, "The evening", TRUE);
  editor_desk_expect_publishable (self, TRUE);
  g_assert_false (is_renamed (self));
  editor_desk_answer (self, "editor.publish", "publish");
  g_assert_true (sobre_wait_until (is_renamed, self, 60));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  g_test_add ("/form/publish", EditorDesk, NULL, open_desk, test_publish, close_desk);
  g_test_add ("/form/discard", EditorDesk, NULL, open_desk, test_discard, close_desk);
  g_test_add ("/form/kind", EditorDesk, NULL, open_desk, test_kind, close_desk);
  g_test_add ("/form/label", EditorDesk, NULL, open_desk, test_label, close_desk);
  g_test_add ("/form/rule", EditorDesk, NULL, open_desk, test_rule, close_desk);
  return g_test_run ();
}
