/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A role that wants the code of an MFA device: the window asks for it, whoever it is that calls AWS, asks again with the reason when it was wrong, and says so
 * when there was none. */

#include <libdex.h>
#include <string.h>

#include "fake-service.h"
#include "shell/sobre-account-page.h"
#include "shell/sobre-code-dialog.h"
#include "sync/sobre-sync.h"
#include "window-fixture.h"

#define SERIAL "arn:aws:iam::123456789012:mfa/maria"
#define IDENTITY                                                                                                               \
  "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::123456789012:assumed-role/night/sobremesa</Arn>"      \
  "<UserId>u</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
#define REFUSAL                                                                                                                \
  "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>MultiFactorAuthentication failed with invalid "  \
  "MFA one time pass code.</Message></Error></ErrorResponse>"
#define ROLE                                                                                                                   \
  "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey>" \
  "<SessionToken>t</SessionToken><Expiration>2099-11-28T13:00:00Z</Expiration></Credentials></AssumeRoleResult>"               \
  "</AssumeRoleResponse>"

/** Place: @n_roles: how often the role was asked for, atomic */
typedef struct
{
  SobreWindowFixture *files;
  SobreSession *session;
  FakeService *service;
  GtkWidget *window;
  GtkWidget *page;
  const char *wanted;
  gint n_roles;
} Place;

