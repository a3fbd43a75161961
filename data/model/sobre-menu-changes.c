/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/sobre-menu-changes.h"

#include <glib/gi18n-lib.h>

static const char *const presence_names[] = { "no-item", "none", "traces", "contains" };

const char *
sobre_presence_get_name (SobrePresence presence)
{
  g_assert ((guint) presence < G_N_ELEMENTS (presence_names));
  return presence_names[presence];
}

gboolean
sobre_presence_parse (const char *name, SobrePresence *presence)
{
  for (guint i = 0; i < G_N_ELEMENTS (presence_names); i++)
    if (g_str_equal (presence_names[i], name))
      {
        *presence = i;
        return TRUE;
      }
  return FALSE;
}

SobreAllergenChange *
sobre_allergen_change_new (const char *item, const char *name, SobreAllergen allergen, SobrePresence was, SobrePresence is)
{
  SobreAllergenChange *self = g_new0 (SobreAllergenChange, 1);

  self->item = g_strdup (item);
  self->name = g_strdup (name);
  self->allergen = allergen;
  self->was = was;
  self->is = is;
  return self;
}

void
sobre_allergen_change_free (SobreAllergenChange *self)
{
  g_free (self->item);
  g_free (self->name);
  g_free (self);
}

/* Item: a dish or an option, as this comparison sees both. */
typedef struct
{
  char *id;
  char *name;
  SobreAllergens allergens;
} Item;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->id);
  g_free (item->name);
  g_free (item);
}

static void
add_item (GPtrArray *items, char *id, char *name, SobreAllergens allergens)
{
  Item *item = g_new0 (Item, 1);

  item->id = id;
  item->name = name;
  item->allergens = allergens;
  g_ptr_array_add (items, item);
}

static void
add_dish (GPtrArray *items, const SobreMenuDish *dish, const char *language)
{
  const char *name = sobre_document_text_get (dish->name, language);

  add_item (items, g_strdup (dish->id), g_strdup (name), dish->allergens);
  for (guint i = 0; i < dish->options->len; i++)
    {
      const SobreMenuOption *option = g_ptr_array_index (dish->options, i);

      add_item (items, g_strconcat (dish->id, "/", option->id, NULL),
                g_strconcat (name, ", ", sobre_document_text_get (option->name, language), NULL), option->allergens);
    }
}

static GPtrArray *
list_items (SobreMenu *menu)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (item_free);
  GPtrArray *sections = menu != NULL ? sobre_menu_get_sections (menu) : NULL;

  for (guint i = 0; sections != NULL && i < sections->len; i++)
    {
      const SobreMenuSection *section = g_ptr_array_index (sections, i);

      for (guint j = 0; j < section->dishes->len; j++)
        add_dish (items, g_ptr_array_index (section->dishes, j), sobre_menu_get_languages (menu)[0]);
    }
  return items;
}

static GHashTable *
index_items (GPtrArray *items)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < items->len; i++)
    {
      Item *item = g_ptr_array_index (items, i);

      g_hash_table_insert (index, item->id, item);
    }
  return index;
}

static SobrePresence
get_presence (const Item *item, SobreAllergen allergen)
{
  if (item == NULL)
    return SOBRE_PRESENCE_NO_ITEM;
  if (item->allergens.contains & 1u << allergen)
    return SOBRE_PRESENCE_CONTAINS;
  return item->allergens.traces & 1u << allergen ? SOBRE_PRESENCE_TRACES : SOBRE_PRESENCE_NONE;
}

/* Of an item that comes or goes only what it has is worth a line, not what it has not. */
static void
compare (GPtrArray *changes, const Item *before, const Item *after)
{
  const Item *item = after != NULL ? after : before;

  for (guint i = 0; i < SOBRE_N_ALLERGENS; i++)
    {
      SobrePresence was = get_presence (before, i);
      SobrePresence is = get_presence (after, i);

      if (was != is && MAX (was, is) > SOBRE_PRESENCE_NONE)
        g_ptr_array_add (changes, sobre_allergen_change_new (item->id, item->name, i, was, is));
    }
}

