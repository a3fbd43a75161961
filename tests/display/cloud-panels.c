/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Looking closely at what is deployed: a test answer stage by stage, changes made by hand, resources, dashboards, and the pages of AWS that are opened. */

#include "cloud-fixture.h"

#include <glib/gstdio.h>

#include "model/sobre-time.h"

/* Named by BROWSER_FOLDER: what the browser of this test is told to open. */
#define OPENED "opened"

static void
test_way (Cloud *self, gconstpointer data)
{
  cloud_show (self, "test");
  cloud_expect (self, "Send a Test Answer");
  g_assert_true (gtk_widget_activate_action (cloud_find_panel (self), "test.start", NULL));
  cloud_expect (self, "A guest gets keys");
  cloud_expect (self, "A guest may do nothing else");
  cloud_expect (self, "8 attempts");
  cloud_expect (self, "The answer passes the gate and lies in the lake");
  /* The workspace of this test reads its own folder. */
  cloud_expect (self, "The workspace reads another lake");
  cloud_expect (self, "11 hold, 0 do not, 1 were not seen");
}

static void
test_way_that_is_open (Cloud *self, gconstpointer data)
{
  self->stack.is_guest_free = TRUE;
  cloud_show (self, "test");
  g_assert_true (gtk_widget_activate_action (cloud_find_panel (self), "test.start", NULL));
  cloud_expect (self, "iam:ListRoles: It was allowed");
}

static void
test_way_is_left (Cloud *self, gconstpointer data)
{
  GtkWidget *panel;

  cloud_show (self, "test");
  panel = cloud_find_panel (self);
  g_assert_true (gtk_widget_activate_action (panel, "test.start", NULL));
  cloud_expect_gone (self, "Send a Test Answer");
  g_assert_true (gtk_widget_activate_action (panel, "test.stop", NULL));
  cloud_expect (self, "Stopped");
  cloud_expect (self, "Send a Test Answer");
}

static void
test_drift (Cloud *self, gconstpointer data)
{
  cloud_show (self, "drift");
  cloud_expect (self, "Everything Is as It Was Deployed");
  self->stack.is_drifted = TRUE;
  gtk_widget_activate_action (cloud_find_panel (self), "panel.ask", NULL);
  cloud_expect (self, "Transform/Timeout");
  cloud_expect (self, "30, deployed as 60");
}

static void
test_resources (Cloud *self, gconstpointer data)
{
  cloud_show (self, "resources");
  cloud_expect (self, "Transform · function");
  cloud_expect (self, "sobremesa-LateEvents");
}

static char *
read_opened (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("BROWSER_FOLDER"), OPENED, NULL);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static gboolean
is_opened (gpointer data)
{
  g_autofree char *text = read_opened ();

  return text != NULL && strchr (text, '\n') != NULL;
}

static void
expect_opened (const char *wanted)
{
  g_autofree char *path = g_build_filename (g_getenv ("BROWSER_FOLDER"), OPENED, NULL);
  g_autofree char *text = NULL;

  g_assert_true (sobre_wait_until (is_opened, NULL, CLOUD_SECONDS));
  text = read_opened ();
  g_assert_cmpstr (g_strchomp (text), ==, wanted);
  g_remove (path);
}

static void
test_dashboards (Cloud *self, gconstpointer data)
{
  const SobreFilter *filter;
  g_autofree char *wanted = NULL;
  char from[SOBRE_DAY_STRING_LENGTH + 1];
  char to[SOBRE_DAY_STRING_LENGTH + 1];

  self->stack.n_dashboards = 2;
  cloud_show (self, "dashboards");
  /* What its author called it is text. */
  cloud_expect (self, "Guests <b>by hour</b>");
  sobre_session_set_store (self->session, "harbour");
  filter = sobre_session_get_filter (self->session);
  sobre_day_format (filter->from_day, from);
  sobre_day_format (filter->to_day, to);
  gtk_widget_activate_action (cloud_find_panel (self), "dashboards.open", "s", "board-1");
  wanted = g_strdup_printf ("https://eu-central-1.quicksight.aws.amazon.com/sn/dashboards/"
                            "board-1#p.store=harbour&p.from=%sT00%%3A00%%3A00&p.to=%sT00%%3A00%%3A00",
                            from, to);
  expect_opened (wanted);
}

