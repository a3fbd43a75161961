/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lake/sobre-spool.h"

/** sobre_spool_pack: Returns: (transfer full): gzip, always the same bytes for the same input */
GBytes *sobre_spool_pack (const guint8 *bytes, gsize length);

/** sobre_spool_segment_read: Returns: (transfer full) (nullable): a segment's whole lines; %NULL with a GIOError */
GBytes *sobre_spool_segment_read (const char *folder, const SobreSpoolSegment *segment, GError **error);

/** Replaces a closed segment, whole or not at all; an empty @bytes removes it. */
gboolean sobre_spool_segment_replace (const char *folder, const SobreSpoolSegment *segment, GBytes *bytes, GError **error);
