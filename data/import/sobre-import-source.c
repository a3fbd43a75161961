/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "import/sobre-import-source.h"
#include "import/sobre-json-rows.h"

#define SHAPE_DIGITS 16

/** SobreImportSource: either @csv or @json reads @input. */
struct _SobreImportSource
{
  SobreImportInput *input;
  SobreCsvReader *csv;
  SobreJsonRows *json;
  gboolean no_header;
  GPtrArray *columns;
  SobreImportRow row;
};

void
sobre_import_reading_clear (SobreImportReading *self)
{
  g_clear_pointer (&self->encoding, g_free);
}

void
sobre_import_reading_copy (const SobreImportReading *self, SobreImportReading *copy)
{
  *copy = *self;
  copy->encoding = g_strdup (self->encoding);
}

gboolean
sobre_import_reading_equal (const SobreImportReading *a, const SobreImportReading *b)
{
  return g_strcmp0 (a->encoding, b->encoding) == 0 && a->delimiter == b->delimiter && !a->no_header == !b->no_header;
}

/* The first byte that is no white space, 0 in an empty file. */
static gboolean
peek (SobreImportInput *input, char *first, GError **error)
{
  GError *cause = NULL;
  gsize at = 0;

  *first = '\0';
  while (TRUE)
    {
      gsize length;
      const char *text = sobre_import_input_get_window (input, &length);

      while (at < length && g_ascii_isspace (text[at]))
        at++;
      if (at < length)
        {
          *first = text[at];
          break;
        }
      if (length > SOBRE_IMPORT_MAX_FIELD_BYTES || !sobre_import_input_fill (input, &cause))
        break;
    }
  if (cause != NULL)
    g_propagate_error (error, cause);
  return cause == NULL;
}

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_UNREADABLE, message);
  return FALSE;
}

/* A column's name as it is told and looked for: without blanks around it, on one line, valid, never empty and never twice. */
static char *
make_name (SobreText text, guint place, GHashTable *taken)
{
  g_autofree char *raw = text.data != NULL ? g_strndup (text.data, text.length) : g_strdup ("");
  g_autofree char *valid = g_utf8_make_valid (raw, -1);
  g_autoptr (GString) name = g_string_new (NULL);
  gsize length;

  for (const char *at = g_strstrip (valid); *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);

      if (!g_unichar_isspace (character) && !g_unichar_iscntrl (character))
        g_string_append_unichar (name, character);
      else if (name->len > 0 && name->str[name->len - 1] != ' ')
        g_string_append_c (name, ' ');
    }
  if (name->len == 0)
    g_string_append_printf (name, "%u", place + 1);
  length = name->len;
  for (guint i = 2; g_hash_table_contains (taken, name->str); i++)
    {
      g_string_truncate (name, length);
      g_string_append_printf (name, " (%u)", i);
    }
  g_hash_table_add (taken, g_strdup (name->str));
  return g_string_free_and_steal (g_steal_pointer (&name));
}

static gboolean
read_header (SobreImportSource *self, GError **error)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GError *cause = NULL;
  const SobreImportRow *row = sobre_csv_reader_next (self->csv, &cause);

  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  if (row == NULL)
    return refuse (error, _ ("The file is empty"));
  if (row->reason != NULL)
    {
      g_set_error (error, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_UNREADABLE,
                   _ ("Line %" PRIu64 ", which should name the columns, cannot be read (%s)"), row->line, row->reason);
      return FALSE;
    }
  for (guint i = 0; i < row->n_cells; i++)
    g_ptr_array_add (self->columns, make_name (self->no_header ? SOBRE_TEXT_NONE : row->cells[i], i, taken));
  if (self->no_header)
    sobre_csv_reader_rewind (self->csv);
  return TRUE;
}

static gboolean
begin (SobreImportSource *self, const SobreImportReading *reading, GError **error)
{
  char first;

  if (!peek (self->input, &first, error))
    return FALSE;
  if (first == '[')
    return refuse (error, _ ("The file is one JSON array; what is read is JSON lines: one object a line, without brackets and "
                             "commas around them"));
  if (first == '{' && reading->delimiter == '\0' && !reading->no_header)
    {
      self->json = sobre_json_rows_new (self->input);
      return TRUE;
    }
  self->columns = g_ptr_array_new_with_free_func (g_free);
  self->no_header = reading->no_header;
  self->csv = sobre_csv_reader_new (self->input, reading->delimiter, error);
  return self->csv != NULL && read_header (self, error);
}

