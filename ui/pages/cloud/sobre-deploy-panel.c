/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/cloud/sobre-deploy-panel.h"

#include <glib/gi18n-lib.h>

#include "pages/cloud/sobre-errand-view.h"
#include "pages/cloud/sobre-plan-view.h"
#include "session/sobre-account-desk.h"

struct _SobreDeployPanel
{
  AdwNavigationPage parent_instance;

  GtkWidget *back_button;
  GtkStack *stack;
  AdwActionRow *account_row;
  AdwSwitchRow *site_row;
  AdwComboRow *path_row;
  AdwEntryRow *mail_row;
  AdwStatusPage *planning_page;
  AdwBin *plan_bin;
  AdwStatusPage *failed_page;
  SobreErrandView *view;

  SobreSession *session;
  SobreErrand *planning; /* the plan that is made, or shown */
  SobreErrand *errand;
  gboolean is_resumed; /* the wish is that of another time */
};

G_DEFINE_FINAL_TYPE (SobreDeployPanel, sobre_deploy_panel, ADW_TYPE_NAVIGATION_PAGE)

/* What would fail is not begun. */
static gboolean
may_deploy (SobreDeployPanel *self)
{
  const SobreStackPreflight *preflight = self->planning != NULL ? sobre_errand_get_preflight (self->planning) : NULL;

  return preflight == NULL || preflight->worst != SOBRE_FINDING_BAD;
}

static void
show_state (SobreDeployPanel *self, const char *name)
{
  gboolean is_planning = g_str_equal (name, "planning");
  gboolean is_going = self->errand != NULL && sobre_errand_is_going (self->errand);
  gboolean is_wish = g_str_equal (name, "wish");

  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (self->back_button, !is_wish && !is_planning && !is_going);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deploy.change", !is_wish && !is_going);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deploy.plan", !is_planning && !is_going);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deploy.stop", is_planning);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deploy.deploy", g_str_equal (name, "plan") && may_deploy (self));
}

static DexFuture *
account_cb (DexFuture *future, gpointer user_data)
{
  SobreDeployPanel *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  g_autofree char *text = NULL;

  if (self->session == NULL)
    return NULL;
  if (value != NULL)
    {
      const SobreAccountState *state = g_value_get_boxed (value);
      const char *region = state->used_region != NULL ? state->used_region : _ ("no region chosen");

      text = g_strdup_printf (_ ("Profile %s, %s"), state->used_profile, region);
    }
  adw_action_row_set_subtitle (self->account_row, text != NULL ? text : error->message);
  return NULL;
}

/* Whenever it comes into view: the preferences may have changed it. */
static void
look_at_account (SobreDeployPanel *self)
{
  if (self->session != NULL)
    dex_future_disown (dex_future_finally (sobre_account_desk_load (sobre_session_get_workspace (self->session)), account_cb,
                                           g_object_ref (self), g_object_unref));
}

/* What is not said stays as it is in AWS. */
static void
read_wish (SobreDeployPanel *self, SobreStackWish *wish)
{
  static const char *const paths[] = { NULL, "Direct", "Api" };
  g_autoptr (GHashTable) parameters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *mail = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->mail_row))));
  const char *path = paths[MIN (adw_combo_row_get_selected (self->path_row), G_N_ELEMENTS (paths) - 1)];
  SobreStackWish said;

  if (path != NULL)
    g_hash_table_insert (parameters, g_strdup ("IngestPath"), g_strdup (path));
  if (*mail != '\0')
    g_hash_table_insert (parameters, g_strdup ("AlarmEmail"), g_strdup (mail));
  said = (SobreStackWish) { parameters, !adw_switch_row_get_active (self->site_row) };
  sobre_stack_wish_init (wish, &said);
}

static void
drop (SobreErrand **errand, gpointer self)
{
  if (*errand == NULL)
    return;
  g_signal_handlers_disconnect_by_data (*errand, self);
  sobre_errand_stop (*errand);
  g_clear_object (errand);
}

static void
show_plan_failure (SobreDeployPanel *self, const GError *error)
{
  g_autofree char *text = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->failed_page, text);
  show_state (self, "failed");
}

static void
planned_cb (SobreDeployPanel *self)
{
  const GError *error = sobre_errand_get_error (self->planning);
  const SobreStackPreflight *preflight = sobre_errand_get_preflight (self->planning);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_state (self, "wish");
  else if (error != NULL && (preflight == NULL || preflight->worst != SOBRE_FINDING_BAD))
    show_plan_failure (self, error);
  else
    {
      adw_bin_set_child (self->plan_bin, sobre_plan_view_new (self->planning));
      show_state (self, "plan");
    }
}

