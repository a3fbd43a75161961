/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Contact details in guests' words are hidden; everything else stays as it was written. */

#include <string.h>

#include "insight/sobre-mask.h"

#define B "\342\200\242"
#define B4 B B B B

static void
check (const char *text, const char *expected)
{
  g_autofree char *masked = sobre_mask_contacts (text, strlen (text));

  g_assert_cmpstr (masked, ==, expected);
}

static void
test_addresses (void)
{
  check ("mail a.b@c.de please", "mail " B4 B4 " please");
  check ("x@y.org.", B4 B B B ".");
  check ("jörg@küche.de", "jörg@küche.de");
  check ("jörg@kueche.de", B4 B4 B4 B B);
  check ("@chef was great", "@chef was great");
  check ("5 @ table 12", "5 @ table 12");
  check ("me@", "me@");
  check ("a@b", "a@b");
}

static void
test_telephones (void)
{
  check ("call 030 1234567!", "call " B4 B4 B B B "!");
  check ("+49 30 1234567", B4 B4 B4 B B);
  check ("(030) 12345678", B4 B4 B4 B B);
}

static void
test_cards (void)
{
  check ("4111 1111 1111 1111", B4 B4 B4 B4 B B B);
  check ("4111111111111112345678", "4111111111111112345678");
}

static void
test_what_stays (void)
{
  const char *texts[] = { "",
                          "Table 12 at 19:30, 24,50 € for two",
                          "on 24.11.2026 and 2026-11-24",
                          "waited 45 minutes, 3 of 5 stars",
                          "Köstlich! 1234567 times",
                          "القائمة رائعة" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    check (texts[i], texts[i]);
}

/* Whatever comes in, valid UTF-8 stays valid and no digit of a hidden number survives. */
static void
test_random_text_stays_valid (void)
{
  const char *pieces[] = { "@", ".", "1", "23", " ", "-", "+", "(", "ä", "abc", "q@b.de", "030 1234567" };

  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *masked = NULL;

      for (int i = g_test_rand_int_range (0, 14); i > 0; i--)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      masked = sobre_mask_contacts (text->str, text->len);
      g_assert_true (g_utf8_validate (masked, -1, NULL));
      g_assert_cmpuint (g_utf8_strlen (masked, -1), ==, g_utf8_strlen (text->str, -1));
      g_assert_null (strstr (masked, "q@b.de"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mask/addresses", test_addresses);
  g_test_add_func ("/mask/telephones", test_telephones);
  g_test_add_func ("/mask/cards", test_cards);
  g_test_add_func ("/mask/what-stays", test_what_stays);
  g_test_add_func ("/mask/random-text-stays-valid", test_random_text_stays_valid);
  return g_test_run ();
}
