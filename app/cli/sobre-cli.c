/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The command line: sobremesa [OPTIONS] COMMAND [ARGUMENTS]. Each command has a file of its own, sobre-cli-COMMAND.c; this one finds it
 * in the table and turns every way of ending into an exit status. */

#include "sobre-config.h"

#include "cli/sobre-cli-options-private.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>

#include "cli/sobre-cli-ask.h"

static const SobreCliCommand commands[] = {
  { "init", "[--sample]", N_ ("Make a workspace, with --sample one of a made-up restaurant"), sobre_cli_init },
  { "intake", "[--listen ADDR:PORT]", N_ ("Collect guests' answers until interrupted"), sobre_cli_intake },
  { "sync", "[--full] [--dry-run]", N_ ("Bring the answers of spool and lake into the cache"), sobre_cli_sync },
  { "query", "(NAME | --sql SQL) [--param K=V]… [--engine local|athena] [--format table|csv|json]",
    N_ ("Run a saved query or SQL over the answers"), sobre_cli_query },
  { "report", "--output FILE.{pdf,svg,png,html} [--from D] [--to D] [--store S] [--table T]",
    N_ ("Write the dashboard into a file"), sobre_cli_report },
  { "cards",
    "--output FILE.{pdf,svg,png,zip} [--store S] [--table T]… [--template a6|a4] [--offset X,Y] [--scale P] [--base URL]",
    N_ ("Write the tables' QR cards into a file"), sobre_cli_cards },
  { "form check", "", N_ ("Check form.json and say what to mend"), sobre_cli_form_check },
  { "form publish", "[--stack NAME] [--dry-run]", N_ ("Bring form and menu to the site in AWS"), sobre_cli_form_publish },
  { "menu check", "", N_ ("Check menu.json and say what to mend"), sobre_cli_menu_check },
  { "menu publish", "[--dry-run] [--stack NAME]", N_ ("Make menu.json what guests see"), sobre_cli_menu_publish },
  { "menu rollback", "[VERSION] [--stack NAME]", N_ ("Make an earlier menu what guests see"), sobre_cli_menu_rollback },
  { "menu sold-out", "[--back] [--stack NAME] [ITEM…]", N_ ("Tell guests that a dish is sold out, or is back"),
    sobre_cli_menu_sold_out },
  { "menu versions", "", N_ ("List the menus that were published"), sobre_cli_menu_versions },
  { "menu log", "[--item ITEM]", N_ ("List what was changed about allergens, and when"), sobre_cli_menu_log },
  { "menu print", "--output FILE.pdf [--language L]", N_ ("Write the published menu into a file for paper"),
    sobre_cli_menu_print },
  { "note list", "", N_ ("List what happened on which day, as it stands in the chart of the score"), sobre_cli_note_list },
  { "note add", "DAY TEXT", N_ ("Note what happened on a day, for the chart of the score"), sobre_cli_note_add },
  { "note remove", "DAY [TEXT]", N_ ("Remove a note"), sobre_cli_note_remove },
  { "lake ls", "", N_ ("Say what is in the lake"), sobre_cli_lake_ls },
  { "lake verify", "", N_ ("Read every byte of the lake and say what is damaged"), sobre_cli_lake_verify },
  { "lake errors", "[--replay]", N_ ("List what the gate in AWS refused and why, and bring in what passes now"),
    sobre_cli_lake_errors },
  { "lake forget", "ID", N_ ("Remove one guest's answer everywhere"), sobre_cli_lake_forget },
  { "lake import", "FILE… [--dry-run] [--kind answers|orders] [--map FIELD=COLUMN]…",
    N_ ("Bring in a till's orders or another tool's answers"), sobre_cli_lake_import },
  { "lake tables", "", N_ ("Make the tables that queries on Athena name"), sobre_cli_lake_tables },
  { "lake compact", "", N_ ("Write closed days as Parquet, which Athena reads for less"), sobre_cli_lake_compact },
  { "lake promote", "[--bucket NAME] [--dry-run]", N_ ("Copy the lake to a bucket and read it from there"),
    sobre_cli_lake_promote },
  { "stack plan", "[--stack NAME] [--parameter NAME=VALUE]… [--no-site]", N_ ("Tell what deploying to AWS would change"),
    sobre_cli_stack_plan },
  { "stack deploy", "[--stack NAME] [--parameter NAME=VALUE]… [--no-site] [--yes] [--confirm NAME]",
    N_ ("Make or change what collects in AWS"), sobre_cli_stack_deploy },
  { "stack cancel", "[--stack NAME]", N_ ("Have AWS take back the change that it is making"), sobre_cli_stack_cancel },
  { "stack status", "[--stack NAME]", N_ ("Tell how what is deployed stands"), sobre_cli_stack_status },
  { "stack health", "[--stack NAME]", N_ ("Tell whether answers get through, stage by stage, and the alarms"),
    sobre_cli_stack_health },
  { "stack cost", "[--stack NAME]", N_ ("Tell what this month costs, from what AWS metered"), sobre_cli_stack_cost },
  { "stack test", "[--stack NAME] [--prove]", N_ ("Follow one answer through everything that is deployed"),
    sobre_cli_stack_test },
  { "stack drift", "[--stack NAME]", N_ ("Tell what was changed in AWS since it was deployed"), sobre_cli_stack_drift },
  { "stack policy", "[--stack NAME] [--region REGION] [--account ID]", N_ ("Write what whoever deploys has to be allowed"),
    sobre_cli_stack_policy },
  { "stack events", "[--stack NAME] [--count N]", N_ ("List what AWS did, with the first cause of a failure on top"),
    sobre_cli_stack_events },
  { "stack outputs", "[--stack NAME]", N_ ("Tell the addresses and names of what is deployed"), sobre_cli_stack_outputs },
  { "stack pause", "[--stack NAME]", N_ ("Take nothing from guests until resumed"), sobre_cli_stack_pause },
  { "stack resume", "[--stack NAME]", N_ ("Take guests' answers again"), sobre_cli_stack_resume },
  { "stack delete", "[--stack NAME] [--confirm NAME] [--lake] [--confirm-lake BUCKET]",
    N_ ("Remove what is deployed; the lake stays unless its name is typed"), sobre_cli_stack_delete },
  { "aws status", "", N_ ("Tell which AWS account is used, and as whom"), sobre_cli_aws_status },
  { "aws login", "[--profile NAME]", N_ ("Sign in to AWS with SSO"), sobre_cli_aws_login },
  { "aws keys", "[--profile NAME] [--clear]", N_ ("Put an AWS access key into the keyring"), sobre_cli_aws_keys },
  { "doctor", "", N_ ("Check this computer and the workspace and say what to do"), sobre_cli_doctor },
  { NULL, NULL, NULL, NULL },
};

