/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stack/sobre-stack-work.h"

G_BEGIN_DECLS

/** sobre_stack_event_is_failure: Returns: whether something went wrong, and not merely because something else had */
gboolean sobre_stack_event_is_failure (const SobreStackEvent *event);

/** sobre_stack_find_cause: @events: (element-type SobreStackEvent): the oldest first. Returns: (transfer none) (nullable): the first failure of the newest change, of which the later ones are consequences */
const SobreStackEvent *sobre_stack_find_cause (GPtrArray *events);

/**
 * sobre_stack_follow:
 * @stack: a name, or an id where the stack may be gone in the end
 * @after: (nullable): the last event that is known
 *
 * Tells of what happens until nothing more does. Breaks of the network lengthen the wait and end nothing.
 *
 * Returns: (transfer full): resolves to the SobreStack as it stands then; rejects with %SOBRE_STACK_ERROR_FAILED, whose message is the first cause, when
 *   AWS gave up, %SOBRE_AWS_ERROR or %G_IO_ERROR_CANCELLED, which changes nothing in AWS
 */
DexFuture *sobre_stack_follow (SobreStackWork *work, const char *stack, const char *after);

G_END_DECLS
