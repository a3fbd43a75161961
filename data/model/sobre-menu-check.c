/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* menu.json, which docs/menu.md describes. What a guest could be hurt by is never guessed: allergens have to be there, if only as an
 * empty list; a misspelt one is refused; and so is a diet that an allergen of the same dish contradicts. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/sobre-menu-private.h"
#include "model/sobre-money.h"

#define MAX_FILE_BYTES (1024 * 1024)
#define MAX_PARTS 12
#define MAX_SECTIONS 60
#define MAX_DISHES 300
#define MAX_SIZES 8
#define MAX_OPTIONS 40
#define MAX_NUMBER 9999
#define DAY_MINUTES (24 * 60)

/* MenuReader: one check of one menu: what it becomes, and what was found. @numbers: number → the dish's path. */
typedef struct
{
  SobreDocumentReader document;
  SobreMenu *menu;
  GHashTable *numbers;
} MenuReader;

/* A diet that cannot be with an allergen of the same dish. */
static const struct
{
  SobreDiet diet;
  SobreAllergen allergen;
} contradictions[] = {
  { SOBRE_DIET_VEGETARIAN, SOBRE_ALLERGEN_CRUSTACEANS },
  { SOBRE_DIET_VEGETARIAN, SOBRE_ALLERGEN_FISH },
  { SOBRE_DIET_VEGETARIAN, SOBRE_ALLERGEN_MOLLUSCS },
  { SOBRE_DIET_VEGAN, SOBRE_ALLERGEN_EGGS },
  { SOBRE_DIET_VEGAN, SOBRE_ALLERGEN_MILK },
  { SOBRE_DIET_KOSHER, SOBRE_ALLERGEN_CRUSTACEANS },
  { SOBRE_DIET_KOSHER, SOBRE_ALLERGEN_MOLLUSCS },
  { SOBRE_DIET_GLUTEN_FREE, SOBRE_ALLERGEN_GLUTEN },
};

/* The object at a place of a list. */
static JsonObject *
take_object (MenuReader *self, JsonArray *array, guint index, const char *path)
{
  JsonNode *node = json_array_get_element (array, index);

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  sobre_document_reader_refuse (&self->document, path, "", _ ("This has to be an object, “{…}”"));
  return NULL;
}

/* The names of a list as bits of a set; each has to be one of @names. */
static guint
read_set (MenuReader *self,
          JsonObject *object,
          const char *base,
          const char *member,
          const char *(*get_name) (guint),
          guint n_names)
{
  JsonArray *array = sobre_document_reader_get_array (&self->document, object, base, member, 0, n_names);
  guint set = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *name = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";
      g_autofree char *path = g_strdup_printf ("%s[%u]", member, i);
      g_autoptr (GString) known = g_string_new (NULL);
      guint found = 0;

      while (found < n_names && strcmp (get_name (found), name) != 0)
        found++;
      for (guint j = 0; j < n_names; j++)
        g_string_append_printf (known, j > 0 ? ", %s" : "%s", get_name (j));
      if (found == n_names)
        sobre_document_reader_refuse (&self->document, base, path, _ ("This has to be one of: %s"), known->str);
      else if (set & 1u << found)
        sobre_document_reader_refuse (&self->document, base, path, _ ("“%s” is named a second time"), name);
      else
        set |= 1u << found;
    }
  return set;
}

static const char *
get_allergen_name (guint allergen)
{
  return sobre_allergen_get_name (allergen);
}

static const char *
get_diet_name (guint diet)
{
  return sobre_diet_get_name (diet);
}

static SobreAllergens
read_allergens (MenuReader *self, JsonObject *object, const char *base)
{
  SobreAllergens allergens = { 0 };

  if (!json_object_has_member (object, "allergens"))
    sobre_document_reader_refuse (&self->document, base, "allergens",
                                  _ ("This is missing: list what it contains of the 14 allergens, or write “[]” for none"));
  else
    allergens.contains = (guint16) read_set (self, object, base, "allergens", get_allergen_name, SOBRE_N_ALLERGENS);
  if (json_object_has_member (object, "traces"))
    allergens.traces = (guint16) read_set (self, object, base, "traces", get_allergen_name, SOBRE_N_ALLERGENS);
  for (guint i = 0; i < SOBRE_N_ALLERGENS; i++)
    if (allergens.contains & allergens.traces & 1u << i)
      sobre_document_reader_refuse (&self->document, base, "traces",
                                    _ ("“%s” is among “allergens” already: remove it from one of the two"),
                                    sobre_allergen_get_name (i));
  return allergens;
}

