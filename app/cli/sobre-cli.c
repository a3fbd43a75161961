/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The command line: sobremesa [OPTIONS] COMMAND [ARGUMENTS]. Each command has a file of its own, sobre-cli-COMMAND.c; this one finds it
 * in the table, understands the options that all of them have, and turns every way of ending into an exit status. */

#include "sobre-config.h"

#include "cli/sobre-cli.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>

static const SobreCliCommand commands[] = {
  { "init", "[--sample]", N_ ("Make a workspace, with --sample one of a made-up restaurant"), sobre_cli_init },
  { "intake", "[--listen ADDR:PORT]", N_ ("Collect guests' answers until interrupted"), sobre_cli_intake },
  { "sync", "[--full] [--dry-run]", N_ ("Bring the answers of spool and lake into the cache"), sobre_cli_sync },
  { "query", "--sql SQL [--param K=V]… [--format table|csv|json]", N_ ("Run SQL over the answers"), sobre_cli_query },
  { "report", "--output FILE.{pdf,svg,png} [--from D] [--to D] [--store S] [--table T]", N_ ("Write the dashboard into a file"),
    sobre_cli_report },
  { "cards",
    "--output FILE.{pdf,svg,png,zip} [--store S] [--table T]… [--template NAME] [--offset X,Y] [--scale P] [--base URL]",
    N_ ("Write the tables' QR cards into a file"), sobre_cli_cards },
  { "form check", "", N_ ("Check form.json and say what to mend"), sobre_cli_form_check },
  { "lake ls", "", N_ ("List the objects of the lake"), sobre_cli_lake_ls },
  { "lake verify", "", N_ ("Read every byte of the lake and say what is damaged"), sobre_cli_lake_verify },
  { "lake forget", "ID", N_ ("Remove one guest's answer everywhere"), sobre_cli_lake_forget },
  { "doctor", "", N_ ("Check this computer and the workspace and say what to do"), sobre_cli_doctor },
  { NULL, NULL, NULL, NULL },
};

const SobreCliCommand *
sobre_cli_get_commands (void)
{
  return commands;
}

/* The options that every command has, and where their values go. */
typedef struct
{
  char *workspace;
  gboolean json;
  gboolean quiet;
  gboolean help;
  gboolean version;
} GlobalOptions;

static const GOptionEntry global_entries[] = {
  { "workspace", 'w', 0, G_OPTION_ARG_FILENAME, NULL,
    N_ ("The workspace's folder; else $SOBREMESA_WORKSPACE, else the default"), "DIR" },
  { "json", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Write one JSON document to the standard output, and nothing else"), NULL },
  { "quiet", 'q', 0, G_OPTION_ARG_NONE, NULL, N_ ("No messages and no progress, only warnings and errors"), NULL },
  { "help", 'h', 0, G_OPTION_ARG_NONE, NULL, N_ ("Show this help"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
};

static void
add_global_options (GOptionContext *context, GlobalOptions *values)
{
  gpointer places[] = { &values->workspace, &values->json, &values->quiet, &values->help, &values->version };
  GOptionEntry entries[G_N_ELEMENTS (global_entries) + 1] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (global_entries); i++)
    {
      entries[i] = global_entries[i];
      entries[i].arg_data = places[i];
    }
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
}

static void
apply_global_options (SobreCli *self, GlobalOptions *values)
{
  if (values->workspace != NULL)
    {
      g_free (self->workspace_option);
      self->workspace_option = g_steal_pointer (&values->workspace);
    }
  if (values->json)
    sobre_cli_output_set_json (self->output, TRUE);
  if (values->quiet)
    sobre_cli_output_set_quiet (self->output, TRUE);
}

/* Help goes to stdout as text even beside --json: whoever asks for it reads it. */
static void
print_option (SobreCliOutput *output, const GOptionEntry *entry)
{
  g_autofree char *left = NULL;
  g_autofree char *name = entry->arg_description != NULL ? g_strdup_printf ("--%s %s", entry->long_name, entry->arg_description)
                                                         : g_strdup_printf ("--%s", entry->long_name);

  left = entry->short_name != 0 ? g_strdup_printf ("-%c, %s", entry->short_name, name) : g_strdup_printf ("    %s", name);
  sobre_cli_output_print (output, "  %-24s %s", left, g_dgettext (GETTEXT_PACKAGE, entry->description));
}

static void
print_global_options (SobreCliOutput *output)
{
  for (guint i = 0; i < G_N_ELEMENTS (global_entries); i++)
    print_option (output, &global_entries[i]);
}

static SobreCliStatus
print_help (SobreCli *self)
{
  sobre_cli_output_set_json (self->output, FALSE);
  sobre_cli_output_print (self->output, "%s",
                          _ ("Usage: sobremesa [OPTIONS] COMMAND\n\n"
                             "Collects what restaurant guests think and shows it. Without a command the window opens.\n\n"
                             "Commands:"));
  for (const SobreCliCommand *command = commands; command->name != NULL; command++)
    sobre_cli_output_print (self->output, "  %-24s %s", command->name, g_dgettext (GETTEXT_PACKAGE, command->summary));
  sobre_cli_output_print (self->output, "\n%s", _ ("Options:"));
  print_global_options (self->output);
  sobre_cli_output_print (self->output, "\n%s",
                          _ ("“sobremesa COMMAND --help” says more about a command. Exit status: 0 done, 1 failed, "
                             "2 wrong usage."));
  return SOBRE_CLI_DONE;
}

static SobreCliStatus
print_command_help (SobreCli *self, const SobreCliCommand *command, const GOptionEntry *entries)
{
  sobre_cli_output_set_json (self->output, FALSE);
  sobre_cli_output_print (self->output, _ ("Usage: sobremesa %s %s"), command->name, command->arguments);
  sobre_cli_output_print (self->output, "\n%s.", g_dgettext (GETTEXT_PACKAGE, command->summary));
  sobre_cli_output_print (self->output, "\n%s", _ ("Options:"));
  for (const GOptionEntry *entry = entries; entry != NULL && entry->long_name != NULL; entry++)
    print_option (self->output, entry);
  print_global_options (self->output);
  return SOBRE_CLI_DONE;
}

static SobreCliStatus
print_version (SobreCli *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_string_value (builder, SOBRE_VERSION);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
  sobre_cli_output_print (self->output, "sobremesa %s", SOBRE_VERSION);
  return SOBRE_CLI_DONE;
}

SobreCliStatus
sobre_cli_refuse_usage (SobreCli *self, const SobreCliCommand *command, const char *format, ...)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  error = g_error_new (G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _ ("%s; “sobremesa %s%s--help” shows what is possible"), what,
                       command != NULL ? command->name : "", command != NULL ? " " : "");
  sobre_cli_output_fail (self->output, error);
  return SOBRE_CLI_WRONG_USAGE;
}

SobreCliStatus
sobre_cli_fail (SobreCli *self, GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Interrupted; what was finished by then is kept"));
    }
  sobre_cli_output_fail (self->output, error);
  g_error_free (error);
  return SOBRE_CLI_FAILED;
}

