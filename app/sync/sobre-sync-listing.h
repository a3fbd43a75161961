/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cache/sobre-cache-writer.h"
#include "lake/sobre-lake-source.h"

G_BEGIN_DECLS

/* Which objects of a lake a pass looks at.
 *
 * Whatever collects in AWS writes an object under the day on which its oldest record arrived, and may do so up to 24 hours later, or write one anew that is
 * no older. So once all of a bucket was listed and read, only the days from 26 hours before its newest known object on can hold something new: those are
 * listed, a dataset each, and no more. What is written elsewhere (an answer is forgotten by another computer, a laptop that was shut for a week delivers
 * what it collected, retention removes a day) is seen when all of it is listed again, which is done when that is a day ago, and whenever something was left
 * unread. A folder is always listed whole: that costs nothing.
 *
 * The list is read page by page, and what a page has that is new is read while the next page is on its way. Of the ledger only the page's keys are looked
 * at, from the last key of the page before to its own last one, so the memory that this takes does not grow with the lake. Only when the list has ended is
 * something said to be gone, and only after the lake was asked for that key once more: a program that syncs beside this one may have read objects that
 * came after their page. */

/** SobreSyncListing: a list of the lake under way; opaque. It belongs to one thread, the writer's. */
typedef struct _SobreSyncListing SobreSyncListing;

/**
 * sobre_sync_list_lake:
 *
 * Lists all of the lake, the datasets side by side, and keeps it in memory. Blocks.
 *
 * Returns: (transfer full) (nullable) (element-type SobreLakeObject): in key order a dataset; %NULL with %SOBRE_LAKE_ERROR
 */
GPtrArray *sobre_sync_list_lake (SobreLakeSource *lake, GError **error);

/**
 * sobre_sync_find_object:
 * @found: (out) (transfer full) (nullable): what the lake has under @key now
 *
 * Blocks. Returns: %FALSE with %SOBRE_LAKE_ERROR
 */
gboolean
sobre_sync_find_object (SobreLakeSource *lake, SobreDataset dataset, const char *key, SobreLakeObject **found, GError **error);

/**
 * sobre_sync_listing_new:
 * @writer: whose ledger tells what is known; it has to stay
 * @now: milliseconds since the epoch
 * @anew: as if nothing was known
 *
 * Begins to list as much of @lake as may hold something new.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_CACHE_ERROR
 */
SobreSyncListing *
sobre_sync_listing_new (SobreCacheWriter *writer, SobreLakeSource *lake, gint64 now, gboolean anew, GError **error);
void sobre_sync_listing_free (SobreSyncListing *self);

/** sobre_sync_listing_is_whole: Returns: whether all of the lake is listed */
gboolean sobre_sync_listing_is_whole (const SobreSyncListing *self);

/** sobre_sync_listing_has_ended: Returns: whether the last page was taken */
gboolean sobre_sync_listing_has_ended (const SobreSyncListing *self);

/** sobre_sync_listing_count_requests: Returns: how many requests the list takes of a bucket, a thousand keys each; so far, while it has not ended */
guint sobre_sync_listing_count_requests (const SobreSyncListing *self);

/**
 * sobre_sync_listing_take_news:
 * @news: (element-type SobreLakeObject): what is to be read is added to it, to be freed by whoever takes it; in key order a dataset
 * @limit: no further page is taken while @news has so many
 * @wait: whether to wait until there is something to read, or the end; else only pages that are there are taken
 * @cancellable: (nullable): ends the waiting
 *
 * An object that changed is another one: which of its records only it had is not known. Only where it had none (it was damaged, say) it can be read again.
 *
 * Returns: %FALSE with %SOBRE_CACHE_ERROR_STALE when the lake has changed something that the cache holds, another %SOBRE_CACHE_ERROR, %SOBRE_LAKE_ERROR or
 *   %G_IO_ERROR_CANCELLED
 */
gboolean sobre_sync_listing_take_news (SobreSyncListing *self,
                                       GPtrArray *news,
                                       guint limit,
                                       gboolean wait,
                                       GCancellable *cancellable,
                                       GError **error);

/**
 * sobre_sync_listing_check_missing:
 *
 * To be asked when the list has ended. Blocks.
 *
 * Returns: %FALSE with %SOBRE_CACHE_ERROR_STALE when the lake has lost something that the cache holds, or %SOBRE_LAKE_ERROR
 */
gboolean sobre_sync_listing_check_missing (SobreSyncListing *self, GError **error);

/**
 * sobre_sync_listing_find_absent:
 * @folder: the lake in the workspace's folder
 * @all_read: whether everything that was listed is in the ledger now; else the lake is asked for each object once more
 *
 * To be asked when what was listed was read. Blocks.
 *
 * Returns: (transfer full) (nullable) (element-type SobreLakeObject): what @folder has and the lake has not; %NULL with %SOBRE_LAKE_ERROR or %SOBRE_CACHE_ERROR
 */
GPtrArray *sobre_sync_listing_find_absent (SobreSyncListing *self, SobreLakeSource *folder, gboolean all_read, GError **error);

/** sobre_sync_listing_begin: before news are read: whoever is interrupted lists all of the lake next time. Returns: %FALSE with %SOBRE_CACHE_ERROR */
gboolean sobre_sync_listing_begin (const SobreSyncListing *self, GError **error);

/** sobre_sync_listing_finish: everything that was listed is in the ledger now. Returns: %FALSE with %SOBRE_CACHE_ERROR */
gboolean sobre_sync_listing_finish (const SobreSyncListing *self, GError **error);

/**
 * sobre_sync_listing_make_start:
 * @newest: the newest day that is known of a dataset, days since the epoch
 * @today: likewise
 *
 * A day that lies in the future is no reason to look no more at today's.
 *
 * Returns: (transfer full): the key that a list begins behind which holds the last 26 hours before @newest
 */
char *sobre_sync_listing_make_start (SobreDataset dataset, gint32 newest, gint32 today);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSyncListing, sobre_sync_listing_free)

G_END_DECLS
