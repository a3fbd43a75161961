/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sobre-result-csv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/sobre-time.h"
#include "query/sobre-result-table-private.h"
#include "query/sql/sobre-sql-decimal.h"

#define MAX_CELL ((gsize) 32 << 20)
#define MAX_BYTES ((gsize) 512 << 20) /* of all values */
#define MAX_COLUMNS 1000

/** State: where in a line the reader is. @STATE_CLOSED: behind a quote, which is the value's end or the first of two */
typedef enum
{
  STATE_BEGIN,
  STATE_BARE,
  STATE_QUOTED,
  STATE_CLOSED,
} State;

/** Column: one column that grows. @values: none of varchar · @ends: of varchar · @offsets, @zone: of a timestamp with time zone */
typedef struct
{
  char *name;
  SobreValueType type;
  guint precision;
  guint scale;
  GByteArray *values;
  GByteArray *valid;
  GArray *ends;
  GString *bytes;
  GArray *offsets;
  char *zone;
} Column;

/** SobreResultCsv: @order: which column each value of a line is · @place: of the next value in its line */
struct _SobreResultCsv
{
  GArray *columns;
  GArray *order;
  SobreSqlZones *zones;
  GString *cell;
  State state;
  gboolean cell_was_quoted;
  gboolean has_names;
  guint place;
  guint64 n_rows;
  guint64 max_rows;
  gsize n_bytes;
  gboolean is_full;
};

static void
clear_column (gpointer data)
{
  Column *column = data;

  g_free (column->name);
  g_clear_pointer (&column->values, g_byte_array_unref);
  g_clear_pointer (&column->valid, g_byte_array_unref);
  g_clear_pointer (&column->ends, g_array_unref);
  g_clear_pointer (&column->offsets, g_array_unref);
  if (column->bytes != NULL)
    g_string_free (column->bytes, TRUE);
  g_free (column->zone);
}

/* What this program has no type for is text as it was written: arrays, maps, rows, bytes, times of a day. */
static SobreValueType
read_type (const char *name)
{
  static const struct
  {
    const char *name;
    SobreValueType type;
  } types[] = {
    { "boolean", SOBRE_VALUE_BOOLEAN },
    { "tinyint", SOBRE_VALUE_INTEGER },
    { "smallint", SOBRE_VALUE_INTEGER },
    { "integer", SOBRE_VALUE_INTEGER },
    { "int", SOBRE_VALUE_INTEGER },
    { "bigint", SOBRE_VALUE_BIGINT },
    { "float", SOBRE_VALUE_DOUBLE },
    { "real", SOBRE_VALUE_DOUBLE },
    { "double", SOBRE_VALUE_DOUBLE },
    { "decimal", SOBRE_VALUE_DECIMAL },
    { "date", SOBRE_VALUE_DATE },
    { "timestamp", SOBRE_VALUE_TIMESTAMP },
    { "timestamp with time zone", SOBRE_VALUE_TIMESTAMP_TZ },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_ascii_strcasecmp (types[i].name, name) == 0)
      return types[i].type;
  return SOBRE_VALUE_VARCHAR;
}

SobreResultCsv *
sobre_result_csv_new (const SobreResultCsvColumn *columns, guint n, guint64 max_rows)
{
  SobreResultCsv *self = g_new0 (SobreResultCsv, 1);

  self->columns = g_array_new (FALSE, TRUE, sizeof (Column));
  g_array_set_clear_func (self->columns, clear_column);
  self->order = g_array_new (FALSE, FALSE, sizeof (guint));
  self->zones = sobre_sql_zones_new ();
  self->cell = g_string_new (NULL);
  self->max_rows = max_rows;
  for (guint i = 0; i < n; i++)
    {
      Column column = {
        .name = g_strdup (columns[i].name),
        .type = read_type (columns[i].type),
        .precision = columns[i].precision,
        .scale = columns[i].scale,
        .values = g_byte_array_new (),
        .valid = g_byte_array_new (),
        .ends = g_array_new (FALSE, FALSE, sizeof (guint64)),
        .bytes = g_string_new (NULL),
        .offsets = g_array_new (FALSE, FALSE, sizeof (gint64)),
      };

      g_array_append_val (self->columns, column);
    }
  return self;
}

