/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sobre-query-wire.h"

#include <string.h>

#include "query/sobre-result-table-private.h"

#define REQUEST_MAGIC "SBQ1"
#define REPLY_MAGIC "SBR1"
#define MAX_PARAMETERS 1000
#define MAX_COLUMNS 1000

typedef struct
{
  const guint8 *at;
  gsize left;
} Reader;

static void
put_number (GByteArray *bytes, guint64 number, guint size)
{
  guint64 little = GUINT64_TO_LE (number);

  g_byte_array_append (bytes, (const guint8 *) &little, size);
}

static void
put_text (GByteArray *bytes, const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  put_number (bytes, length, 4);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) length);
}

static const guint8 *
take (Reader *reader, guint64 size)
{
  const guint8 *at = reader->at;

  if (size > reader->left)
    return NULL;
  reader->at += size;
  reader->left -= size;
  return at;
}

static gboolean
get_number (Reader *reader, guint size, guint64 *number)
{
  const guint8 *at = take (reader, size);
  guint64 little = 0;

  if (at == NULL)
    return FALSE;
  memcpy (&little, at, size);
  *number = GUINT64_FROM_LE (little);
  return TRUE;
}

static gboolean
get_text (Reader *reader, char **text)
{
  const guint8 *at;
  guint64 length;

  if (!get_number (reader, 4, &length))
    return FALSE;
  at = take (reader, length);
  if (at == NULL || !g_utf8_validate_len ((const char *) at, length, NULL) || memchr (at, '\0', length) != NULL)
    return FALSE;
  *text = g_strndup ((const char *) at, length);
  return TRUE;
}

static gboolean
get_magic (Reader *reader, const char *magic)
{
  const guint8 *at = take (reader, 4);

  return at != NULL && memcmp (at, magic, 4) == 0;
}

GBytes *
sobre_query_wire_write_request (const SobreQuery *query, const char *cache_folder, gint64 now_ms)
{
  GByteArray *bytes = g_byte_array_new ();
  guint n;
  const SobreQueryParameter *parameters = sobre_query_get_parameters (query, &n);

  g_byte_array_append (bytes, (const guint8 *) REQUEST_MAGIC, 4);
  put_text (bytes, cache_folder);
  put_text (bytes, sobre_query_get_sql (query));
  put_number (bytes, (guint64) now_ms, 8);
  put_number (bytes, sobre_query_get_max_rows (query), 8);
  put_number (bytes, sobre_query_get_timeout (query), 4);
  put_number (bytes, n, 4);
  for (guint i = 0; i < n; i++)
    {
      put_text (bytes, parameters[i].name);
      put_number (bytes, parameters[i].type, 1);
      put_number (bytes, parameters[i].value != NULL, 1);
      put_text (bytes, parameters[i].value);
    }
  return g_byte_array_free_to_bytes (bytes);
}

static gboolean
read_parameter (Reader *reader, SobreQuery *query)
{
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;
  guint64 type, has_value;

  return get_text (reader, &name) && get_number (reader, 1, &type) && get_number (reader, 1, &has_value) &&
         get_text (reader, &value) && type < SOBRE_N_VALUE_TYPES &&
         sobre_query_set_parameter (query, name, (SobreValueType) type, has_value ? value : NULL, NULL);
}

