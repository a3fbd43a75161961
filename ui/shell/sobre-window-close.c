/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is typed is written behind it. A window goes, and the program ends, once that has come to its end; where it cannot be written, somebody decides. */

#include "shell/sobre-window-private.h"

#include <glib/gi18n-lib.h>

static void
leave_once (gpointer data)
{
  g_autoptr (SobreWindow) self = data;

  if (self->stack != NULL && !sobre_window_enter_background (self))
    gtk_window_destroy (GTK_WINDOW (self));
}

/* A window that is asked to close while a dialog is open closes the dialog instead, and the dialog is there until this has returned. */
static void
response_cb (SobreWindow *self, const char *response)
{
  if (!g_str_equal (response, "close") || self->discards)
    return;
  self->discards = TRUE;
  g_idle_add_once (leave_once, g_object_ref (self));
}

static void
ask (SobreWindow *self, const char *message)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Close Without Saving?"), NULL);

  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog), _ ("What was changed last in form or menu is not in its file: %s"),
                                message);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Keep Open"), "close", _ ("Close _Anyway"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "close", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self));
  sobre_window_show_page (self, "menu");
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static DexFuture *
saved_cb (DexFuture *future, gpointer user_data)
{
  SobreWindow *self = user_data;
  g_autoptr (GError) error = NULL;

  self->is_closing = FALSE;
  if (dex_future_get_value (future, &error) == NULL && self->stack != NULL)
    ask (self, error->message);
  return NULL;
}

DexFuture *
sobre_window_save (SobreWindow *self)
{
  if (self->discards || self->stack == NULL)
    return dex_future_new_true ();
  self->is_closing = TRUE;
  return dex_future_finally (sobre_guest_pages_flush (self->guest_pages), saved_cb, g_object_ref (self), g_object_unref);
}

static DexFuture *
close_cb (DexFuture *future, gpointer user_data)
{
  SobreWindow *self = user_data;

  if (dex_future_get_value (future, NULL) != NULL && self->stack != NULL)
    gtk_window_close (GTK_WINDOW (self));
  return NULL;
}

gboolean
sobre_window_wait_for_changes (SobreWindow *self)
{
  if (self->discards || sobre_guest_pages_is_saved (self->guest_pages))
    return FALSE;
  if (!self->is_closing)
    dex_future_disown (dex_future_finally (sobre_window_save (self), close_cb, g_object_ref (self), g_object_unref));
  return TRUE;
}
