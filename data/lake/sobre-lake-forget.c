/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "lake/sobre-lake-files.h"
#include "lake/sobre-lake-forget.h"
#include "lake/sobre-lake-unpack.h"
#include "lake/sobre-record-checker.h"
#include "lake/sobre-spool-private.h"
#include "lake/sobre-spool.h"

#define FORGOTTEN_FILE "forgotten"
#define HASH_LENGTH 64
#define MAX_FORGOTTEN_BYTES (64 << 20)
#define MAX_PLAIN_BYTES (256 << 20) /* an object that unpacks to more is not searched */
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/** SobreForgotten: @hashes: (element-type utf8): SHA-256 in hexadecimal */
struct _SobreForgotten
{
  GHashTable *hashes;
};

static char *
hash_id (const SobreId *id)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, id->bytes, sizeof id->bytes);
}

static GBytes *
read_tombstones (int folder, GError **error)
{
  g_autoptr (GError) cause = NULL;
  struct stat status;
  g_autofd int file = sobre_files_open_file (folder, FORGOTTEN_FILE, &status, &cause);

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_bytes_new (NULL, 0);
  if (file >= 0 && status.st_size <= MAX_FORGOTTEN_BYTES)
    return sobre_files_read (file, (guint64) status.st_size, error);

  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE, _ ("The list of forgotten answers is too large"));
  return NULL;
}

SobreForgotten *
sobre_forgotten_load (const char *folder, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofd int descriptor = sobre_files_open_folder (folder, FALSE, &cause);
  g_autoptr (GBytes) bytes = NULL;
  SobreForgotten *self;
  const char *at, *end;
  gsize length;

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    bytes = g_bytes_new (NULL, 0);
  else if (descriptor >= 0)
    bytes = read_tombstones (descriptor, &cause);
  if (bytes == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }

  self = g_new0 (SobreForgotten, 1);
  self->hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  at = g_bytes_get_data (bytes, &length);
  for (end = at + length; end - at > HASH_LENGTH; at += HASH_LENGTH + 1)
    {
      g_autofree char *hash = g_strndup (at, HASH_LENGTH);

      g_hash_table_add (self->hashes, g_steal_pointer (&hash));
    }
  return self;
}

void
sobre_forgotten_free (SobreForgotten *self)
{
  g_hash_table_unref (self->hashes);
  g_free (self);
}

gboolean
sobre_forgotten_is_empty (const SobreForgotten *self)
{
  return g_hash_table_size (self->hashes) == 0;
}

guint
sobre_forgotten_get_n_ids (const SobreForgotten *self)
{
  return g_hash_table_size (self->hashes);
}

gboolean
sobre_forgotten_contains (const SobreForgotten *self, const SobreId *id)
{
  g_autofree char *hash = NULL;

  if (g_hash_table_size (self->hashes) == 0)
    return FALSE;
  hash = hash_id (id);
  return g_hash_table_contains (self->hashes, hash);
}

void
sobre_forget_report_free (SobreForgetReport *self)
{
  g_ptr_array_unref (self->unreadable);
  g_free (self);
}

static gboolean
write_tombstone (const char *folder, const SobreId *id, GError **error)
{
  g_autofd int descriptor = sobre_files_open_folder (folder, TRUE, error);
  g_autoptr (SobreForgotten) forgotten = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autofree char *hash = hash_id (id);
  g_autoptr (GByteArray) lines = NULL;

  /* Two programs may forget at once, and each has to find what the other has written. */
  if (descriptor < 0 || !sobre_files_lock (descriptor, error))
    return FALSE;
  forgotten = sobre_forgotten_load (folder, error);
  if (forgotten == NULL)
    return FALSE;
  if (sobre_forgotten_contains (forgotten, id))
    return TRUE;
  before = read_tombstones (descriptor, error);
  if (before == NULL)
    return FALSE;

  lines = g_byte_array_new ();
  g_byte_array_append (lines, g_bytes_get_data (before, NULL), (guint) g_bytes_get_size (before));
  g_byte_array_append (lines, (const guint8 *) hash, HASH_LENGTH);
  g_byte_array_append (lines, (const guint8 *) "\n", 1);
  after = g_byte_array_free_to_bytes (g_steal_pointer (&lines));
  return sobre_files_write_locked (descriptor, FORGOTTEN_FILE, after, TRUE, error);
}

/**
 * SobreLakeEraser: searches for one id.
 * @plain: the unpacked object
 * @kept: what stays of it
 * @n_dropped: records of the object that do not stay
 */
