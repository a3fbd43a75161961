/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/menu/sobre-form-panel-private.h"

#include <glib/gi18n-lib.h>

#include "fields/sobre-field.h"
#include "fields/sobre-kind-field.h"
#include "fields/sobre-rule-field.h"

G_DEFINE_FINAL_TYPE (SobreFormPanel, sobre_form_panel, SOBRE_TYPE_EDITOR_PANEL)

/* The first fault at a question. */
static const char *
find_fault (SobreFormPanel *self, const char *path)
{
  GPtrArray *issues = sobre_document_book_get_issues (sobre_editor_panel_get_book (SOBRE_EDITOR_PANEL (self)));

  for (guint i = 0; i < issues->len; i++)
    {
      const SobreDocumentIssue *issue = g_ptr_array_index (issues, i);

      if (issue->fatal && sobre_field_is_below (issue->path, path))
        return issue->message;
    }
  return NULL;
}

static GMenuModel *
make_menu (const char *path)
{
  static const struct
  {
    const char *label;
    const char *action;
  } items[] = { { N_ ("_Edit"), "editor.edit" },
                { N_ ("Move _Up"), "form.move-up" },
                { N_ ("Move Dow_n"), "form.move-down" },
                { N_ ("_Remove"), "form.remove" } };
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (_ (items[i].label), NULL);

      g_menu_item_set_action_and_target (item, items[i].action, "s", path);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static GtkWidget *
make_menu_button (const char *path, const char *name)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenuModel) menu = make_menu (path);
  /* Translators: the name of a question */
  g_autofree char *words = g_strdup_printf (_ ("What to do with “%s”"), name);

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Question Menu"));
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  return button;
}

static char *
describe (JsonObject *question, JsonNode *root, const char *language)
{
  const char *kind = sobre_document_get_string (json_object_get_member (question, "kind"));
  g_autofree char *rule = sobre_question_rule_say (question, root, language);
  JsonNode *required = json_object_get_member (question, "required");
  GString *words = g_string_new (sobre_question_kind_say (kind));

  if (required != NULL && json_node_get_value_type (required) == G_TYPE_BOOLEAN && json_node_get_boolean (required))
    g_string_append_printf (words, " · %s", _ ("has to be answered"));
  if (rule != NULL)
    g_string_append_printf (words, " · %s", rule);
  return g_string_free_and_steal (words);
}

static GtkWidget *
make_row (SobreFormPanel *self, JsonObject *question, guint index, const char *language)
{
  JsonNode *root = sobre_editor_panel_get_root (SOBRE_EDITOR_PANEL (self));
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *path = g_strdup_printf ("questions[%u]", index);
  g_autofree char *text = sobre_document_dup_text (json_object_get_member (question, "text"), language);
  g_autofree char *label = sobre_document_dup_text (json_object_get_member (question, "label"), language);
  g_autofree char *subtitle = describe (question, root, language);
  const char *fault = find_fault (self, path);
  const char *name = *text != '\0' ? text : *label != '\0' ? label : _ ("Without a name");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), fault != NULL ? fault : subtitle);
  if (fault != NULL)
    gtk_widget_add_css_class (row, "error");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", path);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "editor.edit");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_menu_button (path, name));
  return row;
}

static void
sobre_form_panel_fill (SobreEditorPanel *panel)
{
  SobreFormPanel *self = SOBRE_FORM_PANEL (panel);
  JsonNode *root = sobre_editor_panel_get_root (SOBRE_EDITOR_PANEL (self));
  JsonArray *questions = root != NULL ? sobre_document_get_array (json_node_get_object (root), "questions") : NULL;
  g_auto (GStrv) languages = root != NULL ? sobre_document_list_languages (root) : NULL;
  GtkWidget *add;

  gtk_list_box_remove_all (self->list);
  for (guint i = 0; questions != NULL && i < json_array_get_length (questions); i++)
    {
      JsonObject *question = sobre_document_get_object (questions, i);

      if (question != NULL)
        gtk_list_box_append (self->list, make_row (self, question, i, languages[0]));
    }
  add = adw_button_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (add), _ ("Add a Question…"));
  adw_button_row_set_start_icon_name (ADW_BUTTON_ROW (add), "list-add-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "form.add");
  gtk_list_box_append (self->list, add);
}

