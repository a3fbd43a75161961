/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "intake/sobre-guest-base.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "intake/sobre-host-list.h"
#include "intake/sobre-lan-addresses.h"

char *
sobre_guest_base_warning (const char *printed, const char *base)
{
  if (printed == NULL || g_ascii_strcasecmp (printed, base) == 0)
    return NULL;
  return g_strdup_printf (
      _ ("The printed cards lead to %s, but guests are served at %s. Give this computer its old address again, or "
         "print the cards anew."),
      printed, base);
}

char *
sobre_guest_base_make (const SobreSettings *settings, const char *listen, guint port, gboolean *reachable)
{
  const char *colon = strrchr (listen, ':');
  g_autofree char *host = g_strndup (listen, colon - listen);
  g_auto (GStrv) addresses = NULL;
  g_autoptr (GInetAddress) address = NULL;
  g_autofree char *text = NULL;
  g_autofree char *url = NULL;

  *reachable = TRUE;
  if (settings->guest_url != NULL)
    return g_ascii_strup (settings->guest_url, -1);
  if (g_str_has_prefix (host, "["))
    {
      g_autofree char *bracketed = g_steal_pointer (&host);

      host = g_strndup (bracketed + 1, strlen (bracketed) - 2);
    }
  addresses = sobre_lan_addresses_list (host);
  address = g_inet_address_new_from_string (addresses[0]);
  *reachable = !g_inet_address_get_is_loopback (address);
  text = sobre_host_format (address, port);
  url = g_strconcat ("http://", text, NULL);
  return g_ascii_strup (url, -1);
}
