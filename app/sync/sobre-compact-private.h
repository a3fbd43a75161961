/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-lake-state.h"
#include "lake/sobre-lake-catalogue.h"
#include "sync/sobre-compact.h"

G_BEGIN_DECLS

/**
 * SobreCompaction: somebody's work on which days are read from where. All of it is for fibers.
 * @id: in what the state says of who is at work
 * @athena: where Athena is
 * @state: as it was read, or stored, last
 * @raw: (element-type SobreLakeDay): what the lake holds
 */
typedef struct
{
  SobreCompactWork work;
  SobreAthenaSettings athena;
  SobreAwsAccount *account;
  SobreAwsClient *s3;
  SobreClock *clock;
  const char *bucket;
  char *id;
  SobreLakeState *state;
  GPtrArray *raw;
  SobreCompactReport *report;
} SobreCompaction;

/** SobreLakeFolder: what lies of a day of a dataset. @newest: when its newest object was written, milliseconds since the epoch */
typedef struct
{
  guint64 n_objects;
  guint64 n_bytes;
  gint64 newest;
} SobreLakeFolder;

/** sobre_compaction_new: @writes: whether it is to keep others from compacting while raw objects are written; any number may. Returns: (transfer full) (nullable): %NULL with %SOBRE_AWS_ERROR */
SobreCompaction *sobre_compaction_new (const SobreCompactWork *work, gboolean writes, GError **error);
void sobre_compaction_free (SobreCompaction *self);

/** sobre_compaction_load: Reads the state anew. */
gboolean sobre_compaction_load (SobreCompaction *self, GError **error);

/** sobre_compaction_list_raw: Lists the lake anew. */
gboolean sobre_compaction_list_raw (SobreCompaction *self, GError **error);

/** sobre_compaction_store: Returns: %FALSE with %SOBRE_COMPACT_ERROR_CHANGED where somebody else was first */
gboolean sobre_compaction_store (SobreCompaction *self, GError **error);

/** sobre_compaction_claim: Says so in the state, not yet in the bucket. Returns: %FALSE with %SOBRE_COMPACT_ERROR_BUSY where somebody else is at work */
gboolean sobre_compaction_claim (SobreCompaction *self, GError **error);

gboolean sobre_compaction_is_ours (const SobreCompaction *self);

/** sobre_compaction_release: Gives the claim back, whatever became of it and of the work. */
void sobre_compaction_release (SobreCompaction *self);

/** sobre_compaction_open: Makes holes of a day and of those that may have copies of what comes to it. Returns: whether there are more than before */
gboolean sobre_compaction_open (SobreCompaction *self, gint32 day);

/** sobre_compaction_find_stale: Makes holes of the days that got an object after their Parquet files were written. @changed: whether there are more than before */
gboolean sobre_compaction_find_stale (SobreCompaction *self, gboolean *changed, GError **error);

/** sobre_compaction_look: @keys: (nullable) (element-type utf8): gets the keys */
gboolean
sobre_compaction_look (SobreCompaction *self, const char *prefix, SobreLakeFolder *folder, GPtrArray *keys, GError **error);

/** sobre_compaction_dup_prefix: @form: "raw" or "parquet". Returns: (transfer full): "raw/orders/dt=2026-01-02/" */
char *sobre_compaction_dup_prefix (const char *form, SobreDataset dataset, gint32 day);

/** sobre_compaction_dup_proof: Returns: (transfer full): asks the cache what sobre_athena_proof_dup_sql() asks the files; a row a dataset, however many records that has */
char *sobre_compaction_dup_proof (guint datasets, gint32 day);

/** sobre_compaction_empty_day: Removes the Parquet files of a day that no view reads from them. */
gboolean sobre_compaction_empty_day (SobreCompaction *self, gint32 day, GError **error);

/** sobre_compaction_put_views: Makes the views as the state in the bucket wants them. @first: (out) (optional): the lake's first day */
gboolean sobre_compaction_put_views (SobreCompaction *self, gint32 *first, GError **error);

G_END_DECLS
