/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

/**
 * sobre_wait_for_future:
 * @future: any future that does not need the calling thread to make progress
 *
 * Blocks a plain thread until @future is settled. Neither for the main thread nor for fibers, which await instead.
 *
 * Returns: (transfer none) (nullable): the value, owned by @future; %NULL with the error that it was rejected with
 */
const GValue *sobre_wait_for_future (DexFuture *future, GError **error);
