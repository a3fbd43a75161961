/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "intake/sobre-lan-addresses.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <string.h>

typedef struct
{
  char *text;
  guint rank;
} Candidate;

static void
candidate_clear (gpointer data)
{
  g_free (((Candidate *) data)->text);
}

static gboolean
is_private (guint32 address)
{
  return (address >> 24) == 10 || (address >> 20) == 0xac1 || (address >> 16) == 0xc0a8;
}

/* Bridges, containers and tunnels have addresses too, that no guest can reach. */
static gboolean
looks_virtual (const char *interface)
{
  static const char *const prefixes[] = { "docker", "br-", "veth", "virbr", "vmnet", "vboxnet",
                                          "tun",    "tap", "wg",   "zt",    "lxc",   "lxd" };

  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (interface, prefixes[i]))
      return TRUE;
  return FALSE;
}

guint
sobre_lan_address_rank (const char *interface, guint32 address)
{
  if ((address >> 24) == 127 || (address >> 16) == 0xa9fe || address == 0)
    return G_MAXUINT;
  return (is_private (address) ? 0 : 1) + (looks_virtual (interface) ? 2 : 0);
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *left = a;
  const Candidate *right = b;

  return left->rank != right->rank ? (left->rank > right->rank) - (left->rank < right->rank) : strcmp (left->text, right->text);
}

static GArray *
list_candidates (void)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  struct ifaddrs *interfaces = NULL;

  g_array_set_clear_func (candidates, candidate_clear);
  if (getifaddrs (&interfaces) != 0)
    return candidates;
  for (const struct ifaddrs *i = interfaces; i != NULL; i = i->ifa_next)
    {
      struct sockaddr_in socket_address;
      char text[INET_ADDRSTRLEN];
      Candidate candidate;

      if (i->ifa_addr == NULL || i->ifa_addr->sa_family != AF_INET || !(i->ifa_flags & IFF_UP))
        continue;
      memcpy (&socket_address, i->ifa_addr, sizeof socket_address);
      candidate.rank = sobre_lan_address_rank (i->ifa_name, ntohl (socket_address.sin_addr.s_addr));
      if (candidate.rank == G_MAXUINT || inet_ntop (AF_INET, &socket_address.sin_addr, text, sizeof text) == NULL)
        continue;
      candidate.text = g_strdup (text);
      g_array_append_val (candidates, candidate);
    }
  freeifaddrs (interfaces);
  g_array_sort (candidates, compare_candidates);
  return candidates;
}

char **
sobre_lan_addresses_list (const char *listen)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GArray) candidates = NULL;

  if (listen != NULL && !g_str_equal (listen, "0.0.0.0") && !g_str_equal (listen, "::"))
    {
      g_strv_builder_add (builder, listen);
      return g_strv_builder_end (builder);
    }
  candidates = list_candidates ();
  for (guint i = 0; i < candidates->len; i++)
    g_strv_builder_add (builder, g_array_index (candidates, Candidate, i).text);
  if (candidates->len == 0)
    g_strv_builder_add (builder, "127.0.0.1");
  return g_strv_builder_end (builder);
}