void
sobre_result_csv_free (SobreResultCsv *self)
{
  g_array_unref (self->columns);
  g_array_unref (self->order);
  sobre_sql_zones_free (self->zones);
  g_string_free (self->cell, TRUE);
  g_free (self);
}

static gboolean
fail (GError **error, const char *what)
{
  return sobre_query_error_set (error, SOBRE_QUERY_ERROR_FAILED, SOBRE_SQL_NOWHERE, "the result's file cannot be read: %s",
                                what);
}

/* Which column a name is; of several with one name the first that no value was found for. */
static gboolean
take_name (SobreResultCsv *self, GError **error)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      gboolean taken = FALSE;

      if (strcmp (g_array_index (self->columns, Column, i).name, self->cell->str) != 0)
        continue;
      for (guint j = 0; j < self->order->len; j++)
        taken = taken || g_array_index (self->order, guint, j) == i;
      if (!taken)
        {
          g_array_append_val (self->order, i);
          return TRUE;
        }
    }
  return fail (error, "it has a column that its description does not name");
}

static gboolean
read_double (const char *text, double *number)
{
  char *end;

  if (strcmp (text, "NaN") == 0)
    *number = (double) NAN;
  else if (strcmp (text, "Infinity") == 0 || strcmp (text, "-Infinity") == 0)
    *number = text[0] == '-' ? -HUGE_VAL : HUGE_VAL;
  else
    {
      if (text[0] == '\0' || strspn (text, "+-.0123456789eE") != strlen (text))
        return FALSE;
      *number = g_ascii_strtod (text, &end);
      return *end == '\0';
    }
  return TRUE;
}

/* "2026-11-24 10:00:00.000", perhaps with more digits. */
static gboolean
read_timestamp (const char *text, gsize length, gint64 *time_ms)
{
  g_autofree char *iso = g_strdup_printf ("%.*sZ", (int) length, text);

  if (length < 19 || length > 40 || iso[10] != ' ')
    return FALSE;
  iso[10] = 'T';
  return sobre_time_parse (iso, length + 1, time_ms);
}

static gboolean
take_zoned (SobreResultCsv *self, Column *column, const char *text, gint64 *time_ms)
{
  const char *blank = strrchr (text, ' ');
  const SobreSqlZone *zone = blank != NULL ? sobre_sql_zones_lookup (self->zones, sobre_text (blank + 1)) : NULL;
  gint64 offset;

  if (zone == NULL || !read_timestamp (text, (gsize) (blank - text), time_ms) ||
      (column->zone != NULL && strcmp (column->zone, blank + 1) != 0))
    return FALSE;
  if (column->zone == NULL)
    column->zone = g_strdup (blank + 1);
  *time_ms = sobre_sql_zone_to_utc (zone, *time_ms);
  offset = sobre_sql_zone_get_offset (zone, *time_ms);
  g_array_append_val (column->offsets, offset);
  return TRUE;
}

static gboolean
take_decimal (Column *column, const char *text)
{
  SobreSqlInt128 value;
  guint precision, scale;

  if (!sobre_sql_decimal_parse (sobre_text (text), &value, &precision, &scale) ||
      !sobre_sql_decimal_rescale (value, scale, column->scale, &value))
    return FALSE;
  g_byte_array_append (column->values, (const guint8 *) &value, sizeof value);
  return TRUE;
}

