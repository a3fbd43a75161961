/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sobre-saved-query-private.h"

#include <string.h>

#define MAX_FIELD 1000 /* bytes of a title, label or description */

/* Header: where the reading of the comment lines has got to. @line: from 1 */
typedef struct
{
  SobreSavedQuery *query;
  guint line;
  GError **error;
} Header;

static gboolean fail (const Header *header, SobreQueryErrorCode code, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
fail (const Header *header, SobreQueryErrorCode code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return sobre_query_error_set (header->error, code, (SobreSqlPosition) { header->line, 1 }, "%s", message);
}

static char *
skip_blanks (char *text)
{
  return text + strspn (text, " \t");
}

/* Takes one word off @rest: up to a blank, or in double quotes with "" for each of its own. NULL without one, or where quotes stay open. */
static char *
take_word (char **rest)
{
  g_autoptr (GString) word = g_string_new (NULL);
  char *at = skip_blanks (*rest);
  gsize length = strcspn (at, " \t");

  if (*at == '\0')
    return NULL;
  if (*at != '"')
    {
      *rest = at + length;
      return g_strndup (at, length);
    }
  for (at++; *at != '\0'; at++)
    {
      if (*at == '"' && at[1] != '"')
        {
          *rest = at + 1;
          return at[1] == '\0' || at[1] == ' ' || at[1] == '\t' ? g_string_free_and_steal (g_steal_pointer (&word)) : NULL;
        }
      at += *at == '"';
      g_string_append_c (word, *at);
    }
  return NULL;
}

static gboolean
read_text (const Header *header, const char *key, char *rest, char **field)
{
  if (*field != NULL)
    return fail (header, SOBRE_QUERY_ERROR_SYNTAX, "a second %s", key);
  if (*rest == '\0')
    return fail (header, SOBRE_QUERY_ERROR_SYNTAX, "the %s is empty", key);
  if (strlen (rest) > MAX_FIELD)
    return fail (header, SOBRE_QUERY_ERROR_LIMIT, "the %s is longer than %d bytes", key, MAX_FIELD);
  *field = g_strdup (rest);
  return TRUE;
}

static gboolean
parse_type (const char *name, SobreValueType *type)
{
  static const struct
  {
    const char *name;
    SobreValueType type;
  } types[] = {
    { "boolean", SOBRE_VALUE_BOOLEAN },     { "integer", SOBRE_VALUE_INTEGER }, { "bigint", SOBRE_VALUE_BIGINT },
    { "double", SOBRE_VALUE_DOUBLE },       { "varchar", SOBRE_VALUE_VARCHAR }, { "date", SOBRE_VALUE_DATE },
    { "timestamp", SOBRE_VALUE_TIMESTAMP },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].name, name))
      {
        *type = types[i].type;
        return TRUE;
      }
  return FALSE;
}

static gboolean
is_parameter_name (const char *name)
{
  return (g_ascii_islower (*name) || *name == '_') && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen (name);
}

static gboolean
check_parameter (const Header *header, const SobreSavedParameter *parameter)
{
  static const SobreSavedContext any = { 20000, "UTC" };
  GArray *parameters = header->query->parameters;
  g_autoptr (SobreQuery) probe = sobre_query_new ("");
  g_autofree char *value = sobre_saved_query_dup_default (parameter, &any);

  if (parameters->len == SOBRE_SAVED_MAX_PARAMETERS)
    return fail (header, SOBRE_QUERY_ERROR_LIMIT, "more than %d parameters", SOBRE_SAVED_MAX_PARAMETERS);
  for (guint i = 0; i < parameters->len; i++)
    if (g_str_equal (g_array_index (parameters, SobreSavedParameter, i).name, parameter->name))
      return fail (header, SOBRE_QUERY_ERROR_NAME, "a second parameter %s", parameter->name);
  if (value != NULL && !sobre_query_set_parameter (probe, parameter->name, parameter->type, value, NULL))
    return fail (header, SOBRE_QUERY_ERROR_TYPE, "the default of %s is %s, which \"%.60s\" is not", parameter->name,
                 sobre_value_type_get_name (parameter->type), parameter->default_value);
  return TRUE;
}

