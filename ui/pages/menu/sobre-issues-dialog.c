/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/menu/sobre-issues-dialog.h"

#include <glib/gi18n-lib.h>

/* More than anyone reads: a menu without its second language has hundreds. */
#define MOST_ROWS 100

struct _SobreIssuesDialog
{
  AdwDialog parent_instance;

  GtkStack *stack;
  AdwPreferencesGroup *faults_group;
  AdwPreferencesGroup *warnings_group;
};

G_DEFINE_FINAL_TYPE (SobreIssuesDialog, sobre_issues_dialog, ADW_TYPE_DIALOG)

static void
open_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_signal_emit_by_name (widget, "open", g_variant_get_string (parameter, NULL));
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
sobre_issues_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SOBRE_TYPE_ISSUES_DIALOG);
  G_OBJECT_CLASS (sobre_issues_dialog_parent_class)->dispose (object);
}

static void
sobre_issues_dialog_class_init (SobreIssuesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_issues_dialog_dispose;
  g_signal_new ("open", SOBRE_TYPE_ISSUES_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-issues-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreIssuesDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, SobreIssuesDialog, faults_group);
  gtk_widget_class_bind_template_child (widget_class, SobreIssuesDialog, warnings_group);
  gtk_widget_class_install_action (widget_class, "issues.open", "s", open_action);
}

static void
sobre_issues_dialog_init (SobreIssuesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkWidget *
make_row (const SobreDocumentIssue *issue, const char *place)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new_from_icon_name ("go-next-symbolic");
  g_autofree char *title = *issue->path != '\0' ? g_strdup_printf ("%s · %s", place, issue->path) : g_strdup (place);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), issue->message);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", issue->path);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "issues.open");
  return row;
}

SobreIssuesDialog *
sobre_issues_dialog_new (const GPtrArray *issues, SobreIssuePlace say_place, gpointer user_data)
{
  SobreIssuesDialog *self = g_object_new (SOBRE_TYPE_ISSUES_DIALOG, NULL);
  guint n[2] = { 0 };

  for (guint i = 0; i < issues->len; i++)
    {
      const SobreDocumentIssue *issue = g_ptr_array_index (issues, i);
      g_autofree char *place = say_place (issue, user_data);

      if (n[issue->fatal]++ < MOST_ROWS)
        adw_preferences_group_add (issue->fatal ? self->faults_group : self->warnings_group, make_row (issue, place));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->faults_group), n[TRUE] > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->warnings_group), n[FALSE] > 0);
  gtk_stack_set_visible_child_name (self->stack, issues->len > 0 ? "list" : "none");
  return self;
}
