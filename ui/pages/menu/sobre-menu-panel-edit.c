/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/menu/sobre-menu-panel-private.h"

#include <glib/gi18n-lib.h>

#include "widgets/sobre-name-dialog.h"

#define SECTIONS "sections"

/* Place: which section and which dish a path is about; @dish is -1 for the section itself. */
typedef struct
{
  guint section;
  int dish;
} Place;

static gboolean
parse_place (const char *path, Place *place)
{
  place->dish = -1;
  return sscanf (path, "sections[%u].dishes[%d]", &place->section, &place->dish) >= 1;
}

static char *
format_place (const Place *place)
{
  return place->dish < 0 ? g_strdup_printf ("sections[%u]", place->section)
                         : g_strdup_printf ("sections[%u].dishes[%d]", place->section, place->dish);
}

static JsonNode *
get_root (SobreMenuPanel *self)
{
  return sobre_editor_panel_get_root (SOBRE_EDITOR_PANEL (self));
}

/* @root with another list at @path. (transfer full) */
static JsonNode *
put_list (JsonNode *root, const char *path, guint index, guint n_removed, JsonNode *added)
{
  JsonNode *list = sobre_document_find (root, path);
  g_autoptr (JsonNode) changed = sobre_document_splice (list, index, n_removed, added);

  return sobre_document_replace (root, path, list, changed);
}

static guint
count (JsonNode *root, const char *path)
{
  JsonNode *list = sobre_document_find (root, path);

  return list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_array_get_length (json_node_get_array (list)) : 0;
}

/* Makes the sections of @root, (transfer full) (nullable), those of the menu. */
static gboolean
take_sections (SobreMenuPanel *self, JsonNode *root)
{
  g_autoptr (JsonNode) owned = root;

  return root != NULL && sobre_document_book_replace (sobre_editor_panel_get_book (SOBRE_EDITOR_PANEL (self)), SECTIONS,
                                                      sobre_document_find (root, SECTIONS), FALSE);
}

static void
find_ids (JsonNode *root, gboolean sections, GHashTable *ids)
{
  JsonArray *array = root != NULL ? sobre_document_get_array (json_node_get_object (root), SECTIONS) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *section = sobre_document_get_object (array, i);
      JsonArray *dishes = section != NULL ? sobre_document_get_array (section, "dishes") : NULL;

      if (sections && section != NULL)
        g_hash_table_add (ids, (gpointer) sobre_document_get_string (json_object_get_member (section, "id")));
      for (guint j = 0; !sections && dishes != NULL && j < json_array_get_length (dishes); j++)
        {
          JsonObject *dish = sobre_document_get_object (dishes, j);

          if (dish != NULL)
            g_hash_table_add (ids, (gpointer) sobre_document_get_string (json_object_get_member (dish, "id")));
        }
    }
}

static guint
hash_id (gconstpointer id)
{
  return id != NULL ? g_str_hash (id) : 0;
}

static gboolean
equal_ids (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (a, b) == 0;
}

static gboolean
is_taken (const char *id, gpointer ids)
{
  return g_hash_table_contains (ids, id);
}

/* An id that is none of another's, not of what guests see either: answers name dishes by it. */
static char *
make_id (SobreMenuPanel *self, const char *name, gboolean section)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (hash_id, equal_ids);

  find_ids (get_root (self), section, ids);
  if (self->published != NULL)
    find_ids (self->published->root, section, ids);
  return sobre_document_make_id (name, section ? "section" : "dish", is_taken, ids);
}

static JsonNode *
make_entry (SobreMenuPanel *self, const char *name, gboolean section)
{
  g_auto (GStrv) languages = sobre_document_list_languages (get_root (self));
  g_autofree char *id = make_id (self, name, section);
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "id", id);
  json_object_set_member (object, "name", sobre_document_new_text (languages[0], name));
  if (section)
    json_object_set_array_member (object, "dishes", json_array_new ());
  else
    json_object_set_string_member (object, "price", "");
  json_node_set_object (node, object);
  json_node_seal (node);
  return node;
}

