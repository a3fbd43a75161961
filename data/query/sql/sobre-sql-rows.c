/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-rows.h"

#include <string.h>

#include "query/sobre-result-table-private.h"

#define SLACK 65536 /* rows beyond what is wanted before the store is cut */

struct _SobreSqlRowStore
{
  const SobreSqlPlan *plan;
  const SobreSqlBlock *block;
  SobreSqlBudget *budget;
  SobreSqlColumn *columns;
  guint64 n_rows;
  guint64 wanted; /* G_MAXUINT64 for all */
};

typedef struct
{
  const SobreSqlRowStore *store;
  guint steps;
  gboolean over; /* time is */
} SortContext;

SobreSqlRowStore *
sobre_sql_row_store_new (const SobreSqlPlan *plan, guint64 max_rows, SobreSqlBudget *budget)
{
  SobreSqlRowStore *self = g_new0 (SobreSqlRowStore, 1);
  guint64 wanted;

  self->plan = plan;
  self->budget = budget;
  self->block = plan->block;
  self->columns = g_new0 (SobreSqlColumn, self->block->n_outputs + 1);
  for (guint i = 0; i < self->block->n_outputs; i++)
    sobre_sql_column_init (&self->columns[i], budget);
  /* One more than may be given tells that there were more. */
  wanted = MIN (self->block->limit, max_rows == G_MAXUINT64 ? max_rows : max_rows + 1);
  self->wanted = wanted > G_MAXUINT64 - self->block->offset ? G_MAXUINT64 : wanted + self->block->offset;
  return self;
}

void
sobre_sql_row_store_free (SobreSqlRowStore *self)
{
  for (guint i = 0; i < self->block->n_outputs; i++)
    sobre_sql_column_clear (&self->columns[i]);
  g_free (self->columns);
  g_free (self);
}

/* By the sort keys, then by place: the order is total, so the result is the same at each run. */
static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  SortContext *context = data;
  const SobreSqlRowStore *self = context->store;
  guint32 left = *(const guint32 *) a, right = *(const guint32 *) b;

  if ((++context->steps & 0xffff) == 0)
    context->over = context->over || !sobre_sql_budget_check_time (self->budget, NULL);
  for (guint i = 0; !context->over && i < self->block->n_sort_keys; i++)
    {
      const SobreSqlSortKey *key = &self->block->sort_keys[i];
      const SobreSqlColumn *column = &self->columns[key->column];
      int order = sobre_sql_column_compare (column, left, right);

      if (order == 0)
        continue;
      if (!column->valid[left] || !column->valid[right])
        return key->nulls_first ? -order : order;
      return key->descending ? -order : order;
    }
  return (left > right) - (left < right);
}

/* The rows' numbers in the plan's order; %NULL when time is over. */
static guint32 *
sort_rows (SobreSqlRowStore *self, GError **error)
{
  g_autofree guint32 *index = g_new (guint32, MAX (self->n_rows, 1));
  SortContext context = { self, 0, FALSE };

  for (guint64 i = 0; i < self->n_rows; i++)
    index[i] = (guint32) i;
  if (self->block->n_sort_keys > 0)
    g_sort_array (index, self->n_rows, sizeof *index, compare_rows, &context);
  if (context.over && !sobre_sql_budget_check_time (self->budget, error))
    return NULL;
  return g_steal_pointer (&index);
}

/* Keeps the rows at @index, and no others. */
static gboolean
keep (SobreSqlRowStore *self, const guint32 *index, guint64 n, GError **error)
{
  for (guint i = 0; i < self->block->n_outputs; i++)
    if (self->columns[i].has_physical && !sobre_sql_column_permute (&self->columns[i], index, n, error))
      return FALSE;
  self->n_rows = n;
  return TRUE;
}

static gboolean
cut (SobreSqlRowStore *self, GError **error)
{
  g_autofree guint32 *index = NULL;

  if (self->n_rows <= self->wanted)
    return TRUE;
  index = sort_rows (self, error);
  return index != NULL && keep (self, index, self->wanted, error);
}

