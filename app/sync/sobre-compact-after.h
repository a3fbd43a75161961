/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sync/sobre-compact.h"

G_BEGIN_DECLS

/* Days close one by one, so whoever syncs compacts what has closed since: once a day at most, a few days at a time, and after the sync is over, which never fails for
 * it. What is left costs speed, no figure, and is done on the next day, or by "lake compact". */

/** How many days are compacted at once at most. */
#define SOBRE_COMPACT_AFTER_DAYS 7

/**
 * sobre_compact_after_sync:
 * @work: as for sobre_compact(), but that its lake and max_days are found by themselves
 * @now: milliseconds since the epoch
 *
 * Compacts if that is due: the workspace's lake is in a bucket, its settings say so ("aws.athena.compact", or, where that says nothing, that a stack was deployed from
 * it), and it was not done today. It counts as done today, however it ends, unless it was cancelled or got on and has more to do.
 *
 * Returns: (transfer full): as sobre_compact(); where nothing is due to a report in which nothing was written
 */
DexFuture *sobre_compact_after_sync (const SobreCompactWork *work, gint64 now);

G_END_DECLS
