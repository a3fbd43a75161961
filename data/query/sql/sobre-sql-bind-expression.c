/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

/* Expressions: operators get their operands' common type, the richer forms are put in terms of fewer. */

SobreSqlExpr *
sobre_sql_binder_new (SobreSqlBinder *self,
                      SobreSqlExprKind kind,
                      SobreSqlType type,
                      SobreSqlPosition position,
                      SobreSqlExpr **children,
                      guint n_children)
{
  SobreSqlExpr *expr = sobre_sql_arena_new_object (self->arena, SobreSqlExpr);

  expr->kind = kind;
  expr->type = type;
  expr->position = position;
  expr->id = self->next_id++;
  expr->n_children = n_children;
  expr->children = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, n_children);
  expr->weight = 1;
  for (guint i = 0; i < n_children; i++)
    {
      expr->children[i] = children[i];
      expr->weight = MIN (expr->weight + children[i]->weight, SOBRE_SQL_MAX_WEIGHT + 1);
    }
  return expr;
}

/* Whether a cast of this pair of types can fail: those that only widen cannot. TRY_CAST of a text can: there are texts that are refused. */
static gboolean
cast_is_total (const SobreSqlExpr *expr)
{
  SobreSqlType from = expr->children[0]->type;

  if (from.kind == SOBRE_SQL_UNKNOWN || (expr->is_try && from.kind != SOBRE_SQL_VARCHAR))
    return TRUE;
  if (expr->type.kind == SOBRE_SQL_DOUBLE)
    return from.kind != SOBRE_SQL_VARCHAR;
  if (expr->type.kind == SOBRE_SQL_BIGINT)
    return from.kind == SOBRE_SQL_INTEGER || from.kind == SOBRE_SQL_BOOLEAN;
  if (expr->type.kind == SOBRE_SQL_DATE || expr->type.kind == SOBRE_SQL_TIMESTAMP || expr->type.kind == SOBRE_SQL_TIMESTAMP_TZ)
    return from.kind != SOBRE_SQL_VARCHAR;
  return FALSE;
}

static gboolean
is_total (const SobreSqlExpr *expr)
{
  switch (expr->kind)
    {
    case SOBRE_SQL_EXPR_CALL:
      return (expr->function->flags & SOBRE_SQL_TOTAL) != 0;
    case SOBRE_SQL_EXPR_ARITHMETIC:
    case SOBRE_SQL_EXPR_NEGATE:
      return expr->type.kind == SOBRE_SQL_DOUBLE;
    case SOBRE_SQL_EXPR_COMPARE:
    case SOBRE_SQL_EXPR_DISTINCT:
      return expr->children[0]->type.kind != SOBRE_SQL_DECIMAL;
    case SOBRE_SQL_EXPR_CAST:
      return cast_is_total (expr);
    default:
      return TRUE;
    }
}

SobreSqlExpr *
sobre_sql_binder_finish (SobreSqlBinder *self, SobreSqlExpr *expr)
{
  SobreSqlValue value = { FALSE };
  gboolean constant = TRUE;
  g_autoptr (GError) failure = NULL;

  if (expr->weight > SOBRE_SQL_MAX_WEIGHT)
    {
      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_LIMIT, expr->position, "the expression has more than %d parts",
                             SOBRE_SQL_MAX_WEIGHT);
      return NULL;
    }
  if (!sobre_sql_binder_check_size (self, expr->position))
    return NULL;
  expr->is_total = is_total (expr);
  for (guint i = 0; i < expr->n_children; i++)
    {
      expr->is_total = expr->is_total && (expr->kind == SOBRE_SQL_EXPR_TRY || expr->children[i]->is_total);
      constant = constant && expr->children[i]->kind == SOBRE_SQL_EXPR_CONSTANT;
    }
  if (!constant)
    return expr;
  if (!sobre_sql_fold (expr, self->arena, self->budget, &value, &failure))
    {
      if (!g_error_matches (failure, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_TIMEOUT))
        return expr;
      g_propagate_error (self->error, g_steal_pointer (&failure));
      return NULL;
    }
  return sobre_sql_binder_constant (self, expr->type, value, expr->position);
}

gboolean
sobre_sql_binder_check_condition (SobreSqlBinder *self, SobreSqlExpr **expr, const char *what)
{
  g_autofree char *name = NULL;

  if ((*expr)->type.kind == SOBRE_SQL_UNKNOWN)
    {
      *expr = sobre_sql_binder_cast (self, *expr, SOBRE_SQL_TYPE (BOOLEAN));
      return *expr != NULL;
    }
  if ((*expr)->type.kind == SOBRE_SQL_BOOLEAN)
    return TRUE;
  name = sobre_sql_type_dup_name ((*expr)->type);
  return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, (*expr)->position, "%s takes a boolean, not %s", what,
                                name);
}