static gboolean
take_whole (SobreResultCsv *self, Column *column, const char *text)
{
  gint64 value = 0;
  gint32 day = 0;
  gboolean fits;

  if (column->type == SOBRE_VALUE_DATE)
    {
      fits = sobre_day_parse (text, strlen (text), &day);
      value = day;
    }
  else if (column->type == SOBRE_VALUE_TIMESTAMP)
    fits = read_timestamp (text, strlen (text), &value);
  else if (column->type == SOBRE_VALUE_TIMESTAMP_TZ)
    fits = take_zoned (self, column, text, &value);
  else
    fits = g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &value, NULL);
  if (fits)
    g_byte_array_append (column->values, (const guint8 *) &value, sizeof value);
  return fits;
}

static gboolean
take_value (SobreResultCsv *self, Column *column)
{
  const char *text = self->cell->str;
  guint8 boolean;
  double number;

  switch (column->type)
    {
    case SOBRE_VALUE_VARCHAR:
      g_string_append_len (column->bytes, text, (gssize) self->cell->len);
      return g_utf8_validate_len (text, self->cell->len, NULL);
    case SOBRE_VALUE_BOOLEAN:
      boolean = strcmp (text, "true") == 0;
      g_byte_array_append (column->values, &boolean, 1);
      return boolean || strcmp (text, "false") == 0;
    case SOBRE_VALUE_DOUBLE:
      if (!read_double (text, &number))
        return FALSE;
      g_byte_array_append (column->values, (const guint8 *) &number, sizeof number);
      return TRUE;
    case SOBRE_VALUE_DECIMAL:
      return take_decimal (column, text);
    default:
      return take_whole (self, column, text);
    }
}

static void
take_null (Column *column)
{
  static const guint8 zeros[sizeof (SobreSqlInt128)] = { 0 };
  gint64 offset = 0;

  g_byte_array_append (column->values, zeros, (guint) sobre_value_type_get_size (column->type));
  if (column->type == SOBRE_VALUE_TIMESTAMP_TZ)
    g_array_append_val (column->offsets, offset);
}

static gboolean
end_cell (SobreResultCsv *self, GError **error)
{
  gboolean is_null = !self->cell_was_quoted && self->cell->len == 0;
  guint8 valid = is_null ? 0 : 1;
  Column *column;
  guint64 end;

  if (!self->has_names)
    return take_name (self, error);
  if (self->place >= self->order->len)
    return fail (error, "a line has more values than there are columns");
  column = &g_array_index (self->columns, Column, g_array_index (self->order, guint, self->place));
  self->place++;
  if (is_null)
    take_null (column);
  else if (!take_value (self, column))
    return sobre_query_error_set (error, SOBRE_QUERY_ERROR_FAILED, SOBRE_SQL_NOWHERE,
                                  "the result's file cannot be read: a value of \"%.60s\" is no %s", column->name,
                                  sobre_value_type_get_name (column->type));
  g_byte_array_append (column->valid, &valid, 1);
  end = column->bytes->len;
  if (column->type == SOBRE_VALUE_VARCHAR)
    g_array_append_val (column->ends, end);
  self->n_bytes += self->cell->len + sizeof (gint64) + 1;
  if (self->n_bytes > MAX_BYTES)
    return sobre_query_error_set (error, SOBRE_QUERY_ERROR_LIMIT, SOBRE_SQL_NOWHERE, "the result is larger than %d MiB",
                                  (int) (MAX_BYTES >> 20));
  return TRUE;
}

static gboolean
end_line (SobreResultCsv *self, GError **error)
{
  if (!self->has_names)
    {
      if (self->order->len != self->columns->len || self->columns->len > MAX_COLUMNS)
        return fail (error, "its first line does not name its columns");
      self->has_names = TRUE;
      self->is_full = self->max_rows == 0;
      return TRUE;
    }
  if (self->place != self->order->len)
    return fail (error, "a line has fewer values than there are columns");
  self->place = 0;
  self->n_rows++;
  return TRUE;
}

