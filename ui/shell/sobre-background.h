/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/**
 * sobre_background_ask:
 * @reason: why the program goes on without a window, for the person who is asked
 * @status: (nullable): what it is doing, for a desktop's list of such programs
 *
 * Asks the desktop whether the program may run without a window, where it is asked: in a sandbox. Elsewhere nothing ends it.
 *
 * Returns: (transfer full): resolves to a boolean, whether it may; rejects with what the portal said where it cannot be asked
 */
DexFuture *sobre_background_ask (const char *reason, const char *status);

G_END_DECLS
