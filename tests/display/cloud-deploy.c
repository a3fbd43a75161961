/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* From nothing to what is deployed, in the window: a plan that changes nothing, deploying once somebody said yes, what is said where AWS refuses, data that is only lost with the stack's
 * name typed, removing, and a deployment that is gone on with. */

#include "cloud-fixture.h"
#include "session/sobre-errand.h"

static void
open_nothing (Cloud *self, gconstpointer data)
{
  cloud_open (self, data);
  self->stack.is_missing = TRUE;
  gtk_window_present (GTK_WINDOW (self->window));
  cloud_expect (self, "Nothing Is Deployed");
}

static GtkWidget *
open_panel (Cloud *self, const char *tag, const char *wanted)
{
  g_assert_true (gtk_widget_activate_action (self->page, "cloud.show", "s", tag));
  cloud_expect (self, wanted);
  return cloud_find_panel (self);
}

static gboolean
has_dialog (gpointer data)
{
  return adw_window_get_visible_dialog (ADW_WINDOW (((Cloud *) data)->window)) != NULL;
}

static AdwDialog *
await_dialog (Cloud *self)
{
  g_assert_true (sobre_wait_until (has_dialog, self, CLOUD_SECONDS));
  return adw_window_get_visible_dialog (ADW_WINDOW (self->window));
}

static GtkWidget *
plan (Cloud *self)
{
  GtkWidget *panel = open_panel (self, "deploy", "Show the Plan");

  g_assert_true (gtk_widget_activate_action (panel, "deploy.plan", NULL));
  cloud_expect (self, "Add: 2");
  cloud_expect (self, "Add: 3");
  return panel;
}

/* The address tells it: “Deployed” is also a word of the page below, which says that nothing is. */
static void
expect_end (Cloud *self)
{
  cloud_expect (self, "https://d111111abcdef8.cloudfront.net");
  cloud_expect (self, "Deployed");
  g_assert_cmpuint (self->stack.n_executed, ==, 2);
}

/* A plan is told and nothing is done. */
static void
test_plan (Cloud *self, gconstpointer data)
{
  plan (self);
  g_assert_cmpuint (self->stack.n_executed, ==, 0);
}

static void
test_deploy (Cloud *self, gconstpointer data)
{
  GtkWidget *panel = plan (self);

  g_assert_true (gtk_widget_activate_action (panel, "deploy.deploy", NULL));
  await_dialog (self);
  g_assert_cmpuint (self->stack.n_executed, ==, 0);
  cloud_answer (self, "go");
  expect_end (self);
  /* The page knows. */
  adw_navigation_view_pop (sobre_find_widget (self->page, ADW_TYPE_NAVIGATION_VIEW));
  cloud_expect (self, "Answers up to ");
}

static void
test_declined (Cloud *self, gconstpointer data)
{
  GtkWidget *panel = plan (self);

  g_assert_true (gtk_widget_activate_action (panel, "deploy.deploy", NULL));
  await_dialog (self);
  cloud_answer (self, "cancel");
  cloud_expect (self, "Nothing was changed");
  g_assert_cmpuint (self->stack.n_executed, ==, 0);
}

/* What AWS said first is on top. */
static void
test_refused (Cloud *self, gconstpointer data)
{
  GtkWidget *panel = plan (self);

  self->stack.is_refused = TRUE;
  self->stack.cause = "Rate exceeded &lt;b&gt;";
  g_assert_true (gtk_widget_activate_action (panel, "deploy.deploy", NULL));
  await_dialog (self);
  cloud_answer (self, "go");
  cloud_expect (self, "It did not come to its end");
  cloud_expect (self, "What went wrong first");
  cloud_expect (self, "Rate exceeded <b>");
  cloud_expect (self, "Try Again");
}

