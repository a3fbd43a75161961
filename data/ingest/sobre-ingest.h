/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "cache/sobre-cache-writer.h"
#include "lake/sobre-lake-forget.h"
#include "lake/sobre-lake-source.h"

/**
 * SobreIngestProgress: what has been taken so far.
 * @bytes: of the objects, as stored
 * @failed: objects that could not be read
 */
typedef struct
{
  guint64 objects;
  guint64 bytes;
  guint64 rejects;
  guint64 failed;
} SobreIngestProgress;

/** Called on the ingesting thread after each object; @committed tells whether a new state can be read. */
typedef void (*SobreIngestFunction) (const SobreIngestProgress *progress, gboolean committed, gpointer user_data);

/**
 * sobre_ingest_objects:
 * @writer: belongs to the calling thread
 * @lake: where the objects are
 * @objects: (element-type SobreLakeObject): in the order in which they are taken
 * @forgotten: (nullable): ids that do not count
 * @function: (nullable): hears of the progress
 * @cancellable: (nullable): stops at the next object; what is committed stays
 * @n_done: (out): how many of @objects are in the cache now
 *
 * Reads objects into the cache: threads fetch, unpack and parse a few objects ahead; the calling thread writes them in order, in
 * transactions of whole objects with their ledger entries, up to 200,000 rows or one second each. When another program has written
 * in between, it stops early with %TRUE and a smaller @n_done, because codes of the dictionary may have changed: ask again
 * with the rest. Blocks.
 *
 * Returns: %FALSE with %SOBRE_CACHE_ERROR, %SOBRE_LAKE_ERROR_UNAVAILABLE or %G_IO_ERROR_CANCELLED
 */
gboolean sobre_ingest_objects (SobreCacheWriter *writer,
                               SobreLakeSource *lake,
                               GPtrArray *objects,
                               const SobreForgotten *forgotten,
                               SobreIngestFunction function,
                               gpointer user_data,
                               GCancellable *cancellable,
                               guint *n_done,
                               GError **error);

/**
 * sobre_ingest_spool:
 * @folder: the spool
 * @n_bytes: (out): how many bytes of it were new
 *
 * Reads what the spool's segments hold behind the ledger's cursors, and strikes the entries of segments that are gone. One transaction,
 * none when there is nothing new. Blocks.
 *
 * Returns: %FALSE with %SOBRE_CACHE_ERROR or a GIOError
 */
gboolean sobre_ingest_spool (SobreCacheWriter *writer,
                             const char *folder,
                             const SobreForgotten *forgotten,
                             guint64 *n_bytes,
                             GError **error);
