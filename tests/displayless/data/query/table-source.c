/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "table-source.h"

#include <string.h>

#include "model/sobre-time.h"

typedef struct
{
  SobreScanColumn column;
  SobreVectorKind kind;
  GByteArray *values;
  GByteArray *valid;
  GPtrArray *strings; /* what TEXT and CODE point into */
  GArray *dictionary;
} Column;

typedef struct
{
  Column *columns;
  guint n_columns;
  guint n_rows;
} Table;

typedef struct
{
  SobreSqlSource source;
  Table tables[SOBRE_TABLE_ORDERS + 1];
  GArray *dictionaries[SOBRE_N_SCAN_COLUMNS]; /* SobreText; a column's is the same in every table, as it is in the cache */
  guint batch_rows;
  guint n_opened;
} TableSource;

typedef struct
{
  const SobreSqlScan *scan;
  const Table *table;
  guint at;
  guint end;
  SobreVector vectors[SOBRE_N_SCAN_COLUMNS];
} Cursor;

static SobreScanColumn
find_column (const char *name)
{
  for (guint i = 0; i < SOBRE_N_SCAN_COLUMNS; i++)
    if (g_str_equal (sobre_scan_column_get_name ((SobreScanColumn) i), name))
      return (SobreScanColumn) i;
  g_error ("no column %s", name);
}

static SobreVectorKind
get_kind (SobreScanColumn column)
{
  SobreSqlType type = sobre_sql_column_get_type (column);

  if (column == SOBRE_COLUMN_ID)
    return SOBRE_VECTOR_ID;
  if (type.kind == SOBRE_SQL_DOUBLE)
    return SOBRE_VECTOR_DOUBLE;
  if (type.kind == SOBRE_SQL_BOOLEAN)
    return SOBRE_VECTOR_BOOLEAN;
  if (column == SOBRE_COLUMN_DT || type.kind != SOBRE_SQL_VARCHAR)
    return SOBRE_VECTOR_INT64;
  return column == SOBRE_COLUMN_COMMENT || column == SOBRE_COLUMN_TEXT ? SOBRE_VECTOR_TEXT : SOBRE_VECTOR_CODE;
}

static gsize
get_size (SobreVectorKind kind)
{
  static const gsize sizes[] = { 8, 8, 1, 4, sizeof (SobreText), sizeof (SobreId) };

  return sizes[kind];
}

static guint32
get_code (Column *column, SobreText text)
{
  for (guint i = 0; i < column->dictionary->len; i++)
    if (sobre_text_equal (g_array_index (column->dictionary, SobreText, i), text))
      return i;
  g_array_append_val (column->dictionary, text);
  return column->dictionary->len - 1;
}

/* Puts the field's value into @value. */
static void
parse_field (Column *column, const char *field, guint8 *value)
{
  g_autofree char *iso = NULL;
  SobreText text;
  gint32 day;

  switch (column->kind)
    {
    case SOBRE_VECTOR_ID:
      g_assert_true (sobre_id_parse (field, strlen (field), (SobreId *) value));
      break;
    case SOBRE_VECTOR_DOUBLE:
      *(double *) (gpointer) value = g_ascii_strtod (field, NULL);
      break;
    case SOBRE_VECTOR_BOOLEAN:
      *value = g_str_equal (field, "true");
      break;
    case SOBRE_VECTOR_INT64:
      if (strchr (field, ':') != NULL)
        g_assert_true (sobre_time_parse (field, strlen (field), (gint64 *) (gpointer) value));
      else if (sobre_day_parse (field, strlen (field), &day))
        *(gint64 *) (gpointer) value = day;
      else
        *(gint64 *) (gpointer) value = g_ascii_strtoll (field, NULL, 10);
      break;
    default:
      g_ptr_array_add (column->strings, g_strdup (field));
      text = sobre_text (g_ptr_array_index (column->strings, column->strings->len - 1));
      if (column->kind == SOBRE_VECTOR_TEXT)
        memcpy (value, &text, sizeof text);
      else
        *(guint32 *) (gpointer) value = get_code (column, text);
      break;
    }
}

static void
add_row (Table *self, const char *row)
{
  g_auto (GStrv) fields = g_strsplit (row, "|", -1);

  g_assert_cmpuint (g_strv_length (fields), ==, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    {
      Column *column = &self->columns[i];
      _Alignas (16) guint8 value[16] = { 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa, 0xaa };
      guint8 valid = !g_str_equal (fields[i], "-");

      if (valid)
        parse_field (column, fields[i], value);
      else if (column->kind == SOBRE_VECTOR_CODE || column->kind == SOBRE_VECTOR_BOOLEAN)
        memset (value, 0, sizeof value);
      g_byte_array_append (column->values, value, (guint) get_size (column->kind));
      g_byte_array_append (column->valid, &valid, 1);
    }
  self->n_rows++;
}

static gboolean
table_open (SobreSqlSource *source, const SobreSqlScan *scan, gpointer *cursors, GError **error)
{
  TableSource *self = (TableSource *) source;

  for (guint i = 0; i < source->n_parts; i++)
    {
      Cursor *cursor = g_new0 (Cursor, 1);
      guint n = self->tables[scan->table].n_rows;

      cursor->scan = scan;
      cursor->table = &self->tables[scan->table];
      cursor->at = n * i / source->n_parts;
      cursor->end = n * (i + 1) / source->n_parts;
      cursors[i] = cursor;
      self->n_opened++;
    }
  return TRUE;
}

static const Column *
get_column (const Table *self, SobreScanColumn column)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (self->columns[i].column == column)
      return &self->columns[i];
  g_error ("the fixture has no %s", sobre_scan_column_get_name (column));
}