/* Adding: where what is asked for comes in. */
typedef struct
{
  SobreMenuPanel *panel;
  char *section; /* (nullable): the path of the section that gets a dish; %NULL for a new section */
} Adding;

static void
adding_free (gpointer data)
{
  Adding *self = data;

  g_object_unref (self->panel);
  g_free (self->section);
  g_free (self);
}

static DexFuture *
named_cb (DexFuture *future, gpointer user_data)
{
  Adding *adding = user_data;
  SobreMenuPanel *self = adding->panel;
  const GValue *value = dex_future_get_value (future, NULL);
  g_autofree char *list = adding->section != NULL ? g_strconcat (adding->section, ".dishes", NULL) : g_strdup (SECTIONS);
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) entry = NULL;
  guint n;

  if (value == NULL || sobre_editor_panel_get_session (SOBRE_EDITOR_PANEL (self)) == NULL || get_root (self) == NULL)
    return NULL;
  n = count (get_root (self), list);
  path = g_strdup_printf ("%s[%u]", list, n);
  entry = make_entry (self, g_value_get_string (value), adding->section == NULL);
  if (take_sections (self, put_list (get_root (self), list, n, 0, entry)) && adding->section != NULL)
    sobre_editor_panel_edit (SOBRE_EDITOR_PANEL (self), path);
  return NULL;
}

static void
ask_name (SobreMenuPanel *self, const char *section)
{
  Adding *adding = g_new0 (Adding, 1);

  adding->panel = g_object_ref (self);
  adding->section = g_strdup (section);
  dex_future_disown (dex_future_finally (
      sobre_name_dialog_ask (GTK_WIDGET (self), section != NULL ? _ ("New Dish") : _ ("New Section"), _ ("Name"), _ ("_Add")),
      named_cb, adding, adding_free));
}

static void
add_section_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  ask_name (SOBRE_MENU_PANEL (widget), NULL);
}

static void
add_dish_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  ask_name (SOBRE_MENU_PANEL (widget), g_variant_get_string (parameter, NULL));
}

static void
duplicate_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreMenuPanel *self = SOBRE_MENU_PANEL (widget);
  const char *path = g_variant_get_string (parameter, NULL);
  JsonNode *dish = sobre_document_find (get_root (self), path);
  g_autofree char *name = NULL;
  g_autofree char *id = NULL;
  g_autofree char *list = NULL;
  g_autofree char *copy_path = NULL;
  g_autoptr (JsonNode) renamed = NULL;
  g_autoptr (JsonNode) copy = NULL;
  g_auto (GStrv) languages = NULL;
  Place place;

  if (dish == NULL || !JSON_NODE_HOLDS_OBJECT (dish) || !parse_place (path, &place))
    return;
  languages = sobre_document_list_languages (get_root (self));
  name = sobre_document_dup_text (json_object_get_member (json_node_get_object (dish), "name"), languages[0]);
  id = make_id (self, name, FALSE);
  renamed = sobre_document_set (dish, "id", sobre_document_new_string (id));
  copy = sobre_document_set (renamed, "number", NULL);
  list = g_strdup_printf ("sections[%u].dishes", place.section);
  place.dish++;
  copy_path = format_place (&place);
  if (take_sections (self, put_list (get_root (self), list, (guint) place.dish, 0, copy)))
    sobre_editor_panel_edit (SOBRE_EDITOR_PANEL (self), copy_path);
}

/* The next place up or down: the neighbour's, or the end of the section beside. FALSE where there is none. */
static gboolean
find_next (JsonNode *root, const Place *from, int step, Place *to)
{
  g_autofree char *list = g_strdup_printf ("sections[%u].dishes", from->section);

  *to = *from;
  if (from->dish < 0)
    {
      to->section = (guint) ((int) from->section + step);
      return (step > 0 || from->section > 0) && to->section < count (root, SECTIONS);
    }
  to->dish += step;
  if (to->dish >= 0 && to->dish < (int) count (root, list))
    return TRUE;
  if ((step < 0 && from->section == 0) || (step > 0 && from->section + 1 >= count (root, SECTIONS)))
    return FALSE;
  to->section = (guint) ((int) from->section + step);
  {
    g_autofree char *other = g_strdup_printf ("sections[%u].dishes", to->section);

    to->dish = step < 0 ? (int) count (root, other) : 0;
  }
  return TRUE;
}

