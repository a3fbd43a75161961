/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-binder-private.h"

#include <string.h>

#include "model/sobre-time.h"
#include "query/sql/sobre-sql-decimal.h"
#include "query/sql/sobre-sql-kernels-private.h"

/* Literals, parameters, and casts. */

SobreSqlExpr *
sobre_sql_binder_constant (SobreSqlBinder *self, SobreSqlType type, SobreSqlValue value, SobreSqlPosition position)
{
  SobreSqlExpr *expr = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_CONSTANT, type, position, NULL, 0);

  expr->constant = value;
  expr->is_total = TRUE;
  return expr;
}

static gboolean
fail_literal (SobreSqlBinder *self, const SobreSqlNode *node, const char *what)
{
  return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, node->position, "\"%.60s\" is no %s", node->text, what);
}

static gboolean
parse_integer (const char *text, gint64 *value)
{
  return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, value, NULL);
}

static gboolean
read_integer (SobreSqlBinder *self, const SobreSqlNode *node, SobreSqlType *type, SobreSqlValue *value)
{
  if (!parse_integer (node->text, &value->i))
    return fail_literal (self, node, "whole number of at most 64 bits");
  *type = value->i >= G_MININT32 && value->i <= G_MAXINT32 ? SOBRE_SQL_TYPE (INTEGER) : SOBRE_SQL_TYPE (BIGINT);
  return TRUE;
}

static gboolean
read_decimal (SobreSqlBinder *self, const SobreSqlNode *node, SobreSqlType *type, SobreSqlValue *value)
{
  guint precision, scale;

  if (!sobre_sql_decimal_parse ((SobreText) { node->text, node->length }, &value->dec, &precision, &scale))
    return fail_literal (self, node, "decimal of at most 38 digits");
  *type = sobre_sql_decimal_type (precision, scale);
  return TRUE;
}

/* A number and a unit: seconds may have a fraction of up to three digits, everything else is whole. */
static gboolean
read_interval (SobreSqlBinder *self, const SobreSqlNode *node, SobreSqlType *type, SobreSqlValue *value)
{
  gboolean months = g_str_equal (node->qualifier, "month") || g_str_equal (node->qualifier, "year");
  gint64 unit = g_str_equal (node->qualifier, "year")     ? 12
                : g_str_equal (node->qualifier, "month")  ? 1
                : g_str_equal (node->qualifier, "day")    ? SOBRE_DAY_MS
                : g_str_equal (node->qualifier, "hour")   ? 3600000
                : g_str_equal (node->qualifier, "minute") ? 60000
                                                          : 1000;
  gint64 limit = months ? G_MAXINT32 / 12 : G_GINT64_CONSTANT (1000000000);
  guint precision, scale;
  SobreSqlInt128 number;

  *type = months ? SOBRE_SQL_TYPE (INTERVAL_YEAR) : SOBRE_SQL_TYPE (INTERVAL_DAY);
  if (unit == 1000 && sobre_sql_decimal_parse ((SobreText) { node->text, node->length }, &number, &precision, &scale) &&
      scale <= 3 && precision <= 15)
    {
      value->i = (gint64) (number * sobre_sql_power_of_ten (3 - scale));
      return TRUE;
    }
  if (!parse_integer (node->text, &value->i) || value->i > limit || value->i < -limit)
    return fail_literal (self, node, "length of an interval");
  value->i *= unit;
  return TRUE;
}

/* A text that goes on behind its seconds with letters or an offset is a time with a zone. */
static gboolean
read_timestamp (SobreSqlBinder *self, const SobreSqlNode *node, gint64 *time_ms)
{
  SobreText text = { node->text, node->length };
  gsize plain = strspn (node->text, "0123456789-:. ");

  if (sobre_sql_parse_timestamp (text, FALSE, time_ms))
    return TRUE;
  if (plain >= strlen ("YYYY-MM-DD HH:MM") && (g_ascii_isalpha (node->text[plain]) || node->text[plain] == '+'))
    return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, node->position,
                                  "a TIMESTAMP with a zone is not available offline yet: AT TIME ZONE makes one of it");
  return fail_literal (self, node, "time of the form YYYY-MM-DD HH:MM:SS.mmm without a zone");
}

