/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "lake/sobre-lake-files.h"
#include "lake/sobre-lake-unpack.h"
#include "lake/sobre-spool-private.h"
#include "model/sobre-time.h"
#include "model/sobre-deflate.h"

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

GBytes *
sobre_spool_pack (const guint8 *bytes, gsize length)
{
  struct libdeflate_compressor *compressor = sobre_deflate_compressor_new (GZIP_LEVEL);
  gsize bound = libdeflate_gzip_compress_bound (compressor, length);
  guint8 *packed = g_malloc (bound);
  gsize packed_length = libdeflate_gzip_compress (compressor, bytes, length, packed, bound);

  libdeflate_free_compressor (compressor);
  return g_bytes_new_take (packed, packed_length);
}

static char *
get_file_name (const SobreSpoolSegment *segment)
{
  return g_strconcat (segment->name, segment->closed ? CLOSED_SUFFIX : OPEN_SUFFIX, NULL);
}

static void
format_folder (const SobreSpoolSegment *segment, char folder[sizeof "dt=YYYY-MM-DD"])
{
  memcpy (folder, "dt=", 3);
  sobre_day_format (segment->dt, folder + 3);
}

static int
open_segment_folder (const char *folder, const SobreSpoolSegment *segment, GError **error)
{
  char day[sizeof "dt=YYYY-MM-DD"];
  const char *steps[] = { sobre_dataset_get_name (segment->dataset), day, NULL };
  g_autofd int root = sobre_files_open_folder (folder, FALSE, error);

  format_folder (segment, day);
  return root >= 0 ? sobre_files_open_below (root, steps, FALSE, error) : -1;
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

GBytes *
sobre_spool_segment_read (const char *folder, const SobreSpoolSegment *segment, GError **error)
{
  g_autofree char *name = get_file_name (segment);
  g_autoptr (GBytes) bytes = NULL;
  struct stat status;
  g_autofd int day_folder = open_segment_folder (folder, segment, error);
  g_autofd int file = day_folder >= 0 ? sobre_files_open_file (day_folder, name, &status, error) : -1;

  if (file < 0)
    return NULL;
  if ((guint64) status.st_size > MAX_SEGMENT_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, _ ("%s is larger than 256 MiB"), segment->path);
      return NULL;
    }

  bytes = sobre_files_read (file, (guint64) status.st_size, error);
  return bytes != NULL ? cut_torn_line (bytes) : NULL;
}

gboolean
sobre_spool_segment_replace (const char *folder, const SobreSpoolSegment *segment, GBytes *bytes, GError **error)
{
  g_autofree char *name = get_file_name (segment);
  g_autofd int day_folder = open_segment_folder (folder, segment, error);

  if (day_folder < 0)
    return FALSE;
  if (g_bytes_get_size (bytes) == 0)
    return sobre_files_remove (day_folder, name, error);
  return sobre_files_write_whole (day_folder, name, bytes, TRUE, error);
}

static void
collect_cb (const guint8 *bytes, gsize length, gboolean last, gpointer user_data)
{
  g_byte_array_append (user_data, bytes, (guint) length);
}

/* Whether the object that has the segment's key holds the same lines, packed by another version of the packer perhaps. */
static gboolean
is_rolled_already (SobreDirLake *lake, const char *key, GBytes *lines)
{
  g_autoptr (SobreLakeUnpacker) unpacker = sobre_lake_unpacker_new ();
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autoptr (GBytes) packed = sobre_dir_lake_read_key (lake, key, NULL);

  return packed != NULL &&
         sobre_lake_unpacker_run (unpacker, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed), collect_cb, plain,
                                  NULL) &&
         plain->len == g_bytes_get_size (lines) && memcmp (plain->data, g_bytes_get_data (lines, NULL), plain->len) == 0;
}

static gboolean
roll_segment (const char *folder, const SobreSpoolSegment *segment, SobreDirLake *lake, GError **error)
{
  g_autoptr (GBytes) lines = sobre_spool_segment_read (folder, segment, error);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);

  if (lines == NULL)
    return FALSE;
  if (g_bytes_get_size (lines) > 0)
    {
      g_autoptr (GBytes) packed = sobre_spool_pack (g_bytes_get_data (lines, NULL), g_bytes_get_size (lines));
      g_autoptr (GError) cause = NULL;
      g_autofree char *key = NULL;
      char day[sizeof "dt=YYYY-MM-DD"];

      format_folder (segment, day);
      key = g_strdup_printf ("raw/%s/%s/%s.json.gz", sobre_dataset_get_name (segment->dataset), day, segment->name);
      if (!sobre_dir_lake_put (lake, key, packed, &cause) && !is_rolled_already (lake, key, lines))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
    }
  return sobre_spool_segment_replace (folder, segment, nothing, error);
}

gboolean
sobre_spool_roll (const char *folder, SobreDirLake *lake, guint *n_rolled, GError **error)
{
  g_autoptr (GPtrArray) segments = sobre_spool_list (folder, error);
  g_autoptr (GError) first = NULL;
  guint n_done = 0;

  if (segments == NULL)
    return FALSE;
  for (guint i = 0; i < segments->len; i++)
    {
      const SobreSpoolSegment *segment = g_ptr_array_index (segments, i);
      g_autoptr (GError) cause = NULL;

      if (!segment->closed)
        continue;
      if (roll_segment (folder, segment, lake, &cause))
        n_done++;
      /* One that is not there any more was rolled by somebody else; one that cannot be rolled does not hold up the others. */
      else if (first == NULL && !g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        first = g_steal_pointer (&cause);
    }

  if (n_rolled != NULL)
    *n_rolled = n_done;
  if (first != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&first));
      return FALSE;
    }
  return TRUE;
}
