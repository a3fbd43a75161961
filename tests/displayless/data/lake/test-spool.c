/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>
#include <unistd.h>

#include "lake-fixture.h"
#include "lake/sobre-spool.h"
#include "model/sobre-time.h"

#define FIRST "01890a5d-0000-7000-8000-000000000001"
#define SECOND "01890a5d-0000-7000-8000-000000000002"

typedef struct
{
  char *root;
  char *spool;
  SobreDirLake *lake;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->root = g_dir_make_tmp ("sobre-spool-XXXXXX", NULL);
  fixture->spool = g_build_filename (fixture->root, "spool", NULL);
  fixture->lake = sobre_dir_lake_new (fixture->root);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_object_unref (fixture->lake);
  fixture_remove (fixture->root);
  g_free (fixture->spool);
  g_free (fixture->root);
}

static guint
roll (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  guint n_rolled;

  sobre_spool_roll (fixture->spool, fixture->lake, &n_rolled, &error);
  g_assert_no_error (error);
  return n_rolled;
}

static guint
count_in_lake (Fixture *fixture, const char *key)
{
  g_autoptr (GBytes) bytes = sobre_dir_lake_read_key (fixture->lake, key, NULL);
  g_autoptr (Tally) tally = tally_new ();

  g_assert_nonnull (bytes);
  g_assert_true (tally_read (tally, SOBRE_DATASET_RESPONSES, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL));
  return tally->n_records;
}

static void
test_no_spool (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) segments = sobre_spool_list (fixture->spool, NULL);

  g_assert_cmpuint (segments->len, ==, 0);
  g_assert_cmpuint (roll (fixture), ==, 0);
}

static void
test_list (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) segments = NULL;
  const SobreSpoolSegment *segment;
  g_autofree char *link =
      g_build_filename (fixture->root, "spool/responses/dt=2026-01-01/01890a5d-0000-7000-8000-000000000009.jsonl", NULL);

  fixture_write (fixture->root, "spool/responses/dt=2026-01-01/" SECOND ".jsonl", "abc", 3);
  fixture_write (fixture->root, "spool/events/dt=2026-01-02/" FIRST ".closed.jsonl", "", 0);
  fixture_write (fixture->root, "spool/responses/dt=2026-01-01/notes.jsonl", "x", 1);
  fixture_write (fixture->root, "spool/responses/dt=2026-01-01/" FIRST ".json", "x", 1);
  fixture_write (fixture->root, "spool/responses/dt=2026-13-01/" FIRST ".jsonl", "x", 1);
  fixture_write (fixture->root, "spool/other/dt=2026-01-01/" FIRST ".jsonl", "x", 1);
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);

  segments = sobre_spool_list (fixture->spool, NULL);
  g_assert_cmpuint (segments->len, ==, 2);
  segment = g_ptr_array_index (segments, 0);
  g_assert_cmpstr (segment->name, ==, FIRST);
  g_assert_true (segment->closed);
  g_assert_cmpint (segment->dataset, ==, SOBRE_DATASET_EVENTS);
  segment = g_ptr_array_index (segments, 1);
  g_assert_cmpstr (segment->name, ==, SECOND);
  g_assert_false (segment->closed);
  g_assert_cmpuint (segment->size, ==, 3);
  g_assert_cmpint (segment->dt, ==, sobre_day_from_civil (2026, 1, 1));
}

static void
test_roll (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *open = NULL;

  fixture_write (fixture->root, "spool/responses/dt=2026-01-01/" FIRST ".closed.jsonl", RECORD "\n" RECORD "\n",
                 strlen (RECORD "\n" RECORD "\n"));
  fixture_write (fixture->root, "spool/responses/dt=2026-01-01/" SECOND ".jsonl", RECORD "\n", strlen (RECORD "\n"));
  g_assert_cmpuint (roll (fixture), ==, 1);
  g_assert_cmpuint (count_in_lake (fixture, "raw/responses/dt=2026-01-01/" FIRST ".json.gz"), ==, 2);
  g_assert_null (fixture_read (fixture->root, "spool/responses/dt=2026-01-01/" FIRST ".closed.jsonl"));
  open = fixture_read (fixture->root, "spool/responses/dt=2026-01-01/" SECOND ".jsonl");
  g_assert_cmpstr (open, ==, RECORD "\n");
  g_assert_cmpuint (roll (fixture), ==, 0);
}

