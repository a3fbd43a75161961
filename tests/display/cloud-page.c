/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The Cloud page on an AWS of loopback: what is deployed and how it fares, a door that is shut and opened, and what is said where nothing is deployed or
 * AWS cannot be asked. */

#include "cloud-fixture.h"
#include "session/sobre-cloud-watch.h"

static void
test_health (Cloud *self, gconstpointer data)
{
  gtk_window_present (GTK_WINDOW (self->window));
  cloud_expect (self, "Answers up to ");
  cloud_expect (self, "Guests open form and menu");
  cloud_expect (self, "What comes in is in the lake");
  cloud_expect (self, "so far");
  cloud_expect (self, "https://d111111abcdef8.cloudfront.net");
  self->wanted = "Alarms";
  g_assert_false (cloud_is_shown (self));
  self->stack.alarm = "TransformErrors";
  gtk_widget_activate_action (self->page, "cloud.refresh", NULL);
  cloud_expect (self, "The gate that checks answers fails");
  cloud_expect (self, "Threshold crossed");
}

/* What AWS metered is asked for once an hour, however often the page looks. */
static void
test_metering (Cloud *self, gconstpointer data)
{
  g_autoptr (SobreClock) clock = sobre_manual_clock_new (sobre_clock_now (self->files->clock));

  g_object_unref (self->session);
  self->session = sobre_session_new (self->files->workspace, clock);
  g_object_set (self->page, "session", self->session, NULL);
  gtk_window_present (GTK_WINDOW (self->window));
  cloud_expect (self, "so far");
  self->stack.alarm = "TransformErrors";
  sobre_manual_clock_advance (clock, 59 * 60000);
  gtk_widget_activate_action (self->page, "cloud.refresh", NULL);
  cloud_expect (self, "The gate that checks answers fails");
  g_assert_cmpuint (self->stack.n_metered, ==, 1);
  self->stack.alarm = "LateEvents";
  sobre_manual_clock_advance (clock, 60000);
  gtk_widget_activate_action (self->page, "cloud.refresh", NULL);
  cloud_expect (self, "Records of visits");
  g_assert_cmpuint (self->stack.n_metered, ==, 2);
}

static void
test_door (Cloud *self, gconstpointer data)
{
  AdwSwitchRow *row;

  gtk_window_present (GTK_WINDOW (self->window));
  cloud_expect (self, "Answers up to ");
  row = sobre_find_widget (self->page, ADW_TYPE_SWITCH_ROW);
  g_assert_true (adw_switch_row_get_active (row));
  for (guint i = 0; i < 2; i++)
    {
      adw_switch_row_set_active (row, FALSE);
      cloud_answer (self, i == 0 ? "cancel" : "pause");
      /* Nothing happens before it was said. */
      g_assert_true (i == 1 || (adw_switch_row_get_active (row) && !self->stack.is_shut));
    }
  cloud_expect (self, "Paused: answers wait");
  g_assert_true (self->stack.is_shut);
  g_assert_false (adw_switch_row_get_active (row));
  adw_switch_row_set_active (row, TRUE);
  cloud_expect (self, "Answers come in");
  g_assert_false (self->stack.is_shut);
}

static void
test_failed_change (Cloud *self, gconstpointer data)
{
  self->stack.status = "UPDATE_ROLLBACK_COMPLETE";
  self->stack.cause = "Rate exceeded &lt;b&gt;";
  gtk_window_present (GTK_WINDOW (self->window));
  cloud_expect (self, "The last change failed at Transform: Rate exceeded <b>");
}

static void
test_at_work (Cloud *self, gconstpointer data)
{
  self->stack.status = "CREATE_IN_PROGRESS";
  gtk_window_present (GTK_WINDOW (self->window));
  cloud_expect (self, "AWS is working on it");
  self->stack.status = "CREATE_COMPLETE";
  /* It looks again by itself. */
  cloud_expect (self, "Answers up to ");
}

static void
test_nothing (Cloud *self, gconstpointer data)
{
  self->stack.is_missing = TRUE;
  gtk_window_present (GTK_WINDOW (self->window));
  cloud_expect (self, "Nothing Is Deployed");
}

/* Somebody without an AWS account is told what it is for, and no failure. */
static void
test_no_account (Cloud *self, gconstpointer data)
{
  g_setenv ("AWS_CONFIG_FILE", "/nonexistent", TRUE);
  gtk_window_present (GTK_WINDOW (self->window));
  cloud_expect (self, "Nothing Is Deployed");
}

static void
count_cb (SobreCloudWatch *watch, const char *words, const char *reason, guint *n)
{
  ++*n;
}

static void
lowered_cb (SobreCloudWatch *watch, guint *n)
{
  *n = 0;
}

static gboolean
is_one (gpointer data)
{
  return *(guint *) data == 1;
}

static gboolean
is_none (gpointer data)
{
  return *(guint *) data == 0;
}

/* Once for each time it gets on, however often it is looked at; and nobody is asked where nothing was ever deployed. */
static void
test_watch (Cloud *self, gconstpointer data)
{
  g_autofree char *state = g_build_filename (sobre_workspace_get_path (self->files->workspace), ".sobremesa", NULL);
  g_autofree char *journals = g_build_filename (state, "deploy-journal", NULL);
  g_autofree char *journal = g_build_filename (journals, "sobremesa-lake.json", NULL);
  g_autoptr (SobreCloudWatch) watch = sobre_cloud_watch_new (self->files->workspace, 1);
  guint n = 0;

  g_signal_connect (watch, "raised", G_CALLBACK (count_cb), &n);
  g_signal_connect (watch, "lowered", G_CALLBACK (lowered_cb), &n);
  self->stack.alarm = "LateEvents";
  g_assert_false (sobre_wait_until (is_one, &n, 2.5));
  g_assert_cmpuint (fake_service_get_n_requests (self->service), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (journals, 0700), ==, 0);
  g_assert_true (g_file_set_contents (journal, "{}", -1, NULL));
  g_assert_true (sobre_wait_until (is_one, &n, CLOUD_SECONDS));
  sobre_wait_until (is_none, &n, 2.5);
  g_assert_cmpuint (n, ==, 1);
  self->stack.alarm = NULL;
  g_assert_true (sobre_wait_until (is_none, &n, CLOUD_SECONDS));
  self->stack.alarm = "TransformErrors";
  g_assert_true (sobre_wait_until (is_one, &n, CLOUD_SECONDS));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  g_test_add ("/cloud/health", Cloud, NULL, cloud_open, test_health, cloud_close);
  g_test_add ("/cloud/metering", Cloud, NULL, cloud_open, test_metering, cloud_close);
  g_test_add ("/cloud/door", Cloud, NULL, cloud_open, test_door, cloud_close);
  g_test_add ("/cloud/failed-change", Cloud, NULL, cloud_open, test_failed_change, cloud_close);
  g_test_add ("/cloud/at-work", Cloud, NULL, cloud_open, test_at_work, cloud_close);
  g_test_add ("/cloud/nothing", Cloud, NULL, cloud_open, test_nothing, cloud_close);
  g_test_add ("/cloud/no-account", Cloud, NULL, cloud_open, test_no_account, cloud_close);
  g_test_add ("/cloud/watch", Cloud, NULL, cloud_open, test_watch, cloud_close);
  return g_test_run ();
}
