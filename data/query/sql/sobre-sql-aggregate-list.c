/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-aggregate-private.h"

#include <string.h>

/* listagg: every text with its group and sort keys, sorted and joined at the end. */

void
sobre_sql_state_begin_list (SobreSqlState *self)
{
  self->list.groups = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->list.columns = g_new0 (SobreSqlColumn, self->aggregate->n_arguments);
  for (guint i = 0; i < self->aggregate->n_arguments; i++)
    sobre_sql_column_init (&self->list.columns[i], self->budget);
}

void
sobre_sql_state_free_list (SobreSqlState *self)
{
  if (self->list.groups == NULL)
    return;
  g_array_unref (self->list.groups);
  for (guint i = 0; i < self->aggregate->n_arguments; i++)
    sobre_sql_column_clear (&self->list.columns[i]);
  g_free (self->list.columns);
  g_free (self->list.results);
  g_clear_pointer (&self->list.texts, sobre_sql_arena_free);
}

static gboolean
add_rows (SobreSqlState *self, const SobreSqlVector *arguments, const guint32 *index, guint n, GError **error)
{
  for (guint i = 0; i < self->aggregate->n_arguments; i++)
    if (!sobre_sql_column_append (&self->list.columns[i], &arguments[i], (SobreSqlRows) { index, n }, error))
      return FALSE;
  return sobre_sql_state_take (self, n * sizeof (guint32), error);
}

gboolean
sobre_sql_state_add_to_list (SobreSqlState *self,
                             const SobreSqlVector *arguments,
                             SobreSqlRows rows,
                             const guint32 *groups,
                             GError **error)
{
  g_autofree guint32 *index = g_new (guint32, MAX (rows.n, 1));
  guint n = 0;

  SOBRE_SQL_EACH_VALUE (&arguments[0], {
    (void) at;
    index[n++] = r;
    g_array_append_val (self->list.groups, g);
  });
  return add_rows (self, arguments, index, n, error);
}

gboolean
sobre_sql_state_merge_list (SobreSqlState *self, SobreSqlState *other, const guint32 *groups, GError **error)
{
  guint n = other->list.groups->len;
  g_autofree SobreSqlVector *arguments = g_new0 (SobreSqlVector, self->aggregate->n_arguments);

  for (guint i = 0; i < n; i++)
    g_array_append_val (self->list.groups, groups[g_array_index (other->list.groups, guint32, i)]);
  for (guint i = 0; i < self->aggregate->n_arguments; i++)
    arguments[i] = sobre_sql_column_view (&other->list.columns[i], 0);
  return n == 0 || add_rows (self, arguments, NULL, n, error);
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const SobreSqlState *self = data;
  guint32 left = *(const guint32 *) a, right = *(const guint32 *) b;
  guint32 left_group = g_array_index (self->list.groups, guint32, left);
  guint32 right_group = g_array_index (self->list.groups, guint32, right);

  if (left_group != right_group)
    return left_group < right_group ? -1 : 1;
  for (guint i = 0; i < self->aggregate->n_sort_keys; i++)
    {
      const SobreSqlSortKey *key = &self->aggregate->sort_keys[i];
      const SobreSqlColumn *column = &self->list.columns[key->column];
      int order = sobre_sql_column_compare (column, left, right);

      if (order == 0)
        continue;
      if (!column->valid[left] || !column->valid[right])
        return key->nulls_first ? -order : order;
      return key->descending ? -order : order;
    }
  return (left > right) - (left < right);
}

/* Whether a row's text is in its group already. */
static gboolean
is_repeated (SobreSqlGroups *seen, guint32 group, SobreText text, gboolean *repeated, GError **error)
{
  SobreSqlInt128 number = group;
  SobreSqlVector keys[2] = { { .physical = SOBRE_SQL_PHYSICAL_INT64, .data = &number },
                             { .physical = SOBRE_SQL_PHYSICAL_TEXT, .s = &text } };
  guint before = sobre_sql_groups_get_n (seen);
  guint32 found;

  if (!sobre_sql_groups_assign (seen, keys, (SobreSqlRows) { NULL, 1 }, &found, error))
    return FALSE;
  *repeated = found < before;
  return TRUE;
}

static gboolean
append_text (SobreSqlState *self, GString *joined, gboolean is_first, SobreText text, GError **error)
{
  SobreText separator = self->aggregate->separator;

  if (!is_first)
    g_string_append_len (joined, separator.data, (gssize) separator.length);
  g_string_append_len (joined, text.data, (gssize) text.length);
  return joined->len <= SOBRE_SQL_MAX_TEXT ||
         sobre_query_error_set (error, SOBRE_QUERY_ERROR_LIMIT, self->aggregate->position,
                                "listagg() gives a text of more than %d bytes", SOBRE_SQL_MAX_TEXT);
}

static gboolean
keep_result (SobreSqlState *self, guint32 group, GString *joined, GError **error)
{
  self->list.results[group] = sobre_sql_arena_text (self->list.texts, (SobreText) { joined->str, joined->len });
  return sobre_sql_state_take (self, joined->len, error);
}

static gboolean
join_rows (SobreSqlState *self, const guint32 *index, SobreSqlGroups *seen, GError **error)
{
  SobreSqlVector texts = sobre_sql_column_view (&self->list.columns[0], 0);
  g_autoptr (GString) joined = g_string_new (NULL);
  guint32 n = self->list.groups->len;
  gboolean is_first = TRUE;

  for (guint32 i = 0; i < n; i++)
    {
      guint32 group = g_array_index (self->list.groups, guint32, index[i]);
      SobreText text = sobre_sql_vector_get_text (&texts, index[i]);
      gboolean repeated = FALSE;

      if (seen != NULL && !is_repeated (seen, group, text, &repeated, error))
        return FALSE;
      if (!repeated && !append_text (self, joined, is_first, text, error))
        return FALSE;
      is_first = FALSE;
      if (i + 1 == n || g_array_index (self->list.groups, guint32, index[i + 1]) != group)
        {
          if (!keep_result (self, group, joined, error))
            return FALSE;
          g_string_truncate (joined, 0);
          is_first = TRUE;
        }
    }
  return sobre_sql_budget_check_time (self->budget, error);
}

gboolean
sobre_sql_state_join_list (SobreSqlState *self, guint n_groups, GError **error)
{
  const SobreSqlKeyRange ranges[2] = { { 0, 0 }, { 0, 0 } };
  guint32 n = self->list.groups->len;
  g_autofree guint32 *index = g_new (guint32, MAX (n, 1));
  g_autoptr (SobreSqlGroups) seen = self->aggregate->distinct ? sobre_sql_groups_new (2, ranges, self->budget) : NULL;

  if (!sobre_sql_state_take (self, n_groups * sizeof (SobreText), error))
    return FALSE;
  self->list.texts = sobre_sql_arena_new ();
  self->list.results = g_new0 (SobreText, MAX (n_groups, 1));
  self->list.n_results = n_groups;
  for (guint32 i = 0; i < n; i++)
    index[i] = i;
  g_sort_array (index, n, sizeof *index, compare_rows, self);
  return n == 0 || join_rows (self, index, seen, error);
}

SobreSqlValue
sobre_sql_state_get_list (const SobreSqlState *self, guint group)
{
  SobreText text = group < self->list.n_results ? self->list.results[group] : SOBRE_TEXT_NONE;

  return (SobreSqlValue) { .null = text.data == NULL, .s = text };
}
