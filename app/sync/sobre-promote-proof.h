/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cache/sobre-cache-writer.h"
#include "model/sobre-service-calendar.h"
#include "scan/sobre-cache-inspection.h"
#include "sync/sobre-promote.h"

G_BEGIN_DECLS

/**
 * sobre_promote_prove:
 * @from: the lake in the workspace's folder
 * @to: the lake in the bucket
 * @here: (element-type SobreLakeObject): what the folder has
 * @there: (element-type SobreLakeObject): what the bucket has
 * @calendar: the workspace's
 * @scratch: a folder that is not there yet; it is made for two caches, and removed
 * @function: (nullable): hears of the progress
 * @cancellable: (nullable): stops at the next object
 * @inspection: (out): what the folder's cache says
 *
 * Proves that a promoted lake is the same lake: each object of the folder is fetched from the bucket and compared byte for byte, and a cache that is built of
 * what came says the same as one that is built of the folder, row for row, so that the counts and means of every day are equal. What else the bucket has
 * is not looked at. Blocks.
 *
 * Returns: %FALSE with %SOBRE_LAKE_ERROR (%SOBRE_LAKE_ERROR_DAMAGED where something differs), %SOBRE_CACHE_ERROR or %G_IO_ERROR_CANCELLED
 */
gboolean sobre_promote_prove (SobreDirLake *from,
                              SobreS3Lake *to,
                              GPtrArray *here,
                              GPtrArray *there,
                              SobreServiceCalendar *calendar,
                              const char *scratch,
                              SobrePromoteFunction function,
                              gpointer user_data,
                              GCancellable *cancellable,
                              SobreCacheInspection *inspection,
                              GError **error);

/**
 * sobre_promote_adopt:
 * @cache: the workspace's cache
 * @here: (element-type SobreLakeObject): what the folder has
 * @there: (element-type SobreLakeObject): what the bucket has, which sobre_promote_prove() found to be the same
 *
 * Tells the ledger what the bucket calls the versions of the objects whose records the cache holds already, so that a sync from the bucket lists them and
 * fetches none. An object that the cache has in another version than @here stays as it is. All in one transaction. Blocks.
 *
 * Returns: %FALSE with %SOBRE_CACHE_ERROR; a sync from the bucket builds the cache anew then
 */
gboolean sobre_promote_adopt (SobreCacheWriter *cache, GPtrArray *here, GPtrArray *there, GError **error);

G_END_DECLS
