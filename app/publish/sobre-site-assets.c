/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "publish/sobre-site-assets.h"

#include <string.h>

#include "model/sobre-deflate.h"

/* What is packed once and sent to every guest, and what is packed while guests wait. */
#define GZIP_BEST 12
#define GZIP_QUICK 6
#define HASH_DIGITS 8

struct _SobreSiteAssets
{
  GPtrArray *assets; /* (element-type SobreSiteAsset), in the order of served_files */
  SobreSiteWords *words;
  SobreSiteWords *menu_words;
  char *faces;
};

static const struct
{
  const char *stem;
  const char *suffix;
  const char *type;
} served_files[] = {
  { "dishes", "css", "text/css; charset=utf-8" },         { "dishes", "js", "text/javascript; charset=utf-8" },
  { "form", "css", "text/css; charset=utf-8" },           { "form", "js", "text/javascript; charset=utf-8" },
  { "form-api", "js", "text/javascript; charset=utf-8" }, { "form-direct", "js", "text/javascript; charset=utf-8" },
  { "menu", "css", "text/css; charset=utf-8" },           { "menu", "js", "text/javascript; charset=utf-8" },
  { "menu-api", "js", "text/javascript; charset=utf-8" }, { "menu-direct", "js", "text/javascript; charset=utf-8" },
};

void
sobre_site_asset_free (SobreSiteAsset *self)
{
  g_free (self->name);
  g_bytes_unref (self->plain);
  g_clear_pointer (&self->packed, g_bytes_unref);
  g_free (self);
}

void
sobre_site_assets_free (SobreSiteAssets *self)
{
  g_ptr_array_unref (self->assets);
  g_clear_pointer (&self->words, sobre_site_words_free);
  g_clear_pointer (&self->menu_words, sobre_site_words_free);
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
pack (GBytes *plain, int level)
{
  struct libdeflate_compressor *compressor = sobre_deflate_compressor_new (level);
  gsize length;
  const void *data = g_bytes_get_data (plain, &length);
  g_autofree guint8 *packed = g_malloc (length + 1);
  gsize packed_length = libdeflate_gzip_compress (compressor, data, length, packed, length);

  libdeflate_free_compressor (compressor);
  return packed_length > 0 ? g_bytes_new (packed, packed_length) : NULL;
}

static SobreSiteAsset *
make_asset (char *name, const char *type, GBytes *plain, int level)
{
  SobreSiteAsset *asset = g_new0 (SobreSiteAsset, 1);

  asset->name = name;
  asset->type = type;
  asset->plain = g_bytes_ref (plain);
  asset->packed = pack (plain, level);
  return asset;
}

SobreSiteAsset *
sobre_site_asset_new (const char *name, const char *type, GBytes *plain, gboolean is_awaited)
{
  return make_asset (g_strdup (name), type, plain, is_awaited ? GZIP_QUICK : GZIP_BEST);
}

static gboolean
load_served (SobreSiteAssets *self, const char *folder, guint index, GError **error)
{
  g_autofree char *file = g_strdup_printf ("%s.%s", served_files[index].stem, served_files[index].suffix);
  gsize length;
  g_autofree char *data = read_file (folder, file, &length, error);
  g_autofree char *hash = NULL;
  g_autoptr (GBytes) plain = NULL;
  char *name;

  if (data == NULL)
    return FALSE;
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, length);
  name = g_strdup_printf ("%s.%.*s.%s", served_files[index].stem, HASH_DIGITS, hash, served_files[index].suffix);
  plain = g_bytes_new_take (g_steal_pointer (&data), length);
  g_ptr_array_add (self->assets, make_asset (name, served_files[index].type, plain, GZIP_BEST));
  return TRUE;
}

SobreSiteAssets *
sobre_site_assets_load (const char *folder, GError **error)
{
  g_autoptr (SobreSiteAssets) self = g_new0 (SobreSiteAssets, 1);
  gsize length;

  self->assets = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_site_asset_free);
  for (guint i = 0; i < G_N_ELEMENTS (served_files); i++)
    if (!load_served (self, folder, i, error))
      return NULL;
  self->faces = read_file (folder, "faces.svg", &length, error);
  if (self->faces == NULL)
    return NULL;
  self->words = sobre_site_words_load (folder, "words.json", error);
  self->menu_words = self->words != NULL ? sobre_site_words_load (folder, "menu-words.json", error) : NULL;
  if (self->menu_words == NULL)
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

const SobreSiteWords *
sobre_site_assets_get_menu_words (const SobreSiteAssets *self)
{
  return self->menu_words;
}

const char *
sobre_site_assets_get_word (const SobreSiteAssets *self, const char *language, const char *key)
{
  return sobre_site_words_get (self->words, language, key);
}

const char *
sobre_site_assets_get_face (const SobreSiteAssets *self, const char *language, guint score)
{
  return sobre_site_words_get_item (self->words, language, "faces", score - 1);
}

const char *
sobre_site_assets_get_language_name (const SobreSiteAssets *self, const char *language)
{
  return sobre_site_words_find (self->words, language, "name");
}

const char *
sobre_site_assets_get_words (const SobreSiteAssets *self, const char *language)
{
  return sobre_site_words_get_json (self->words, language);
}
