/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/cloud/sobre-cloud-panel.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  GtkStack *stack;
  AdwStatusPage *busy_page;
  AdwStatusPage *nothing_page;
  GtkWidget *nothing_button;
  AdwStatusPage *failed_page;
  AdwBin *bin;

  SobreSession *session;
  GCancellable *asking; /* while it asks */
  gboolean is_answered;
} SobreCloudPanelPrivate;

enum
{
  PROP_SESSION = 1,
};

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SobreCloudPanel, sobre_cloud_panel, ADW_TYPE_NAVIGATION_PAGE)

static SobreCloudPanelPrivate *
get_private (gpointer self)
{
  return sobre_cloud_panel_get_instance_private (SOBRE_CLOUD_PANEL (self));
}

SobreSession *
sobre_cloud_panel_get_session (SobreCloudPanel *self)
{
  return get_private (self)->session;
}

static void
update_actions (SobreCloudPanel *self)
{
  gboolean is_asking = get_private (self)->asking != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "panel.ask", !is_asking);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "panel.stop", is_asking);
}

/* Status pages take markup; what is said here is text. */
static void
describe (AdwStatusPage *page, const char *description)
{
  g_autofree char *text = g_markup_escape_text (description, -1);

  adw_status_page_set_description (page, text);
}

static void
show_failure (SobreCloudPanel *self, const GError *error)
{
  SobreCloudPanelPrivate *priv = get_private (self);
  gboolean is_stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  adw_status_page_set_title (priv->failed_page, is_stopped ? _ ("Stopped") : _ ("AWS Has No Answer"));
  describe (priv->failed_page, is_stopped ? "" : error->message);
  gtk_stack_set_visible_child_name (priv->stack, "failed");
}

static DexFuture *
answered_cb (DexFuture *future, gpointer user_data)
{
  SobreCloudPanel *self = user_data;
  SobreCloudPanelPrivate *priv = get_private (self);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  g_clear_object (&priv->asking);
  if (priv->session == NULL)
    return NULL;
  priv->is_answered = value != NULL;
  if (value != NULL)
    SOBRE_CLOUD_PANEL_GET_CLASS (self)->show (self, value);
  else
    show_failure (self, error);
  update_actions (self);
  return NULL;
}

static void
ask (SobreCloudPanel *self)
{
  SobreCloudPanelPrivate *priv = get_private (self);

  if (priv->session == NULL || priv->asking != NULL)
    return;
  priv->asking = g_cancellable_new ();
  gtk_stack_set_visible_child_name (priv->stack, "busy");
  update_actions (self);
  dex_future_disown (dex_future_finally (SOBRE_CLOUD_PANEL_GET_CLASS (self)->ask (self, priv->asking), answered_cb,
                                         g_object_ref (self), g_object_unref));
}

static void
ask_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  ask (SOBRE_CLOUD_PANEL (widget));
}

static void
stop_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  GCancellable *asking = get_private (widget)->asking;

  if (asking != NULL)
    g_cancellable_cancel (asking);
}

static void
sobre_cloud_panel_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sobre_cloud_panel_parent_class)->map (widget);
  if (!get_private (widget)->is_answered)
    ask (SOBRE_CLOUD_PANEL (widget));
}

static void
sobre_cloud_panel_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_SESSION)
    get_private (object)->session = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_cloud_panel_dispose (GObject *object)
{
  SobreCloudPanelPrivate *priv = get_private (object);

  if (priv->asking != NULL)
    g_cancellable_cancel (priv->asking);
  g_clear_object (&priv->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), SOBRE_TYPE_CLOUD_PANEL);
  G_OBJECT_CLASS (sobre_cloud_panel_parent_class)->dispose (object);
}

static void
sobre_cloud_panel_class_init (SobreCloudPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = sobre_cloud_panel_set_property;
  object_class->dispose = sobre_cloud_panel_dispose;
  widget_class->map = sobre_cloud_panel_map;
  g_object_class_install_property (object_class, PROP_SESSION,
                                   g_param_spec_object ("session", NULL, NULL, SOBRE_TYPE_SESSION,
                                                        G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-cloud-panel.ui");
  gtk_widget_class_bind_template_child_private (widget_class, SobreCloudPanel, stack);
  gtk_widget_class_bind_template_child_private (widget_class, SobreCloudPanel, busy_page);
  gtk_widget_class_bind_template_child_private (widget_class, SobreCloudPanel, nothing_page);
  gtk_widget_class_bind_template_child_private (widget_class, SobreCloudPanel, nothing_button);
  gtk_widget_class_bind_template_child_private (widget_class, SobreCloudPanel, failed_page);
  gtk_widget_class_bind_template_child_private (widget_class, SobreCloudPanel, bin);
  gtk_widget_class_install_action (widget_class, "panel.ask", NULL, ask_action);
  gtk_widget_class_install_action (widget_class, "panel.stop", NULL, stop_action);
}

static void
sobre_cloud_panel_init (SobreCloudPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_actions (self);
}

void
sobre_cloud_panel_set_busy (SobreCloudPanel *self, const char *title, const char *description)
{
  adw_status_page_set_title (get_private (self)->busy_page, title);
  describe (get_private (self)->busy_page, description);
}

void
sobre_cloud_panel_show_page (SobreCloudPanel *self, GtkWidget *page)
{
  SobreCloudPanelPrivate *priv = get_private (self);

  adw_bin_set_child (priv->bin, page);
  gtk_stack_set_visible_child_name (priv->stack, "shown");
}

void
sobre_cloud_panel_show_nothing (SobreCloudPanel *self,
                                const char *icon,
                                const char *title,
                                const char *description,
                                const char *label,
                                const char *uri)
{
  SobreCloudPanelPrivate *priv = get_private (self);

  adw_status_page_set_icon_name (priv->nothing_page, icon);
  adw_status_page_set_title (priv->nothing_page, title);
  describe (priv->nothing_page, description);
  gtk_widget_set_visible (priv->nothing_button, uri != NULL);
  if (uri != NULL)
    {
      gtk_button_set_label (GTK_BUTTON (priv->nothing_button), label);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (priv->nothing_button), "s", uri);
    }
  gtk_stack_set_visible_child_name (priv->stack, "nothing");
}
