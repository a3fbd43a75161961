/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What an object holds as rows: good lines beside bad ones, nothing of an object that is damaged, nothing of who is forgotten. */

#include <string.h>

#include "cache-fixture.h"
#include "ingest/sobre-parser.h"
#include "lake-fixture.h"

#define DAY 20500

static SobreParser *
make_parser (CacheFixture *fixture, const SobreForgotten *forgotten)
{
  return sobre_parser_new (sobre_cache_writer_get_dictionary (fixture->writer), fixture->calendar, 7, forgotten);
}

static void
test_bad_lines_cost_nothing_beside_them (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (SobreParser) parser = make_parser (fixture, NULL);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (SobreParsed) parsed = NULL;

  for (guint i = 0; i < 3000; i++)
    {
      MadeResponse response = made_response (fixture->random, DAY);

      if (i % 2 == 0)
        made_response_append_line (&response, lines);
      else
        made_bad_append_line (fixture->random, lines);
    }
  packed = fixture_pack (lines->str, lines->len);
  parsed = sobre_parser_read_object (parser, SOBRE_DATASET_RESPONSES, DAY, packed);
  g_assert_no_error (parsed->error);
  g_assert_cmpuint (parsed->batch->rows->len, ==, 1500);
  g_assert_cmpuint (parsed->n_rejects, ==, 1500);
  g_assert_cmpuint (parsed->rejects->len, ==, 1000);
  g_assert_cmpuint (g_array_index (parsed->rejects, SobreReject, 999).line, ==, 2000);
}

static void
test_nothing_of_a_damaged_object (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (SobreParser) parser = make_parser (fixture, NULL);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GBytes) packed = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize length;

  for (guint i = 0; i < 100; i++)
    {
      MadeResponse response = made_response (fixture->random, DAY);

      made_response_append_line (&response, lines);
    }
  packed = fixture_pack_in_members (lines->str, lines->len, 3);
  length = g_bytes_get_size (packed);
  bytes = g_memdup2 (g_bytes_get_data (packed, NULL), length);
  for (guint round = 0; round < 50; round++)
    {
      gsize at = (gsize) g_rand_int_range (fixture->random, (gint32) length / 2, (gint32) length - 8);
      g_autoptr (GBytes) damaged = NULL;
      g_autoptr (SobreParsed) parsed = NULL;

      bytes[at] ^= 0x10;
      damaged = g_bytes_new (bytes, length);
      bytes[at] ^= 0x10;
      parsed = sobre_parser_read_object (parser, SOBRE_DATASET_RESPONSES, DAY, damaged);
      /* Some bytes of a member's head (its time, say) mean nothing. */
      if (parsed->error == NULL)
        {
          g_assert_cmpuint (parsed->batch->rows->len, ==, 100);
          continue;
        }
      g_assert_error (parsed->error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_DAMAGED);
      g_assert_cmpuint (parsed->batch->rows->len, ==, 0);
      g_assert_cmpuint (parsed->batch->answers->len, ==, 0);
    }
}

static void
test_forgotten_ids_do_not_count (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (SobreDirLake) lake = sobre_dir_lake_new (fixture->root);
  MadeResponse kept = made_response (fixture->random, DAY), gone = made_response (fixture->random, DAY);
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (SobreForgetReport) report = sobre_lake_forget (lake, fixture->root, fixture->root, &gone.id, NULL);
  g_autoptr (SobreForgotten) forgotten = sobre_forgotten_load (fixture->root, NULL);
  g_autoptr (SobreParser) parser = make_parser (fixture, forgotten);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SobreParsed) parsed = NULL;

  g_assert_nonnull (report);
  made_response_append_line (&gone, lines);
  made_response_append_line (&kept, lines);
  made_response_append_line (&gone, lines);
  bytes = g_bytes_new (lines->str, lines->len);
  parsed = sobre_parser_read_lines (parser, SOBRE_DATASET_RESPONSES, DAY, bytes);
  g_assert_cmpuint (parsed->n_read, ==, lines->len);
  g_assert_cmpuint (parsed->batch->rows->len, ==, 1);
  g_assert_cmpint (sobre_id_compare (&sobre_row_batch_get (parsed->batch, 0)->id, &kept.id), ==, 0);
}