GPtrArray *
sobre_menu_list_allergen_changes (SobreMenu *before, SobreMenu *after)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_allergen_change_free);
  g_autoptr (GPtrArray) old_items = list_items (before);
  g_autoptr (GPtrArray) new_items = list_items (after);
  g_autoptr (GHashTable) old_index = index_items (old_items);
  g_autoptr (GHashTable) new_index = index_items (new_items);

  for (guint i = 0; i < new_items->len; i++)
    {
      const Item *item = g_ptr_array_index (new_items, i);

      compare (changes, g_hash_table_lookup (old_index, item->id), item);
    }
  for (guint i = 0; i < old_items->len; i++)
    {
      const Item *item = g_ptr_array_index (old_items, i);

      if (!g_hash_table_contains (new_index, item->id))
        compare (changes, item, NULL);
    }
  return changes;
}

static const char *
get_name (const SobreMenuDish *dish)
{
  return sobre_document_text_get (dish->name, NULL);
}

static void
note (GPtrArray *issues, const SobreMenuDish *dish, char *message)
{
  SobreDocumentIssue *issue = g_new0 (SobreDocumentIssue, 1);

  issue->path = g_strdup (dish->id);
  issue->message = message;
  g_ptr_array_add (issues, issue);
}

/* Dishes of one menu, by what people know them by. */
typedef struct
{
  GHashTable *by_number;
  GHashTable *by_name;
} Directory;

static void
directory_clear (Directory *self)
{
  g_hash_table_unref (self->by_number);
  g_hash_table_unref (self->by_name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Directory, directory_clear)

/* Calls @visit for each dish of a menu. */
static void
visit_dishes (SobreMenu *menu, void (*visit) (SobreMenuDish *dish, gpointer data), gpointer data)
{
  GPtrArray *sections = sobre_menu_get_sections (menu);

  for (guint i = 0; i < sections->len; i++)
    {
      const SobreMenuSection *section = g_ptr_array_index (sections, i);

      for (guint j = 0; j < section->dishes->len; j++)
        visit (g_ptr_array_index (section->dishes, j), data);
    }
}

static void
enter_dish (SobreMenuDish *dish, gpointer data)
{
  Directory *directory = data;

  if (dish->number != 0)
    g_hash_table_insert (directory->by_number, GUINT_TO_POINTER (dish->number), dish);
  g_hash_table_insert (directory->by_name, (gpointer) get_name (dish), dish);
}

/* Comparison: one search for numbers and ids that changed hands. */
typedef struct
{
  const Directory *before;
  SobreMenu *after;
  GPtrArray *issues;
} Comparison;

static void
compare_dish (SobreMenuDish *dish, gpointer data)
{
  const Comparison *self = data;
  const SobreMenuDish *numbered = g_hash_table_lookup (self->before->by_number, GUINT_TO_POINTER (dish->number));
  const SobreMenuDish *named = g_hash_table_lookup (self->before->by_name, get_name (dish));

  if (numbered != NULL && !g_str_equal (numbered->id, dish->id))
    note (self->issues, dish,
          g_strdup_printf (_ ("Number %u was “%s” until now; guests and staff may know it as that"), dish->number,
                           get_name (numbered)));
  if (named != NULL && !g_str_equal (named->id, dish->id) && sobre_menu_find_dish (self->after, named->id) == NULL)
    note (self->issues, dish,
          g_strdup_printf (_ ("“%s” had the id “%s” until now; its ratings so far stay with that id"), get_name (dish),
                           named->id));
}

GPtrArray *
sobre_menu_list_number_changes (SobreMenu *before, SobreMenu *after)
{
  GPtrArray *issues = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_document_issue_free);
  g_auto (Directory)
      directory = { g_hash_table_new (g_direct_hash, g_direct_equal), g_hash_table_new (g_str_hash, g_str_equal) };
  Comparison comparison = { &directory, after, issues };

  visit_dishes (before, enter_dish, &directory);
  visit_dishes (after, compare_dish, &comparison);
  return issues;
}
