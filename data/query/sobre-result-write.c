/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sobre-result-table-private.h"

#include <math.h>
#include <string.h>

#include "model/sobre-formula.h"

/* Results as files.
 *
 * CSV is RFC 4180 with CRLF. A text that a spreadsheet would take for a formula gets an apostrophe before it and double quotes around:
 * one that begins with = + - @, a tab, a carriage return, a line feed or a full-width ＝＋－＠, also behind blanks, which spreadsheets cut away.
 * Numbers are numbers: -3 stays -3.
 *
 * JSON is {"columns": [{"name", "type"}…], "rows": [[…]…], "truncated": bool}. What JSON has no number for (NaN, infinities) is text.
 *
 * The aligned table is for people: numbers to the right, control characters shown as ·, cells cut at 60 columns. */

#define FLUSH_AT 65536
#define MAX_CELL 60
#define MEASURED_ROWS 10000

typedef struct
{
  GOutputStream *stream;
  GCancellable *cancellable;
  GString *pending;
} Writer;

static gboolean
flush (Writer *writer, gsize at, GError **error)
{
  if (writer->pending->len <= at)
    return TRUE;
  if (!g_output_stream_write_all (writer->stream, writer->pending->str, writer->pending->len, NULL, writer->cancellable, error))
    return FALSE;
  g_string_truncate (writer->pending, 0);
  return TRUE;
}

static void
append_csv_text (GString *csv, const char *text, gsize length)
{
  gboolean formula = sobre_text_is_formula ((SobreText) { text, length });

  if (!formula && length > 0 && strcspn (text, "\",\r\n") >= length && text[0] != ' ' && text[length - 1] != ' ')
    {
      g_string_append_len (csv, text, (gssize) length);
      return;
    }
  g_string_append (csv, formula ? "\"'" : "\"");
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, text[i]);
    }
  g_string_append_c (csv, '"');
}

static gboolean
write_csv (Writer *writer, SobreResultTable *table, GError **error)
{
  const SobreResultColumn *columns = sobre_result_table_get_columns (table);
  guint n = sobre_result_table_get_n_columns (table);
  guint64 n_rows = sobre_result_table_get_n_rows (table);
  g_autoptr (GString) cell = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_string_append (writer->pending, i > 0 ? "," : "");
      append_csv_text (writer->pending, columns[i].name, strlen (columns[i].name));
    }
  g_string_append (writer->pending, "\r\n");
  for (guint64 row = 0; row < n_rows; row++)
    {
      for (guint i = 0; i < n; i++)
        {
          g_string_append (writer->pending, i > 0 ? "," : "");
          g_string_truncate (cell, 0);
          sobre_result_column_append_text (&columns[i], row, cell);
          /* NULL is nothing at all, an empty text is "". */
          if (columns[i].type == SOBRE_VALUE_VARCHAR && columns[i].valid[row])
            append_csv_text (writer->pending, cell->str, cell->len);
          else
            g_string_append_len (writer->pending, cell->str, (gssize) cell->len);
        }
      g_string_append (writer->pending, "\r\n");
      if (!flush (writer, FLUSH_AT, error))
        return FALSE;
    }
  return TRUE;
}

static void
append_json_text (GString *json, const char *text, gsize length)
{
  g_string_append_c (json, '"');
  for (gsize i = 0; i < length; i++)
    {
      guchar c = (guchar) text[i];

      if (c == '"' || c == '\\')
        g_string_append_c (json, '\\');
      if (c < 0x20 || c == 0x7f)
        g_string_append_printf (json, "\\u%04x", (guint) c);
      else
        g_string_append_c (json, (char) c);
    }
  g_string_append_c (json, '"');
}

static gboolean
is_json_number (const SobreResultColumn *column, guint64 row)
{
  switch (column->type)
    {
    case SOBRE_VALUE_DOUBLE:
      return isfinite (((const double *) column->values)[row]) != 0;
    case SOBRE_VALUE_BOOLEAN:
    case SOBRE_VALUE_INTEGER:
    case SOBRE_VALUE_BIGINT:
    case SOBRE_VALUE_DECIMAL:
      return TRUE;
    default:
      return FALSE;
    }
}

static void
append_json_row (GString *json, const SobreResultColumn *columns, guint n, guint64 row, GString *cell)
{
  g_string_append (json, row > 0 ? ",\n[" : "\n[");
  for (guint i = 0; i < n; i++)
    {
      g_string_append (json, i > 0 ? ", " : "");
      g_string_truncate (cell, 0);
      sobre_result_column_append_text (&columns[i], row, cell);
      if (!columns[i].valid[row])
        g_string_append (json, "null");
      else if (is_json_number (&columns[i], row))
        g_string_append_len (json, cell->str, (gssize) cell->len);
      else
        append_json_text (json, cell->str, cell->len);
    }
  g_string_append_c (json, ']');
}

static gboolean
write_json (Writer *writer, SobreResultTable *table, GError **error)
{
  const SobreResultColumn *columns = sobre_result_table_get_columns (table);
  guint n = sobre_result_table_get_n_columns (table);
  guint64 n_rows = sobre_result_table_get_n_rows (table);
  g_autoptr (GString) cell = g_string_new (NULL);

  g_string_append (writer->pending, "{\"columns\": [");
  for (guint i = 0; i < n; i++)
    {
      g_string_append (writer->pending, i > 0 ? ", {\"name\": " : "{\"name\": ");
      append_json_text (writer->pending, columns[i].name, strlen (columns[i].name));
      g_string_append (writer->pending, ", \"type\": ");
      if (columns[i].type == SOBRE_VALUE_DECIMAL)
        g_string_append_printf (writer->pending, "\"decimal(%u,%u)\"}", columns[i].precision, columns[i].scale);
      else
        g_string_append_printf (writer->pending, "\"%s\"}", sobre_value_type_get_name (columns[i].type));
    }
  g_string_append (writer->pending, "],\n\"rows\": [");
  for (guint64 row = 0; row < n_rows; row++)
    {
      append_json_row (writer->pending, columns, n, row, cell);
      if (!flush (writer, FLUSH_AT, error))
        return FALSE;
    }
  g_string_append_printf (writer->pending, "],\n\"truncated\": %s}\n",
                          sobre_result_table_is_truncated (table) ? "true" : "false");
  return TRUE;
}

