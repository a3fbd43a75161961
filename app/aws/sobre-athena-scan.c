/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a query reads on Athena: only dt, the day in an object's key, keeps objects from being read. */

#include "aws/sobre-athena-scan.h"

#include <string.h>

#include "lake/sobre-lake-catalogue.h"
#include "model/sobre-time.h"
#include "query/sql/sobre-sql-ast.h"

/** Search: through a whole statement. @names: (element-type utf8): of WITH, which hide tables */
typedef struct
{
  const SobreQuery *query;
  gint32 today;
  GHashTable *names;
  GPtrArray *reads;
} Search;

static void visit_select (Search *search, const SobreSqlSelect *select);
static gboolean find_day (const Search *search, const SobreSqlNode *node, gint32 *day);

static void
read_free (gpointer data)
{
  SobreAthenaRead *self = data;

  g_free (self->table);
  g_free (self);
}

static gboolean
find_dataset (const char *table, SobreDataset *dataset)
{
  static const struct
  {
    const char *table;
    SobreDataset dataset;
  } tables[] = {
    { "responses", SOBRE_DATASET_RESPONSES },
    { "answers", SOBRE_DATASET_RESPONSES },
    { "events", SOBRE_DATASET_EVENTS },
    { "orders", SOBRE_DATASET_ORDERS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (g_ascii_strcasecmp (table, tables[i].table) == 0)
      {
        *dataset = tables[i].dataset;
        return TRUE;
      }
  return FALSE;
}

static gboolean
find_parameter_day (const Search *search, const char *name, gint32 *day)
{
  guint n;
  const SobreQueryParameter *parameters = sobre_query_get_parameters (search->query, &n);

  for (guint i = 0; i < n; i++)
    if (g_ascii_strcasecmp (parameters[i].name, name) == 0)
      return parameters[i].value != NULL && sobre_day_parse (parameters[i].value, strlen (parameters[i].value), day);
  return FALSE;
}

/* "x + INTERVAL '3' DAY" */
static gboolean
shift_day (const Search *search, const SobreSqlNode *node, gint32 *day)
{
  const SobreSqlNode *interval = node->children[1];
  gint64 n;

  if ((node->op != SOBRE_SQL_ADD && node->op != SOBRE_SQL_SUBTRACT) || interval->kind != SOBRE_SQL_NODE_INTERVAL ||
      g_strcmp0 (interval->qualifier, "day") != 0 ||
      !g_ascii_string_to_signed (interval->text, 10, -SOBRE_SQL_MAX_ROWS, SOBRE_SQL_MAX_ROWS, &n, NULL) ||
      !find_day (search, node->children[0], day))
    return FALSE;
  *day += (gint32) (node->op == SOBRE_SQL_ADD ? n : -n);
  return TRUE;
}

/* The day that an expression stands for, where that is plain before the query runs. */
static gboolean
find_day (const Search *search, const SobreSqlNode *node, gint32 *day)
{
  switch (node->kind)
    {
    case SOBRE_SQL_NODE_STRING:
    case SOBRE_SQL_NODE_DATE:
      return sobre_day_parse (node->text, strlen (node->text), day);
    case SOBRE_SQL_NODE_PARAMETER:
      return find_parameter_day (search, node->text, day);
    case SOBRE_SQL_NODE_CAST:
      return find_day (search, node->children[0], day);
    case SOBRE_SQL_NODE_BINARY:
      return shift_day (search, node, day);
    case SOBRE_SQL_NODE_CALL:
      *day = search->today;
      return g_strcmp0 (node->text, "current_date") == 0;
    default:
      return FALSE;
    }
}

static gboolean
is_dt (const SobreSqlRelation *table, const SobreSqlNode *node)
{
  return node->kind == SOBRE_SQL_NODE_COLUMN && strcmp (node->text, "dt") == 0 &&
         (node->qualifier == NULL || strcmp (node->qualifier, table->alias != NULL ? table->alias : table->name) == 0);
}

/* Whether an expression differs from row to row, so that no days can be left out for it. */
static gboolean
has_column (const SobreSqlNode *node)
{
  gboolean has = node->kind == SOBRE_SQL_NODE_COLUMN || node->query != NULL;

  for (guint i = 0; i < node->n_children && !has; i++)
    has = has_column (node->children[i]);
  return has;
}

/* What "dt op other" leaves; what "other" is may only be known when the query runs. */
static void
narrow (const Search *search, SobreAthenaRead *read, SobreSqlOperator op, const SobreSqlNode *other)
{
  gint32 day;

  if (op == SOBRE_SQL_NOT_EQUAL || has_column (other))
    return;
  read->is_bounded = TRUE;
  if (!find_day (search, other, &day))
    return;
  if (op == SOBRE_SQL_EQUAL || op == SOBRE_SQL_GREATER_EQUAL || op == SOBRE_SQL_GREATER)
    read->from_day = MAX (read->from_day, day + (op == SOBRE_SQL_GREATER ? 1 : 0));
  if (op == SOBRE_SQL_EQUAL || op == SOBRE_SQL_LESS_EQUAL || op == SOBRE_SQL_LESS)
    read->to_day = MIN (read->to_day, day - (op == SOBRE_SQL_LESS ? 1 : 0));
}

static SobreSqlOperator
mirror (SobreSqlOperator op)
{
  switch (op)
    {
    case SOBRE_SQL_LESS:
      return SOBRE_SQL_GREATER;
    case SOBRE_SQL_LESS_EQUAL:
      return SOBRE_SQL_GREATER_EQUAL;
    case SOBRE_SQL_GREATER:
      return SOBRE_SQL_LESS;
    case SOBRE_SQL_GREATER_EQUAL:
      return SOBRE_SQL_LESS_EQUAL;
    default:
      return op;
    }
}

static void
narrow_to_list (const Search *search, SobreAthenaRead *read, const SobreSqlNode *node)
{
  gint32 low = G_MAXINT32, high = G_MININT32, day;

  read->is_bounded = TRUE;
  for (guint i = 1; i < node->n_children; i++)
    {
      if (!find_day (search, node->children[i], &day))
        return;
      low = MIN (low, day);
      high = MAX (high, day);
    }
  read->from_day = MAX (read->from_day, low);
  read->to_day = MIN (read->to_day, high);
}

/* Only what every row has to meet counts. */
static void
apply (const Search *search, const SobreSqlRelation *table, SobreAthenaRead *read, const SobreSqlNode *node)
{
  if (node == NULL)
    return;
  if (node->kind == SOBRE_SQL_NODE_AND)
    for (guint i = 0; i < node->n_children; i++)
      apply (search, table, read, node->children[i]);
  else if (node->kind == SOBRE_SQL_NODE_BINARY && node->op >= SOBRE_SQL_EQUAL)
    {
      if (is_dt (table, node->children[0]))
        narrow (search, read, node->op, node->children[1]);
      else if (is_dt (table, node->children[1]))
        narrow (search, read, mirror (node->op), node->children[0]);
    }
  else if (node->kind == SOBRE_SQL_NODE_BETWEEN && !node->flag && is_dt (table, node->children[0]))
    {
      narrow (search, read, SOBRE_SQL_GREATER_EQUAL, node->children[1]);
      narrow (search, read, SOBRE_SQL_LESS_EQUAL, node->children[2]);
    }
  else if (node->kind == SOBRE_SQL_NODE_IN && !node->flag && is_dt (table, node->children[0]))
    narrow_to_list (search, read, node);
}

static void
apply_joins (const Search *search, const SobreSqlRelation *table, SobreAthenaRead *read, const SobreSqlRelation *from)
{
  if (from == NULL || from->kind != SOBRE_SQL_RELATION_JOIN)
    return;
  if (from->join == SOBRE_SQL_JOIN_INNER)
    apply (search, table, read, from->on);
  apply_joins (search, table, read, from->left);
  apply_joins (search, table, read, from->right);
}

static void
apply_block (const Search *search, const SobreSqlSelect *block, const SobreSqlRelation *table, SobreAthenaRead *read)
{
  apply (search, table, read, block->where);
  apply_joins (search, table, read, block->from);
}

/* "a.dt = b.dt": what is demanded of one is demanded of the other, which Athena sees. Returns: the other's name */
static const char *
find_twin (const SobreSqlRelation *table, const SobreSqlNode *node)
{
  const char *twin = NULL;

  if (node == NULL)
    return NULL;
  if (node->kind == SOBRE_SQL_NODE_AND)
    for (guint i = 0; i < node->n_children && twin == NULL; i++)
      twin = find_twin (table, node->children[i]);
  else if (node->kind == SOBRE_SQL_NODE_BINARY && node->op == SOBRE_SQL_EQUAL)
    for (guint i = 0; i < 2 && twin == NULL; i++)
      if (is_dt (table, node->children[i]) && node->children[1 - i]->kind == SOBRE_SQL_NODE_COLUMN &&
          strcmp (node->children[1 - i]->text, "dt") == 0)
        twin = node->children[1 - i]->qualifier;
  return twin;
}

static const char *
find_twin_in_joins (const SobreSqlRelation *table, const SobreSqlRelation *from)
{
  const char *twin;

  if (from == NULL || from->kind != SOBRE_SQL_RELATION_JOIN)
    return NULL;
  twin = from->join == SOBRE_SQL_JOIN_INNER ? find_twin (table, from->on) : NULL;
  if (twin == NULL)
    twin = find_twin_in_joins (table, from->left);
  return twin != NULL ? twin : find_twin_in_joins (table, from->right);
}

static void visit_node (Search *search, const SobreSqlNode *node);

static void
visit_nodes (Search *search, SobreSqlNode *const *nodes, guint n)
{
  for (guint i = 0; i < n; i++)
    visit_node (search, nodes[i]);
}

/* Looks for queries within expressions. */
static void
visit_node (Search *search, const SobreSqlNode *node)
{
  if (node == NULL)
    return;
  visit_nodes (search, node->children, node->n_children);
  visit_node (search, node->filter);
  if (node->query != NULL)
    visit_select (search, node->query);
}

static void
visit_table (Search *search, const SobreSqlSelect *block, const SobreSqlRelation *table)
{
  SobreDataset dataset;
  SobreAthenaRead *read;
  const char *twin;

  if (g_hash_table_contains (search->names, table->name) || !find_dataset (table->name, &dataset))
    return;
  read = g_new0 (SobreAthenaRead, 1);
  read->table = g_strdup (table->name);
  read->dataset = dataset;
  read->from_day = G_MININT32;
  read->to_day = G_MAXINT32;
  apply_block (search, block, table, read);
  twin = find_twin (table, block->where);
  if (twin == NULL)
    twin = find_twin_in_joins (table, block->from);
  if (twin != NULL)
    apply_block (search, block, &(SobreSqlRelation) { .name = twin }, read);
  g_ptr_array_add (search->reads, read);
}

static void
visit_relation (Search *search, const SobreSqlSelect *block, const SobreSqlRelation *relation)
{
  if (relation == NULL)
    return;
  switch (relation->kind)
    {
    case SOBRE_SQL_RELATION_TABLE:
      visit_table (search, block, relation);
      break;
    case SOBRE_SQL_RELATION_QUERY:
      visit_select (search, relation->query);
      break;
    case SOBRE_SQL_RELATION_JOIN:
      visit_node (search, relation->on);
      visit_relation (search, block, relation->left);
      visit_relation (search, block, relation->right);
      break;
    case SOBRE_SQL_RELATION_UNNEST:
    default:
      visit_nodes (search, relation->arguments.nodes, relation->arguments.n);
      break;
    }
}

static void
visit_select (Search *search, const SobreSqlSelect *select)
{
  if (select == NULL)
    return;
  for (guint i = 0; i < select->n_ctes; i++)
    g_hash_table_add (search->names, (gpointer) select->ctes[i].name);
  for (guint i = 0; i < select->n_ctes; i++)
    visit_select (search, select->ctes[i].query);
  visit_select (search, select->left);
  visit_select (search, select->right);
  visit_relation (search, select, select->from);
  for (guint i = 0; i < select->n_items; i++)
    visit_node (search, select->items[i].node);
  visit_node (search, select->where);
  visit_node (search, select->having);
}

GPtrArray *
sobre_athena_find_reads (const SobreQuery *query, gint32 today)
{
  const char *sql = sobre_query_get_sql (query);
  g_autoptr (SobreSqlArena) arena = sobre_sql_arena_new ();
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  const SobreSqlSelect *select = sobre_sql_parse (sql, strlen (sql), arena, NULL);
  Search search = { query, today, names, NULL };

  if (select == NULL)
    return NULL;
  search.reads = g_ptr_array_new_with_free_func (read_free);
  visit_select (&search, select);
  return search.reads;
}

guint64
sobre_athena_estimate (GPtrArray *reads, GPtrArray *days)
{
  guint64 bytes = 0;

  for (guint i = 0; i < reads->len; i++)
    {
      const SobreAthenaRead *read = g_ptr_array_index (reads, i);

      for (guint j = 0; j < days->len; j++)
        {
          const SobreLakeDay *day = g_ptr_array_index (days, j);

          if (day->dataset == read->dataset && day->dt >= read->from_day && day->dt <= read->to_day)
            bytes += day->n_bytes;
        }
    }
  return bytes;
}

char *
sobre_athena_dup_unbounded (GPtrArray *reads)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < reads->len; i++)
    {
      const SobreAthenaRead *read = g_ptr_array_index (reads, i);

      if (!read->is_bounded && strstr (names->str, read->table) == NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", read->table);
    }
  return names->len > 0 ? g_string_free_and_steal (g_steal_pointer (&names)) : NULL;
}
