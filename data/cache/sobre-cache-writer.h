/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cache/sobre-cache.h"
#include "cache/sobre-dictionary.h"
#include "cache/sobre-row.h"
#include "lake/sobre-lake-reader.h"

/* The one who writes to a cache. It belongs to one thread. What it takes between begin and commit becomes visible together, rows and
 * ledger alike, or not at all. */

/** SobreCacheWriter: opaque. */
typedef struct _SobreCacheWriter SobreCacheWriter;

/* What keys of the ledger begin with. */
#define SOBRE_LEDGER_LAKE "raw/"
#define SOBRE_LEDGER_SPOOL "spool:"

/**
 * SobreCacheSource: what a batch came from.
 * @key: lake object's key, or "spool:" and a segment's name
 * @etag: of the object, "" for a segment
 * @size: bytes as stored
 * @cursor: bytes read of a segment; 0 for objects
 * @failure: (nullable): why the object could not be read; it has no rows then
 */
typedef struct
{
  const char *key;
  const char *etag;
  guint64 size;
  SobreDataset dataset;
  guint64 cursor;
  guint64 n_rejects;
  const char *failure;
} SobreCacheSource;

/** SobreCacheTally: what became of the rows that were taken. */
typedef struct
{
  guint64 rows;
  guint64 duplicates;
  guint64 conflicts;
} SobreCacheTally;

/** SobreLedgerEntry: what the ledger says of a key. @rows: records that it gave, doubles included */
typedef struct
{
  char *etag;
  guint64 size;
  guint64 cursor;
  guint64 rows;
} SobreLedgerEntry;

void sobre_ledger_entry_free (SobreLedgerEntry *self);

/**
 * sobre_cache_writer_open:
 * @folder: the cache's folder, made if it is not there
 * @lock_path: the lock that writers of one workspace share
 * @calendar: time zone and cut-off
 * @n_forgotten: how many ids do not count; a cache that was made with another number may hold one of them and is stale
 * @generation: 0 for the current one (made if there is none), else a new one that is built aside
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_CACHE_ERROR; STALE and DAMAGED ask for a new generation
 */
SobreCacheWriter *sobre_cache_writer_open (const char *folder,
                                           const char *lock_path,
                                           SobreServiceCalendar *calendar,
                                           guint n_forgotten,
                                           guint64 generation,
                                           GError **error);
void sobre_cache_writer_free (SobreCacheWriter *self);

SobreServiceCalendar *sobre_cache_writer_get_calendar (SobreCacheWriter *self);
SobreDictionary *sobre_cache_writer_get_dictionary (SobreCacheWriter *self);

/** The secret that keys of random ids are hashed with; made with the generation. */
gint64 sobre_cache_writer_get_secret (SobreCacheWriter *self);

/** The generation that is written to. */
guint64 sobre_cache_writer_get_generation (SobreCacheWriter *self);

/** Makes what was built aside the current generation. */
gboolean sobre_cache_writer_publish (SobreCacheWriter *self, GError **error);

/**
 * sobre_cache_writer_begin:
 *
 * Takes the writers' lock, waiting up to 5 seconds, and begins a transaction.
 *
 * Returns: %FALSE with %SOBRE_CACHE_ERROR; BUSY names who holds the lock, STALE says that another program has swapped generations
 */
gboolean sobre_cache_writer_begin (SobreCacheWriter *self, GError **error);

/** Takes responses. Of two copies of one id the one that sobre_row_wins() counts, in whatever order they come. */
gboolean sobre_cache_writer_take (SobreCacheWriter *self, const SobreCacheSource *source, SobreRowBatch *batch, GError **error);

/** Takes an event or an order. Of two copies of one id the one that was received (ordered) earlier counts, in whatever order they come. */
gboolean sobre_cache_writer_take_event (SobreCacheWriter *self, const SobreEvent *event, gint32 dt, GError **error);
gboolean sobre_cache_writer_take_order (SobreCacheWriter *self, const SobreOrder *order, gint32 dt, GError **error);

/** Keeps a line that is no record, with its reason. */
gboolean sobre_cache_writer_quarantine (SobreCacheWriter *self,
                                        const SobreCacheSource *source,
                                        const SobreReject *reject,
                                        GError **error);

