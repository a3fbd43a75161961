/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The text is not parsed here: Athena knows more SQL than the local grammar. It is only cut into what a parameter can stand in and what it cannot. */

#include "aws/sobre-athena-sql.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_WORD 32

/** Writing: a query on its way. @word: the last word, in lower case */
typedef struct
{
  const SobreQuery *query;
  SobreAthenaSql *made;
  GString *text;
  GString *word;
  gboolean has_begun;
} Writing;

static SobreSqlPosition
locate (const char *sql, const char *at)
{
  SobreSqlPosition position = { 1, 1 };

  for (const char *p = sql; p < at; p = g_utf8_next_char (p))
    if (*p == '\n')
      position = (SobreSqlPosition) { position.line + 1, 1 };
    else
      position.column++;
  return position;
}

static const SobreQueryParameter *
find_parameter (const SobreQuery *query, const char *name, gsize length)
{
  guint n;
  const SobreQueryParameter *parameters = sobre_query_get_parameters (query, &n);

  for (guint i = 0; i < n; i++)
    if (strlen (parameters[i].name) == length && g_ascii_strncasecmp (parameters[i].name, name, length) == 0)
      return &parameters[i];
  return NULL;
}

static char *
quote (const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, "'", -1);
  g_autofree char *doubled = g_strjoinv ("''", parts);

  return g_strdup_printf ("'%s'", doubled);
}

/* What stands between a quote and its end, the quotes included; a doubled quote is a quote. */
static gsize
measure_quoted (const char *at, char end)
{
  for (const char *p = at + 1; *p != '\0'; p++)
    if (*p == end && p[1] == end)
      p++;
    else if (*p == end)
      return (gsize) (p - at) + 1;
  return 0;
}

static gsize
measure_comment (const char *at)
{
  const char *end = at[0] == '-' ? strchr (at, '\n') : strstr (at + 2, "*/");

  if (at[0] == '-')
    return end != NULL ? (gsize) (end - at) : strlen (at);
  return end != NULL ? (gsize) (end - at) + 2 : 0;
}

static gboolean
is_name (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

static gsize
measure_name (const char *at)
{
  gsize length = 0;

  while (is_name (at[length]))
    length++;
  return length;
}

/* Only what reads is sent: a query must not change a catalogue or write objects. */
static gboolean
check_first_word (Writing *self, const char *at, gsize length, GError **error)
{
  static const char *const reading[] = { "select", "with", "values", NULL };
  g_autofree char *word = g_ascii_strdown (at, (gssize) length);

  if (self->has_begun || g_strv_contains (reading, word))
    {
      self->has_begun = TRUE;
      return TRUE;
    }
  return sobre_query_error_set (error, SOBRE_QUERY_ERROR_UNSUPPORTED, locate (sobre_query_get_sql (self->query), at),
                                _ ("only queries are sent to Athena, which begin with SELECT, WITH or VALUES, not with “%s”"),
                                word);
}

static gboolean
write_parameter (Writing *self, const char *at, gsize length, GError **error)
{
  static const char *const bare[] = { "limit", "offset", "first", "next", NULL };
  const SobreQueryParameter *parameter = find_parameter (self->query, at + 1, length);

  if (parameter == NULL)
    return sobre_query_error_set (error, SOBRE_QUERY_ERROR_NAME, locate (sobre_query_get_sql (self->query), at),
                                  _ ("the parameter :%.*s has no value"), (int) length, at + 1);
  if (parameter->value != NULL && g_strv_contains (bare, self->word->str) &&
      (parameter->type == SOBRE_VALUE_INTEGER || parameter->type == SOBRE_VALUE_BIGINT))
    {
      g_string_append_c (self->text, '?');
      g_ptr_array_add (self->made->values, g_strdup (parameter->value));
    }
  else if (parameter->value == NULL)
    g_string_append_printf (self->text, "CAST(NULL AS %s)", sobre_value_type_get_name (parameter->type));
  else
    {
      g_string_append_printf (self->text, "CAST(? AS %s)", sobre_value_type_get_name (parameter->type));
      g_ptr_array_add (self->made->values, quote (parameter->value));
    }
  return TRUE;
}

/* Writes what begins at @at and tells how long it was; 0 where it does not end. */
static gboolean
write_piece (Writing *self, const char *at, gsize *length, GError **error)
{
  if (*at == '\'' || *at == '"')
    *length = measure_quoted (at, *at);
  else if (strncmp (at, "--", 2) == 0 || strncmp (at, "/*", 2) == 0)
    *length = measure_comment (at);
  else if (*at == ':' && (g_ascii_isalpha (at[1]) || at[1] == '_'))
    {
      *length = measure_name (at + 1) + 1;
      return write_parameter (self, at, *length - 1, error);
    }
  else if (is_name (*at))
    {
      *length = measure_name (at);
      if (!check_first_word (self, at, *length, error))
        return FALSE;
      g_string_truncate (self->word, 0);
      g_string_append_len (self->word, at, (gssize) MIN (*length, MAX_WORD));
      g_string_ascii_down (self->word);
    }
  else
    {
      /* Two colons are no parameter. */
      *length = *at == ':' && at[1] == ':' ? 2 : 1;
      if (!g_ascii_isspace (*at) && *at != '(')
        g_string_truncate (self->word, 0);
    }
  if (*length == 0)
    return sobre_query_error_set (error, SOBRE_QUERY_ERROR_SYNTAX, locate (sobre_query_get_sql (self->query), at),
                                  _ ("what begins here does not end"));
  g_string_append_len (self->text, at, (gssize) *length);
  return TRUE;
}

SobreAthenaSql *
sobre_athena_sql_new (const SobreQuery *query, GError **error)
{
  g_autoptr (SobreAthenaSql) made = g_new0 (SobreAthenaSql, 1);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) word = g_string_new (NULL);
  Writing writing = { query, made, text, word, FALSE };
  gsize length;

  made->values = g_ptr_array_new_with_free_func (g_free);
  for (const char *at = sobre_query_get_sql (query); *at != '\0'; at += length)
    if (!write_piece (&writing, at, &length, error))
      return NULL;
  if (!writing.has_begun)
    {
      sobre_query_error_set (error, SOBRE_QUERY_ERROR_SYNTAX, SOBRE_SQL_NOWHERE, _ ("the query is empty"));
      return NULL;
    }
  made->text = g_string_free_and_steal (g_steal_pointer (&text));
  g_strchomp (made->text);
  if (g_str_has_suffix (made->text, ";"))
    made->text[strlen (made->text) - 1] = '\0';
  return g_steal_pointer (&made);
}

void
sobre_athena_sql_free (SobreAthenaSql *self)
{
  g_free (self->text);
  g_ptr_array_unref (self->values);
  g_free (self);
}
