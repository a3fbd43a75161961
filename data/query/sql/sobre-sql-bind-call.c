/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

#include <string.h>

#include "model/sobre-time.h"

/* Calls: the function table decides; special forms are put in terms of other expressions here. */

/* How far two names are from each other, in letters changed, added, left out or swapped. */
static guint
get_distance (const char *a, const char *b)
{
  gsize n = strlen (a), m = strlen (b);
  guint row[3][65] = { { 0 } };

  if (n > 64 || m > 64)
    return G_MAXUINT;
  for (gsize j = 0; j <= m; j++)
    row[0][j] = (guint) j;
  for (gsize i = 1; i <= n; i++)
    {
      guint *now = row[i % 3];
      const guint *before = row[(i + 2) % 3];
      const guint *two_before = row[(i + 1) % 3];

      now[0] = (guint) i;
      for (gsize j = 1; j <= m; j++)
        {
          now[j] = MIN (MIN (now[j - 1], before[j]) + 1, before[j - 1] + (a[i - 1] != b[j - 1]));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            now[j] = MIN (now[j], two_before[j - 2] + 1);
        }
    }
  return row[n % 3][m];
}

const char *
sobre_sql_suggest (const char *name, const char *const *names, guint n_names)
{
  guint best = MAX (1, (guint) strlen (name) / 3) + 1;
  const char *found = NULL;

  for (guint i = 0; i < n_names; i++)
    {
      guint distance = get_distance (name, names[i]);

      if (distance < best)
        {
          best = distance;
          found = names[i];
        }
    }
  return found;
}

static SobreSqlExpr *
fail_unknown (SobreSqlBinder *self, const char *name, SobreSqlPosition position)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const SobreSqlFunction *functions;
  const char *suggestion;
  guint n;

  if (sobre_sql_function_is_refused (name))
    {
      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, position, "%s() is not available offline yet", name);
      return NULL;
    }
  functions = sobre_sql_functions_get (&n);
  for (guint i = 0; i < n; i++)
    if ((functions[i].flags & SOBRE_SQL_HIDDEN) == 0)
      g_ptr_array_add (names, (gpointer) functions[i].name);
  suggestion = sobre_sql_suggest (name, (const char *const *) names->pdata, names->len);
  if (suggestion != NULL)
    sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, position, "there is no function %.60s(); is %s() meant?", name,
                           suggestion);
  else
    sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, position, "there is no function %.60s()", name);
  return NULL;
}

static const char *
get_arguments (const SobreSqlFunction *function)
{
  return strchr (function->signature, ':') + 1;
}

/* The letter for argument @i; \0 when there is none. */
static char
get_code (const SobreSqlFunction *function, guint i)
{
  const char *codes = get_arguments (function);
  guint n = (guint) strlen (codes);

  if (n > 0 && codes[n - 1] == '*')
    return codes[MIN (i, n - 2)];
  return i < n ? codes[i] : '\0';
}

static gboolean
signature_fits (const SobreSqlFunction *function, SobreSqlExpr **children, guint n_children, gboolean exact)
{
  const char *codes = get_arguments (function);
  guint n = (guint) strlen (codes);
  gboolean repeats = n > 0 && codes[n - 1] == '*';

  if (repeats ? n_children + 1 < n : n_children != n)
    return FALSE;
  for (guint i = 0; i < n_children; i++)
    if (!sobre_sql_signature_fits (get_code (function, i), children[i]->type, exact))
      return FALSE;
  return TRUE;
}

static const SobreSqlFunction *
find_function (const char *name, SobreSqlExpr **children, guint n_children)
{
  const SobreSqlFunction *functions, *end;
  guint n;

  functions = sobre_sql_functions_get (&n);
  end = functions + n;
  for (guint exact = 2; exact-- > 0;)
    for (const SobreSqlFunction *function = functions; function < end; function++)
      if (g_str_equal (function->name, name) && signature_fits (function, children, n_children, exact == 1))
        return function;
  return NULL;
}

static SobreSqlExpr *
fail_signature (SobreSqlBinder *self, const char *name, SobreSqlExpr **children, guint n_children, SobreSqlPosition position)
{
  g_autoptr (GString) types = g_string_new (NULL);

  for (guint i = 0; i < n_children; i++)
    {
      g_autofree char *type = sobre_sql_type_dup_name (children[i]->type);

      g_string_append_printf (types, "%s%s", i > 0 ? ", " : "", type);
    }
  sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, position, "there is no %s(%s): docs/sql.md says what it takes",
                         g_str_equal (name, "like") ? "LIKE" : name, types->str);
  return NULL;
}

/* The one type of all arguments with the letter T. */
static gboolean
unify_arguments (SobreSqlBinder *self,
                 const SobreSqlFunction *function,
                 SobreSqlExpr **children,
                 guint n_children,
                 SobreSqlType *type)
{
  *type = SOBRE_SQL_TYPE (UNKNOWN);
  for (guint i = 0; i < n_children; i++)
    if (get_code (function, i) == 'T' && !sobre_sql_type_unify (*type, children[i]->type, type))
      return fail_signature (self, function->name, children, n_children, children[i]->position) != NULL;
  return TRUE;
}

