/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* The records of the bench lake. Each is a pure function of the seed and of its place in the lake, so objects can be made in any
 * order and on any number of threads, and an earlier record can be made again for its duplicate. */

#define BENCH_LARGE_SHARE 0.9

typedef struct _BenchRecords BenchRecords;

/** BenchKind: what stands at a place. */
typedef enum
{
  BENCH_NORMAL,
  BENCH_DUPLICATE, /* an earlier record once more */
  BENCH_CONFLICT,  /* an earlier record's id with another body */
  BENCH_BAD,       /* a line that is no record */
} BenchKind;

/**
 * bench_records_new:
 * @seed: the same seed makes the same lake
 * @n_records: places in the whole lake
 * @n_groups: parts that the lake's 365 days, which begin on 2025-11-24, are divided into
 *
 * The first nine tenths of a group's places and the last tenth are two streams side by side: what a busy collector writes into large
 * objects, and what a slow one writes into small ones. Each goes through the whole time of the group.
 */
BenchRecords *bench_records_new (guint64 seed, guint64 n_records, guint n_groups);
void bench_records_free (BenchRecords *self);

guint64 bench_records_get_seed (const BenchRecords *self);
BenchKind bench_records_get_kind (const BenchRecords *self, guint64 place);

/** When the record at @place arrives, milliseconds since the epoch; never earlier than at the places before in its stream. */
gint64 bench_records_get_arrival (const BenchRecords *self, guint64 place);

/**
 * bench_records_append:
 * @line: takes the line and its newline
 *
 * Returns: how many answers the record has; 0 for a bad line
 */
guint bench_records_append (const BenchRecords *self, guint64 place, GString *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenchRecords, bench_records_free)
