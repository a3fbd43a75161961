/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/**
 * sobre_guest_base_make: what the addresses of guests' pages begin with.
 * @listen: address and port that intake was told to listen on, with a colon between them
 * @port: the one it does listen on
 * @reachable: (out): %FALSE when only this computer can open it
 *
 * Returns: (transfer full): a URL in upper case, which a QR code holds in fewer bits
 */
char *sobre_guest_base_make (const SobreSettings *settings, const char *listen, guint port, gboolean *reachable);

/**
 * sobre_guest_base_warning:
 * @printed: (nullable): what the cards were printed for
 * @base: where guests are served now
 *
 * Returns: (transfer full) (nullable): the translated warning when they differ (X3)
 */
char *sobre_guest_base_warning (const char *printed, const char *base);

G_END_DECLS