/* Data is only lost with the name of its stack typed. */
static void
test_loss (Cloud *self, gconstpointer data)
{
  GtkWidget *panel;
  AdwDialog *dialog;
  GtkEditable *entry;

  self->stack.has_loss = TRUE;
  gtk_window_present (GTK_WINDOW (self->window));
  cloud_expect (self, "Answers up to ");
  panel = open_panel (self, "deploy", "Show the Plan");
  g_assert_true (gtk_widget_activate_action (panel, "deploy.plan", NULL));
  cloud_expect (self, "1 change loses data");
  cloud_expect (self, "What it holds would be lost");
  g_assert_true (gtk_widget_activate_action (panel, "deploy.deploy", NULL));
  dialog = await_dialog (self);
  g_assert_false (adw_alert_dialog_get_response_enabled (ADW_ALERT_DIALOG (dialog), "go"));
  entry = sobre_find_widget (adw_alert_dialog_get_extra_child (ADW_ALERT_DIALOG (dialog)), GTK_TYPE_ENTRY);
  gtk_editable_set_text (entry, "sobremesa");
  g_assert_false (adw_alert_dialog_get_response_enabled (ADW_ALERT_DIALOG (dialog), "go"));
  gtk_editable_set_text (entry, "sobremesa-lake");
  g_assert_true (adw_alert_dialog_get_response_enabled (ADW_ALERT_DIALOG (dialog), "go"));
  g_assert_cmpuint (self->stack.n_executed, ==, 0);
  cloud_answer (self, "cancel");
  cloud_expect (self, "Nothing was changed");
  g_assert_cmpuint (self->stack.n_executed, ==, 0);
}

static void
test_remove (Cloud *self, gconstpointer data)
{
  GtkWidget *panel;
  AdwDialog *dialog;
  GtkEditable *entry;

  gtk_window_present (GTK_WINDOW (self->window));
  cloud_expect (self, "Answers up to ");
  panel = open_panel (self, "remove", "Remove the lake too");
  g_assert_true (gtk_widget_activate_action (panel, "remove.remove", NULL));
  dialog = await_dialog (self);
  g_assert_false (adw_alert_dialog_get_response_enabled (ADW_ALERT_DIALOG (dialog), "go"));
  cloud_answer (self, "cancel");
  cloud_expect (self, "Remove the lake too");
  g_assert_cmpuint (self->stack.n_deleted, ==, 0);
  g_assert_true (gtk_widget_activate_action (panel, "remove.remove", NULL));
  dialog = await_dialog (self);
  entry = sobre_find_widget (adw_alert_dialog_get_extra_child (ADW_ALERT_DIALOG (dialog)), GTK_TYPE_ENTRY);
  gtk_editable_set_text (entry, "sobremesa");
  cloud_answer (self, "go");
  cloud_expect (self, "Removed; the lake is kept");
  g_assert_cmpuint (self->stack.n_deleted, ==, 1);
}

/* A window that was closed while AWS was at work: the next one says so, and goes on. */
static void
test_resume (Cloud *self, gconstpointer data)
{
  GtkWidget *panel = plan (self);

  self->stack.is_slow = TRUE;
  g_assert_true (gtk_widget_activate_action (panel, "deploy.deploy", NULL));
  await_dialog (self);
  cloud_answer (self, "go");
  cloud_expect (self, "What AWS does");
  gtk_window_destroy (GTK_WINDOW (self->window));
  sobre_settle ();
  self->stack.is_slow = FALSE;
  self->page = g_object_new (SOBRE_TYPE_CLOUD_PAGE, "session", self->session, NULL);
  self->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (self->window), self->page);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 800, 1000);
  gtk_window_present (GTK_WINDOW (self->window));
  cloud_expect (self, "A deployment was begun here");
  g_assert_true (gtk_widget_activate_action (self->page, "cloud.resume", NULL));
  await_dialog (self);
  cloud_answer (self, "go");
  expect_end (self);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  g_test_add ("/deploy/plan", Cloud, NULL, open_nothing, test_plan, cloud_close);
  g_test_add ("/deploy/deploy", Cloud, NULL, open_nothing, test_deploy, cloud_close);
  g_test_add ("/deploy/declined", Cloud, NULL, open_nothing, test_declined, cloud_close);
  g_test_add ("/deploy/refused", Cloud, NULL, open_nothing, test_refused, cloud_close);
  g_test_add ("/deploy/loss", Cloud, NULL, cloud_open, test_loss, cloud_close);
  g_test_add ("/deploy/remove", Cloud, NULL, cloud_open, test_remove, cloud_close);
  g_test_add ("/deploy/resume", Cloud, NULL, open_nothing, test_resume, cloud_close);
  return g_test_run ();
}
