/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/sobre-cli.h"

/* What the command line as a whole and each command have in common: the options that are understood everywhere, and help. */

/** SobreCliGlobals: what the options that are understood everywhere gave. @help and @version: whether they were asked for */
typedef struct
{
  gboolean help;
  gboolean version;
} SobreCliGlobals;

/**
 * sobre_cli_parse_globals:
 * @argv: as main() gets it; loses the options before the command
 * @globals: (out)
 *
 * Returns: %FALSE with %G_OPTION_ERROR
 */
gboolean sobre_cli_parse_globals (SobreCli *self, char ***argv, SobreCliGlobals *globals, GError **error);

/** sobre_cli_get_global_entries: Returns: (transfer none): ended by one without a name */
const GOptionEntry *sobre_cli_get_global_entries (void);

/** sobre_cli_find_command: takes the words of the command's name off @argv, all but the last. Returns: (nullable) */
const SobreCliCommand *sobre_cli_find_command (char ***argv);

/** sobre_cli_complete: @argv: "complete", "--", then the words of a command line whose last one is being typed */
SobreCliStatus sobre_cli_complete (SobreCli *self, char **argv);

SobreCliStatus sobre_cli_print_help (SobreCli *self);
SobreCliStatus sobre_cli_print_version (SobreCli *self);

/** sobre_cli_print_command_help: @entries: (nullable) */
SobreCliStatus sobre_cli_print_command_help (SobreCli *self, const SobreCliCommand *command, const GOptionEntry *entries);