/* @allergens: what a dish has when it is eaten by somebody on that diet. */
static guint8
read_diets (MenuReader *self, JsonObject *object, const char *base, SobreAllergens allergens)
{
  guint diets = 0;

  if (json_object_has_member (object, "diets"))
    diets = read_set (self, object, base, "diets", get_diet_name, SOBRE_N_DIETS);
  if (diets & 1u << SOBRE_DIET_VEGAN)
    diets |= 1u << SOBRE_DIET_VEGETARIAN;
  for (guint i = 0; i < G_N_ELEMENTS (contradictions); i++)
    {
      const char *diet = sobre_diet_get_name (contradictions[i].diet);
      const char *allergen = sobre_allergen_get_name (contradictions[i].allergen);

      if ((diets & 1u << contradictions[i].diet) == 0)
        continue;
      if (allergens.contains & 1u << contradictions[i].allergen)
        sobre_document_reader_refuse (&self->document, base, "diets",
                                      _ ("It cannot be “%s” and contain “%s”: correct one of the two"), diet, allergen);
      else if (contradictions[i].diet == SOBRE_DIET_GLUTEN_FREE && allergens.traces & 1u << SOBRE_ALLERGEN_GLUTEN)
        sobre_document_reader_warn (&self->document, base, "diets", _ ("It is “%s” and may hold traces of “%s”: is that meant"),
                                    diet, allergen);
    }
  return (guint8) diets;
}

static gint64
read_price (MenuReader *self, JsonObject *object, const char *base, gboolean may_be_negative)
{
  JsonNode *node = json_object_get_member (object, "price");
  const char *text = node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
  guint digits = sobre_money_get_digits (self->menu->currency);
  gint64 price = 0;

  if (node == NULL)
    sobre_document_reader_refuse (&self->document, base, "price", _ ("This is missing"));
  else if (text == NULL)
    sobre_document_reader_refuse (&self->document, base, "price", _ ("Write the price as a text in quotes, “%s”"),
                                  digits > 0 ? "12.50" : "1250");
  else if (!sobre_money_parse (text, self->menu->currency, &price) || (price < 0 && !may_be_negative))
    sobre_document_reader_refuse (
        &self->document, base, "price",
        g_dngettext (GETTEXT_PACKAGE, "This has to be a price in %s such as “%s”: digits, and with a point at most %u decimal",
                     "This has to be a price in %s such as “%s”: digits, and with a point at most %u decimals", digits),
        self->menu->currency, digits > 0 ? "12.50" : "1250", digits);
  return price;
}

/* An id that no other of its kind has. @taken: (element-type utf8): those of its kind so far */
static char *
read_id (MenuReader *self, JsonObject *object, const char *base, GHashTable *taken)
{
  g_autofree char *id = sobre_document_reader_dup_id (&self->document, object, base, "id");

  if (id != NULL && g_hash_table_contains (taken, id))
    sobre_document_reader_refuse (&self->document, base, "id", _ ("“%s” is taken by an earlier one"), id);
  else if (id != NULL)
    g_hash_table_add (taken, g_strdup (id));
  return g_steal_pointer (&id);
}

static SobreDocumentText *
read_name (MenuReader *self, JsonObject *object, const char *base)
{
  return sobre_document_reader_get_text (&self->document, object, base, "name", TRUE, SOBRE_DOCUMENT_NAME_CHARACTERS);
}

static SobreDocumentText *
read_text (MenuReader *self, JsonObject *object, const char *base)
{
  return sobre_document_reader_get_text (&self->document, object, base, "text", FALSE, SOBRE_DOCUMENT_TEXT_CHARACTERS);
}

static guint
read_time (MenuReader *self, JsonObject *object, const char *base, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  const char *text = node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";
  gboolean shaped = strlen (text) == 5 && g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[1]) && text[2] == ':' &&
                    g_ascii_isdigit (text[3]) && g_ascii_isdigit (text[4]);
  guint hours = shaped ? (guint) (text[0] - '0') * 10 + (guint) (text[1] - '0') : DAY_MINUTES;
  guint minutes = shaped ? (guint) (text[3] - '0') * 10 + (guint) (text[4] - '0') : 0;

  if (hours < 24 && minutes < 60)
    return hours * 60 + minutes;
  sobre_document_reader_refuse (&self->document, base, member, _ ("This has to be a time of day such as “18:30”"));
  return 0;
}

static void
read_part (MenuReader *self, JsonArray *array, guint index, GHashTable *taken)
{
  static const char *const known[] = { "id", "name", "from", "until", NULL };
  g_autofree char *base = g_strdup_printf ("day_parts[%u]", index);
  JsonObject *object = take_object (self, array, index, base);
  SobreMenuPart *part = sobre_menu_add_part (self->menu);
  guint n_fatal = self->document.n_fatal;

  if (object == NULL)
    return;
  sobre_document_reader_check_members (&self->document, object, base, known);
  part->id = read_id (self, object, base, taken);
  part->name = read_name (self, object, base);
  part->from = read_time (self, object, base, "from");
  part->until = read_time (self, object, base, "until");
  if (self->document.n_fatal == n_fatal && part->from == part->until)
    sobre_document_reader_refuse (&self->document, base, "until", _ ("A part of the day cannot end when it begins"));
}