static gboolean
read_literal (SobreSqlBinder *self, const SobreSqlNode *node, SobreSqlType *type, SobreSqlValue *value)
{
  SobreText text = { node->text, node->length };

  switch (node->kind)
    {
    case SOBRE_SQL_NODE_BOOLEAN:
      *type = SOBRE_SQL_TYPE (BOOLEAN);
      value->i = node->text[0] == 't';
      return TRUE;
    case SOBRE_SQL_NODE_INTEGER:
      return read_integer (self, node, type, value);
    case SOBRE_SQL_NODE_DECIMAL:
      return read_decimal (self, node, type, value);
    case SOBRE_SQL_NODE_DOUBLE:
      *type = SOBRE_SQL_TYPE (DOUBLE);
      value->d = g_ascii_strtod (node->text, NULL);
      return TRUE;
    case SOBRE_SQL_NODE_STRING:
      *type = SOBRE_SQL_TYPE (VARCHAR);
      value->s = text;
      return TRUE;
    case SOBRE_SQL_NODE_DATE:
      *type = SOBRE_SQL_TYPE (DATE);
      return sobre_sql_parse_date (text, &value->i) || fail_literal (self, node, "date of the form YYYY-MM-DD");
    case SOBRE_SQL_NODE_TIMESTAMP:
      *type = SOBRE_SQL_TYPE (TIMESTAMP);
      return read_timestamp (self, node, &value->i);
    case SOBRE_SQL_NODE_INTERVAL:
      return read_interval (self, node, type, value);
    default:
      value->null = TRUE;
      *type = SOBRE_SQL_TYPE (UNKNOWN);
      return TRUE;
    }
}

/* A parameter is the literal that its value would be: the query's text never changes. */
static gboolean
read_parameter (SobreSqlBinder *self,
                const SobreQueryParameter *parameter,
                SobreSqlPosition position,
                SobreSqlType *type,
                SobreSqlValue *value)
{
  static const SobreSqlNodeKind kinds[SOBRE_N_VALUE_TYPES] = {
    [SOBRE_VALUE_BOOLEAN] = SOBRE_SQL_NODE_BOOLEAN, [SOBRE_VALUE_INTEGER] = SOBRE_SQL_NODE_INTEGER,
    [SOBRE_VALUE_BIGINT] = SOBRE_SQL_NODE_INTEGER,  [SOBRE_VALUE_DOUBLE] = SOBRE_SQL_NODE_DOUBLE,
    [SOBRE_VALUE_DECIMAL] = SOBRE_SQL_NODE_DECIMAL, [SOBRE_VALUE_VARCHAR] = SOBRE_SQL_NODE_STRING,
    [SOBRE_VALUE_DATE] = SOBRE_SQL_NODE_DATE,       [SOBRE_VALUE_TIMESTAMP] = SOBRE_SQL_NODE_TIMESTAMP,
  };
  static const char codes[SOBRE_N_VALUE_TYPES] = { 'b', 'i', 'I', 'd', 'D', 's', 'a', 't', 'z' };
  SobreSqlNode node = { .kind = kinds[parameter->type], .position = position };

  if (parameter->value == NULL)
    {
      *type = sobre_sql_signature_get_type (codes[parameter->type]);
      value->null = TRUE;
      return TRUE;
    }
  node.length = strlen (parameter->value);
  node.text = sobre_sql_arena_string (self->arena, parameter->value, node.length);
  if (!read_literal (self, &node, type, value))
    return FALSE;
  if (parameter->type == SOBRE_VALUE_BIGINT)
    *type = SOBRE_SQL_TYPE (BIGINT);
  return TRUE;
}

SobreSqlExpr *
sobre_sql_bind_literal (SobreSqlBinder *self, const SobreSqlNode *node)
{
  SobreSqlType type;
  SobreSqlValue value = { FALSE };
  const SobreQueryParameter *parameters;
  guint n;

  if (node->kind != SOBRE_SQL_NODE_PARAMETER)
    return read_literal (self, node, &type, &value) ? sobre_sql_binder_constant (self, type, value, node->position) : NULL;
  parameters = sobre_query_get_parameters (self->query, &n);
  for (guint i = 0; i < n; i++)
    if (g_str_equal (parameters[i].name, node->text))
      return read_parameter (self, &parameters[i], node->position, &type, &value)
                 ? sobre_sql_binder_constant (self, type, value, node->position)
                 : NULL;
  sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, node->position, "the parameter :%.60s has no value", node->text);
  return NULL;
}

/* Which types a CAST may join; the same on both sides is always allowed. */
static gboolean
can_cast (SobreSqlType from, SobreSqlType to)
{
  gboolean from_time = from.kind >= SOBRE_SQL_DATE && from.kind <= SOBRE_SQL_TIMESTAMP_TZ;
  gboolean to_time = to.kind >= SOBRE_SQL_DATE && to.kind <= SOBRE_SQL_TIMESTAMP_TZ;
  gboolean from_number = sobre_sql_type_is_numeric (from) || from.kind == SOBRE_SQL_BOOLEAN;
  gboolean to_number = sobre_sql_type_is_numeric (to) || to.kind == SOBRE_SQL_BOOLEAN;

  if (from.kind == SOBRE_SQL_UNKNOWN || from.kind == to.kind)
    return TRUE;
  if (from.kind >= SOBRE_SQL_INTERVAL_DAY)
    return FALSE;
  if (from.kind == SOBRE_SQL_VARCHAR)
    return to.kind != SOBRE_SQL_TIMESTAMP_TZ;
  return to.kind == SOBRE_SQL_VARCHAR || (from_time && to_time) || (from_number && to_number);
}

