/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lake/sobre-lake-source.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_DIR_LAKE (sobre_dir_lake_get_type ())
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
 * sobre_dir_lake_put:
 * @key: a raw key whose object is not there yet
 * @bytes: the object, gzip
 *
 * Writes an object so that it is there whole or not at all: temporary file, fsync, rename, fsync of the folder. Blocks: call it on
 * a pool thread.
 *
 * Returns: %FALSE with %SOBRE_LAKE_ERROR or a GIOError
 */
gboolean sobre_dir_lake_put (SobreDirLake *self,
                             const char *key,
                             GBytes *bytes,
                             GError **error);

/** Replaces the object under @key, whole or not at all; an empty @bytes removes it. Blocks. */
gboolean sobre_dir_lake_replace (SobreDirLake *self,
                                 const SobreLakeObject *object,
                                 GBytes *bytes,
                                 GError **error);

G_END_DECLS
