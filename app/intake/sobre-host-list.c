/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "intake/sobre-host-list.h"

#define HTTP_PORT 80

char *
sobre_host_format (GInetAddress *address, guint port)
{
  g_autofree char *text = g_inet_address_to_string (address);
  gboolean v6 = g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6;

  if (port == HTTP_PORT)
    return v6 ? g_strdup_printf ("[%s]", text) : g_steal_pointer (&text);
  return v6 ? g_strdup_printf ("[%s]:%u", text, port) : g_strdup_printf ("%s:%u", text, port);
}

/* Whether host is text, with the port behind it; the port may be missing when it is HTTP's own. */
static gboolean
matches (const char *host, const char *text, guint port)
{
  g_autofree char *whole = g_strdup_printf ("%s:%u", text, port);

  return g_ascii_strcasecmp (host, whole) == 0 || (port == HTTP_PORT && g_ascii_strcasecmp (host, text) == 0);
}

gboolean
sobre_host_is_allowed (const char *host, GInetSocketAddress *local, const char *const *names)
{
  GInetAddress *address = g_inet_socket_address_get_address (local);
  guint port = g_inet_socket_address_get_port (local);
  g_autofree char *number = g_inet_address_to_string (address);
  g_autofree char *text = NULL;

  if (host == NULL)
    return FALSE;
  text = g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 ? g_strdup_printf ("[%s]", number) : g_strdup (number);
  if (matches (host, text, port) || (g_inet_address_get_is_loopback (address) && matches (host, "localhost", port)))
    return TRUE;
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    if (g_ascii_strcasecmp (host, names[i]) == 0)
      return TRUE;
  return FALSE;
}
