/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/menu/sobre-versions-dialog.h"

#include <glib/gi18n-lib.h>

struct _SobreVersionsDialog
{
  AdwDialog parent_instance;

  AdwPreferencesGroup *group;
  char *consequence;
  GArray *versions; /* (element-type guint) */
  guint chosen;
};

G_DEFINE_FINAL_TYPE (SobreVersionsDialog, sobre_versions_dialog, ADW_TYPE_DIALOG)

static void
agreed_cb (SobreVersionsDialog *self, const char *response)
{
  if (!g_str_equal (response, "back"))
    return;
  g_signal_emit_by_name (self, "roll-back", self->chosen);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
roll_back_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreVersionsDialog *self = SOBRE_VERSIONS_DIALOG (widget);
  g_autofree char *heading = NULL;
  AdwDialog *dialog;

  self->chosen = g_variant_get_uint32 (parameter);
  heading = g_strdup_printf (_ ("Roll Back to Version %u?"), self->chosen);
  dialog = adw_alert_dialog_new (heading, self->consequence);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "back", _ ("_Roll Back"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "back", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (agreed_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
sobre_versions_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), SOBRE_TYPE_VERSIONS_DIALOG);
  G_OBJECT_CLASS (sobre_versions_dialog_parent_class)->dispose (object);
}

static void
sobre_versions_dialog_finalize (GObject *object)
{
  g_free (SOBRE_VERSIONS_DIALOG (object)->consequence);
  g_array_unref (SOBRE_VERSIONS_DIALOG (object)->versions);
  G_OBJECT_CLASS (sobre_versions_dialog_parent_class)->finalize (object);
}

static void
sobre_versions_dialog_class_init (SobreVersionsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_versions_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = sobre_versions_dialog_finalize;
  g_signal_new ("roll-back", SOBRE_TYPE_VERSIONS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-versions-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreVersionsDialog, group);
  gtk_widget_class_install_action (widget_class, "versions.roll-back", "u", roll_back_action);
}

static void
sobre_versions_dialog_init (SobreVersionsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->versions = g_array_new (FALSE, FALSE, sizeof (guint));
}

SobreVersionsDialog *
sobre_versions_dialog_new (const char *consequence)
{
  SobreVersionsDialog *self = g_object_new (SOBRE_TYPE_VERSIONS_DIALOG, NULL);

  self->consequence = g_strdup (consequence);
  return self;
}

static GtkWidget *
make_suffix (guint version, const char *who, gboolean current)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (who);
  GtkWidget *button = gtk_button_new_with_label (_ ("Roll Back…"));
  g_autofree char *words = g_strdup_printf (_ ("Roll back to version %u"), version);

  gtk_widget_add_css_class (label, "success");
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_set_visible (label, who != NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (button, !current);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", version);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "versions.roll-back");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static char *
join (const char *words, const char *more)
{
  return words != NULL && *words != '\0' ? g_strdup_printf ("%s %s", words, more) : g_strdup (more);
}

gboolean
sobre_versions_dialog_has (SobreVersionsDialog *self, guint version)
{
  for (guint i = 0; i < self->versions->len; i++)
    if (g_array_index (self->versions, guint, i) == version)
      return TRUE;
  return FALSE;
}

void
sobre_versions_dialog_add_consequence (SobreVersionsDialog *self, const char *words)
{
  char *consequence = join (self->consequence, words);

  g_free (self->consequence);
  self->consequence = consequence;
}

void
sobre_versions_dialog_add_note (SobreVersionsDialog *self, const char *words)
{
  g_autofree char *note = join (adw_preferences_group_get_description (self->group), words);

  adw_preferences_group_set_description (self->group, note);
}

void
sobre_versions_dialog_add (SobreVersionsDialog *self,
                           guint version,
                           const char *subtitle,
                           const char *const *details,
                           const char *who,
                           gboolean current)
{
  GtkWidget *row = details[0] != NULL ? adw_expander_row_new () : adw_action_row_new ();
  g_autofree char *title = g_strdup_printf (_ ("Version %u"), version);
  GtkWidget *suffix = make_suffix (version, who, current);

  g_array_append_val (self->versions, version);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (ADW_IS_EXPANDER_ROW (row))
    {
      adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
      adw_expander_row_set_subtitle_lines (ADW_EXPANDER_ROW (row), 2);
      adw_expander_row_add_suffix (ADW_EXPANDER_ROW (row), suffix);
    }
  else
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
    }
  for (guint i = 0; details[i] != NULL; i++)
    {
      GtkWidget *detail = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (detail), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (detail), details[i]);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), detail);
    }
  adw_preferences_group_add (self->group, row);
}