const SobreCliCommand *
sobre_cli_get_commands (void)
{
  return commands;
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

static void
print_issue (SobreCli *self, JsonBuilder *builder, const char *file, const SobreDocumentIssue *issue)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "path");
  json_builder_add_string_value (builder, issue->path);
  json_builder_set_member_name (builder, "fatal");
  json_builder_add_boolean_value (builder, issue->fatal);
  json_builder_set_member_name (builder, "message");
  json_builder_add_string_value (builder, issue->message);
  json_builder_end_object (builder);
  sobre_cli_output_print (self->output, "%s: %s: %s", file, issue->path, issue->message);
}

void
sobre_cli_print_issues (SobreCli *self, JsonBuilder *builder, const char *file, GPtrArray *issues)
{
  json_builder_set_member_name (builder, "issues");
  json_builder_begin_array (builder);
  for (guint i = 0; issues != NULL && i < issues->len; i++)
    print_issue (self, builder, file, g_ptr_array_index (issues, i));
  json_builder_end_array (builder);
}

SobreWorkspace *
sobre_cli_open_workspace (SobreCli *self)
{
  g_autofree char *path = sobre_workspace_resolve_path (self->workspace_option);
  GError *error = NULL;
  SobreWorkspace *workspace = sobre_workspace_open (path, &error);

  if (workspace == NULL)
    sobre_cli_fail (self, error);
  else if (sobre_cli_can_ask ())
    {
      g_autoptr (SobreMfa) mfa = sobre_mfa_new (sobre_cli_ask_mfa, self, NULL);

      sobre_workspace_set_mfa (workspace, mfa);
    }
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

/* Work: what travels to another thread. It outlives the call there only if the program ends. @promise: of work apart */
typedef struct
{
  SobreCliWork work;
  gpointer data;
  DexPromise *promise;
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
  Work package = { work, data, NULL };
  g_autoptr (DexFuture) future = dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, work_fiber, &package, NULL);

  return settle (future, error);
}

