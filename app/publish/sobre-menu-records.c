/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The store's pointer and the lines of its history, as JSON. */

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "model/sobre-time.h"
#include "model/sobre-json-members.h"
#include "publish/sobre-menu-store-private.h"

#define SHA256_DIGITS 64
#define NAME_DIGITS 16
#define MAX_VERSION 999999
#define MAX_TEXT 200
#define HEX "0123456789abcdef"

static const char *const action_names[] = { "publish", "roll-back" };

void
sobre_menu_pointer_free (SobreMenuPointer *self)
{
  g_free (self->file);
  g_free (self->sha256);
  g_free (self->currency);
  g_free (self->time_zone);
  g_strfreev (self->sold_out);
  g_free (self);
}

void
sobre_menu_entry_free (SobreMenuEntry *self)
{
  g_free (self->file);
  g_free (self->sha256);
  g_free (self->currency);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_free (self);
}

gboolean
sobre_menu_is_document_name (const char *name)
{
  return g_str_has_prefix (name, "menu.") && strspn (name + strlen ("menu."), HEX) == NAME_DIGITS &&
         g_str_equal (name + strlen ("menu.") + NAME_DIGITS, ".json");
}

/* The readers of one member each return NULL, or 0, for whatever a writer never writes. */
static const char *
get_text (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  const char *text = node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;

  return text != NULL && strlen (text) <= MAX_TEXT ? text : NULL;
}

static guint64
get_number (JsonObject *object, const char *member, guint64 most)
{
  JsonNode *node = json_object_get_member (object, member);
  gint64 number = node != NULL && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;

  return number > 0 && (guint64) number <= most ? (guint64) number : 0;
}

static gboolean
get_time (JsonObject *object, const char *member, gint64 *time)
{
  const char *text = get_text (object, member);

  return text != NULL && sobre_time_parse (text, strlen (text), time);
}

static gboolean
is_hash (const char *text)
{
  return text != NULL && strspn (text, HEX) == SHA256_DIGITS && text[SHA256_DIGITS] == '\0';
}

/* A file is named after its hash; a pointer to another file is none that a writer made. */
static gboolean
get_document (JsonObject *object, char **file, char **sha256)
{
  const char *name = get_text (object, "menu");
  const char *hash = get_text (object, "sha256");

  if (name == NULL || !sobre_menu_is_document_name (name) || !is_hash (hash) ||
      strncmp (name + strlen ("menu."), hash, NAME_DIGITS) != 0)
    return FALSE;
  *file = g_strdup (name);
  *sha256 = g_strdup (hash);
  return TRUE;
}

static char **
dup_texts (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (json_node_get_value_type (element) == G_TYPE_STRING)
        g_strv_builder_add (texts, json_node_get_string (element));
    }
  return array != NULL ? g_strv_builder_end (texts) : NULL;
}

static JsonNode *
parse_object (const char *json, gsize length)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *text = g_strndup (json, length);
  g_autoptr (JsonNode) root = NULL;

  /* The parser recurses: what a writer writes is shallow. */
  for (gsize i = 0, depth = 0; i < length; i++)
    {
      depth += text[i] == '[' || text[i] == '{';
      depth -= depth > 0 && (text[i] == ']' || text[i] == '}');
      if (depth > 8)
        return NULL;
    }
  if (!g_utf8_validate_len (json, length, NULL) || !json_parser_load_from_data (parser, text, (gssize) length, NULL))
    return NULL;
  root = json_parser_steal_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? g_steal_pointer (&root) : NULL;
}

SobreMenuPointer *
sobre_menu_pointer_parse (const char *json, gsize length, GError **error)
{
  g_autoptr (JsonNode) root = parse_object (json, length);
  g_autoptr (SobreMenuPointer) self = g_new0 (SobreMenuPointer, 1);
  JsonObject *object = root != NULL ? json_node_get_object (root) : NULL;

  if (object != NULL)
    {
      self->version = (guint) get_number (object, "version", MAX_VERSION);
      self->currency = g_strdup (get_text (object, "currency"));
      self->time_zone = g_strdup (get_text (object, "time_zone"));
      self->sold_out = dup_texts (object, "sold_out");
      self->history_bytes = get_number (object, "history_bytes", G_MAXINT64);
    }
  if (object != NULL && self->version != 0 && self->history_bytes != 0 && self->currency != NULL &&
      strlen (self->currency) == 3 && self->time_zone != NULL && self->sold_out != NULL &&
      get_time (object, "since", &self->since) && get_document (object, &self->file, &self->sha256))
    return g_steal_pointer (&self);
  g_set_error (error, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_DAMAGED,
               _ ("%s is not as it was written; guests see the last menu until one is published again"),
               SOBRE_MENU_POINTER_FILE);
  return NULL;
}

