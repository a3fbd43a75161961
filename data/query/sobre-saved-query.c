/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sobre-saved-query-private.h"

#include <string.h>

#include "model/sobre-time.h"
#include "query/sql/sobre-sql-lexer.h"

#define ENDING ".sql"
#define MAX_OFFSET 1000000 /* days, as in today-N */

G_DEFINE_FINAL_TYPE (SobreSavedQuery, sobre_saved_query, G_TYPE_OBJECT)

static void
clear_parameter (gpointer data)
{
  SobreSavedParameter *parameter = data;

  g_free (parameter->name);
  g_free (parameter->default_value);
  g_free (parameter->label);
}

static void
sobre_saved_query_finalize (GObject *object)
{
  SobreSavedQuery *self = SOBRE_SAVED_QUERY (object);

  g_free (self->name);
  g_free (self->sql);
  g_free (self->title);
  g_free (self->description);
  g_array_unref (self->parameters);
  g_free (self->chart_x);
  g_free (self->chart_y);
  G_OBJECT_CLASS (sobre_saved_query_parent_class)->finalize (object);
}

static void
sobre_saved_query_class_init (SobreSavedQueryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_saved_query_finalize;
}

static void
sobre_saved_query_init (SobreSavedQuery *self)
{
  self->parameters = g_array_new (FALSE, TRUE, sizeof (SobreSavedParameter));
  g_array_set_clear_func (self->parameters, clear_parameter);
}

gboolean
sobre_saved_query_is_name (const char *name)
{
  return g_ascii_isalnum (*name) && strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") == strlen (name);
}

static const SobreSavedParameter *
find_parameter (SobreSavedQuery *self, const char *name)
{
  for (guint i = 0; i < self->parameters->len; i++)
    {
      const SobreSavedParameter *parameter = &g_array_index (self->parameters, SobreSavedParameter, i);

      if (g_str_equal (parameter->name, name))
        return parameter;
    }
  return NULL;
}

/* A parameter of which only one of comment and SQL knows is a slip of the pen. */
static gboolean
check_sql (SobreSavedQuery *self, GError **error)
{
  g_autoptr (SobreSqlArena) arena = sobre_sql_arena_new ();
  g_autoptr (GArray) tokens = sobre_sql_tokenize (self->sql, strlen (self->sql), arena, error);
  g_autoptr (GHashTable) used = g_hash_table_new (g_str_hash, g_str_equal);
  const SobreSqlToken *token;

  if (tokens == NULL)
    return FALSE;
  for (token = &g_array_index (tokens, SobreSqlToken, 0); token->kind != SOBRE_SQL_TOKEN_END; token++)
    {
      if (token->kind != SOBRE_SQL_TOKEN_PARAMETER)
        continue;
      if (find_parameter (self, token->text) == NULL)
        return sobre_query_error_set (error, SOBRE_QUERY_ERROR_NAME, token->position,
                                      ":%.60s has no line \"-- param: %.60s TYPE DEFAULT LABEL\"", token->text, token->text);
      g_hash_table_add (used, (gpointer) token->text);
    }
  if (tokens->len == 1)
    return sobre_query_error_set (error, SOBRE_QUERY_ERROR_SYNTAX, token->position, "there is no SQL behind the comments");
  for (guint i = 0; i < self->parameters->len; i++)
    {
      const SobreSavedParameter *parameter = &g_array_index (self->parameters, SobreSavedParameter, i);

      if (!g_hash_table_contains (used, parameter->name))
        return sobre_query_error_set (error, SOBRE_QUERY_ERROR_NAME, (SobreSqlPosition) { parameter->line, 1 },
                                      "the SQL does not use the parameter %s", parameter->name);
    }
  return TRUE;
}

SobreSavedQuery *
sobre_saved_query_parse (const char *name, const char *text, GError **error)
{
  g_autoptr (SobreSavedQuery) self = g_object_new (SOBRE_TYPE_SAVED_QUERY, NULL);

  if (!sobre_saved_query_is_name (name))
    {
      sobre_query_error_set (error, SOBRE_QUERY_ERROR_NAME, SOBRE_SQL_NOWHERE,
                             "a saved query's name is letters, digits, - and _, not \"%.60s\"", name);
      return NULL;
    }
  if (strlen (text) > SOBRE_SQL_MAX_LENGTH || !g_utf8_validate (text, -1, NULL))
    {
      sobre_query_error_set (error, SOBRE_QUERY_ERROR_LIMIT, SOBRE_SQL_NOWHERE,
                             "a saved query is at most %d bytes of text in UTF-8", SOBRE_SQL_MAX_LENGTH);
      return NULL;
    }
  self->name = g_strdup (name);
  self->sql = g_strdup (text);
  return sobre_saved_query_read_header (self, error) && check_sql (self, error) ? g_steal_pointer (&self) : NULL;
}