static void
test_no_dashboards (Cloud *self, gconstpointer data)
{
  cloud_show (self, "dashboards");
  cloud_expect (self, "No Dashboards Yet");
  self->stack.has_no_quicksight = TRUE;
  gtk_widget_activate_action (cloud_find_panel (self), "panel.ask", NULL);
  cloud_expect (self, "QuickSight Is Not Subscribed");
  cloud_expect (self, "The account 123456789012 has not signed up");
}

/* The row that leads to the console says where, and the desktop is asked to open it. */
static void
test_console (Cloud *self, gconstpointer data)
{
  gtk_window_present (GTK_WINDOW (self->window));
  cloud_expect (self, "AWS console");
  gtk_widget_activate_action (
      self->page, "cloud.open-uri", "s",
      "https://eu-central-1.console.aws.amazon.com/s3/buckets/sobremesa-lake-bucket?region=eu-central-1");
  expect_opened ("https://eu-central-1.console.aws.amazon.com/s3/buckets/sobremesa-lake-bucket?region=eu-central-1");
}

/* A browser that writes down what it is to open. */
static char *
install_browser (void)
{
  char *folder = g_dir_make_tmp ("sobremesa-browser-XXXXXX", NULL);
  g_autofree char *applications = g_build_filename (folder, "applications", NULL);
  g_autofree char *desktop = g_build_filename (applications, "test-browser.desktop", NULL);
  g_autofree char *list = g_build_filename (folder, "mimeapps.list", NULL);
  g_autofree char *script = g_build_filename (folder, "browser.sh", NULL);
  g_autofree char *script_text = g_strdup_printf ("#!/bin/sh\necho \"$1\" > '%s/" OPENED "'\n", folder);
  g_autofree char *text = g_strdup_printf (
      "[Desktop Entry]\nType=Application\nName=Browser\nExec=%s %%u\nMimeType=x-scheme-handler/https;\n", script);

  g_assert_cmpint (g_mkdir_with_parents (applications, 0700), ==, 0);
  g_assert_true (g_file_set_contents (desktop, text, -1, NULL));
  g_assert_true (g_file_set_contents_full (script, script_text, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  g_assert_true (g_file_set_contents (list, "[Default Applications]\nx-scheme-handler/https=test-browser.desktop\n", -1, NULL));
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_setenv ("BROWSER_FOLDER", folder, TRUE);
  return folder;
}

static void
remove_browser (const char *folder)
{
  static const char *const files[] = { "applications/test-browser.desktop",
                                       "applications/mimeinfo.cache",
                                       "applications",
                                       "mimeapps.list",
                                       "browser.sh",
                                       OPENED,
                                       "" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i], NULL);

      g_remove (path);
    }
}

int
main (int argc, char *argv[])
{
  g_autofree char *browser = install_browser ();
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  g_test_add ("/cloud/way", Cloud, NULL, cloud_open, test_way, cloud_close);
  g_test_add ("/cloud/way-that-is-open", Cloud, NULL, cloud_open, test_way_that_is_open, cloud_close);
  g_test_add ("/cloud/way-is-left", Cloud, NULL, cloud_open, test_way_is_left, cloud_close);
  g_test_add ("/cloud/drift", Cloud, NULL, cloud_open, test_drift, cloud_close);
  g_test_add ("/cloud/resources", Cloud, NULL, cloud_open, test_resources, cloud_close);
  g_test_add ("/cloud/dashboards", Cloud, NULL, cloud_open, test_dashboards, cloud_close);
  g_test_add ("/cloud/no-dashboards", Cloud, NULL, cloud_open, test_no_dashboards, cloud_close);
  g_test_add ("/cloud/console", Cloud, NULL, cloud_open, test_console, cloud_close);
  status = g_test_run ();
  remove_browser (browser);
  return status;
}
