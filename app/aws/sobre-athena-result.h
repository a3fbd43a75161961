/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-client.h"
#include "query/sobre-result-table.h"

G_BEGIN_DECLS

/**
 * sobre_athena_fetch_result:
 * @athena: knows what the columns are
 * @s3: has the values
 * @id: of an execution that succeeded
 * @output: where it says that its result is: "s3://bucket/key.csv"
 * @max_rows: more are not fetched
 *
 * Reads the result's file in parts, so that only its rows are held and not its text.
 *
 * Returns: (transfer full): resolves to a SobreResultTable; rejects with SOBRE_AWS_ERROR, SOBRE_QUERY_ERROR or %G_IO_ERROR_CANCELLED
 */
DexFuture *sobre_athena_fetch_result (SobreAwsClient *athena,
                                      SobreAwsClient *s3,
                                      const char *id,
                                      const char *output,
                                      guint64 max_rows,
                                      GCancellable *cancellable);

G_END_DECLS