static SobreSqlExpr *
new_logic (SobreSqlBinder *self, SobreSqlExprKind kind, SobreSqlPosition position, SobreSqlExpr **children, guint n_children)
{
  return sobre_sql_binder_finish (self,
                                  sobre_sql_binder_new (self, kind, SOBRE_SQL_TYPE (BOOLEAN), position, children, n_children));
}

static SobreSqlExpr *
negate_if (SobreSqlBinder *self, gboolean negated, SobreSqlExpr *expr)
{
  return expr != NULL && negated ? new_logic (self, SOBRE_SQL_EXPR_NOT, expr->position, &expr, 1) : expr;
}

static SobreSqlExpr **
bind_children (SobreSqlBinder *self, const SobreSqlNode *node)
{
  SobreSqlExpr **children = sobre_sql_arena_new_array (self->arena, SobreSqlExpr *, node->n_children + 1);

  for (guint i = 0; i < node->n_children; i++)
    {
      children[i] = sobre_sql_bind_node (self, node->children[i]);
      if (children[i] == NULL)
        return NULL;
    }
  return children;
}

static SobreSqlExpr *
bind_logic (SobreSqlBinder *self, const SobreSqlNode *node)
{
  SobreSqlExprKind kind = node->kind == SOBRE_SQL_NODE_AND  ? SOBRE_SQL_EXPR_AND
                          : node->kind == SOBRE_SQL_NODE_OR ? SOBRE_SQL_EXPR_OR
                                                            : SOBRE_SQL_EXPR_NOT;
  const char *what = kind == SOBRE_SQL_EXPR_AND ? "AND" : kind == SOBRE_SQL_EXPR_OR ? "OR" : "NOT";
  SobreSqlExpr **children = bind_children (self, node);

  if (children == NULL)
    return NULL;
  for (guint i = 0; i < node->n_children; i++)
    if (!sobre_sql_binder_check_condition (self, &children[i], what))
      return NULL;
  return new_logic (self, kind, node->position, children, node->n_children);
}

static SobreSqlExpr *
bind_between (SobreSqlBinder *self, const SobreSqlNode *node)
{
  SobreSqlExpr **operands = bind_children (self, node);
  SobreSqlExpr *children[2];

  if (operands == NULL)
    return NULL;
  children[0] = sobre_sql_binder_compare (self, SOBRE_SQL_GREATER_EQUAL, operands[0], operands[1], node->position);
  if (children[0] == NULL)
    return NULL;
  children[1] = sobre_sql_binder_compare (self, SOBRE_SQL_LESS_EQUAL, operands[0], operands[2], node->position);
  if (children[1] == NULL)
    return NULL;
  return negate_if (self, node->flag, new_logic (self, SOBRE_SQL_EXPR_AND, node->position, children, 2));
}

static int
compare_for_set (gconstpointer a, gconstpointer b, gpointer data)
{
  return sobre_sql_value_compare (*(const SobreSqlType *) data, a, b);
}

/* A list of constants becomes a sorted set; anything else one comparison per element. */
static SobreSqlExpr *
bind_in (SobreSqlBinder *self, const SobreSqlNode *node)
{
  SobreSqlExpr **children = bind_children (self, node);
  SobreSqlType type;
  gboolean constant = TRUE;
  SobreSqlExpr *expr;

  if (children == NULL)
    return NULL;
  type = children[0]->type;
  for (guint i = 1; i < node->n_children; i++)
    if (!sobre_sql_type_unify (type, children[i]->type, &type))
      return sobre_sql_binder_fail_operator (self, SOBRE_SQL_EQUAL, children[0], children[i], children[i]->position);
  for (guint i = 0; i < node->n_children; i++)
    {
      children[i] = sobre_sql_binder_cast (self, children[i], type);
      if (children[i] == NULL)
        return NULL;
      constant = constant && (i == 0 || children[i]->kind == SOBRE_SQL_EXPR_CONSTANT);
    }
  if (!constant || type.kind == SOBRE_SQL_DOUBLE || type.kind == SOBRE_SQL_UNKNOWN)
    {
      for (guint i = 1; i < node->n_children; i++)
        {
          children[i] = sobre_sql_binder_compare (self, SOBRE_SQL_EQUAL, children[0], children[i], node->position);
          if (children[i] == NULL)
            return NULL;
        }
      expr = node->n_children == 2 ? children[1]
                                   : new_logic (self, SOBRE_SQL_EXPR_OR, node->position, children + 1, node->n_children - 1);
      return negate_if (self, node->flag, expr);
    }
  expr = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_IN, SOBRE_SQL_TYPE (BOOLEAN), node->position, children, 1);
  expr->set = sobre_sql_arena_new_array (self->arena, SobreSqlValue, node->n_children);
  for (guint i = 1; i < node->n_children; i++)
    if (children[i]->constant.null)
      expr->has_null = TRUE;
    else
      expr->set[expr->n_set++] = children[i]->constant;
  g_sort_array (expr->set, expr->n_set, sizeof *expr->set, compare_for_set, &type);
  return negate_if (self, node->flag, sobre_sql_binder_finish (self, expr));
}

