/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "import/sobre-import-keys.h"
#include "import/sobre-import-private.h"
#include "import/sobre-import-writer.h"
#include "lake/sobre-lake-forget.h"
#include "lake/sobre-lake-unpack.h"
#include "model/sobre-time.h"

#define MAX_SAMPLES 5
#define ROWS_A_STEP 1024

/* A record may lie a day ahead, because clocks and time zones differ; saved queries do not look for later ones in today's folder. */
#define AHEAD_MS SOBRE_DAY_MS

/* What the lowest bit of a known line's hash says: whether it comes from this file. Hashes are odd, so it is free. */
#define FROM_THIS_FILE G_GUINT64_CONSTANT (1)

/** Known: ids that count already, and hashes of their lines. @line: a piece of one that ends in the next piece of an object */
typedef struct
{
  SobreImportKeys *keys;
  GString *line;
} Known;

void
sobre_import_report_free (SobreImportReport *self)
{
  g_clear_pointer (&self->rejects, sobre_import_rejects_free);
  g_ptr_array_unref (self->samples);
  g_free (self->batch);
  g_free (self);
}

static void
note_line (Known *self, SobreText line)
{
  guint8 key[SOBRE_IMPORT_KEY_BYTES];
  gboolean found;
  guint64 *hash;
  SobreId id;

  if (!sobre_import_line_get_id (line, &id))
    return;
  sobre_import_id_get_key (&id, key);
  hash = sobre_import_keys_find (self->keys, key, &found);
  *hash = sobre_import_line_hash (line) & ~FROM_THIS_FILE;
}

static void
note_bytes_cb (const guint8 *bytes, gsize length, gboolean last, gpointer user_data)
{
  Known *self = user_data;
  const char *at = (const char *) bytes;
  const char *end = at + length;

  while (at < end)
    {
      const char *newline = memchr (at, '\n', (gsize) (end - at));
      const char *stop = newline != NULL ? newline : end;

      if (newline == NULL || self->line->len > 0)
        g_string_append_len (self->line, at, (gssize) (stop - at));
      if (newline != NULL && self->line->len > 0)
        note_line (self, (SobreText) { self->line->str, self->line->len });
      else if (newline != NULL)
        note_line (self, (SobreText) { at, (gsize) (stop - at) });
      if (newline != NULL)
        g_string_truncate (self->line, 0);
      at = newline != NULL ? newline + 1 : end;
    }
  if (last && self->line->len > 0)
    {
      note_line (self, (SobreText) { self->line->str, self->line->len });
      g_string_truncate (self->line, 0);
    }
}

/* An object that cannot be read is the lake's concern: what it holds is imported anew, under the same ids. */
static void
note_object (Known *self, SobreDirLake *lake, SobreLakeUnpacker *unpacker, const SobreLakeObject *object)
{
  g_autoptr (GBytes) packed = NULL;

  if (!g_str_has_prefix (strrchr (object->key, '/') + 1, SOBRE_IMPORT_OBJECT_PREFIX))
    return;
  packed = sobre_dir_lake_read (lake, object, NULL);
  g_string_truncate (self->line, 0);
  if (packed != NULL)
    sobre_lake_unpacker_run (unpacker, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed), note_bytes_cb, self, NULL);
}

/* Reads which records the lake has from earlier imports. */
static gboolean
load_known (Known *self, SobreDirLake *lake, SobreDataset dataset, GCancellable *cancellable, GError **error)
{
  g_autoptr (SobreLakeUnpacker) unpacker = sobre_lake_unpacker_new ();
  g_autofree char *after = NULL;

  do
    {
      g_autoptr (SobreLakePage) page = sobre_dir_lake_list_page (lake, dataset, after, error);

      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->objects->len; i++)
        {
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return FALSE;
          note_object (self, lake, unpacker, g_ptr_array_index (page->objects, i));
        }
      g_free (after);
      after = g_strdup (page->next);
    }
  while (after != NULL);
  return TRUE;
}

/** Run: one pass over the file. */
typedef struct
{
  SobreImport *import;
  const SobreImportTarget *target;
  SobreImportRecorder *recorder;
  SobreImportWriter *writer;
  SobreForgotten *forgotten;
  Known known;
  SobreImportReport *report;
} Run;

static void
note_time (SobreImportReport *report, gint64 time)
{
  gboolean first = report->n_added + report->n_known == 0;

  report->first = first ? time : MIN (report->first, time);
  report->last = first ? time : MAX (report->last, time);
}

static gboolean
add (Run *self, const SobreImportRecord *record, GError **error)
{
  SobreImportReport *report = self->report;

  note_time (report, record->time);
  report->n_added++;
  if (report->samples->len < MAX_SAMPLES)
    g_ptr_array_add (report->samples, g_strndup (record->line.data, record->line.length - 1));
  return self->writer == NULL || sobre_import_writer_add (self->writer, record->line, error);
}