/* The machine stopped when the object was durable and the segment not yet removed. */
static void
test_roll_again_after_a_crash (Fixture *fixture, gconstpointer user_data)
{
  const char *segment = "spool/responses/dt=2026-01-01/" FIRST ".closed.jsonl";
  const char *key = "raw/responses/dt=2026-01-01/" FIRST ".json.gz";
  g_autoptr (GBytes) other = fixture_pack_in_members (RECORD "\n", strlen (RECORD "\n"), 2);

  fixture_write (fixture->root, segment, RECORD "\n", strlen (RECORD "\n"));
  g_assert_cmpuint (roll (fixture), ==, 1);
  fixture_write (fixture->root, segment, RECORD "\n", strlen (RECORD "\n"));
  g_assert_cmpuint (roll (fixture), ==, 1);
  g_assert_cmpuint (count_in_lake (fixture, key), ==, 1);
  g_assert_null (fixture_read (fixture->root, segment));

  /* The same lines, packed another way. */
  fixture_write (fixture->root, segment, RECORD "\n", strlen (RECORD "\n"));
  fixture_write (fixture->root, key, g_bytes_get_data (other, NULL), g_bytes_get_size (other));
  g_assert_cmpuint (roll (fixture), ==, 1);
  g_assert_null (fixture_read (fixture->root, segment));
}

static void
test_other_object_is_kept_and_so_is_the_segment (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *segment = NULL;
  guint n_rolled;

  fixture_write (fixture->root, "raw/responses/dt=2026-01-01/" FIRST ".json.gz", "other", 5);
  fixture_write (fixture->root, "spool/responses/dt=2026-01-01/" FIRST ".closed.jsonl", RECORD "\n", strlen (RECORD "\n"));
  fixture_write (fixture->root, "spool/responses/dt=2026-01-01/" SECOND ".closed.jsonl", RECORD "\n", strlen (RECORD "\n"));
  g_assert_false (sobre_spool_roll (fixture->spool, fixture->lake, &n_rolled, &error));
  g_assert_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_REFUSED);
  g_assert_cmpuint (n_rolled, ==, 1);
  segment = fixture_read (fixture->root, "spool/responses/dt=2026-01-01/" FIRST ".closed.jsonl");
  g_assert_cmpstr (segment, ==, RECORD "\n");
}

static void
test_torn_line_is_cut_off (Fixture *fixture, gconstpointer user_data)
{
  fixture_write (fixture->root, "spool/responses/dt=2026-01-01/" FIRST ".closed.jsonl", RECORD "\n{\"v\":1,\"id",
                 strlen (RECORD "\n{\"v\":1,\"id"));
  fixture_write (fixture->root, "spool/responses/dt=2026-01-01/" SECOND ".closed.jsonl", "{\"v\"", 4);
  g_assert_cmpuint (roll (fixture), ==, 2);
  g_assert_cmpuint (count_in_lake (fixture, "raw/responses/dt=2026-01-01/" FIRST ".json.gz"), ==, 1);
  g_assert_null (sobre_dir_lake_read_key (fixture->lake, "raw/responses/dt=2026-01-01/" SECOND ".json.gz", NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/spool/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("no-spool", test_no_spool);
  ADD ("list", test_list);
  ADD ("roll", test_roll);
  ADD ("roll-again-after-a-crash", test_roll_again_after_a_crash);
  ADD ("other-object-is-kept-and-so-is-the-segment", test_other_object_is_kept_and_so_is_the_segment);
  ADD ("torn-line-is-cut-off", test_torn_line_is_cut_off);
#undef ADD

  return g_test_run ();
}
