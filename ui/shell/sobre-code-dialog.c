/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shell/sobre-code-dialog.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CODE_DIGITS 6

struct _SobreCodeDialog
{
  AdwAlertDialog parent_instance;

  GtkLabel *problem_label;
  GtkEntry *entry;

  SobreCodeDesk *desk;
};

G_DEFINE_FINAL_TYPE (SobreCodeDialog, sobre_code_dialog, ADW_TYPE_ALERT_DIALOG)

static void
changed_cb (SobreCodeDialog *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (self), "continue",
                                         strlen (text) == CODE_DIGITS && strspn (text, "0123456789") == CODE_DIGITS);
}

static void
response_cb (SobreCodeDialog *self, const char *response)
{
  if (g_str_equal (response, "continue"))
    sobre_code_desk_answer (self->desk, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  else
    sobre_code_desk_decline (self->desk);
}

static void
sobre_code_dialog_dispose (GObject *object)
{
  g_clear_object (&SOBRE_CODE_DIALOG (object)->desk);
  gtk_widget_dispose_template (GTK_WIDGET (object), SOBRE_TYPE_CODE_DIALOG);
  G_OBJECT_CLASS (sobre_code_dialog_parent_class)->dispose (object);
}

static void
sobre_code_dialog_class_init (SobreCodeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_code_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-code-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreCodeDialog, problem_label);
  gtk_widget_class_bind_template_child (widget_class, SobreCodeDialog, entry);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, response_cb);
}

static void
sobre_code_dialog_init (SobreCodeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Nobody sees a window that is closed and collects. */
static void
question_cb (GtkWidget *parent, SobreCodeDesk *desk)
{
  const char *problem = sobre_code_desk_get_problem (desk);
  g_autofree char *body = NULL;
  SobreCodeDialog *self;

  if (!gtk_widget_get_mapped (parent))
    {
      sobre_code_desk_decline (desk);
      return;
    }
  self = g_object_new (SOBRE_TYPE_CODE_DIALOG, NULL);
  self->desk = g_object_ref (desk);
  /* Translators: %s is the name of a device that shows codes, as AWS writes it */
  body = g_strdup_printf (_ ("AWS wants the six digits that %s shows now."), sobre_code_desk_get_serial (desk));
  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (self), body);
  gtk_label_set_text (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
  adw_dialog_present (ADW_DIALOG (self), parent);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

void
sobre_code_dialog_attach (SobreCodeDesk *desk, GtkWidget *parent)
{
  g_signal_connect_object (desk, "question", G_CALLBACK (question_cb), parent, G_CONNECT_SWAPPED);
}

GtkEditable *
sobre_code_dialog_get_entry (SobreCodeDialog *self)
{
  return GTK_EDITABLE (self->entry);
}
