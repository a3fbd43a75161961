/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Objects as nobody should write them, each with exactly what has to come out of it. Every text is read four times: plain, as gzip of
 * one member (unpacked at once), of three (in pieces), and line by line out of memory; all have to agree. */

#include <string.h>
#include <sys/resource.h>

#include "hostile-changes.h"
#include "lake-fixture.h"
#include "lake/sobre-lake-source.h"
#include "sobre-config.h"

#define MIN_OBJECTS 500
#define MAX_RSS_KIB (128 * 1024)

/** Corpus: @n_objects: that were read so far */
typedef struct
{
  guint n_objects;
} Corpus;

static void
expect_from (Corpus *corpus,
             SobreDataset dataset,
             const guint8 *bytes,
             gsize length,
             guint n_records,
             const char *reasons,
             const char *digest)
{
  g_autoptr (Tally) tally = tally_new ();
  g_autoptr (GError) error = NULL;

  corpus->n_objects++;
  g_assert_true (tally_read (tally, dataset, bytes, length, &error));
  g_assert_no_error (error);
  if (tally->n_records != n_records || strcmp (tally->reasons->str, reasons) != 0)
    g_error ("%u records and “%s” instead of %u and “%s” from %.*s", tally->n_records, tally->reasons->str, n_records, reasons,
             (int) MIN (length, 2000), bytes);
  g_assert_cmpstr (g_checksum_get_string (tally->digest), ==, digest);
}

static void
expect (Corpus *corpus, SobreDataset dataset, const char *text, gsize length, guint n_records, const char *reasons)
{
  g_autoptr (SobreLakeReader) reader = sobre_lake_reader_new ();
  g_autoptr (GBytes) one = fixture_pack (text, length);
  g_autoptr (GBytes) three = fixture_pack_in_members (text, length, 3);
  g_autoptr (Tally) tally = tally_new ();
  g_autofree char *lines = g_malloc (length + 1);
  const char *digest;
  gsize n_read;

  memcpy (lines, text, length);
  lines[length] = '\n';
  n_read = sobre_lake_reader_read_lines (reader, dataset, (const guint8 *) lines, length + 1, tally_get_sink (), tally);
  g_assert_cmpuint (n_read, ==, length + 1);
  digest = g_checksum_get_string (tally->digest);

  expect_from (corpus, dataset, (const guint8 *) text, length, n_records, reasons, digest);
  expect_from (corpus, dataset, g_bytes_get_data (one, NULL), g_bytes_get_size (one), n_records, reasons, digest);
  expect_from (corpus, dataset, g_bytes_get_data (three, NULL), g_bytes_get_size (three), n_records, reasons, digest);
  corpus->n_objects -= 2;
}

/* The record with one text in it changed, between two good ones. */
static void
expect_changed (Corpus *corpus, SobreDataset dataset, const char *record, const char *from, const char *to, const char *reason)
{
  const char *at = strstr (record, from);
  GString *text = g_string_new (record);
  g_autofree char *reasons = reason != NULL ? g_strdup_printf ("2:%s ", reason) : g_strdup ("");

  g_assert_nonnull (at);
  g_string_append_c (text, '\n');
  g_string_append_len (text, record, at - record);
  g_string_append (text, to);
  g_string_append (text, at + strlen (from));
  g_string_append_c (text, '\n');
  g_string_append (text, record);
  expect (corpus, dataset, text->str, text->len, reason != NULL ? 2 : 3, reasons);
  g_string_free (text, TRUE);
}

static void
test_changed_records (gconstpointer data)
{
  static const char *const records[] = {
    [SOBRE_DATASET_RESPONSES] = RECORD,
    [SOBRE_DATASET_EVENTS] = EVENT,
    [SOBRE_DATASET_ORDERS] = ORDER,
  };
  Corpus *corpus = (Corpus *) data;

  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    {
      guint n;
      const HostileChange *changes = hostile_changes_get ((SobreDataset) dataset, &n);

      for (guint i = 0; i < n; i++)
        expect_changed (corpus, (SobreDataset) dataset, records[dataset], changes[i].from, changes[i].to, changes[i].reason);
    }
  g_assert_cmpuint (corpus->n_objects, >=, 190);
}

static void
test_other_dataset (gconstpointer data)
{
  Corpus *corpus = (Corpus *) data;
  expect (corpus, SOBRE_DATASET_EVENTS, RECORD, strlen (RECORD), 0, "1:at.missing ");
  expect (corpus, SOBRE_DATASET_RESPONSES, EVENT, strlen (EVENT), 0, "1:submitted_at.missing ");
  expect (corpus, SOBRE_DATASET_ORDERS, EVENT, strlen (EVENT), 0, "1:item.missing ");
}

