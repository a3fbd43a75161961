/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The id memory against a model: a list of all ids in their order of arrival. */

#include "intake/sobre-id-memory.h"

static SobreId
make_id (guint32 number)
{
  SobreId id = { 0 };

  memcpy (id.bytes + 12, &number, sizeof number);
  return id;
}

static void
test_remembers (void)
{
  g_autoptr (SobreRandom) random = sobre_seeded_random_new (1);
  g_autoptr (SobreIdMemory) memory = sobre_id_memory_new (4, random);
  SobreId id = make_id (7);
  SobreBodyHash hash;

  g_assert_false (sobre_id_memory_find (memory, &id, &hash));
  sobre_id_memory_add (memory, &id, 70);
  g_assert_true (sobre_id_memory_find (memory, &id, &hash));
  g_assert_cmpuint (hash, ==, 70);
  sobre_id_memory_add (memory, &id, 71);
  g_assert_true (sobre_id_memory_find (memory, &id, &hash));
  g_assert_cmpuint (hash, ==, 71);
  g_assert_cmpuint (sobre_id_memory_get_size (memory), ==, 1);
}

static void
test_forgets_the_oldest (void)
{
  g_autoptr (SobreRandom) random = sobre_seeded_random_new (2);
  g_autoptr (SobreIdMemory) memory = sobre_id_memory_new (3, random);
  SobreBodyHash hash;

  for (guint32 i = 0; i < 5; i++)
    {
      SobreId id = make_id (i);

      sobre_id_memory_add (memory, &id, i);
    }
  for (guint32 i = 0; i < 5; i++)
    {
      SobreId id = make_id (i);

      g_assert_cmpint (sobre_id_memory_find (memory, &id, &hash), ==, i >= 2);
    }
  g_assert_cmpuint (sobre_id_memory_get_size (memory), ==, 3);
}

/* 200,000 steps over 3,000 ids and room for 1,000: exactly the last 1,000 new ones are known, each with its newest hash. */
static void
test_equals_the_model (void)
{
  g_autoptr (SobreRandom) random = sobre_seeded_random_new (3);
  g_autoptr (SobreIdMemory) memory = sobre_id_memory_new (1000, random);
  g_autoptr (GHashTable) model = g_hash_table_new (NULL, NULL);
  g_autoptr (GQueue) order = g_queue_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  for (guint step = 1; step <= 200000; step++)
    {
      guint32 number = (guint32) g_rand_int_range (rand, 1, 3001);
      gpointer key = GUINT_TO_POINTER (number);
      SobreId id = make_id (number);
      SobreBodyHash hash;
      gpointer known;

      if (g_rand_boolean (rand))
        {
          if (!g_hash_table_contains (model, key))
            g_queue_push_tail (order, key);
          g_hash_table_insert (model, key, GUINT_TO_POINTER (step));
          if (g_queue_get_length (order) > 1000)
            g_hash_table_remove (model, g_queue_pop_head (order));
          sobre_id_memory_add (memory, &id, step);
        }
      else if (g_hash_table_lookup_extended (model, key, NULL, &known))
        {
          g_assert_true (sobre_id_memory_find (memory, &id, &hash));
          g_assert_cmpuint (hash, ==, GPOINTER_TO_UINT (known));
        }
      else
        g_assert_false (sobre_id_memory_find (memory, &id, &hash));
    }
  g_assert_cmpuint (sobre_id_memory_get_size (memory), ==, g_hash_table_size (model));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/intake/id-memory/remembers", test_remembers);
  g_test_add_func ("/intake/id-memory/forgets-the-oldest", test_forgets_the_oldest);
  g_test_add_func ("/intake/id-memory/equals-the-model", test_equals_the_model);
  return g_test_run ();
}
