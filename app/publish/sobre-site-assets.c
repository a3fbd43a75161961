/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "publish/sobre-site-assets.h"

#include <json-glib/json-glib.h>
#include <libdeflate.h>
#include <string.h>

#include "model/sobre-settings.h"

#define FALLBACK_LANGUAGE "en"
#define GZIP_LEVEL 12
#define HASH_DIGITS 8

struct _SobreSiteAssets
{
  GPtrArray *assets;  /* (element-type SobreSiteAsset), in the order of served_files */
  GHashTable *words;  /* language → JsonObject */
  GHashTable *packed; /* language → compact JSON */
  JsonNode *root;
  char *faces;
};

static const struct
{
  const char *stem;
  const char *suffix;
  const char *type;
} served_files[] = {
  { "form", "css", "text/css; charset=utf-8" },
  { "form", "js", "text/javascript; charset=utf-8" },
};

static void
asset_free (gpointer data)
{
  SobreSiteAsset *asset = data;

  g_free (asset->name);
  g_bytes_unref (asset->plain);
  g_clear_pointer (&asset->packed, g_bytes_unref);
  g_free (asset);
}

void
sobre_site_assets_free (SobreSiteAssets *self)
{
  g_ptr_array_unref (self->assets);
  g_hash_table_unref (self->words);
  g_hash_table_unref (self->packed);
  g_clear_pointer (&self->root, json_node_unref);
  g_free (self->faces);
  g_free (self);
}

static char *
read_file (const char *folder, const char *name, gsize *length, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  char *data = NULL;

  return g_file_load_contents (file, NULL, &data, length, NULL, error) ? data : NULL;
}

static GBytes *
pack (const char *data, gsize length)
{
  struct libdeflate_compressor *compressor = libdeflate_alloc_compressor (GZIP_LEVEL);
  g_autofree guint8 *packed = g_malloc (length + 1);
  gsize packed_length = libdeflate_gzip_compress (compressor, data, length, packed, length);

  libdeflate_free_compressor (compressor);
  return packed_length > 0 ? g_bytes_new (packed, packed_length) : NULL;
}

static gboolean
load_served (SobreSiteAssets *self, const char *folder, guint index, GError **error)
{
  g_autofree char *file = g_strdup_printf ("%s.%s", served_files[index].stem, served_files[index].suffix);
  gsize length;
  g_autofree char *data = read_file (folder, file, &length, error);
  g_autofree char *hash = NULL;
  SobreSiteAsset *asset;

  if (data == NULL)
    return FALSE;
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, length);
  asset = g_new0 (SobreSiteAsset, 1);
  asset->name = g_strdup_printf ("%s.%.*s.%s", served_files[index].stem, HASH_DIGITS, hash, served_files[index].suffix);
  asset->type = served_files[index].type;
  asset->packed = pack (data, length);
  asset->plain = g_bytes_new_take (g_steal_pointer (&data), length);
  g_ptr_array_add (self->assets, asset);
  return TRUE;
}

static gboolean
refuse_words (GError **error, const char *language, const char *key)
{
  g_set_error (error, SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID, "words.json: %s.%s", language, key);
  return FALSE;
}

/* Every language has what the fallback has, of the same shape, so that a page never lacks a word. */
static gboolean
check_language (JsonObject *words, JsonObject *model, const char *language, GError **error)
{
  g_autoptr (GList) keys = json_object_get_members (model);

  for (GList *key = keys; key != NULL; key = key->next)
    {
      JsonNode *expected = json_object_get_member (model, key->data);
      JsonNode *node = json_object_get_member (words, key->data);

      if (node == NULL || json_node_get_node_type (node) != json_node_get_node_type (expected))
        return refuse_words (error, language, key->data);
      if (JSON_NODE_HOLDS_ARRAY (node) &&
          json_array_get_length (json_node_get_array (node)) != json_array_get_length (json_node_get_array (expected)))
        return refuse_words (error, language, key->data);
      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING)
        return refuse_words (error, language, key->data);
    }
  return TRUE;
}

