/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-client.h"
#include "lake/sobre-lake-forget.h"

G_BEGIN_DECLS

/**
 * SobreForgetTraces: where traces of a record are looked for; all borrowed.
 * @s3: of %SOBRE_AWS_S3
 * @bucket: the lake's
 * @results: (nullable): "s3://bucket/prefix/", where Athena's results go if not below results/ of the lake's bucket
 * @report: is added to: what cannot be read is among the unreadable ones
 * @cancellable: (nullable): what was done by then stays
 */
typedef struct
{
  SobreAwsClient *s3;
  const char *bucket;
  const char *results;
  const SobreId *id;
  SobreForgetReport *report;
  GCancellable *cancellable;
} SobreForgetTraces;

/**
 * sobre_forget_traces:
 *
 * Takes out of a bucket what it has of a record beside its raw objects, which sobre_forget_in_bucket() has written anew by then: refused copies below errors/, of
 * which everything else stays; results of queries that name it, as a whole; of a bucket that keeps versions the earlier ones that hold it, and every earlier one
 * below parquet/ and results/, which nothing reads. Blocks; not on a thread of the pool.
 *
 * Returns: %FALSE with %SOBRE_AWS_ERROR or %G_IO_ERROR_CANCELLED; another run does the rest
 */
gboolean sobre_forget_traces (const SobreForgetTraces *self, GError **error);

G_END_DECLS
