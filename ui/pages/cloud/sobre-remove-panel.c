/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/cloud/sobre-remove-panel.h"

#include "pages/cloud/sobre-errand-view.h"

struct _SobreRemovePanel
{
  AdwNavigationPage parent_instance;

  GtkStack *stack;
  AdwSwitchRow *lake_row;
  SobreErrandView *view;

  SobreSession *session;
  SobreErrand *errand;
};

G_DEFINE_FINAL_TYPE (SobreRemovePanel, sobre_remove_panel, ADW_TYPE_NAVIGATION_PAGE)

static void
drop_errand (SobreRemovePanel *self)
{
  if (self->errand == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->errand, self);
  sobre_errand_stop (self->errand);
  g_clear_object (&self->errand);
}

/* Whoever did not type the name is asked again where they came from. */
static void
ended_cb (SobreRemovePanel *self)
{
  if (g_error_matches (sobre_errand_get_error (self->errand), SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_LOSS))
    gtk_stack_set_visible_child_name (self->stack, "wish");
  else
    g_signal_emit_by_name (self, "changed");
}

static void
remove_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreRemovePanel *self = SOBRE_REMOVE_PANEL (widget);
  SobreErrandKind kind = adw_switch_row_get_active (self->lake_row) ? SOBRE_ERRAND_REMOVE_ALL : SOBRE_ERRAND_REMOVE;

  if (self->session == NULL || (self->errand != NULL && sobre_errand_is_going (self->errand)))
    return;
  drop_errand (self);
  self->errand = sobre_errand_new (kind, sobre_session_get_workspace (self->session), NULL);
  g_signal_connect_object (self->errand, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  sobre_errand_view_show (self->view, self->errand);
  gtk_stack_set_visible_child_name (self->stack, "errand");
}

/* What ended is no news when somebody comes back. */
static void
sobre_remove_panel_map (GtkWidget *widget)
{
  SobreRemovePanel *self = SOBRE_REMOVE_PANEL (widget);

  GTK_WIDGET_CLASS (sobre_remove_panel_parent_class)->map (widget);
  if (self->errand == NULL || !sobre_errand_is_going (self->errand))
    gtk_stack_set_visible_child_name (self->stack, "wish");
}

static void
sobre_remove_panel_dispose (GObject *object)
{
  SobreRemovePanel *self = SOBRE_REMOVE_PANEL (object);

  drop_errand (self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_REMOVE_PANEL);
  G_OBJECT_CLASS (sobre_remove_panel_parent_class)->dispose (object);
}

static void
sobre_remove_panel_class_init (SobreRemovePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_remove_panel_dispose;
  widget_class->map = sobre_remove_panel_map;
  g_signal_new ("changed", SOBRE_TYPE_REMOVE_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (SOBRE_TYPE_ERRAND_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-remove-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreRemovePanel, stack);
  gtk_widget_class_bind_template_child (widget_class, SobreRemovePanel, lake_row);
  gtk_widget_class_bind_template_child (widget_class, SobreRemovePanel, view);
  gtk_widget_class_install_action (widget_class, "remove.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "errand.again", NULL, remove_action);
}

static void
sobre_remove_panel_init (SobreRemovePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sobre_remove_panel_new (SobreSession *session)
{
  SobreRemovePanel *self = g_object_new (SOBRE_TYPE_REMOVE_PANEL, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
