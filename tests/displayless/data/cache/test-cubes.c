/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The cubes hold what counting all answers anew gives: here by texts and by GLib's own calendar, from what was sent. */

#include <math.h>
#include <string.h>

#include "cache-fixture.h"
#include "cache/sobre-cache-reader-private.h"
#include "model/sobre-time.h"

#define FIRST_DAY 20500
#define ROUNDS 8

/** Count: of one cell. */
typedef struct
{
  gint64 n;
  gint64 sum;
  gint64 histogram[SOBRE_CUBE_SCORES];
} Count;

static void
count (GHashTable *counts, char *name, double score, gboolean rated)
{
  Count *entry = g_hash_table_lookup (counts, name);

  if (entry == NULL)
    {
      entry = g_new0 (Count, 1);
      g_hash_table_insert (counts, g_strdup (name), entry);
    }
  entry->n++;
  entry->sum += rated ? 1 : 0;
  if (!isnan (score))
    {
      entry->sum += (gint64) floor (score * SOBRE_CUBE_SUM_UNIT + 0.5);
      entry->histogram[(guint) floor (score + 0.5)]++;
    }
  g_free (name);
}

static void
count_response (GHashTable *counts, const MadeResponse *response)
{
  char hour_text[3];
  const char *places[SOBRE_N_CUBES] = { response->table, hour_text, response->language };
  gint32 day;
  gint hour;

  cache_fixture_locate (response, &day, &hour);
  g_snprintf (hour_text, sizeof hour_text, "%d", hour);
  for (guint cube = 0; cube < SOBRE_N_CUBES; cube++)
    {
      gboolean rated = FALSE;

      for (guint i = 0; i < response->n_answers; i++)
        {
          const MadeAnswer *answer = &response->answers[i];

          rated = rated || answer->kind == SOBRE_ANSWER_STARS || answer->kind == SOBRE_ANSWER_SMILEY;
          if (!isnan (answer->score))
            count (counts,
                   g_strdup_printf ("%d %u %s %s %d %s %u", day, cube, response->store, places[cube], response->verified,
                                    answer->question, answer->kind),
                   answer->score, FALSE);
        }
      count (counts, g_strdup_printf ("%d %u %s %s %d  0", day, cube, response->store, places[cube], response->verified), NAN,
             rated);
    }
}

static char *
name_cell (SobreDictionary *dictionary, gint32 day, SobreCubeKind cube, const SobreCubeCell *cell)
{
  SobreText store = sobre_dictionary_get (dictionary, SOBRE_DICTIONARY_STORE, cell->store);
  SobreText question = sobre_dictionary_get (dictionary, SOBRE_DICTIONARY_QUESTION, cell->question);
  g_autofree char *place = NULL;

  if (cube == SOBRE_CUBE_HOUR)
    place = g_strdup_printf ("%u", cell->place);
  else
    {
      SobreText text = sobre_dictionary_get (
          dictionary, cube == SOBRE_CUBE_TABLE ? SOBRE_DICTIONARY_TABLE : SOBRE_DICTIONARY_LANGUAGE, cell->place);

      place = g_strndup (text.data, text.length);
    }
  return g_strdup_printf ("%d %u %.*s %s %u %.*s %u", day, cube, (int) store.length, store.data, place, cell->verified,
                          (int) question.length, question.data != NULL ? question.data : "", cell->kind);
}

static void
assert_cells (CacheFixture *fixture, GHashTable *counts)
{
  g_autoptr (SobreCacheReader) reader = cache_fixture_read (fixture);
  gint32 first, last;
  guint n_found = 0;

  g_assert_true (sobre_cache_reader_begin (reader, NULL));
  g_assert_true (sobre_cache_reader_get_days (reader, &first, &last));
  for (gint32 day = first; day <= last; day++)
    {
      for (SobreCubeKind cube = 0; cube < SOBRE_N_CUBES; cube++)
        {
          gboolean ready = sobre_cache_reader_need_cube (reader, cube, day, last, NULL);
          guint n_cells;
          const SobreCubeCell *cells = sobre_cache_reader_get_cube (reader, day, cube, &n_cells);

          g_assert_true (ready);
          for (guint i = 0; i < n_cells; i++)
            {
              g_autofree char *name = name_cell (sobre_cache_reader_peek_dictionary (reader), day, cube, &cells[i]);
              const Count *expected = g_hash_table_lookup (counts, name);

              if (expected == NULL)
                g_error ("there is a cell %s that nothing was sent for", name);
              g_assert_cmpint (cells[i].n, ==, expected->n);
              g_assert_cmpint (cells[i].sum, ==, expected->sum);
              for (guint score = 0; score < SOBRE_CUBE_SCORES; score++)
                g_assert_cmpint (cells[i].histogram[score], ==, expected->histogram[score]);
              n_found++;
            }
        }
    }
  sobre_cache_reader_end (reader);
  g_assert_cmpuint (n_found, ==, g_hash_table_size (counts));
}

