/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stack/sobre-stack-work.h"

G_BEGIN_DECLS

/**
 * sobre_stack_take_back:
 *
 * Has AWS take back the change that it is making, by whomever it was begun: everything becomes what it was before. Whoever follows the change is told of a failure. What is
 * only being made cannot be taken back; it can be removed once it is made.
 *
 * Returns: (transfer full): resolves to the name of the stack whose change is taken back, a string; rejects with %SOBRE_STACK_ERROR_MISSING where AWS is doing nothing, with
 *   %SOBRE_STACK_ERROR_STUCK where what it is doing cannot be taken back, or as sobre_stack_work_describe()
 */
DexFuture *sobre_stack_take_back (SobreStackWork *work);

G_END_DECLS
