/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/cloud/sobre-cloud-page-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pages/cloud/sobre-cloud-rows.h"
#include "pages/cloud/sobre-dashboards-panel.h"
#include "pages/cloud/sobre-deploy-panel.h"
#include "pages/cloud/sobre-drift-panel.h"
#include "pages/cloud/sobre-rejects-panel.h"
#include "pages/cloud/sobre-remove-panel.h"
#include "pages/cloud/sobre-resources-panel.h"
#include "pages/cloud/sobre-test-panel.h"
#include "session/sobre-errand.h"

/* How often it looks again while it is looked at: seldom enough to cost nothing, and often while AWS is at work. */
#define REST_SECONDS 60
#define BUSY_SECONDS 3

enum
{
  PROP_SESSION = 1,
};

G_DEFINE_FINAL_TYPE (SobreCloudPage, sobre_cloud_page, ADW_TYPE_BIN)

static void look (SobreCloudPage *self);

static void
say (SobreCloudPage *self, const char *message)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "window.show-message", "s", message);
}

static void
timer_cb (gpointer user_data)
{
  SobreCloudPage *self = user_data;

  self->timer = 0;
  look (self);
}

static void
rest (SobreCloudPage *self)
{
  gboolean is_busy = self->sight != NULL && self->sight->stack != NULL && sobre_stack_is_busy (self->sight->stack);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->timer = g_timeout_add_seconds_once (is_busy ? BUSY_SECONDS : REST_SECONDS, timer_cb, self);
}

static DexFuture *
looked_cb (DexFuture *future, gpointer user_data)
{
  SobreCloudPage *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;
  g_clear_object (&self->looking);
  if (value != NULL)
    sobre_cloud_page_show_sight (self, g_value_get_boxed (value));
  else if (self->sight == NULL)
    {
      g_autofree char *text = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed_page, text);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
  else
    {
      /* What was seen before stays, with its time. */
      sobre_cloud_page_show_banner (self, error->message);
    }
  rest (self);
  return NULL;
}

static void
look (SobreCloudPage *self)
{
  if (self->session == NULL || self->looking != NULL)
    return;
  if (self->sight == NULL)
    gtk_stack_set_visible_child_name (self->stack, "looking");
  self->looking = g_cancellable_new ();
  dex_future_disown (dex_future_finally (sobre_cloud_desk_look (sobre_session_get_workspace (self->session), self->sight,
                                                                sobre_session_get_clock (self->session), self->looking),
                                         looked_cb, g_object_ref (self), g_object_unref));
}

/* Somebody wants to see it now, and may be asked for a code. */
static void
look_for_somebody (SobreCloudPage *self)
{
  if (self->session != NULL)
    sobre_code_desk_allow (sobre_session_get_code_desk (self->session));
  look (self);
}

static void
stop_looking (SobreCloudPage *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
}

static void
refresh_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  look_for_somebody (SOBRE_CLOUD_PAGE (widget));
}

static void
open_site_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  sobre_cloud_open (widget, adw_action_row_get_subtitle (SOBRE_CLOUD_PAGE (widget)->site_row));
}

static void
open_uri_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  sobre_cloud_open (widget, g_variant_get_string (parameter, NULL));
}

static DexFuture *
unfinished_cb (DexFuture *future, gpointer user_data)
{
  SobreCloudPage *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);

  if (self->session == NULL)
    return NULL;
  self->is_unfinished = value != NULL && g_value_get_boolean (value);
  sobre_cloud_page_show_banner (self, NULL);
  return NULL;
}

static void
look_for_unfinished (SobreCloudPage *self)
{
  if (self->session != NULL)
    dex_future_disown (dex_future_finally (sobre_errand_find_unfinished (sobre_session_get_workspace (self->session)),
                                           unfinished_cb, g_object_ref (self), g_object_unref));
}

/* What was being looked at is no longer so. */
static void
changed_cb (SobreCloudPage *self)
{
  stop_looking (self);
  look_for_unfinished (self);
  look (self);
}