static void
add_time (JsonBuilder *builder, const char *member, gint64 time)
{
  char text[SOBRE_TIME_STRING_LENGTH + 1];

  sobre_time_format (time, text);
  sobre_json_add_text (builder, member, text);
}

static GBytes *
finish (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *json = json_to_string (root, FALSE);
  char *line = g_strconcat (json, "\n", NULL);

  return g_bytes_new_take (line, strlen (line));
}

GBytes *
sobre_menu_pointer_format (const SobreMenuPointer *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sobre_json_add_number (builder, "version", self->version);
  add_time (builder, "since", self->since);
  sobre_json_add_text (builder, "menu", self->file);
  sobre_json_add_text (builder, "sha256", self->sha256);
  sobre_json_add_text (builder, "currency", self->currency);
  sobre_json_add_text (builder, "time_zone", self->time_zone);
  json_builder_set_member_name (builder, "sold_out");
  json_builder_begin_array (builder);
  for (guint i = 0; self->sold_out[i] != NULL; i++)
    json_builder_add_string_value (builder, self->sold_out[i]);
  json_builder_end_array (builder);
  sobre_json_add_number (builder, "history_bytes", self->history_bytes);
  json_builder_end_object (builder);
  return finish (builder);
}

static gboolean
parse_allergen (const char *name, SobreAllergen *allergen)
{
  for (guint i = 0; name != NULL && i < SOBRE_N_ALLERGENS; i++)
    if (g_str_equal (sobre_allergen_get_name (i), name))
      {
        *allergen = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_change (JsonNode *node, GPtrArray *changes)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  SobreAllergen allergen;
  SobrePresence was, is;
  const char *was_name, *is_name;

  if (object == NULL)
    return FALSE;
  was_name = get_text (object, "was");
  is_name = get_text (object, "is");
  if (get_text (object, "item") == NULL || !parse_allergen (get_text (object, "allergen"), &allergen) || was_name == NULL ||
      is_name == NULL || !sobre_presence_parse (was_name, &was) || !sobre_presence_parse (is_name, &is))
    return FALSE;
  g_ptr_array_add (changes, sobre_allergen_change_new (get_text (object, "item"),
                                                       json_object_get_string_member_with_default (object, "name", ""),
                                                       allergen, was, is));
  return TRUE;
}

static gboolean
parse_changes (JsonObject *object, GPtrArray *changes)
{
  JsonNode *node = json_object_get_member (object, "allergens");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  gboolean good = array != NULL;

  for (guint i = 0; good && i < json_array_get_length (array); i++)
    good = parse_change (json_array_get_element (array, i), changes);
  return good;
}

SobreMenuEntry *
sobre_menu_entry_parse (const char *line, gsize length)
{
  g_autoptr (JsonNode) root = parse_object (line, length);
  g_autoptr (SobreMenuEntry) self = g_new0 (SobreMenuEntry, 1);
  JsonObject *object = root != NULL ? json_node_get_object (root) : NULL;
  const char *action = object != NULL ? get_text (object, "action") : NULL;

  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_allergen_change_free);
  if (action == NULL)
    return NULL;
  self->action = g_str_equal (action, action_names[SOBRE_MENU_ROLLED_BACK]) ? SOBRE_MENU_ROLLED_BACK : SOBRE_MENU_PUBLISHED;
  self->version = (guint) get_number (object, "version", MAX_VERSION);
  self->n_dishes = (guint) get_number (object, "dishes", G_MAXUINT16);
  self->currency = g_strdup (get_text (object, "currency"));
  if (!g_str_equal (action, action_names[self->action]) || self->version == 0 || self->currency == NULL ||
      !get_time (object, "at", &self->at) || !get_document (object, &self->file, &self->sha256) ||
      !parse_changes (object, self->changes))
    return NULL;
  return g_steal_pointer (&self);
}

GBytes *
sobre_menu_entry_format (const SobreMenuEntry *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_time (builder, "at", self->at);
  sobre_json_add_text (builder, "action", action_names[self->action]);
  sobre_json_add_number (builder, "version", self->version);
  sobre_json_add_text (builder, "menu", self->file);
  sobre_json_add_text (builder, "sha256", self->sha256);
  sobre_json_add_text (builder, "currency", self->currency);
  sobre_json_add_number (builder, "dishes", self->n_dishes);
  json_builder_set_member_name (builder, "allergens");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->changes->len; i++)
    {
      const SobreAllergenChange *change = g_ptr_array_index (self->changes, i);

      json_builder_begin_object (builder);
      sobre_json_add_text (builder, "item", change->item);
      sobre_json_add_text (builder, "name", change->name);
      sobre_json_add_text (builder, "allergen", sobre_allergen_get_name (change->allergen));
      sobre_json_add_text (builder, "was", sobre_presence_get_name (change->was));
      sobre_json_add_text (builder, "is", sobre_presence_get_name (change->is));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return finish (builder);
}
