/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sobre-result-table-private.h"

#include <math.h>
#include <string.h>

#include "model/sobre-time.h"
#include "query/sobre-value-text.h"
#include "query/sql/sobre-sql-decimal.h"

struct _SobreResultTable
{
  GObject parent_instance;

  GArray *columns; /* SobreResultColumn */
  guint64 n_rows;
  gboolean truncated;
};

struct _SobreResultRow
{
  GObject parent_instance;

  SobreResultTable *table;
  guint64 index;
};

static void sobre_result_table_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SobreResultTable,
                               sobre_result_table,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, sobre_result_table_list_model_init))
G_DEFINE_FINAL_TYPE (SobreResultRow, sobre_result_row, G_TYPE_OBJECT)

gboolean
sobre_value_type_is_number (SobreValueType type)
{
  return type == SOBRE_VALUE_INTEGER || type == SOBRE_VALUE_BIGINT || type == SOBRE_VALUE_DOUBLE || type == SOBRE_VALUE_DECIMAL;
}

const char *
sobre_value_type_get_name (SobreValueType type)
{
  static const char *const names[SOBRE_N_VALUE_TYPES] = {
    "boolean", "integer", "bigint", "double", "decimal", "varchar", "date", "timestamp(3)", "timestamp(3) with time zone",
  };

  return (guint) type < SOBRE_N_VALUE_TYPES ? names[type] : "varchar";
}

gsize
sobre_value_type_get_size (SobreValueType type)
{
  switch (type)
    {
    case SOBRE_VALUE_BOOLEAN:
      return sizeof (guint8);
    case SOBRE_VALUE_DECIMAL:
      return sizeof (SobreSqlInt128);
    case SOBRE_VALUE_VARCHAR:
      return 0;
    default:
      return sizeof (gint64);
    }
}

void
sobre_result_column_clear (SobreResultColumn *self)
{
  g_free (self->name);
  g_free (self->zone);
  g_free (self->offsets);
  g_free (self->values);
  g_free (self->valid);
  g_free (self->ends);
  g_free (self->bytes);
}

static void
clear_column (gpointer data)
{
  sobre_result_column_clear (data);
}

GArray *
sobre_result_columns_new (void)
{
  GArray *columns = g_array_new (FALSE, TRUE, sizeof (SobreResultColumn));

  g_array_set_clear_func (columns, clear_column);
  return columns;
}

SobreResultTable *
sobre_result_table_new (GArray *columns, guint64 n_rows, gboolean truncated)
{
  SobreResultTable *self = g_object_new (SOBRE_TYPE_RESULT_TABLE, NULL);

  self->columns = columns;
  self->n_rows = n_rows;
  self->truncated = truncated;
  return self;
}

const SobreResultColumn *
sobre_result_table_get_columns (SobreResultTable *self)
{
  return (const SobreResultColumn *) (gpointer) self->columns->data;
}

static const SobreResultColumn *
get_column (SobreResultTable *self, guint column)
{
  g_return_val_if_fail (SOBRE_IS_RESULT_TABLE (self), NULL);
  g_return_val_if_fail (column < self->columns->len, NULL);

  return &g_array_index (self->columns, SobreResultColumn, column);
}

guint
sobre_result_table_get_n_columns (SobreResultTable *self)
{
  g_return_val_if_fail (SOBRE_IS_RESULT_TABLE (self), 0);

  return self->columns->len;
}

const char *
sobre_result_table_get_column_name (SobreResultTable *self, guint column)
{
  return get_column (self, column)->name;
}

SobreValueType
sobre_result_table_get_column_type (SobreResultTable *self, guint column)
{
  return get_column (self, column)->type;
}

guint64
sobre_result_table_get_n_rows (SobreResultTable *self)
{
  g_return_val_if_fail (SOBRE_IS_RESULT_TABLE (self), 0);

  return self->n_rows;
}

gboolean
sobre_result_table_is_truncated (SobreResultTable *self)
{
  g_return_val_if_fail (SOBRE_IS_RESULT_TABLE (self), FALSE);

  return self->truncated;
}

gboolean
sobre_result_table_is_null (SobreResultTable *self, guint64 row, guint column)
{
  g_return_val_if_fail (row < self->n_rows, TRUE);

  return !get_column (self, column)->valid[row];
}

