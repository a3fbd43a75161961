/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-athena.h"
#include "aws/sobre-aws-account.h"
#include "model/sobre-settings.h"

G_BEGIN_DECLS

/**
 * sobre_athena_wait:
 * @id: of an execution
 * @timeout_ms: how long to wait
 * @execution: (inout) (nullable): how it last stood, also after a failure
 *
 * Looks how an execution stands, less and less often, until it has ended. For fibers.
 *
 * Returns: %FALSE with %SOBRE_AWS_ERROR, %SOBRE_QUERY_ERROR_TIMEOUT or G_IO_ERROR_CANCELLED; it runs on there then
 */
gboolean sobre_athena_wait (SobreAwsClient *client,
                            SobreClock *clock,
                            const char *id,
                            gint64 timeout_ms,
                            GCancellable *cancellable,
                            SobreAthenaExecution **execution,
                            GError **error);

/**
 * sobre_athena_run_statement:
 * @text: a statement of the program's own, which may also write
 *
 * Runs it to its end, and stops it there when that is called off. For fibers.
 *
 * Returns: %FALSE with %SOBRE_AWS_ERROR, where %SOBRE_AWS_ERROR_REFUSED says why it failed, or as sobre_athena_wait()
 */
gboolean sobre_athena_run_statement (SobreAwsAccount *account,
                                     const SobreAthenaSettings *settings,
                                     const char *text,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