/* Takes one byte outside quotes. */
static gboolean
take_bare (SobreResultCsv *self, char c, GError **error)
{
  gboolean ends_line = c == '\n';

  if (c == '\r' && self->state != STATE_BARE)
    return TRUE;
  if (c == '"' && self->state == STATE_BEGIN)
    {
      self->state = STATE_QUOTED;
      self->cell_was_quoted = TRUE;
      return TRUE;
    }
  if (c == ',' || ends_line)
    {
      if (!end_cell (self, error) || (ends_line && !end_line (self, error)))
        return FALSE;
      g_string_truncate (self->cell, 0);
      self->cell_was_quoted = FALSE;
      self->state = STATE_BEGIN;
      return TRUE;
    }
  if (self->state == STATE_CLOSED || c == '"')
    return fail (error, "a quote stands where none belongs");
  self->state = STATE_BARE;
  g_string_append_c (self->cell, c);
  return TRUE;
}

static gboolean
take_byte (SobreResultCsv *self, char c, GError **error)
{
  if (self->state == STATE_QUOTED)
    {
      if (c == '"')
        self->state = STATE_CLOSED;
      else
        g_string_append_c (self->cell, c);
    }
  else if (self->state == STATE_CLOSED && c == '"')
    {
      g_string_append_c (self->cell, c);
      self->state = STATE_QUOTED;
    }
  else if (!take_bare (self, c, error))
    return FALSE;
  if (self->cell->len > MAX_CELL)
    return sobre_query_error_set (error, SOBRE_QUERY_ERROR_LIMIT, SOBRE_SQL_NOWHERE, "a value is larger than %d MiB",
                                  (int) (MAX_CELL >> 20));
  return TRUE;
}

gboolean
sobre_result_csv_feed (SobreResultCsv *self, const char *data, gsize length, GError **error)
{
  for (gsize i = 0; i < length; i++)
    {
      if (self->has_names && self->n_rows == self->max_rows)
        {
          self->is_full = TRUE;
          return TRUE;
        }
      if (!take_byte (self, data[i], error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sobre_result_csv_is_full (const SobreResultCsv *self)
{
  return self->is_full;
}

static void
finish_column (Column *from, SobreResultColumn *to)
{
  to->name = g_steal_pointer (&from->name);
  to->type = from->type;
  to->precision = from->precision;
  to->scale = from->scale;
  to->zone = g_steal_pointer (&from->zone);
  to->valid = g_byte_array_free (g_steal_pointer (&from->valid), FALSE);
  if (from->type == SOBRE_VALUE_VARCHAR)
    {
      to->ends = (guint64 *) (gpointer) g_array_free (g_steal_pointer (&from->ends), FALSE);
      to->bytes = g_string_free_and_steal (g_steal_pointer (&from->bytes));
      return;
    }
  to->values = g_byte_array_free (g_steal_pointer (&from->values), FALSE);
  if (from->type == SOBRE_VALUE_TIMESTAMP_TZ)
    to->offsets = (gint64 *) (gpointer) g_array_free (g_steal_pointer (&from->offsets), FALSE);
  if (from->type == SOBRE_VALUE_TIMESTAMP_TZ && to->zone == NULL)
    to->zone = g_strdup ("UTC");
}

SobreResultTable *
sobre_result_csv_finish (SobreResultCsv *self, GError **error)
{
  GArray *columns;

  /* The last line may lack its end. */
  if (!self->is_full && (self->state != STATE_BEGIN || self->place > 0) && !take_byte (self, '\n', error))
    return NULL;
  if (!self->has_names || (!self->is_full && self->state != STATE_BEGIN))
    {
      fail (error, "it ends too early");
      return NULL;
    }
  columns = sobre_result_columns_new ();
  g_array_set_size (columns, self->columns->len);
  for (guint i = 0; i < self->columns->len; i++)
    finish_column (&g_array_index (self->columns, Column, i), &g_array_index (columns, SobreResultColumn, i));
  return sobre_result_table_new (columns, self->n_rows, self->is_full);
}
