/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <libdex.h>
#include <string.h>

#include "lake-fixture.h"
#include "lake/sobre-lake-catalogue.h"
#include "lake/sobre-lake-forget.h"
#include "lake/sobre-lake-verify.h"

#define SEGMENT "01890a5d-0000-7000-8000-000000000001"

typedef struct
{
  char *root;
  char *machine;
  char *spool;
  SobreDirLake *lake;
  SobreId id;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->root = g_dir_make_tmp ("sobre-forget-XXXXXX", NULL);
  fixture->machine = g_build_filename (fixture->root, ".sobremesa", NULL);
  fixture->spool = g_build_filename (fixture->machine, "spool", NULL);
  fixture->lake = sobre_dir_lake_new (fixture->root);
  g_assert_true (sobre_id_parse (ID, strlen (ID), &fixture->id));
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_object_unref (fixture->lake);
  fixture_remove (fixture->root);
  g_free (fixture->spool);
  g_free (fixture->machine);
  g_free (fixture->root);
}

static SobreForgetReport *
forget (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  SobreForgetReport *report = sobre_lake_forget (fixture->lake, fixture->machine, fixture->spool, &fixture->id, &error);

  g_assert_no_error (error);
  return report;
}

static void
write_text (Fixture *fixture, const char *path, const char *text)
{
  fixture_write (fixture->root, path, text, strlen (text));
}

static void
write_packed (Fixture *fixture, const char *path, const char *text)
{
  g_autoptr (GBytes) packed = fixture_pack (text, strlen (text));

  fixture_write (fixture->root, path, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
}

static void
assert_text (Fixture *fixture, const char *path, const char *expected)
{
  g_autofree char *text = fixture_read (fixture->root, path);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_packed (Fixture *fixture, const char *path, const char *expected)
{
  g_autoptr (GBytes) packed = fixture_pack (expected, strlen (expected));
  g_autofree char *file = g_build_filename (fixture->root, path, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (file, &bytes, &length, NULL));
  g_assert_cmpmem (bytes, length, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
}

static void
test_every_other_byte_stays (Fixture *fixture, gconstpointer user_data)
{
  const char *other = RECORD_WITH_ID (OTHER_ID);
  const char *bad = "{\"id\":\"01890a5d-ac96-774b-bcce\n";
  g_autofree char *mixed =
      g_strconcat ("\xEF\xBB\xBF", other, "\r\n", RECORD, "\r\n\r\n", bad, RECORD, "\n", other, " ", RECORD, other, NULL);
  g_autofree char *left = g_strconcat ("\xEF\xBB\xBF", other, "\r\n\r\n", bad, other, " ", other, NULL);
  g_autofree char *only_other = g_strconcat (other, "\n", NULL);
  g_autoptr (SobreForgetReport) report = NULL;
  g_autoptr (SobreForgetReport) again = NULL;

  write_packed (fixture, "raw/responses/dt=2026-01-01/mixed.json.gz", mixed);
  write_packed (fixture, "raw/responses/dt=2026-01-01/other.json.gz", only_other);
  write_packed (fixture, "raw/responses/dt=2026-01-02/only.json.gz", RECORD "\n");
  write_text (fixture, "raw/events/dt=2026-01-01/plain.json", EVENT "\n{}\n");

  report = forget (fixture);
  g_assert_cmpuint (report->n_records, ==, 5);
  g_assert_cmpuint (report->n_objects, ==, 3);
  g_assert_cmpuint (report->n_open, ==, 0);
  g_assert_cmpuint (report->unreadable->len, ==, 0);
  assert_packed (fixture, "raw/responses/dt=2026-01-01/mixed.json.gz", left);
  assert_packed (fixture, "raw/responses/dt=2026-01-01/other.json.gz", only_other);
  assert_text (fixture, "raw/responses/dt=2026-01-02/only.json.gz", NULL);
  assert_text (fixture, "raw/events/dt=2026-01-01/plain.json", "{}\n");

  again = forget (fixture);
  g_assert_cmpuint (again->n_records, ==, 0);
}

static void
test_id_in_escapes_or_in_a_bad_line (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GString) escaped = g_string_new (RECORD "\n");
  g_autoptr (SobreForgetReport) report = NULL;

  g_string_replace (escaped, ID, "\\u00301890a5d-ac96-774b-bcce-b302099a8057", 1);
  g_string_append (escaped, "{\"id\":\"" ID "\n");
  g_string_append (escaped, "{\"id\":\"\\u0041\"}\n");
  write_text (fixture, "raw/responses/dt=2026-01-01/x", escaped->str);
  report = forget (fixture);
  g_assert_cmpuint (report->n_records, ==, 2);
  assert_text (fixture, "raw/responses/dt=2026-01-01/x", "{\"id\":\"\\u0041\"}\n");
}

static void
test_spool (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (SobreForgetReport) report = NULL;

  write_text (fixture, ".sobremesa/spool/responses/dt=2026-01-01/" SEGMENT ".closed.jsonl",
              RECORD "\n" RECORD_WITH_ID (OTHER_ID) "\n");
  write_text (fixture, ".sobremesa/spool/responses/dt=2026-01-02/" OTHER_ID ".jsonl", RECORD "\n");
  report = forget (fixture);
  g_assert_cmpuint (report->n_records, ==, 1);
  g_assert_cmpuint (report->n_open, ==, 1);
  assert_text (fixture, ".sobremesa/spool/responses/dt=2026-01-01/" SEGMENT ".closed.jsonl", RECORD_WITH_ID (OTHER_ID) "\n");
  assert_text (fixture, ".sobremesa/spool/responses/dt=2026-01-02/" OTHER_ID ".jsonl", RECORD "\n");
}

static void
test_tombstone (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (SobreForgotten) before = sobre_forgotten_load (fixture->machine, NULL);
  g_autoptr (SobreForgotten) after = NULL;
  g_autofree char *text = NULL;
  SobreId other;

  g_assert_true (sobre_id_parse (OTHER_ID, strlen (OTHER_ID), &other));
  g_assert_true (sobre_forgotten_is_empty (before));
  g_assert_false (sobre_forgotten_contains (before, &fixture->id));

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SobreForgetReport) report = NULL;

      fixture->id = i == 1 ? other : fixture->id;
      report = forget (fixture);
    }
  after = sobre_forgotten_load (fixture->machine, NULL);
  g_assert_true (sobre_forgotten_contains (after, &other));
  g_assert_true (sobre_id_parse (ID, strlen (ID), &other));
  g_assert_true (sobre_forgotten_contains (after, &other));

  /* Two lines, and the id itself is in none. */
  text = fixture_read (fixture->machine, "forgotten");
  g_assert_cmpuint (strlen (text), ==, 2 * 65);
  g_assert_null (strstr (text, "01890a5d"));
}

