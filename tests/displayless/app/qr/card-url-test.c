/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "cards-fixture.h"
#include "qr/sobre-card-url.h"

#define ALPHANUMERIC "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:" /* of QR codes, ISO/IEC 18004 */

static char *
make (const char *base, const char *store, const char *table)
{
  g_autoptr (GBytes) secret = cards_fixture_make_secret ();
  g_autoptr (GError) error = NULL;
  char *url = sobre_card_url_make (base, secret, 3, store, table, &error);

  if (url == NULL)
    g_assert_error (error, SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_ADDRESS);
  else
    g_assert_no_error (error);
  return url;
}

static char *
make_random_id (void)
{
  const char *letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  guint length = g_test_rand_int_range (1, 33);
  char *id = g_malloc0 (length + 1);

  for (guint i = 0; i < length; i++)
    id[i] = i > 0 && i + 1 < length && g_test_rand_int_range (0, 6) == 0 ? "-."[g_test_rand_int_range (0, 2)]
                                                                         : letters[g_test_rand_int_range (0, strlen (letters))];
  return id;
}

static void
test_round_trip (void)
{
  const char *bases[] = { "http://192.168.1.20:8080", "HTTPS://Feedback.Harbour.Example/", "http://localhost:1",
                          "https://a-b.c" };
  g_autoptr (GBytes) secret = cards_fixture_make_secret ();

  for (guint i = 0; i < 2000; i++)
    {
      const char *base = bases[i % G_N_ELEMENTS (bases)];
      g_autofree char *store = make_random_id ();
      g_autofree char *table = make_random_id ();
      g_autofree char *url = make (base, store, table);
      g_autofree char *upper = g_ascii_strup (url, -1);
      g_autofree char *lower = g_ascii_strdown (url, -1);
      g_autoptr (SobreCardUrl) parsed = sobre_card_url_parse (i % 2 ? url : lower);

      g_assert_cmpstr (url, ==, upper);
      g_assert_cmpuint (strspn (url, ALPHANUMERIC), ==, strlen (url));
      g_assert_nonnull (parsed);
      g_assert_cmpint (g_ascii_strncasecmp (parsed->base, base, strlen (parsed->base)), ==, 0);
      g_assert_cmpint (g_ascii_strcasecmp (parsed->store_id, store), ==, 0);
      g_assert_cmpint (g_ascii_strcasecmp (parsed->table_id, table), ==, 0);
      g_assert_true (sobre_card_key_verify (secret, parsed->store_id, parsed->table_id, 3, parsed->key));
      g_assert_false (sobre_card_key_verify (secret, parsed->store_id, parsed->table_id, 4, parsed->key));
    }
}

static void
test_bad_addresses_are_refused (void)
{
  const char *bases[] = {
    "",           "ftp://a.b",        "a.b",        "http://",          "http://a/b", "http://a?b",  "http://u@a",
    "http://a:0", "http://a:65536",   "http://a:",  "http://[fe80::1]", "http://-a",  "http://a..b", "http://.a",
    "http://a.",  "http://ä.example", "http://a b", "http://a:80:80"
  };

  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    g_assert_null (make (bases[i], "harbour", "12"));
  g_assert_null (make ("http://a", "har/bour", "12"));
  g_assert_null (make ("http://a", "harbour", ""));
  g_assert_null (make ("http://a", "harbour", "tisch ä"));
}

static void
test_what_is_no_card_is_not_parsed (void)
{
  const char *urls[] = { "",
                         "HTTP://A",
                         "HTTP://A/T/S/1",
                         "HTTP://A/T/S/1/K3M7Q2XA7PTRW5Z",
                         "HTTP://A/T/S/1/K3M7Q2XA7PTRW5ZC/",
                         "HTTP://A/X/S/1/K3M7Q2XA7PTRW5ZC",
                         "HTTP://A/T//1/K3M7Q2XA7PTRW5ZC",
                         "HTTP://A/T/S/1/K3M7Q2XA9PTRW5Z1",
                         "FTP://A/T/S/1/K3M7Q2XA7PTRW5ZC" };

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    g_assert_null (sobre_card_url_parse (urls[i]));
}

static void
test_short_address_is_typeable (void)
{
  g_autofree char *url = make ("https://feedback.harbour.example", "harbour", "12");
  g_autofree char *address = sobre_card_url_make_short (url);

  g_assert_cmpstr (address, ==, "feedback.harbour.example/t/harbour/12");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card-url/round-trip", test_round_trip);
  g_test_add_func ("/card-url/bad-addresses-are-refused", test_bad_addresses_are_refused);
  g_test_add_func ("/card-url/what-is-no-card-is-not-parsed", test_what_is_no_card_is_not_parsed);
  g_test_add_func ("/card-url/short-address-is-typeable", test_short_address_is_typeable);
  return g_test_run ();
}
