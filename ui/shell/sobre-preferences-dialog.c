/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shell/sobre-preferences-dialog.h"

#include "shell/sobre-account-page.h"

struct _SobrePreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  AdwSwitchRow *tables_row;
  AdwSpinRow *offset_x_row;
  AdwSpinRow *offset_y_row;
  AdwSpinRow *scale_row;
};

G_DEFINE_FINAL_TYPE (SobrePreferencesDialog, sobre_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

static void
sobre_preferences_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SOBRE_TYPE_PREFERENCES_DIALOG);
  G_OBJECT_CLASS (sobre_preferences_dialog_parent_class)->dispose (object);
}

static void
sobre_preferences_dialog_class_init (SobrePreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_preferences_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SobrePreferencesDialog, tables_row);
  gtk_widget_class_bind_template_child (widget_class, SobrePreferencesDialog, offset_x_row);
  gtk_widget_class_bind_template_child (widget_class, SobrePreferencesDialog, offset_y_row);
  gtk_widget_class_bind_template_child (widget_class, SobrePreferencesDialog, scale_row);
}

static void
sobre_preferences_dialog_init (SobrePreferencesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
sobre_preferences_dialog_new (GSettings *settings, SobreSession *session)
{
  SobrePreferencesDialog *self = g_object_new (SOBRE_TYPE_PREFERENCES_DIALOG, NULL);

  g_settings_bind (settings, "figures-as-tables", self->tables_row, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "card-offset-x", self->offset_x_row, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "card-offset-y", self->offset_y_row, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "card-scale", self->scale_row, "value", G_SETTINGS_BIND_DEFAULT);
  if (session != NULL)
    adw_preferences_dialog_add (ADW_PREFERENCES_DIALOG (self), ADW_PREFERENCES_PAGE (sobre_account_page_new (session)));
  return ADW_DIALOG (self);
}
