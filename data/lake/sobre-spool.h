/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lake/sobre-dir-lake.h"
#include "model/sobre-clock.h"
#include "model/sobre-random.h"

/* The spool: what intake has acknowledged and the lake does not hold yet.
 *
 *   spool/<dataset>/dt=YYYY-MM-DD/<segment>.jsonl        open: one writer appends whole lines
 *   spool/<dataset>/dt=YYYY-MM-DD/<segment>.closed.jsonl closed: no line will follow
 *
 * <segment> is a UUID version 7. dt is the UTC date on which the segment was begun. A closed segment becomes exactly one lake
 * object, raw/<dataset>/dt=…/<segment>.json.gz, and is removed after that object is durable. The same lines may therefore be in both
 * places for a moment; ids make that harmless. A torn last line (power loss) was never acknowledged and is cut off at the next start. */

/** SobreSpoolSegment: @path: where it lies · @name: the segment's id · @size: bytes now · @closed: whether it may still grow. */
typedef struct
{
  char *path;
  char *name;
  SobreDataset dataset;
  gint32 dt;
  guint64 size;
  gboolean closed;
} SobreSpoolSegment;

void sobre_spool_segment_free (SobreSpoolSegment *self);

/**
 * sobre_spool_list:
 * @folder: the spool
 *
 * Returns: (transfer full) (element-type SobreSpoolSegment): in name order, empty when there is no spool; %NULL with a GIOError
 */
GPtrArray *sobre_spool_list (const char *folder, GError **error);

/**
 * sobre_spool_roll:
 * @folder: the spool
 * @lake: where closed segments go
 * @n_rolled: (out) (optional): segments that became objects
 *
 * Turns every closed segment into its lake object and removes it. Repeating it after a crash at any point is harmless. Blocks.
 *
 * Returns: %FALSE with a GIOError or %SOBRE_LAKE_ERROR; segments not yet done stay
 */
gboolean sobre_spool_roll (const char *folder, SobreDirLake *lake, guint *n_rolled, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSpoolSegment, sobre_spool_segment_free)
