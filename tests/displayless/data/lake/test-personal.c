/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lake/sobre-personal.h"

static const SobrePersonalRules rules = { 9, 15, 13, 19, 2, " -./()" };

static void
assert_finds (const char *text, SobrePersonal set)
{
  SobrePersonal found = sobre_personal_find (&rules, text, strlen (text));

  if (found != set)
    g_error ("“%s”: %u instead of %u", text, found, set);
}

static void
test_addresses_are_found (void)
{
  static const char *const addresses[] = { "maria@example.org",
                                           "Write to m.p+x@mail.example.co.uk.",
                                           "<a@b.de>",
                                           "ñ_@x.org",
                                           "a@b@c.example",
                                           "a@x-y.example-",
                                           "%@a1.xy",
                                           "a@b.museum…",
                                           "twice: @ and a@b.net ok" };
  static const char *const others[] = { "",         "@",        "@example.org", "a@",    "a@b",    "a@b.c",  "a@.org",
                                        "a@-x.org", "a @x.org", "é@x.org",      "a@x..", "a@x.o1", "a@x.1a", "5 stars @ 8" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    assert_finds (addresses[i], SOBRE_PERSONAL_EMAIL);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    assert_finds (others[i], 0);
}

static void
test_numbers_are_told_apart (void)
{
  static const char *const phones[] = {
    "612345678",         "+34 612 345 678",    "(030) 123-45-67",
    "0049 / 30 1234567", "call 555.123.4567!", "4111 1111 1111 1112 is 16 digits that do not check, but 123456789 are nine"
  };
  static const char *const cards[] = { "4111 1111 1111 1111", "5500-0000-0000-0004", "378282246310005", "4222222222222",
                                       "6304000000000000000" };
  static const char *const others[] = { "12.50 13.50",    "2026-11-29",       "12345678",       "1234   56789",
                                        "12:34:56:78:90", "4111111111111112", "12,34,56,78,90", "00000000000000000000" };

  for (guint i = 0; i < G_N_ELEMENTS (phones); i++)
    assert_finds (phones[i], SOBRE_PERSONAL_PHONE);
  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    assert_finds (cards[i], SOBRE_PERSONAL_CARD);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    assert_finds (others[i], 0);
}

static void
test_names_are_in_order (void)
{
  const char *text = "4111111111111111, 612345678 or maria@example.org";
  SobrePersonal set = sobre_personal_find (&rules, text, strlen (text));
  g_autofree char *names = sobre_personal_format (set);
  g_autofree char *one = sobre_personal_format (SOBRE_PERSONAL_CARD);

  g_assert_cmpstr (names, ==, "email phone card");
  g_assert_cmpstr (one, ==, "card");
}

/* Only what is within the bytes counts. */
static void
test_it_ends_where_the_text_ends (void)
{
  static const char text[] = "6123456789 a@example.org";

  g_assert_cmpint (sobre_personal_find (&rules, text, 8), ==, 0);
  g_assert_cmpint (sobre_personal_find (&rules, text, 9), ==, SOBRE_PERSONAL_PHONE);
  g_assert_cmpint (sobre_personal_find (&rules, text + 11, 2), ==, 0);
  g_assert_cmpint (sobre_personal_find (&rules, text + 11, 11), ==, 0);
  g_assert_cmpint (sobre_personal_find (&rules, text + 11, 12), ==, SOBRE_PERSONAL_EMAIL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/personal/addresses-are-found", test_addresses_are_found);
  g_test_add_func ("/personal/numbers-are-told-apart", test_numbers_are_told_apart);
  g_test_add_func ("/personal/names-are-in-order", test_names_are_in_order);
  g_test_add_func ("/personal/it-ends-where-the-text-ends", test_it_ends_where_the_text_ends);
  return g_test_run ();
}
