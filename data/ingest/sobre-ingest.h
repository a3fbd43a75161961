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
 * @failed: objects that are damaged or break a cap; the ledger says so
 * @postponed: objects that could not be reached; the ledger does not have them
 */
typedef struct
{
  guint64 objects;
  guint64 bytes;
  guint64 rejects;
  guint64 failed;
  guint64 postponed;
} SobreIngestProgress;

/** Called on the ingesting thread after each object; @committed tells whether a new state can be read. */
typedef void (*SobreIngestFunction) (const SobreIngestProgress *progress, gboolean committed, gpointer user_data);

/**
 * SobreIngestFeed:
 * @more: (element-type SobreLakeObject): what is to be read next is added to it, in that order; whoever reads takes it over
 * @n_waiting: how many objects were named and are not written yet
 * @wait: nothing else is left to do: waits until there is one to add, or the end is known
 * @ended: (out): nothing will be added any more
 *
 * Names the objects as they become known. Called on the ingesting thread, before each object.
 *
 * Returns: %FALSE with an error, which ends the ingest; what was written by then is kept
 */
typedef gboolean (
    *SobreIngestFeed) (GPtrArray *more, guint n_waiting, gboolean wait, gboolean *ended, gpointer user_data, GError **error);

/**
 * sobre_ingest_stream:
 * @writer: belongs to the calling thread
 * @lake: where the objects are
 * @objects: (element-type SobreLakeObject): what was named and is not in the cache yet: filled by @feed; each leaves it when it is committed
 * @feed: names the objects
 * @forgotten: (nullable): ids that do not count
 * @function: (nullable): hears of the progress
 * @user_data: of both functions
 * @cancellable: (nullable): stops at the next object; what is committed stays
 * @done: (out): whether everything is in the cache
 *
 * Reads objects into the cache, as @feed names them: threads fetch, unpack and parse a few objects ahead; the calling thread writes them in order, in
 * transactions of whole objects with their ledger entries, up to 200,000 rows or one second each. No transaction is open while @feed waits. When another
 * program has written in between, it stops early with %TRUE and @done %FALSE, because codes of the dictionary may have changed: call it again with what is
 * left in @objects. Blocks.
 *
 * Returns: %FALSE with %SOBRE_CACHE_ERROR, %SOBRE_LAKE_ERROR_UNAVAILABLE, %G_IO_ERROR_CANCELLED or what @feed failed with
 */
gboolean sobre_ingest_stream (SobreCacheWriter *writer,
                              SobreLakeSource *lake,
                              GPtrArray *objects,
                              SobreIngestFeed feed,
                              const SobreForgotten *forgotten,
                              SobreIngestFunction function,
                              gpointer user_data,
                              GCancellable *cancellable,
                              gboolean *done,
                              GError **error);

/**
 * sobre_ingest_objects:
 * @objects: (element-type SobreLakeObject): in the order in which they are taken; stays as it is
 * @n_done: (out): how many of @objects are in the cache now
 *
 * sobre_ingest_stream() of objects that are all known. Blocks.
 *
 * Returns: likewise
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
