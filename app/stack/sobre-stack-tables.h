/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stack/sobre-stack-work.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/**
 * sobre_stack_put_tables:
 * @lake: the lake's stack, deployed
 *
 * Makes the tables that queries on Athena name, over the lake of a stack, as "lake tables" does for the lake that a workspace reads. Where workspace.json says
 * nothing of Athena, what the stack calls database and workgroup is written into it, which counts from the next start on.
 *
 * Returns: (transfer full): resolves to the first day that they read, an int, days since the epoch; rejects as sobre_compact_put_views(), with
 *   %SOBRE_STACK_ERROR_MISSING where the stack has no tables to read from, or with %SOBRE_WORKSPACE_ERROR
 */
DexFuture *sobre_stack_put_tables (SobreStackWork *work, SobreWorkspace *workspace, const SobreStack *lake);

G_END_DECLS
