/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is published in the window goes on to the site of the stack that was deployed from the workspace, as the commands do it: asked before, shown on its way,
 * stopped, tried again. */

#include <string.h>

#include "editor-fixture.h"
#include "fake-service.h"
#include "fake-stack.h"
#include "pages/menu/sobre-form-panel.h"
#include "pages/menu/sobre-menu-panel.h"
#include "publish/sobre-menu-store.h"

#define HOST "d111111abcdef8.cloudfront.net"
#define SECONDS 30

typedef struct
{
  EditorDesk desk;
  FakeStack stack;
  FakeService *service;
} Site;

static gboolean
is_known (gpointer data)
{
  return sobre_site_courier_get_state (data) != SOBRE_COURIER_NOWHERE;
}

static gboolean
is_ready (gpointer data)
{
  return SOBRE_IS_MENU_PANEL (data) ? sobre_menu_panel_get_menu (data) != NULL : sobre_form_panel_get_form (data) != NULL;
}

static SobreSiteCourier *
get_courier (Site *self)
{
  return sobre_session_get_site_courier (self->desk.session);
}

static void
publish_sample (Site *self)
{
  g_autofree char *path = g_build_filename (g_getenv ("SOBRE_TEST_SOURCE"), "data", "resources", "sample", "menu.json", NULL);
  g_autofree char *there = editor_desk_dup_path (&self->desk, "menu.json");
  const SobreSettings *settings = sobre_workspace_get_settings (self->desk.files->workspace);
  g_autoptr (SobreMenuPointer) pointer = NULL;
  g_autoptr (GBytes) document = NULL;
  char *text;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_file_set_contents (there, text, -1, NULL));
  document = g_bytes_new_take (text, strlen (text));
  pointer = sobre_menu_store_publish (sobre_workspace_get_menu_folder (self->desk.files->workspace), document,
                                      settings->currency, settings->time_zone, sobre_clock_now (self->desk.files->clock), NULL);
  g_assert_nonnull (pointer);
}

static void
prepare (Site *self)
{
  self->desk.files = sobre_window_fixture_new (FALSE);
  self->stack.status = "UPDATE_COMPLETE";
  self->service = fake_stack_start (&self->stack, self->desk.files->folder);
  publish_sample (self);
}

static void
open_site (Site *self, gconstpointer type)
{
  prepare (self);
  fake_stack_deploy (sobre_workspace_get_path (self->desk.files->workspace));
  editor_desk_open (&self->desk, GPOINTER_TO_SIZE (type));
  g_assert_true (sobre_wait_until (is_ready, self->desk.panel, SECONDS));
  dex_future_disown (sobre_site_courier_look (get_courier (self)));
  g_assert_true (sobre_wait_until (is_known, get_courier (self), SECONDS));
  if (sobre_site_courier_get_message (get_courier (self)) != NULL)
    g_error ("%s", sobre_site_courier_get_message (get_courier (self)));
}

static gboolean
is_at_rest (gpointer data)
{
  return sobre_site_courier_get_state (data) != SOBRE_COURIER_SENDING;
}

static void
close_site (Site *self, gconstpointer data)
{
  /* What is on its way needs the files and the service. */
  g_assert_true (sobre_wait_until (is_at_rest, get_courier (self), SECONDS));
  editor_desk_close (&self->desk);
  fake_service_free (self->service);
  fake_site_clear (&self->stack.site);
}

/* Wanted: a text that an object of the site's bucket has to hold. */
typedef struct
{
  Site *site;
  const char *key;
  const char *text;
} Wanted;

static gboolean
is_there (gpointer data)
{
  const Wanted *wanted = data;
  g_autofree char *text = NULL;

  g_mutex_lock (&wanted->site->stack.mutex);
  text = fake_site_dup (&wanted->site->stack.site, wanted->key);
  g_mutex_unlock (&wanted->site->stack.mutex);
  return text != NULL && strstr (text, wanted->text) != NULL;
}

