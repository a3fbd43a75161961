/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SOBRE_QUERY_ERROR (sobre_query_error_quark ())
GQuark sobre_query_error_quark (void);

/**
 * SobreQueryError:
 * @SOBRE_QUERY_ERROR_SYNTAX: the text is not SQL
 * @SOBRE_QUERY_ERROR_UNSUPPORTED: it is SQL, but the engine does not have what it names
 * @SOBRE_QUERY_ERROR_NAME: there is no such table, column, function or parameter
 * @SOBRE_QUERY_ERROR_TYPE: the parts do not fit together: types, grouping, number of arguments
 * @SOBRE_QUERY_ERROR_RUNTIME: a value could not be computed: division by zero, overflow, a cast that fails
 * @SOBRE_QUERY_ERROR_LIMIT: a limit of docs/sql.md was met: length, depth, columns, memory, rows
 * @SOBRE_QUERY_ERROR_TIMEOUT: it took too long
 * @SOBRE_QUERY_ERROR_CACHE: the cache could not be read; the message says what to do
 * @SOBRE_QUERY_ERROR_FAILED: the program that runs queries could not be started or died
 */
typedef enum
{
  SOBRE_QUERY_ERROR_SYNTAX,
  SOBRE_QUERY_ERROR_UNSUPPORTED,
  SOBRE_QUERY_ERROR_NAME,
  SOBRE_QUERY_ERROR_TYPE,
  SOBRE_QUERY_ERROR_RUNTIME,
  SOBRE_QUERY_ERROR_LIMIT,
  SOBRE_QUERY_ERROR_TIMEOUT,
  SOBRE_QUERY_ERROR_CACHE,
  SOBRE_QUERY_ERROR_FAILED,
} SobreQueryErrorCode;

#define SOBRE_N_QUERY_ERRORS (SOBRE_QUERY_ERROR_FAILED + 1)

/** SobreSqlPosition: a place in the SQL text, both from 1, columns in characters; 0 where no place applies. */
typedef struct
{
  guint line;
  guint column;
} SobreSqlPosition;

#define SOBRE_SQL_NOWHERE ((SobreSqlPosition) { 0, 0 })

/** "syntax", "unsupported", "name", "type", "runtime", "limit", "timeout", "cache", "failed". */
const char *sobre_query_error_get_name (SobreQueryErrorCode code);

/**
 * sobre_query_error_set:
 * @error: (out) (optional)
 * @position: where in the SQL text, SOBRE_SQL_NOWHERE when nowhere
 *
 * Like g_set_error() in SOBRE_QUERY_ERROR, with a place beside the message.
 *
 * Returns: %FALSE, so that a caller can return it
 */
gboolean sobre_query_error_set (GError **error, SobreQueryErrorCode code, SobreSqlPosition position, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/** sobre_query_error_get_position: Returns: where in the SQL text @error arose; line 0 when it names no place */
SobreSqlPosition sobre_query_error_get_position (const GError *error);

G_END_DECLS
