/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/menu/sobre-form-panel-private.h"

#include <glib/gi18n-lib.h>

#include "widgets/sobre-name-dialog.h"

#define QUESTIONS "questions"

static JsonNode *
get_root (SobreFormPanel *self)
{
  return sobre_editor_panel_get_root (SOBRE_EDITOR_PANEL (self));
}

/* Makes @list the questions. */
static gboolean
replace (SobreFormPanel *self, JsonNode *list)
{
  return sobre_document_book_replace (sobre_editor_panel_get_book (SOBRE_EDITOR_PANEL (self)), QUESTIONS, list, FALSE);
}

static gboolean
parse_index (const char *path, guint *index)
{
  return sscanf (path, "questions[%u]", index) == 1;
}

static guint
count (SobreFormPanel *self)
{
  JsonNode *list = sobre_document_find (get_root (self), QUESTIONS);

  return list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_array_get_length (json_node_get_array (list)) : 0;
}

static gboolean
is_taken (const char *id, gpointer data)
{
  JsonArray *questions = sobre_document_get_array (json_node_get_object (get_root (data)), QUESTIONS);

  for (guint i = 0; questions != NULL && i < json_array_get_length (questions); i++)
    {
      JsonObject *question = sobre_document_get_object (questions, i);

      if (question != NULL && g_strcmp0 (sobre_document_get_string (json_object_get_member (question, "id")), id) == 0)
        return TRUE;
    }
  return FALSE;
}

static JsonNode *
make_question (SobreFormPanel *self, const char *name)
{
  g_auto (GStrv) languages = sobre_document_list_languages (get_root (self));
  g_autofree char *id = sobre_document_make_id (name, "question", is_taken, self);
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "kind", "stars");
  json_object_set_member (object, "label", sobre_document_new_text (languages[0], name));
  json_node_set_object (node, object);
  json_node_seal (node);
  return node;
}

static DexFuture *
named_cb (DexFuture *future, gpointer user_data)
{
  SobreFormPanel *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);
  g_autoptr (JsonNode) question = NULL;
  g_autoptr (JsonNode) list = NULL;
  g_autofree char *path = NULL;

  if (value == NULL || sobre_editor_panel_get_session (SOBRE_EDITOR_PANEL (self)) == NULL || get_root (self) == NULL)
    return NULL;
  path = g_strdup_printf (QUESTIONS "[%u]", count (self));
  question = make_question (self, g_value_get_string (value));
  list = sobre_document_splice (sobre_document_find (get_root (self), QUESTIONS), G_MAXUINT, 0, question);
  if (replace (self, list))
    sobre_editor_panel_edit (SOBRE_EDITOR_PANEL (self), path);
  return NULL;
}

static void
add_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  dex_future_disown (dex_future_finally (sobre_name_dialog_ask (widget, _ ("New Question"), _ ("Short name"), _ ("_Add")),
                                         named_cb, g_object_ref (widget), g_object_unref));
}

static void
move (SobreFormPanel *self, const char *path, int step)
{
  JsonNode *list = sobre_document_find (get_root (self), QUESTIONS);
  JsonNode *question = sobre_document_find (get_root (self), path);
  g_autoptr (JsonNode) without = NULL;
  g_autoptr (JsonNode) moved = NULL;
  guint index;

  if (question == NULL || !parse_index (path, &index) || (step < 0 && index == 0) || (step > 0 && index + 1 >= count (self)))
    return;
  without = sobre_document_splice (list, index, 1, NULL);
  moved = sobre_document_splice (without, (guint) ((int) index + step), 0, question);
  replace (self, moved);
}

static void
move_up_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  move (SOBRE_FORM_PANEL (widget), g_variant_get_string (parameter, NULL), -1);
}

static void
move_down_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  move (SOBRE_FORM_PANEL (widget), g_variant_get_string (parameter, NULL), 1);
}

char *
sobre_form_panel_dup_name (SobreFormPanel *self, const char *path)
{
  JsonNode *node = sobre_document_find (get_root (self), path);
  g_auto (GStrv) languages = sobre_document_list_languages (get_root (self));

  return sobre_document_dup_text (
      node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_member (json_node_get_object (node), "label") : NULL,
      languages[0]);
}

static void
remove_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreFormPanel *self = SOBRE_FORM_PANEL (widget);
  const char *path = g_variant_get_string (parameter, NULL);
  g_autofree char *name = sobre_form_panel_dup_name (self, path);
  g_autofree char *words = NULL;
  g_autoptr (JsonNode) list = NULL;
  guint index;

  if (!parse_index (path, &index))
    return;
  list = sobre_document_splice (sobre_document_find (get_root (self), QUESTIONS), index, 1, NULL);
  if (!replace (self, list))
    return;
  /* Translators: the name of a question */
  words = g_strdup_printf (_ ("“%s” removed"), name);
  sobre_editor_panel_say (SOBRE_EDITOR_PANEL (self), words, TRUE);
}

static void
discard_response_cb (SobreFormPanel *self, const char *response)
{
  SobreEditorPanel *panel = SOBRE_EDITOR_PANEL (self);
  SobreSession *session = sobre_editor_panel_get_session (panel);

  if (g_str_equal (response, "discard") && session != NULL)
    sobre_editor_panel_run (panel, sobre_form_desk_discard (sobre_session_get_workspace (session)), SOBRE_EDITOR_DISCARD);
}

static void
discard_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Discard What Is Not Published?"),
                                            _ ("What is written here becomes what guests answer. This cannot be taken back."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "discard", _ ("_Discard"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (discard_response_cb), widget, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

void
sobre_form_panel_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "form.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "form.move-up", "s", move_up_action);
  gtk_widget_class_install_action (widget_class, "form.move-down", "s", move_down_action);
  gtk_widget_class_install_action (widget_class, "form.remove", "s", remove_action);
  gtk_widget_class_install_action (widget_class, "form.discard", NULL, discard_action);
}
