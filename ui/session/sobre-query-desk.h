/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "aws/sobre-athena-engine.h"
#include "query/sobre-saved-query.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/* A workspace's saved queries as files: read, written and taken away off the main thread. */

#define SOBRE_TYPE_QUERY_ENTRY (sobre_query_entry_get_type ())

/**
 * SobreQueryEntry: a line of the list of saved queries: one of the workspace's own, or one that comes with the program. Immutable.
 * Property, for searches: "words" (string): title, name and description.
 */
G_DECLARE_FINAL_TYPE (SobreQueryEntry, sobre_query_entry, SOBRE, QUERY_ENTRY, GObject)

SobreQueryEntry *sobre_query_entry_new (SobreSavedQuery *query, gboolean own);
SobreSavedQuery *sobre_query_entry_get_query (SobreQueryEntry *self);
gboolean sobre_query_entry_is_own (SobreQueryEntry *self);

/**
 * sobre_query_desk_list:
 *
 * Returns: (transfer full): a future of a GListModel of SobreQueryEntry, the workspace's own first, each by title. Files that cannot be
 *   understood are not in it; its data "errors" is a string that says which and why, %NULL for none
 */
DexFuture *sobre_query_desk_list (SobreWorkspace *workspace);

/** sobre_query_desk_make_name: Returns: (transfer full): a file's name for a query of @title, without .sql; never empty */
char *sobre_query_desk_make_name (const char *title);

/** sobre_query_desk_set_title: Returns: (transfer full): @text with @title as its title line, which becomes its first where there was none */
char *sobre_query_desk_set_title (const char *text, const char *title);

/**
 * sobre_query_desk_save:
 * @name: from sobre_query_desk_make_name()
 * @text: the whole file
 *
 * Writes into the workspace, over an own query of the same name.
 *
 * Returns: (transfer full): a future of the SobreSavedQuery; rejects with %SOBRE_QUERY_ERROR where @text cannot be understood, then nothing is
 *   written, or with %G_IO_ERROR
 */
DexFuture *sobre_query_desk_save (SobreWorkspace *workspace, const char *name, const char *text);

/** sobre_query_desk_remove: Returns: (transfer full): a future of %TRUE; rejects with %G_IO_ERROR. Only the workspace's own can go. */
DexFuture *sobre_query_desk_remove (SobreWorkspace *workspace, const char *name);

/** sobre_query_desk_export: Returns: (transfer full): a future of %TRUE once @table is written to @file; rejects with %G_IO_ERROR */
DexFuture *sobre_query_desk_export (SobreResultTable *table, SobreResultFormat format, GFile *file);

/** sobre_query_desk_has_athena: Returns: whether the restaurant's lake is in AWS, so that Athena can be asked */
gboolean sobre_query_desk_has_athena (SobreWorkspace *workspace);

/** sobre_query_desk_open_athena: Returns: (transfer full): a future of a SobreAthenaEngine; rejects with %SOBRE_AWS_ERROR_CONFIGURATION */
DexFuture *sobre_query_desk_open_athena (SobreWorkspace *workspace);

/**
 * sobre_query_desk_estimate:
 * @now: milliseconds since the epoch
 *
 * Lists the lake; nothing is sent to Athena.
 *
 * Returns: (transfer full): a future of a string that says what a run of @query would cost at most, translated; rejects with %SOBRE_QUERY_ERROR
 *   where that cannot be told, %SOBRE_AWS_ERROR or %SOBRE_LAKE_ERROR
 */
DexFuture *sobre_query_desk_estimate (SobreWorkspace *workspace, SobreQuery *query, gint64 now);

/** sobre_query_desk_load_runs: Returns: (transfer full): a future of a boxed GPtrArray of SobreAthenaRun: what was run on Athena, the oldest first */
DexFuture *sobre_query_desk_load_runs (SobreWorkspace *workspace);

/** sobre_query_desk_describe_run: Returns: (transfer full): what a run has read and cost, translated */
char *sobre_query_desk_describe_run (const SobreAthenaRun *run);

/** sobre_query_desk_describe_cost: Returns: (transfer full) (nullable): what the last run of @engine has cost, translated; %NULL where none was sent */
char *sobre_query_desk_describe_cost (SobreAthenaEngine *engine);

G_END_DECLS