static char *
dup_list (const Place *place)
{
  return place->dish < 0 ? g_strdup (SECTIONS) : g_strdup_printf ("sections[%u].dishes", place->section);
}

static void
move (SobreMenuPanel *self, const char *path, int step)
{
  JsonNode *root = get_root (self);
  JsonNode *node = root != NULL ? sobre_document_find (root, path) : NULL;
  g_autoptr (JsonNode) without = NULL;
  g_autofree char *from_list = NULL;
  g_autofree char *to_list = NULL;
  Place from, to;

  if (node == NULL || !parse_place (path, &from) || !find_next (root, &from, step, &to))
    return;
  from_list = dup_list (&from);
  to_list = dup_list (&to);
  without = put_list (root, from_list, from.dish < 0 ? from.section : (guint) from.dish, 1, NULL);
  if (without != NULL)
    take_sections (self, put_list (without, to_list, to.dish < 0 ? to.section : (guint) to.dish, 0, node));
}

static void
move_up_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  move (SOBRE_MENU_PANEL (widget), g_variant_get_string (parameter, NULL), -1);
}

static void
move_down_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  move (SOBRE_MENU_PANEL (widget), g_variant_get_string (parameter, NULL), 1);
}

static void
remove_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreMenuPanel *self = SOBRE_MENU_PANEL (widget);
  const char *path = g_variant_get_string (parameter, NULL);
  JsonNode *node = sobre_document_find (get_root (self), path);
  g_auto (GStrv) languages = sobre_document_list_languages (get_root (self));
  g_autofree char *list = NULL;
  g_autofree char *name = NULL;
  g_autofree char *words = NULL;
  Place place;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node) || !parse_place (path, &place))
    return;
  name = sobre_document_dup_text (json_object_get_member (json_node_get_object (node), "name"), languages[0]);
  list = dup_list (&place);
  if (!take_sections (self, put_list (get_root (self), list, place.dish < 0 ? place.section : (guint) place.dish, 1, NULL)))
    return;
  /* Translators: the name of a dish or section */
  words = g_strdup_printf (_ ("“%s” removed"), name);
  sobre_editor_panel_say (SOBRE_EDITOR_PANEL (self), words, TRUE);
}

static void
start_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreEditorPanel *panel = SOBRE_EDITOR_PANEL (widget);
  const SobreSettings *settings =
      sobre_workspace_get_settings (sobre_session_get_workspace (sobre_editor_panel_get_session (panel)));
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonArray *languages = json_array_new ();

  for (guint i = 0; settings->languages[i] != NULL; i++)
    json_array_add_string_element (languages, settings->languages[i]);
  json_object_set_array_member (object, "languages", languages);
  json_object_set_member (object, "title", sobre_document_new_text (settings->languages[0], _ ("Menu")));
  json_object_set_array_member (object, "sections", json_array_new ());
  json_node_set_object (root, object);
  sobre_document_book_replace (sobre_editor_panel_get_book (panel), "", root, FALSE);
}

void
sobre_menu_panel_class_install_edits (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "menu.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "menu.add-section", NULL, add_section_action);
  gtk_widget_class_install_action (widget_class, "menu.add-dish", "s", add_dish_action);
  gtk_widget_class_install_action (widget_class, "menu.duplicate", "s", duplicate_action);
  gtk_widget_class_install_action (widget_class, "menu.move-up", "s", move_up_action);
  gtk_widget_class_install_action (widget_class, "menu.move-down", "s", move_down_action);
  gtk_widget_class_install_action (widget_class, "menu.remove", "s", remove_action);
}