static char *
read_file (GFile *file, GError **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                                                  G_FILE_QUERY_INFO_NONE, NULL, error);
  char *text = NULL;
  gsize length;

  if (info == NULL)
    return NULL;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR || g_file_info_get_size (info) > SOBRE_SQL_MAX_LENGTH)
    {
      sobre_query_error_set (error, SOBRE_QUERY_ERROR_LIMIT, SOBRE_SQL_NOWHERE, "this is no file of at most %d bytes",
                             SOBRE_SQL_MAX_LENGTH);
      return NULL;
    }
  if (g_file_load_contents (file, NULL, &text, &length, NULL, error) && strlen (text) != length)
    {
      g_clear_pointer (&text, g_free);
      sobre_query_error_set (error, SOBRE_QUERY_ERROR_SYNTAX, SOBRE_SQL_NOWHERE, "the file holds a NUL byte");
    }
  return text;
}

SobreSavedQuery *
sobre_saved_query_load (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GError) failure = NULL;
  g_autofree char *text = read_file (file, &failure);
  SobreSavedQuery *self = NULL;

  if (g_str_has_suffix (name, ENDING))
    name[strlen (name) - strlen (ENDING)] = '\0';
  if (text != NULL)
    self = sobre_saved_query_parse (name, text, &failure);
  if (self == NULL)
    {
      SobreSqlPosition position = sobre_query_error_get_position (failure);

      if (position.line > 0)
        g_prefix_error (&failure, "%s:%u: ", path, position.line);
      else
        g_prefix_error (&failure, "%s: ", path);
      g_propagate_error (error, g_steal_pointer (&failure));
    }
  return self;
}

