/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/menu/sobre-node-editor.h"

#include <glib/gi18n-lib.h>

#include "fields/sobre-allergens-field.h"
#include "fields/sobre-chips-field.h"
#include "fields/sobre-flag-field.h"
#include "fields/sobre-kind-field.h"
#include "fields/sobre-languages-field.h"
#include "fields/sobre-line-field.h"
#include "fields/sobre-list-field.h"
#include "fields/sobre-object-field.h"
#include "fields/sobre-rule-field.h"
#include "fields/sobre-texts-field.h"
#include "model/sobre-document.h"

#define RESOURCES "/io/github/sobremesa/Sobremesa/"

struct _SobreNodeEditor
{
  AdwNavigationPage parent_instance;

  GtkBox *box;
  GtkLabel *id_label;
  GtkLabel *other_label;
  SobreDocumentBook *book;
  SobreEditorKind kind;
  char *path;
  JsonNode *node; /* what is shown */
  GPtrArray *fields;
  SobreField *latest; /* (nullable): the field that was changed last, borrowed */
  gboolean storing;
};

static const struct
{
  const char *resource;
  const char *title; /* (nullable): the page's, where the object has no name */
} kinds[] = {
  [SOBRE_EDITOR_MENU] = { "sobre-menu-fields.ui", N_ ("Texts and Languages") },
  [SOBRE_EDITOR_SECTION] = { "sobre-section-fields.ui", N_ ("Section") },
  [SOBRE_EDITOR_DISH] = { "sobre-dish-fields.ui", N_ ("Dish") },
  [SOBRE_EDITOR_FORM] = { "sobre-form-fields.ui", N_ ("Texts and Consent") },
  [SOBRE_EDITOR_QUESTION] = { "sobre-question-fields.ui", N_ ("Question") },
};

G_DEFINE_FINAL_TYPE (SobreNodeEditor, sobre_node_editor, ADW_TYPE_NAVIGATION_PAGE)

static JsonObject *
get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
get_id (JsonNode *node)
{
  JsonObject *object = get_object (node);

  return object != NULL ? sobre_document_get_string (json_object_get_member (object, "id")) : NULL;
}

static void
show_title (SobreNodeEditor *self)
{
  JsonNode *root = sobre_document_book_get_root (self->book);
  g_auto (GStrv) languages = sobre_document_list_languages (root);
  JsonNode *text = json_object_get_member (get_object (self->node), "name");
  g_autofree char *name = NULL;
  const char *id = get_id (self->node);
  /* Translators: what answers and events call a dish */
  g_autofree char *words =
      id != NULL ? g_strdup_printf (_ ("Id: %s. It stays, so that answers of all times are about the same."), id) : NULL;

  if (text == NULL)
    text = json_object_get_member (get_object (self->node), "label");
  name = sobre_document_dup_text (*self->path == '\0' ? NULL : text, languages[0]);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), *name != '\0' ? name : _ (kinds[self->kind].title));
  gtk_label_set_text (self->id_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->id_label), words != NULL && *self->path != '\0');
}

/* @except: (nullable): the field that knows already */
static void
load_fields (SobreNodeEditor *self, SobreField *except)
{
  JsonNode *root = sobre_document_book_get_root (self->book);
  g_auto (GStrv) languages = sobre_document_list_languages (root);
  const SobreFieldContext context = { root, languages, self->path };

  for (guint i = 0; i < self->fields->len; i++)
    if (g_ptr_array_index (self->fields, i) != except || SOBRE_IS_OBJECT_FIELD (except))
      sobre_field_load (g_ptr_array_index (self->fields, i), get_object (self->node), &context);
  show_title (self);
}

/* Whether a field says it. */
static gboolean
is_said (SobreNodeEditor *self, const SobreDocumentIssue *issue)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const char *member = sobre_field_get_member (g_ptr_array_index (self->fields, i));
      g_autofree char *prefix = g_strconcat (self->path, *self->path != '\0' ? "." : "", member, NULL);

      if (sobre_field_is_below (issue->path, prefix) ||
          (g_str_equal (member, "allergens") && g_str_has_suffix (issue->path, ".traces")))
        return TRUE;
    }
  return FALSE;
}

static void
show_issues (SobreNodeEditor *self)
{
  GPtrArray *issues = sobre_document_book_get_issues (self->book);
  g_autoptr (GString) others = g_string_new (NULL);
  g_autofree char *below = g_strconcat (self->path,
                                        *self->path != '\0'               ? ".dishes"
                                        : self->kind == SOBRE_EDITOR_FORM ? "questions"
                                                                          : "sections",
                                        NULL);

  for (guint i = 0; i < self->fields->len; i++)
    sobre_field_take_issues (g_ptr_array_index (self->fields, i), issues, self->path);
  for (guint i = 0; i < issues->len; i++)
    {
      const SobreDocumentIssue *issue = g_ptr_array_index (issues, i);
      gboolean own = *self->path == '\0' || sobre_field_is_below (issue->path, self->path);

      /* What is below in the list has an editor of its own. */
      if (issue->fatal && own && !is_said (self, issue) &&
          !(sobre_field_is_below (issue->path, below) && !g_str_equal (issue->path, below)))
        g_string_append_printf (others, "%s%s: %s", others->len > 0 ? "\n" : "", issue->path, issue->message);
    }
  gtk_label_set_text (self->other_label, others->str);
  gtk_widget_set_visible (GTK_WIDGET (self->other_label), others->len > 0);
}

