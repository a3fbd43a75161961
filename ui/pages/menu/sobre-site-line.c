/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/menu/sobre-site-line.h"

#include <glib/gi18n-lib.h>

struct _SobreSiteLine
{
  AdwBin parent_instance;

  GtkImage *icon;
  AdwSpinner *spinner;
  GtkLabel *label;
  GtkButton *open_button;
  GtkButton *cancel_button;
  GtkButton *send_button;
  SobreSiteCourier *courier;
  SobreSiteParts parts;
  guint version;
  char **sold_out; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (SobreSiteLine, sobre_site_line, ADW_TYPE_BIN)

static gboolean
have_same_items (const char *const *a, const char *const *b)
{
  if (g_strv_length ((char **) a) != g_strv_length ((char **) b))
    return FALSE;
  for (guint i = 0; a[i] != NULL; i++)
    if (!g_strv_contains (b, a[i]))
      return FALSE;
  return TRUE;
}

/* Whether guests of the site get what those of this computer do. */
static gboolean
is_same (SobreSiteLine *self, const SobreSiteSight *sight)
{
  if ((self->parts & SOBRE_SITE_FORM) != 0)
    return sight->form_version == self->version;
  return sight->menu_version == self->version &&
         (self->sold_out == NULL ||
          have_same_items ((const char *const *) self->sold_out, (const char *const *) sight->sold_out));
}

/* "d111.cloudfront.net", or what it will be. */
static char *
say_site (const SobreSiteSight *sight)
{
  g_autoptr (GUri) uri = sight->url != NULL ? g_uri_parse (sight->url, G_URI_FLAGS_NONE, NULL) : NULL;

  if (uri != NULL && g_uri_get_host (uri) != NULL)
    return g_strdup (g_uri_get_host (uri));
  /* Translators: the name of a stack in AWS */
  return g_strdup_printf (_ ("the site of “%s”"), sight->name);
}

static char *
say_rest (SobreSiteLine *self, const SobreSiteSight *sight)
{
  g_autofree char *site = say_site (sight);
  guint version = (self->parts & SOBRE_SITE_FORM) != 0 ? sight->form_version : sight->menu_version;

  if (sight->lack != NULL)
    return g_strdup (sight->lack);
  if (version == 0)
    /* Translators: an address */
    return g_strdup_printf (_ ("Guests at %s get nothing yet"), site);
  if (is_same (self, sight))
    return g_strdup_printf (_ ("Guests at %s get the same"), site);
  /* Translators: an address, then two numbers */
  return version != self->version
             ? g_strdup_printf (_ ("Guests at %s get version %u, not version %u"), site, version, self->version)
             : g_strdup_printf (_ ("Guests at %s see something else as sold out"), site);
}

static char *
say_sending (const SobreSiteSight *sight)
{
  g_autofree char *site = sight != NULL ? say_site (sight) : NULL;

  /* Translators: an address */
  return site != NULL ? g_strdup_printf (_ ("Sending to %s…"), site) : g_strdup (_ ("Sending to the site…"));
}

static void
show_buttons (SobreSiteLine *self, SobreCourierState state, const SobreSiteSight *sight)
{
  gboolean is_ready = state == SOBRE_COURIER_RESTING && sight->lack == NULL;
  gboolean is_behind = is_ready && self->version > 0 && !is_same (self, sight);
  gboolean failed = state == SOBRE_COURIER_FAILED;
  gboolean waits = failed && sobre_site_courier_is_behind (self->courier);

  gtk_widget_set_visible (GTK_WIDGET (self->icon), state == SOBRE_COURIER_RESTING || failed);
  gtk_image_set_from_icon_name (self->icon, failed ? "dialog-warning-symbolic" : "sobre-cloud-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), state == SOBRE_COURIER_SENDING || state == SOBRE_COURIER_LOOKING);
  gtk_widget_set_visible (GTK_WIDGET (self->open_button), is_ready && sight->url != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel_button), state == SOBRE_COURIER_SENDING);
  gtk_widget_set_visible (GTK_WIDGET (self->send_button), is_behind || failed);
  gtk_button_set_label (self->send_button, waits ? _ ("Send Again") : failed ? _ ("Ask Again") : _ ("Send"));
}

static void
show (SobreSiteLine *self)
{
  SobreCourierState state = self->courier != NULL ? sobre_site_courier_get_state (self->courier) : SOBRE_COURIER_NOWHERE;
  const SobreSiteSight *sight = self->courier != NULL ? sobre_site_courier_get_sight (self->courier) : NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), state != SOBRE_COURIER_NOWHERE);
  if (state == SOBRE_COURIER_NOWHERE)
    return;
  if (state == SOBRE_COURIER_FAILED)
    words = g_strdup (sobre_site_courier_get_message (self->courier));
  else if (state == SOBRE_COURIER_RESTING && sight != NULL)
    words = say_rest (self, sight);
  else
    words = state == SOBRE_COURIER_SENDING ? say_sending (sight) : g_strdup (_ ("Asking AWS what guests get…"));
  gtk_label_set_text (self->label, words);
  show_buttons (self, state, sight);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), sight != NULL ? sight->url : NULL);
}

