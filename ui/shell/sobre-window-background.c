/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A window that is closed while guests are served goes out of sight and stays: its collector and its cache go on, a notification says so and
 * offers to stop, and whoever opens the program again gets the same window. The program runs as long as it has windows, seen or not. */

#include "shell/sobre-window-private.h"

#include <glib/gi18n-lib.h>

#include "shell/sobre-background.h"

#define COLLECTING_ID "collecting"

/* A click on it opens the window. @may_stop: whether it has a button, too, that ends collecting */
static void
notify (SobreWindow *self, GNotificationPriority priority, const char *title, const char *body, gboolean may_stop)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, priority);
  if (may_stop)
    g_notification_add_button (notification, _ ("Stop Collecting"), "app.stop-collecting");
  g_application_send_notification (G_APPLICATION (application), COLLECTING_ID, notification);
}

static DexFuture *
background_answered_cb (DexFuture *future, gpointer user_data)
{
  SobreWindow *self = user_data;
  const GValue *allowed = dex_future_get_value (future, NULL);

  if (self->stack == NULL || !self->in_background)
    return NULL;
  if (allowed != NULL && !g_value_get_boolean (allowed))
    notify (self, G_NOTIFICATION_PRIORITY_HIGH, _ ("Collecting may be ended"),
            _ ("This desktop does not let Sobremesa run without a window. Open it again, or allow it in the settings."), TRUE);
  return NULL;
}

gboolean
sobre_window_enter_background (SobreWindow *self)
{
  SobreCollector *collector = self->session != NULL ? sobre_session_get_collector (self->session) : NULL;
  g_autofree char *base = collector != NULL ? sobre_collector_dup_base_url (collector) : NULL;
  g_autofree char *body = NULL;

  if (base == NULL)
    return FALSE;
  self->in_background = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  /* Translators: a restaurant's name, then an address */
  body = g_strdup_printf (_ ("Guests of “%s” are still served at %s."), self->restaurant, base);
  notify (self, G_NOTIFICATION_PRIORITY_NORMAL, _ ("Still collecting answers"), body, TRUE);
  dex_future_disown (dex_future_finally (sobre_background_ask (_ ("Guests go on answering while the window is closed."), body),
                                         background_answered_cb, g_object_ref (self), g_object_unref));
  return TRUE;
}

/* What ends out of sight has to be seen. */
void
sobre_window_watch_background (SobreWindow *self)
{
  const GError *error;

  if (!self->in_background || self->session == NULL)
    return;
  error = sobre_collector_get_error (sobre_session_get_collector (self->session));
  if (error != NULL)
    notify (self, G_NOTIFICATION_PRIORITY_URGENT, _ ("Collecting has ended"), error->message, FALSE);
}

void
sobre_window_leave_background (SobreWindow *self)
{
  if (!self->in_background)
    return;
  self->in_background = FALSE;
  if (self->session != NULL)
    sobre_code_desk_allow (sobre_session_get_code_desk (self->session));
  g_application_withdraw_notification (G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))), COLLECTING_ID);
}

static DexFuture *
stopped_cb (DexFuture *future, gpointer user_data)
{
  SobreWindow *self = user_data;

  /* Somebody may have opened it meanwhile. */
  if (self->stack != NULL && self->in_background)
    {
      sobre_window_leave_background (self);
      gtk_window_destroy (GTK_WINDOW (self));
    }
  return NULL;
}

void
sobre_window_stop_in_background (SobreWindow *self)
{
  if (self->in_background)
    dex_future_disown (dex_future_finally (sobre_collector_stop (sobre_session_get_collector (self->session)), stopped_cb,
                                           g_object_ref (self), g_object_unref));
}
