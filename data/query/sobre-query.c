/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sobre-query.h"

#include <string.h>

#include "model/sobre-time.h"

struct _SobreQuery
{
  gatomicrefcount ref_count;
  char *sql;
  GArray *parameters; /* SobreQueryParameter */
  guint64 max_rows;
  guint timeout;
  gint64 now;
  gboolean has_now;
};

static void
clear_parameter (gpointer data)
{
  SobreQueryParameter *parameter = data;

  g_free (parameter->name);
  g_free (parameter->value);
}

SobreQuery *
sobre_query_new (const char *sql)
{
  SobreQuery *self = g_new0 (SobreQuery, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->sql = g_strdup (sql);
  self->parameters = g_array_new (FALSE, TRUE, sizeof (SobreQueryParameter));
  g_array_set_clear_func (self->parameters, clear_parameter);
  self->max_rows = SOBRE_QUERY_MAX_ROWS;
  self->timeout = SOBRE_QUERY_DEFAULT_TIMEOUT_MS;
  return self;
}

SobreQuery *
sobre_query_ref (SobreQuery *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sobre_query_unref (SobreQuery *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_array_unref (self->parameters);
  g_free (self->sql);
  g_free (self);
}

const char *
sobre_query_get_sql (const SobreQuery *self)
{
  return self->sql;
}

static gboolean
is_timestamp (const char *value)
{
  gsize length = strlen (value);
  g_autofree char *iso = NULL;
  gint64 time_ms;

  if (length == 10)
    iso = g_strconcat (value, "T00:00:00Z", NULL);
  else if (length >= 16 && value[10] == ' ')
    {
      iso = g_strconcat (value, length == 16 ? ":00Z" : "Z", NULL);
      iso[10] = 'T';
    }
  return iso != NULL && length <= 23 && sobre_time_parse (iso, strlen (iso), &time_ms);
}

static gboolean
value_fits (SobreValueType type, const char *value)
{
  char *end;
  gint32 day;

  switch (type)
    {
    case SOBRE_VALUE_BOOLEAN:
      return g_str_equal (value, "true") || g_str_equal (value, "false");
    case SOBRE_VALUE_INTEGER:
      return g_ascii_string_to_signed (value, 10, G_MININT32, G_MAXINT32, NULL, NULL);
    case SOBRE_VALUE_BIGINT:
      return g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, NULL, NULL);
    case SOBRE_VALUE_DOUBLE:
      if (*value == '\0' || strspn (value, "+-.0123456789eE") != strlen (value))
        return FALSE;
      g_ascii_strtod (value, &end);
      return *end == '\0';
    case SOBRE_VALUE_DATE:
      return sobre_day_parse (value, strlen (value), &day);
    case SOBRE_VALUE_TIMESTAMP:
      return is_timestamp (value);
    case SOBRE_VALUE_VARCHAR:
      return g_utf8_validate (value, -1, NULL);
    default:
      return FALSE;
    }
}

static gboolean
is_name (const char *name)
{
  if (!g_ascii_isalpha (*name) && *name != '_')
    return FALSE;
  for (; *name != '\0'; name++)
    if (!g_ascii_isalnum (*name) && *name != '_')
      return FALSE;
  return TRUE;
}

gboolean
sobre_query_set_parameter (SobreQuery *self, const char *name, SobreValueType type, const char *value, GError **error)
{
  SobreQueryParameter parameter = { NULL, type, NULL };

  if (!is_name (name))
    return sobre_query_error_set (error, SOBRE_QUERY_ERROR_TYPE, SOBRE_SQL_NOWHERE, "\"%.60s\" is no name of a parameter",
                                  name);
  if (type == SOBRE_VALUE_DECIMAL || type == SOBRE_VALUE_TIMESTAMP_TZ || (value != NULL && !value_fits (type, value)))
    return sobre_query_error_set (error, SOBRE_QUERY_ERROR_TYPE, SOBRE_SQL_NOWHERE,
                                  "the parameter %s is %s, which \"%.60s\" is not", name, sobre_value_type_get_name (type),
                                  value != NULL ? value : "NULL");
  for (guint i = 0; i < self->parameters->len; i++)
    if (g_ascii_strcasecmp (g_array_index (self->parameters, SobreQueryParameter, i).name, name) == 0)
      {
        g_array_remove_index (self->parameters, i);
        break;
      }
  parameter.name = g_ascii_strdown (name, -1);
  parameter.value = g_strdup (value);
  g_array_append_val (self->parameters, parameter);
  return TRUE;
}

void
sobre_query_set_max_rows (SobreQuery *self, guint64 max_rows)
{
  self->max_rows = CLAMP (max_rows, 1, SOBRE_QUERY_MAX_ROWS);
}

guint64
sobre_query_get_max_rows (const SobreQuery *self)
{
  return self->max_rows;
}

void
sobre_query_set_timeout (SobreQuery *self, guint milliseconds)
{
  self->timeout = MAX (milliseconds, 100);
}

guint
sobre_query_get_timeout (const SobreQuery *self)
{
  return self->timeout;
}

void
sobre_query_set_now (SobreQuery *self, gint64 now_ms)
{
  self->now = now_ms;
  self->has_now = TRUE;
}

gboolean
sobre_query_get_now (const SobreQuery *self, gint64 *now_ms)
{
  *now_ms = self->now;
  return self->has_now;
}

const SobreQueryParameter *
sobre_query_get_parameters (const SobreQuery *self, guint *n)
{
  *n = self->parameters->len;
  return (const SobreQueryParameter *) (gpointer) self->parameters->data;
}
