/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli-athena.h"
#include "cli/sobre-cli-saved.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/sobre-time.h"
#include "query/sobre-local-engine.h"

typedef struct
{
  char *sql;
  char *format;
  char *engine;
  char **parameters;
  gboolean history;
  SobreCliAthena athena;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->sql);
  g_free (self->format);
  g_free (self->engine);
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
run_local (SobreCli *self, SobreWorkspace *workspace, SobreQuery *query, SobreResultFormat format)
{
  g_autoptr (SobreLocalEngine) engine =
      sobre_local_engine_new (NULL, sobre_workspace_get_cache_folder (workspace), self->clock);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DexFuture) future = sobre_query_engine_run (SOBRE_QUERY_ENGINE (engine), query, cancellable);
  GError *error = NULL;

  if (!sobre_cli_await (self, dex_ref (future), &error))
    {
      g_cancellable_cancel (cancellable);
      return sobre_cli_fail_query (self, error);
    }
  return sobre_cli_write_result (self, g_value_get_object (dex_future_get_value (future, NULL)), format);
}

static gboolean
is_athena (const Options *options)
{
  return g_strcmp0 (options->engine, "athena") == 0;
}

/* @name: (nullable): of a saved query */
static SobreCliStatus
run_query (SobreCli *self,
           SobreWorkspace *workspace,
           SobreQuery *query,
           const char *name,
           const Options *options,
           SobreResultFormat format)
{
  return is_athena (options) ? sobre_cli_run_athena (self, workspace, query, name, format, &options->athena)
                             : run_local (self, workspace, query, format);
}

/* What was given on the command line, understood. */
typedef struct
{
  SobreResultFormat format;
  GHashTable *values;
} Request;

