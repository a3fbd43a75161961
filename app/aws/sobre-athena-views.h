/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-account.h"
#include "aws/sobre-lake-state.h"
#include "model/sobre-record.h"
#include "model/sobre-service-calendar.h"
#include "model/sobre-settings.h"

G_BEGIN_DECLS

/* The tables that queries name are views over those that the stack makes, because service days depend on the workspace, and of several copies of a record
 * one counts: docs/sql.md has their columns. Athena reads a bucket's days by their names, each with a request, so the views say where the lake begins.
 *
 * Of a day that was compacted and proved they read the Parquet files, of every other day the raw ones, and which is which they say by literal days: only those
 * keep days from being read. Which of several copies of a record counts is known of the raw days by looking at all of them, which are few, and of the others
 * since they were compacted; a copy that came to a raw day later is left out. */

#define SOBRE_N_ATHENA_VIEWS 4

/**
 * SobreAthenaShape: what the views depend on.
 * @calendar: which day an instant belongs to
 * @first_day: the lake's first, days since the epoch
 * @state: which days are read from Parquet
 */
typedef struct
{
  const SobreServiceCalendar *calendar;
  gint32 first_day;
  const SobreLakeState *state;
} SobreAthenaShape;

/**
 * sobre_athena_view_dup_statement:
 * @view: less than %SOBRE_N_ATHENA_VIEWS
 *
 * Returns: (transfer full): the CREATE OR REPLACE VIEW that makes one of them
 */
char *sobre_athena_view_dup_statement (const SobreAthenaShape *shape, guint view);

/**
 * sobre_athena_put_views:
 * @settings: which database, and which workgroup it is done in
 *
 * Makes all views or makes them anew. It costs nothing, and may be done again and again.
 *
 * Returns: (transfer full): resolves to %TRUE; rejects with %SOBRE_AWS_ERROR, or G_IO_ERROR_CANCELLED
 */
DexFuture *sobre_athena_put_views (SobreAwsAccount *account,
                                   const SobreAthenaSettings *settings,
                                   const SobreAthenaShape *shape,
                                   GCancellable *cancellable);

/** How many days may lie between two copies of a record, and how many of them may be behind the one that counts. */
#define SOBRE_ATHENA_COPY_DAYS 35
#define SOBRE_ATHENA_LATER_DAYS 2

/**
 * sobre_athena_unload_dup_statement:
 * @prefix: "s3://bucket/parquet/orders/dt=2026-01-02/", where nothing is yet
 * @day: of the objects' names
 *
 * Returns: (transfer full): the UNLOAD that writes those records of a day that count
 */
char *sobre_athena_unload_dup_statement (SobreDataset dataset, const char *prefix, gint32 day);

/**
 * sobre_athena_proof_dup_sql:
 * @datasets: bits, 1 << SobreDataset, of which at least one is set
 *
 * Returns: (transfer full): asks a day's Parquet files, of each dataset a row in any order: which one, its records, distinct ids, and the sum of the ids' last 32 bits
 */
char *sobre_athena_proof_dup_sql (guint datasets, gint32 day);

G_END_DECLS
