/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sobre-result-table.h"

G_BEGIN_DECLS

/* What was run on Athena, and the results that were got: a folder of the workspace's own state, so that both can be looked at with no network. Everything here
 * blocks. */

/**
 * SobreAthenaRun:
 * @at: when it ended, milliseconds since the epoch
 * @key: tells a query from another: its text, its values, where it ran
 * @name: (nullable): of a saved query
 * @sql: its text
 * @execution: Athena's id
 * @state: "succeeded", "failed" or "cancelled"
 * @bytes: that were read
 * @price: US dollars
 * @milliseconds: by Athena's clock
 * @rows: of the result
 * @reused: whether an earlier result was taken
 */
typedef struct
{
  gint64 at;
  char *key;
  char *name;
  char *sql;
  char *execution;
  char *state;
  guint64 bytes;
  double price;
  guint64 milliseconds;
  guint64 rows;
  gboolean reused;
} SobreAthenaRun;

#define SOBRE_TYPE_ATHENA_RUN (sobre_athena_run_get_type ())
GType sobre_athena_run_get_type (void);
SobreAthenaRun *sobre_athena_run_copy (SobreAthenaRun *self);
void sobre_athena_run_free (SobreAthenaRun *self);

/** sobre_athena_journal_add: writes a run behind the others. Returns: %FALSE with %G_FILE_ERROR or %G_IO_ERROR */
gboolean sobre_athena_journal_add (const char *folder, const SobreAthenaRun *run, GError **error);

/** sobre_athena_journal_load: Returns: (transfer full) (element-type SobreAthenaRun): the oldest first; a line that cannot be read is left out */
GPtrArray *sobre_athena_journal_load (const char *folder);

/** SobreAthenaMonth: what a month of UTC has cost. @name: "2026-11" · @bytes: that were read · @price: US dollars */
typedef struct
{
  char name[8];
  guint n_runs;
  guint64 bytes;
  double price;
} SobreAthenaMonth;

/** sobre_athena_journal_sum_months: Returns: (transfer full) (element-type SobreAthenaMonth): of @runs, the earliest first */
GArray *sobre_athena_journal_sum_months (GPtrArray *runs);

/** sobre_athena_journal_keep: keeps a result in place of an earlier one of the same key; of all results the newest 64 stay. Returns: %FALSE with %G_IO_ERROR */
gboolean sobre_athena_journal_keep (const char *folder, const char *key, SobreResultTable *table, GError **error);

/**
 * sobre_athena_journal_read:
 * @at: (out): when it was got, milliseconds since the epoch
 *
 * Returns: (transfer full) (nullable): the result that is kept; %NULL with %SOBRE_QUERY_ERROR_NAME where there is none, _FAILED where it cannot be read
 */
SobreResultTable *sobre_athena_journal_read (const char *folder, const char *key, gint64 *at, GError **error);

/** sobre_athena_journal_drop: drops every result: one that was asked for may hold an answer that is to be forgotten. Returns: %FALSE with %G_IO_ERROR */
gboolean sobre_athena_journal_drop (const char *folder, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreAthenaRun, sobre_athena_run_free)

G_END_DECLS
