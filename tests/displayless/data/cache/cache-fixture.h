/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cache/sobre-cache-writer.h"
#include "records-fixture.h"
#include "scan/sobre-cache-inspection.h"

#define CACHE_FIXTURE_ZONE "Europe/Madrid"
#define CACHE_FIXTURE_CUTOFF 240

/** CacheFixture: a cache in a folder of its own, and its one writer. Random things repeat with the seed that g_test prints. */
typedef struct
{
  char *root;
  char *folder;
  char *lock_path;
  SobreServiceCalendar *calendar;
  SobreCacheWriter *writer;
  GRand *random;
} CacheFixture;

void cache_fixture_set_up (CacheFixture *self, gconstpointer data);
void cache_fixture_tear_down (CacheFixture *self, gconstpointer data);

/** Throws the cache away and begins another one. */
void cache_fixture_reset (CacheFixture *self);

/** Closes the writer and opens it again, as the next run of the program does. */
void cache_fixture_reopen (CacheFixture *self);

/** Parses lines and puts them into the open transaction. */
void cache_fixture_take (CacheFixture *self, SobreDataset dataset, gint32 dt, const char *lines);

/** The same in a transaction of its own. */
void cache_fixture_write (CacheFixture *self, SobreDataset dataset, gint32 dt, const char *lines);

/** Responses of several days, one call of cache_fixture_take() for each run of equal days. */
void cache_fixture_take_responses (CacheFixture *self, const MadeResponse *responses, guint n);

/** So many responses with nothing special, which make the open chunk a sealed one at the next commit. */
void cache_fixture_take_filling (CacheFixture *self, guint n);

SobreCacheReader *cache_fixture_read (CacheFixture *self);
SobreCacheInspection cache_fixture_inspect (CacheFixture *self);

/** What the cache holds, through the scan. (transfer full) (element-type utf8 utf8): id → what made_response_describe() says of it */
GHashTable *cache_fixture_describe (CacheFixture *self);

/** The service day and local hour of a response, reckoned from the documents with GLib's own time zones. */
void cache_fixture_locate (const MadeResponse *response, gint32 *day, gint *hour);
void cache_fixture_assert_same (const SobreCacheInspection *a, const SobreCacheInspection *b);