static void
plan_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreDeployPanel *self = SOBRE_DEPLOY_PANEL (widget);
  g_auto (SobreStackWish) wish = { 0 };

  if (self->session == NULL)
    return;
  drop (&self->planning, self);
  read_wish (self, &wish);
  self->planning = sobre_errand_new (SOBRE_ERRAND_PLAN, sobre_session_get_workspace (self->session), &wish);
  g_signal_connect_object (self->planning, "ended", G_CALLBACK (planned_cb), self, G_CONNECT_SWAPPED);
  show_state (self, "planning");
}

static void
deployed_cb (SobreDeployPanel *self)
{
  show_state (self, "errand");
  g_signal_emit_by_name (self, "changed");
}

/* @errand: (transfer full) */
static void
follow (SobreDeployPanel *self, SobreErrand *errand)
{
  drop (&self->errand, self);
  self->errand = errand;
  g_signal_connect_object (errand, "ended", G_CALLBACK (deployed_cb), self, G_CONNECT_SWAPPED);
  sobre_errand_view_show (self->view, errand);
  show_state (self, "errand");
}

static void
deploy_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreDeployPanel *self = SOBRE_DEPLOY_PANEL (widget);
  g_auto (SobreStackWish) wish = { 0 };

  if (self->session == NULL)
    return;
  read_wish (self, &wish);
  self->is_resumed = FALSE;
  follow (self, sobre_errand_new (SOBRE_ERRAND_DEPLOY, sobre_session_get_workspace (self->session), &wish));
}

void
sobre_deploy_panel_resume (SobreDeployPanel *self)
{
  if (self->session == NULL || (self->errand != NULL && sobre_errand_is_going (self->errand)))
    return;
  self->is_resumed = TRUE;
  follow (self, sobre_errand_resume (sobre_session_get_workspace (self->session)));
}

static void
again_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreDeployPanel *self = SOBRE_DEPLOY_PANEL (widget);

  if (self->is_resumed)
    sobre_deploy_panel_resume (self);
  else
    deploy_action (widget, action_name, parameter);
}

static void
change_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  show_state (SOBRE_DEPLOY_PANEL (widget), "wish");
}

static void
stop_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreErrand *planning = SOBRE_DEPLOY_PANEL (widget)->planning;

  if (planning != NULL)
    sobre_errand_stop (planning);
}

static void
sobre_deploy_panel_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sobre_deploy_panel_parent_class)->map (widget);
  look_at_account (SOBRE_DEPLOY_PANEL (widget));
}

static void
sobre_deploy_panel_dispose (GObject *object)
{
  SobreDeployPanel *self = SOBRE_DEPLOY_PANEL (object);

  drop (&self->planning, self);
  drop (&self->errand, self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_DEPLOY_PANEL);
  G_OBJECT_CLASS (sobre_deploy_panel_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SobreDeployPanel, back_button);
  gtk_widget_class_bind_template_child (widget_class, SobreDeployPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, SobreDeployPanel, account_row);
  gtk_widget_class_bind_template_child (widget_class, SobreDeployPanel, site_row);
  gtk_widget_class_bind_template_child (widget_class, SobreDeployPanel, path_row);
  gtk_widget_class_bind_template_child (widget_class, SobreDeployPanel, mail_row);
  gtk_widget_class_bind_template_child (widget_class, SobreDeployPanel, planning_page);
  gtk_widget_class_bind_template_child (widget_class, SobreDeployPanel, plan_bin);
  gtk_widget_class_bind_template_child (widget_class, SobreDeployPanel, failed_page);
  gtk_widget_class_bind_template_child (widget_class, SobreDeployPanel, view);
}

static void
sobre_deploy_panel_class_init (SobreDeployPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_deploy_panel_dispose;
  widget_class->map = sobre_deploy_panel_map;
  g_signal_new ("changed", SOBRE_TYPE_DEPLOY_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (SOBRE_TYPE_ERRAND_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-deploy-panel.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "deploy.plan", NULL, plan_action);
  gtk_widget_class_install_action (widget_class, "deploy.deploy", NULL, deploy_action);
  gtk_widget_class_install_action (widget_class, "deploy.change", NULL, change_action);
  gtk_widget_class_install_action (widget_class, "deploy.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "errand.again", NULL, again_action);
}

static void
sobre_deploy_panel_init (SobreDeployPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_state (self, "wish");
}

GtkWidget *
sobre_deploy_panel_new (SobreSession *session)
{
  SobreDeployPanel *self = g_object_new (SOBRE_TYPE_DEPLOY_PANEL, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
