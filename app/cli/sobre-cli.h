/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "cli/sobre-cli-output.h"
#include "model/sobre-clock.h"
#include "model/sobre-random.h"
#include "workspace/sobre-workspace.h"

/** SobreCliStatus: exit statuses. */
typedef enum
{
  SOBRE_CLI_DONE = 0,
  SOBRE_CLI_FAILED = 1,
  SOBRE_CLI_WRONG_USAGE = 2,
} SobreCliStatus;

typedef struct _SobreCliCommand SobreCliCommand;

/** SobreCliDescribe: is told what a command takes. @entries: (nullable): its own options */
typedef void (*SobreCliDescribe) (const SobreCliCommand *command, const GOptionEntry *entries, gpointer data);

/**
 * SobreCli:
 * @output: the only thing that prints
 * @workspace_option: (nullable): what --workspace gave
 * @clock: what time it is
 * @random: for secrets and ids
 * @interrupted: rejects with %G_IO_ERROR_CANCELLED once SIGINT or SIGTERM came
 * @cancellable: is cancelled then, too
 * @describe: (nullable): where it is set, commands do not run but tell it what they take
 *
 * What a command gets to work with.
 */
typedef struct
{
  SobreCliOutput *output;
  char *workspace_option;
  SobreClock *clock;
  SobreRandom *random;
  DexFuture *interrupted;
  GCancellable *cancellable;
  SobreCliDescribe describe;
  gpointer describe_data;
} SobreCli;

/**
 * SobreCliCommand:
 * @name: "sync", or "lake ls" where a group has several
 * @arguments: what follows the name, for the usage line; not translated
 * @summary: one line, to be translated
 * @run: parses @argv, which begins with the command's name, and does the work
 */
struct _SobreCliCommand
{
  const char *name;
  const char *arguments;
  const char *summary;
  SobreCliStatus (*run) (SobreCli *self, const SobreCliCommand *command, char **argv);
};

/** sobre_cli_get_commands: Returns: (transfer none): in the order of the help, ended by one without a name */
const SobreCliCommand *sobre_cli_get_commands (void);

/**
 * sobre_cli_run:
 * @argv: (array zero-terminated=1): as main() gets it
 * @out: where results go
 * @err: where messages go
 *
 * The whole program.
 *
 * Returns: the exit status
 */
int sobre_cli_run (char **argv, int out, int err);

/**
 * sobre_cli_parse:
 * @entries: (nullable): the command's own options; the global ones are understood everywhere
 * @argv: loses the options; what stays are the arguments behind the command's name
 * @min_arguments: how many there have to be at least
 * @max_arguments: and at most
 * @status: (out): the exit status when %FALSE: help was asked for and printed, or the usage is wrong and that was said
 *
 * Returns: %TRUE when the command shall go on
 */
gboolean sobre_cli_parse (SobreCli *self,
                          const SobreCliCommand *command,
                          const GOptionEntry *entries,
                          char ***argv,
                          guint min_arguments,
                          guint max_arguments,
                          SobreCliStatus *status);

/**
 * sobre_cli_peek_argument:
 * @entries: (nullable): the command's own options
 * @argv: begins with the command's name; stays as it is
 *
 * Looks for a command's first argument before all of its options are known. --workspace counts from here on.
 *
 * Returns: (transfer full) (nullable): %NULL where there is none or an unknown option comes before it
 */
char *sobre_cli_peek_argument (SobreCli *self, const GOptionEntry *entries, char **argv);

/** sobre_cli_suggest: Returns: (nullable): the one of @candidates (array zero-terminated=1) that @name was probably meant to be */
const char *sobre_cli_suggest (const char *name, const char *const *candidates);

/** sobre_cli_refuse_usage: says what is wrong with the command line and how to get help. Returns: %SOBRE_CLI_WRONG_USAGE */
SobreCliStatus sobre_cli_refuse_usage (SobreCli *self, const SobreCliCommand *command, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/** sobre_cli_fail: says @error. @error: (transfer full). Returns: %SOBRE_CLI_FAILED */
SobreCliStatus sobre_cli_fail (SobreCli *self, GError *error);

/** sobre_cli_open_workspace: Returns: (transfer full) (nullable): %NULL after saying why */
SobreWorkspace *sobre_cli_open_workspace (SobreCli *self);

/**
 * sobre_cli_print_issues:
 * @builder: an object, which gets the member "issues"
 * @file: whose issues they are
 * @issues: (nullable) (element-type SobreDocumentIssue)
 */
void sobre_cli_print_issues (SobreCli *self, JsonBuilder *builder, const char *file, GPtrArray *issues);

/** SobreCliWork: runs on a pool thread and may block. Returns: %FALSE with an error */
typedef gboolean (*SobreCliWork) (gpointer data, GError **error);

/**
 * sobre_cli_await:
 * @future: (transfer full)
 *
 * Runs the main context until @future has settled or the user interrupts.
 *
 * Returns: %FALSE with the future's error, or %G_IO_ERROR_CANCELLED when interrupted; @future is dropped then
 */
gboolean sobre_cli_await (SobreCli *self, DexFuture *future, GError **error);

/** sobre_cli_finish: waits for @future (transfer full) whatever the user interrupts. Returns: %FALSE with its error */
gboolean sobre_cli_finish (SobreCli *self, DexFuture *future, GError **error);

/** sobre_cli_work: does @work on a pool thread and waits for it, whatever the user interrupts: it is not left half done. */
gboolean sobre_cli_work (SobreCli *self, SobreCliWork work, gpointer data, GError **error);

/** sobre_cli_work_apart: as sobre_cli_work(), on a thread of its own: for work that waits for what the pool's threads do. */
gboolean sobre_cli_work_apart (SobreCli *self, SobreCliWork work, gpointer data, GError **error);

SobreCliStatus sobre_cli_init (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_intake (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_sync (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_query (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_report (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_cards (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_form_check (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_form_publish (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_menu_check (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_menu_publish (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_menu_rollback (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_menu_sold_out (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_menu_versions (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_menu_print (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_menu_log (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_note_list (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_note_add (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_note_remove (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_lake_ls (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_lake_verify (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_lake_forget (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_lake_errors (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_lake_import (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_lake_tables (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_lake_compact (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_lake_promote (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_stack_plan (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_stack_deploy (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_stack_cancel (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_stack_status (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_stack_health (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_stack_cost (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_stack_drift (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_stack_policy (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_stack_test (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_stack_events (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_stack_outputs (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_stack_pause (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_stack_resume (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_stack_delete (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_aws_status (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_aws_login (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_aws_keys (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_doctor (SobreCli *self, const SobreCliCommand *command, char **argv);

/** sobre_cli_open_window: what happens without a command: the window is activated over D-Bus, or executed where no bus answers. */
SobreCliStatus sobre_cli_open_window (SobreCli *self);