static gboolean
read_parameter (const Header *header, char *rest)
{
  g_autofree char *name = take_word (&rest);
  g_autofree char *type_name = name != NULL ? take_word (&rest) : NULL;
  gboolean quoted = *skip_blanks (rest) == '"';
  g_autofree char *value = type_name != NULL ? take_word (&rest) : NULL;
  SobreSavedParameter parameter = { 0 };

  if (value == NULL)
    return fail (header, SOBRE_QUERY_ERROR_SYNTAX, "a parameter has to be NAME TYPE DEFAULT LABEL");
  if (!is_parameter_name (name))
    return fail (header, SOBRE_QUERY_ERROR_SYNTAX, "\"%.60s\" is no name of a parameter: lower-case letters, digits and _",
                 name);
  if (!parse_type (type_name, &parameter.type))
    return fail (header, SOBRE_QUERY_ERROR_TYPE,
                 "%s is boolean, integer, bigint, double, varchar, date or timestamp, not \"%.60s\"", name, type_name);
  rest = skip_blanks (rest);
  if (strlen (rest) > MAX_FIELD)
    return fail (header, SOBRE_QUERY_ERROR_LIMIT, "the label of %s is longer than %d bytes", name, MAX_FIELD);
  parameter.name = name;
  parameter.default_value = !quoted && g_str_equal (value, "-") ? NULL : value;
  /* A quoted text is meant as it stands. */
  parameter.is_literal = quoted;
  parameter.line = header->line;
  parameter.label = *rest != '\0' ? rest : name;
  if (!check_parameter (header, &parameter))
    return FALSE;
  parameter.name = g_steal_pointer (&name);
  parameter.default_value = g_strdup (parameter.default_value);
  parameter.label = g_strdup (parameter.label);
  g_array_append_val (header->query->parameters, parameter);
  return TRUE;
}

static gboolean
read_chart (const Header *header, char *rest)
{
  static const char *const kinds[] = { NULL, "table", "bar", "line" };
  SobreSavedQuery *query = header->query;
  g_autofree char *kind = take_word (&rest);

  if (query->chart != SOBRE_CHART_NONE)
    return fail (header, SOBRE_QUERY_ERROR_SYNTAX, "a second chart");
  for (guint i = 1; kind != NULL && i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i], kind))
      query->chart = (SobreChartKind) i;
  if (query->chart == SOBRE_CHART_NONE)
    return fail (header, SOBRE_QUERY_ERROR_SYNTAX, "a chart is a bar, line or table");
  if (query->chart != SOBRE_CHART_TABLE)
    {
      query->chart_x = take_word (&rest);
      query->chart_y = query->chart_x != NULL ? take_word (&rest) : NULL;
      if (query->chart_y == NULL)
        return fail (header, SOBRE_QUERY_ERROR_SYNTAX, "a chart has to be %s X Y, two columns of the result", kind);
    }
  if (*skip_blanks (rest) != '\0')
    return fail (header, SOBRE_QUERY_ERROR_SYNTAX, "\"%.60s\" is too much for a chart", skip_blanks (rest));
  return TRUE;
}

/* One comment line without its dashes. */
static gboolean
read_line (const Header *header, char *text)
{
  SobreSavedQuery *query = header->query;
  gsize length = strspn (text, "abcdefghijklmnopqrstuvwxyz_-");
  char *rest = text + length + 1;
  g_autofree char *key = NULL;

  if (length == 0 || text[length] != ':' || (*rest != '\0' && *rest != ' ' && *rest != '\t'))
    return TRUE;
  key = g_strndup (text, length);
  rest = g_strchomp (skip_blanks (rest));
  if (g_str_equal (key, "title"))
    return read_text (header, key, rest, &query->title);
  if (g_str_equal (key, "description"))
    return read_text (header, key, rest, &query->description);
  if (g_str_equal (key, "param"))
    return read_parameter (header, rest);
  if (g_str_equal (key, "chart"))
    return read_chart (header, rest);
  return fail (header, SOBRE_QUERY_ERROR_SYNTAX, "there is no \"%.60s:\", only title, description, param and chart", key);
}

gboolean
sobre_saved_query_read_header (SobreSavedQuery *self, GError **error)
{
  Header header = { self, 0, error };
  const char *next = self->sql;

  while (*next != '\0')
    {
      gsize length = strcspn (next, "\n");
      g_autofree char *line = g_strstrip (g_strndup (next, length));

      if (*line != '\0' && !g_str_has_prefix (line, "--"))
        break;
      header.line++;
      if (*line != '\0' && !read_line (&header, skip_blanks (line + 2)))
        return FALSE;
      next += length + (next[length] == '\n');
    }
  if (self->title == NULL)
    {
      header.line = 1;
      return fail (&header, SOBRE_QUERY_ERROR_SYNTAX, "a saved query begins with a line \"-- title: …\"");
    }
  return TRUE;
}