static void
answer (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  Place *self = user_data;

  if (strstr (body, "Action=AssumeRole") != NULL)
    {
      g_atomic_int_inc (&self->n_roles);
      if (strstr (body, "TokenCode=123456") != NULL)
        fake_service_append (reply, 200, NULL, ROLE);
      else
        fake_service_append (reply, 403, NULL, REFUSAL);
    }
  else if (strstr (body, "GetCallerIdentity") != NULL)
    fake_service_append (reply, 200, NULL, IDENTITY);
  else
    fake_service_append (reply, 200, NULL, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
}

static void
write_file (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
write_settings (Place *self)
{
  g_autofree char *path = g_build_filename (self->files->folder, "aws-config", NULL);
  g_autofree char *none = g_build_filename (self->files->folder, "aws-credentials", NULL);
  g_autofree char *text =
      g_strdup_printf ("[profile night]\nrole_arn = arn:aws:iam::123456789012:role/night\nmfa_serial = " SERIAL "\n"
                       "credential_source = Environment\nregion = eu-central-1\nendpoint_url = %s\n",
                       fake_service_get_endpoint (self->service));

  write_file (path, text);
  g_setenv ("AWS_CONFIG_FILE", path, TRUE);
  g_setenv ("AWS_SHARED_CREDENTIALS_FILE", none, TRUE);
  g_setenv ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE00000", TRUE);
  g_setenv ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMIK7MDENG", TRUE);
}

/* The restaurant's lake is in a bucket that is reached with the role. */
static void
move_to_bucket (SobreWindowFixture *files)
{
  g_autofree char *folder = g_strdup (sobre_workspace_get_path (files->workspace));
  g_autofree char *path = g_build_filename (folder, "workspace.json", NULL);
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_strdup_printf ("{ \"aws\": { \"profile\": \"night\", \"bucket\": \"harbour-lake\" }, %s", strchr (text, '{') + 1);
  write_file (path, changed);
  g_clear_object (&files->workspace);
  files->workspace = sobre_workspace_open (folder, &error);
  g_assert_no_error (error);
}

static void
open_place (Place *self, gconstpointer data)
{
  self->files = sobre_window_fixture_new (FALSE);
  self->service = fake_service_new (answer, self);
  write_settings (self);
  move_to_bucket (self->files);
  self->session = sobre_session_new (self->files->workspace, self->files->clock);
  self->page = GTK_WIDGET (sobre_account_page_new (self->session));
  self->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 600, 700);
  adw_window_set_content (ADW_WINDOW (self->window), self->page);
  sobre_code_dialog_attach (sobre_session_get_code_desk (self->session), self->window);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
close_place (Place *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  sobre_settle ();
  g_object_unref (self->session);
  sobre_window_fixture_free (self->files);
  fake_service_free (self->service);
}

static gboolean
page_shows (gpointer data)
{
  return sobre_shows_text (((Place *) data)->page, ((Place *) data)->wanted);
}

static gboolean
asks (gpointer data)
{
  Place *self = data;
  AdwDialog *dialog = adw_window_get_visible_dialog (ADW_WINDOW (self->window));

  return SOBRE_IS_CODE_DIALOG (dialog) && sobre_shows_text (GTK_WIDGET (dialog), self->wanted);
}

static AdwAlertDialog *
wait_for_question (Place *self, const char *words)
{
  self->wanted = words;
  g_assert_true (sobre_wait_until (asks, self, 60));
  return ADW_ALERT_DIALOG (adw_window_get_visible_dialog (ADW_WINDOW (self->window)));
}

static void
type_code (Place *self, const char *words, const char *code)
{
  AdwAlertDialog *dialog = wait_for_question (self, words);

  gtk_editable_set_text (sobre_code_dialog_get_entry (SOBRE_CODE_DIALOG (dialog)), code);
  g_assert_true (adw_alert_dialog_get_response_enabled (dialog, "continue"));
  g_signal_emit_by_name (sobre_find_button (GTK_WIDGET (dialog), "C_ontinue"), "clicked");
}

static void
press_test (Place *self)
{
  g_signal_emit_by_name (sobre_find_button (self->page, "Test"), "clicked");
}

static void
expect (Place *self, const char *words)
{
  self->wanted = words;
  g_assert_true (sobre_wait_until (page_shows, self, 60));
}

static void
test_wrong_code (Place *self, gconstpointer data)
{
  press_test (self);
  type_code (self, SERIAL, "000000");
  type_code (self, "invalid MFA one time pass code", "123456");
  expect (self, "It works: account 123456789012");
  g_assert_cmpint (g_atomic_int_get (&self->n_roles), ==, 2);
}

static void
test_what_is_no_code (Place *self, gconstpointer data)
{
  static const char *const texts[] = { "", "12345", "12345a", " 12345" };
  AdwAlertDialog *dialog;

  press_test (self);
  dialog = wait_for_question (self, SERIAL);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gtk_editable_set_text (sobre_code_dialog_get_entry (SOBRE_CODE_DIALOG (dialog)), texts[i]);
      g_assert_false (adw_alert_dialog_get_response_enabled (dialog, "continue"));
    }
  adw_dialog_close (ADW_DIALOG (dialog));
  expect (self, "AWS was not asked");
}

/* Who gave no code is not asked again by what the program does by itself, but by what is wanted of it. */
static void
test_no_code (Place *self, gconstpointer data)
{
  g_autoptr (SobreSync) sync = sobre_sync_new (self->files->workspace);
  g_autoptr (DexFuture) future = NULL;
  g_autoptr (GError) error = NULL;

  press_test (self);
  adw_dialog_close (ADW_DIALOG (wait_for_question (self, SERIAL)));
  expect (self, "AWS was not asked");
  g_assert_cmpint (g_atomic_int_get (&self->n_roles), ==, 0);

  future = sobre_sync_run (sync, SOBRE_SYNC_DEFAULT);
  g_assert_true (sobre_wait_until (sobre_is_settled, future, 60));
  g_assert_null (dex_future_get_value (future, &error));
  g_assert_nonnull (strstr (error->message, "AWS was not asked"));
  g_assert_null (adw_window_get_visible_dialog (ADW_WINDOW (self->window)));

  press_test (self);
  type_code (self, SERIAL, "123456");
  expect (self, "It works");
}

/* A sync that is under way waits for the code. */
static void
test_sync (Place *self, gconstpointer data)
{
  g_autoptr (SobreSync) sync = sobre_sync_new (self->files->workspace);
  g_autoptr (DexFuture) future = sobre_sync_run (sync, SOBRE_SYNC_DEFAULT);
  g_autoptr (GError) error = NULL;

  type_code (self, SERIAL, "123456");
  g_assert_true (sobre_wait_until (sobre_is_settled, future, 60));
  dex_future_get_value (future, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_atomic_int_get (&self->n_roles), ==, 1);
}

/* Where nobody sees the window, nobody is asked. */
static void
test_hidden_window (Place *self, gconstpointer data)
{
  g_autoptr (SobreSync) sync = sobre_sync_new (self->files->workspace);
  g_autoptr (DexFuture) future = NULL;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_visible (self->window, FALSE);
  future = sobre_sync_run (sync, SOBRE_SYNC_DEFAULT);
  g_assert_true (sobre_wait_until (sobre_is_settled, future, 60));
  g_assert_null (dex_future_get_value (future, &error));
  g_assert_nonnull (strstr (error->message, "AWS was not asked"));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  dex_init ();
  g_test_add ("/code-dialog/wrong-code", Place, NULL, open_place, test_wrong_code, close_place);
  g_test_add ("/code-dialog/what-is-no-code", Place, NULL, open_place, test_what_is_no_code, close_place);
  g_test_add ("/code-dialog/no-code", Place, NULL, open_place, test_no_code, close_place);
  g_test_add ("/code-dialog/sync", Place, NULL, open_place, test_sync, close_place);
  g_test_add ("/code-dialog/hidden-window", Place, NULL, open_place, test_hidden_window, close_place);
  return g_test_run ();
}