static SobreSqlExpr *
bind_like (SobreSqlBinder *self, const SobreSqlNode *node)
{
  SobreSqlExpr **children = bind_children (self, node);

  if (children == NULL)
    return NULL;
  return negate_if (self, node->flag, sobre_sql_binder_call (self, "like", children, node->n_children, node->position));
}

static SobreSqlExpr *
bind_distinct (SobreSqlBinder *self, const SobreSqlNode *node)
{
  SobreSqlExpr **children = bind_children (self, node);
  SobreSqlType type;

  if (children == NULL)
    return NULL;
  if (!sobre_sql_type_unify (children[0]->type, children[1]->type, &type))
    return sobre_sql_binder_fail_operator (self, SOBRE_SQL_EQUAL, children[0], children[1], node->position);
  children[0] = sobre_sql_binder_cast (self, children[0], type);
  children[1] = sobre_sql_binder_cast (self, children[1], type);
  if (children[0] == NULL || children[1] == NULL)
    return NULL;
  return negate_if (self, node->flag, new_logic (self, SOBRE_SQL_EXPR_DISTINCT, node->position, children, 2));
}

SobreSqlExpr *
sobre_sql_binder_case (SobreSqlBinder *self, SobreSqlExpr **children, guint n_children, SobreSqlPosition position)
{
  g_autofree SobreSqlExpr **all = g_new (SobreSqlExpr *, n_children + 1);
  SobreSqlType type = SOBRE_SQL_TYPE (UNKNOWN);

  for (guint i = 0; i < n_children; i++)
    all[i] = children[i];
  if (n_children % 2 == 0)
    all[n_children++] = sobre_sql_binder_constant (self, SOBRE_SQL_TYPE (UNKNOWN), (SobreSqlValue) { .null = TRUE }, position);
  for (guint i = 0; i < n_children; i++)
    {
      gboolean is_value = i % 2 == 1 || i + 1 == n_children;

      if (!is_value && !sobre_sql_binder_check_condition (self, &all[i], "WHEN"))
        return NULL;
      if (is_value && !sobre_sql_type_unify (type, all[i]->type, &type))
        {
          g_autofree char *name = sobre_sql_type_dup_name (type);
          g_autofree char *other = sobre_sql_type_dup_name (all[i]->type);

          sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, all[i]->position, "one result cannot be %s and %s", name,
                                 other);
          return NULL;
        }
    }
  for (guint i = 1; i < n_children; i += 2)
    {
      all[i] = sobre_sql_binder_cast (self, all[i], type);
      if (all[i] == NULL)
        return NULL;
    }
  all[n_children - 1] = sobre_sql_binder_cast (self, all[n_children - 1], type);
  if (all[n_children - 1] == NULL)
    return NULL;
  return sobre_sql_binder_finish (self, sobre_sql_binder_new (self, SOBRE_SQL_EXPR_CASE, type, position, all, n_children));
}

static SobreSqlExpr *
bind_case (SobreSqlBinder *self, const SobreSqlNode *node)
{
  SobreSqlExpr **children = bind_children (self, node);
  guint first = node->flag ? 1 : 0;

  if (children == NULL)
    return NULL;
  for (guint i = first; node->flag && i + 1 < node->n_children; i += 2)
    {
      children[i] = sobre_sql_binder_compare (self, SOBRE_SQL_EQUAL, children[0], children[i], children[i]->position);
      if (children[i] == NULL)
        return NULL;
    }
  return sobre_sql_binder_case (self, children + first, node->n_children - first, node->position);
}