SobreSqlExpr *
sobre_sql_binder_cast (SobreSqlBinder *self, SobreSqlExpr *expr, SobreSqlType type)
{
  SobreSqlExpr *cast;

  if (type.kind == SOBRE_SQL_TIMESTAMP_TZ && type.zone == NULL)
    type.zone = expr->type.kind == SOBRE_SQL_TIMESTAMP_TZ ? expr->type.zone : sobre_sql_binder_get_utc (self);
  if (sobre_sql_type_equal (expr->type, type))
    return expr;
  cast = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_CAST, type, expr->position, &expr, 1);
  return sobre_sql_binder_finish (self, cast);
}

static gboolean
read_type_numbers (SobreSqlBinder *self, const SobreSqlNode *node, SobreSqlType *type)
{
  gint64 precision = node->type.precision;
  gint64 scale = MAX (node->type.scale, 0);

  if (type->kind == SOBRE_SQL_DECIMAL)
    {
      precision = precision < 0 ? SOBRE_SQL_MAX_PRECISION : precision;
      if (precision < 1 || precision > SOBRE_SQL_MAX_PRECISION || scale > precision)
        return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, node->position,
                                      "a decimal has 1 to 38 digits, no more of them behind the point than in all");
      *type = sobre_sql_decimal_type ((guint) precision, (guint) scale);
      return TRUE;
    }
  if (type->kind == SOBRE_SQL_VARCHAR && node->type.scale < 0 && precision != 0)
    return TRUE;
  if ((type->kind == SOBRE_SQL_TIMESTAMP || type->kind == SOBRE_SQL_TIMESTAMP_TZ) && (precision < 0 || precision == 3) &&
      node->type.scale < 0)
    return TRUE;
  if (precision < 0)
    return TRUE;
  return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, node->position,
                                "the type %s(%" G_GINT64_FORMAT ") is not available offline yet", node->type.name, precision);
}

static gboolean
read_type (SobreSqlBinder *self, const SobreSqlNode *node, SobreSqlType *type)
{
  static const struct
  {
    const char *name;
    SobreSqlTypeKind kind;
  } types[] = {
    { "boolean", SOBRE_SQL_BOOLEAN },     { "integer", SOBRE_SQL_INTEGER },
    { "int", SOBRE_SQL_INTEGER },         { "bigint", SOBRE_SQL_BIGINT },
    { "double", SOBRE_SQL_DOUBLE },       { "decimal", SOBRE_SQL_DECIMAL },
    { "numeric", SOBRE_SQL_DECIMAL },     { "dec", SOBRE_SQL_DECIMAL },
    { "varchar", SOBRE_SQL_VARCHAR },     { "date", SOBRE_SQL_DATE },
    { "timestamp", SOBRE_SQL_TIMESTAMP }, { "timestamp with time zone", SOBRE_SQL_TIMESTAMP_TZ },
  };
  static const char *const refused[] = {
    "tinyint",
    "smallint",
    "real",
    "float",
    "char",
    "varbinary",
    "json",
    "time",
    "string",
    "array",
    "map",
    "row",
    "uuid",
    "ipaddress",
    "interval",
    "hyperloglog",
    "qdigest",
    "tdigest",
    "time with time zone",
    "geometry",
    "datetime",
    "text",
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].name, node->type.name))
      {
        *type = (SobreSqlType) { .kind = types[i].kind };
        return read_type_numbers (self, node, type);
      }
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    if (g_str_equal (refused[i], node->type.name))
      return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_UNSUPPORTED, node->position,
                                    "the type %s is not available offline yet", node->type.name);
  return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_NAME, node->position, "there is no type \"%.60s\"",
                                node->type.name);
}

SobreSqlExpr *
sobre_sql_bind_cast (SobreSqlBinder *self, const SobreSqlNode *node)
{
  SobreSqlExpr *child = sobre_sql_bind_node (self, node->children[0]);
  SobreSqlExpr *cast;
  SobreSqlType type;

  if (child == NULL || !read_type (self, node, &type))
    return NULL;
  if (!can_cast (child->type, type))
    {
      g_autofree char *from = sobre_sql_type_dup_name (child->type);
      g_autofree char *to = sobre_sql_type_dup_name (type);

      sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, node->position, "%s cannot be cast to %s", from, to);
      return NULL;
    }
  if (type.kind == SOBRE_SQL_TIMESTAMP_TZ)
    type.zone = child->type.kind == SOBRE_SQL_TIMESTAMP_TZ ? child->type.zone : sobre_sql_binder_get_utc (self);
  cast = sobre_sql_binder_new (self, SOBRE_SQL_EXPR_CAST, type, node->position, &child, 1);
  cast->is_try = node->flag;
  cast->length = type.kind == SOBRE_SQL_VARCHAR ? MAX (node->type.precision, 0) : 0;
  return sobre_sql_binder_finish (self, cast);
}