static gboolean
convert_arguments (SobreSqlBinder *self,
                   const SobreSqlFunction *function,
                   SobreSqlExpr **children,
                   guint n_children,
                   SobreSqlType *result)
{
  SobreSqlType types[SOBRE_SQL_MAX_ARGUMENTS + 1];
  SobreSqlType common;

  if (!unify_arguments (self, function, children, n_children, &common))
    return FALSE;
  for (guint i = 0; i < n_children; i++)
    {
      char code = get_code (function, i);
      SobreSqlType wanted = code == 'T'                  ? common
                            : code == 'U' || code == 'v' ? children[i]->type
                            : code == 'D'                ? sobre_sql_integer_as_decimal (children[i]->type)
                                                         : sobre_sql_signature_get_type (code);

      if (wanted.kind == SOBRE_SQL_UNKNOWN && code == 'D')
        wanted = sobre_sql_decimal_type (1, 0);
      if (wanted.kind == SOBRE_SQL_TIMESTAMP_TZ && code == 'z')
        wanted.zone =
            children[i]->type.kind == SOBRE_SQL_TIMESTAMP_TZ ? children[i]->type.zone : sobre_sql_binder_get_utc (self);
      children[i] = sobre_sql_binder_cast (self, children[i], wanted);
      if (children[i] == NULL)
        return FALSE;
      types[i] = children[i]->type;
    }
  *result = function->signature[0] == 'T' ? common : sobre_sql_signature_get_type (function->signature[0]);
  if (function->resolve != NULL)
    *result = function->resolve (types, n_children);
  if (result->kind == SOBRE_SQL_TIMESTAMP_TZ && result->zone == NULL)
    result->zone =
        n_children > 0 && types[n_children - 1].zone != NULL ? types[n_children - 1].zone : sobre_sql_binder_get_utc (self);
  return TRUE;
}

const SobreSqlFunction *
sobre_sql_binder_match (SobreSqlBinder *self,
                        const char *name,
                        SobreSqlExpr **children,
                        guint n_children,
                        SobreSqlPosition position,
                        SobreSqlType *type)
{
  const SobreSqlFunction *function = find_function (name, children, n_children);

  if (function == NULL)
    {
      fail_signature (self, name, children, n_children, position);
      return NULL;
    }
  return convert_arguments (self, function, children, n_children, type) ? function : NULL;
}

static void
free_regexp (gpointer regexp)
{
  sobre_sql_regexp_free (regexp);
}

gboolean
sobre_sql_binder_take_pattern (SobreSqlBinder *self, SobreSqlExpr *expr)
{
  const SobreSqlExpr *pattern;
  SobreSqlRegexp *regexp;

  if (expr->function == NULL || (expr->function->flags & SOBRE_SQL_PATTERN) == 0)
    return TRUE;
  pattern = expr->children[1];
  if (pattern->kind != SOBRE_SQL_EXPR_CONSTANT)
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, pattern->position,
                                  "a regular expression that is no literal is not available offline yet");
  if (pattern->constant.null)
    return TRUE;
  regexp = sobre_sql_regexp_new (pattern->constant.s, pattern->position, self->error);
  if (regexp == NULL)
    return FALSE;
  sobre_sql_arena_own (self->arena, regexp, free_regexp);
  expr->regexp = regexp;
  return TRUE;
}

SobreSqlExpr *
sobre_sql_binder_call (SobreSqlBinder *self,
                       const char *name,
                       SobreSqlExpr **children,
                       guint n_children,
                       SobreSqlPosition position)
{
  SobreSqlType type;
  const SobreSqlFunction *function = sobre_sql_binder_match (self, name, children, n_children, position, &type);
  SobreSqlExpr *expr;

  if (function == NULL)
    return NULL;
  expr = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_CALL, type, position, children, n_children);
  expr->function = function;
  expr->low = function->low;
  expr->high = function->high;
  return sobre_sql_binder_take_pattern (self, expr) ? sobre_sql_binder_finish (self, expr) : NULL;
}

static SobreSqlExpr *
bind_clock (SobreSqlBinder *self, const char *name, SobreSqlPosition position)
{
  SobreSqlType type = SOBRE_SQL_TYPE (TIMESTAMP_TZ);
  SobreSqlValue value = { .i = self->now_ms };

  if (g_str_equal (name, "current_date"))
    {
      type = SOBRE_SQL_TYPE (DATE);
      value.i = self->now_ms / SOBRE_DAY_MS - (self->now_ms % SOBRE_DAY_MS < 0);
    }
  else if (g_str_equal (name, "localtimestamp"))
    type = SOBRE_SQL_TYPE (TIMESTAMP);
  else
    type.zone = sobre_sql_binder_get_utc (self);
  return sobre_sql_binder_constant (self, type, value, position);
}

