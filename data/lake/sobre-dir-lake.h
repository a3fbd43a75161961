/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lake/sobre-lake-source.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_DIR_LAKE (sobre_dir_lake_get_type ())

/** SobreDirLake: a lake in a folder. May be used from any thread. */
G_DECLARE_FINAL_TYPE (SobreDirLake, sobre_dir_lake, SOBRE, DIR_LAKE, GObject)

/**
 * sobre_dir_lake_new:
 * @path: the folder that holds raw/
 *
 * A lake in a folder. Symbolic links below @path are never followed.
 *
 * Returns: (transfer full): a SobreLakeSource
 */
SobreDirLake *sobre_dir_lake_new (const char *path);
const char *sobre_dir_lake_get_path (SobreDirLake *self);

/**
 * sobre_dir_lake_list_page:
 * @after: (nullable): the key behind which the page begins
 *
 * What sobre_lake_source_list() does. Blocks: call it on a pool thread.
 *
 * Returns: (transfer full) (nullable): at most 1,000 objects; %NULL with %SOBRE_LAKE_ERROR_UNAVAILABLE
 */
SobreLakePage *sobre_dir_lake_list_page (SobreDirLake *self, SobreDataset dataset, const char *after, GError **error);

/**
 * sobre_dir_lake_read:
 *
 * What sobre_lake_source_fetch() does. Blocks: call it on a pool thread.
 *
 * Returns: (transfer full) (nullable): the whole object; %NULL with %SOBRE_LAKE_ERROR
 */
GBytes *sobre_dir_lake_read (SobreDirLake *self, const SobreLakeObject *object, GError **error);

/** sobre_dir_lake_read_key: Returns: (transfer full) (nullable): the object that has @key now; %NULL with %SOBRE_LAKE_ERROR. Blocks. */
GBytes *sobre_dir_lake_read_key (SobreDirLake *self, const char *key, GError **error);

/**
 * sobre_dir_lake_put:
 * @key: a raw key whose object is not there yet
 * @bytes: the object, gzip
 *
 * Writes an object so that it is there whole or not at all: temporary file, fsync, rename, fsync of the folder. An object that is
 * there already with the same bytes counts as written, so a try that was interrupted can be repeated. Blocks: call it on a pool
 * thread.
 *
 * Returns: %FALSE with %SOBRE_LAKE_ERROR_REFUSED (another object has the key, or it is no raw key) or %SOBRE_LAKE_ERROR_UNAVAILABLE
 */
gboolean sobre_dir_lake_put (SobreDirLake *self, const char *key, GBytes *bytes, GError **error);

/**
 * sobre_dir_lake_replace:
 * @object: as it was listed
 * @bytes: the new object; an empty one removes it
 *
 * Replaces an object, whole or not at all, if it is still the one that was listed. Blocks.
 *
 * Returns: %FALSE with %SOBRE_LAKE_ERROR_GONE or %SOBRE_LAKE_ERROR_UNAVAILABLE
 */
gboolean sobre_dir_lake_replace (SobreDirLake *self, const SobreLakeObject *object, GBytes *bytes, GError **error);

G_END_DECLS