/* Says of a batch's column what a scan of the cache would: whether all rows have one value, and what numbers there are. */
static void
describe (SobreVector *vector, gsize size, guint n)
{
  const guint8 *values = vector->values;
  const gint64 *numbers = vector->values;
  gboolean has_null = FALSE, is_same = TRUE;

  for (guint i = 0; i < n; i++)
    {
      has_null = has_null || (vector->valid != NULL && !vector->valid[i]);
      is_same = is_same && memcmp (values, values + i * size, size) == 0;
    }
  vector->is_constant = is_same && !has_null;
  vector->has_bounds = !has_null && vector->kind == SOBRE_VECTOR_INT64;
  for (guint i = 0; i < n && vector->has_bounds; i++)
    {
      vector->low = i == 0 ? numbers[0] : MIN (vector->low, numbers[i]);
      vector->high = i == 0 ? numbers[0] : MAX (vector->high, numbers[i]);
    }
}

static gboolean
table_next (SobreSqlSource *source, gpointer data, SobreScanBatch *batch, GError **error)
{
  TableSource *self = (TableSource *) source;
  Cursor *cursor = data;

  batch->n_rows = MIN (cursor->end - cursor->at, self->batch_rows);
  batch->columns = cursor->vectors;
  for (guint i = 0; i < cursor->scan->n_columns && batch->n_rows > 0; i++)
    {
      const Column *column = get_column (cursor->table, cursor->scan->columns[i]);

      cursor->vectors[i] = (SobreVector) {
        .kind = column->kind,
        .values = column->values->data + cursor->at * get_size (column->kind),
        .valid = memchr (column->valid->data, 0, column->valid->len) != NULL ? column->valid->data + cursor->at : NULL,
      };
      describe (&cursor->vectors[i], get_size (column->kind), batch->n_rows);
    }
  cursor->at += batch->n_rows;
  return batch->n_rows > 0;
}

static const SobreText *
table_get_dictionary (SobreSqlSource *source, gpointer cursor, SobreScanColumn column, guint *n)
{
  const GArray *dictionary = ((TableSource *) source)->dictionaries[column];

  *n = dictionary->len;
  return (const SobreText *) (gpointer) dictionary->data;
}

static void
table_close (SobreSqlSource *source, gpointer cursor)
{
  g_free (cursor);
}

SobreSqlSource *
table_source_new (guint n_parts, guint batch_rows)
{
  TableSource *self = g_new0 (TableSource, 1);
  const SobreText none = SOBRE_TEXT_NONE;

  self->source = (SobreSqlSource) { n_parts, table_open, table_next, table_get_dictionary, table_close };
  self->batch_rows = batch_rows;
  /* As in the cache, a dictionary has entries that are absent. */
  for (guint i = 0; i < SOBRE_N_SCAN_COLUMNS; i++)
    {
      self->dictionaries[i] = g_array_new (FALSE, FALSE, sizeof (SobreText));
      g_array_append_val (self->dictionaries[i], none);
    }
  return &self->source;
}

void
table_source_add (SobreSqlSource *source, SobreTableKind kind, const char *columns, const char *const *rows)
{
  TableSource *self = (TableSource *) source;
  Table *table = &self->tables[kind];
  g_auto (GStrv) names = g_strsplit (columns, "|", -1);

  g_assert_null (table->columns);
  table->n_columns = g_strv_length (names);
  table->columns = g_new0 (Column, table->n_columns);
  for (guint i = 0; i < table->n_columns; i++)
    table->columns[i] = (Column) {
      .column = find_column (names[i]),
      .kind = get_kind (find_column (names[i])),
      .values = g_byte_array_new (),
      .valid = g_byte_array_new (),
      .strings = g_ptr_array_new_with_free_func (g_free),
      .dictionary = self->dictionaries[find_column (names[i])],
    };
  for (; *rows != NULL; rows++)
    add_row (table, *rows);
}

static void
table_clear (Table *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_byte_array_unref (self->columns[i].values);
      g_byte_array_unref (self->columns[i].valid);
      g_ptr_array_unref (self->columns[i].strings);
    }
  g_free (self->columns);
}

void
table_source_free (SobreSqlSource *source)
{
  TableSource *self = (TableSource *) source;

  for (guint i = 0; i < G_N_ELEMENTS (self->tables); i++)
    table_clear (&self->tables[i]);
  for (guint i = 0; i < SOBRE_N_SCAN_COLUMNS; i++)
    g_array_unref (self->dictionaries[i]);
  g_free (self);
}

guint
table_source_get_n_opened (SobreSqlSource *source)
{
  return ((TableSource *) source)->n_opened;
}