static SobreSqlExpr *
bind_date (SobreSqlBinder *self, SobreSqlExpr *child, SobreSqlPosition position)
{
  g_autofree char *name = NULL;

  if (child->type.kind == SOBRE_SQL_UNKNOWN || child->type.kind == SOBRE_SQL_VARCHAR ||
      (child->type.kind >= SOBRE_SQL_DATE && child->type.kind <= SOBRE_SQL_TIMESTAMP_TZ))
    return sobre_sql_binder_cast (self, child, SOBRE_SQL_TYPE (DATE));
  name = sobre_sql_type_dup_name (child->type);
  sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, position, "there is no date(%s): docs/sql.md says what it takes",
                         name);
  return NULL;
}

static SobreSqlExpr *
bind_coalesce (SobreSqlBinder *self,
               const SobreSqlFunction *function,
               SobreSqlExpr **children,
               guint n_children,
               SobreSqlPosition position)
{
  SobreSqlType type;

  if (!convert_arguments (self, function, children, n_children, &type))
    return NULL;
  return sobre_sql_binder_finish (self,
                                  sobre_sql_binder_new (self, SOBRE_SQL_EXPR_COALESCE, type, position, children, n_children));
}

static SobreSqlExpr *
bind_nullif (SobreSqlBinder *self, SobreSqlExpr **children, SobreSqlPosition position)
{
  SobreSqlExpr *pair[3];

  pair[0] = sobre_sql_binder_compare (self, SOBRE_SQL_EQUAL, children[0], children[1], position);
  pair[1] = sobre_sql_binder_constant (self, SOBRE_SQL_TYPE (UNKNOWN), (SobreSqlValue) { .null = TRUE }, position);
  pair[2] = children[0];
  return pair[0] != NULL ? sobre_sql_binder_case (self, pair, 3, position) : NULL;
}

static SobreSqlExpr *
bind_special (SobreSqlBinder *self,
              const SobreSqlFunction *function,
              SobreSqlExpr **children,
              guint n_children,
              SobreSqlPosition position)
{
  const char *name = function->name;
  guint n_wanted = (guint) strlen (get_arguments (function));
  gboolean fits = n_children == n_wanted;

  if (g_str_equal (name, "if"))
    fits = n_children == 2 || n_children == 3;
  if (g_str_equal (name, "coalesce"))
    fits = n_children >= 2;
  if (!fits)
    return fail_signature (self, name, children, n_children, position);
  if (g_str_equal (name, "if"))
    return sobre_sql_binder_case (self, children, n_children, position);
  if (g_str_equal (name, "coalesce"))
    return bind_coalesce (self, function, children, n_children, position);
  if (g_str_equal (name, "nullif"))
    return bind_nullif (self, children, position);
  if (g_str_equal (name, "try"))
    return sobre_sql_binder_finish (self,
                                    sobre_sql_binder_new (self, SOBRE_SQL_EXPR_TRY, children[0]->type, position, children, 1));
  if (g_str_equal (name, "mod"))
    return sobre_sql_binder_arithmetic (self, SOBRE_SQL_MODULO, children[0], children[1], position);
  if (g_str_equal (name, "date"))
    return bind_date (self, children[0], position);
  if (g_str_equal (name, "at_timezone"))
    return sobre_sql_binder_at_zone (self, children[0], children[1], position);
  if (g_str_equal (name, "current_timezone"))
    return sobre_sql_binder_constant (self, SOBRE_SQL_TYPE (VARCHAR), (SobreSqlValue) { .s = sobre_text ("UTC") }, position);
  return bind_clock (self, name, position);
}

SobreSqlExpr *
sobre_sql_bind_call (SobreSqlBinder *self, const SobreSqlNode *node)
{
  const SobreSqlFunction *function = sobre_sql_function_find (node->text);
  SobreSqlExpr *children[SOBRE_SQL_MAX_ARGUMENTS + 1];

  if (g_str_equal (node->text, "grouping"))
    return sobre_sql_bind_grouping (self, node);
  if (function == NULL || (function->flags & SOBRE_SQL_HIDDEN) != 0)
    return fail_unknown (self, node->text, node->position);
  if (function->category == SOBRE_SQL_LISTS)
    {
      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, node->position,
                             "%s() gives an array, which is available in UNNEST only", node->text);
      return NULL;
    }
  if (node->over != NULL || function->category == SOBRE_SQL_WINDOW)
    return sobre_sql_bind_window (self, node, function);
  if (function->category == SOBRE_SQL_AGGREGATION)
    return sobre_sql_bind_aggregate (self, node);
  if (node->star || node->flag || node->filter != NULL || node->n_order_by > 0)
    {
      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, node->position,
                             "%s() is no aggregate: it takes neither *, DISTINCT, ORDER BY nor FILTER", node->text);
      return NULL;
    }
  for (guint i = 0; i < node->n_children; i++)
    {
      children[i] = sobre_sql_bind_node (self, node->children[i]);
      if (children[i] == NULL)
        return NULL;
    }
  if ((function->flags & SOBRE_SQL_SPECIAL) != 0)
    return bind_special (self, function, children, node->n_children, node->position);
  return sobre_sql_binder_call (self, node->text, children, node->n_children, node->position);
}
