/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stack/sobre-stack-cost.h"
#include "stack/sobre-stack-work.h"

G_BEGIN_DECLS

/**
 * sobre_stack_look_at_cost:
 * @athena_folder: of the journal of queries, see sobre-athena-journal.h
 *
 * What AWS metered of the stack since the month began, UTC, and what that costs. Bytes of the lake are metered once a day.
 *
 * Returns: (transfer full): resolves to a SobreStackCost; rejects as sobre_stack_work_describe()
 */
DexFuture *sobre_stack_look_at_cost (SobreStackWork *work, const char *athena_folder);

G_END_DECLS