/* What the lake or this file has under the id already: the same, or something else. */
static gboolean
meet (Run *self, const SobreImportRow *row, const SobreImportRecord *record, guint64 known, guint64 hash, GError **error)
{
  SobreImportReport *report = self->report;

  if ((known | FROM_THIS_FILE) != (hash | FROM_THIS_FILE))
    return sobre_import_rejects_add (report->rejects, row, "id.conflict", NULL, SOBRE_TEXT_NONE, error);
  if (known & FROM_THIS_FILE)
    report->n_repeated++;
  else
    {
      note_time (report, record->time);
      report->n_known++;
    }
  return TRUE;
}

static gboolean
take_row (Run *self, const SobreImportRow *row, GError **error)
{
  SobreImportReport *report = self->report;
  const SobreImportRecord *record;
  guint8 key[SOBRE_IMPORT_KEY_BYTES];
  gboolean found;
  guint64 *known;
  guint64 hash;

  report->n_rows++;
  if (row->reason != NULL)
    return sobre_import_rejects_add (report->rejects, row, row->reason, NULL, SOBRE_TEXT_NONE, error);
  record = sobre_import_recorder_take (self->recorder, row);
  if (record->reason != NULL)
    return sobre_import_rejects_add (report->rejects, row, record->reason, record->column, record->value, error);
  if (sobre_forgotten_contains (self->forgotten, &record->id))
    {
      report->n_forgotten++;
      return TRUE;
    }

  hash = sobre_import_line_hash (record->line);
  sobre_import_id_get_key (&record->id, key);
  known = sobre_import_keys_find (self->known.keys, key, &found);
  if (found)
    return meet (self, row, record, *known, hash, error);
  *known = hash | FROM_THIS_FILE;
  return add (self, record, error);
}

static gboolean
take_rows (Run *self, SobreImportProgress progress, gpointer user_data, GCancellable *cancellable, GError **error)
{
  SobreImportSource *source = self->import->source;
  const SobreImportRow *row;
  GError *cause = NULL;

  if (!sobre_import_source_rewind (source, error))
    return FALSE;
  while ((row = sobre_import_source_next (source, &cause)) != NULL)
    {
      if (!take_row (self, row, &cause))
        break;
      if (self->report->n_rows % ROWS_A_STEP != 0)
        continue;
      if (progress != NULL)
        progress (sobre_import_source_get_fraction (source), self->report->n_rows, user_data);
      if (g_cancellable_set_error_if_cancelled (cancellable, &cause))
        break;
    }
  if (cause != NULL)
    g_propagate_error (error, cause);
  return cause == NULL;
}

/* From here on it is not cancelled any more, so that an interrupt leaves all or nothing. */
static gboolean
publish (Run *self, GError **error)
{
  SobreImportReport *report = self->report;
  gint32 today = (gint32) (self->target->now / SOBRE_DAY_MS);

  return sobre_import_rejects_finish (report->rejects, error) &&
         sobre_import_writer_publish (self->writer, self->target->lake, self->import->mapping->dataset, today, &report->batch,
                                      &report->n_objects, error) &&
         (report->n_added + report->n_known == 0 || sobre_import_save_mapping (self->import, error));
}

static gboolean
begin (Run *self, GCancellable *cancellable, GError **error)
{
  const SobreImportTarget *target = self->target;

  self->forgotten = sobre_forgotten_load (target->state, error);
  if (self->forgotten == NULL || !load_known (&self->known, target->lake, self->import->mapping->dataset, cancellable, error))
    return FALSE;
  if (target->dry_run)
    return TRUE;
  self->writer = sobre_import_writer_new (target->state, error);
  return self->writer != NULL;
}

SobreImportReport *
sobre_import_run (SobreImport *self,
                  const SobreImportTarget *target,
                  SobreImportProgress progress,
                  gpointer user_data,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (SobreImportReport) report = g_new0 (SobreImportReport, 1);
  Run run = { .import = self, .target = target, .report = report };
  gboolean done;

  g_return_val_if_fail (self->is_settled, NULL);
  report->samples = g_ptr_array_new_with_free_func (g_free);
  report->rejects = sobre_import_rejects_new (target->dry_run ? NULL : target->rejects);
  run.known = (Known) { sobre_import_keys_new (), g_string_new (NULL) };
  run.recorder = sobre_import_recorder_new (self->mapping, self->survey, self->house, target->now + AHEAD_MS);
  done = begin (&run, cancellable, error) && take_rows (&run, progress, user_data, cancellable, error) &&
         (target->dry_run || publish (&run, error));

  sobre_import_keys_free (run.known.keys);
  g_string_free (run.known.line, TRUE);
  sobre_import_recorder_free (run.recorder);
  g_clear_pointer (&run.writer, sobre_import_writer_free);
  g_clear_pointer (&run.forgotten, sobre_forgotten_free);
  return done ? g_steal_pointer (&report) : NULL;
}
