/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "import/sobre-import-writer.h"
#include "lake/sobre-spool-private.h"
#include "model/sobre-time.h"

#define OBJECT_LINES 50000
#define OBJECT_BYTES (32 * 1024 * 1024)
#define BATCH_DIGITS 12

/** Packed: where an object lies in the file without a name. */
typedef struct
{
  goffset offset;
  gsize length;
} Packed;

/** SobreImportWriter: @lines: of the object that is being filled · @digest: over all lines, which gives the batch its name */
struct _SobreImportWriter
{
  int file;
  goffset end;
  GString *lines;
  guint n_lines;
  GArray *objects;
  GChecksum *digest;
};

static gboolean
fail (GError **error)
{
  g_set_error (error, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_FAILED,
               _ ("What was read cannot be kept, so nothing was imported: %s"), g_strerror (errno));
  return FALSE;
}

SobreImportWriter *
sobre_import_writer_new (const char *folder, GError **error)
{
  g_autoptr (SobreImportWriter) self = g_new0 (SobreImportWriter, 1);
  g_autofree char *path = g_build_filename (folder, ".import-XXXXXX", NULL);

  /* What goes wrong here is told by what follows. */
  g_mkdir_with_parents (folder, 0700);

  self->lines = g_string_new (NULL);
  self->objects = g_array_new (FALSE, FALSE, sizeof (Packed));
  self->digest = g_checksum_new (G_CHECKSUM_SHA256);
  self->file = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  if (self->file < 0 || unlink (path) < 0)
    {
      fail (error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
sobre_import_writer_free (SobreImportWriter *self)
{
  g_clear_fd (&self->file, NULL);
  g_string_free (self->lines, TRUE);
  g_array_unref (self->objects);
  g_checksum_free (self->digest);
  g_free (self);
}

/* Packs the lines and puts them behind those before. */
static gboolean
keep (SobreImportWriter *self, GError **error)
{
  g_autoptr (GBytes) packed = sobre_spool_pack ((const guint8 *) self->lines->str, self->lines->len);
  Packed object = { self->end, 0 };
  const char *at = g_bytes_get_data (packed, &object.length);
  gsize left = object.length;

  while (left > 0)
    {
      ssize_t n = pwrite (self->file, at, left, (off_t) self->end);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (error);
      at += n;
      self->end += n;
      left -= (gsize) n;
    }
  g_array_append_val (self->objects, object);
  g_string_truncate (self->lines, 0);
  self->n_lines = 0;
  return TRUE;
}

gboolean
sobre_import_writer_add (SobreImportWriter *self, SobreText line, GError **error)
{
  g_checksum_update (self->digest, (const guchar *) line.data, (gssize) line.length);
  g_string_append_len (self->lines, line.data, (gssize) line.length);
  self->n_lines++;
  return (self->n_lines < OBJECT_LINES && self->lines->len < OBJECT_BYTES) || keep (self, error);
}

static GBytes *
get_packed (const SobreImportWriter *self, const Packed *object, GError **error)
{
  g_autofree guint8 *bytes = g_malloc (object->length);
  gsize n_read = 0;

  while (n_read < object->length)
    {
      ssize_t n = pread (self->file, bytes + n_read, object->length - n_read, (off_t) object->offset + (off_t) n_read);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          errno = n == 0 ? EIO : errno;
          fail (error);
          return NULL;
        }
      n_read += (gsize) n;
    }
  return g_bytes_new_take (g_steal_pointer (&bytes), n_read);
}

gboolean
sobre_import_writer_publish (SobreImportWriter *self,
                             SobreDirLake *lake,
                             SobreDataset dataset,
                             gint32 dt,
                             char **batch,
                             guint *n_objects,
                             GError **error)
{
  char day[SOBRE_DAY_STRING_LENGTH + 1];

  *batch = NULL;
  *n_objects = 0;
  if (self->n_lines > 0 && !keep (self, error))
    return FALSE;
  if (self->objects->len == 0)
    return TRUE;

  sobre_day_format (dt, day);
  *batch = g_strndup (g_checksum_get_string (self->digest), BATCH_DIGITS);
  for (guint i = 0; i < self->objects->len; i++)
    {
      g_autoptr (GBytes) packed = get_packed (self, &g_array_index (self->objects, Packed, i), error);
      g_autofree char *key = g_strdup_printf ("raw/%s/dt=%s/" SOBRE_IMPORT_OBJECT_PREFIX "%s-%04u.json.gz",
                                              sobre_dataset_get_name (dataset), day, *batch, i + 1);

      if (packed == NULL || !sobre_dir_lake_put (lake, key, packed, error))
        {
          g_clear_pointer (batch, g_free);
          return FALSE;
        }
      (*n_objects)++;
    }
  return TRUE;
}

static gboolean
withdraw_from (SobreDirLake *lake, SobreDataset dataset, const char *prefix, guint *n_objects, GError **error)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autofree char *after = NULL;

  do
    {
      g_autoptr (SobreLakePage) page = sobre_dir_lake_list_page (lake, dataset, after, error);

      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->objects->len; i++)
        {
          const SobreLakeObject *object = g_ptr_array_index (page->objects, i);

          if (!g_str_has_prefix (strrchr (object->key, '/') + 1, prefix))
            continue;
          if (!sobre_dir_lake_replace (lake, object, nothing, error))
            return FALSE;
          (*n_objects)++;
        }
      g_free (after);
      after = g_strdup (page->next);
    }
  while (after != NULL);
  return TRUE;
}

gboolean
sobre_import_withdraw (SobreDirLake *lake, const char *batch, guint *n_objects, GError **error)
{
  g_autofree char *prefix = g_strconcat (SOBRE_IMPORT_OBJECT_PREFIX, batch, "-", NULL);

  *n_objects = 0;
  return withdraw_from (lake, SOBRE_DATASET_RESPONSES, prefix, n_objects, error) &&
         withdraw_from (lake, SOBRE_DATASET_ORDERS, prefix, n_objects, error);
}
