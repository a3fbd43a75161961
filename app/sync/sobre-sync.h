/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/**
 * SobreSyncFlags:
 * @SOBRE_SYNC_FULL: build the next generation of the cache from nothing and swap it in
 * @SOBRE_SYNC_DRY_RUN: only tell what would be read; with FULL, of an empty cache
 */
typedef enum
{
  SOBRE_SYNC_DEFAULT = 0,
  SOBRE_SYNC_FULL = 1 << 0,
  SOBRE_SYNC_DRY_RUN = 1 << 1,
} SobreSyncFlags;

/**
 * SobreSyncReport:
 * @objects: objects read (in a dry run: to be read)
 * @bytes: their size as stored
 * @rows: records that are new in the cache
 * @duplicates: records that were there already
 * @conflicts: of these, how many had another body
 * @rejects: lines that are no valid record
 * @failed: objects that are damaged or break a cap; each is tried again when it changes
 * @postponed: objects that could not be reached; the next sync asks for them again
 * @rolled: spool segments that became lake objects
 * @delivered: objects that were copied from the workspace's folder to the bucket
 * @price: of a dry run, what fetching them from a bucket would cost, US dollars; 0 for a folder
 * @rebuilt: whether the cache was built anew
 */
typedef struct
{
  guint64 objects;
  guint64 bytes;
  guint64 rows;
  guint64 duplicates;
  guint64 conflicts;
  guint64 rejects;
  guint64 failed;
  guint64 postponed;
  guint rolled;
  guint64 delivered;
  double price;
  gboolean rebuilt;
} SobreSyncReport;

#define SOBRE_TYPE_SYNC_REPORT (sobre_sync_report_get_type ())
GType sobre_sync_report_get_type (void);

/**
 * SobreSyncProgress:
 * @done_bytes: as stored, of those in the cache
 * @total_bytes: of those that are read in this pass, as far as they are known
 * @listed: whether all that is to be read is known; the totals grow until then
 * @rows: new so far
 * @elapsed_us: since the first of them was asked for
 */
typedef struct
{
  guint64 done_objects;
  guint64 total_objects;
  guint64 done_bytes;
  guint64 total_bytes;
  guint64 rows;
  gint64 elapsed_us;
  gboolean listed;
} SobreSyncProgress;

/** sobre_sync_progress_get_rate: Returns: bytes a second so far; NaN while too little has come to tell */
double sobre_sync_progress_get_rate (const SobreSyncProgress *self);

/** sobre_sync_progress_get_share: Returns: how much of what is to be read is in the cache, 0–1; NaN until all that is to be read is known */
double sobre_sync_progress_get_share (const SobreSyncProgress *self);

/** sobre_sync_progress_get_seconds_left: Returns: how long the rest takes at that rate; NaN likewise, and until all that is to be read is known */
double sobre_sync_progress_get_seconds_left (const SobreSyncProgress *self);

/** sobre_sync_progress_dup_text: Returns: (transfer full) (nullable): both for people, "8.1 MB/s, 6 s left", or "8.1 MB/s, 120 MB so far"; %NULL while too little has come to tell */
char *sobre_sync_progress_dup_text (const SobreSyncProgress *self);

#define SOBRE_TYPE_SYNC (sobre_sync_get_type ())

/**
 * SobreSync:
 *
 * Brings what the lake and the spool hold into the cache of a workspace. It owns the one thread that writes to the cache.
 * Properties: "busy" (boolean, read only). Signals: "committed": a new state can be read, emitted in the main context that
 * was the thread default when the object was made; "progress": likewise, at most ten times a second; "failed" (GError): watching
 * met an error, which is tried again by itself.
 */
G_DECLARE_FINAL_TYPE (SobreSync, sobre_sync, SOBRE, SYNC, GObject)

/** sobre_sync_new: Returns: (transfer full): nothing is read or written yet */
SobreSync *sobre_sync_new (SobreWorkspace *workspace);

/**
 * sobre_sync_run:
 * @flags: what to do
 *
 * One pass: rolls closed spool segments into the lake, reads every new or changed object and what the spool holds beyond it, and commits.
 * A cache that is damaged, stale or made for another time zone is rebuilt by itself.
 *
 * Returns: (transfer full): resolves to a SobreSyncReport, or rejects with %SOBRE_CACHE_ERROR or %SOBRE_LAKE_ERROR
 */
DexFuture *sobre_sync_run (SobreSync *self, SobreSyncFlags flags);

/** How far the running pass is; all zero when none runs. */
SobreSyncProgress sobre_sync_get_progress (SobreSync *self);

/** Stops the running pass at its next whole batch: sobre_sync_run()'s future rejects with %G_IO_ERROR_CANCELLED. */
void sobre_sync_cancel (SobreSync *self);

/**
 * sobre_sync_set_watching:
 *
 * While watching, what intake acknowledges is in the cache about a second later, without a call: the spool is looked at twice a
 * second, the lake after each roll. Each new state emits "committed".
 */
void sobre_sync_set_watching (SobreSync *self, gboolean watching);

G_END_DECLS
