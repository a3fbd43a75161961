/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A chunk gives back the rows that it was made of, and so does a row of the tail; bytes that were damaged are refused or read as some rows. */

#include <math.h>
#include <string.h>

#include "cache-fixture.h"
#include "cache/sobre-chunk.h"
#include "ingest/sobre-parser.h"

#define FIRST_DAY 20500
#define N_ROWS 60

static SobreRowBatch *
make_batch (CacheFixture *fixture, guint n)
{
  g_autoptr (SobreParser) parser =
      sobre_parser_new (sobre_cache_writer_get_dictionary (fixture->writer), fixture->calendar, 1, NULL);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SobreParsed) parsed = NULL;

  for (guint i = 0; i < n; i++)
    {
      MadeResponse response = made_response (fixture->random, FIRST_DAY);

      made_response_append_line (&response, lines);
    }
  bytes = g_string_free_to_bytes (g_steal_pointer (&lines));
  parsed = sobre_parser_read_lines (parser, SOBRE_DATASET_RESPONSES, FIRST_DAY, bytes);
  g_assert_cmpuint (parsed->batch->rows->len, ==, n);
  return sobre_row_batch_ref (parsed->batch);
}

static int
compare_answers (gconstpointer a, gconstpointer b)
{
  const SobreRowAnswer *x = a, *y = b;

  return (x->question > y->question) - (x->question < y->question);
}

static void
assert_same_text (SobreText a, SobreText b)
{
  g_assert_true ((a.data == NULL) == (b.data == NULL));
  g_assert_cmpmem (a.data, a.length, b.data, b.length);
}

/* Everything but where the texts and answers lie, and the order of the answers to different questions. */
static void
assert_same_row (const SobreRowBatch *a_batch, const SobreRow *a, const SobreRowBatch *b_batch, const SobreRow *b)
{
  g_autofree SobreRowAnswer *a_answers =
      g_memdup2 (a->n_answers > 0 ? sobre_row_batch_get_answer (a_batch, a, 0) : NULL, a->n_answers * sizeof (SobreRowAnswer));
  g_autofree SobreRowAnswer *b_answers =
      g_memdup2 (b->n_answers > 0 ? sobre_row_batch_get_answer (b_batch, b, 0) : NULL, b->n_answers * sizeof (SobreRowAnswer));
  SobreRow x = *a, y = *b;

  assert_same_text (sobre_row_batch_get_text (a_batch, a->comment_offset, a->comment_length),
                    sobre_row_batch_get_text (b_batch, b->comment_offset, b->comment_length));
  x.key = y.key = 0; /* a chunk does not keep it: `seen` has it */
  x.comment_offset = y.comment_offset = x.first_answer = y.first_answer = 0;
  g_assert_cmpmem (&x, sizeof x, &y, sizeof y);
  if (a->n_answers > 0)
    qsort (a_answers, a->n_answers, sizeof *a_answers, compare_answers);
  if (b->n_answers > 0)
    qsort (b_answers, b->n_answers, sizeof *b_answers, compare_answers);
  for (guint i = 0; i < a->n_answers; i++)
    {
      g_assert_cmpuint (a_answers[i].question, ==, b_answers[i].question);
      g_assert_cmpuint (a_answers[i].kind, ==, b_answers[i].kind);
      g_assert_cmpuint (a_answers[i].choice, ==, b_answers[i].choice);
      g_assert_cmpuint (a_answers[i].item, ==, b_answers[i].item);
      g_assert_true (a_answers[i].score == b_answers[i].score || (isnan (a_answers[i].score) && isnan (b_answers[i].score)));
      assert_same_text (sobre_row_batch_get_text (a_batch, a_answers[i].text_offset, a_answers[i].text_length),
                        sobre_row_batch_get_text (b_batch, b_answers[i].text_offset, b_answers[i].text_length));
    }
}

static void
test_decode_is_the_inverse_of_encode (CacheFixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < 20; round++)
    {
      guint n = (guint) g_rand_int_range (fixture->random, 1, N_ROWS);
      g_autoptr (SobreRowBatch) batch = make_batch (fixture, n);
      g_autofree guint32 *picked = g_new (guint32, n);
      g_autoptr (SobreChunk) chunk = NULL;

      /* Rows in any order, one perhaps twice. */
      for (guint i = 0; i < n; i++)
        picked[i] = (guint32) g_rand_int_range (fixture->random, 0, (gint32) n);
      chunk = sobre_chunk_encode (batch, picked, n);
      for (guint i = 0; i < n; i++)
        {
          g_autoptr (SobreRowBatch) decoded = sobre_row_batch_new ();
          SobreRow numbers;

          g_assert_true (sobre_chunk_decode_row (chunk, i, decoded));
          assert_same_row (batch, sobre_row_batch_get (batch, picked[i]), decoded, sobre_row_batch_get (decoded, 0));
          g_assert_true (sobre_chunk_decode_numbers (chunk, i, &numbers));
          g_assert_cmpint (numbers.day, >=, chunk->min_day);
          g_assert_cmpint (numbers.day, <=, chunk->max_day);
          g_assert_cmpint (numbers.received_at, <=, chunk->max_received);
        }
    }
}

