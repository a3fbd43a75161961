/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/sobre-cli.h"
#include "query/sobre-saved-query.h"

/* Saved queries on the command line. */

/** sobre_cli_find_saved_query: Returns: (transfer full) (nullable): %NULL with an error that says what else there is */
SobreSavedQuery *sobre_cli_find_saved_query (SobreCli *self, const char *name, GError **error);

/** sobre_cli_list_saved: Returns: (transfer full): see sobre_saved_query_list() */
GListModel *sobre_cli_list_saved (SobreCli *self, GPtrArray **errors);

/** sobre_cli_print_saved_queries: prints their list; a file that cannot be understood is a warning. */
SobreCliStatus sobre_cli_print_saved_queries (SobreCli *self);

/**
 * SobreCliSavedOptions:
 *
 * A saved query's parameters as options of the command line. They lie in memory that moves nowhere, because GOption keeps pointers into it.
 */
typedef struct _SobreCliSavedOptions SobreCliSavedOptions;

/** sobre_cli_saved_options_new: @own: what the command has itself; a parameter of the same name is reached by --param alone */
SobreCliSavedOptions *sobre_cli_saved_options_new (SobreSavedQuery *query, const GOptionEntry *own);
void sobre_cli_saved_options_free (SobreCliSavedOptions *self);

/** sobre_cli_saved_options_get_entries: Returns: (transfer none): the parameters', then the command's own */
const GOptionEntry *sobre_cli_saved_options_get_entries (SobreCliSavedOptions *self);

/** sobre_cli_saved_options_get_command: Returns: (transfer none): how help and complaints call the command with this query */
const SobreCliCommand *sobre_cli_saved_options_get_command (SobreCliSavedOptions *self);

/** sobre_cli_saved_options_collect: adds what the options gave to @values (element-type utf8 utf8), by parameter */
void sobre_cli_saved_options_collect (SobreCliSavedOptions *self, GHashTable *values);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreCliSavedOptions, sobre_cli_saved_options_free)
