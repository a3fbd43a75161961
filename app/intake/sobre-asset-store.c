/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "intake/sobre-asset-store.h"

#include <errno.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX (1024 * 1024)
#define GZIP_LEVEL 12

struct _SobreAssetStore
{
  GHashTable *assets;
};

static void
asset_free (gpointer data)
{
  SobreAsset *asset = data;

  g_free (asset->etag);
  g_bytes_unref (asset->plain);
  g_clear_pointer (&asset->packed, g_bytes_unref);
  g_free (asset);
}

static const char *
find_type (const char *name)
{
  static const struct
  {
    const char *suffix;
    const char *type;
  } types[] = {
    { ".css", "text/css; charset=utf-8" },
    { ".js", "text/javascript; charset=utf-8" },
    { ".json", "application/json" },
    { ".svg", "image/svg+xml" },
    { ".png", "image/png" },
    { ".woff2", "font/woff2" },
  };

  for (gsize i = 0; g_ascii_isalnum (*name) && i < G_N_ELEMENTS (types); i++)
    if (g_str_has_suffix (name, types[i].suffix))
      return types[i].type;
  return NULL;
}

GBytes *
sobre_gzip (GBytes *plain)
{
  struct libdeflate_compressor *compressor = libdeflate_alloc_compressor (GZIP_LEVEL);
  gsize size;
  const void *data = g_bytes_get_data (plain, &size);
  g_autofree guint8 *packed = g_malloc (size + 1);
  gsize packed_size = libdeflate_gzip_compress (compressor, data, size, packed, size);

  libdeflate_free_compressor (compressor);
  return packed_size > 0 && packed_size < size ? g_bytes_new (packed, packed_size) : NULL;
}

/* q is a weight; only a plain zero turns a coding off. */
static gboolean
is_zero_weight (const char *parameter)
{
  return parameter != NULL && g_str_has_prefix (parameter, "q=") && g_ascii_strtod (parameter + 2, NULL) == 0;
}

gboolean
sobre_accepts_gzip (const char *accept_encoding)
{
  g_auto (GStrv) codings = g_strsplit (accept_encoding != NULL ? accept_encoding : "", ",", 32);

  for (gsize i = 0; codings[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (codings[i], ";", 2);
      const char *coding = parts[0] != NULL ? g_strstrip (parts[0]) : "";

      if (g_ascii_strcasecmp (coding, "gzip") == 0)
        return !is_zero_weight (parts[1] != NULL ? g_strstrip (parts[1]) : NULL);
    }
  return FALSE;
}

/* The bytes of a regular file; NULL without an error for what is none or is too big. */
static GBytes *
read_file (int folder, const char *name, GError **error)
{
  int fd = openat (folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  g_autofree guint8 *data = NULL;
  struct stat info;
  gsize size = 0;
  gssize n = 1;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode) || info.st_size > FILE_MAX)
    {
      close (fd);
      return NULL;
    }
  data = g_malloc (info.st_size + 1);
  while (size < (gsize) info.st_size && n > 0)
    {
      n = read (fd, data + size, info.st_size - size);
      size += MAX (n, 0);
    }
  close (fd);
  if (n < 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s cannot be read", name);
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

static gboolean
load_asset (SobreAssetStore *self, int folder, const char *name, GError **error)
{
  const char *type = find_type (name);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) plain = NULL;
  g_autofree char *hash = NULL;
  SobreAsset *asset;

  if (type == NULL)
    return TRUE;
  plain = read_file (folder, name, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (plain == NULL)
    return TRUE;
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, plain);
  asset = g_new0 (SobreAsset, 1);
  asset->type = type;
  asset->etag = g_strdup_printf ("\"%.16s\"", hash);
  asset->packed = sobre_gzip (plain);
  asset->plain = g_steal_pointer (&plain);
  g_hash_table_insert (self->assets, g_strdup (name), asset);
  return TRUE;
}

SobreAssetStore *
sobre_asset_store_load (const char *folder, GError **error)
{
  g_autoptr (SobreAssetStore) self = g_new0 (SobreAssetStore, 1);
  g_autofree char *path = g_build_filename (folder, "assets", NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;
  int fd;

  self->assets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, asset_free);
  fd = open (path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", path, g_strerror (code));
      return NULL;
    }
  dir = g_dir_open (path, 0, error);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (!load_asset (self, fd, name, error))
      {
        close (fd);
        return NULL;
      }
  close (fd);
  return dir != NULL ? g_steal_pointer (&self) : NULL;
}

void
sobre_asset_store_free (SobreAssetStore *self)
{
  g_hash_table_unref (self->assets);
  g_free (self);
}

const SobreAsset *
sobre_asset_store_find (const SobreAssetStore *self, const char *name)
{
  return g_hash_table_lookup (self->assets, name);
}
