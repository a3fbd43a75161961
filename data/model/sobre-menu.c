/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/sobre-menu.h"

#include <string.h>

#include "model/sobre-menu-private.h"

G_DEFINE_FINAL_TYPE (SobreMenu, sobre_menu, G_TYPE_OBJECT)

static const char *const allergen_names[SOBRE_N_ALLERGENS] = {
  "gluten", "crustaceans", "eggs",    "fish",   "peanuts",   "soybeans", "milk",
  "nuts",   "celery",      "mustard", "sesame", "sulphites", "lupin",    "molluscs",
};

static const char *const diet_names[SOBRE_N_DIETS] = {
  "vegetarian", "vegan", "halal", "kosher", "gluten_free", "lactose_free",
};

const char *
sobre_allergen_get_name (SobreAllergen allergen)
{
  g_assert ((guint) allergen < SOBRE_N_ALLERGENS);
  return allergen_names[allergen];
}

const char *
sobre_diet_get_name (SobreDiet diet)
{
  g_assert ((guint) diet < SOBRE_N_DIETS);
  return diet_names[diet];
}

static void
free_part (gpointer data)
{
  SobreMenuPart *part = data;

  g_free (part->id);
  g_clear_pointer (&part->name, sobre_document_text_free);
  g_free (part);
}

static void
free_size (gpointer data)
{
  SobreMenuSize *size = data;

  g_free (size->id);
  g_clear_pointer (&size->name, sobre_document_text_free);
  g_free (size);
}

static void
free_option (gpointer data)
{
  SobreMenuOption *option = data;

  g_free (option->id);
  g_clear_pointer (&option->name, sobre_document_text_free);
  g_free (option);
}

static void
free_dish (gpointer data)
{
  SobreMenuDish *dish = data;

  g_free (dish->id);
  g_clear_pointer (&dish->name, sobre_document_text_free);
  g_clear_pointer (&dish->text, sobre_document_text_free);
  g_ptr_array_unref (dish->sizes);
  g_ptr_array_unref (dish->options);
  g_free (dish);
}

static void
free_section (gpointer data)
{
  SobreMenuSection *section = data;

  g_free (section->id);
  g_clear_pointer (&section->name, sobre_document_text_free);
  g_clear_pointer (&section->text, sobre_document_text_free);
  g_ptr_array_unref (section->dishes);
  g_free (section);
}

SobreMenuPart *
sobre_menu_add_part (SobreMenu *self)
{
  SobreMenuPart *part = g_new0 (SobreMenuPart, 1);

  g_ptr_array_add (self->parts, part);
  return part;
}

SobreMenuSection *
sobre_menu_add_section (SobreMenu *self)
{
  SobreMenuSection *section = g_new0 (SobreMenuSection, 1);

  section->dishes = g_ptr_array_new_with_free_func (free_dish);
  g_ptr_array_add (self->sections, section);
  return section;
}

SobreMenuDish *
sobre_menu_section_add_dish (SobreMenuSection *section)
{
  SobreMenuDish *dish = g_new0 (SobreMenuDish, 1);

  dish->sizes = g_ptr_array_new_with_free_func (free_size);
  dish->options = g_ptr_array_new_with_free_func (free_option);
  g_ptr_array_add (section->dishes, dish);
  return dish;
}

SobreMenuSize *
sobre_menu_dish_add_size (SobreMenuDish *dish)
{
  SobreMenuSize *size = g_new0 (SobreMenuSize, 1);

  g_ptr_array_add (dish->sizes, size);
  return size;
}

SobreMenuOption *
sobre_menu_dish_add_option (SobreMenuDish *dish)
{
  SobreMenuOption *option = g_new0 (SobreMenuOption, 1);

  g_ptr_array_add (dish->options, option);
  return option;
}

static void
sobre_menu_finalize (GObject *object)
{
  SobreMenu *self = SOBRE_MENU (object);

  g_free (self->currency);
  g_strfreev (self->languages);
  for (guint i = 0; i < SOBRE_MENU_N_WORDS; i++)
    g_clear_pointer (&self->words[i], sobre_document_text_free);
  g_hash_table_unref (self->dishes);
  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->sections);
  G_OBJECT_CLASS (sobre_menu_parent_class)->finalize (object);
}

static void
sobre_menu_class_init (SobreMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_menu_finalize;
}

static void
sobre_menu_init (SobreMenu *self)
{
  self->parts = g_ptr_array_new_with_free_func (free_part);
  self->sections = g_ptr_array_new_with_free_func (free_section);
  self->dishes = g_hash_table_new (g_str_hash, g_str_equal);
}

const char *
sobre_menu_get_currency (SobreMenu *self)
{
  return self->currency;
}

const char *const *
sobre_menu_get_languages (SobreMenu *self)
{
  return (const char *const *) self->languages;
}

const char *
sobre_menu_get_words (SobreMenu *self, SobreMenuWords words, const char *language)
{
  g_assert ((guint) words < SOBRE_MENU_N_WORDS);
  return sobre_document_text_get (self->words[words], language);
}

const SobreDocumentText *
sobre_menu_get_text (SobreMenu *self, SobreMenuWords words)
{
  g_assert ((guint) words < SOBRE_MENU_N_WORDS);
  return self->words[words];
}

GPtrArray *
sobre_menu_get_parts (SobreMenu *self)
{
  return self->parts;
}

GPtrArray *
sobre_menu_get_sections (SobreMenu *self)
{
  return self->sections;
}

guint
sobre_menu_get_n_dishes (SobreMenu *self)
{
  return g_hash_table_size (self->dishes);
}

guint16
sobre_menu_get_used_allergens (SobreMenu *self)
{
  GHashTableIter iter;
  gpointer value;
  guint16 used = 0;

  g_hash_table_iter_init (&iter, self->dishes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const SobreMenuDish *dish = value;

      used |= dish->allergens.contains | dish->allergens.traces;
      for (guint i = 0; i < dish->options->len; i++)
        {
          const SobreMenuOption *option = g_ptr_array_index (dish->options, i);

          used |= option->allergens.contains | option->allergens.traces;
        }
    }
  return used;
}

guint8
sobre_menu_get_used_diets (SobreMenu *self)
{
  GHashTableIter iter;
  gpointer value;
  guint8 used = 0;

  g_hash_table_iter_init (&iter, self->dishes);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const SobreMenuDish *dish = value;

      used |= dish->diets;
      for (guint i = 0; i < dish->options->len; i++)
        used |= ((const SobreMenuOption *) g_ptr_array_index (dish->options, i))->diets;
    }
  return used;
}

const SobreMenuDish *
sobre_menu_find_dish (SobreMenu *self, const char *id)
{
  return g_hash_table_lookup (self->dishes, id);
}

const SobreMenuDish *
sobre_menu_find_item (SobreMenu *self, const char *item, const SobreMenuOption **option)
{
  const char *slash = strchr (item, '/');
  g_autofree char *id = slash != NULL ? g_strndup (item, (gsize) (slash - item)) : g_strdup (item);
  const SobreMenuDish *dish = sobre_menu_find_dish (self, id);

  if (option != NULL)
    *option = NULL;
  if (slash == NULL || dish == NULL)
    return dish;
  for (guint i = 0; i < dish->options->len; i++)
    {
      const SobreMenuOption *candidate = g_ptr_array_index (dish->options, i);

      if (strcmp (candidate->id, slash + 1) != 0)
        continue;
      if (option != NULL)
        *option = candidate;
      return dish;
    }
  return NULL;
}