SobreQuery *
sobre_query_wire_read_request (GBytes *request, char **cache_folder, GError **error)
{
  Reader reader = { g_bytes_get_data (request, NULL), g_bytes_get_size (request) };
  g_autofree char *folder = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (SobreQuery) query = NULL;
  guint64 now, max_rows, timeout, n = 0;
  gboolean good;

  good = get_magic (&reader, REQUEST_MAGIC) && get_text (&reader, &folder) && get_text (&reader, &sql) &&
         get_number (&reader, 8, &now) && get_number (&reader, 8, &max_rows) && get_number (&reader, 4, &timeout) &&
         get_number (&reader, 4, &n) && n <= MAX_PARAMETERS;
  if (good)
    {
      query = sobre_query_new (sql);
      sobre_query_set_now (query, (gint64) now);
      sobre_query_set_max_rows (query, max_rows);
      sobre_query_set_timeout (query, (guint) timeout);
    }
  for (guint64 i = 0; good && i < n; i++)
    good = read_parameter (&reader, query);
  if (!good || reader.left > 0)
    {
      sobre_query_error_set (error, SOBRE_QUERY_ERROR_FAILED, SOBRE_SQL_NOWHERE, "the request cannot be read");
      return NULL;
    }
  *cache_folder = g_steal_pointer (&folder);
  return g_steal_pointer (&query);
}

static void
put_error (GByteArray *bytes, const GError *failure)
{
  SobreSqlPosition position = sobre_query_error_get_position (failure);
  gboolean ours = failure->domain == SOBRE_QUERY_ERROR;
  g_autofree char *message = g_utf8_make_valid (failure->message, -1);

  put_number (bytes, 0, 1);
  put_number (bytes, ours ? (guint64) failure->code : SOBRE_QUERY_ERROR_CACHE, 1);
  put_number (bytes, position.line, 4);
  put_number (bytes, position.column, 4);
  put_text (bytes, message);
}

static gboolean
write_all (GOutputStream *stream, gconstpointer data, gsize size, GError **error)
{
  return size == 0 || g_output_stream_write_all (stream, data, size, NULL, NULL, error);
}

static gboolean
write_column (const SobreResultColumn *column, guint64 n_rows, GOutputStream *stream, GError **error)
{
  g_autoptr (GByteArray) head = g_byte_array_new ();
  gsize size = sobre_value_type_get_size (column->type);

  put_text (head, column->name);
  put_number (head, column->type, 1);
  put_number (head, column->precision, 1);
  put_number (head, column->scale, 1);
  put_text (head, column->zone);
  if (!write_all (stream, head->data, head->len, error) || !write_all (stream, column->valid, n_rows, error))
    return FALSE;
  if (size > 0)
    return write_all (stream, column->values, n_rows * size, error) &&
           (column->type != SOBRE_VALUE_TIMESTAMP_TZ || write_all (stream, column->offsets, n_rows * sizeof (gint64), error));
  return write_all (stream, column->ends, n_rows * sizeof (guint64), error) &&
         write_all (stream, column->bytes, n_rows > 0 ? column->ends[n_rows - 1] : 0, error);
}