gboolean
sobre_cli_parse (SobreCli *self,
                 const SobreCliCommand *command,
                 const GOptionEntry *entries,
                 char ***argv,
                 guint min_arguments,
                 guint max_arguments,
                 SobreCliStatus *status)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  GlobalOptions global = { 0 };
  gboolean parsed;
  guint n_arguments;

  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  add_global_options (context, &global);
  parsed = g_option_context_parse_strv (context, argv, &error);
  apply_global_options (self, &global);
  g_free (global.workspace);
  if (!parsed)
    {
      *status = sobre_cli_refuse_usage (self, command, "%s", error->message);
      return FALSE;
    }
  if (global.help)
    {
      *status = print_command_help (self, command, entries);
      return FALSE;
    }
  n_arguments = g_strv_length (*argv) - 1;
  if (n_arguments < min_arguments || n_arguments > max_arguments)
    {
      if (n_arguments > max_arguments)
        *status = sobre_cli_refuse_usage (self, command, _ ("“%s” is one argument too many"), (*argv)[max_arguments + 1]);
      else
        *status = sobre_cli_refuse_usage (self, command, _ ("An argument is missing: %s"), command->arguments);
      return FALSE;
    }
  return TRUE;
}

SobreWorkspace *
sobre_cli_open_workspace (SobreCli *self)
{
  g_autofree char *path = sobre_workspace_resolve_path (self->workspace_option);
  GError *error = NULL;
  SobreWorkspace *workspace = sobre_workspace_open (path, &error);

  if (workspace == NULL)
    sobre_cli_fail (self, error);
  return workspace;
}

static DexFuture *
settled_cb (DexFuture *future, gpointer user_data)
{
  gboolean *settled = user_data;

  *settled = TRUE;
  return NULL;
}

/* The callback is called on this thread, which also wakes its main context when the future settles on another. */
static gboolean
settle (DexFuture *future, GError **error)
{
  gboolean settled = FALSE;
  g_autoptr (DexFuture) watch = dex_future_finally (dex_ref (future), settled_cb, &settled, NULL);

  while (!settled)
    g_main_context_iteration (NULL, TRUE);
  return dex_future_get_value (future, error) != NULL;
}

gboolean
sobre_cli_await (SobreCli *self, DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) either = dex_future_first (future, dex_ref (self->interrupted), NULL);

  return settle (either, error);
}

gboolean
sobre_cli_finish (SobreCli *self, DexFuture *future, GError **error)
{
  g_autoptr (DexFuture) owned = future;

  return settle (owned, error);
}

/* Work: what travels to the pool thread. It outlives the call there only if the program ends. */
typedef struct
{
  SobreCliWork work;
  gpointer data;
} Work;