static void
test_row_of_the_tail (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (SobreRowBatch) batch = make_batch (fixture, N_ROWS);
  g_autoptr (SobreRowBatch) together = sobre_row_batch_new ();

  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autoptr (GBytes) bytes = sobre_row_serialize (batch, sobre_row_batch_get (batch, i));
      gsize length = g_bytes_get_size (bytes);
      g_autofree guint8 *cut = g_memdup2 (g_bytes_get_data (bytes, NULL), sizeof (SobreRow) - 1);

      g_assert_true (sobre_row_deserialize (together, g_bytes_get_data (bytes, NULL), length));
      g_assert_cmpint (sobre_row_batch_get (together, i)->key, ==, sobre_row_batch_get (batch, i)->key);
      assert_same_row (batch, sobre_row_batch_get (batch, i), together, sobre_row_batch_get (together, i));
      g_assert_false (sobre_row_deserialize (together, cut, sizeof (SobreRow) - 1));
    }
}

/* A flipped bit or a cut in one column: SQLite would not notice, so the decoder must not read outside. */
static void
damage (GRand *random, SobreChunk *chunk)
{
  guint column = (guint) g_rand_int_range (random, 0, SOBRE_CHUNK_N_COLUMNS);
  gsize length = g_bytes_get_size (chunk->columns[column]);
  guint8 *bytes = g_memdup2 (g_bytes_get_data (chunk->columns[column], NULL), length);

  if (g_rand_int_range (random, 0, 4) == 0)
    length = (gsize) g_rand_int_range (random, 0, (gint32) length);
  for (guint i = 0; i < 3 && length > 0; i++)
    {
      /* Half of the hits go to the heads, where the lengths are. */
      gint32 reach = g_rand_boolean (random) ? (gint32) length : (gint32) MIN (length, 96);

      bytes[g_rand_int_range (random, 0, reach)] ^= (guint8) (1u << g_rand_int_range (random, 0, 8));
    }
  g_bytes_unref (chunk->columns[column]);
  chunk->columns[column] = g_bytes_new (bytes, length);
  g_free (bytes);
}

static void
test_damage_stays_inside (CacheFixture *fixture, gconstpointer data)
{
  guint n_refused = 0;

  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (SobreRowBatch) batch = make_batch (fixture, 12);
      const guint32 picked[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 };
      g_autoptr (SobreChunk) chunk = sobre_chunk_encode (batch, picked, G_N_ELEMENTS (picked));

      damage (fixture->random, chunk);
      for (guint i = 0; i < G_N_ELEMENTS (picked); i++)
        {
          g_autoptr (SobreRowBatch) decoded = sobre_row_batch_new ();

          n_refused += sobre_chunk_decode_row (chunk, i, decoded) ? 0 : 1;
        }
    }
  g_assert_cmpuint (n_refused, >, 100);
}

static void
test_damaged_row_of_the_tail_stays_inside (CacheFixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (SobreRowBatch) batch = make_batch (fixture, 1);
      g_autoptr (SobreRowBatch) read = sobre_row_batch_new ();
      g_autoptr (GBytes) bytes = sobre_row_serialize (batch, sobre_row_batch_get (batch, 0));
      gsize length = g_bytes_get_size (bytes);
      g_autofree guint8 *damaged = g_memdup2 (g_bytes_get_data (bytes, NULL), length);

      damaged[g_rand_int_range (fixture->random, 0, (gint32) length)] ^= 0x80;
      length -= (gsize) g_rand_int_range (fixture->random, 0, 3);
      if (sobre_row_deserialize (read, damaged, length))
        {
          g_autoptr (GBytes) again = sobre_row_serialize (read, sobre_row_batch_get (read, 0));

          g_assert_nonnull (again);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/chunk/" name, CacheFixture, NULL, cache_fixture_set_up, func, cache_fixture_tear_down)
  ADD ("decode-is-the-inverse-of-encode", test_decode_is_the_inverse_of_encode);
  ADD ("row-of-the-tail", test_row_of_the_tail);
  ADD ("damage-stays-inside", test_damage_stays_inside);
  ADD ("damaged-row-of-the-tail-stays-inside", test_damaged_row_of_the_tail_stays_inside);
#undef ADD

  return g_test_run ();
}