/** Panel: @changes: whether something in AWS is another after it, which its signal "changed" says */
typedef struct
{
  const char *tag;
  GtkWidget *(*make) (SobreSession *session);
  gboolean changes;
} Panel;

static const Panel panels[] = {
  { "dashboards", sobre_dashboards_panel_new, FALSE },
  { "deploy", sobre_deploy_panel_new, TRUE },
  { "drift", sobre_drift_panel_new, FALSE },
  { "rejects", sobre_rejects_panel_new, FALSE },
  { "remove", sobre_remove_panel_new, TRUE },
  { "resources", sobre_resources_panel_new, FALSE },
  { "test", sobre_test_panel_new, FALSE },
};

static void
add_panel (SobreCloudPage *self, const char *tag)
{
  for (guint i = 0; i < G_N_ELEMENTS (panels); i++)
    if (strcmp (panels[i].tag, tag) == 0)
      {
        GtkWidget *panel = panels[i].make (self->session);

        if (panels[i].changes)
          g_signal_connect_object (panel, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
        adw_navigation_view_add (self->navigation, ADW_NAVIGATION_PAGE (panel));
      }
}

/* A panel is made when it is first wanted and stays, with what it is doing, until another workspace is opened. */
static AdwNavigationPage *
show_panel (SobreCloudPage *self, const char *tag)
{
  if (adw_navigation_view_find_page (self->navigation, tag) == NULL && self->session != NULL)
    add_panel (self, tag);
  if (adw_navigation_view_find_page (self->navigation, tag) != NULL &&
      g_strcmp0 (adw_navigation_view_get_visible_page_tag (self->navigation), tag) != 0)
    adw_navigation_view_push_by_tag (self->navigation, tag);
  return adw_navigation_view_find_page (self->navigation, tag);
}

static void
show_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  show_panel (SOBRE_CLOUD_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
resume_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  AdwNavigationPage *panel = show_panel (SOBRE_CLOUD_PAGE (widget), "deploy");

  if (panel != NULL)
    sobre_deploy_panel_resume (SOBRE_DEPLOY_PANEL (panel));
}

/* All but the page itself, which the view shows first. */
static void
remove_panels (SobreCloudPage *self)
{
  adw_navigation_view_pop_to_tag (self->navigation, "cloud");
  for (guint i = 0; i < G_N_ELEMENTS (panels); i++)
    {
      AdwNavigationPage *panel = adw_navigation_view_find_page (self->navigation, panels[i].tag);

      if (panel != NULL)
        adw_navigation_view_remove (self->navigation, panel);
    }
}

static DexFuture *
door_set_cb (DexFuture *future, gpointer user_data)
{
  SobreCloudPage *self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->session == NULL)
    return NULL;
  if (dex_future_get_value (future, &error) == NULL)
    say (self, error->message);
  else
    say (self, adw_switch_row_get_active (self->door_row) ? _ ("Guests' answers are taken again")
                                                          : _ ("Paused: answers wait on the guests' phones"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->door_row), TRUE);
  look (self);
  return NULL;
}

/* What was being looked at is no longer so. */
static void
set_door (SobreCloudPage *self, gboolean is_open)
{
  stop_looking (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->door_row), FALSE);
  dex_future_disown (dex_future_finally (sobre_cloud_desk_set_door (sobre_session_get_workspace (self->session), is_open),
                                         door_set_cb, g_object_ref (self), g_object_unref));
}

static void
pause_answered_cb (AdwAlertDialog *dialog, const char *response, gpointer user_data)
{
  SobreCloudPage *self = user_data;

  if (self->session == NULL)
    return;
  if (strcmp (response, "pause") == 0)
    {
      set_door (self, FALSE);
      return;
    }
  self->showing = TRUE;
  adw_switch_row_set_active (self->door_row, TRUE);
  self->showing = FALSE;
}

