/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* What somebody who types words into the desktop's search may mean in a restaurant: a table, a saved query, what a guest wrote. */

typedef enum
{
  SOBRE_FOUND_TABLE,
  SOBRE_FOUND_QUERY,
  SOBRE_FOUND_COMMENT,
} SobreFoundKind;

#define SOBRE_TYPE_FOUND (sobre_found_get_type ())

/** SobreFound: one thing that was found. Immutable. */
G_DECLARE_FINAL_TYPE (SobreFound, sobre_found, SOBRE, FOUND, GObject)

SobreFoundKind sobre_found_get_kind (SobreFound *self);

/** One line, any text; the id is the same each time the thing is found. */
const char *sobre_found_get_id (SobreFound *self);

/** For people, translated or a guest's own words. */
const char *sobre_found_get_title (SobreFound *self);
const char *sobre_found_get_description (SobreFound *self);

/** (nullable): the workspace it is in; store and table of tables and comments; the file name of queries */
const char *sobre_found_get_path (SobreFound *self);
const char *sobre_found_get_store_id (SobreFound *self);
const char *sobre_found_get_table_id (SobreFound *self);
const char *sobre_found_get_query_name (SobreFound *self);

/**
 * sobre_finder_find:
 * @path: of a workspace, which need not be there
 * @terms: (array zero-terminated=1): what was typed, word by word; everything that is found has each of them, the last one perhaps only begun
 *
 * Opens the workspace and its cache on a thread of its own. A cache that is not there yet holds no comments.
 *
 * Returns: (transfer full): a future of a GListModel of SobreFound, tables first, then queries, then comments, a few of each; it is empty where
 *   there is no workspace or no term has two letters or a digit
 */
DexFuture *sobre_finder_find (const char *path, const char *const *terms);

G_END_DECLS
