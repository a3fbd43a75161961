/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <libdeflate.h>
#include <string.h>

#include "lake/sobre-lake-files.h"
#include "lake/sobre-spool.h"
#include "model/sobre-time.h"

#define OPEN_SUFFIX ".jsonl"
#define CLOSED_SUFFIX ".closed.jsonl"

/* The writer closes a segment long before; this bounds memory, whatever lies in the folder. */
#define MAX_SEGMENT_BYTES (G_GUINT64_CONSTANT (256) << 20)

/* Fixed, because repeating a roll has to make the same bytes. */
#define GZIP_LEVEL 6

void
sobre_spool_segment_free (SobreSpoolSegment *self)
{
  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

/* Takes a file's name apart; what is no segment is left alone. */
static gboolean
parse_name (const char *name, char **segment, gboolean *closed)
{
  const char *suffix = name + MIN (strlen (name), SOBRE_ID_STRING_LENGTH);
  SobreId id;

  if (!sobre_id_parse (name, (gsize) (suffix - name), &id))
    return FALSE;
  *closed = strcmp (suffix, CLOSED_SUFFIX) == 0;
  if (!*closed && strcmp (suffix, OPEN_SUFFIX) != 0)
    return FALSE;

  *segment = g_strndup (name, SOBRE_ID_STRING_LENGTH);
  return TRUE;
}

static gboolean
list_day (const char *folder, int dataset_folder, SobreDataset dataset, const char *day, GPtrArray *segments, GError **error)
{
  const char *steps[] = { day, NULL };
  g_autofd int day_folder = -1;
  g_autoptr (GPtrArray) names = NULL;
  gint32 dt;

  if (!g_str_has_prefix (day, "dt=") || !sobre_day_parse (day + 3, strlen (day + 3), &dt))
    return TRUE;
  day_folder = sobre_files_open_below (dataset_folder, steps, FALSE, error);
  names = day_folder >= 0 ? sobre_files_list (day_folder, error) : NULL;
  if (names == NULL)
    return FALSE;

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      SobreSpoolSegment *segment;
      g_autofree char *id = NULL;
      gboolean closed;
      struct stat status;

      /* A segment may be rolled away between the listing and here. */
      if (!parse_name (name, &id, &closed) || fstatat (day_folder, name, &status, AT_SYMLINK_NOFOLLOW) < 0 ||
          !S_ISREG (status.st_mode))
        continue;
      segment = g_new0 (SobreSpoolSegment, 1);
      segment->path = g_build_filename (folder, sobre_dataset_get_name (dataset), day, name, NULL);
      segment->name = g_steal_pointer (&id);
      segment->dataset = dataset;
      segment->dt = dt;
      segment->size = (guint64) status.st_size;
      segment->closed = closed;
      g_ptr_array_add (segments, segment);
    }
  return TRUE;
}

static int
compare_segments (gconstpointer a, gconstpointer b)
{
  const SobreSpoolSegment *first = *(const SobreSpoolSegment *const *) a;
  const SobreSpoolSegment *second = *(const SobreSpoolSegment *const *) b;

  return strcmp (first->name, second->name);
}

static gboolean
list_dataset (const char *folder, int root, SobreDataset dataset, GPtrArray *segments, GError **error)
{
  const char *steps[] = { sobre_dataset_get_name (dataset), NULL };
  g_autoptr (GError) cause = NULL;
  g_autofd int dataset_folder = sobre_files_open_below (root, steps, FALSE, &cause);
  g_autoptr (GPtrArray) days = NULL;

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  days = dataset_folder >= 0 ? sobre_files_list (dataset_folder, &cause) : NULL;
  for (guint i = 0; days != NULL && cause == NULL && i < days->len; i++)
    list_day (folder, dataset_folder, dataset, g_ptr_array_index (days, i), segments, &cause);

  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  return TRUE;
}