gboolean
sobre_sql_row_store_append (SobreSqlRowStore *self, const SobreSqlVector *outputs, SobreSqlRows rows, GError **error)
{
  if (self->block->n_sort_keys == 0 && rows.n > self->wanted - MIN (self->wanted, self->n_rows))
    rows.n = (guint) (self->wanted - MIN (self->wanted, self->n_rows));
  if (rows.n == 0)
    return TRUE;
  if (self->n_rows + rows.n > G_MAXUINT32 / 2)
    return sobre_query_error_set (error, SOBRE_QUERY_ERROR_LIMIT, SOBRE_SQL_NOWHERE, "too many rows");
  for (guint i = 0; i < self->block->n_outputs; i++)
    if (sobre_sql_plan_shows (self->plan, i) && !sobre_sql_column_append (&self->columns[i], &outputs[i], rows, error))
      return FALSE;
  self->n_rows += rows.n;
  if (self->wanted < G_MAXUINT32 && self->n_rows > self->wanted + SLACK)
    return cut (self, error);
  return TRUE;
}

gboolean
sobre_sql_row_store_is_full (const SobreSqlRowStore *self)
{
  return self->block->n_sort_keys == 0 && self->n_rows >= self->wanted;
}

gboolean
sobre_sql_row_store_merge (SobreSqlRowStore *self, SobreSqlRowStore *other, GError **error)
{
  g_autofree SobreSqlVector *views = NULL;
  SobreSqlRows rows = { NULL, (guint) other->n_rows };

  if (other->n_rows == 0)
    return TRUE;
  if (self->n_rows == 0)
    {
      SobreSqlColumn *columns = self->columns;

      self->columns = other->columns;
      other->columns = columns;
      self->n_rows = other->n_rows;
      other->n_rows = 0;
      return TRUE;
    }
  views = g_new (SobreSqlVector, self->block->n_outputs);
  for (guint i = 0; i < self->block->n_outputs; i++)
    views[i] = sobre_sql_column_view (&other->columns[i], 0);
  if (!sobre_sql_row_store_append (self, views, rows, error))
    return FALSE;
  for (guint i = 0; i < self->block->n_outputs; i++)
    sobre_sql_column_clear (&other->columns[i]);
  other->n_rows = 0;
  return TRUE;
}

static SobreValueType
get_value_type (SobreSqlType type)
{
  switch (type.kind)
    {
    case SOBRE_SQL_BOOLEAN:
      return SOBRE_VALUE_BOOLEAN;
    case SOBRE_SQL_INTEGER:
      return SOBRE_VALUE_INTEGER;
    case SOBRE_SQL_BIGINT:
      return SOBRE_VALUE_BIGINT;
    case SOBRE_SQL_DOUBLE:
      return SOBRE_VALUE_DOUBLE;
    case SOBRE_SQL_DECIMAL:
      return SOBRE_VALUE_DECIMAL;
    case SOBRE_SQL_DATE:
      return SOBRE_VALUE_DATE;
    case SOBRE_SQL_TIMESTAMP:
      return SOBRE_VALUE_TIMESTAMP;
    case SOBRE_SQL_TIMESTAMP_TZ:
      return SOBRE_VALUE_TIMESTAMP_TZ;
    default:
      return SOBRE_VALUE_VARCHAR;
    }
}

static gboolean
fill_texts (SobreResultColumn *column,
            const SobreSqlVector *from,
            const guint32 *index,
            guint64 n,
            SobreSqlBudget *budget,
            GError **error)
{
  guint64 size = 0;

  for (guint64 i = 0; i < n; i++)
    if (column->valid[i])
      size += sobre_sql_vector_get_text (from, index[i]).length;
  if (!sobre_sql_budget_take (budget, (gint64) (size + n * sizeof *column->ends), error))
    return FALSE;
  column->ends = g_new (guint64, MAX (n, 1));
  column->bytes = g_malloc (MAX (size, 1));
  size = 0;
  for (guint64 i = 0; i < n; i++)
    {
      SobreText text = column->valid[i] ? sobre_sql_vector_get_text (from, index[i]) : SOBRE_TEXT_NONE;

      if (text.length > 0)
        memcpy (column->bytes + size, text.data, text.length);
      size += text.length;
      column->ends[i] = size;
    }
  return TRUE;
}

