/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/** sobre_gzip: Returns: (transfer full) (nullable): @plain as gzip (RFC 1952), %NULL where that is no shorter */
GBytes *sobre_gzip (GBytes *plain);

/** Whether a browser that sends this Accept-Encoding (RFC 9110, section 12.5.3) takes gzip; @accept_encoding may be %NULL. */
gboolean sobre_accepts_gzip (const char *accept_encoding);
