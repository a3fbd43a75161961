/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A list is read page by page: what its first pages name is read while the others are listed, and what is interrupted or broken loses nothing and says nothing that
 * is not so. */

#include <libdex.h>

#include "listing-fixture.h"

/* A hundred pages of responses that lie still. */
static void
fill (House *house)
{
  house->lake->quiet = TRUE;
  for (guint i = 0; i < 100 * PAGE_OBJECTS; i++)
    far_lake_write (house->lake, SOBRE_DATASET_RESPONSES, BEGIN_MS - (gint64) i * HOUR_MS);
}

static guint
count_known (House *house)
{
  g_autoptr (GHashTable) ledger = sobre_cache_writer_load_ledger (house->writer, SOBRE_LEDGER_LAKE, NULL);

  return g_hash_table_size (ledger);
}

/* What the first page has is read while the others are listed, and what is known ahead does not grow with the lake. */
static void
test_read_while_listed (House *house, gconstpointer data)
{
  g_auto (Pass) pass = { 0 };
  g_autoptr (GError) error = NULL;

  fill (house);
  pass_start (&pass, house);
  g_assert_true (pass_read (&pass, house, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (house->lake->n_lists, >=, 100);
  g_assert_cmpuint (house->lake->n_lists_at_fetch, <=, MAX_WAITING / PAGE_OBJECTS + SOBRE_N_DATASETS + 1);
  g_assert_cmpuint (pass.n_waiting, <, MAX_WAITING + PAGE_OBJECTS);
  g_assert_cmpuint (count_known (house), ==, house->lake->n_made);
}

/* A program that is killed before the list has ended keeps what it read, and asks for none of it again. */
static void
test_killed_while_listed (House *house, gconstpointer data)
{
  g_auto (Pass) killed = { .stop_at = 500 };
  g_auto (Pass) resumed = { 0 };
  g_autoptr (GHashTable) ledger = NULL;
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  gpointer key;

  fill (house);
  pass_start (&killed, house);
  g_assert_false (pass_read (&killed, house, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (sobre_sync_listing_has_ended (killed.listing));
  house_open_again (house);
  ledger = sobre_cache_writer_load_ledger (house->writer, SOBRE_LEDGER_LAKE, NULL);
  g_assert_cmpuint (g_hash_table_size (ledger), ==, 500);

  g_hash_table_remove_all (house->lake->fetched);
  g_clear_error (&error);
  pass_start (&resumed, house);
  g_assert_true (sobre_sync_listing_is_whole (resumed.listing));
  g_assert_true (pass_read (&resumed, house, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (house->lake->fetched), ==, house->lake->n_made - 500);
  g_hash_table_iter_init (&iter, ledger);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_assert_false (g_hash_table_contains (house->lake->fetched, key));
}

/* The key of the object that is @number-th in the list. */
static const char *
get_key (House *house, guint number)
{
  GTreeNode *node = g_tree_node_first (house->lake->objects);

  while (number-- > 0)
    node = g_tree_node_next (node);
  return g_tree_node_key (node);
}

/* While a list that breaks says nothing of what is behind it, one that ends says what is gone. */
static void
test_gone_when_the_list_ends (House *house, gconstpointer data)
{
  g_autofree char *broken_at = NULL;
  g_autoptr (GError) error = NULL;

  fill (house);
  house_pass (house, FALSE);
  broken_at = g_strdup (get_key (house, 1000));
  g_tree_remove (house->lake->objects, get_key (house, 7));
  house->lake->last_list = broken_at;
  house->lake->now += SOBRE_DAY_MS;
  {
    g_auto (Pass) broken = { 0 };

    pass_start (&broken, house);
    g_assert_false (pass_read (&broken, house, &error));
    g_assert_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_UNAVAILABLE);
  }
  g_clear_error (&error);
  house->lake->last_list = NULL;
  {
    g_auto (Pass) whole = { 0 };

    pass_start (&whole, house);
    g_assert_false (pass_read (&whole, house, &error));
    g_assert_error (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_STALE);
  }
}

/* A list that breaks does not take back what was read before it did. */
static void
test_read_before_a_list_broke (House *house, gconstpointer data)
{
  g_autofree char *broken_at = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (Pass) broken = { 0 };

  fill (house);
  broken_at = g_strdup (get_key (house, 1000));
  house->lake->last_list = broken_at;
  pass_start (&broken, house);
  g_assert_false (pass_read (&broken, house, &error));
  g_assert_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_UNAVAILABLE);
  g_assert_cmpuint (broken.last.objects, >, 0);
  g_assert_cmpuint (count_known (house), ==, broken.last.objects);
  house->lake->last_list = NULL;
  house_check_nothing_is_missed (house);
}

/* What another program has read that came after its page was listed is not gone. */
static void
test_read_by_another_program (House *house, gconstpointer data)
{
  SobreCacheSource source = { .etag = "0", .dataset = SOBRE_DATASET_RESPONSES };
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (Pass) pass = { 0 };

  fill (house);
  pass_start (&pass, house);
  key = g_strconcat (get_key (house, 3), "-new", NULL);
  g_tree_replace (house->lake->objects, g_strdup (key), g_strdup ("0"));
  source.key = key;
  g_assert_true (sobre_cache_writer_begin (house->writer, &error) &&
                 sobre_cache_writer_enter (house->writer, &source, 1, &error) &&
                 sobre_cache_writer_commit (house->writer, &error));
  g_assert_true (pass_read (&pass, house, &error));
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  g_test_add ("/listing-stream/read-while-listed", House, NULL, house_set_up, test_read_while_listed, house_tear_down);
  g_test_add ("/listing-stream/killed-while-listed", House, NULL, house_set_up, test_killed_while_listed, house_tear_down);
  g_test_add ("/listing-stream/gone-when-the-list-ends", House, NULL, house_set_up, test_gone_when_the_list_ends,
              house_tear_down);
  g_test_add ("/listing-stream/read-before-a-list-broke", House, NULL, house_set_up, test_read_before_a_list_broke,
              house_tear_down);
  g_test_add ("/listing-stream/read-by-another-program", House, NULL, house_set_up, test_read_by_another_program,
              house_tear_down);
  return g_test_run ();
}
