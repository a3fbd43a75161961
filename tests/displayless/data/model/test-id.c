/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <string.h>

#include "model/sobre-id.h"

static void
test_text_comes_back (void)
{
  g_autoptr (GObject) random = G_OBJECT (sobre_seeded_random_new (7));

  for (guint i = 0; i < 10000; i++)
    {
      char text[SOBRE_ID_STRING_LENGTH + 1];
      SobreId id, again;

      sobre_random_fill (SOBRE_RANDOM (random), id.bytes, sizeof id.bytes);
      sobre_id_format (&id, text);
      g_assert_true (g_uuid_string_is_valid (text));
      g_assert_true (sobre_id_parse (text, strlen (text), &again));
      g_assert_cmpint (sobre_id_compare (&id, &again), ==, 0);
    }
}

static void
test_vector (void)
{
  /* RFC 9562, A.6: 017F22E2-79B0-7CC3-98C4-DC0C0C07398F was made at 2022-02-22 14:22:22.00 -05:00. */
  const char *text = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
  SobreId id;

  g_assert_true (sobre_id_parse (text, strlen (text), &id));
  g_assert_cmpuint (id.bytes[0], ==, 0x01);
  g_assert_cmpuint (id.bytes[15], ==, 0x8F);
  g_assert_cmpuint (sobre_id_get_version (&id), ==, 7);
  g_assert_cmpint (sobre_id_get_time (&id), ==, G_GINT64_CONSTANT (1645557742000));
}

static void
test_refuses_the_rest (void)
{
  const char *text = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
  SobreId id;

  g_assert_false (sobre_id_parse (text, strlen (text) - 1, &id));
  g_assert_false (sobre_id_parse ("017f22e2-79b0-7cc3-98c4-dc0c0c07398f0", 37, &id));
  g_assert_false (sobre_id_parse ("", 0, &id));

  for (gsize place = 0; place < strlen (text); place++)
    {
      for (guint byte = 0; byte < 256; byte++)
        {
          g_autofree char *changed = g_strdup (text);
          gboolean expected = text[place] == '-' ? byte == '-' : g_ascii_isdigit ((char) byte) || (byte >= 'a' && byte <= 'f');

          changed[place] = (char) byte;
          g_assert_cmpint (sobre_id_parse (changed, strlen (text), &id), ==, expected);
        }
    }
}

static void
test_version_7 (void)
{
  g_autoptr (GObject) random = G_OBJECT (sobre_seeded_random_new (1));
  g_autoptr (GObject) clock = G_OBJECT (sobre_manual_clock_new (G_GINT64_CONSTANT (1795548600125)));
  SobreId before = sobre_id_make_v7 (SOBRE_CLOCK (clock), SOBRE_RANDOM (random));

  g_assert_cmpint (sobre_id_get_time (&before), ==, G_GINT64_CONSTANT (1795548600125));
  for (guint i = 0; i < 1000; i++)
    {
      SobreId id;

      sobre_manual_clock_advance (SOBRE_CLOCK (clock), 1);
      id = sobre_id_make_v7 (SOBRE_CLOCK (clock), SOBRE_RANDOM (random));
      g_assert_cmpuint (sobre_id_get_version (&id), ==, 7);
      g_assert_cmpuint (id.bytes[8] >> 6, ==, 2);
      g_assert_cmpint (sobre_id_compare (&before, &id), <, 0);
      before = id;
    }
}

static void
test_seeded_random_repeats_itself (void)
{
  g_autoptr (GObject) first = G_OBJECT (sobre_seeded_random_new (42));
  g_autoptr (GObject) second = G_OBJECT (sobre_seeded_random_new (42));
  g_autoptr (GObject) other = G_OBJECT (sobre_seeded_random_new (43));
  guint8 whole[100], pieces[100], different[100];

  sobre_random_fill (SOBRE_RANDOM (first), whole, sizeof whole);
  for (guint i = 0; i < sizeof pieces; i += 5)
    sobre_random_fill (SOBRE_RANDOM (second), pieces + i, 5);
  sobre_random_fill (SOBRE_RANDOM (other), different, sizeof different);
  g_assert_cmpmem (whole, sizeof whole, pieces, sizeof pieces);
  g_assert_cmpint (memcmp (whole, different, sizeof whole), !=, 0);
}

static void
test_system_random_is_not_constant (void)
{
  g_autoptr (GObject) random = G_OBJECT (sobre_system_random_new ());
  guint8 first[32], second[32];

  sobre_random_fill (SOBRE_RANDOM (random), first, sizeof first);
  sobre_random_fill (SOBRE_RANDOM (random), second, sizeof second);
  g_assert_cmpint (memcmp (first, second, sizeof first), !=, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/id/text-comes-back", test_text_comes_back);
  g_test_add_func ("/id/vector", test_vector);
  g_test_add_func ("/id/refuses-the-rest", test_refuses_the_rest);
  g_test_add_func ("/id/version-7", test_version_7);
  g_test_add_func ("/random/seeded-repeats-itself", test_seeded_random_repeats_itself);
  g_test_add_func ("/random/system-is-not-constant", test_system_random_is_not_constant);

  return g_test_run ();
}
