/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>
#include <yyjson.h>

#include "import/sobre-json-rows.h"

#define MAX_DEPTH 8
#define MAX_RAW_BYTES (64 * 1024)

/** SobreJsonRows: @places: from a column's name to its place · @path: of the member that is being read */
struct _SobreJsonRows
{
  SobreImportInput *input;
  GPtrArray *columns;
  GHashTable *places;
  GArray *cells;
  GString *path;
  yyjson_doc *doc;
  gsize taken;
  guint64 line;
  SobreImportRow row;
};

SobreJsonRows *
sobre_json_rows_new (SobreImportInput *input)
{
  SobreJsonRows *self = g_new0 (SobreJsonRows, 1);

  self->input = input;
  self->columns = g_ptr_array_new_with_free_func (g_free);
  self->places = g_hash_table_new (g_str_hash, g_str_equal);
  self->cells = g_array_new (FALSE, TRUE, sizeof (SobreText));
  self->path = g_string_new (NULL);
  sobre_json_rows_rewind (self);
  return self;
}

void
sobre_json_rows_free (SobreJsonRows *self)
{
  yyjson_doc_free (self->doc);
  g_hash_table_unref (self->places);
  g_ptr_array_unref (self->columns);
  g_array_unref (self->cells);
  g_string_free (self->path, TRUE);
  g_free (self);
}

GPtrArray *
sobre_json_rows_get_columns (const SobreJsonRows *self)
{
  return self->columns;
}

void
sobre_json_rows_rewind (SobreJsonRows *self)
{
  sobre_import_input_rewind (self->input);
  self->taken = 0;
  self->line = 0;
}

/* Puts @text into the column that has the path's name. */
static const char *
put_cell (SobreJsonRows *self, SobreText text)
{
  gpointer place;
  SobreText *cell;

  /* A name that holds a NUL is none, and would be taken for another. */
  if (strlen (self->path->str) != self->path->len)
    return "nul";
  if (!g_hash_table_lookup_extended (self->places, self->path->str, NULL, &place))
    {
      char *name = g_strdup (self->path->str);

      if (self->columns->len == SOBRE_IMPORT_MAX_COLUMNS)
        {
          g_free (name);
          return "row.cells";
        }
      place = GUINT_TO_POINTER (self->columns->len);
      g_ptr_array_add (self->columns, name);
      g_hash_table_insert (self->places, name, place);
    }
  if (self->cells->len <= GPOINTER_TO_UINT (place))
    g_array_set_size (self->cells, self->columns->len);
  cell = &g_array_index (self->cells, SobreText, GPOINTER_TO_UINT (place));
  if (cell->data != NULL)
    return "duplicate";
  *cell = text;
  return NULL;
}

static const char *
put_scalar (SobreJsonRows *self, yyjson_val *value)
{
  if (yyjson_is_null (value))
    return NULL;
  if (yyjson_is_bool (value))
    return put_cell (self, sobre_text (yyjson_is_true (value) ? "true" : "false"));
  return put_cell (self, (SobreText) { unsafe_yyjson_get_str (value), unsafe_yyjson_get_len (value) });
}

static const char *put_value (SobreJsonRows *self, yyjson_val *value, guint depth);

static const char *
put_object (SobreJsonRows *self, yyjson_val *object, guint depth)
{
  gsize length = self->path->len;
  yyjson_obj_iter iter = yyjson_obj_iter_with (object);
  const char *reason = NULL;
  yyjson_val *key;

  while (reason == NULL && (key = yyjson_obj_iter_next (&iter)) != NULL)
    {
      if (length > 0)
        g_string_append_c (self->path, '.');
      g_string_append_len (self->path, unsafe_yyjson_get_str (key), (gssize) unsafe_yyjson_get_len (key));
      reason = put_value (self, yyjson_obj_iter_get_val (key), depth + 1);
      g_string_truncate (self->path, length);
    }
  return reason;
}