static void
test_unreadable_object_is_named (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (SobreForgetReport) report = NULL;

  write_text (fixture, "raw/responses/dt=2026-01-01/damaged", "\x1F\x8B\x08junk");
  write_text (fixture, "raw/responses/dt=2026-01-02/good", RECORD "\n");
  report = forget (fixture);
  g_assert_cmpuint (report->n_records, ==, 1);
  g_assert_cmpuint (report->unreadable->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (report->unreadable, 0), ==, "raw/responses/dt=2026-01-01/damaged");
}

static gconstpointer
await_boxed (DexFuture *future)
{
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, FALSE);
  return g_value_get_boxed (dex_future_get_value (future, NULL));
}

static void
count_call_cb (const SobreLakeReport *report, gpointer user_data)
{
  g_atomic_int_inc ((int *) user_data);
}

static void
test_verify_and_catalogue (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (DexFuture) verified = NULL;
  g_autoptr (DexFuture) catalogued = NULL;
  const SobreLakeReport *report;
  const SobreLakeFinding *finding;
  GPtrArray *days;
  const SobreLakeDay *day;
  int n_calls = 0;

  write_packed (fixture, "raw/responses/dt=2026-01-01/a.json.gz", RECORD "\n{\n" RECORD "\n{}\n[]\n{\n");
  write_text (fixture, "raw/responses/dt=2026-01-01/b.json.gz", "\x1F\x8B\x08junk");
  write_text (fixture, "raw/responses/dt=2026-01-02/c.json", RECORD);
  write_text (fixture, "raw/orders/dt=2026-01-02/d.json", ORDER "\n");

  verified = sobre_lake_verify (SOBRE_LAKE_SOURCE (fixture->lake), count_call_cb, &n_calls, NULL);
  report = await_boxed (verified);
  g_assert_cmpint (n_calls, ==, 4);
  g_assert_cmpuint (report->n_objects, ==, 4);
  g_assert_cmpuint (report->n_records, ==, 4);
  g_assert_cmpuint (report->n_rejects, ==, 4);
  g_assert_cmpuint (report->n_failed, ==, 1);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (report->reasons, "json")), ==, 2);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (report->reasons, "object")), ==, 1);
  g_assert_cmpuint (report->findings->len, ==, 5);
  finding = g_ptr_array_index (report->findings, 0);
  g_assert_cmpstr (finding->key, ==, "raw/responses/dt=2026-01-01/a.json.gz");
  g_assert_cmpuint (finding->line, ==, 2);
  finding = g_ptr_array_index (report->findings, 4);
  g_assert_cmpuint (finding->line, ==, 0);

  catalogued = sobre_lake_catalogue (SOBRE_LAKE_SOURCE (fixture->lake), NULL);
  days = (GPtrArray *) await_boxed (catalogued);
  g_assert_cmpuint (days->len, ==, 3);
  day = g_ptr_array_index (days, 0);
  g_assert_cmpuint (day->n_objects, ==, 2);
  g_assert_cmpuint (day->n_bytes, >, 10);
  g_assert_cmpint (day->last_arrival, >, 0);
  g_assert_cmpuint (day->n_counted, ==, 0);
  day = g_ptr_array_index (days, 2);
  g_assert_cmpint (day->dataset, ==, SOBRE_DATASET_ORDERS);
}