static void
read_parts (MenuReader *self, JsonObject *root)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *array = json_object_has_member (root, "day_parts")
                         ? sobre_document_reader_get_array (&self->document, root, "", "day_parts", 0, MAX_PARTS)
                         : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    read_part (self, array, i, taken);
}

/* Which parts of the day a dish or section is served in. */
static guint16
read_served (MenuReader *self, JsonObject *object, const char *base, guint16 otherwise)
{
  JsonArray *array = json_object_has_member (object, "day_parts")
                         ? sobre_document_reader_get_array (&self->document, object, base, "day_parts", 1, MAX_PARTS)
                         : NULL;
  guint served = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *id = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";
      g_autofree char *path = g_strdup_printf ("day_parts[%u]", i);
      guint found = 0;

      while (found < self->menu->parts->len &&
             g_strcmp0 (((const SobreMenuPart *) g_ptr_array_index (self->menu->parts, found))->id, id) != 0)
        found++;
      if (found == self->menu->parts->len)
        sobre_document_reader_refuse (&self->document, base, path, _ ("The menu's “day_parts” has none of that id"));
      else
        served |= 1u << found;
    }
  return array != NULL ? (guint16) served : otherwise;
}

static void
read_size (MenuReader *self, JsonArray *array, guint index, const char *base, SobreMenuDish *dish, GHashTable *taken)
{
  static const char *const known[] = { "id", "name", "price", NULL };
  g_autofree char *path = g_strdup_printf ("%s.sizes[%u]", base, index);
  JsonObject *object = take_object (self, array, index, path);
  SobreMenuSize *size = sobre_menu_dish_add_size (dish);

  if (object == NULL)
    return;
  sobre_document_reader_check_members (&self->document, object, path, known);
  size->id = read_id (self, object, path, taken);
  size->name = read_name (self, object, path);
  size->price = read_price (self, object, path, FALSE);
}

/* One price, or several portions with a price each. */
static void
read_prices (MenuReader *self, JsonObject *object, const char *base, SobreMenuDish *dish)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *array;

  if (!json_object_has_member (object, "sizes"))
    {
      dish->price = read_price (self, object, base, FALSE);
      return;
    }
  if (json_object_has_member (object, "price"))
    sobre_document_reader_refuse (&self->document, base, "price",
                                  _ ("A dish with “sizes” has their prices and none of its own"));
  array = sobre_document_reader_get_array (&self->document, object, base, "sizes", 2, MAX_SIZES);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    read_size (self, array, i, base, dish, taken);
}

static void
read_option (MenuReader *self, JsonArray *array, guint index, const char *base, SobreMenuDish *dish, GHashTable *taken)
{
  static const char *const known[] = { "id", "name", "price", "allergens", "traces", "diets", "sold_out", NULL };
  g_autofree char *path = g_strdup_printf ("%s.options[%u]", base, index);
  JsonObject *object = take_object (self, array, index, path);
  SobreMenuOption *option = sobre_menu_dish_add_option (dish);

  if (object == NULL)
    return;
  sobre_document_reader_check_members (&self->document, object, path, known);
  option->id = read_id (self, object, path, taken);
  option->name = read_name (self, object, path);
  option->price = json_object_has_member (object, "price") ? read_price (self, object, path, TRUE) : 0;
  option->allergens = read_allergens (self, object, path);
  /* The option may take away what the dish contains without it: only what it brings itself can contradict. */
  option->diets = read_diets (self, object, path, option->allergens);
  option->sold_out = sobre_document_reader_get_boolean (&self->document, object, path, "sold_out");
}

static void
read_options (MenuReader *self, JsonObject *object, const char *base, SobreMenuDish *dish)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *array = json_object_has_member (object, "options")
                         ? sobre_document_reader_get_array (&self->document, object, base, "options", 0, MAX_OPTIONS)
                         : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    read_option (self, array, i, base, dish, taken);
}

static void
read_number (MenuReader *self, JsonObject *object, const char *base, SobreMenuDish *dish)
{
  guint n_fatal = self->document.n_fatal;
  const char *other;

  if (!json_object_has_member (object, "number"))
    return;
  dish->number = (guint) sobre_document_reader_get_number (&self->document, object, base, "number", 1, MAX_NUMBER, 0);
  if (self->document.n_fatal > n_fatal)
    return;
  other = g_hash_table_lookup (self->numbers, GUINT_TO_POINTER (dish->number));
  if (other != NULL)
    sobre_document_reader_refuse (&self->document, base, "number", _ ("%u is the number of “%s” already"), dish->number, other);
  else
    g_hash_table_insert (self->numbers, GUINT_TO_POINTER (dish->number), g_strdup (base));
}

