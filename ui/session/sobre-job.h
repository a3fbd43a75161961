/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/**
 * SobreJobFunc:
 * @data: what the job was started with; nothing else touches it meanwhile
 * @result: (out): to be initialised and set when there is more to say than that it is done
 *
 * Work that may block. Returns: %FALSE with @error
 */
typedef gboolean (*SobreJobFunc) (gpointer data, GValue *result, GError **error);

/**
 * sobre_job_run:
 * @name: of the thread, at most 15 characters
 * @func: runs on a thread of its own, with a stack that text layout and file formats can rely on
 * @data: (transfer full): freed by @free when the job is over
 *
 * Returns: (transfer full): a future of the result, %TRUE without one; rejects with what @func said. Dropping it does not end the job.
 */
DexFuture *sobre_job_run (const char *name, SobreJobFunc func, gpointer data, GDestroyNotify free);

G_END_DECLS