/* Two hundred responses, of which some come again: only those that win count, wherever their earlier copies had been counted. */
static void
test_counts (CacheFixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_autoptr (GArray) winners = g_array_new (FALSE, FALSE, sizeof (MadeResponse));

      cache_fixture_reset (fixture);
      for (guint step = 0; step < 8; step++)
        {
          g_autoptr (GError) error = NULL;

          sobre_cache_writer_begin (fixture->writer, &error);
          g_assert_no_error (error);
          for (guint i = 0; i < 25; i++)
            {
              gboolean again = winners->len > 0 && g_rand_int_range (fixture->random, 0, 4) == 0;
              guint which = again ? (guint) g_rand_int_range (fixture->random, 0, (gint32) winners->len) : 0;
              MadeResponse *winner = again ? &g_array_index (winners, MadeResponse, which) : NULL;
              MadeResponse sent =
                  again ? made_response_vary (fixture->random, winner) : made_response (fixture->random, FIRST_DAY);

              /* Where the rule does not tell, the copy has to say the same. */
              if (again && made_response_compare (&sent, winner) == 0)
                sent = *winner;
              cache_fixture_take_responses (fixture, &sent, 1);
              if (!again)
                g_array_append_val (winners, sent);
              else if (made_response_compare (&sent, winner) < 0)
                *winner = sent;
            }
          sobre_cache_writer_commit (fixture->writer, &error);
          g_assert_no_error (error);
        }
      for (guint i = 0; i < winners->len; i++)
        count_response (counts, &g_array_index (winners, MadeResponse, i));
      assert_cells (fixture, counts);
    }
}

static SobreCubeCell
make_cell (GRand *random)
{
  SobreCubeCell cell = { 0 };

  cell.store = (guint32) g_rand_int_range (random, 1, 4);
  cell.place = g_rand_int_range (random, 0, 4) == 0 ? g_rand_int (random) : (guint32) g_rand_int_range (random, 0, 5);
  cell.question = (guint32) g_rand_int_range (random, 0, 3);
  cell.kind = (guint8) g_rand_int_range (random, 0, 5);
  cell.verified = (guint8) g_rand_int_range (random, 0, 2);
  cell.n = g_rand_int_range (random, 1, 1000000);
  cell.sum = (gint64) g_rand_int (random) * g_rand_int_range (random, -5, 100);
  for (guint i = 0; i < 4; i++)
    cell.histogram[g_rand_int_range (random, 0, SOBRE_CUBE_SCORES)] = (gint32) g_rand_int (random) / 4;
  return cell;
}

/* Cells in any order and in any number of steps are the same bytes; taken away again they leave none. */
static void
test_merge (CacheFixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < 50; round++)
    {
      SobreCubeCell cells[40];
      g_autoptr (GBytes) at_once = NULL;
      g_autoptr (GBytes) steps = g_bytes_new (NULL, 0);

      for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
        cells[i] = make_cell (fixture->random);
      at_once = sobre_cube_merge (NULL, 0, cells, G_N_ELEMENTS (cells));
      for (guint i = G_N_ELEMENTS (cells); i > 0; i--)
        {
          g_autoptr (GBytes) old = g_steal_pointer (&steps);

          steps = sobre_cube_merge (g_bytes_get_data (old, NULL), g_bytes_get_size (old), &cells[i - 1], 1);
          g_assert_nonnull (steps);
        }
      g_assert_true (g_bytes_equal (at_once, steps));

      for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
        {
          g_autoptr (GBytes) old = g_steal_pointer (&steps);

          cells[i].n = -cells[i].n;
          cells[i].sum = -cells[i].sum;
          for (guint score = 0; score < SOBRE_CUBE_SCORES; score++)
            cells[i].histogram[score] = -cells[i].histogram[score];
          steps = sobre_cube_merge (g_bytes_get_data (old, NULL), g_bytes_get_size (old), &cells[i], 1);
          g_assert_nonnull (steps);
        }
      g_assert_cmpuint (g_bytes_get_size (steps), ==, 0);
    }
}

/* Bytes that are no cells are refused or read as some cells, and nothing outside them is touched. */
static void
test_damaged_bytes (CacheFixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < 200; round++)
    {
      SobreCubeCell cell = make_cell (fixture->random);
      g_autoptr (GBytes) whole = sobre_cube_merge (NULL, 0, &cell, 1);
      gsize length = g_bytes_get_size (whole), cut = (gsize) g_rand_int_range (fixture->random, 1, (gint32) length);
      g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (whole, NULL), cut);
      g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (SobreCubeCell));
      g_autofree guint8 *noise = g_malloc (cut);

      g_assert_false (sobre_cube_decode (bytes, cut, cells));
      g_assert_null (sobre_cube_merge (bytes, cut, &cell, 1));
      for (gsize i = 0; i < cut; i++)
        noise[i] = (guint8) g_rand_int (fixture->random);
      sobre_cube_decode (noise, cut, cells);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/cubes/" name, CacheFixture, NULL, cache_fixture_set_up, func, cache_fixture_tear_down)
  ADD ("counts", test_counts);
  ADD ("merge", test_merge);
  ADD ("damaged-bytes", test_damaged_bytes);
#undef ADD

  return g_test_run ();
}
