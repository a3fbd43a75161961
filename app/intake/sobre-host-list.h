/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

/**
 * sobre_host_is_allowed:
 * @host: (nullable): the request's Host field; several are joined by commas
 * @local: the address that the connection was made to
 * @names: (nullable) (array zero-terminated=1): names that were allowed besides, each as a browser sends it ("laptop.local:8080")
 *
 * A page of somebody else's can make a browser connect here under a name of its own (DNS rebinding), but not under our address:
 * @host has to be exactly the address and port that the guest's connection reached, "localhost" where that is loopback,
 * or one of @names.
 */
gboolean sobre_host_is_allowed (const char *host, GInetSocketAddress *local, const char *const *names);

/** sobre_host_format: Returns: (transfer full): "192.168.1.20:8080", "[fd00::1]:8080"; without the port when it is 80 */
char *sobre_host_format (GInetAddress *address, guint port);