static gboolean
take_words (SobreSiteAssets *self, GError **error)
{
  JsonObject *root = JSON_NODE_HOLDS_OBJECT (self->root) ? json_node_get_object (self->root) : NULL;
  g_autoptr (GList) languages = root != NULL ? json_object_get_members (root) : NULL;
  JsonNode *model = root != NULL ? json_object_get_member (root, FALLBACK_LANGUAGE) : NULL;

  if (model == NULL || !JSON_NODE_HOLDS_OBJECT (model))
    return refuse_words (error, FALLBACK_LANGUAGE, "");
  for (GList *link = languages; link != NULL; link = link->next)
    {
      JsonNode *node = json_object_get_member (root, link->data);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return refuse_words (error, link->data, "");
      if (!check_language (json_node_get_object (node), json_node_get_object (model), link->data, error))
        return FALSE;
      g_hash_table_insert (self->words, g_strdup (link->data), json_node_get_object (node));
      g_hash_table_insert (self->packed, g_strdup (link->data), json_to_string (node, FALSE));
    }
  return TRUE;
}

static gboolean
load_words (SobreSiteAssets *self, const char *folder, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize length;
  g_autofree char *data = read_file (folder, "words.json", &length, error);

  if (data == NULL || !json_parser_load_from_data (parser, data, (gssize) length, error))
    return FALSE;
  self->root = json_parser_steal_root (parser);
  if (self->root != NULL)
    return take_words (self, error);
  return refuse_words (error, FALLBACK_LANGUAGE, "");
}

SobreSiteAssets *
sobre_site_assets_load (const char *folder, GError **error)
{
  g_autoptr (SobreSiteAssets) self = g_new0 (SobreSiteAssets, 1);
  gsize length;

  self->assets = g_ptr_array_new_with_free_func (asset_free);
  self->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->packed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (served_files); i++)
    if (!load_served (self, folder, i, error))
      return NULL;
  self->faces = read_file (folder, "faces.svg", &length, error);
  if (self->faces == NULL || !load_words (self, folder, error))
    return NULL;
  g_strchomp (self->faces);
  return g_steal_pointer (&self);
}

const SobreSiteAsset *
sobre_site_assets_find (const SobreSiteAssets *self, const char *name)
{
  for (guint i = 0; i < self->assets->len; i++)
    {
      const SobreSiteAsset *asset = g_ptr_array_index (self->assets, i);

      if (strcmp (asset->name, name) == 0)
        return asset;
    }
  return NULL;
}

const char *
sobre_site_assets_get_name (const SobreSiteAssets *self, const char *file)
{
  for (guint i = 0; i < self->assets->len; i++)
    {
      const SobreSiteAsset *asset = g_ptr_array_index (self->assets, i);

      if (strncmp (asset->name, file, strlen (served_files[i].stem) + 1) == 0 &&
          g_str_has_suffix (file, served_files[i].suffix))
        return asset->name;
    }
  g_assert_not_reached ();
}

const char *
sobre_site_assets_get_faces (const SobreSiteAssets *self)
{
  return self->faces;
}

/* The key under which there are words for @language: itself, its first subtag, or the fallback. */
static const char *
choose_words (const SobreSiteAssets *self, const char *language, char **subtag)
{
  if (g_hash_table_contains (self->words, language))
    return language;
  *subtag = g_ascii_strdown (language, (gssize) strcspn (language, "-"));
  return g_hash_table_contains (self->words, *subtag) ? *subtag : FALLBACK_LANGUAGE;
}

static JsonObject *
find_words (const SobreSiteAssets *self, const char *language)
{
  g_autofree char *subtag = NULL;

  return g_hash_table_lookup (self->words, choose_words (self, language, &subtag));
}

const char *
sobre_site_assets_get_word (const SobreSiteAssets *self, const char *language, const char *key)
{
  return json_object_get_string_member (find_words (self, language), key);
}

const char *
sobre_site_assets_get_face (const SobreSiteAssets *self, const char *language, guint score)
{
  return json_array_get_string_element (json_object_get_array_member (find_words (self, language), "faces"), score - 1);
}

const char *
sobre_site_assets_get_language_name (const SobreSiteAssets *self, const char *language)
{
  g_autofree char *subtag = g_ascii_strdown (language, (gssize) strcspn (language, "-"));
  JsonObject *words = g_hash_table_lookup (self->words, language);

  if (words == NULL && strchr (language, '-') == NULL)
    words = g_hash_table_lookup (self->words, subtag);
  return words != NULL ? json_object_get_string_member (words, "name") : NULL;
}

const char *
sobre_site_assets_get_words (const SobreSiteAssets *self, const char *language)
{
  g_autofree char *subtag = NULL;

  return g_hash_table_lookup (self->packed, choose_words (self, language, &subtag));
}
