/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/cloud/sobre-errand-question.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pages/cloud/sobre-plan-view.h"

#define GO "go"

/** Asking: a dialog for a question. @word: what has to come back · @entry: (nullable): where it is typed */
typedef struct
{
  SobreErrand *errand;
  char *word;
  GtkEditable *entry;
} Asking;

static void
asking_free (gpointer data, GClosure *closure)
{
  Asking *self = data;

  g_object_unref (self->errand);
  g_free (self->word);
  g_free (self);
}

static void
answered_cb (AdwAlertDialog *dialog, const char *response, gpointer user_data)
{
  Asking *self = user_data;

  sobre_errand_answer (self->errand, strcmp (response, GO) == 0 ? self->word : NULL);
}

static gboolean
is_typed (const Asking *self)
{
  return strcmp (gtk_editable_get_text (self->entry), self->word) == 0;
}

static void
typed_cb (GtkEditable *entry, gpointer user_data)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (gtk_widget_get_ancestor (GTK_WIDGET (entry), ADW_TYPE_ALERT_DIALOG));

  if (dialog != NULL)
    adw_alert_dialog_set_response_enabled (dialog, GO, is_typed (user_data));
}

static const char *
get_heading (SobreStackQuestionKind kind)
{
  switch (kind)
    {
    case SOBRE_STACK_QUESTION_LOSS:
      return _ ("Lose Data?");
    case SOBRE_STACK_QUESTION_REMOVE:
      return _ ("Remove What Is Deployed?");
    case SOBRE_STACK_QUESTION_REMOVE_LAKE:
      return _ ("Remove Every Answer?");
    case SOBRE_STACK_QUESTION_PLAN:
    default:
      return _ ("Deploy This?");
    }
}

/* What of a plan loses data, a line each. */
static char *
list_losses (const SobreStackPlan *plan)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; plan != NULL && i < plan->changes->len; i++)
    {
      const SobreChange *change = g_ptr_array_index (plan->changes, i);
      g_autofree char *words = sobre_change_loses_data (change) ? sobre_change_dup_words (change) : NULL;

      if (words != NULL)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "",
                                sobre_change_group_get_name (sobre_change_get_group (change)), words);
    }
  return g_strdup (text->str);
}

static char *
make_body (const SobreStackQuestion *question)
{
  g_autofree char *part = NULL;

  switch (question->kind)
    {
    case SOBRE_STACK_QUESTION_LOSS:
      part = list_losses (question->plan);
      return g_strdup_printf (_ ("What these hold would be gone:\n%s\nType %s to go on."), part, question->word);
    case SOBRE_STACK_QUESTION_REMOVE:
      return g_strdup_printf (_ ("The form, the menu and the collector are removed. The lake is kept. Type %s to go on."),
                              question->word);
    case SOBRE_STACK_QUESTION_REMOVE_LAKE:
      return g_strdup_printf (_ ("Every answer in the lake would be lost, with every earlier version of it. Type %s to go on."),
                              question->word);
    case SOBRE_STACK_QUESTION_PLAN:
    default:
      part = question->plan != NULL ? sobre_plan_dup_counts (question->plan) : NULL;
      return g_strdup_printf (_ ("%s\n%s\nWhat is not there yet begins to cost something."),
                              question->plan != NULL ? question->plan->stack : "", part != NULL ? part : "");
    }
}

static const char *
get_button (SobreStackQuestionKind kind)
{
  if (kind == SOBRE_STACK_QUESTION_PLAN)
    return _ ("_Deploy");
  return kind == SOBRE_STACK_QUESTION_LOSS ? _ ("_Lose It") : _ ("_Remove");
}

static GtkWidget *
make_entry (Asking *asking)
{
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *label = g_strdup_printf (_ ("Type %s"), asking->word);

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), asking->word);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  asking->entry = GTK_EDITABLE (entry);
  g_signal_connect (entry, "changed", G_CALLBACK (typed_cb), asking);
  return entry;
}

/* Whatever the flow asked is no question any more. */
static void
ended_cb (AdwDialog *dialog)
{
  adw_dialog_force_close (dialog);
}

void
sobre_errand_question_present (SobreErrand *errand, GtkWidget *parent)
{
  const SobreStackQuestion *question = sobre_errand_get_question (errand);
  gboolean is_plan;
  g_autofree char *body = NULL;
  AdwDialog *dialog;
  Asking *asking;

  if (question == NULL)
    return;
  is_plan = question->kind == SOBRE_STACK_QUESTION_PLAN;
  body = make_body (question);
  asking = g_new0 (Asking, 1);
  asking->errand = g_object_ref (errand);
  asking->word = g_strdup (question->word);
  dialog = adw_alert_dialog_new (get_heading (question->kind), body);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), GO, get_button (question->kind), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), GO,
                                            is_plan ? ADW_RESPONSE_SUGGESTED : ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), GO);
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), asking, asking_free, G_CONNECT_DEFAULT);
  g_signal_connect_object (errand, "ended", G_CALLBACK (ended_cb), dialog, G_CONNECT_SWAPPED);
  if (!is_plan)
    {
      adw_alert_dialog_set_extra_child (ADW_ALERT_DIALOG (dialog), make_entry (asking));
      adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (dialog), GO, FALSE);
    }
  adw_dialog_present (dialog, parent);
}