static void
test_forgotten_orders_do_not_count (CacheFixture *fixture, gconstpointer data)
{
  static const char order[] = "{\"v\":1,\"id\":\"01a213f8-c440-8383-ba61-c2502d6dfa2%u\",\"at\":\"2026-11-25T18:30:00.000Z\","
                              "\"store_id\":\"harbour\",\"item\":\"Soup\",\"quantity\":1,\"amount\":5,\"currency\":\"EUR\"}\n";
  g_autoptr (SobreDirLake) lake = sobre_dir_lake_new (fixture->root);
  g_autoptr (SobreForgetReport) report = NULL;
  g_autoptr (SobreForgotten) forgotten = NULL;
  g_autoptr (SobreParser) parser = NULL;
  g_autoptr (SobreParsed) parsed = NULL;
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  SobreId gone;

  g_assert_true (sobre_id_parse ("01a213f8-c440-8383-ba61-c2502d6dfa21", SOBRE_ID_STRING_LENGTH, &gone));
  report = sobre_lake_forget (lake, fixture->root, fixture->root, &gone, NULL);
  g_assert_nonnull (report);
  forgotten = sobre_forgotten_load (fixture->root, NULL);
  parser = make_parser (fixture, forgotten);
  for (guint i = 0; i < 3; i++)
    g_string_append_printf (lines, order, i);
  bytes = g_bytes_new (lines->str, lines->len);
  parsed = sobre_parser_read_lines (parser, SOBRE_DATASET_ORDERS, DAY, bytes);
  g_assert_cmpuint (parsed->n_rejects, ==, 0);
  g_assert_cmpuint (parsed->orders->len, ==, 2);
  for (guint i = 0; i < parsed->orders->len; i++)
    g_assert_cmpint (sobre_id_compare (&g_array_index (parsed->orders, SobreOrder, i).id, &gone), !=, 0);
}

/* Ids of version 7 have keys in the order of their times, so the index grows at its end; a cache's secret does not change them. */
static void
test_keys (CacheFixture *fixture, gconstpointer data)
{
  SobreId earlier = { { 0x01, 0x90, 0, 0, 0, 1, 0x70, 1, 0x80, 2, 3, 4, 5, 6, 0xFF, 0xFF } };
  SobreId later = earlier, random = earlier;

  later.bytes[5] = 2;
  later.bytes[14] = later.bytes[15] = 0;
  g_assert_cmpint (sobre_row_make_key (&earlier, 1), <, sobre_row_make_key (&later, 1));
  g_assert_cmpint (sobre_row_make_key (&earlier, 1), ==, sobre_row_make_key (&earlier, 2));
  g_assert_cmpint (sobre_row_make_key (&earlier, 1), >, 0);
  random.bytes[6] = 0x40;
  g_assert_cmpint (sobre_row_make_key (&random, 1), !=, sobre_row_make_key (&random, 2));
  g_assert_cmpint (sobre_row_make_key (&random, 1), <, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/parser/" name, CacheFixture, NULL, cache_fixture_set_up, func, cache_fixture_tear_down)
  ADD ("bad-lines-cost-nothing-beside-them", test_bad_lines_cost_nothing_beside_them);
  ADD ("nothing-of-a-damaged-object", test_nothing_of_a_damaged_object);
  ADD ("forgotten-ids-do-not-count", test_forgotten_ids_do_not_count);
  ADD ("forgotten-orders-do-not-count", test_forgotten_orders_do_not_count);
  ADD ("keys", test_keys);
#undef ADD

  return g_test_run ();
}