/* Terminal columns of a text. */
static guint
get_width (const char *text)
{
  guint width = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar unichar = g_utf8_get_char (c);

      width += g_unichar_iszerowidth (unichar) ? 0 : g_unichar_iswide (unichar) ? 2 : 1;
    }
  return width;
}

/* A text as a terminal may show it: nothing that steers it, and not too wide. */
static char *
dup_shown (const char *text)
{
  GString *shown = g_string_new (NULL);
  guint width = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar unichar = g_utf8_get_char (c);
      GUnicodeType type = g_unichar_type (unichar);

      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR ||
          type == G_UNICODE_PARAGRAPH_SEPARATOR)
        unichar = 0xb7;
      width += g_unichar_iszerowidth (unichar) ? 0 : g_unichar_iswide (unichar) ? 2 : 1;
      if (width > MAX_CELL - 1)
        {
          g_string_append (shown, "…");
          break;
        }
      g_string_append_unichar (shown, unichar);
    }
  return g_string_free (shown, FALSE);
}

static char *
dup_shown_cell (const SobreResultColumn *column, guint64 row, GString *cell)
{
  g_string_truncate (cell, 0);
  if (!column->valid[row])
    g_string_append (cell, "NULL");
  sobre_result_column_append_text (column, row, cell);
  return dup_shown (cell->str);
}

static gboolean
is_right_aligned (SobreValueType type)
{
  return type == SOBRE_VALUE_INTEGER || type == SOBRE_VALUE_BIGINT || type == SOBRE_VALUE_DOUBLE || type == SOBRE_VALUE_DECIMAL;
}

static void
append_padded (GString *line, const char *text, guint width, gboolean right, gboolean last)
{
  guint padding = width - MIN (width, get_width (text));

  for (guint i = 0; right && i < padding; i++)
    g_string_append_c (line, ' ');
  g_string_append (line, text);
  for (guint i = 0; !right && !last && i < padding; i++)
    g_string_append_c (line, ' ');
}

/* How wide each column is: its name and the first rows decide. */
static guint *
measure (SobreResultTable *table, char **names, GString *cell)
{
  const SobreResultColumn *columns = sobre_result_table_get_columns (table);
  guint n = sobre_result_table_get_n_columns (table);
  guint64 n_rows = MIN (sobre_result_table_get_n_rows (table), MEASURED_ROWS);
  guint *widths = g_new0 (guint, n);

  for (guint i = 0; i < n; i++)
    {
      widths[i] = get_width (names[i]);
      for (guint64 row = 0; row < n_rows; row++)
        {
          g_autofree char *shown = dup_shown_cell (&columns[i], row, cell);

          widths[i] = MAX (widths[i], get_width (shown));
        }
    }
  return widths;
}

static void
append_head (GString *text, const SobreResultColumn *columns, guint n, char **names, const guint *widths)
{
  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i > 0 ? "  " : "");
      append_padded (text, names[i], widths[i], is_right_aligned (columns[i].type), i + 1 == n);
    }
  g_string_append_c (text, '\n');
  for (guint i = 0; i < n; i++)
    {
      g_string_append (text, i > 0 ? "  " : "");
      for (guint k = 0; k < widths[i]; k++)
        g_string_append (text, "─");
    }
  g_string_append_c (text, '\n');
}

static gboolean
write_table (Writer *writer, SobreResultTable *table, GError **error)
{
  const SobreResultColumn *columns = sobre_result_table_get_columns (table);
  guint n = sobre_result_table_get_n_columns (table);
  guint64 n_rows = sobre_result_table_get_n_rows (table);
  g_auto (GStrv) names = g_new0 (char *, n + 1);
  g_autoptr (GString) cell = g_string_new (NULL);
  g_autofree guint *widths = NULL;

  for (guint i = 0; i < n; i++)
    names[i] = dup_shown (columns[i].name);
  widths = measure (table, names, cell);
  append_head (writer->pending, columns, n, names, widths);
  for (guint64 row = 0; row < n_rows; row++)
    {
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *shown = dup_shown_cell (&columns[i], row, cell);

          g_string_append (writer->pending, i > 0 ? "  " : "");
          append_padded (writer->pending, shown, widths[i], is_right_aligned (columns[i].type), i + 1 == n);
        }
      g_string_append_c (writer->pending, '\n');
      if (!flush (writer, FLUSH_AT, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sobre_result_table_write (SobreResultTable *self,
                          SobreResultFormat format,
                          GOutputStream *stream,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GString) pending = g_string_new (NULL);
  Writer writer = { stream, cancellable, pending };
  gboolean written;

  g_return_val_if_fail (SOBRE_IS_RESULT_TABLE (self), FALSE);
  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), FALSE);

  if (format == SOBRE_RESULT_FORMAT_CSV)
    written = write_csv (&writer, self, error);
  else if (format == SOBRE_RESULT_FORMAT_JSON)
    written = write_json (&writer, self, error);
  else
    written = write_table (&writer, self, error);
  return written && flush (&writer, 0, error);
}