gboolean
sobre_query_wire_write_reply (SobreResultTable *table, const GError *failure, GOutputStream *stream, GError **error)
{
  g_autoptr (GByteArray) head = g_byte_array_new ();
  guint64 n_rows;
  guint n;

  g_byte_array_append (head, (const guint8 *) REPLY_MAGIC, 4);
  if (table == NULL)
    {
      put_error (head, failure);
      return write_all (stream, head->data, head->len, error);
    }
  n_rows = sobre_result_table_get_n_rows (table);
  n = sobre_result_table_get_n_columns (table);
  put_number (head, 1, 1);
  put_number (head, sobre_result_table_is_truncated (table), 1);
  put_number (head, n_rows, 8);
  put_number (head, n, 4);
  if (!write_all (stream, head->data, head->len, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!write_column (&sobre_result_table_get_columns (table)[i], n_rows, stream, error))
      return FALSE;
  return TRUE;
}

/* Ends that rise, and bytes behind them that are whole UTF-8 texts. */
static gboolean
read_texts (Reader *reader, guint64 n_rows, SobreResultColumn *column)
{
  const guint8 *ends = take (reader, n_rows * sizeof (guint64));
  const guint8 *bytes;
  guint64 start = 0;

  if (ends == NULL)
    return FALSE;
  column->ends = g_memdup2 (ends, n_rows * sizeof (guint64));
  bytes = take (reader, n_rows > 0 ? column->ends[n_rows - 1] : 0);
  if (bytes == NULL)
    return FALSE;
  for (guint64 i = 0; i < n_rows; i++)
    {
      guint64 end = column->ends[i];

      if (end < start || end > column->ends[n_rows - 1] ||
          !g_utf8_validate_len ((const char *) bytes + start, end - start, NULL))
        return FALSE;
      start = end;
    }
  column->bytes = g_memdup2 (bytes, start);
  return TRUE;
}

static gboolean
read_values (Reader *reader, guint64 n_rows, SobreResultColumn *column)
{
  gsize size = sobre_value_type_get_size (column->type);
  const guint8 *data = take (reader, n_rows);

  if (data == NULL)
    return FALSE;
  column->valid = g_memdup2 (data, n_rows);
  if (size == 0)
    return read_texts (reader, n_rows, column);
  data = take (reader, n_rows * size);
  if (data == NULL)
    return FALSE;
  column->values = g_memdup2 (data, n_rows * size);
  if (column->type != SOBRE_VALUE_TIMESTAMP_TZ)
    return TRUE;
  data = take (reader, n_rows * sizeof (gint64));
  if (data == NULL)
    return FALSE;
  column->offsets = g_memdup2 (data, n_rows * sizeof (gint64));
  return TRUE;
}

static gboolean
read_column (Reader *reader, guint64 n_rows, SobreResultColumn *column)
{
  guint64 type, precision, scale;

  if (!get_text (reader, &column->name) || !get_number (reader, 1, &type) || type >= SOBRE_N_VALUE_TYPES ||
      !get_number (reader, 1, &precision) || !get_number (reader, 1, &scale) || scale > 38 || !get_text (reader, &column->zone))
    return FALSE;
  column->type = (SobreValueType) type;
  column->precision = (guint) precision;
  column->scale = (guint) scale;
  return read_values (reader, n_rows, column);
}

static SobreResultTable *
fail_reply (GError **error)
{
  sobre_query_error_set (error, SOBRE_QUERY_ERROR_FAILED, SOBRE_SQL_NOWHERE,
                         "the program that runs queries gave no whole answer");
  return NULL;
}

static SobreResultTable *
read_error (Reader *reader, GError **error)
{
  guint64 code, line, column;
  g_autofree char *message = NULL;

  if (!get_number (reader, 1, &code) || code >= SOBRE_N_QUERY_ERRORS || !get_number (reader, 4, &line) ||
      !get_number (reader, 4, &column) || !get_text (reader, &message) || reader->left > 0)
    return fail_reply (error);
  sobre_query_error_set (error, (SobreQueryErrorCode) code, (SobreSqlPosition) { (guint) line, (guint) column }, "%s", message);
  return NULL;
}

SobreResultTable *
sobre_query_wire_read_reply (GBytes *reply, GError **error)
{
  Reader reader = { g_bytes_get_data (reply, NULL), g_bytes_get_size (reply) };
  g_autoptr (GArray) columns = sobre_result_columns_new ();
  guint64 kind, truncated, n_rows, n;

  if (!get_magic (&reader, REPLY_MAGIC) || !get_number (&reader, 1, &kind) || kind > 1)
    return fail_reply (error);
  if (kind == 0)
    return read_error (&reader, error);
  if (!get_number (&reader, 1, &truncated) || !get_number (&reader, 8, &n_rows) || n_rows > SOBRE_QUERY_MAX_ROWS ||
      !get_number (&reader, 4, &n) || n > MAX_COLUMNS)
    return fail_reply (error);
  for (guint64 i = 0; i < n; i++)
    {
      g_array_set_size (columns, (guint) i + 1);
      if (!read_column (&reader, n_rows, &g_array_index (columns, SobreResultColumn, i)))
        return fail_reply (error);
    }
  if (reader.left > 0)
    return fail_reply (error);
  return sobre_result_table_new (g_steal_pointer (&columns), n_rows, truncated != 0);
}