static SobreImportSource *
open_input (SobreImportInput *input, const SobreImportReading *reading, GError **error)
{
  g_autoptr (SobreImportSource) self = g_new0 (SobreImportSource, 1);

  self->input = input;
  if (input == NULL || !begin (self, reading, error))
    return NULL;
  return g_steal_pointer (&self);
}

SobreImportSource *
sobre_import_source_open (const char *path, const SobreImportReading *reading, GError **error)
{
  return open_input (sobre_import_input_open (path, reading->encoding, error), reading, error);
}

SobreImportSource *
sobre_import_source_new (GBytes *bytes, const SobreImportReading *reading, GError **error)
{
  return open_input (sobre_import_input_new (bytes, reading->encoding, error), reading, error);
}

void
sobre_import_source_free (SobreImportSource *self)
{
  g_clear_pointer (&self->csv, sobre_csv_reader_free);
  g_clear_pointer (&self->json, sobre_json_rows_free);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->input, sobre_import_input_free);
  g_free (self);
}

gboolean
sobre_import_source_is_json (const SobreImportSource *self)
{
  return self->json != NULL;
}

char
sobre_import_source_get_delimiter (const SobreImportSource *self)
{
  return self->csv != NULL ? sobre_csv_reader_get_delimiter (self->csv) : '\0';
}

const char *
sobre_import_source_get_encoding (const SobreImportSource *self)
{
  return sobre_import_input_get_encoding (self->input);
}

GPtrArray *
sobre_import_source_get_columns (const SobreImportSource *self)
{
  return self->json != NULL ? sobre_json_rows_get_columns (self->json) : self->columns;
}

/* What is wrong with a row of CSV that the reader took. Cells in excess that are empty are none. */
static const char *
check_row (const SobreImportSource *self, SobreImportRow *row)
{
  while (row->n_cells > self->columns->len && row->cells[row->n_cells - 1].length == 0)
    row->n_cells--;
  if (row->n_cells != self->columns->len)
    return "row.cells";
  if (g_utf8_validate_len (row->raw.data, row->raw.length, NULL))
    return NULL;
  return memchr (row->raw.data, '\0', row->raw.length) != NULL ? "nul" : "utf8";
}

const SobreImportRow *
sobre_import_source_next (SobreImportSource *self, GError **error)
{
  const SobreImportRow *row;

  if (self->json != NULL)
    return sobre_json_rows_next (self->json, error);
  row = sobre_csv_reader_next (self->csv, error);
  if (row == NULL || row->reason != NULL)
    return row;
  self->row = *row;
  self->row.reason = check_row (self, &self->row);
  if (self->row.reason != NULL)
    {
      self->row.cells = NULL;
      self->row.n_cells = 0;
    }
  return &self->row;
}

gboolean
sobre_import_source_rewind (SobreImportSource *self, GError **error)
{
  GError *cause = NULL;

  if (self->json != NULL)
    {
      sobre_json_rows_rewind (self->json);
      return TRUE;
    }
  sobre_csv_reader_rewind (self->csv);
  if (self->no_header || sobre_csv_reader_next (self->csv, &cause) != NULL)
    return TRUE;
  if (cause == NULL)
    return refuse (error, _ ("The file has become empty"));
  g_propagate_error (error, cause);
  return FALSE;
}

double
sobre_import_source_get_fraction (const SobreImportSource *self)
{
  guint64 size = sobre_import_input_get_size (self->input);

  return size > 0 ? (double) sobre_import_input_get_position (self->input) / (double) size : 1;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
sobre_import_source_make_shape (const SobreImportSource *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GString) joined = g_string_new (self->json != NULL ? "json" : "csv");
  char *shape;

  g_ptr_array_extend (names, sobre_import_source_get_columns (self), NULL, NULL);
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (joined, "\x1f%s", (const char *) g_ptr_array_index (names, i));
  shape = g_compute_checksum_for_string (G_CHECKSUM_SHA256, joined->str, (gssize) joined->len);
  shape[SHAPE_DIGITS] = '\0';
  return shape;
}
