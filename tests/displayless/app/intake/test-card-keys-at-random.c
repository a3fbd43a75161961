/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "intake-fixture.h"
#include "model/sobre-card-key.h"

static SobreTable *
find (Fixture *fixture, const char *store, const char *table)
{
  return sobre_places_find (fixture->places, sobre_text (store), sobre_text (table));
}

static void
test_ids_without_case (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();

  g_assert_cmpstr (sobre_table_get_table_id (find (fixture, "CENTRO", "T-2")), ==, "t-2");
  g_assert_cmpstr (sobre_table_get_store_id (find (fixture, "centro", "t1")), ==, "Centro");
  g_assert_null (find (fixture, "Centro", "T3"));
  g_assert_null (find (fixture, "", "T1"));
  g_assert_null (find (fixture, "Centro", ""));
  g_assert_null (find (fixture, "Centro\037T1", ""));
  g_assert_null (find (fixture, "CentroCentroCentroCentroCentroCentro", "T1"));
}

static void
test_right_key (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  char key[SOBRE_CARD_KEY_LENGTH + 1];
  g_autofree char *lower = NULL;

  sobre_card_key_make (fixture->secret, "Centro", "t-2", FIXTURE_EPOCH, key);
  lower = g_ascii_strdown (key, -1);
  g_assert_true (sobre_places_verify (fixture->places, find (fixture, "Centro", "t-2"), sobre_text (key)));
  g_assert_true (sobre_places_verify (fixture->places, find (fixture, "Centro", "t-2"), sobre_text (lower)));
  g_assert_false (sobre_places_verify (fixture->places, find (fixture, "Centro", "T1"), sobre_text (key)));
  g_assert_false (sobre_places_verify (fixture->places, find (fixture, "Centro", "t-2"), SOBRE_TEXT_NONE));
}

static void
test_old_epoch (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  char key[SOBRE_CARD_KEY_LENGTH + 1];

  for (guint epoch = 0; epoch < 20; epoch++)
    {
      sobre_card_key_make (fixture->secret, "Centro", "T1", epoch, key);
      g_assert_cmpint (sobre_places_verify (fixture->places, find (fixture, "Centro", "T1"), sobre_text (key)), ==,
                       epoch == FIXTURE_EPOCH);
    }
}

/* The keys are drawn from the alphabet of real ones; half of them differ from the right key in one place only. */
static void
test_a_million (void)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  SobreTable *table = find (fixture, "Centro", "T1");
  char right[SOBRE_CARD_KEY_LENGTH + 1];
  guint accepted = 0;
  guint tried = 0;

  sobre_card_key_make (fixture->secret, "Centro", "T1", FIXTURE_EPOCH, right);
  while (tried < 1000000)
    {
      char key[SOBRE_CARD_KEY_LENGTH + 1];

      memcpy (key, right, sizeof key);
      if (tried % 2 == 0)
        for (guint i = 0; i < SOBRE_CARD_KEY_LENGTH; i++)
          key[i] = alphabet[g_rand_int_range (rand, 0, 32)];
      else
        key[g_rand_int_range (rand, 0, SOBRE_CARD_KEY_LENGTH)] = alphabet[g_rand_int_range (rand, 0, 32)];
      if (memcmp (key, right, sizeof key) == 0)
        continue;
      tried++;
      accepted += sobre_places_verify (fixture->places, table, sobre_text (key));
    }
  g_assert_cmpuint (accepted, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/intake/card-keys/ids-without-case", test_ids_without_case);
  g_test_add_func ("/intake/card-keys/right-key", test_right_key);
  g_test_add_func ("/intake/card-keys/old-epoch", test_old_epoch);
  g_test_add_func ("/intake/card-keys/a-million", test_a_million);
  return g_test_run ();
}
