/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stack/sobre-stack-talk.h"
#include "stack/sobre-stack-work.h"

G_BEGIN_DECLS

/**
 * sobre_stack_list_buckets:
 *
 * Returns: (transfer full): resolves to the names of the buckets that a part made, a boxed GStrv; rejects as sobre_stack_work_describe()
 */
DexFuture *sobre_stack_list_buckets (SobreStackWork *work, SobreStackPart part);

/**
 * sobre_stack_delete:
 *
 * Removes a part: its stack, then the buckets that the stack made and left, with every version of what is in them, and the guests' parameters with the main
 * part. A removal that was broken off goes on. A key stays, because what it encrypted may still be somewhere.
 *
 * Returns: (transfer full): resolves to %TRUE, also when there was nothing; rejects as sobre_stack_follow()
 */
DexFuture *sobre_stack_delete (SobreStackWork *work, SobreStackPart part);

/**
 * sobre_stack_remove:
 * @work: sobre_stack_work_open() makes it. Its tell is not called: @listener is
 * @lake: whether the lake is removed too, with every answer in it
 * @listener: copied. It is asked for the stack's name and, with @lake, for the name of the lake's bucket, before anything is begun
 *
 * Removes what was deployed: sobre_stack_delete() of the main part, then perhaps of the lake. Only what the stacks made is emptied.
 *
 * Returns: (transfer full): resolves to %TRUE; rejects with %SOBRE_STACK_ERROR_LOSS where nobody said the words and nothing was changed, and as
 *   sobre_stack_delete() and the listener's ask do
 */
DexFuture *sobre_stack_remove (SobreStackWork *work, gboolean lake, const SobreStackListener *listener);

G_END_DECLS