static gpointer
work_thread (gpointer user_data)
{
  Work *work = user_data;
  GError *error = NULL;

  if (work->work (work->data, &error))
    dex_promise_resolve_boolean (work->promise, TRUE);
  else
    dex_promise_reject (work->promise, error);
  return NULL;
}

gboolean
sobre_cli_work_apart (SobreCli *self, SobreCliWork work, gpointer data, GError **error)
{
  g_autoptr (DexPromise) promise = dex_promise_new ();
  Work package = { work, data, promise };
  GThread *thread = g_thread_new ("work", work_thread, &package);
  gboolean done = settle (DEX_FUTURE (promise), error);

  g_thread_join (thread);
  return done;
}

static gboolean
interrupt_cb (gpointer user_data)
{
  SobreCli *self = user_data;

  if (dex_future_get_status (self->interrupted) == DEX_FUTURE_STATUS_PENDING)
    {
      dex_promise_reject (DEX_PROMISE (self->interrupted),
                          g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "interrupted"));
      g_cancellable_cancel (self->cancellable);
    }
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

const char *
sobre_cli_suggest (const char *name, const char *const *candidates)
{
  const char *best = NULL;
  guint best_distance = 3;

  for (; *candidates != NULL; candidates++)
    {
      guint distance = edit_distance (name, *candidates);

      if (g_str_has_prefix (*candidates, name) && name[0] != '\0')
        distance = 0;
      if (distance < best_distance)
        {
          best = *candidates;
          best_distance = distance;
        }
    }
  return best;
}

static const char *
suggest_command (const char *name)
{
  const char *names[G_N_ELEMENTS (commands)];

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    names[i] = commands[i].name;
  return sobre_cli_suggest (name, names);
}

const SobreCliCommand *
sobre_cli_find_command (char ***argv)
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
  const SobreCliCommand *command = sobre_cli_find_command (&words);
  const char *meant;

  if (command == NULL)
    {
      meant = suggest_command (asked);
      if (meant == NULL)
        meant = suggest_command (words[0]);
      if (meant != NULL)
        return sobre_cli_refuse_usage (self, NULL, _ ("There is no command “%s”: did you mean “%s”"), words[0], meant);
      return sobre_cli_refuse_usage (self, NULL, _ ("There is no command “%s”"), words[0]);
    }
  return command->run (self, command, words);
}

static SobreCliStatus
run (SobreCli *self, char **argv)
{
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (GError) error = NULL;
  SobreCliGlobals globals;

  if (!sobre_cli_parse_globals (self, &words, &globals, &error))
    return sobre_cli_refuse_usage (self, NULL, "%s", error->message);
  if (globals.help)
    return sobre_cli_print_help (self);
  if (globals.version)
    return sobre_cli_print_version (self);
  if (words[0] == NULL || words[1] == NULL)
    return sobre_cli_open_window (self);
  /* No command begins with a slash: it is what a file manager hands over. */
  if (g_path_is_absolute (words[1]) && words[2] == NULL)
    {
      g_set_str (&self->workspace_option, words[1]);
      return sobre_cli_open_window (self);
    }
  if (g_str_equal (words[1], "help") && words[2] == NULL)
    return sobre_cli_print_help (self);
  if (g_str_equal (words[1], "complete"))
    return sobre_cli_complete (self, words + 1);
  return run_command (self, words + 1);
}

int
sobre_cli_run (char **argv, int out, int err)
{
  g_autoptr (SobreCliOutput) output = sobre_cli_output_new (out, err);
  g_autoptr (SobreClock) clock = sobre_system_clock_new ();
  g_autoptr (SobreRandom) random = sobre_system_random_new ();
  g_autoptr (DexFuture) interrupted = DEX_FUTURE (dex_promise_new ());
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  SobreCli self = {
    .output = output, .clock = clock, .random = random, .interrupted = interrupted, .cancellable = cancellable
  };
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
