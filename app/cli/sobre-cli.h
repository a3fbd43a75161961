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

/**
 * SobreCli:
 * @output: the only thing that prints
 * @workspace_option: (nullable): what --workspace gave
 * @clock: what time it is
 * @random: for secrets and ids
 * @interrupted: rejects with %G_IO_ERROR_CANCELLED once SIGINT or SIGTERM came
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
} SobreCli;

typedef struct _SobreCliCommand SobreCliCommand;

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

/** sobre_cli_refuse_usage: says what is wrong with the command line and how to get help. Returns: %SOBRE_CLI_WRONG_USAGE */
SobreCliStatus sobre_cli_refuse_usage (SobreCli *self, const SobreCliCommand *command, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/** sobre_cli_fail: says @error. @error: (transfer full). Returns: %SOBRE_CLI_FAILED */
SobreCliStatus sobre_cli_fail (SobreCli *self, GError *error);

/** sobre_cli_open_workspace: Returns: (transfer full) (nullable): %NULL after saying why */
SobreWorkspace *sobre_cli_open_workspace (SobreCli *self);

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

SobreCliStatus sobre_cli_init (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_intake (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_sync (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_query (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_report (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_cards (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_form_check (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_lake_ls (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_lake_verify (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_lake_forget (SobreCli *self, const SobreCliCommand *command, char **argv);
SobreCliStatus sobre_cli_doctor (SobreCli *self, const SobreCliCommand *command, char **argv);

/** sobre_cli_open_window: what happens without a command: the window is activated over D-Bus, or executed where no bus answers. */
SobreCliStatus sobre_cli_open_window (SobreCli *self);