static DexFuture *
work_fiber (gpointer user_data)
{
  Work *work = user_data;
  GError *error = NULL;

  if (!work->work (work->data, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_for_boolean (TRUE);
}

gboolean
sobre_cli_work (SobreCli *self, SobreCliWork work, gpointer data, GError **error)
{
  Work package = { work, data };
  g_autoptr (DexFuture) future = dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, work_fiber, &package, NULL);

  return settle (future, error);
}

static gboolean
interrupt_cb (gpointer user_data)
{
  SobreCli *self = user_data;

  if (dex_future_get_status (self->interrupted) == DEX_FUTURE_STATUS_PENDING)
    dex_promise_reject (DEX_PROMISE (self->interrupted), g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "interrupted"));
  return G_SOURCE_CONTINUE;
}

static guint
edit_distance (const char *a, const char *b)
{
  gsize n = strlen (b);
  g_autofree guint *row = g_new (guint, n + 1);

  for (gsize j = 0; j <= n; j++)
    row[j] = (guint) j;
  for (gsize i = 0; a[i] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = (guint) i + 1;
      for (gsize j = 0; j < n; j++)
        {
          guint above = row[j + 1];

          row[j + 1] = MIN (MIN (above, row[j]) + 1, diagonal + (a[i] != b[j]));
          diagonal = above;
        }
    }
  return row[n];
}

/* The command that was probably meant. */
static const char *
suggest (const char *name)
{
  const SobreCliCommand *best = NULL;
  guint best_distance = 3;

  for (const SobreCliCommand *command = commands; command->name != NULL; command++)
    {
      guint distance = edit_distance (name, command->name);

      if (g_str_has_prefix (command->name, name) && name[0] != '\0')
        distance = 0;
      if (distance < best_distance)
        {
          best = command;
          best_distance = distance;
        }
    }
  return best != NULL ? best->name : NULL;
}

/* Finds the command and takes the words of its name off @argv, all but the last. */
static const SobreCliCommand *
find_command (char ***argv)
{
  for (const SobreCliCommand *command = commands; command->name != NULL; command++)
    {
      g_auto (GStrv) words = g_strsplit (command->name, " ", 2);
      gsize n = g_strv_length (words);
      gsize matching = 0;

      while (matching < n && (*argv)[matching] != NULL && g_str_equal ((*argv)[matching], words[matching]))
        matching++;
      if (matching == n)
        {
          *argv += n - 1;
          return command;
        }
    }
  return NULL;
}

static SobreCliStatus
run_command (SobreCli *self, char **words)
{
  g_autofree char *asked = words[1] != NULL ? g_strdup_printf ("%s %s", words[0], words[1]) : g_strdup (words[0]);
  const SobreCliCommand *command = find_command (&words);
  const char *meant;

  if (command == NULL)
    {
      meant = suggest (asked);
      if (meant == NULL)
        meant = suggest (words[0]);
      if (meant != NULL)
        return sobre_cli_refuse_usage (self, NULL, _ ("There is no command “%s”: did you mean “%s”"), words[0], meant);
      return sobre_cli_refuse_usage (self, NULL, _ ("There is no command “%s”"), words[0]);
    }
  return command->run (self, command, words);
}

static SobreCliStatus
run (SobreCli *self, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = g_strdupv (argv);
  GlobalOptions global = { 0 };
  gboolean parsed;

  g_option_context_set_strict_posix (context, TRUE);
  add_global_options (context, &global);
  parsed = g_option_context_parse_strv (context, &words, &error);
  apply_global_options (self, &global);
  g_free (global.workspace);
  if (!parsed)
    return sobre_cli_refuse_usage (self, NULL, "%s", error->message);
  if (global.help)
    return print_help (self);
  if (global.version)
    return print_version (self);
  if (words[0] == NULL || words[1] == NULL)
    return sobre_cli_open_window (self);
  if (g_str_equal (words[1], "help") && words[2] == NULL)
    return print_help (self);
  return run_command (self, words + 1);
}

int
sobre_cli_run (char **argv, int out, int err)
{
  g_autoptr (SobreCliOutput) output = sobre_cli_output_new (out, err);
  g_autoptr (SobreClock) clock = sobre_system_clock_new ();
  g_autoptr (SobreRandom) random = sobre_system_random_new ();
  g_autoptr (DexFuture) interrupted = DEX_FUTURE (dex_promise_new ());
  SobreCli self = { .output = output, .clock = clock, .random = random, .interrupted = interrupted };
  guint on_interrupt = g_unix_signal_add (SIGINT, interrupt_cb, &self);
  guint on_terminate = g_unix_signal_add (SIGTERM, interrupt_cb, &self);
  SobreCliStatus status = run (&self, argv);

  g_source_remove (on_interrupt);
  g_source_remove (on_terminate);
  if (!sobre_cli_output_finish (output) && status == SOBRE_CLI_DONE)
    status = SOBRE_CLI_FAILED;
  g_free (self.workspace_option);
  return status;
}
