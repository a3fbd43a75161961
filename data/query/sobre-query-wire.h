/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "query/sobre-query.h"

G_BEGIN_DECLS

/* What goes between SobreLocalEngine and sobremesa-query. Little-endian throughout; texts are a 32-bit length and bytes.
 *
 * Request, on the worker's standard input, until its end:
 *
 *   "SBQ1" · cache folder · SQL · now (i64) · max rows (u64) · milliseconds (u32) · parameters (u32), each: name · type (u8) ·
 *   has value (u8) · value
 *
 * Reply, on its standard output: "SBR1" · kind (u8), then
 *
 *   kind 0: an error: code (u8) · line (u32) · column (u32) · message
 *   kind 1: a table: truncated (u8) · rows (u64) · columns (u32), each: name · type (u8) · precision (u8) · scale (u8) · zone ·
 *           valid (a byte a row) · values (1, 8 or 16 bytes a row; of varchar the 64-bit ends, then the bytes; of a timestamp with
 *           time zone the offsets behind the values)
 *
 * The reader believes nothing: each length is held against the bytes that are left, each text against UTF-8. */

#define SOBRE_QUERY_MAX_REPLY (G_GUINT64_CONSTANT (512) << 20)

GBytes *sobre_query_wire_write_request (const SobreQuery *query, const char *cache_folder, gint64 now_ms);

/** sobre_query_wire_read_request: @cache_folder: (out) (transfer full). Returns: (transfer full) (nullable): %NULL with SOBRE_QUERY_ERROR_FAILED */
SobreQuery *sobre_query_wire_read_request (GBytes *request, char **cache_folder, GError **error);

/**
 * sobre_query_wire_write_reply:
 * @table: (nullable): the result
 * @failure: (nullable): what went wrong where there is none
 *
 * Blocks.
 */
gboolean sobre_query_wire_write_reply (SobreResultTable *table, const GError *failure, GOutputStream *stream, GError **error);

/** sobre_query_wire_read_reply: Returns: (transfer full) (nullable): the table; %NULL with the worker's error, or SOBRE_QUERY_ERROR_FAILED */
SobreResultTable *sobre_query_wire_read_reply (GBytes *reply, GError **error);

G_END_DECLS
