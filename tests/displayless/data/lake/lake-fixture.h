/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "lake/sobre-lake-reader.h"

/* A valid record in pieces, and what a sink was called with. */

#define ID "01890a5d-ac96-774b-bcce-b302099a8057"
#define OTHER_ID "01890a5d-ac96-774b-bcce-b302099a8058"

#define RECORD_WITH_ID(id)                                                                                                     \
  "{\"v\":1,\"id\":\"" id "\",\"submitted_at\":\"2026-11-24T19:30:00.125Z\",\"received_at\":\"2026-11-24T19:30:01.000Z\","     \
  "\"store_id\":\"centro\",\"table_id\":\"t1\",\"verified\":true,\"form_id\":\"main\",\"form_version\":3,\"language\":\"es\"," \
  "\"answers\":[{\"question\":\"food\",\"kind\":\"stars\",\"score\":4},"                                                       \
  "{\"question\":\"dish\",\"kind\":\"choice\",\"choice\":\"flan\",\"item\":\"m1\"}],\"comment\":\"Muy "                        \
  "rico\",\"duration_ms\":5120,"                                                                                               \
  "\"channel\":\"local\"}"
#define RECORD RECORD_WITH_ID (ID)

#define EVENT                                                                                                                  \
  "{\"v\":1,\"id\":\"" ID "\",\"at\":\"2026-11-24T19:30:00.125Z\",\"received_at\":\"2026-11-24T19:30:01.000Z\","               \
  "\"visit\":\"a1b2\",\"store_id\":\"centro\",\"table_id\":\"t1\",\"page\":\"form\",\"action\":\"open\",\"target\":\"food\","  \
  "\"ms\":12}"

#define ORDER                                                                                                                  \
  "{\"v\":1,\"id\":\"" ID                                                                                                      \
  "\",\"at\":\"2026-11-24T19:30:00.125Z\",\"store_id\":\"centro\",\"table_id\":\"t1\",\"item_id\":\"m1\","                     \
  "\"item\":\"Flan\",\"quantity\":2,\"amount\":9.5,\"currency\":\"EUR\"}"

/** Tally: @reasons: "line:reason " for each reject, in order · @digest: over all that the records hold, in order */
typedef struct
{
  guint n_records;
  guint n_rejects;
  GString *reasons;
  GChecksum *digest;
} Tally;

Tally *tally_new (void);
void tally_free (Tally *tally);
const SobreRecordSink *tally_get_sink (void);

/** Reads a whole object with a reader of its own. */
gboolean tally_read (Tally *tally, SobreDataset dataset, const guint8 *bytes, gsize length, GError **error);

/** Returns: (transfer full): gzip of one member */
GBytes *fixture_pack (gconstpointer bytes, gsize length);

/** Returns: (transfer full): gzip of @n_members members, cut at even places */
GBytes *fixture_pack_in_members (gconstpointer bytes, gsize length, guint n_members);

/** Returns: (transfer full): gzip of @length zeros, made without holding them */
GBytes *fixture_pack_zeros (gsize length);

/** Writes a file and the folders above it. */
void fixture_write (const char *root, const char *path, gconstpointer bytes, gsize length);

/** Returns: (transfer full): the file's text, %NULL if there is none */
char *fixture_read (const char *root, const char *path);

/** Removes a folder with all that is in it. */
void fixture_remove (const char *root);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Tally, tally_free)