SobreSavedQuery *
sobre_saved_query_find (const char *const *folders, const char *name, GError **error)
{
  g_autofree char *base = g_strconcat (name, ENDING, NULL);

  for (guint i = 0; sobre_saved_query_is_name (name) && folders[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folders[i], base, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return sobre_saved_query_load (path, error);
    }
  sobre_query_error_set (error, SOBRE_QUERY_ERROR_NAME, SOBRE_SQL_NOWHERE, "there is no saved query \"%.60s\"", name);
  return NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return strcmp (((const SobreSavedQuery *) a)->name, ((const SobreSavedQuery *) b)->name);
}

static void
list_folder (const char *folder, GHashTable *seen, GListStore *queries, GPtrArray *errors)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *base;

  while (dir != NULL && (base = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (SobreSavedQuery) query = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *path = NULL;

      /* A hidden file is an editor's or the system's own. */
      if (*base == '.' || !g_str_has_suffix (base, ENDING) || !g_hash_table_add (seen, g_strdup (base)))
        continue;
      path = g_build_filename (folder, base, NULL);
      query = sobre_saved_query_load (path, &error);
      if (query != NULL)
        g_list_store_insert_sorted (queries, query, compare_names, NULL);
      else
        g_ptr_array_add (errors, g_strdup (error->message));
    }
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

GListModel *
sobre_saved_query_list (const char *const *folders, GPtrArray **errors)
{
  GListStore *queries = g_list_store_new (SOBRE_TYPE_SAVED_QUERY);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; folders[i] != NULL; i++)
    list_folder (folders[i], seen, queries, lines);
  g_ptr_array_sort (lines, compare_lines);
  if (errors != NULL)
    *errors = g_steal_pointer (&lines);
  return G_LIST_MODEL (queries);
}

const char *
sobre_saved_query_get_name (SobreSavedQuery *self)
{
  g_return_val_if_fail (SOBRE_IS_SAVED_QUERY (self), NULL);

  return self->name;
}

const char *
sobre_saved_query_get_title (SobreSavedQuery *self)
{
  g_return_val_if_fail (SOBRE_IS_SAVED_QUERY (self), NULL);

  return self->title;
}

const char *
sobre_saved_query_get_description (SobreSavedQuery *self)
{
  g_return_val_if_fail (SOBRE_IS_SAVED_QUERY (self), NULL);

  return self->description;
}

const char *
sobre_saved_query_get_sql (SobreSavedQuery *self)
{
  g_return_val_if_fail (SOBRE_IS_SAVED_QUERY (self), NULL);

  return self->sql;
}

SobreChartKind
sobre_saved_query_get_chart (SobreSavedQuery *self, const char **x, const char **y)
{
  g_return_val_if_fail (SOBRE_IS_SAVED_QUERY (self), SOBRE_CHART_NONE);

  if (x != NULL)
    *x = self->chart_x;
  if (y != NULL)
    *y = self->chart_y;
  return self->chart;
}

const SobreSavedParameter *
sobre_saved_query_get_parameters (SobreSavedQuery *self, guint *n)
{
  g_return_val_if_fail (SOBRE_IS_SAVED_QUERY (self), NULL);

  *n = self->parameters->len;
  return (const SobreSavedParameter *) (gpointer) self->parameters->data;
}

/* today, today-N and today+N as YYYY-MM-DD; anything else as it is. */
static char *
resolve_day (const char *value, gint32 today)
{
  char day[SOBRE_DAY_STRING_LENGTH + 1];
  gint64 offset = 0;
  const char *rest;

  if (!g_str_has_prefix (value, "today"))
    return g_strdup (value);
  rest = value + strlen ("today");
  if (*rest != '\0' && ((*rest != '-' && *rest != '+') || !g_ascii_isdigit (rest[1]) ||
                        !g_ascii_string_to_signed (rest, 10, -MAX_OFFSET, MAX_OFFSET, &offset, NULL)))
    return g_strdup (value);
  sobre_day_format ((gint32) (today + offset), day);
  return g_strdup (day);
}

char *
sobre_saved_query_dup_default (const SobreSavedParameter *parameter, const SobreSavedContext *context)
{
  if (parameter->default_value == NULL || parameter->is_literal)
    return g_strdup (parameter->default_value);
  if (parameter->type == SOBRE_VALUE_DATE)
    return resolve_day (parameter->default_value, context->today);
  if (parameter->type == SOBRE_VALUE_VARCHAR && g_str_equal (parameter->default_value, "@time_zone"))
    return g_strdup (context->time_zone);
  return g_strdup (parameter->default_value);
}

static gboolean
set_parameter (SobreQuery *query,
               const SobreSavedParameter *parameter,
               const char *given,
               const SobreSavedContext *context,
               GError **error)
{
  g_autofree char *value = given == NULL                         ? sobre_saved_query_dup_default (parameter, context)
                           : parameter->type == SOBRE_VALUE_DATE ? resolve_day (given, context->today)
                                                                 : g_strdup (given);

  if (value == NULL)
    return sobre_query_error_set (error, SOBRE_QUERY_ERROR_TYPE, SOBRE_SQL_NOWHERE, "the parameter %s needs a value: %s",
                                  parameter->name, parameter->label);
  return sobre_query_set_parameter (query, parameter->name, parameter->type, value, error);
}

SobreQuery *
sobre_saved_query_bind (SobreSavedQuery *self, GHashTable *values, const SobreSavedContext *context, GError **error)
{
  g_autoptr (SobreQuery) query = sobre_query_new (self->sql);
  GHashTableIter iter;
  gpointer name;

  g_return_val_if_fail (SOBRE_IS_SAVED_QUERY (self), NULL);

  if (values != NULL)
    {
      g_hash_table_iter_init (&iter, values);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        if (find_parameter (self, name) == NULL)
          {
            sobre_query_error_set (error, SOBRE_QUERY_ERROR_NAME, SOBRE_SQL_NOWHERE, "%s has no parameter \"%.60s\"",
                                   self->name, (const char *) name);
            return NULL;
          }
    }
  for (guint i = 0; i < self->parameters->len; i++)
    {
      const SobreSavedParameter *parameter = &g_array_index (self->parameters, SobreSavedParameter, i);
      const char *given = values != NULL ? g_hash_table_lookup (values, parameter->name) : NULL;

      if (!set_parameter (query, parameter, given, context, error))
        return NULL;
    }
  return g_steal_pointer (&query);
}