GPtrArray *
sobre_spool_list (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) segments = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_spool_segment_free);
  g_autoptr (GError) cause = NULL;
  g_autofd int root = sobre_files_open_folder (folder, FALSE, &cause);

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_steal_pointer (&segments);
  for (guint i = 0; cause == NULL && i < SOBRE_N_DATASETS; i++)
    list_dataset (folder, root, (SobreDataset) i, segments, &cause);
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }

  g_ptr_array_sort (segments, compare_segments);
  return g_steal_pointer (&segments);
}

static GBytes *
pack (GBytes *bytes)
{
  struct libdeflate_compressor *compressor = libdeflate_alloc_compressor (GZIP_LEVEL);
  gsize length;
  const guint8 *plain = g_bytes_get_data (bytes, &length);
  gsize bound = libdeflate_gzip_compress_bound (compressor, length);
  guint8 *packed = g_malloc (bound);
  gsize packed_length = libdeflate_gzip_compress (compressor, plain, length, packed, bound);

  libdeflate_free_compressor (compressor);
  return g_bytes_new_take (packed, packed_length);
}

/* What follows the last newline was never acknowledged. */
static GBytes *
cut_torn_line (GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  const char *newline = length > 0 ? memrchr (text, '\n', length) : NULL;

  return g_bytes_new_from_bytes (bytes, 0, newline != NULL ? (gsize) (newline - text) + 1 : 0);
}

static gboolean
roll_segment (int root, const SobreSpoolSegment *segment, SobreDirLake *lake, GError **error)
{
  g_autofree char *file_name = g_strconcat (segment->name, CLOSED_SUFFIX, NULL);
  char day[] = "dt=YYYY-MM-DD";
  const char *steps[] = { sobre_dataset_get_name (segment->dataset), day, NULL };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) lines = NULL;
  g_autoptr (GBytes) packed = NULL;
  g_autofree char *key = NULL;
  struct stat status;
  g_autofd int folder = -1;
  g_autofd int file = -1;

  sobre_day_format (segment->dt, day + strlen ("dt="));
  folder = sobre_files_open_below (root, steps, FALSE, error);
  file = folder >= 0 ? sobre_files_open_file (folder, file_name, &status, error) : -1;
  if (file < 0)
    return FALSE;
  if ((guint64) status.st_size > MAX_SEGMENT_BYTES)
    {
      g_set_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_REFUSED, _ ("%s is larger than 256 MiB"), segment->path);
      return FALSE;
    }

  bytes = sobre_files_read (file, (guint64) status.st_size, error);
  if (bytes == NULL)
    return FALSE;
  lines = cut_torn_line (bytes);
  if (g_bytes_get_size (lines) > 0)
    {
      packed = pack (lines);
      key = g_strdup_printf ("raw/%s/%s/%s.json.gz", steps[0], day, segment->name);
      if (!sobre_dir_lake_put (lake, key, packed, error))
        return FALSE;
    }
  return sobre_files_remove (folder, file_name, error);
}

gboolean
sobre_spool_roll (const char *folder, SobreDirLake *lake, guint *n_rolled, GError **error)
{
  g_autoptr (GPtrArray) segments = sobre_spool_list (folder, error);
  g_autofd int root = -1;
  guint n_done = 0;
  gboolean ok = segments != NULL;

  for (guint i = 0; ok && i < segments->len; i++)
    {
      const SobreSpoolSegment *segment = g_ptr_array_index (segments, i);
      g_autoptr (GError) cause = NULL;

      if (!segment->closed)
        continue;
      if (root < 0)
        root = sobre_files_open_folder (folder, FALSE, error);
      if (root < 0)
        return FALSE;
      if (roll_segment (root, segment, lake, &cause))
        n_done++;
      /* Somebody else has rolled it. */
      else if (!g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          ok = FALSE;
        }
    }

  if (n_rolled != NULL)
    *n_rolled = n_done;
  return ok;
}