static void
sobre_form_panel_reset (SobreEditorPanel *panel)
{
  g_clear_pointer (&SOBRE_FORM_PANEL (panel)->state, sobre_form_state_unref);
  g_clear_object (&SOBRE_FORM_PANEL (panel)->form);
}

static DexFuture *
sobre_form_panel_check (SobreEditorPanel *panel, JsonNode *root)
{
  return sobre_form_desk_check (sobre_session_get_workspace (sobre_editor_panel_get_session (panel)), root);
}

static void
sobre_form_panel_take_check (SobreEditorPanel *panel, const GValue *value, SobreEditorSight *sight)
{
  SobreFormPanel *self = SOBRE_FORM_PANEL (panel);

  g_clear_pointer (&self->state, sobre_form_state_unref);
  self->state = g_value_dup_boxed (value);
  if (self->state->form != NULL)
    g_set_object (&self->form, self->state->form);
  sobre_editor_panel_set_local (panel, self->state->version, NULL);
  *sight = (SobreEditorSight) { self->state->issues, self->state->form != NULL, self->state->differs,
                                self->state->history->len > 0 };
}

static char *
sobre_form_panel_say_published (SobreEditorPanel *panel)
{
  return g_strdup_printf (_ ("Guests answer version %u"), SOBRE_FORM_PANEL (panel)->state->version);
}

static char *
sobre_form_panel_find_place (SobreEditorPanel *panel, const char *path)
{
  guint index;

  return sscanf (path, "questions[%u]", &index) == 1 ? g_strdup_printf ("questions[%u]", index) : NULL;
}

static char *
sobre_form_panel_say_place (SobreEditorPanel *panel, const char *path)
{
  return *path != '\0' ? sobre_form_panel_dup_name (SOBRE_FORM_PANEL (panel), path) : g_strdup (_ ("The whole form"));
}

static SobreEditorKind
sobre_form_panel_get_editor (SobreEditorPanel *panel, const char *path)
{
  return *path == '\0' ? SOBRE_EDITOR_FORM : SOBRE_EDITOR_QUESTION;
}

static void
sobre_form_panel_update_actions (SobreEditorPanel *panel)
{
  SobreFormPanel *self = SOBRE_FORM_PANEL (panel);

  gtk_widget_action_set_enabled (GTK_WIDGET (panel), "form.add", sobre_editor_panel_get_root (panel) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (panel), "form.discard",
                                 self->state != NULL && self->state->differs && !sobre_editor_panel_is_busy (panel));
}

static void
sobre_form_panel_dispose (GObject *object)
{
  SobreFormPanel *self = SOBRE_FORM_PANEL (object);

  sobre_editor_panel_clear (SOBRE_EDITOR_PANEL (object));
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_FORM_PANEL);
  g_clear_object (&self->form);
  g_clear_pointer (&self->state, sobre_form_state_unref);
  G_OBJECT_CLASS (sobre_form_panel_parent_class)->dispose (object);
}

static void
sobre_form_panel_class_init (SobreFormPanelClass *klass)
{
  SobreEditorPanelClass *panel_class = SOBRE_EDITOR_PANEL_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_form_panel_dispose;
  panel_class->kind = SOBRE_DOCUMENT_FORM;
  panel_class->reset = sobre_form_panel_reset;
  panel_class->fill = sobre_form_panel_fill;
  panel_class->check = sobre_form_panel_check;
  panel_class->take_check = sobre_form_panel_take_check;
  panel_class->say_published = sobre_form_panel_say_published;
  panel_class->find_place = sobre_form_panel_find_place;
  panel_class->say_place = sobre_form_panel_say_place;
  panel_class->get_editor = sobre_form_panel_get_editor;
  panel_class->update_actions = sobre_form_panel_update_actions;
  sobre_form_panel_class_install_publishing (panel_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-form-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreFormPanel, list);
  sobre_form_panel_class_install_actions (widget_class);
}

static void
sobre_form_panel_init (SobreFormPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sobre_editor_panel_update_actions (SOBRE_EDITOR_PANEL (self));
}

SobreForm *
sobre_form_panel_get_form (SobreFormPanel *self)
{
  return self->form;
}