double
sobre_result_table_get_double (SobreResultTable *self, guint64 row, guint column)
{
  const SobreResultColumn *values = get_column (self, column);

  if (sobre_result_table_is_null (self, row, column))
    return (double) NAN;
  switch (values->type)
    {
    case SOBRE_VALUE_BOOLEAN:
      return ((const guint8 *) values->values)[row];
    case SOBRE_VALUE_DOUBLE:
      return ((const double *) values->values)[row];
    case SOBRE_VALUE_DECIMAL:
      return sobre_sql_decimal_to_double (((const SobreSqlInt128 *) values->values)[row], values->scale);
    case SOBRE_VALUE_VARCHAR:
      return (double) NAN;
    default:
      return (double) ((const gint64 *) values->values)[row];
    }
}

void
sobre_result_column_append_text (const SobreResultColumn *self, guint64 row, GString *string)
{
  guint64 start;

  if (!self->valid[row])
    return;
  switch (self->type)
    {
    case SOBRE_VALUE_BOOLEAN:
      g_string_append (string, ((const guint8 *) self->values)[row] ? "true" : "false");
      break;
    case SOBRE_VALUE_DOUBLE:
      sobre_append_double (string, ((const double *) self->values)[row]);
      break;
    case SOBRE_VALUE_DECIMAL:
      sobre_sql_decimal_append (string, ((const SobreSqlInt128 *) self->values)[row], self->scale);
      break;
    case SOBRE_VALUE_VARCHAR:
      start = row > 0 ? self->ends[row - 1] : 0;
      g_string_append_len (string, self->bytes + start, (gssize) (self->ends[row] - start));
      break;
    case SOBRE_VALUE_DATE:
      sobre_append_date (string, ((const gint64 *) self->values)[row]);
      break;
    case SOBRE_VALUE_TIMESTAMP:
      sobre_append_timestamp (string, ((const gint64 *) self->values)[row]);
      break;
    case SOBRE_VALUE_TIMESTAMP_TZ:
      sobre_append_timestamp (string, ((const gint64 *) self->values)[row] + self->offsets[row]);
      g_string_append_printf (string, " %s", self->zone);
      break;
    default:
      g_string_append_printf (string, "%" G_GINT64_FORMAT, ((const gint64 *) self->values)[row]);
      break;
    }
}

char *
sobre_result_table_dup_text (SobreResultTable *self, guint64 row, guint column)
{
  GString *string;

  if (sobre_result_table_is_null (self, row, column))
    return NULL;
  string = g_string_new (NULL);
  sobre_result_column_append_text (get_column (self, column), row, string);
  return g_string_free (string, FALSE);
}

static GType
sobre_result_table_get_item_type (GListModel *model)
{
  return SOBRE_TYPE_RESULT_ROW;
}

static guint
sobre_result_table_get_n_items (GListModel *model)
{
  return (guint) MIN (SOBRE_RESULT_TABLE (model)->n_rows, G_MAXUINT);
}

static gpointer
sobre_result_table_get_item (GListModel *model, guint position)
{
  SobreResultTable *self = SOBRE_RESULT_TABLE (model);
  SobreResultRow *row;

  if (position >= self->n_rows)
    return NULL;
  row = g_object_new (SOBRE_TYPE_RESULT_ROW, NULL);
  row->table = g_object_ref (self);
  row->index = position;
  return row;
}

static void
sobre_result_table_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = sobre_result_table_get_item_type;
  iface->get_n_items = sobre_result_table_get_n_items;
  iface->get_item = sobre_result_table_get_item;
}

static void
sobre_result_table_finalize (GObject *object)
{
  g_clear_pointer (&SOBRE_RESULT_TABLE (object)->columns, g_array_unref);
  G_OBJECT_CLASS (sobre_result_table_parent_class)->finalize (object);
}

static void
sobre_result_table_class_init (SobreResultTableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_result_table_finalize;
}

static void
sobre_result_table_init (SobreResultTable *self)
{
}

static void
sobre_result_row_finalize (GObject *object)
{
  g_clear_object (&SOBRE_RESULT_ROW (object)->table);
  G_OBJECT_CLASS (sobre_result_row_parent_class)->finalize (object);
}

static void
sobre_result_row_class_init (SobreResultRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_result_row_finalize;
}

static void
sobre_result_row_init (SobreResultRow *self)
{
}

SobreResultTable *
sobre_result_row_get_table (SobreResultRow *self)
{
  g_return_val_if_fail (SOBRE_IS_RESULT_ROW (self), NULL);

  return self->table;
}

guint64
sobre_result_row_get_index (SobreResultRow *self)
{
  g_return_val_if_fail (SOBRE_IS_RESULT_ROW (self), 0);

  return self->index;
}
