/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "intake/sobre-host-list.h"

static GInetSocketAddress *
make_address (const char *text, guint port)
{
  return (GInetSocketAddress *) g_inet_socket_address_new_from_string (text, port);
}

static void
test_exact_address (void)
{
  g_autoptr (GInetSocketAddress) local = make_address ("192.168.1.20", 8080);
  static const char *const refused[] = {
    "192.168.1.20",
    "192.168.1.20:80",
    "192.168.1.21:8080",
    "192.168.1.20:8080 ",
    "192.168.1.20:08080",
    "192.168.1.20.:8080",
    "192.168.1.20:8080, 192.168.1.20:8080",
    "localhost:8080",
    "evil.example:8080",
    "192.168.1.20:8080.evil.example",
    "",
    ":8080",
    "3232235796:8080",
    "[::ffff:192.168.1.20]:8080",
  };

  g_assert_true (sobre_host_is_allowed ("192.168.1.20:8080", local, NULL));
  g_assert_false (sobre_host_is_allowed (NULL, local, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_false (sobre_host_is_allowed (refused[i], local, NULL));
}

static void
test_port_80_may_be_left_out (void)
{
  g_autoptr (GInetSocketAddress) local = make_address ("192.168.1.20", 80);

  g_assert_true (sobre_host_is_allowed ("192.168.1.20", local, NULL));
  g_assert_true (sobre_host_is_allowed ("192.168.1.20:80", local, NULL));
}

static void
test_loopback_has_a_name (void)
{
  g_autoptr (GInetSocketAddress) local = make_address ("127.0.0.1", 8080);
  g_autoptr (GInetSocketAddress) local6 = make_address ("::1", 8080);

  g_assert_true (sobre_host_is_allowed ("LocalHost:8080", local, NULL));
  g_assert_true (sobre_host_is_allowed ("[::1]:8080", local6, NULL));
  g_assert_true (sobre_host_is_allowed ("localhost:8080", local6, NULL));
  g_assert_false (sobre_host_is_allowed ("::1:8080", local6, NULL));
}

static void
test_names_given (void)
{
  g_autoptr (GInetSocketAddress) local = make_address ("192.168.1.20", 8080);
  static const char *const names[] = { "laptop.local:8080", NULL };

  g_assert_true (sobre_host_is_allowed ("Laptop.local:8080", local, names));
  g_assert_false (sobre_host_is_allowed ("laptop.local", local, names));
}

/* Whatever is written for a card is allowed when it comes back. */
static void
test_format_is_allowed (void)
{
  static const struct
  {
    const char *address;
    guint port;
    const char *host;
  } cases[] = { { "192.168.1.20", 8080, "192.168.1.20:8080" },
                { "192.168.1.20", 80, "192.168.1.20" },
                { "fd00::1", 8080, "[fd00::1]:8080" },
                { "fd00::1", 80, "[fd00::1]" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInetSocketAddress) local = make_address (cases[i].address, cases[i].port);
      g_autofree char *host = sobre_host_format (g_inet_socket_address_get_address (local), cases[i].port);

      g_assert_cmpstr (host, ==, cases[i].host);
      g_assert_true (sobre_host_is_allowed (host, local, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/intake/host-list/exact-address", test_exact_address);
  g_test_add_func ("/intake/host-list/port-80-may-be-left-out", test_port_80_may_be_left_out);
  g_test_add_func ("/intake/host-list/loopback-has-a-name", test_loopback_has_a_name);
  g_test_add_func ("/intake/host-list/names-given", test_names_given);
  g_test_add_func ("/intake/host-list/format-is-allowed", test_format_is_allowed);
  return g_test_run ();
}
