/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "query/sobre-query-error.h"
#include "query/sobre-result-table.h"

G_BEGIN_DECLS

/**
 * SobreQuery:
 *
 * What is to be asked: SQL text with the values of its :parameters. Immutable once it runs; may cross threads.
 */
typedef struct _SobreQuery SobreQuery;

#define SOBRE_QUERY_MAX_ROWS 1000000
#define SOBRE_QUERY_DEFAULT_TIMEOUT_MS 30000

/** sobre_query_new: Returns: (transfer full): a query without parameters, of any number of rows, stopped after 30 s */
SobreQuery *sobre_query_new (const char *sql);
SobreQuery *sobre_query_ref (SobreQuery *self);
void sobre_query_unref (SobreQuery *self);

const char *sobre_query_get_sql (const SobreQuery *self);

/**
 * sobre_query_set_parameter:
 * @name: as in :name, without the colon
 * @type: any but decimal
 * @value: (nullable): its text: true or false, digits, YYYY-MM-DD, YYYY-MM-DD HH:MM:SS[.mmm]; %NULL for NULL
 *
 * Binds a typed value; the SQL text is never changed.
 *
 * Returns: %FALSE with SOBRE_QUERY_ERROR_TYPE when @value is none of @type
 */
gboolean sobre_query_set_parameter (SobreQuery *self, const char *name, SobreValueType type, const char *value, GError **error);

/** At most this many rows come back, 1 to SOBRE_QUERY_MAX_ROWS; sobre_result_table_is_truncated() tells when there were more. */
void sobre_query_set_max_rows (SobreQuery *self, guint64 max_rows);
guint64 sobre_query_get_max_rows (const SobreQuery *self);

/** Milliseconds after which the query is stopped, at least 100. */
void sobre_query_set_timeout (SobreQuery *self, guint milliseconds);
guint sobre_query_get_timeout (const SobreQuery *self);

/** The instant that current_date and now() stand for, milliseconds since the epoch; the engine's clock where it is not set. */
void sobre_query_set_now (SobreQuery *self, gint64 now_ms);
gboolean sobre_query_get_now (const SobreQuery *self, gint64 *now_ms);

/** SobreQueryParameter: @value: (nullable): see sobre_query_set_parameter() */
typedef struct
{
  char *name;
  SobreValueType type;
  char *value;
} SobreQueryParameter;

/** sobre_query_get_parameters: Returns: (transfer none) (array length=n) */
const SobreQueryParameter *sobre_query_get_parameters (const SobreQuery *self, guint *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreQuery, sobre_query_unref)

G_END_DECLS
