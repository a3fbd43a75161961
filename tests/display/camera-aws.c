/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-athena-journal.h"
#include "aws/sobre-athena-price.h"
#include "camera.h"
#include "model/sobre-time.h"
#include "pages/queries/sobre-runs-dialog.h"
#include "window-fixture.h"

#define SECONDS_TO_LOAD 60

static void
take_account (Camera *self)
{
  AdwDialog *dialog;

  gtk_widget_activate_action (GTK_WIDGET (self->window), "window.preferences", NULL);
  dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window));
  adw_preferences_dialog_set_visible_page_name (ADW_PREFERENCES_DIALOG (dialog), "account");
  camera_take (self, "account");
  adw_dialog_force_close (dialog);
}

/* A call to AWS wants a code, and did not take the one before. */
static void
take_code (Camera *self)
{
  g_autoptr (SobreMfa) mfa = sobre_code_desk_make_mfa (sobre_session_get_code_desk (sobre_window_get_session (self->window)));
  g_autoptr (DexFuture) future =
      sobre_mfa_ask (mfa, "arn:aws:iam::123456789012:mfa/maria",
                     "sts: MultiFactorAuthentication failed with invalid MFA one time pass code. (AccessDenied)");

  camera_take (self, "code");
  adw_dialog_force_close (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window)));
  sobre_wait_until (sobre_is_settled, future, SECONDS_TO_LOAD);
  sobre_code_desk_allow (sobre_session_get_code_desk (sobre_window_get_session (self->window)));
}

static void
write_runs (SobreWorkspace *workspace)
{
  static const struct
  {
    int days;
    const char *name;
    const char *state;
    guint64 bytes;
  } runs[] = { { 45, "worst-tables", "succeeded", 25000000 },
               { 44, "busiest-hours", "succeeded", 3200000 },
               { 9, NULL, "failed", 0 },
               { 8, "worst-tables", "succeeded", 31000000 },
               { 1, "dishes", "cancelled", 812000000 },
               { 0, NULL, "succeeded", 4100000000 } };
  g_autofree char *folder = sobre_workspace_dup_athena_folder (workspace);
  gint64 now = g_get_real_time () / 1000;

  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      SobreAthenaRun run = { .at = now - runs[i].days * SOBRE_DAY_MS,
                             .key = (char *) "00",
                             .name = (char *) runs[i].name,
                             .sql = (char *) "-- title: Stores by score\nSELECT store_id, avg(score) FROM answers GROUP BY 1",
                             .execution = (char *) "0a1b2c3d",
                             .state = (char *) runs[i].state,
                             .bytes = runs[i].bytes,
                             .price = sobre_athena_get_price (runs[i].bytes, SOBRE_ATHENA_PRICE_PER_TB) };

      if (!sobre_athena_journal_add (folder, &run, NULL))
        g_error ("No run can be written");
    }
}

static void
take_runs (Camera *self)
{
  SobreWorkspace *workspace = sobre_session_get_workspace (sobre_window_get_session (self->window));
  g_autofree char *folder = sobre_workspace_dup_athena_folder (workspace);
  g_autoptr (GPtrArray) runs = sobre_athena_journal_load (folder);
  AdwDialog *dialog;

  if (runs->len == 0)
    write_runs (workspace);
  dialog = ADW_DIALOG (sobre_runs_dialog_new (workspace));
  adw_dialog_present (dialog, GTK_WIDGET (self->window));
  camera_take (self, "runs");
  adw_dialog_force_close (dialog);
}

void
camera_take_aws (Camera *self, int width, int height)
{
  camera_resize (self, width, height);
  take_account (self);
  take_code (self);
  take_runs (self);
}
