/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shell/sobre-help-dialog.h"

struct _SobreHelpDialog
{
  AdwDialog parent_instance;
};

G_DEFINE_FINAL_TYPE (SobreHelpDialog, sobre_help_dialog, ADW_TYPE_DIALOG)

static void
sobre_help_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SOBRE_TYPE_HELP_DIALOG);
  G_OBJECT_CLASS (sobre_help_dialog_parent_class)->dispose (object);
}

static void
sobre_help_dialog_class_init (SobreHelpDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sobre_help_dialog_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/io/github/sobremesa/Sobremesa/sobre-help-dialog.ui");
}

static void
sobre_help_dialog_init (SobreHelpDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
sobre_help_dialog_new (void)
{
  return g_object_new (SOBRE_TYPE_HELP_DIALOG, NULL);
}
