/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lake/sobre-dir-lake.h"
#include "model/sobre-id.h"

G_BEGIN_DECLS

/* Forgetting a record, because its guest asks for it.
 *
 * First its tombstone is written: the SHA-256 of the id, in hexadecimal, a line of <folder>/forgotten; from then on no copy of the
 * record counts, from wherever it comes back (another laptop's lake, a backup, a phone that sends it again). Then every object
 * that holds the id is written anew without that record; the other bytes stay as they are. After a crash, forgetting it
 * again does the rest. */

/** SobreForgotten: the ids that do not count any more. Immutable. */
typedef struct _SobreForgotten SobreForgotten;

/** sobre_forgotten_load: @folder: the workspace's machine state. Returns: (transfer full) (nullable): %NULL with a GIOError. Blocks. */
SobreForgotten *sobre_forgotten_load (const char *folder, GError **error);
void sobre_forgotten_free (SobreForgotten *self);
gboolean sobre_forgotten_is_empty (const SobreForgotten *self);

/** How many there are. The list only grows, so another number means another list. */
guint sobre_forgotten_get_n_ids (const SobreForgotten *self);
gboolean sobre_forgotten_contains (const SobreForgotten *self, const SobreId *id);

/**
 * SobreForgetReport:
 * @n_records: that were taken out
 * @n_objects: objects and closed spool segments that were written anew or removed
 * @n_rejects: lines that guests had sent and that were refused, taken out of what a bucket keeps of them
 * @n_results: results of queries that held the id and were removed from a bucket
 * @n_versions: earlier versions of objects that were removed from a bucket
 * @n_open: open spool segments that hold the id still; stop collecting and forget it again
 * @unreadable: (element-type utf8): keys of objects that cannot be read and so cannot be searched
 */
typedef struct
{
  guint n_records;
  guint n_objects;
  guint n_rejects;
  guint n_results;
  guint n_versions;
  guint n_open;
  GPtrArray *unreadable;
} SobreForgetReport;

void sobre_forget_report_free (SobreForgetReport *self);

/**
 * sobre_lake_forget:
 * @lake: a local lake
 * @folder: the workspace's machine state, which gets the tombstone
 * @spool: what is not in the lake yet
 *
 * Takes one record out of everything. Blocks: call it on a pool thread.
 *
 * Returns: (transfer full) (nullable): %NULL with a GIOError or %SOBRE_LAKE_ERROR; what was done by then stays done
 */
SobreForgetReport *
sobre_lake_forget (SobreDirLake *lake, const char *folder, const char *spool, const SobreId *id, GError **error);

/** SobreLakeEraser: takes one record out of objects, wherever they are. For one thread. */
typedef struct _SobreLakeEraser SobreLakeEraser;

SobreLakeEraser *sobre_lake_eraser_new (const SobreId *id);
void sobre_lake_eraser_free (SobreLakeEraser *self);

/**
 * sobre_lake_eraser_run:
 * @bytes: an object, packed or not
 * @kept: (out) (nullable) (transfer full): what it is without the record, packed as it was; %NULL where it does not hold it
 * @n_dropped: (out): how often it was there
 *
 * Returns: %FALSE for an object that cannot be read and so cannot be searched
 */
gboolean sobre_lake_eraser_run (SobreLakeEraser *self, SobreDataset dataset, GBytes *bytes, GBytes **kept, guint *n_dropped);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreLakeEraser, sobre_lake_eraser_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreForgotten, sobre_forgotten_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreForgetReport, sobre_forget_report_free)

G_END_DECLS
