/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-athena-journal.h"
#include "aws/sobre-aws-account.h"
#include "lake/sobre-lake-source.h"
#include "model/sobre-settings.h"
#include "query/sobre-query-engine.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_ATHENA_ENGINE (sobre_athena_engine_get_type ())

/**
 * SobreAthenaEngine:
 *
 * Answers queries from the lake in S3, with Amazon Athena. What runs there costs money: a query that would read more than the settings allow is not sent, and
 * one that is cancelled or takes too long is stopped there. Every run is written down with what it cost, and every result is kept.
 */
G_DECLARE_FINAL_TYPE (SobreAthenaEngine, sobre_athena_engine, SOBRE, ATHENA_ENGINE, GObject)

/**
 * sobre_athena_engine_new:
 * @settings: are copied
 * @lake: (nullable): what is listed to tell beforehand what a query reads; %NULL to leave that to the workgroup's own limit
 * @folder: of the journal
 */
SobreAthenaEngine *sobre_athena_engine_new (SobreAwsAccount *account,
                                            const SobreAthenaSettings *settings,
                                            SobreLakeSource *lake,
                                            const char *folder);

/** sobre_athena_engine_set_name: @name: (nullable): of the saved query that runs next, for the journal */
void sobre_athena_engine_set_name (SobreAthenaEngine *self, const char *name);

/** sobre_athena_engine_set_reuse: @minutes: instead of what the settings say; 0 for never */
void sobre_athena_engine_set_reuse (SobreAthenaEngine *self, guint minutes);

/** sobre_athena_engine_get_last_run: Returns: (transfer full) (nullable): what the last query that was sent has cost */
SobreAthenaRun *sobre_athena_engine_get_last_run (SobreAthenaEngine *self);

/** sobre_athena_engine_dup_key: Returns: (transfer full) (nullable): what the journal calls @query; %NULL with %SOBRE_QUERY_ERROR */
char *sobre_athena_engine_dup_key (const SobreAthenaSettings *settings, const SobreQuery *query, GError **error);

G_END_DECLS
