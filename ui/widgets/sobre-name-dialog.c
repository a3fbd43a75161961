/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "widgets/sobre-name-dialog.h"

#include <glib/gi18n-lib.h>

#define MAX_CHARACTERS 80

static char *
dup_name (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

static void
changed_cb (AdwAlertDialog *dialog, GtkEditable *entry)
{
  g_autofree char *name = dup_name (entry);

  adw_alert_dialog_set_response_enabled (dialog, "add", *name != '\0' && g_utf8_strlen (name, -1) <= MAX_CHARACTERS);
}

static void
response_cb (AdwAlertDialog *dialog, const char *response, gpointer user_data)
{
  DexPromise *promise = user_data;
  g_autofree char *name = dup_name (GTK_EDITABLE (adw_alert_dialog_get_extra_child (dialog)));

  if (g_str_equal (response, "add") && *name != '\0')
    dex_promise_resolve_string (promise, g_steal_pointer (&name));
  else
    dex_promise_reject (promise, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nothing was added"));
}

DexFuture *
sobre_name_dialog_ask (GtkWidget *parent, const char *heading, const char *label, const char *verb)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, NULL));
  GtkWidget *entry = gtk_entry_new ();
  DexPromise *promise = dex_promise_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), label);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_alert_dialog_set_extra_child (dialog, entry);
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "add", verb, NULL);
  adw_alert_dialog_set_response_appearance (dialog, "add", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_response_enabled (dialog, "add", FALSE);
  adw_alert_dialog_set_default_response (dialog, "add");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (entry, "changed", G_CALLBACK (changed_cb), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), dex_ref (promise), (GClosureNotify) (gpointer) dex_unref,
                         G_CONNECT_DEFAULT);
  adw_dialog_present (ADW_DIALOG (dialog), parent);
  adw_dialog_set_focus (ADW_DIALOG (dialog), entry);
  return DEX_FUTURE (promise);
}
