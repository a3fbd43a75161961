/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-id.h"

G_BEGIN_DECLS

/* What a lake has of a record beside the record itself: refused copies of it, results that name it. These are in any form, so the id is looked for as text: in
 * either case of its letters, and with JSON's escapes read. Pure functions of values. */

/** sobre_trace_is_in: Returns: whether @text (@length bytes) holds @id */
gboolean sobre_trace_is_in (const SobreId *id, const char *text, gsize length);

/**
 * sobre_trace_is_in_object:
 * @bytes: an object of any kind, packed (gzip) or not
 * @found: (out)
 *
 * Returns: %FALSE for an object that cannot be unpacked and so cannot be searched
 */
gboolean sobre_trace_is_in_object (const SobreId *id, GBytes *bytes, gboolean *found);

/**
 * sobre_trace_erase_from_rejects:
 * @bytes: an object of refused records, packed or not: each line is a JSON object that has in "rawData" what came, in base64
 * @kept: (out) (nullable) (transfer full): what it is without the lines of guests that hold @id, packed as it was, empty where nothing stays; %NULL where it does
 *   not hold it
 * @n_dropped: (out): how many lines of guests these were
 *
 * A line that is no such object goes as a whole if it holds the id.
 *
 * Returns: %FALSE for an object that cannot be unpacked
 */
gboolean sobre_trace_erase_from_rejects (const SobreId *id, GBytes *bytes, GBytes **kept, guint *n_dropped);

G_END_DECLS