static void
test_lines (gconstpointer data)
{
  Corpus *corpus = (Corpus *) data;
  const struct
  {
    const char *text;
    guint n_records;
    const char *reasons;
  } cases[] = {
    { "", 0, "" },
    { "\n", 0, "" },
    { " \t\r\n\n\r\n", 0, "" },
    { RECORD "\r\n\r\n" RECORD "\r\n", 2, "" },
    { RECORD "\r" RECORD, 2, "" },
    { RECORD RECORD, 2, "" },
    { RECORD " \t " RECORD "\n" RECORD, 3, "" },
    { RECORD "{}" RECORD "\n" RECORD, 2, "1:v.missing " },
    { RECORD "{" RECORD "\n" RECORD, 2, "1:json " },
    { RECORD "[]\n" RECORD, 1, "1:json " },
    { RECORD "," RECORD "\n" RECORD, 1, "1:json " },
    { "[" RECORD "]\n" RECORD, 1, "1:object " },
    { "\xEF\xBB\xBF" RECORD "\n\xEF\xBB\xBF" RECORD, 2, "" },
    { "\xEF\xBB\xBF\n\xEF\xBB\xBF \n", 0, "" },
    { "\xEF\xBB\xBF\xEF\xBB\xBF" RECORD, 0, "1:json " },
    { "\xFF\xFE{\n" RECORD, 1, "1:utf8 " },
    { "null\ntrue\n0\n\"\"\n[]\n{}\n", 0, "1:object 2:object 3:object 4:object 5:object 6:v.missing " },
    { "id,submitted_at\n1,2\n", 0, "1:json 2:json " },
    { "<html>\n</html>\n", 0, "1:json 2:json " },
    { "PAR1\x15\x04\x15\n", 0, "1:json " },
    { "\x28\xB5\x2F\xFD\n", 0, "1:utf8 " },
    { "\x1F\n", 0, "1:json " },
    { RECORD "\n\n\n{\n\n" RECORD, 2, "4:json " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    expect (corpus, SOBRE_DATASET_RESPONSES, cases[i].text, strlen (cases[i].text), cases[i].n_records, cases[i].reasons);
}

static void
test_bytes_that_are_no_text (gconstpointer data)
{
  Corpus *corpus = (Corpus *) data;
  static const char *const sequences[] = {
    "\x80",
    "\xBF",
    "\xC0\x80",
    "\xC1\xBF",
    "\xC3",
    "\xE0\x80\x80",
    "\xE0\x9F\xBF",
    "\xE2\x82",
    "\xED\xA0\x80",
    "\xED\xBF\xBF",
    "\xF0\x80\x80\x80",
    "\xF0\x9F\x98",
    "\xF4\x90\x80\x80",
    "\xF5\x80\x80\x80",
    "\xF8\x88\x80\x80\x80",
    "\xFE",
    "\xFF",
    "\xC3\x28",
  };

  for (guint i = 0; i < G_N_ELEMENTS (sequences); i++)
    {
      g_autofree char *comment = g_strconcat ("\"", sequences[i], "\"", NULL);
      g_autofree char *member = g_strconcat ("\"x", sequences[i], "\":1,\"comment\"", NULL);
      g_autofree char *outside = g_strconcat (sequences[i], "\"comment\"", NULL);

      expect_changed (corpus, SOBRE_DATASET_RESPONSES, RECORD, "\"Muy rico\"", comment, "utf8");
      expect_changed (corpus, SOBRE_DATASET_RESPONSES, RECORD, "\"comment\"", member, "utf8");
      expect_changed (corpus, SOBRE_DATASET_RESPONSES, RECORD, "\"comment\"", outside, "utf8");
    }
}

static void
test_control_bytes (gconstpointer data)
{
  Corpus *corpus = (Corpus *) data;
  for (guint byte = 0; byte < 0x20; byte++)
    {
      g_autofree char *text = g_strdup (RECORD);
      char *at = strstr (text, "Muy rico");

      if (byte == '\n')
        continue;
      at[3] = (char) byte;
      expect (corpus, SOBRE_DATASET_RESPONSES, text, strlen (RECORD), 0, byte == 0 ? "1:nul " : "1:string ");
    }
}

static void
test_depth (gconstpointer data)
{
  Corpus *corpus = (Corpus *) data;
  static const guint depths[] = { 1, 2, 30, 31, 32, 33, 40, 100, 1000, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      GString *arrays = g_string_new ("\"x\":");
      GString *objects = g_string_new ("\"x\":");
      GString *open = g_string_new ("\"x\":");

      for (guint j = 0; j < depths[i]; j++)
        {
          g_string_append_c (arrays, '[');
          g_string_append (objects, "{\"a\":");
          g_string_append_c (open, '[');
        }
      g_string_append_c (objects, '1');
      for (guint j = 0; j < depths[i]; j++)
        {
          g_string_append_c (arrays, ']');
          g_string_append_c (objects, '}');
        }
      g_string_append (arrays, ",\"comment\"");
      g_string_append (objects, ",\"comment\"");

      /* The record itself is the first level. */
      expect_changed (corpus, SOBRE_DATASET_RESPONSES, RECORD, "\"comment\"", arrays->str, depths[i] < 32 ? NULL : "depth");
      expect_changed (corpus, SOBRE_DATASET_RESPONSES, RECORD, "\"comment\"", objects->str, depths[i] < 32 ? NULL : "depth");
      expect_changed (corpus, SOBRE_DATASET_RESPONSES, RECORD, "\"comment\"", open->str, depths[i] < 32 ? "json" : "depth");
      g_string_free (arrays, TRUE);
      g_string_free (objects, TRUE);
      g_string_free (open, TRUE);
    }
}

static void
test_lengths (gconstpointer data)
{
  Corpus *corpus = (Corpus *) data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  const gsize lengths[] = { 16384, 16385, 100000, 1000000, 1200000, 3000000 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *text = g_malloc (lengths[i] + 3);
      g_autofree char *unknown = NULL;

      /* Letters that do not pack too well, or the object would be refused for its ratio. */
      for (gsize j = 0; j < lengths[i]; j++)
        text[j + 1] = (char) g_rand_int_range (rand, 'a', 'z' + 1);
      text[0] = text[lengths[i] + 1] = '"';
      text[lengths[i] + 2] = '\0';
      unknown = g_strconcat ("\"x\":", text, ",\"comment\"", NULL);

      expect_changed (corpus, SOBRE_DATASET_RESPONSES, RECORD, "\"Muy rico\"", text,
                      lengths[i] > 1048576 ? "line.length"
                      : lengths[i] > 16384 ? "comment.length"
                                           : NULL);
      expect_changed (corpus, SOBRE_DATASET_RESPONSES, RECORD, "\"comment\"", unknown,
                      lengths[i] > 1048576 ? "line.length" : NULL);
    }
}

static void
test_answers_count (gconstpointer data)
{
  Corpus *corpus = (Corpus *) data;
  const guint counts[] = { 1, 198, 199, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      GString *answers = g_string_new ("\"answers\":[");

      for (guint j = 0; j < counts[i]; j++)
        g_string_append (answers, "{\"question\":\"q\",\"kind\":\"nps\",\"score\":9},");
      /* The record has two of its own. */
      expect_changed (corpus, SOBRE_DATASET_RESPONSES, RECORD, "\"answers\":[", answers->str,
                      counts[i] <= 198 ? NULL : "answers.count");
      g_string_free (answers, TRUE);
    }
}

/* A line cut anywhere is a reject, and the next one is read. */
static void
test_cut_lines (gconstpointer data)
{
  Corpus *corpus = (Corpus *) data;
  for (gsize length = 1; length < strlen (RECORD); length += 3)
    {
      g_autofree char *text = g_strdup_printf ("%.*s\n%s", (int) length, RECORD, RECORD);
      g_autoptr (Tally) tally = tally_new ();

      corpus->n_objects++;
      g_assert_true (tally_read (tally, SOBRE_DATASET_RESPONSES, (const guint8 *) text, strlen (text), NULL));
      g_assert_cmpuint (tally->n_records, ==, 1);
      g_assert_cmpuint (tally->n_rejects, ==, 1);
    }
}

static void
expect_error (Corpus *corpus, gconstpointer bytes, gsize length, SobreLakeError code)
{
  g_autoptr (Tally) tally = tally_new ();
  g_autoptr (GError) error = NULL;

  corpus->n_objects++;
  g_assert_false (tally_read (tally, SOBRE_DATASET_RESPONSES, bytes, length, &error));
  g_assert_error (error, SOBRE_LAKE_ERROR, (gint) code);
}

static void
test_damaged_gzip (gconstpointer data)
{
  Corpus *corpus = (Corpus *) data;
  static const char text[] = RECORD "\n" RECORD "\n";
  g_autoptr (GBytes) one = fixture_pack (text, strlen (text));
  g_autoptr (GBytes) two = fixture_pack_in_members (text, strlen (text), 2);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (one, &length);
  static const char *const tails[] = { "x", "\n", "junk that follows", "\x1F", "\x1F\x8B", "\x1F\x8B\x08" };

  for (gsize cut = 2; cut < length; cut += 7)
    expect_error (corpus, bytes, cut, SOBRE_LAKE_ERROR_DAMAGED);
  for (gsize cut = 2; cut < g_bytes_get_size (two); cut += 11)
    {
      g_autoptr (GBytes) first = fixture_pack (text, strlen (text) / 2);

      if (cut != g_bytes_get_size (first))
        expect_error (corpus, g_bytes_get_data (two, NULL), cut, SOBRE_LAKE_ERROR_DAMAGED);
    }

  /* Method, reserved flags, checksum, and length that is too small or too large. */
  for (guint i = 0; i < 10; i++)
    {
      const gssize places[] = { 2, 3, -8, -7, -6, -5, -4, -3, -2, -1 };
      g_autofree guint8 *changed = g_memdup2 (bytes, length);

      changed[places[i] >= 0 ? places[i] : (gssize) length + places[i]] ^= 0x80;
      expect_error (corpus, changed, length, SOBRE_LAKE_ERROR_DAMAGED);
    }

  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autoptr (GByteArray) longer = g_byte_array_new ();

      g_byte_array_append (longer, bytes, (guint) length);
      g_byte_array_append (longer, (const guint8 *) tails[i], (guint) strlen (tails[i]));
      expect_error (corpus, longer->data, longer->len, SOBRE_LAKE_ERROR_DAMAGED);
    }
  {
    g_autofree guint8 *padded = g_malloc0 (length + 512);

    memcpy (padded, bytes, length);
    expect_error (corpus, padded, length + 512, SOBRE_LAKE_ERROR_DAMAGED);
  }
}

static void
test_bombs (gconstpointer data)
{
  Corpus *corpus = (Corpus *) data;
  const gsize sizes[] = { (1 << 20) + 1, 33 << 20, 256 << 20 };
  g_autoptr (GByteArray) members = g_byte_array_new ();
  g_autoptr (Tally) tally = tally_new ();
  g_autoptr (GBytes) empty = fixture_pack ("", 0);
  g_autoptr (GBytes) first = fixture_pack (RECORD "\n", strlen (RECORD "\n"));
  g_autoptr (GBytes) second = fixture_pack_zeros (64 << 20);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GBytes) bomb = fixture_pack_zeros (sizes[i]);

      expect_error (corpus, g_bytes_get_data (bomb, NULL), g_bytes_get_size (bomb), SOBRE_LAKE_ERROR_REFUSED);
    }
  /* A good member first does not help. */
  g_byte_array_append (members, g_bytes_get_data (first, NULL), (guint) g_bytes_get_size (first));
  g_byte_array_append (members, g_bytes_get_data (second, NULL), (guint) g_bytes_get_size (second));
  expect_error (corpus, members->data, members->len, SOBRE_LAKE_ERROR_REFUSED);

  g_byte_array_set_size (members, 0);
  for (guint i = 0; i < 65536; i++)
    g_byte_array_append (members, g_bytes_get_data (empty, NULL), (guint) g_bytes_get_size (empty));
  g_assert_true (tally_read (tally, SOBRE_DATASET_RESPONSES, members->data, members->len, NULL));
  g_assert_cmpuint (tally->n_records + tally->n_rejects, ==, 0);
  g_byte_array_append (members, g_bytes_get_data (empty, NULL), (guint) g_bytes_get_size (empty));
  expect_error (corpus, members->data, members->len, SOBRE_LAKE_ERROR_REFUSED);
}