struct _SobreLakeEraser
{
  SobreRules *rules;
  SobreRecordChecker *checker;
  SobreLakeUnpacker *unpacker;
  SobreId id;
  char text[SOBRE_ID_STRING_LENGTH + 1];
  SobreDataset dataset;
  GByteArray *plain;
  GByteArray *kept;
  gboolean too_large;
  guint n_dropped;
};

static void
collect_cb (const guint8 *bytes, gsize length, gboolean last, gpointer user_data)
{
  SobreLakeEraser *self = user_data;

  self->too_large |= self->plain->len + length > MAX_PLAIN_BYTES;
  if (!self->too_large)
    g_byte_array_append (self->plain, bytes, (guint) length);
}

static gboolean
has_text (const SobreLakeEraser *self, const char *text, gsize length)
{
  return memmem (text, length, self->text, SOBRE_ID_STRING_LENGTH) != NULL;
}

static gboolean
is_wanted_record (const SobreLakeEraser *self)
{
  const SobreRuleObject *object = self->checker->rules->datasets[self->dataset];
  guint place = sobre_rule_object_find (object, "id", strlen ("id"));

  return sobre_id_compare (&self->checker->record.values[place].id, &self->id) == 0;
}

/* Takes a line apart into its records and keeps those that are not the wanted one. What does not parse is one piece: it is dropped if
 * it holds the id, because it holds a guest's words then, record or not. */
static void
filter_line (SobreLakeEraser *self, const char *line, gsize length)
{
  gsize mark = strlen (BYTE_ORDER_MARK);
  gsize begin = length >= mark && memcmp (line, BYTE_ORDER_MARK, mark) == 0 ? mark : 0;
  gsize end = length > 0 && line[length - 1] == '\n' ? length - 1 : length;
  guint before = self->kept->len;
  const char *reason = sobre_record_checker_load (self->checker, line + begin, end - begin);
  gsize offset = 0;

  g_byte_array_append (self->kept, (const guint8 *) line, (guint) begin);
  while (offset < end - begin)
    {
      const char *record = line + begin + offset;
      gsize record_length = end - begin - offset;

      if (reason == NULL)
        {
          gsize next = offset;

          reason = sobre_record_checker_read (self->checker, self->dataset, FALSE, &next, NULL);
          if (next > offset)
            record_length = next - offset;
          if (reason == NULL && is_wanted_record (self))
            record = NULL;
          /* A record that breaks a rule does not hide the next one. */
          if (next > offset)
            reason = NULL;
        }
      if (record != NULL && !has_text (self, record, record_length))
        g_byte_array_append (self->kept, (const guint8 *) record, (guint) record_length);
      else
        self->n_dropped++;
      offset += record_length;
    }

  /* Of a line that is empty now not even the newline stays. */
  if (self->kept->len == before + begin)
    g_byte_array_set_size (self->kept, before);
  else if (end < length)
    g_byte_array_append (self->kept, (const guint8 *) "\n", 1);
}

/* Filters what is in @plain into @kept. */
static void
filter (SobreLakeEraser *self)
{
  const char *at = (const char *) self->plain->data;
  const char *end = at + self->plain->len;

  g_byte_array_set_size (self->kept, 0);
  self->n_dropped = 0;
  while (at < end)
    {
      const char *newline = memchr (at, '\n', (gsize) (end - at));
      gsize length = newline != NULL ? (gsize) (newline - at) + 1 : (gsize) (end - at);

      /* An id may also be written in escapes. */
      if (has_text (self, at, length) || memmem (at, length, "\\u00", 4) != NULL)
        filter_line (self, at, length);
      else
        g_byte_array_append (self->kept, (const guint8 *) at, (guint) length);
      at += length;
    }
}

static GBytes *
repack (const SobreLakeEraser *self, GBytes *original)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (original, &length);

  if (self->kept->len == 0 || length < 2 || bytes[0] != 0x1F || bytes[1] != 0x8B)
    return g_bytes_new (self->kept->data, self->kept->len);
  return sobre_spool_pack (self->kept->data, self->kept->len);
}

SobreLakeEraser *
sobre_lake_eraser_new (const SobreId *id)
{
  SobreLakeEraser *self = g_new0 (SobreLakeEraser, 1);

  self->id = *id;
  sobre_id_format (id, self->text);
  self->rules = sobre_rules_new ();
  self->checker = sobre_record_checker_new (self->rules);
  self->unpacker = sobre_lake_unpacker_new ();
  self->plain = g_byte_array_new ();
  self->kept = g_byte_array_new ();
  return self;
}