static void
switched_cb (SobreCloudPage *self)
{
  AdwDialog *dialog;

  if (self->showing || self->session == NULL)
    return;
  if (adw_switch_row_get_active (self->door_row))
    {
      set_door (self, TRUE);
      return;
    }
  dialog = adw_alert_dialog_new (_ ("Take No Answers?"),
                                 _ ("Guests' phones keep what they send until you switch this on again. It counts at once."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "pause", _ ("_Pause"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "pause", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (pause_answered_cb), self, G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
sobre_cloud_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sobre_cloud_page_parent_class)->map (widget);
  look_for_unfinished (SOBRE_CLOUD_PAGE (widget));
  look_for_somebody (SOBRE_CLOUD_PAGE (widget));
}

static void
sobre_cloud_page_unmap (GtkWidget *widget)
{
  stop_looking (SOBRE_CLOUD_PAGE (widget));
  GTK_WIDGET_CLASS (sobre_cloud_page_parent_class)->unmap (widget);
}

static void
sobre_cloud_page_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  SobreCloudPage *self = SOBRE_CLOUD_PAGE (object);

  if (property_id != PROP_SESSION)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
      return;
    }
  if (!g_set_object (&self->session, g_value_get_object (value)))
    return;
  stop_looking (self);
  remove_panels (self);
  self->is_unfinished = FALSE;
  g_clear_pointer (&self->sight, sobre_cloud_sight_unref);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    look (self);
}

static void
sobre_cloud_page_dispose (GObject *object)
{
  SobreCloudPage *self = SOBRE_CLOUD_PAGE (object);

  stop_looking (self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->sight, sobre_cloud_sight_unref);
  /* Disposing of the template takes a child that it names away behind the bin's back. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_CLOUD_PAGE);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (sobre_cloud_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SobreCloudPage, navigation);
  gtk_widget_class_bind_template_child (widget_class, SobreCloudPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SobreCloudPage, failed_page);
  gtk_widget_class_bind_template_child (widget_class, SobreCloudPage, banner);
  gtk_widget_class_bind_template_child (widget_class, SobreCloudPage, health_group);
  gtk_widget_class_bind_template_child (widget_class, SobreCloudPage, cards);
  gtk_widget_class_bind_template_child (widget_class, SobreCloudPage, door_row);
  gtk_widget_class_bind_template_child (widget_class, SobreCloudPage, rejects_row);
  gtk_widget_class_bind_template_child (widget_class, SobreCloudPage, alarms_group);
  gtk_widget_class_bind_template_child (widget_class, SobreCloudPage, alarm_list);
  gtk_widget_class_bind_template_child (widget_class, SobreCloudPage, cost_group);
  gtk_widget_class_bind_template_child (widget_class, SobreCloudPage, cost_row);
  gtk_widget_class_bind_template_child (widget_class, SobreCloudPage, site_row);
  gtk_widget_class_bind_template_child (widget_class, SobreCloudPage, outputs_row);
  gtk_widget_class_bind_template_child (widget_class, SobreCloudPage, events_row);
  gtk_widget_class_bind_template_child (widget_class, SobreCloudPage, links_row);
}

static void
sobre_cloud_page_class_init (SobreCloudPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = sobre_cloud_page_set_property;
  object_class->dispose = sobre_cloud_page_dispose;
  widget_class->map = sobre_cloud_page_map;
  widget_class->unmap = sobre_cloud_page_unmap;
  g_object_class_install_property (
      object_class, PROP_SESSION,
      g_param_spec_object ("session", NULL, NULL, SOBRE_TYPE_SESSION, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-cloud-page.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "cloud.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "cloud.open-site", NULL, open_site_action);
  gtk_widget_class_install_action (widget_class, "cloud.open-uri", "s", open_uri_action);
  gtk_widget_class_install_action (widget_class, "cloud.show", "s", show_action);
  gtk_widget_class_install_action (widget_class, "cloud.resume", NULL, resume_action);
}

static void
sobre_cloud_page_init (SobreCloudPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  g_signal_connect_object (self->door_row, "notify::active", G_CALLBACK (switched_cb), self, G_CONNECT_SWAPPED);
}