static void
read_dish (MenuReader *self, JsonArray *array, guint index, const char *base, SobreMenuSection *section, GHashTable *taken)
{
  static const char *const known[] = { "id",     "number", "name",      "text",     "price",   "sizes", "allergens",
                                       "traces", "diets",  "day_parts", "sold_out", "options", NULL };
  g_autofree char *path = g_strdup_printf ("%s.dishes[%u]", base, index);
  JsonObject *object = take_object (self, array, index, path);
  SobreMenuDish *dish = sobre_menu_section_add_dish (section);

  if (object == NULL)
    return;
  sobre_document_reader_check_members (&self->document, object, path, known);
  dish->id = read_id (self, object, path, taken);
  read_number (self, object, path, dish);
  dish->name = read_name (self, object, path);
  dish->text = read_text (self, object, path);
  read_prices (self, object, path, dish);
  dish->allergens = read_allergens (self, object, path);
  dish->diets = read_diets (self, object, path, dish->allergens);
  dish->parts = read_served (self, object, path, section->parts);
  dish->sold_out = sobre_document_reader_get_boolean (&self->document, object, path, "sold_out");
  read_options (self, object, path, dish);
  if (dish->id != NULL)
    g_hash_table_insert (self->menu->dishes, dish->id, dish);
}

static void
read_section (MenuReader *self, JsonArray *array, guint index, GHashTable *sections, GHashTable *dishes)
{
  static const char *const known[] = { "id", "name", "text", "day_parts", "dishes", NULL };
  g_autofree char *base = g_strdup_printf ("sections[%u]", index);
  JsonObject *object = take_object (self, array, index, base);
  SobreMenuSection *section = sobre_menu_add_section (self->menu);
  JsonArray *list;

  if (object == NULL)
    return;
  sobre_document_reader_check_members (&self->document, object, base, known);
  section->id = read_id (self, object, base, sections);
  section->name = read_name (self, object, base);
  section->text = read_text (self, object, base);
  section->parts = read_served (self, object, base, 0);
  list = sobre_document_reader_get_array (&self->document, object, base, "dishes", 1, MAX_DISHES);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    read_dish (self, list, i, base, section, dishes);
}

static void
read_sections (MenuReader *self, JsonObject *root)
{
  g_autoptr (GHashTable) sections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) dishes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonArray *array = sobre_document_reader_get_array (&self->document, root, "", "sections", 1, MAX_SECTIONS);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    read_section (self, array, i, sections, dishes);
}

static void
read_document (MenuReader *self, JsonObject *root)
{
  static const char *const known[] = { "languages", "title", "intro", "note", "day_parts", "sections", NULL };
  SobreMenu *menu = self->menu;

  sobre_document_reader_check_members (&self->document, root, "", known);
  menu->languages = sobre_document_reader_dup_languages (&self->document, root);
  self->document.languages = menu->languages;
  menu->words[SOBRE_MENU_TITLE] =
      sobre_document_reader_get_text (&self->document, root, "", "title", TRUE, SOBRE_DOCUMENT_NAME_CHARACTERS);
  menu->words[SOBRE_MENU_INTRO] =
      sobre_document_reader_get_text (&self->document, root, "", "intro", FALSE, SOBRE_DOCUMENT_TEXT_CHARACTERS);
  menu->words[SOBRE_MENU_NOTE] =
      sobre_document_reader_get_text (&self->document, root, "", "note", FALSE, SOBRE_DOCUMENT_TEXT_CHARACTERS);
  read_parts (self, root);
  read_sections (self, root);
}

SobreMenu *
sobre_menu_parse (const char *json, gssize length, const char *currency, GPtrArray **issues, GError **error)
{
  g_autoptr (SobreMenu) menu = g_object_new (SOBRE_TYPE_MENU, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_document_issue_free);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_free);
  MenuReader reader = { { NULL, found, 0 }, menu, numbers };
  g_autoptr (JsonNode) root =
      sobre_document_reader_parse (&reader.document, json, length < 0 ? strlen (json) : (gsize) length, MAX_FILE_BYTES);
  gboolean usable;

  menu->currency = g_strdup (currency);
  if (root != NULL)
    read_document (&reader, json_node_get_object (root));
  usable = sobre_document_reader_finish (&reader.document, error);
  if (issues != NULL)
    *issues = g_steal_pointer (&found);
  return usable ? g_steal_pointer (&menu) : NULL;
}
