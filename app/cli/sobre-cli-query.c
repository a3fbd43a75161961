/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/sobre-time.h"
#include "query/sobre-local-engine.h"

typedef struct
{
  char *sql;
  char *format;
  char **parameters;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->sql);
  g_free (self->format);
  g_strfreev (self->parameters);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse_format (const char *name, SobreResultFormat *format)
{
  static const char *const names[] = { "table", "csv", "json", NULL };

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (name, names[i]) == 0)
        {
          *format = (SobreResultFormat) i;
          return TRUE;
        }
    }
  return FALSE;
}

/* K=V strings into a table; the name that has no value otherwise. */
static GHashTable *
parse_parameters (char **parameters, const char **bad)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; parameters != NULL && parameters[i] != NULL; i++)
    {
      const char *equals = strchr (parameters[i], '=');

      if (equals == NULL || equals == parameters[i])
        {
          *bad = parameters[i];
          return NULL;
        }
      g_hash_table_insert (values, g_strndup (parameters[i], equals - parameters[i]), g_strdup (equals + 1));
    }
  return g_steal_pointer (&values);
}

/* SQL from the command line does not say what its parameters are: a value is the narrowest type that it reads as. */
static SobreValueType
guess_type (const char *value)
{
  gint64 integer;
  gint32 day;
  char *end;

  if (g_str_equal (value, "true") || g_str_equal (value, "false"))
    return SOBRE_VALUE_BOOLEAN;
  if (sobre_day_parse (value, strlen (value), &day))
    return SOBRE_VALUE_DATE;
  if (g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &integer, NULL))
    return SOBRE_VALUE_BIGINT;
  if (strspn (value, "0123456789.eE+-") == strlen (value) && *value != '\0')
    {
      g_ascii_strtod (value, &end);
      if (*end == '\0')
        return SOBRE_VALUE_DOUBLE;
    }
  return SOBRE_VALUE_VARCHAR;
}

static SobreQuery *
make_free_query (const char *sql, GHashTable *values, GError **error)
{
  g_autoptr (SobreQuery) query = sobre_query_new (sql);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      if (!sobre_query_set_parameter (query, name, guess_type (value), value, error))
        return NULL;
    }
  return g_steal_pointer (&query);
}

static SobreCliStatus
run_query (SobreCli *self, SobreWorkspace *workspace, SobreQuery *query, SobreResultFormat format)
{
  g_autoptr (SobreLocalEngine) engine =
      sobre_local_engine_new (NULL, sobre_workspace_get_cache_folder (workspace), self->clock);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DexFuture) future = sobre_query_engine_run (SOBRE_QUERY_ENGINE (engine), query, cancellable);
  SobreResultTable *result;
  GError *error = NULL;

  if (!sobre_cli_await (self, dex_ref (future), &error))
    {
      SobreSqlPosition position = sobre_query_error_get_position (error);

      g_cancellable_cancel (cancellable);
      if (position.line > 0)
        g_prefix_error (&error, _ ("line %u, column %u: "), position.line, position.column);
      return sobre_cli_fail (self, error);
    }
  result = g_value_get_object (dex_future_get_value (future, NULL));
  if (!sobre_result_table_write (result, format, sobre_cli_output_get_stream (self->output), NULL, &error))
    return sobre_cli_fail (self, error);
  if (sobre_result_table_is_truncated (result))
    sobre_cli_output_note (self->output, _ ("There are more rows than these %" G_GUINT64_FORMAT),
                           sobre_result_table_get_n_rows (result));
  return SOBRE_CLI_DONE;
}

static SobreCliStatus
run (SobreCli *self, const SobreCliCommand *command, const Options *options)
{
  SobreResultFormat format = SOBRE_RESULT_FORMAT_TABLE;
  g_autoptr (SobreWorkspace) workspace = NULL;
  g_autoptr (GHashTable) values = NULL;
  g_autoptr (SobreQuery) query = NULL;
  const char *bad = NULL;
  GError *error = NULL;

  if (options->sql == NULL)
    return sobre_cli_refuse_usage (self, command, _ ("--sql SQL is missing"));
  if (options->format != NULL && !parse_format (options->format, &format))
    return sobre_cli_refuse_usage (self, command, _ ("--format has to be table, csv or json"));
  if (sobre_cli_output_get_json (self->output))
    format = SOBRE_RESULT_FORMAT_JSON;
  values = parse_parameters (options->parameters, &bad);
  if (values == NULL)
    return sobre_cli_refuse_usage (self, command, _ ("--param has to be NAME=VALUE, not “%s”"), bad);

  workspace = sobre_cli_open_workspace (self);
  if (workspace == NULL)
    return SOBRE_CLI_FAILED;
  query = make_free_query (options->sql, values, &error);
  if (query == NULL)
    return sobre_cli_fail (self, error);
  return run_query (self, workspace, query, format);
}

SobreCliStatus
sobre_cli_query (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "sql", 0, 0, G_OPTION_ARG_STRING, &options.sql, N_ ("What to run instead of a saved query"), "SQL" },
    { "param", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.parameters,
      N_ ("The value of a parameter; may be given several times"), "K=V" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options.format, N_ ("table, csv or json"), "FORMAT" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (argv);
  SobreCliStatus status;

  if (!sobre_cli_parse (self, command, entries, &words, 0, 0, &status))
    return status;
  return run (self, command, &options);
}
