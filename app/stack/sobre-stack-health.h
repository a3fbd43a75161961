/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stack/sobre-health.h"
#include "stack/sobre-stack-work.h"

G_BEGIN_DECLS

/**
 * sobre_stack_look_at_health:
 * @athena_folder: of the journal of queries, see sobre-athena-journal.h
 *
 * Asks AWS what the last seven days brought. What the account may not look at is not known, and no error.
 *
 * Returns: (transfer full): resolves to a SobreHealth; rejects as sobre_stack_work_describe()
 */
DexFuture *sobre_stack_look_at_health (SobreStackWork *work, const char *athena_folder);

/**
 * sobre_stack_list_alarms: what is asked now and then, as it costs nothing
 *
 * Returns: (transfer full): resolves to a GPtrArray of SobreHealthAlarm of %G_TYPE_PTR_ARRAY; rejects with %SOBRE_AWS_ERROR
 */
DexFuture *sobre_stack_list_alarms (SobreStackWork *work);

G_END_DECLS
