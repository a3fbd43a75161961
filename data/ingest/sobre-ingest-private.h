/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ingest/sobre-ingest.h"
#include "ingest/sobre-parser.h"

/** Writes what was parsed, rejects and ledger entry included, into the open transaction. */
gboolean sobre_ingest_write (SobreCacheWriter *writer,
                             const SobreCacheSource *source,
                             gint32 dt,
                             const SobreParsed *parsed,
                             GError **error);