static void
fill_offsets (SobreResultColumn *column, SobreSqlType type, guint64 n)
{
  column->zone = g_strdup (sobre_sql_zone_get_name (type.zone));
  column->offsets = g_new0 (gint64, MAX (n, 1));
  for (guint64 i = 0; i < n; i++)
    if (column->valid[i])
      column->offsets[i] = sobre_sql_zone_get_offset (type.zone, ((const gint64 *) column->values)[i]);
}

static gboolean
fill_column (SobreSqlRowStore *self, guint output, const guint32 *index, guint64 n, SobreResultColumn *column, GError **error)
{
  SobreSqlType type = self->block->outputs[output]->type;
  SobreSqlVector from = sobre_sql_column_view (&self->columns[output], 0);
  gsize size = sobre_value_type_get_size (get_value_type (type));

  *column = (SobreResultColumn) {
    .name = g_strdup (self->plan->columns[output].name),
    .type = get_value_type (type),
    .precision = type.precision,
    .scale = type.scale,
  };
  if (!sobre_sql_budget_take (self->budget, (gint64) (n * (size + 1)), error))
    return FALSE;
  column->valid = g_malloc0 (MAX (n, 1));
  if (type.kind != SOBRE_SQL_UNKNOWN)
    for (guint64 i = 0; i < n; i++)
      column->valid[i] = !sobre_sql_vector_is_null (&from, index[i]);
  if (size == 0)
    return fill_texts (column, &from, index, n, self->budget, error);
  column->values = g_malloc0_n (MAX (n, 1), size);
  for (guint64 i = 0; i < n; i++)
    if (column->valid[i])
      memcpy ((guint8 *) column->values + i * size, (const guint8 *) from.data + index[i] * size, size);
  if (type.kind == SOBRE_SQL_TIMESTAMP_TZ)
    fill_offsets (column, type, n);
  return TRUE;
}

SobreResultTable *
sobre_sql_row_store_finish (SobreSqlRowStore *self, guint64 max_rows, GError **error)
{
  g_autoptr (GArray) columns = sobre_result_columns_new ();
  g_autofree guint32 *index = sort_rows (self, error);
  guint64 skipped = MIN (self->block->offset, self->n_rows);
  guint64 n = MIN (self->n_rows - skipped, self->block->limit);
  gboolean truncated = n > max_rows;

  if (index == NULL)
    return NULL;
  n = MIN (n, max_rows);
  for (guint i = 0; i < self->block->n_visible; i++)
    {
      g_array_set_size (columns, i + 1);
      if (!fill_column (self, i, index + skipped, n, &g_array_index (columns, SobreResultColumn, i), error))
        return NULL;
    }
  return sobre_result_table_new (g_steal_pointer (&columns), n, truncated);
}

SobreSqlRowSet *
sobre_sql_row_store_take_row_set (SobreSqlRowStore *self, GError **error)
{
  g_autoptr (SobreSqlRowSet) relation = sobre_sql_row_set_new (self->plan->n_columns, self->budget);
  guint64 skipped = MIN (self->block->offset, self->n_rows);
  guint64 n = MIN (self->n_rows - skipped, self->block->limit);

  if (n < self->n_rows)
    {
      g_autofree guint32 *index = sort_rows (self, error);

      if (index == NULL || !keep (self, index + skipped, n, error))
        return NULL;
    }
  for (guint i = 0; i < self->plan->n_columns; i++)
    {
      relation->columns[i] = self->columns[i];
      sobre_sql_column_init (&self->columns[i], self->budget);
    }
  relation->n_rows = n;
  self->n_rows = 0;
  return g_steal_pointer (&relation);
}
