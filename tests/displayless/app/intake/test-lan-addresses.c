/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "intake/sobre-lan-addresses.h"

#define IP(a, b, c, d) ((guint32) (a) << 24 | (guint32) (b) << 16 | (guint32) (c) << 8 | (guint32) (d))

static void
test_order (void)
{
  guint home = sobre_lan_address_rank ("wlan0", IP (192, 168, 1, 20));
  guint office = sobre_lan_address_rank ("enp3s0", IP (10, 1, 2, 3));
  guint outside = sobre_lan_address_rank ("eth0", IP (203, 0, 113, 5));
  guint container = sobre_lan_address_rank ("docker0", IP (172, 17, 0, 1));
  guint tunnel = sobre_lan_address_rank ("tun0", IP (203, 0, 113, 6));

  g_assert_cmpuint (home, ==, office);
  g_assert_cmpuint (home, <, outside);
  g_assert_cmpuint (outside, <, container);
  g_assert_cmpuint (container, <, tunnel);
}

static void
test_private_ranges (void)
{
  const guint best = sobre_lan_address_rank ("eth0", IP (10, 0, 0, 1));

  g_assert_cmpuint (sobre_lan_address_rank ("eth0", IP (172, 16, 0, 1)), ==, best);
  g_assert_cmpuint (sobre_lan_address_rank ("eth0", IP (172, 31, 255, 1)), ==, best);
  g_assert_cmpuint (sobre_lan_address_rank ("eth0", IP (172, 15, 0, 1)), >, best);
  g_assert_cmpuint (sobre_lan_address_rank ("eth0", IP (172, 32, 0, 1)), >, best);
  g_assert_cmpuint (sobre_lan_address_rank ("eth0", IP (192, 167, 0, 1)), >, best);
}

static void
test_never (void)
{
  g_assert_cmpuint (sobre_lan_address_rank ("lo", IP (127, 0, 0, 1)), ==, G_MAXUINT);
  g_assert_cmpuint (sobre_lan_address_rank ("eth0", IP (127, 9, 9, 9)), ==, G_MAXUINT);
  g_assert_cmpuint (sobre_lan_address_rank ("eth0", IP (169, 254, 1, 1)), ==, G_MAXUINT);
  g_assert_cmpuint (sobre_lan_address_rank ("eth0", 0), ==, G_MAXUINT);
}

static void
test_list (void)
{
  g_auto (GStrv) all = sobre_lan_addresses_list (NULL);
  g_auto (GStrv) any = sobre_lan_addresses_list ("0.0.0.0");
  g_auto (GStrv) one = sobre_lan_addresses_list ("192.0.2.7");

  g_assert_cmpuint (g_strv_length (all), >, 0);
  g_assert_true (g_strv_equal ((const char *const *) all, (const char *const *) any));
  g_assert_cmpuint (g_strv_length (one), ==, 1);
  g_assert_cmpstr (one[0], ==, "192.0.2.7");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/intake/lan-addresses/order", test_order);
  g_test_add_func ("/intake/lan-addresses/private-ranges", test_private_ranges);
  g_test_add_func ("/intake/lan-addresses/never", test_never);
  g_test_add_func ("/intake/lan-addresses/list", test_list);
  return g_test_run ();
}