static void
field_changed_cb (SobreNodeEditor *self, SobreField *field)
{
  g_autoptr (JsonNode) after = sobre_field_store (field, self->node);
  g_autoptr (JsonNode) before = self->node;

  self->node = json_node_ref (after);
  self->storing = TRUE;
  sobre_document_book_replace (self->book, self->path, after, self->latest == field);
  self->storing = FALSE;
  self->latest = field;
  load_fields (self, field);
}

/* A page that is on its way out has none before it any more. */
static void
leave (SobreNodeEditor *self)
{
  AdwNavigationPage *page = ADW_NAVIGATION_PAGE (self);
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);
  AdwNavigationPage *before = view != NULL ? adw_navigation_view_get_previous_page (ADW_NAVIGATION_VIEW (view), page) : NULL;

  if (before != NULL)
    adw_navigation_view_pop_to_page (ADW_NAVIGATION_VIEW (view), before);
}

/* Somebody else has changed the document, or something was taken back. */
static void
root_changed_cb (SobreNodeEditor *self)
{
  JsonNode *root = sobre_document_book_get_root (self->book);
  JsonNode *node = root != NULL ? sobre_document_find (root, self->path) : NULL;
  g_autoptr (JsonNode) before = NULL;

  if (self->storing || self->fields == NULL)
    return;
  if (get_object (node) == NULL || g_strcmp0 (get_id (node), get_id (self->node)) != 0)
    {
      leave (self);
      return;
    }
  before = self->node;
  self->node = json_node_ref (node);
  self->latest = NULL;
  load_fields (self, NULL);
}

static void
update_actions (SobreNodeEditor *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "document.undo", sobre_document_book_get_can_undo (self->book));
}

static void
undo_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_free (sobre_document_book_undo (SOBRE_NODE_EDITOR (widget)->book));
}

static void
sobre_node_editor_dispose (GObject *object)
{
  SobreNodeEditor *self = SOBRE_NODE_EDITOR (object);

  g_clear_pointer (&self->fields, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_NODE_EDITOR);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (sobre_node_editor_parent_class)->dispose (object);
}

static void
sobre_node_editor_finalize (GObject *object)
{
  SobreNodeEditor *self = SOBRE_NODE_EDITOR (object);

  g_free (self->path);
  g_clear_pointer (&self->node, json_node_unref);
  G_OBJECT_CLASS (sobre_node_editor_parent_class)->finalize (object);
}

static void
sobre_node_editor_class_init (SobreNodeEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_node_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = sobre_node_editor_finalize;
  g_type_ensure (SOBRE_TYPE_ALLERGENS_FIELD);
  g_type_ensure (SOBRE_TYPE_CHIPS_FIELD);
  g_type_ensure (SOBRE_TYPE_FLAG_FIELD);
  g_type_ensure (SOBRE_TYPE_KIND_FIELD);
  g_type_ensure (SOBRE_TYPE_LANGUAGES_FIELD);
  g_type_ensure (SOBRE_TYPE_LINE_FIELD);
  g_type_ensure (SOBRE_TYPE_LIST_FIELD);
  g_type_ensure (SOBRE_TYPE_OBJECT_FIELD);
  g_type_ensure (SOBRE_TYPE_RULE_FIELD);
  g_type_ensure (SOBRE_TYPE_TEXTS_FIELD);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCES "sobre-node-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreNodeEditor, box);
  gtk_widget_class_bind_template_child (widget_class, SobreNodeEditor, id_label);
  gtk_widget_class_bind_template_child (widget_class, SobreNodeEditor, other_label);
  gtk_widget_class_install_action (widget_class, "document.undo", NULL, undo_action);
}

static void
sobre_node_editor_init (SobreNodeEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
sobre_node_editor_new (SobreDocumentBook *book, SobreEditorKind kind, const char *path)
{
  SobreNodeEditor *self = g_object_new (SOBRE_TYPE_NODE_EDITOR, NULL);
  g_autofree char *resource = g_strconcat (RESOURCES, kinds[kind].resource, NULL);
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (resource);
  GtkWidget *content = GTK_WIDGET (gtk_builder_get_object (builder, "fields"));

  self->book = g_object_ref (book);
  self->kind = kind;
  self->path = g_strdup (path);
  self->node = json_node_ref (sobre_document_find (sobre_document_book_get_root (book), path));
  gtk_box_prepend (self->box, content);
  self->fields = sobre_fields_collect (content);
  for (guint i = 0; i < self->fields->len; i++)
    {
      SobreField *field = g_ptr_array_index (self->fields, i);

      g_signal_connect_object (field, "changed", G_CALLBACK (field_changed_cb), self, G_CONNECT_SWAPPED);
      if (SOBRE_IS_LIST_FIELD (field))
        g_signal_connect_object (field, "opened", G_CALLBACK (show_issues), self, G_CONNECT_SWAPPED);
    }
  load_fields (self, NULL);
  show_issues (self);
  update_actions (self);
  g_signal_connect_object (book, "notify::root", G_CALLBACK (root_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (book, "notify::issues", G_CALLBACK (show_issues), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (book, "notify::can-undo", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  return ADW_NAVIGATION_PAGE (self);
}

const char *
sobre_node_editor_get_path (SobreNodeEditor *self)
{
  return self->path;
}