static SobreLakeCount *
make_count (const char *etag, guint64 n_rows, guint64 n_rejects)
{
  SobreLakeCount *count = g_new0 (SobreLakeCount, 1);

  count->etag = g_strdup (etag);
  count->n_rows = n_rows;
  count->n_rejects = n_rejects;
  return count;
}

/* A count belongs to the bytes that were read: of an object that has changed since nothing is known. */
static void
test_catalogue_counts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) counts =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sobre_lake_count_free);
  g_autoptr (DexFuture) listed = NULL;
  g_autoptr (DexFuture) catalogued = NULL;
  SobreLakePage *page;
  GPtrArray *days;

  write_text (fixture, "raw/responses/dt=2026-01-01/a.json", "1\n");
  write_text (fixture, "raw/responses/dt=2026-01-01/b.json", "2\n");
  write_text (fixture, "raw/responses/dt=2026-01-02/c.json", "3\n");
  listed = sobre_lake_source_list (SOBRE_LAKE_SOURCE (fixture->lake), SOBRE_DATASET_RESPONSES, NULL);
  page = (SobreLakePage *) await_boxed (listed);
  for (guint i = 0; i < page->objects->len; i++)
    {
      const SobreLakeObject *object = g_ptr_array_index (page->objects, i);

      g_hash_table_insert (counts, g_strdup (object->key), make_count (i == 2 ? "other" : object->etag, 10 + i, i));
    }
  catalogued = sobre_lake_catalogue (SOBRE_LAKE_SOURCE (fixture->lake), counts);
  days = (GPtrArray *) await_boxed (catalogued);
  g_assert_cmpuint (days->len, ==, 2);
  g_assert_cmpuint (((const SobreLakeDay *) g_ptr_array_index (days, 0))->n_counted, ==, 2);
  g_assert_cmpuint (((const SobreLakeDay *) g_ptr_array_index (days, 0))->n_rows, ==, 21);
  g_assert_cmpuint (((const SobreLakeDay *) g_ptr_array_index (days, 0))->n_rejects, ==, 1);
  g_assert_cmpuint (((const SobreLakeDay *) g_ptr_array_index (days, 1))->n_objects, ==, 1);
  g_assert_cmpuint (((const SobreLakeDay *) g_ptr_array_index (days, 1))->n_counted, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

#define ADD(name, func) g_test_add ("/forget/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("every-other-byte-stays", test_every_other_byte_stays);
  ADD ("id-in-escapes-or-in-a-bad-line", test_id_in_escapes_or_in_a_bad_line);
  ADD ("spool", test_spool);
  ADD ("tombstone", test_tombstone);
  ADD ("unreadable-object-is-named", test_unreadable_object_is_named);
  ADD ("verify-and-catalogue", test_verify_and_catalogue);
  ADD ("catalogue-counts", test_catalogue_counts);
#undef ADD

  return g_test_run ();
}
