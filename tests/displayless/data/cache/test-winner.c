/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Of several copies of one id the same one counts, in whatever order, batches and transactions they come. */

#include "cache-fixture.h"

#define FIRST_DAY 20500
#define N_IDS 12
#define N_COPIES 40
#define ROUNDS 12
#define ORDERS 6

static GArray *
make_copies (GRand *random)
{
  GArray *copies = g_array_new (FALSE, FALSE, sizeof (MadeResponse));

  for (guint i = 0; i < N_COPIES; i++)
    {
      MadeResponse copy = i < N_IDS
                              ? made_response (random, FIRST_DAY)
                              : made_response_vary (random, &g_array_index (copies, MadeResponse,
                                                                            (guint) g_rand_int_range (random, 0, (gint32) i)));

      g_array_append_val (copies, copy);
    }
  return copies;
}

static void
shuffle (GRand *random, GArray *copies)
{
  for (guint i = copies->len - 1; i > 0; i--)
    {
      guint other = (guint) g_rand_int_range (random, 0, (gint32) i + 1);
      MadeResponse swapped = g_array_index (copies, MadeResponse, i);

      g_array_index (copies, MadeResponse, i) = g_array_index (copies, MadeResponse, other);
      g_array_index (copies, MadeResponse, other) = swapped;
    }
}

static void
begin (CacheFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  sobre_cache_writer_begin (fixture->writer, &error);
  g_assert_no_error (error);
}

static void
commit (CacheFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  sobre_cache_writer_commit (fixture->writer, &error);
  g_assert_no_error (error);
}

/* In pieces of any size; between two of them a commit, a new run of the program, or enough rows to seal the open chunk. */
static void
write_in_pieces (CacheFixture *fixture, const GArray *copies, guint filling_at)
{
  guint at = 0;

  begin (fixture);
  while (at < copies->len)
    {
      guint n = (guint) g_rand_int_range (fixture->random, 1, 12);

      n = MIN (n, copies->len - at);
      if (at <= filling_at && filling_at < at + n)
        cache_fixture_take_filling (fixture, 2100);
      cache_fixture_take_responses (fixture, &g_array_index (copies, MadeResponse, at), n);
      at += n;
      if (g_rand_int_range (fixture->random, 0, 2) == 0)
        continue;
      commit (fixture);
      if (g_rand_int_range (fixture->random, 0, 4) == 0)
        cache_fixture_reopen (fixture);
      begin (fixture);
    }
  commit (fixture);
}

/* Every id is there, as one of the copies that come first by the rule. */
static void
assert_winners (GHashTable *described, const GArray *copies)
{
  for (guint i = 0; i < copies->len; i++)
    {
      const MadeResponse *best = &g_array_index (copies, MadeResponse, i);
      g_autoptr (GHashTable) equals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      char id[SOBRE_ID_STRING_LENGTH + 1];

      for (guint j = 0; j < copies->len; j++)
        {
          const MadeResponse *other = &g_array_index (copies, MadeResponse, j);

          if (sobre_id_compare (&best->id, &other->id) == 0 && made_response_compare (other, best) < 0)
            best = other;
        }
      for (guint j = 0; j < copies->len; j++)
        {
          const MadeResponse *other = &g_array_index (copies, MadeResponse, j);

          if (sobre_id_compare (&best->id, &other->id) == 0 && made_response_compare (other, best) == 0)
            g_hash_table_add (equals, made_response_describe (other));
        }
      sobre_id_format (&best->id, id);
      g_assert_nonnull (g_hash_table_lookup (described, id));
      if (!g_hash_table_contains (equals, g_hash_table_lookup (described, id)))
        {
          g_autofree char *wanted = made_response_describe (best);

          g_assert_cmpstr (g_hash_table_lookup (described, id), ==, wanted);
        }
    }
}

static void
test_any_order (CacheFixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GArray) copies = make_copies (fixture->random);
      SobreCacheInspection first, other;

      for (guint order = 0; order < ORDERS; order++)
        {
          g_autoptr (GHashTable) described = NULL;

          cache_fixture_reset (fixture);
          write_in_pieces (fixture, copies, G_MAXUINT);
          other = cache_fixture_inspect (fixture);
          if (order == 0)
            first = other;
          cache_fixture_assert_same (&first, &other);
          described = cache_fixture_describe (fixture);
          g_assert_cmpuint (g_hash_table_size (described), ==, other.n_rows[SOBRE_TABLE_RESPONSES]);
          assert_winners (described, copies);
          shuffle (fixture->random, copies);
        }
    }
}

/* The earlier copy lies in a sealed chunk: it is marked dead there, and the winner stands elsewhere. */
static void
test_across_sealed_chunks (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) copies = make_copies (fixture->random);

  for (guint order = 0; order < ORDERS; order++)
    {
      g_autoptr (GHashTable) described = NULL;

      cache_fixture_reset (fixture);
      write_in_pieces (fixture, copies, (guint) g_rand_int_range (fixture->random, 0, (gint32) copies->len));
      cache_fixture_inspect (fixture);
      described = cache_fixture_describe (fixture);
      assert_winners (described, copies);
      shuffle (fixture->random, copies);
    }
}

/* What was taken since the last commit is gone with it, also where it had replaced a row. */
static void
test_rollback (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) copies = make_copies (fixture->random);
  SobreCacheInspection before, after;

  begin (fixture);
  cache_fixture_take_responses (fixture, &g_array_index (copies, MadeResponse, 0), N_COPIES / 2);
  commit (fixture);
  before = cache_fixture_inspect (fixture);

  begin (fixture);
  cache_fixture_take_responses (fixture, &g_array_index (copies, MadeResponse, N_COPIES / 2), N_COPIES / 2);
  cache_fixture_take_filling (fixture, 2100);
  sobre_cache_writer_rollback (fixture->writer);
  after = cache_fixture_inspect (fixture);
  cache_fixture_assert_same (&before, &after);

  begin (fixture);
  cache_fixture_take_responses (fixture, &g_array_index (copies, MadeResponse, N_COPIES / 2), N_COPIES / 2);
  commit (fixture);
  after = cache_fixture_inspect (fixture);
  cache_fixture_reset (fixture);
  write_in_pieces (fixture, copies, G_MAXUINT);
  before = cache_fixture_inspect (fixture);
  cache_fixture_assert_same (&before, &after);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/winner/" name, CacheFixture, NULL, cache_fixture_set_up, func, cache_fixture_tear_down)
  ADD ("any-order", test_any_order);
  ADD ("across-sealed-chunks", test_across_sealed_chunks);
  ADD ("rollback", test_rollback);
#undef ADD

  return g_test_run ();
}