static const char *
put_array (SobreJsonRows *self, yyjson_val *array, guint depth)
{
  gsize length = self->path->len;
  yyjson_arr_iter iter = yyjson_arr_iter_with (array);
  const char *reason = NULL;
  yyjson_val *item;

  for (guint i = 0; reason == NULL && (item = yyjson_arr_iter_next (&iter)) != NULL; i++)
    {
      g_string_append_printf (self->path, ".%u", i);
      reason = put_value (self, item, depth + 1);
      g_string_truncate (self->path, length);
    }
  return reason;
}

static const char *
put_value (SobreJsonRows *self, yyjson_val *value, guint depth)
{
  if (depth > MAX_DEPTH)
    return "depth";
  if (yyjson_is_obj (value))
    return put_object (self, value, depth);
  return yyjson_is_arr (value) ? put_array (self, value, depth) : put_scalar (self, value);
}

static const char *
read_line (SobreJsonRows *self, const char *line, gsize length)
{
  yyjson_doc_free (self->doc);
  self->doc = NULL;
  if (length > SOBRE_IMPORT_MAX_FIELD_BYTES)
    return "row.length";
  self->doc = yyjson_read_opts ((char *) line, length, YYJSON_READ_NUMBER_AS_RAW, NULL, NULL);
  if (self->doc == NULL)
    return memchr (line, '\0', length) != NULL ? "nul" : g_utf8_validate_len (line, length, NULL) ? "json" : "utf8";
  if (!yyjson_is_obj (yyjson_doc_get_root (self->doc)))
    return "object";
  g_string_truncate (self->path, 0);
  return put_value (self, yyjson_doc_get_root (self->doc), 0);
}

/* The line at the window's begin: its length without the line end, and all that belongs to it in @taken. What is longer than a line may
 * be is left out piece by piece, so that memory stays bounded; its beginning stays in the window. */
static gboolean
find_line (SobreJsonRows *self, gsize *length, GError **error)
{
  gsize looked_at = 0;

  while (TRUE)
    {
      gsize size;
      const char *text = sobre_import_input_get_window (self->input, &size);
      const char *end = size > looked_at ? memchr (text + looked_at, '\n', size - looked_at) : NULL;

      if (end != NULL)
        {
          *length = (gsize) (end - text);
          self->taken = *length + 1;
          return TRUE;
        }
      if (size > SOBRE_IMPORT_MAX_FIELD_BYTES + MAX_RAW_BYTES)
        {
          sobre_import_input_skip (self->input, size - SOBRE_IMPORT_MAX_FIELD_BYTES - 1);
          size = SOBRE_IMPORT_MAX_FIELD_BYTES + 1;
        }
      looked_at = size;
      if (!sobre_import_input_fill (self->input, error))
        {
          *length = self->taken = size;
          return size > 0;
        }
    }
}

const SobreImportRow *
sobre_json_rows_next (SobreJsonRows *self, GError **error)
{
  GError *cause = NULL;
  gsize length;

  while (TRUE)
    {
      const char *line;
      const char *reason;

      sobre_import_input_skip (self->input, self->taken);
      self->taken = 0;
      if (!find_line (self, &length, &cause) || cause != NULL)
        {
          if (cause != NULL)
            g_propagate_error (error, cause);
          return NULL;
        }
      self->line++;
      line = sobre_import_input_get_window (self->input, &(gsize) { 0 });
      while (length > 0 && g_ascii_isspace (line[length - 1]))
        length--;
      if (length == 0)
        continue;

      g_array_set_size (self->cells, 0);
      g_array_set_size (self->cells, self->columns->len);
      reason = read_line (self, line, length);
      self->row = (SobreImportRow) { .line = self->line, .reason = reason, .raw = { line, MIN (length, MAX_RAW_BYTES) } };
      if (reason == NULL)
        {
          self->row.cells = (const SobreText *) (gconstpointer) self->cells->data;
          self->row.n_cells = self->cells->len;
        }
      return &self->row;
    }
}