static void
open_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  const SobreSiteSight *sight = sobre_site_courier_get_sight (SOBRE_SITE_LINE (widget)->courier);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (GtkUriLauncher) launcher = sight != NULL && sight->url != NULL ? gtk_uri_launcher_new (sight->url) : NULL;

  if (launcher != NULL)
    gtk_uri_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, NULL, NULL);
}

static void
cancel_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  sobre_site_courier_cancel (SOBRE_SITE_LINE (widget)->courier);
}

static void
send_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreSiteLine *self = SOBRE_SITE_LINE (widget);

  if (sobre_site_courier_get_state (self->courier) == SOBRE_COURIER_FAILED)
    sobre_site_courier_retry (self->courier);
  else
    sobre_site_courier_send (self->courier, self->parts);
}

static void
sobre_site_line_dispose (GObject *object)
{
  SobreSiteLine *self = SOBRE_SITE_LINE (object);

  sobre_site_line_set_courier (self, NULL, 0);
  gtk_widget_dispose_template (GTK_WIDGET (object), SOBRE_TYPE_SITE_LINE);
  G_OBJECT_CLASS (sobre_site_line_parent_class)->dispose (object);
}

static void
sobre_site_line_finalize (GObject *object)
{
  g_strfreev (SOBRE_SITE_LINE (object)->sold_out);
  G_OBJECT_CLASS (sobre_site_line_parent_class)->finalize (object);
}

static void
sobre_site_line_class_init (SobreSiteLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_site_line_dispose;
  G_OBJECT_CLASS (klass)->finalize = sobre_site_line_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-site-line.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreSiteLine, icon);
  gtk_widget_class_bind_template_child (widget_class, SobreSiteLine, spinner);
  gtk_widget_class_bind_template_child (widget_class, SobreSiteLine, label);
  gtk_widget_class_bind_template_child (widget_class, SobreSiteLine, open_button);
  gtk_widget_class_bind_template_child (widget_class, SobreSiteLine, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, SobreSiteLine, send_button);
  gtk_widget_class_install_action (widget_class, "site.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "site.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "site.send", NULL, send_action);
}

static void
sobre_site_line_init (SobreSiteLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
sobre_site_line_set_courier (SobreSiteLine *self, SobreSiteCourier *courier, SobreSiteParts parts)
{
  if (self->courier != NULL)
    g_signal_handlers_disconnect_by_data (self->courier, self);
  g_set_object (&self->courier, courier);
  self->parts = parts;
  self->version = 0;
  g_clear_pointer (&self->sold_out, g_strfreev);
  if (courier == NULL)
    return;
  g_signal_connect_object (courier, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

void
sobre_site_line_set_local (SobreSiteLine *self, guint version, const char *const *sold_out)
{
  self->version = version;
  g_strfreev (self->sold_out);
  self->sold_out = g_strdupv ((char **) sold_out);
  show (self);
}