SobreSqlExpr *
sobre_sql_binder_at_zone (SobreSqlBinder *self, SobreSqlExpr *value, SobreSqlExpr *zone, SobreSqlPosition position)
{
  SobreSqlType type = SOBRE_SQL_TYPE (TIMESTAMP_TZ);
  SobreSqlExpr *expr;

  if (!sobre_sql_type_is_instant (value->type) || value->type.kind == SOBRE_SQL_DATE)
    {
      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, value->position, "AT TIME ZONE takes a timestamp");
      return NULL;
    }
  if (zone->kind != SOBRE_SQL_EXPR_CONSTANT || zone->type.kind != SOBRE_SQL_VARCHAR || zone->constant.null)
    {
      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, zone->position,
                             "a time zone that is no text literal is not available offline yet");
      return NULL;
    }
  type.zone = sobre_sql_zones_lookup (self->zones, zone->constant.s);
  if (type.zone == NULL)
    {
      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, zone->position, "there is no time zone \"%.*s\"",
                             (int) MIN (zone->constant.s.length, 60), zone->constant.s.data);
      return NULL;
    }
  expr = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_CAST, type, position, &value, 1);
  return sobre_sql_binder_finish (self, expr);
}

const SobreSqlZone *
sobre_sql_binder_get_utc (SobreSqlBinder *self)
{
  return sobre_sql_zones_lookup (self->zones, sobre_text ("UTC"));
}

static SobreSqlExpr *
bind_negate (SobreSqlBinder *self, const SobreSqlNode *node)
{
  SobreSqlExpr *child = sobre_sql_bind_node (self, node->children[0]);

  return child != NULL ? sobre_sql_binder_negate (self, child, node->position) : NULL;
}

static SobreSqlExpr *
bind_operator (SobreSqlBinder *self, const SobreSqlNode *node)
{
  SobreSqlExpr **children = bind_children (self, node);

  if (children == NULL)
    return NULL;
  if (node->kind == SOBRE_SQL_NODE_AT_TIME_ZONE)
    return sobre_sql_binder_at_zone (self, children[0], children[1], node->position);
  if (node->kind == SOBRE_SQL_NODE_IS_NULL)
    return negate_if (self, node->flag, new_logic (self, SOBRE_SQL_EXPR_IS_NULL, node->position, children, 1));
  if (node->op == SOBRE_SQL_CONCAT)
    return sobre_sql_binder_call (self, "concat", children, 2, node->position);
  if (node->op >= SOBRE_SQL_EQUAL)
    return sobre_sql_binder_compare (self, node->op, children[0], children[1], node->position);
  return sobre_sql_binder_arithmetic (self, node->op, children[0], children[1], node->position);
}

SobreSqlExpr *
sobre_sql_bind_node (SobreSqlBinder *self, const SobreSqlNode *node)
{
  switch (node->kind)
    {
    case SOBRE_SQL_NODE_COLUMN:
      return sobre_sql_bind_column (self, node);
    case SOBRE_SQL_NODE_STAR:
      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_SYNTAX, node->position, "* stands for columns in SELECT only");
      return NULL;
    case SOBRE_SQL_NODE_CALL:
      return sobre_sql_bind_call (self, node);
    case SOBRE_SQL_NODE_NEGATE:
      return bind_negate (self, node);
    case SOBRE_SQL_NODE_NOT:
    case SOBRE_SQL_NODE_AND:
    case SOBRE_SQL_NODE_OR:
      return bind_logic (self, node);
    case SOBRE_SQL_NODE_BINARY:
    case SOBRE_SQL_NODE_IS_NULL:
    case SOBRE_SQL_NODE_AT_TIME_ZONE:
      return bind_operator (self, node);
    case SOBRE_SQL_NODE_BETWEEN:
      return bind_between (self, node);
    case SOBRE_SQL_NODE_IN:
      return bind_in (self, node);
    case SOBRE_SQL_NODE_LIKE:
      return bind_like (self, node);
    case SOBRE_SQL_NODE_IS_DISTINCT:
      return bind_distinct (self, node);
    case SOBRE_SQL_NODE_CASE:
      return bind_case (self, node);
    case SOBRE_SQL_NODE_CAST:
      return sobre_sql_bind_cast (self, node);
    case SOBRE_SQL_NODE_SUBQUERY:
    case SOBRE_SQL_NODE_EXISTS:
    case SOBRE_SQL_NODE_IN_QUERY:
      return sobre_sql_bind_subquery (self, node);
    case SOBRE_SQL_NODE_ARRAY:
      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, node->position,
                             "ARRAY outside UNNEST is not available offline yet");
      return NULL;
    default:
      return sobre_sql_bind_literal (self, node);
    }
}
