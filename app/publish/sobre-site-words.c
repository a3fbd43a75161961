/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "publish/sobre-site-words.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "model/sobre-settings.h"

#define FALLBACK_LANGUAGE "en"

struct _SobreSiteWords
{
  char *name;
  JsonNode *root;
  GHashTable *words;  /* language → JsonObject, borrowed from root */
  GHashTable *packed; /* language → compact JSON */
};

void
sobre_site_words_free (SobreSiteWords *self)
{
  g_hash_table_unref (self->words);
  g_hash_table_unref (self->packed);
  g_clear_pointer (&self->root, json_node_unref);
  g_free (self->name);
  g_free (self);
}

static gboolean
refuse_words (const SobreSiteWords *self, const char *language, const char *key, GError **error)
{
  g_set_error (error, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID, "%s: %s.%s", self->name, language, key);
  return FALSE;
}

/* Every language has what the fallback has, of the same shape, so that a page never lacks a word. */
static gboolean
check_language (const SobreSiteWords *self, JsonObject *words, JsonObject *model, const char *language, GError **error)
{
  g_autoptr (GList) keys = json_object_get_members (model);

  for (GList *key = keys; key != NULL; key = key->next)
    {
      JsonNode *expected = json_object_get_member (model, key->data);
      JsonNode *node = json_object_get_member (words, key->data);

      if (node == NULL || json_node_get_node_type (node) != json_node_get_node_type (expected))
        return refuse_words (self, language, key->data, error);
      if (JSON_NODE_HOLDS_ARRAY (node) &&
          json_array_get_length (json_node_get_array (node)) != json_array_get_length (json_node_get_array (expected)))
        return refuse_words (self, language, key->data, error);
      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING)
        return refuse_words (self, language, key->data, error);
    }
  return TRUE;
}

/* Only documents say these; the script, which comes with every page, never does. */
static const char *const said_by_documents[] = { "incomplete", "already", "long", "busy", "lost", "script", NULL };

static char *
pack (JsonObject *words)
{
  g_autoptr (JsonObject) kept = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), kept);
  g_autoptr (GList) keys = json_object_get_members (words);

  for (GList *key = keys; key != NULL; key = key->next)
    if (!g_strv_contains (said_by_documents, key->data))
      json_object_set_member (kept, key->data, json_node_copy (json_object_get_member (words, key->data)));
  return json_to_string (node, FALSE);
}

static gboolean
take_words (SobreSiteWords *self, GError **error)
{
  JsonObject *root = JSON_NODE_HOLDS_OBJECT (self->root) ? json_node_get_object (self->root) : NULL;
  g_autoptr (GList) languages = root != NULL ? json_object_get_members (root) : NULL;
  JsonNode *model = root != NULL ? json_object_get_member (root, FALLBACK_LANGUAGE) : NULL;

  if (model == NULL || !JSON_NODE_HOLDS_OBJECT (model))
    return refuse_words (self, FALLBACK_LANGUAGE, "", error);
  for (GList *link = languages; link != NULL; link = link->next)
    {
      JsonNode *node = json_object_get_member (root, link->data);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return refuse_words (self, link->data, "", error);
      if (!check_language (self, json_node_get_object (node), json_node_get_object (model), link->data, error))
        return FALSE;
      g_hash_table_insert (self->words, g_strdup (link->data), json_node_get_object (node));
      g_hash_table_insert (self->packed, g_strdup (link->data), pack (json_node_get_object (node)));
    }
  return TRUE;
}

SobreSiteWords *
sobre_site_words_load (const char *folder, const char *name, GError **error)
{
  g_autoptr (SobreSiteWords) self = g_new0 (SobreSiteWords, 1);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *data = NULL;
  gsize length;

  self->name = g_strdup (name);
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->packed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!g_file_load_contents (file, NULL, &data, &length, NULL, error) ||
      !json_parser_load_from_data (parser, data, (gssize) length, error))
    return NULL;
  self->root = json_parser_steal_root (parser);
  if (self->root == NULL)
    refuse_words (self, FALLBACK_LANGUAGE, "", error);
  else if (take_words (self, error))
    return g_steal_pointer (&self);
  return NULL;
}

/* The key under which there are words for @language: itself, or its first subtag; %NULL where there are none. */
static const char *
find_key (const SobreSiteWords *self, const char *language, char **subtag)
{
  if (g_hash_table_contains (self->words, language))
    return language;
  *subtag = g_ascii_strdown (language, (gssize) strcspn (language, "-"));
  return g_hash_table_contains (self->words, *subtag) ? *subtag : NULL;
}

static JsonObject *
find_words (const SobreSiteWords *self, const char *language)
{
  g_autofree char *subtag = NULL;
  const char *key = find_key (self, language, &subtag);

  return g_hash_table_lookup (self->words, key != NULL ? key : FALLBACK_LANGUAGE);
}

const char *
sobre_site_words_get (const SobreSiteWords *self, const char *language, const char *key)
{
  return json_object_get_string_member (find_words (self, language), key);
}

const char *
sobre_site_words_get_item (const SobreSiteWords *self, const char *language, const char *key, guint index)
{
  return json_array_get_string_element (json_object_get_array_member (find_words (self, language), key), index);
}

const char *
sobre_site_words_find (const SobreSiteWords *self, const char *language, const char *key)
{
  g_autofree char *lower = g_ascii_strdown (language, -1);
  JsonObject *words = g_hash_table_lookup (self->words, language);

  if (words == NULL)
    words = g_hash_table_lookup (self->words, lower);
  return words != NULL ? json_object_get_string_member (words, key) : NULL;
}

const char *
sobre_site_words_get_json (const SobreSiteWords *self, const char *language)
{
  g_autofree char *subtag = NULL;
  const char *key = find_key (self, language, &subtag);

  return g_hash_table_lookup (self->packed, key != NULL ? key : FALLBACK_LANGUAGE);
}
