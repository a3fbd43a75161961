/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stack/sobre-stack-work.h"

G_BEGIN_DECLS

/* What the gate in AWS has to know of the restaurant, below /sobremesa/NAME/guests/ in SSM: "card-key", encrypted, with the cards' secret and epoch, and
 * "tables-1", "tables-2", … with the ids of stores and tables; and the guests' door itself. */

/**
 * sobre_stack_store_guests:
 * @secret: of the cards
 * @tables: a GListModel of SobreTable
 *
 * Returns: (transfer full): resolves to %TRUE; rejects with %SOBRE_AWS_ERROR
 */
DexFuture *sobre_stack_store_guests (SobreStackWork *work, GBytes *secret, guint epoch, GListModel *tables);

/** sobre_stack_forget_guests: removes all of that. Returns: (transfer full): resolves to %TRUE; rejects with %SOBRE_AWS_ERROR */
DexFuture *sobre_stack_forget_guests (SobreStackWork *work);

/**
 * sobre_stack_set_door:
 * @is_open: whether guests may send
 *
 * One call, which counts at once, also for keys that guests have already. What guests send at a shut door waits on their phones.
 *
 * Returns: (transfer full): resolves to %TRUE; rejects as sobre_stack_work_describe()
 */
DexFuture *sobre_stack_set_door (SobreStackWork *work, gboolean is_open);

/** sobre_stack_get_door: Returns: (transfer full): resolves to whether guests may send; rejects as sobre_stack_work_describe() */
DexFuture *sobre_stack_get_door (SobreStackWork *work);

G_END_DECLS
