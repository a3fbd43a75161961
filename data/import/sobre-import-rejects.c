/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n-lib.h>

#include "import/sobre-import-rejects.h"

#define MAX_KEPT 1000
#define MAX_TEXT_BYTES 4096
#define FLUSH_AT 65536
#define FOLDER_MODE 0700

struct _SobreImportRejects
{
  char *path;
  GOutputStream *stream;
  GString *pending;
  GPtrArray *first;
  guint64 n;
};

static void
reject_free (gpointer data)
{
  SobreImportReject *self = data;

  g_free (self->column);
  g_free (self->value);
  g_free (self->row);
  g_free (self);
}

SobreImportRejects *
sobre_import_rejects_new (const char *path)
{
  SobreImportRejects *self = g_new0 (SobreImportRejects, 1);

  self->path = g_strdup (path);
  self->pending = g_string_new (NULL);
  self->first = g_ptr_array_new_with_free_func (reject_free);
  return self;
}

void
sobre_import_rejects_free (SobreImportRejects *self)
{
  if (self->stream != NULL)
    {
      g_autoptr (GCancellable) given_up = g_cancellable_new ();

      /* Closing it as cancelled removes what was written so far. */
      g_cancellable_cancel (given_up);
      g_output_stream_close (self->stream, given_up, NULL);
      g_object_unref (self->stream);
    }
  g_string_free (self->pending, TRUE);
  g_ptr_array_unref (self->first);
  g_free (self->path);
  g_free (self);
}

static gboolean
fail (const SobreImportRejects *self, GError *cause, GError **error)
{
  g_set_error (error, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_FAILED,
               _ ("The list of rejected rows cannot be written to %s, so nothing was imported: %s"), self->path,
               cause->message);
  g_error_free (cause);
  return FALSE;
}

static gboolean
open_stream (SobreImportRejects *self, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autofree char *folder = g_path_get_dirname (self->path);
  GError *cause = NULL;
  GFileOutputStream *stream;

  /* What goes wrong here is told by what follows. */
  g_mkdir_with_parents (folder, FOLDER_MODE);
  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, &cause);
  if (stream == NULL)
    return fail (self, cause, error);
  self->stream = G_OUTPUT_STREAM (stream);
  g_string_append (self->pending, "line,reason,column,value,row\r\n");
  return TRUE;
}

static gboolean
flush (SobreImportRejects *self, gsize at, GError **error)
{
  GError *cause = NULL;

  if (self->pending->len <= at)
    return TRUE;
  if (!g_output_stream_write_all (self->stream, self->pending->str, self->pending->len, NULL, NULL, &cause))
    return fail (self, cause, error);
  g_string_truncate (self->pending, 0);
  return TRUE;
}

static char *
make_text (SobreText text)
{
  gsize length = MIN (text.length, MAX_TEXT_BYTES);

  return length > 0 ? g_utf8_make_valid (text.data, (gssize) length) : g_strdup ("");
}

static void
append (SobreImportRejects *self, const SobreImportReject *reject)
{
  const char *cells[] = { reject->reason, reject->column != NULL ? reject->column : "", reject->value, reject->row };

  g_string_append_printf (self->pending, "%" G_GUINT64_FORMAT, reject->line);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_string_append_c (self->pending, ',');
      sobre_csv_append_cell (self->pending, sobre_text (cells[i]), ',', TRUE);
    }
  g_string_append (self->pending, "\r\n");
}

gboolean
sobre_import_rejects_add (SobreImportRejects *self,
                          const SobreImportRow *row,
                          const char *reason,
                          const char *column,
                          SobreText value,
                          GError **error)
{
  SobreImportReject *reject;

  self->n++;
  if (self->path == NULL && self->first->len == MAX_KEPT)
    return TRUE;
  if (self->path != NULL && self->stream == NULL && !open_stream (self, error))
    return FALSE;
  reject = g_new0 (SobreImportReject, 1);
  *reject = (SobreImportReject) { row->line, reason, g_strdup (column), make_text (value), make_text (row->raw) };
  if (self->path != NULL)
    append (self, reject);
  if (self->first->len < MAX_KEPT)
    g_ptr_array_add (self->first, reject);
  else
    reject_free (reject);
  return self->path == NULL || flush (self, FLUSH_AT, error);
}

gboolean
sobre_import_rejects_finish (SobreImportRejects *self, GError **error)
{
  GError *cause = NULL;

  if (self->stream == NULL)
    return TRUE;
  if (!flush (self, 0, error))
    return FALSE;
  if (!g_output_stream_close (self->stream, NULL, &cause))
    return fail (self, cause, error);
  g_clear_object (&self->stream);
  return TRUE;
}

guint64
sobre_import_rejects_get_n (const SobreImportRejects *self)
{
  return self->n;
}

GPtrArray *
sobre_import_rejects_get_first (const SobreImportRejects *self)
{
  return self->first;
}