static void
test_total (gconstpointer data)
{
  Corpus *corpus = (Corpus *) data;
  struct rusage usage;

  g_assert_cmpuint (corpus->n_objects, >=, MIN_OBJECTS);
  g_test_message ("%u objects", corpus->n_objects);
  getrusage (RUSAGE_SELF, &usage);
  g_test_message ("%ld KiB at most", usage.ru_maxrss);
  /* The sanitizers keep what is freed for a while. */
  if (!SOBRE_SANITIZED)
    g_assert_cmpint (usage.ru_maxrss, <, MAX_RSS_KIB);
}

int
main (int argc, char *argv[])
{
  Corpus corpus = { 0 };

  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/hostile-lake/changed-records", &corpus, test_changed_records);
  g_test_add_data_func ("/hostile-lake/other-dataset", &corpus, test_other_dataset);
  g_test_add_data_func ("/hostile-lake/lines", &corpus, test_lines);
  g_test_add_data_func ("/hostile-lake/bytes-that-are-no-text", &corpus, test_bytes_that_are_no_text);
  g_test_add_data_func ("/hostile-lake/control-bytes", &corpus, test_control_bytes);
  g_test_add_data_func ("/hostile-lake/depth", &corpus, test_depth);
  g_test_add_data_func ("/hostile-lake/lengths", &corpus, test_lengths);
  g_test_add_data_func ("/hostile-lake/answers-count", &corpus, test_answers_count);
  g_test_add_data_func ("/hostile-lake/cut-lines", &corpus, test_cut_lines);
  g_test_add_data_func ("/hostile-lake/damaged-gzip", &corpus, test_damaged_gzip);
  g_test_add_data_func ("/hostile-lake/bombs", &corpus, test_bombs);
  g_test_add_data_func ("/hostile-lake/total", &corpus, test_total);

  return g_test_run ();
}