static void
request_clear (Request *self)
{
  g_clear_pointer (&self->values, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Request, request_clear)

static gboolean
read_request (SobreCli *self, const SobreCliCommand *command, const Options *options, Request *request, SobreCliStatus *status)
{
  const char *bad = NULL;

  request->format = SOBRE_RESULT_FORMAT_TABLE;
  if (options->format != NULL && !parse_format (options->format, &request->format))
    {
      *status = sobre_cli_refuse_usage (self, command, _ ("--format has to be table, csv or json"));
      return FALSE;
    }
  if (options->engine != NULL && !is_athena (options) && !g_str_equal (options->engine, "local"))
    {
      *status = sobre_cli_refuse_usage (self, command, _ ("--engine has to be local or athena"));
      return FALSE;
    }
  if (!is_athena (options) && (options->athena.estimate || options->athena.stored || options->athena.reuse_minutes >= 0))
    {
      *status = sobre_cli_refuse_usage (self, command, _ ("--estimate, --kept and --reuse are for --engine athena"));
      return FALSE;
    }
  if (sobre_cli_output_get_json (self->output))
    request->format = SOBRE_RESULT_FORMAT_JSON;
  request->values = parse_parameters (options->parameters, &bad);
  if (request->values == NULL)
    *status = sobre_cli_refuse_usage (self, command, _ ("--param has to be NAME=VALUE, not “%s”"), bad);
  return request->values != NULL;
}

static SobreCliStatus
run_free (SobreCli *self, const SobreCliCommand *command, const Options *options)
{
  g_auto (Request) request = { 0 };
  g_autoptr (SobreWorkspace) workspace = NULL;
  g_autoptr (SobreQuery) query = NULL;
  SobreCliStatus status;
  GError *error = NULL;

  if (!read_request (self, command, options, &request, &status))
    return status;
  workspace = sobre_cli_open_workspace (self);
  if (workspace == NULL)
    return SOBRE_CLI_FAILED;
  query = make_free_query (options->sql, request.values, &error);
  if (query == NULL)
    return sobre_cli_fail (self, error);
  return run_query (self, workspace, query, NULL, options, request.format);
}

static SobreCliStatus
run_saved (SobreCli *self, SobreSavedQuery *saved, SobreCliSavedOptions *saved_options, const Options *options)
{
  const SobreCliCommand *command = sobre_cli_saved_options_get_command (saved_options);
  g_auto (Request) request = { 0 };
  g_autoptr (SobreWorkspace) workspace = NULL;
  g_autoptr (SobreQuery) query = NULL;
  SobreSavedContext context;
  SobreCliStatus status;
  g_autoptr (GError) error = NULL;

  if (!read_request (self, command, options, &request, &status))
    return status;
  sobre_cli_saved_options_collect (saved_options, request.values);
  workspace = sobre_cli_open_workspace (self);
  if (workspace == NULL)
    return SOBRE_CLI_FAILED;
  context.today = sobre_service_calendar_locate (sobre_workspace_get_calendar (workspace), sobre_clock_now (self->clock)).day;
  context.time_zone = sobre_workspace_get_settings (workspace)->time_zone;
  query = sobre_saved_query_bind (saved, request.values, &context, &error);
  if (query == NULL)
    return sobre_cli_refuse_usage (self, command, "%s", error->message);
  return run_query (self, workspace, query, sobre_saved_query_get_name (saved), options, request.format);
}

/* NAME was given: its parameters are options from here on. */
static SobreCliStatus
query_saved (SobreCli *self, const char *name, const GOptionEntry *entries, char **argv, const Options *options)
{
  g_auto (GStrv) words = g_strdupv (argv);
  GError *error = NULL;
  g_autoptr (SobreSavedQuery) saved = sobre_cli_find_saved_query (self, name, &error);
  g_autoptr (SobreCliSavedOptions) saved_options = NULL;
  SobreCliStatus status;

  if (saved == NULL && self->describe != NULL)
    {
      g_error_free (error);
      return SOBRE_CLI_FAILED;
    }
  if (saved == NULL)
    {
      g_autoptr (SobreWorkspace) workspace = sobre_cli_open_workspace (self);

      /* Without a workspace that is what there is to say: the query may lie in the one that was meant. */
      if (workspace != NULL)
        return sobre_cli_fail (self, error);
      g_error_free (error);
      return SOBRE_CLI_FAILED;
    }
  saved_options = sobre_cli_saved_options_new (saved, entries);
  if (!sobre_cli_parse (self, sobre_cli_saved_options_get_command (saved_options),
                        sobre_cli_saved_options_get_entries (saved_options), &words, 1, 1, &status))
    return status;
  return run_saved (self, saved, saved_options, options);
}

static gboolean
has_sql (char **argv)
{
  for (; *argv != NULL; argv++)
    if (g_str_equal (*argv, "--sql") || g_str_has_prefix (*argv, "--sql="))
      return TRUE;
  return FALSE;
}

static SobreCliStatus
print_history (SobreCli *self)
{
  g_autoptr (SobreWorkspace) workspace = sobre_cli_open_workspace (self);

  return workspace != NULL ? sobre_cli_print_athena_history (self, workspace) : SOBRE_CLI_FAILED;
}

/* Neither a name nor --sql was given. */
static SobreCliStatus
list (SobreCli *self, const SobreCliCommand *command, const Options *options)
{
  if (options->history)
    return print_history (self);
  if (options->format == NULL && options->parameters == NULL && options->engine == NULL)
    return sobre_cli_print_saved_queries (self);
  return sobre_cli_refuse_usage (self, command, _ ("NAME or --sql SQL is missing"));
}

SobreCliStatus
sobre_cli_query (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (Options) options = { .athena = { .reuse_minutes = -1 } };
  const GOptionEntry entries[] = {
    /* The first two are left out where a saved query is named. */
    { "sql", 0, 0, G_OPTION_ARG_STRING, &options.sql, N_ ("What to run instead of a saved query"), "SQL" },
    { "history", 0, 0, G_OPTION_ARG_NONE, &options.history, N_ ("List what ran on Athena, and what each month has cost"),
      NULL },
    { "param", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.parameters,
      N_ ("The value of a parameter; may be given several times"), "K=V" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options.format, N_ ("How to write the result"), "table|csv|json" },
    { "engine", 0, 0, G_OPTION_ARG_STRING, &options.engine, N_ ("Where to run it: on the cache, or on the lake in S3"),
      "local|athena" },
    { "estimate", 0, 0, G_OPTION_ARG_NONE, &options.athena.estimate, N_ ("Only tell what Athena would read, and its price"),
      NULL },
    { "kept", 0, 0, G_OPTION_ARG_NONE, &options.athena.stored, N_ ("Show Athena's last result, with no network"), NULL },
    { "reuse", 0, 0, G_OPTION_ARG_INT, &options.athena.reuse_minutes,
      N_ ("Take a result that is no older, which costs nothing"), "MINUTES" },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *name = sobre_cli_peek_argument (self, entries, argv);
  g_auto (GStrv) words = g_strdupv (argv);
  SobreCliStatus status;

  if (name != NULL && has_sql (argv))
    return sobre_cli_refuse_usage (self, command, _ ("“%s” and --sql cannot be run at once"), name);
  if (name != NULL)
    return query_saved (self, name, entries + 2, argv, &options);
  if (!sobre_cli_parse (self, command, entries, &words, 0, 0, &status))
    return status;
  return options.sql != NULL ? run_free (self, command, &options) : list (self, command, &options);
}
