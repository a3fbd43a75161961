/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/**
 * sobre_lan_addresses_list:
 * @listen: (nullable): the numeric address that intake listens on; %NULL, "0.0.0.0" or "::" for all of this computer's
 *
 * Lists the numeric addresses of this computer that guests can reach: private IPv4 (RFC 1918) first, then other IPv4; after
 * both what looks like a bridge or a tunnel. Loopback only when there is nothing else; link-local never.
 *
 * Returns: (transfer full) (array zero-terminated=1): never empty
 */
char **sobre_lan_addresses_list (const char *listen);

/** Where an address stands in that list, the smallest first; %G_MAXUINT for one that is not listed. @address: in host order */
guint sobre_lan_address_rank (const char *interface, guint32 address);
