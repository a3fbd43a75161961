/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The list of a menu: a line for each section and each dish. A line lives as long as its section or dish does, so that a change touches
 * only the lines that it is about, and the place in a long menu stays. */

#include "pages/menu/sobre-menu-line-row.h"
#include "pages/menu/sobre-menu-panel-private.h"

/* A line of before, or a new one. @old: key → line. (transfer full) */
static SobreMenuLine *
take_line (GHashTable *old, const char *kind, JsonObject *object, const char *path)
{
  const char *id = sobre_document_get_string (json_object_get_member (object, "id"));
  g_autofree char *key = g_strconcat (kind, "/", id != NULL ? id : path, NULL);
  gpointer line = NULL;

  /* Two of one id are two lines: each is taken once. */
  if (g_hash_table_steal_extended (old, key, NULL, &line))
    return line;
  return sobre_menu_line_new (key, g_str_equal (kind, "section"));
}

static void
add_line (SobreMenuPanel *self, GPtrArray *lines, GHashTable *old, const char *kind, JsonNode *node, const char *path)
{
  g_auto (GStrv) languages = sobre_document_list_languages (sobre_editor_panel_get_root (SOBRE_EDITOR_PANEL (self)));
  SobreWorkspace *workspace = sobre_session_get_workspace (sobre_editor_panel_get_session (SOBRE_EDITOR_PANEL (self)));
  SobreMenuLine *line = take_line (old, kind, json_node_get_object (node), path);

  sobre_menu_line_set_place (line, path, node, languages[0], sobre_workspace_get_settings (workspace)->currency);
  sobre_menu_line_set_state (line, self->published);
  g_ptr_array_add (lines, line);
}

static GPtrArray *
list_lines (SobreMenuPanel *self, JsonNode *root)
{
  g_autoptr (GHashTable) old = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray *sections = sobre_document_get_array (json_node_get_object (root), "sections");

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->lines)); i++)
    {
      SobreMenuLine *line = g_list_model_get_item (G_LIST_MODEL (self->lines), i);

      g_hash_table_insert (old, (gpointer) sobre_menu_line_get_key (line), line);
    }
  for (guint i = 0; sections != NULL && i < json_array_get_length (sections); i++)
    {
      JsonObject *section = sobre_document_get_object (sections, i);
      JsonArray *dishes = section != NULL ? sobre_document_get_array (section, "dishes") : NULL;
      g_autofree char *base = g_strdup_printf ("sections[%u]", i);

      if (section != NULL)
        add_line (self, lines, old, "section", json_array_get_element (sections, i), base);
      for (guint j = 0; dishes != NULL && j < json_array_get_length (dishes); j++)
        {
          g_autofree char *path = g_strdup_printf ("%s.dishes[%u]", base, j);

          if (sobre_document_get_object (dishes, j) != NULL)
            add_line (self, lines, old, "dish", json_array_get_element (dishes, j), path);
        }
    }
  return lines;
}

static gboolean
has_line (SobreMenuPanel *self, guint position, gpointer line)
{
  g_autoptr (GObject) there = g_list_model_get_item (G_LIST_MODEL (self->lines), position);

  return there == line;
}

/* Puts @lines in place of those that differ, and lets the others be. */
static void
put_lines (SobreMenuPanel *self, GPtrArray *lines)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->lines));
  guint begin = 0, end = 0;

  while (begin < n_old && begin < lines->len && has_line (self, begin, g_ptr_array_index (lines, begin)))
    begin++;
  while (end < n_old - begin && end < lines->len - begin &&
         has_line (self, n_old - 1 - end, g_ptr_array_index (lines, lines->len - 1 - end)))
    end++;
  if (n_old - begin - end > 0 || lines->len - begin - end > 0)
    g_list_store_splice (self->lines, begin, n_old - begin - end, lines->pdata + begin, lines->len - begin - end);
}

static void
show_list (SobreMenuPanel *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lines));
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  gtk_stack_set_visible_child_name (self->list_stack, n == 0 ? "empty" : n_shown == 0 ? "not-found" : "lines");
}

void
sobre_menu_panel_fill (SobreEditorPanel *panel)
{
  SobreMenuPanel *self = SOBRE_MENU_PANEL (panel);
  JsonNode *root = sobre_editor_panel_get_root (panel);
  GPtrArray *issues;
  g_autoptr (GPtrArray) lines = NULL;

  if (root == NULL)
    return;
  issues = sobre_document_book_get_issues (sobre_editor_panel_get_book (panel));
  lines = list_lines (self, root);
  for (guint i = 0; i < lines->len; i++)
    sobre_menu_line_set_issues (g_ptr_array_index (lines, i), issues);
  put_lines (self, lines);
  show_list (self);
}

static void
search_changed_cb (SobreMenuPanel *self)
{
  gtk_string_filter_set_search (self->filter, gtk_editable_get_text (self->search_entry));
  show_list (self);
}

static void
line_activated_cb (SobreMenuPanel *self, guint position)
{
  g_autoptr (SobreMenuLine) line = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (line != NULL)
    sobre_editor_panel_edit (SOBRE_EDITOR_PANEL (self), sobre_menu_line_get_path (line));
}

static void
setup_cb (SobreMenuPanel *self, GtkListItem *item)
{
  GtkWidget *row = g_object_new (SOBRE_TYPE_MENU_LINE_ROW, NULL);

  g_object_bind_property (self, "busy", row, "busy", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (SobreMenuPanel *self, GtkListItem *item)
{
  SobreMenuLine *line = gtk_list_item_get_item (item);

  g_object_set (gtk_list_item_get_child (item), "line", line, NULL);
  gtk_list_item_set_accessible_label (item, sobre_menu_line_get_name (line));
  gtk_list_item_set_accessible_description (item, sobre_menu_line_get_subtitle (line));
}

static void
unbind_cb (SobreMenuPanel *self, GtkListItem *item)
{
  g_object_set (gtk_list_item_get_child (item), "line", NULL, NULL);
}

void
sobre_menu_panel_class_install_list (GtkWidgetClass *widget_class)
{
  g_type_ensure (SOBRE_TYPE_MENU_LINE_ROW);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, line_activated_cb);
}

void
sobre_menu_panel_make_list (SobreMenuPanel *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkExpression *words = gtk_property_expression_new (SOBRE_TYPE_MENU_LINE, NULL, "words");
  GtkFilterListModel *found;

  self->lines = g_list_store_new (SOBRE_TYPE_MENU_LINE);
  self->filter = gtk_string_filter_new (words);
  found = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->lines)), g_object_ref (GTK_FILTER (self->filter)));
  self->selection = gtk_single_selection_new (G_LIST_MODEL (found));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
}
