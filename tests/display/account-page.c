/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The AWS account in the preferences: profiles of the shared settings, a choice that is written down, a wrong region that is not, and a test
 * that says whose keys these are or why they are not taken. */

#include "fake-service.h"
#include "shell/sobre-account-page.h"
#include "window-fixture.h"

#define IDENTITY                                                                                                               \
  "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/maria</Arn><UserId>u</UserId>"      \
  "<Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
#define REFUSAL                                                                                                                \
  "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>The security token is invalid</Message>" \
  "</Error></ErrorResponse>"

typedef struct
{
  SobreWindowFixture *files;
  SobreSession *session;
  FakeService *service;
  GtkWidget *window;
  GtkWidget *page;
  const char *wanted;
} Account;

static void
answer (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  if (strstr (head, "AKIDGOOD") != NULL)
    fake_service_append (reply, 200, NULL, IDENTITY);
  else
    fake_service_append (reply, 403, NULL, REFUSAL);
}

static void
write_settings (Account *self)
{
  g_autofree char *path = g_build_filename (self->files->folder, "aws-config", NULL);
  g_autofree char *none = g_build_filename (self->files->folder, "aws-credentials", NULL);
  const char *endpoint = fake_service_get_endpoint (self->service);
  g_autofree char *text =
      g_strdup_printf ("[profile good]\naws_access_key_id = AKIDGOOD00000000\naws_secret_access_key = wJalrXUtnFEMIK7MDENG\n"
                       "region = eu-central-1\nendpoint_url = %s\n"
                       "[profile bad]\naws_access_key_id = AKIDBAD000000000\naws_secret_access_key = wJalrXUtnFEMIK7MDENG\n"
                       "region = eu-west-1\nendpoint_url = %s\n"
                       "[profile single]\nsso_session = house\nsso_account_id = 123456789012\n"
                       "sso_role_name = viewer\nregion = eu-west-1\n"
                       "[sso-session house]\nsso_start_url = https://house.example/start\n"
                       "sso_region = eu-west-1\n",
                       endpoint, endpoint);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_setenv ("AWS_CONFIG_FILE", path, TRUE);
  g_setenv ("AWS_SHARED_CREDENTIALS_FILE", none, TRUE);
}

static AdwComboRow *
get_profile_row (Account *self)
{
  return sobre_find_widget (self->page, ADW_TYPE_COMBO_ROW);
}

static gboolean
has_profiles (gpointer data)
{
  GListModel *model = adw_combo_row_get_model (get_profile_row (data));

  return model != NULL && g_list_model_get_n_items (model) == 4;
}

static void
open_page (Account *self, gconstpointer data)
{
  self->files = sobre_window_fixture_new (FALSE);
  self->service = fake_service_new (answer, NULL);
  write_settings (self);
  self->session = sobre_session_new (self->files->workspace, self->files->clock);
  self->page = GTK_WIDGET (sobre_account_page_new (self->session));
  self->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (self->window), self->page);
  gtk_window_present (GTK_WINDOW (self->window));
  g_assert_true (sobre_wait_until (has_profiles, self, 60));
}

static void
close_page (Account *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  sobre_settle ();
  g_object_unref (self->session);
  sobre_window_fixture_free (self->files);
  fake_service_free (self->service);
}

static char *
read_workspace_file (Account *self)
{
  g_autofree char *path = g_build_filename (sobre_workspace_get_path (self->files->workspace), "workspace.json", NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static gboolean
is_written (gpointer data)
{
  g_autofree char *text = read_workspace_file (data);

  return strstr (text, ((Account *) data)->wanted) != NULL;
}

static gboolean
is_shown (gpointer data)
{
  return sobre_shows_text (((Account *) data)->page, ((Account *) data)->wanted);
}

static void
choose_profile (Account *self, const char *profile)
{
  GListModel *model = adw_combo_row_get_model (get_profile_row (self));
  g_autofree char *written = g_strdup_printf ("\"%s\"", profile);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), profile))
        adw_combo_row_set_selected (get_profile_row (self), i);
    }
  self->wanted = written;
  g_assert_true (sobre_wait_until (is_written, self, 60));
  g_assert_true (sobre_wait_until (has_profiles, self, 60));
  sobre_settle ();
}

static void
press_test (Account *self, const char *wanted)
{
  g_signal_emit_by_name (sobre_find_button (self->page, "Test"), "clicked");
  self->wanted = wanted;
  g_assert_true (sobre_wait_until (is_shown, self, 60));
}

static void
test_choice (Account *self, gconstpointer data)
{
  choose_profile (self, "good");
  press_test (self, "It works: account 123456789012 as arn:aws:iam::123456789012:user/maria");
  choose_profile (self, "bad");
  press_test (self, "security token");
}

static void
test_region (Account *self, gconstpointer data)
{
  GtkWidget *row = sobre_find_widget (self->page, ADW_TYPE_ENTRY_ROW);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  choose_profile (self, "good");
  before = read_workspace_file (self);
  gtk_editable_set_text (GTK_EDITABLE (row), "under the sea");
  g_signal_emit_by_name (row, "apply");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  sobre_settle ();
  after = read_workspace_file (self);
  g_assert_cmpstr (before, ==, after);
  gtk_editable_set_text (GTK_EDITABLE (row), "eu-south-2");
  g_signal_emit_by_name (row, "apply");
  self->wanted = "\"eu-south-2\"";
  g_assert_true (sobre_wait_until (is_written, self, 60));
  g_assert_false (gtk_widget_has_css_class (row, "error"));
}

static void
test_sign_in (Account *self, gconstpointer data)
{
  self->wanted = "IAM Identity Center";
  g_assert_false (is_shown (self));
  choose_profile (self, "single");
  self->wanted = "IAM Identity Center";
  g_assert_true (sobre_wait_until (is_shown, self, 60));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  g_test_add ("/account/choice", Account, NULL, open_page, test_choice, close_page);
  g_test_add ("/account/region", Account, NULL, open_page, test_region, close_page);
  g_test_add ("/account/sign-in", Account, NULL, open_page, test_sign_in, close_page);
  return g_test_run ();
}