static void
expect_there (Site *self, const char *key, const char *text)
{
  if (!sobre_wait_until (is_there, &(Wanted) { self, key, text }, SECONDS))
    g_error ("%s lacks “%s”", key, text);
}

static guint
count_writes (Site *self)
{
  guint n;

  g_mutex_lock (&self->stack.mutex);
  n = self->stack.site.n_writes;
  g_mutex_unlock (&self->stack.mutex);
  return n;
}

static void
refuse (Site *self, const char *code, guint delay_us)
{
  g_mutex_lock (&self->stack.mutex);
  self->stack.site.refusal = code;
  self->stack.site.delay_us = delay_us;
  g_mutex_unlock (&self->stack.mutex);
}

static GtkWidget *
find_shown (Site *self, const char *label)
{
  GtkWidget *button = editor_desk_find_button (self->desk.panel, label);

  g_assert_true (button != NULL && gtk_widget_get_mapped (button));
  return button;
}

/* Somebody is asked for whose account and which site it is; then guests there get the same as those of this computer. */
static void
test_form (Site *self, gconstpointer data)
{
  AdwDialog *dialog;

  editor_desk_expect_shown (self->desk.panel, "Guests at " HOST " get nothing yet");
  editor_desk_type (editor_desk_edit (&self->desk, "questions[0]"), "text", "How did you like it?");
  editor_desk_expect_publishable (&self->desk, TRUE);
  adw_navigation_view_pop (ADW_NAVIGATION_VIEW (adw_bin_get_child (ADW_BIN (self->desk.panel))));
  editor_desk_act (&self->desk, "editor.publish", NULL);
  dialog = editor_desk_get_dialog (&self->desk);
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), "https://" HOST));
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (ADW_ALERT_DIALOG (dialog)), "123456789012"));
  g_assert_cmpuint (count_writes (self), ==, 0);
  g_signal_emit_by_name (dialog, "response", "publish");
  adw_dialog_force_close (dialog);
  expect_there (self, "source/form.json", "How did you like it?");
  expect_there (self, "source/form.json", "\"version\": 2");
  expect_there (self, "public/menu/current.json", "\"version\": 1");
  editor_desk_expect_shown (self->desk.panel, "Guests at " HOST " get the same");
  editor_desk_roll_back (&self->desk, 1);
  expect_there (self, "source/form.json", "\"version\": 3");
}

/* A dish that is sold out here is so there; what was said while another thing was on its way is not lost. */
static void
test_sold_out (Site *self, gconstpointer data)
{
  static const char *const items[] = { "oysters", "fish-soup" };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_assert_true (gtk_widget_activate_action (self->desk.panel, "menu.mark", "(sb)", items[i], TRUE));
      while (sobre_editor_panel_is_busy (SOBRE_EDITOR_PANEL (self->desk.panel)))
        g_main_context_iteration (NULL, TRUE);
    }
  expect_there (self, "public/menu/current.json", "oysters");
  expect_there (self, "public/menu/current.json", "fish-soup");
  editor_desk_expect_shown (self->desk.panel, "get the same");
}

static gboolean
is_sending (gpointer data)
{
  return sobre_site_courier_get_state (data) == SOBRE_COURIER_SENDING;
}

/* What AWS refuses is published here, said, and sent when somebody says so. */
static void
test_refused (Site *self, gconstpointer data)
{
  refuse (self, "AccessDenied", 0);
  g_assert_true (gtk_widget_activate_action (self->desk.panel, "menu.mark", "(sb)", "oysters", TRUE));
  editor_desk_expect_shown (self->desk.panel, "What is published here is not at the site yet.");
  g_assert_cmpuint (count_writes (self), ==, 0);
  refuse (self, NULL, 0);
  g_signal_emit_by_name (find_shown (self, "Send Again"), "clicked");
  expect_there (self, "public/menu/current.json", "oysters");
  editor_desk_expect_shown (self->desk.panel, "get the same");
}

