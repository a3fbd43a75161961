/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/sobre-cli.h"
#include "query/sobre-query.h"
#include "query/sobre-result-table.h"

G_BEGIN_DECLS

/**
 * SobreCliAthena: what the command line says of a run on Athena.
 * @estimate: only tell what would be read
 * @stored: show the result that is kept, with no network
 * @reuse_minutes: −1 where the settings count
 */
typedef struct
{
  gboolean estimate;
  gboolean stored;
  int reuse_minutes;
} SobreCliAthena;

/** sobre_cli_run_athena: @name: (nullable): of a saved query */
SobreCliStatus sobre_cli_run_athena (SobreCli *self,
                                     SobreWorkspace *workspace,
                                     SobreQuery *query,
                                     const char *name,
                                     SobreResultFormat format,
                                     const SobreCliAthena *options);

/** sobre_cli_print_athena_history: what was run on Athena, and what each month has cost. */
SobreCliStatus sobre_cli_print_athena_history (SobreCli *self, SobreWorkspace *workspace);

/** sobre_cli_write_result: Returns: the exit status: a reader who has seen enough is no failure that is told */
SobreCliStatus sobre_cli_write_result (SobreCli *self, SobreResultTable *result, SobreResultFormat format);

/** sobre_cli_fail_query: says @error (transfer full) with its place in the SQL. Returns: %SOBRE_CLI_FAILED */
SobreCliStatus sobre_cli_fail_query (SobreCli *self, GError *error);

G_END_DECLS