/** Writes what the ledger says of a source. */
gboolean sobre_cache_writer_enter (SobreCacheWriter *self, const SobreCacheSource *source, guint64 rows, GError **error);

/** Takes back what the ledger and the quarantine say of a key; rows stay. */
gboolean sobre_cache_writer_strike (SobreCacheWriter *self, const char *key, GError **error);

/** Grows when another program has written and so dictionary codes made before do not hold any more. */
guint64 sobre_cache_writer_get_epoch (SobreCacheWriter *self);

/** How many rows were taken since the transaction began. */
guint64 sobre_cache_writer_get_pending (SobreCacheWriter *self);
SobreCacheTally sobre_cache_writer_get_tally (SobreCacheWriter *self);

gboolean sobre_cache_writer_commit (SobreCacheWriter *self, GError **error);
void sobre_cache_writer_rollback (SobreCacheWriter *self);

/**
 * sobre_cache_writer_load_ledger:
 * @prefix: which keys: %SOBRE_LEDGER_LAKE or %SOBRE_LEDGER_SPOOL
 *
 * Returns: (transfer full) (element-type utf8 SobreLedgerEntry) (nullable): the ledger by key; %NULL with %SOBRE_CACHE_ERROR
 */
GHashTable *sobre_cache_writer_load_ledger (SobreCacheWriter *self, const char *prefix, GError **error);

/**
 * sobre_cache_writer_load_ledger_range:
 * @after: the entries behind this key
 * @last: up to this one, itself included
 *
 * What is asked for page by page, as the lake is listed, so that a lake of a million objects takes no more memory than a small one. It can be called inside a
 * transaction, and then sees what that has written.
 *
 * Returns: (transfer full) (element-type utf8 SobreLedgerEntry) (nullable): by key; %NULL with %SOBRE_CACHE_ERROR
 */
GHashTable *sobre_cache_writer_load_ledger_range (SobreCacheWriter *self, const char *after, const char *last, GError **error);

/**
 * sobre_cache_writer_find_newest:
 * @after: behind this key
 * @last: up to this one, itself included
 * @key: (out) (transfer full) (nullable): the last key of the ledger between them; of a dataset's, the one of its newest day
 *
 * Returns: %FALSE with %SOBRE_CACHE_ERROR
 */
gboolean
sobre_cache_writer_find_newest (SobreCacheWriter *self, const char *after, const char *last, char **key, GError **error);

/** sobre_cache_writer_has_entry: @has: (out): whether the ledger has this version of the key. Returns: %FALSE with %SOBRE_CACHE_ERROR */
gboolean sobre_cache_writer_has_entry (SobreCacheWriter *self,
                                       const char *key,
                                       const char *etag,
                                       guint64 size,
                                       gboolean *has,
                                       GError **error);

/**
 * sobre_cache_writer_rename_version:
 * @etag: what the ledger says of @key; with another one, or another size, nothing is changed
 * @renamed: the etag that the same bytes have elsewhere
 *
 * Within a transaction. Returns: %FALSE with %SOBRE_CACHE_ERROR
 */
gboolean sobre_cache_writer_rename_version (SobreCacheWriter *self,
                                            const char *key,
                                            const char *etag,
                                            guint64 size,
                                            const char *renamed,
                                            GError **error);

/**
 * sobre_cache_writer_dup_listing:
 * @whole_at: (out): when all of the lake was last listed, milliseconds since the epoch
 *
 * Returns: (transfer full) (nullable): the lake whose every object, as it was listed then, is in the ledger; %NULL when there is none
 */
char *sobre_cache_writer_dup_listing (SobreCacheWriter *self, gint64 *whole_at);

/**
 * sobre_cache_writer_set_listing:
 * @lake: (nullable): the name of a lake; %NULL when nothing is known any more
 *
 * Writes what sobre_cache_writer_dup_listing() tells, in a transaction of its own.
 *
 * Returns: %FALSE with %SOBRE_CACHE_ERROR
 */
gboolean sobre_cache_writer_set_listing (SobreCacheWriter *self, const char *lake, gint64 whole_at, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreCacheWriter, sobre_cache_writer_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreLedgerEntry, sobre_ledger_entry_free)
