/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-athena-sql.h"
#include "aws/sobre-aws-client.h"

G_BEGIN_DECLS

/* What is needed of Amazon Athena: starting a query, looking how it stands, stopping it, what columns its result has. Every function takes values and returns
 * a future that resolves once or rejects with SOBRE_AWS_ERROR or G_IO_ERROR_CANCELLED. */

/**
 * SobreAthenaOrder:
 * @sql: what to run
 * @token: 32 to 128 characters: of two orders with one token the second starts nothing
 * @database: that names of tables belong to
 * @workgroup: whose limits hold and who pays
 * @output: (nullable): "s3://bucket/prefix/", where results go when the workgroup does not say
 * @reuse_minutes: a result of the same text that is no older may be taken instead; 0 for none
 */
typedef struct
{
  const SobreAthenaSql *sql;
  const char *token;
  const char *database;
  const char *workgroup;
  const char *output;
  guint reuse_minutes;
} SobreAthenaOrder;

/** SobreAthenaState: @SOBRE_ATHENA_WAITING: queued or running */
typedef enum
{
  SOBRE_ATHENA_WAITING,
  SOBRE_ATHENA_SUCCEEDED,
  SOBRE_ATHENA_FAILED,
  SOBRE_ATHENA_CANCELLED,
} SobreAthenaState;

/**
 * SobreAthenaExecution: how a query stands.
 * @reason: (nullable): why it failed or was cancelled
 * @output: (nullable): "s3://bucket/key.csv"
 * @bytes: read so far
 * @milliseconds: since it was sent, by Athena's clock
 * @reused: whether an earlier result was taken
 */
typedef struct
{
  SobreAthenaState state;
  char *reason;
  char *output;
  guint64 bytes;
  guint64 milliseconds;
  gboolean reused;
} SobreAthenaExecution;

#define SOBRE_TYPE_ATHENA_EXECUTION (sobre_athena_execution_get_type ())
GType sobre_athena_execution_get_type (void);
void sobre_athena_execution_free (SobreAthenaExecution *self);

/** SobreAthenaColumn: of a result, as Athena describes it. @type: "varchar", "decimal" */
typedef struct
{
  char *name;
  char *type;
  guint precision;
  guint scale;
} SobreAthenaColumn;

/** sobre_athena_start: Returns: (transfer full): resolves to the execution's id, a string */
DexFuture *sobre_athena_start (SobreAwsClient *client, const SobreAthenaOrder *order, GCancellable *cancellable);

/** sobre_athena_get: Returns: (transfer full): resolves to a SobreAthenaExecution */
DexFuture *sobre_athena_get (SobreAwsClient *client, const char *id, GCancellable *cancellable);

/** sobre_athena_stop: What was read until then is paid for. Returns: (transfer full): resolves to %TRUE; also where it had ended already */
DexFuture *sobre_athena_stop (SobreAwsClient *client, const char *id);

/** sobre_athena_get_columns: of one that succeeded. Returns: (transfer full): resolves to a GPtrArray (boxed, element-type SobreAthenaColumn) */
DexFuture *sobre_athena_get_columns (SobreAwsClient *client, const char *id, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreAthenaExecution, sobre_athena_execution_free)

G_END_DECLS
