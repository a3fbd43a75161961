/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Pictures of the Cloud page's panels, with what there is to see and without. */

#include "camera.h"
#include "pages/cloud/sobre-cloud-page.h"
#include "window-fixture.h"

#define SECONDS_TO_LOAD 60

/** Shot: @wanted: what a label says once the picture is worth taking */
typedef struct
{
  GtkWidget *window;
  const char *wanted;
} Shot;

static gboolean
says (GtkWidget *widget, const char *wanted)
{
  const char *text = GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "";

  if (strstr (text, wanted) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (says (child, wanted))
      return TRUE;
  return FALSE;
}

static gboolean
is_there (gpointer data)
{
  return says (((Shot *) data)->window, ((Shot *) data)->wanted);
}

static void
take_when (Camera *self, const char *wanted, const char *name)
{
  Shot shot = { GTK_WIDGET (self->window), wanted };

  if (!sobre_wait_until (is_there, &shot, SECONDS_TO_LOAD))
    g_error ("“%s” does not come up", wanted);
  camera_take (self, name);
}

static GtkWidget *
open_panel (GtkWidget *page, const char *tag)
{
  AdwNavigationView *view = sobre_find_widget (page, ADW_TYPE_NAVIGATION_VIEW);

  adw_navigation_view_pop_to_tag (view, "cloud");
  camera_rest ();
  gtk_widget_activate_action (page, "cloud.show", "s", tag);
  camera_rest ();
  return GTK_WIDGET (adw_navigation_view_get_visible_page (view));
}

static void
expand_all (GtkWidget *widget)
{
  if (ADW_IS_EXPANDER_ROW (widget))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (widget), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    expand_all (child);
}

static void
take_rejects (Camera *self, FakeStack *stack, GtkWidget *page)
{
  GtkWidget *panel;

  stack->has_refused = FALSE;
  panel = open_panel (page, "rejects");
  gtk_widget_activate_action (panel, "rejects.read", NULL);
  take_when (self, "Nothing Was Refused", "cloud-rejects-none");
  stack->has_refused = TRUE;
  stack->n_replayed = 0;
  gtk_widget_activate_action (panel, "rejects.read", NULL);
  take_when (self, "1 record passes now", "cloud-rejects");
  expand_all (panel);
  camera_take (self, "cloud-rejects-open");
  gtk_widget_activate_action (panel, "rejects.replay", NULL);
  camera_take (self, "cloud-rejects-ask");
  adw_dialog_force_close (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window)));
  camera_rest ();
}

static void
take_test (Camera *self, FakeStack *stack, GtkWidget *page)
{
  GtkWidget *panel = open_panel (page, "test");

  camera_take (self, "cloud-test-begin");
  stack->is_guest_free = TRUE;
  gtk_widget_activate_action (panel, "test.start", NULL);
  take_when (self, "were not seen", "cloud-test-fails");
  stack->is_guest_free = FALSE;
  gtk_widget_activate_action (panel, "test.start", NULL);
  take_when (self, "11 hold", "cloud-test");
}

static void
take_asked (Camera *self, GtkWidget *page, const char *tag, const char *wanted, const char *name)
{
  GtkWidget *panel = open_panel (page, tag);

  gtk_widget_activate_action (panel, "panel.ask", NULL);
  take_when (self, wanted, name);
}

static void
take_dialog (Camera *self, const char *name)
{
  camera_rest ();
  camera_take (self, name);
  adw_dialog_force_close (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window)));
  camera_rest ();
}

/* From nothing to what is deployed, and what would be lost. */
static void
take_deploy (Camera *self, FakeStack *stack, GtkWidget *page)
{
  GtkWidget *panel = open_panel (page, "deploy");

  gtk_widget_activate_action (panel, "deploy.change", NULL);
  camera_take (self, "cloud-deploy");
  stack->is_missing = TRUE;
  stack->parts[0] = stack->parts[1] = 0;
  gtk_widget_activate_action (panel, "deploy.plan", NULL);
  take_when (self, "Add: 3", "cloud-plan");
  stack->is_refused = TRUE;
  stack->cause = "Your account must be verified before you can add new CloudFront resources.";
  gtk_widget_activate_action (panel, "deploy.deploy", NULL);
  if (!sobre_wait_until (is_there, &(Shot) { GTK_WIDGET (self->window), "Deploy This?" }, SECONDS_TO_LOAD))
    g_error ("Nothing is asked");
  camera_take (self, "cloud-deploy-ask");
  g_signal_emit_by_name (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window)), "response", "go");
  adw_dialog_force_close (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window)));
  take_when (self, "It did not come to its end", "cloud-deploy-failed");
  stack->is_missing = stack->is_refused = FALSE;
  stack->cause = NULL;
  panel = open_panel (page, "remove");
  camera_take (self, "cloud-remove");
  gtk_widget_activate_action (panel, "remove.remove", NULL);
  if (!sobre_wait_until (is_there, &(Shot) { GTK_WIDGET (self->window), "Remove What Is Deployed?" }, SECONDS_TO_LOAD))
    g_error ("Nothing is asked");
  take_dialog (self, "cloud-remove-ask");
}

void
camera_take_cloud (Camera *self, FakeStack *stack, int width, int height)
{
  GtkWidget *page = sobre_find_widget (GTK_WIDGET (self->window), SOBRE_TYPE_CLOUD_PAGE);
  AdwNavigationView *view = sobre_find_widget (page, ADW_TYPE_NAVIGATION_VIEW);

  camera_show_page (self, "cloud");
  camera_resize (self, width, 2600);
  camera_take (self, "cloud-whole");
  camera_resize (self, width, height);
  take_rejects (self, stack, page);
  take_test (self, stack, page);
  stack->is_drifted = FALSE;
  take_asked (self, page, "drift", "Everything Is as It Was", "cloud-drift-none");
  stack->is_drifted = TRUE;
  take_asked (self, page, "drift", "Transform/Timeout", "cloud-drift");
  take_asked (self, page, "resources", "Transform", "cloud-resources");
  stack->n_dashboards = 2;
  take_asked (self, page, "dashboards", "Opened as the overview is", "cloud-dashboards");
  stack->has_no_quicksight = TRUE;
  take_asked (self, page, "dashboards", "Not Subscribed", "cloud-dashboards-none");
  stack->has_no_quicksight = FALSE;
  take_deploy (self, stack, page);
  adw_navigation_view_pop_to_tag (view, "cloud");
  camera_rest ();
}