static void
test_stopped (Site *self, gconstpointer data)
{
  refuse (self, NULL, 300000);
  g_assert_true (gtk_widget_activate_action (self->desk.panel, "menu.mark", "(sb)", "oysters", TRUE));
  g_assert_true (sobre_wait_until (is_sending, get_courier (self), SECONDS));
  g_signal_emit_by_name (find_shown (self, "Stop"), "clicked");
  editor_desk_expect_shown (self->desk.panel, "Sending was stopped.");
  refuse (self, NULL, 0);
  g_signal_emit_by_name (find_shown (self, "Send Again"), "clicked");
  expect_there (self, "public/menu/current.json", "oysters");
}

/* Somebody else's form is not replaced unseen. */
static void
test_conflict (Site *self, gconstpointer data)
{
  refuse (self, "PreconditionFailed", 0);
  editor_desk_type (editor_desk_edit (&self->desk, "questions[0]"), "text", "How did you like it?");
  editor_desk_expect_publishable (&self->desk, TRUE);
  adw_navigation_view_pop (ADW_NAVIGATION_VIEW (adw_bin_get_child (ADW_BIN (self->desk.panel))));
  editor_desk_answer (&self->desk, "editor.publish", "publish");
  editor_desk_expect_shown (self->desk.panel, "Somebody else has published another form there");
}

/* Versions say who gets them, also those of another computer. */
static void
test_versions (Site *self, gconstpointer data)
{
  g_mutex_lock (&self->stack.mutex);
  fake_site_put (&self->stack.site, "public/menu/current.json", "{\"version\": 7, \"files\": {}, \"sold_out\": []}");
  g_mutex_unlock (&self->stack.mutex);
  dex_future_disown (sobre_site_courier_look (get_courier (self)));
  editor_desk_expect_shown (self->desk.panel, "Guests at " HOST " get version 7, not version 1");
  editor_desk_act (&self->desk, "editor.versions", NULL);
  editor_desk_expect_shown (GTK_WIDGET (editor_desk_get_dialog (&self->desk)), "The site has version 7");
  editor_desk_expect_shown (GTK_WIDGET (editor_desk_get_dialog (&self->desk)), "On this computer");
  adw_dialog_force_close (editor_desk_get_dialog (&self->desk));
}

static gboolean
is_settled (gpointer data)
{
  return !dex_future_is_pending (data);
}

/* Where nothing was deployed AWS is not asked, and nothing of it is seen. */
static void
test_local (void)
{
  Site site = { 0 };
  g_autoptr (DexFuture) looked = NULL;

  prepare (&site);
  editor_desk_open (&site.desk, SOBRE_TYPE_MENU_PANEL);
  looked = sobre_site_courier_look (get_courier (&site));
  g_assert_true (sobre_wait_until (is_settled, looked, SECONDS));
  editor_desk_expect_shown (site.desk.panel, "Guests see version 1");
  g_assert_true (gtk_widget_activate_action (site.desk.panel, "menu.mark", "(sb)", "oysters", TRUE));
  editor_desk_expect_shown (site.desk.panel, "1 sold out");
  g_assert_false (is_known (get_courier (&site)));
  g_assert_cmpuint (fake_service_get_n_requests (site.service), ==, 0);
  close_site (&site, NULL);
}

int
main (int argc, char **argv)
{
  gconstpointer form, menu;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  form = GSIZE_TO_POINTER (SOBRE_TYPE_FORM_PANEL);
  menu = GSIZE_TO_POINTER (SOBRE_TYPE_MENU_PANEL);
  g_test_add ("/site/form", Site, form, open_site, test_form, close_site);
  g_test_add ("/site/sold-out", Site, menu, open_site, test_sold_out, close_site);
  g_test_add ("/site/refused", Site, menu, open_site, test_refused, close_site);
  g_test_add ("/site/stopped", Site, menu, open_site, test_stopped, close_site);
  g_test_add ("/site/conflict", Site, form, open_site, test_conflict, close_site);
  g_test_add ("/site/versions", Site, menu, open_site, test_versions, close_site);
  g_test_add_func ("/site/local", test_local);
  return g_test_run ();
}
