/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Alarms of what is deployed in AWS reach whoever is at the desk, whatever the window shows. */

#include "shell/sobre-window-private.h"

#include <glib/gi18n-lib.h>

#define ALARM_ID "alarm"
#define SECONDS 300

static void
raised_cb (SobreWindow *self, const char *words, const char *reason)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr (GNotification) notification = g_notification_new (words);

  g_notification_set_body (notification, reason);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_add_button (notification, _ ("Show"), "app.cloud");
  g_application_send_notification (G_APPLICATION (application), ALARM_ID, notification);
}

static void
lowered_cb (SobreWindow *self)
{
  g_application_withdraw_notification (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))), ALARM_ID);
}

void
sobre_window_watch_cloud (SobreWindow *self)
{
  g_clear_object (&self->cloud_watch);
  self->cloud_watch = sobre_cloud_watch_new (sobre_session_get_workspace (self->session), SECONDS);
  g_signal_connect_object (self->cloud_watch, "raised", G_CALLBACK (raised_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->cloud_watch, "lowered", G_CALLBACK (lowered_cb), self, G_CONNECT_SWAPPED);
}