void
sobre_lake_eraser_free (SobreLakeEraser *self)
{
  g_byte_array_unref (self->plain);
  g_byte_array_unref (self->kept);
  sobre_lake_unpacker_free (self->unpacker);
  sobre_record_checker_free (self->checker);
  sobre_rules_unref (self->rules);
  g_free (self);
}

gboolean
sobre_lake_eraser_run (SobreLakeEraser *self, SobreDataset dataset, GBytes *bytes, GBytes **kept, guint *n_dropped)
{
  gboolean read;

  *kept = NULL;
  *n_dropped = 0;
  self->dataset = dataset;
  self->too_large = FALSE;
  g_byte_array_set_size (self->plain, 0);
  read = sobre_lake_unpacker_run (self->unpacker, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), collect_cb, self,
                                  NULL);
  if (!read || self->too_large)
    return FALSE;
  filter (self);
  *n_dropped = self->n_dropped;
  if (self->n_dropped > 0)
    *kept = repack (self, bytes);
  return TRUE;
}

static gboolean
search_object (SobreLakeEraser *self,
               SobreDirLake *lake,
               const SobreLakeObject *object,
               SobreForgetReport *report,
               GError **error)
{
  g_autoptr (GBytes) bytes = sobre_dir_lake_read (lake, object, NULL);
  g_autoptr (GBytes) kept = NULL;
  guint n_dropped;

  if (bytes == NULL || !sobre_lake_eraser_run (self, object->dataset, bytes, &kept, &n_dropped))
    {
      g_ptr_array_add (report->unreadable, g_strdup (object->key));
      return TRUE;
    }
  if (kept == NULL)
    return TRUE;
  if (!sobre_dir_lake_replace (lake, object, kept, error))
    return FALSE;
  report->n_records += n_dropped;
  report->n_objects++;
  return TRUE;
}

static gboolean
search_lake (SobreLakeEraser *self, SobreDirLake *lake, SobreForgetReport *report, GError **error)
{
  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    {
      g_autofree char *after = NULL;

      do
        {
          g_autoptr (SobreLakePage) page = sobre_dir_lake_list_page (lake, (SobreDataset) dataset, after, error);

          if (page == NULL)
            return FALSE;
          for (guint i = 0; i < page->objects->len; i++)
            {
              if (!search_object (self, lake, g_ptr_array_index (page->objects, i), report, error))
                return FALSE;
            }
          g_free (after);
          after = g_strdup (page->next);
        }
      while (after != NULL);
    }
  return TRUE;
}

static gboolean
search_segment (SobreLakeEraser *self,
                const char *spool,
                const SobreSpoolSegment *segment,
                SobreForgetReport *report,
                GError **error)
{
  g_autoptr (GBytes) bytes = sobre_spool_segment_read (spool, segment, error);
  g_autoptr (GBytes) kept = NULL;

  if (bytes == NULL)
    return FALSE;
  self->dataset = segment->dataset;
  g_byte_array_set_size (self->plain, 0);
  g_byte_array_append (self->plain, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  filter (self);
  if (self->n_dropped == 0)
    return TRUE;
  if (!segment->closed)
    {
      report->n_open++;
      return TRUE;
    }

  kept = g_bytes_new (self->kept->data, self->kept->len);
  report->n_records += self->n_dropped;
  report->n_objects++;
  return sobre_spool_segment_replace (spool, segment, kept, error);
}

static gboolean
search_spool (SobreLakeEraser *self, const char *spool, SobreForgetReport *report, GError **error)
{
  g_autoptr (GPtrArray) segments = sobre_spool_list (spool, error);

  for (guint i = 0; segments != NULL && i < segments->len; i++)
    {
      g_autoptr (GError) cause = NULL;

      if (search_segment (self, spool, g_ptr_array_index (segments, i), report, &cause))
        continue;
      /* It was closed or rolled meanwhile; what was rolled before the lake was searched is found there. */
      if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        report->n_open++;
      else
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
    }
  return segments != NULL;
}

SobreForgetReport *
sobre_lake_forget (SobreDirLake *lake, const char *folder, const char *spool, const SobreId *id, GError **error)
{
  g_autoptr (SobreForgetReport) report = g_new0 (SobreForgetReport, 1);
  g_autoptr (SobreLakeEraser) eraser = NULL;

  report->unreadable = g_ptr_array_new_with_free_func (g_free);
  if (!write_tombstone (folder, id, error))
    return NULL;
  eraser = sobre_lake_eraser_new (id);
  /* The spool first: what is rolled in between is then found in the lake. */
  if (!search_spool (eraser, spool, report, error) || !search_lake (eraser, lake, report, error))
    return NULL;
  return g_steal_pointer (&report);
}
