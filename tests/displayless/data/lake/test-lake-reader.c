/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <libdeflate.h>
#include <string.h>

#include "lake/sobre-lake-reader.h"
#include "lake/sobre-lake-source.h"

#define RECORD_MEMBERS                                                                                                         \
  "\"v\":1,\"id\":\"01890a5d-ac96-774b-bcce-b302099a8057\",\"submitted_at\":\"2026-11-24T19:30:00.125Z\","                     \
  "\"received_at\":\"2026-11-24T19:30:01.000Z\",\"store_id\":\"centro\",\"table_id\":\"t1\",\"verified\":true,"                \
  "\"form_id\":\"main\",\"form_version\":3,\"language\":\"es\",\"channel\":\"local\""
#define RECORD                                                                                                                 \
  "{" RECORD_MEMBERS                                                                                                           \
  ",\"answers\":[{\"question\":\"food\",\"kind\":\"stars\",\"score\":4}],\"comment\":\"Muy \\u00f1am\",\"duration_ms\":5120}"

/** Tally: what a sink was called with. */
typedef struct
{
  guint n_records;
  guint n_rejects;
  GString *reasons;
  SobreReject last_reject;
  char *last_text;
  char *last_comment;
  double last_score;
  gint64 last_submitted_at;
} Tally;

static void
count_response_cb (const SobreResponse *response, gpointer user_data)
{
  Tally *tally = user_data;

  tally->n_records++;
  tally->last_submitted_at = response->submitted_at;
  tally->last_score = response->n_answers > 0 ? response->answers[0].score : -1;
  g_free (tally->last_comment);
  tally->last_comment = response->comment.data != NULL ? g_strndup (response->comment.data, response->comment.length) : NULL;
}

static void
count_reject_cb (const SobreReject *reject, gpointer user_data)
{
  Tally *tally = user_data;

  tally->n_rejects++;
  g_string_append_printf (tally->reasons, "%" G_GUINT64_FORMAT ":%s ", reject->line, reject->reason);
  tally->last_reject = *reject;
  g_free (tally->last_text);
  tally->last_text = g_strndup (reject->text.data, reject->text.length);
}

static const SobreRecordSink sink = { .response = count_response_cb, .reject = count_reject_cb };

static void
clear_tally (Tally *tally)
{
  g_string_free (tally->reasons, TRUE);
  g_free (tally->last_text);
  g_free (tally->last_comment);
}

static gboolean
read_bytes (gconstpointer bytes, gsize length, Tally *tally, GError **error)
{
  g_autoptr (SobreLakeReader) reader = sobre_lake_reader_new ();

  *tally = (Tally) { .reasons = g_string_new (NULL) };
  return sobre_lake_reader_read (reader, SOBRE_DATASET_RESPONSES, bytes, length, &sink, tally, error);
}

static void
assert_reads (const char *text, guint n_records, const char *reasons)
{
  Tally tally;

  g_assert_true (read_bytes (text, strlen (text), &tally, NULL));
  g_assert_cmpstr (tally.reasons->str, ==, reasons);
  g_assert_cmpuint (tally.n_records, ==, n_records);
  clear_tally (&tally);
}

static GBytes *
pack (const char *text, gsize length)
{
  struct libdeflate_compressor *compressor = libdeflate_alloc_compressor (6);
  gsize bound = libdeflate_gzip_compress_bound (compressor, length);
  guint8 *packed = g_malloc (bound);
  gsize n = libdeflate_gzip_compress (compressor, text, length, packed, bound);

  libdeflate_free_compressor (compressor);
  return g_bytes_new_take (packed, n);
}

static void
test_record (void)
{
  Tally tally;

  g_assert_true (read_bytes (RECORD "\n", strlen (RECORD "\n"), &tally, NULL));
  g_assert_cmpuint (tally.n_records, ==, 1);
  g_assert_cmpuint (tally.n_rejects, ==, 0);
  g_assert_cmpstr (tally.last_comment, ==, "Muy ñam");
  g_assert_cmpfloat (tally.last_score, ==, 4);
  g_assert_cmpint (tally.last_submitted_at, ==, G_GINT64_CONSTANT (1795548600125));
  clear_tally (&tally);
}

static void
test_line_ends (void)
{
  assert_reads ("", 0, "");
  assert_reads ("\n\n \r\n\t\n", 0, "");
  assert_reads (RECORD, 1, "");
  assert_reads (RECORD "\r\n" RECORD "\r\n", 2, "");
  assert_reads ("\xEF\xBB\xBF" RECORD "\n" RECORD, 2, "");
  assert_reads (RECORD RECORD " " RECORD "\n" RECORD, 4, "");
  assert_reads (RECORD "{\n" RECORD, 2, "1:json ");
  assert_reads (RECORD "x\n" RECORD, 1, "1:json ");
}

static void
test_good_lines_survive_bad_ones (void)
{
  assert_reads ("{}\n" RECORD "\n[]\n" RECORD "\nnull\n{\"a\":1e999}\n{\"a\":\"\\ud800\"}\n{\"a\":\"\xFF\"}\n" RECORD, 3,
                "1:v.missing 3:object 5:object 6:number 7:string 8:utf8 ");
}

static void
test_reject_names_its_place (void)
{
  Tally tally;
  const char *text = RECORD "\r\n{\"v\":1,\"id\":\"x\"}\n";

  g_assert_true (read_bytes (text, strlen (text), &tally, NULL));
  g_assert_cmpstr (tally.last_reject.reason, ==, "id.form");
  g_assert_cmpuint (tally.last_reject.offset, ==, strlen (RECORD "\r\n"));
  g_assert_cmpuint (tally.last_reject.line, ==, 2);
  g_assert_cmpuint (tally.last_reject.text.length, ==, strlen ("{\"v\":1,\"id\":\"x\"}"));
  g_assert_true (g_str_has_prefix (tally.last_text, "{\"v\":1,\"id\":\"x\"}"));
  clear_tally (&tally);
}

static void
test_gzip (void)
{
  g_autoptr (GBytes) one = pack (RECORD "\n" RECORD, strlen (RECORD "\n" RECORD));
  g_autoptr (GByteArray) two = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (one, &length);
  Tally tally;

  g_assert_true (read_bytes (bytes, length, &tally, NULL));
  g_assert_cmpuint (tally.n_records, ==, 2);
  clear_tally (&tally);

  /* The second member goes on in the line that the first one ends in. */
  g_byte_array_append (two, bytes, (guint) length);
  g_byte_array_append (two, bytes, (guint) length);
  g_assert_true (read_bytes (two->data, two->len, &tally, NULL));
  g_assert_cmpuint (tally.n_records, ==, 4);
  clear_tally (&tally);

  for (gsize cut = 2; cut < length; cut++)
    {
      g_assert_false (read_bytes (bytes, cut, &tally, &error));
      g_assert_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_DAMAGED);
      g_clear_error (&error);
      clear_tally (&tally);
    }

  g_byte_array_append (two, (const guint8 *) "junk", 4);
  g_assert_false (read_bytes (two->data, two->len, &tally, &error));
  g_assert_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_DAMAGED);
  clear_tally (&tally);
}

static void
test_bomb (void)
{
  g_autofree char *zeros = g_malloc0 (64 << 20);
  g_autoptr (GBytes) bomb = pack (zeros, 64 << 20);
  g_autoptr (GError) error = NULL;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (bomb, &length);
  Tally tally;

  g_assert_false (read_bytes (bytes, length, &tally, &error));
  g_assert_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_REFUSED);
  clear_tally (&tally);
}

static char *
make_filled_line (gsize length)
{
  char *line = g_malloc (length + 1);
  gsize head = strlen ("{" RECORD_MEMBERS ",\"answers\":[],\"x\":\"");
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  /* Letters that do not pack too well, or the object would be refused for its ratio. */
  for (gsize i = 0; i < length; i++)
    line[i] = (char) g_rand_int_range (rand, 'a', 'z' + 1);
  memcpy (line, "{" RECORD_MEMBERS ",\"answers\":[],\"x\":\"", head);
  memcpy (line + length - 2, "\"}", 3);
  return line;
}

static void
test_line_cap (void)
{
  g_autofree char *longest = make_filled_line (1 << 20);
  g_autofree char *longer = make_filled_line ((1 << 20) + 1);
  g_autofree char *text = g_strconcat (longest, "\n", longer, "\n", RECORD, "\n", longer, NULL);
  g_autoptr (GBytes) packed = pack (text, strlen (text));
  g_autoptr (GByteArray) members = g_byte_array_new ();
  g_autoptr (GBytes) empty = pack ("", 0);
  Tally tally;

  assert_reads (text, 2, "2:line.length 4:line.length ");

  /* The same in pieces: a second member keeps it from being unpacked at once. */
  g_byte_array_append (members, g_bytes_get_data (packed, NULL), (guint) g_bytes_get_size (packed));
  g_byte_array_append (members, g_bytes_get_data (empty, NULL), (guint) g_bytes_get_size (empty));
  g_assert_true (read_bytes (members->data, members->len, &tally, NULL));
  g_assert_cmpstr (tally.reasons->str, ==, "2:line.length 4:line.length ");
  g_assert_cmpuint (tally.n_records, ==, 2);
  clear_tally (&tally);
}

static void
test_lines_in_memory (void)
{
  g_autoptr (SobreLakeReader) reader = sobre_lake_reader_new ();
  Tally tally = { .reasons = g_string_new (NULL) };
  const char *text = RECORD "\n" RECORD;

  g_assert_cmpuint (
      sobre_lake_reader_read_lines (reader, SOBRE_DATASET_RESPONSES, (const guint8 *) text, strlen (text), &sink, &tally), ==,
      strlen (RECORD "\n"));
  g_assert_cmpuint (tally.n_records, ==, 1);
  g_assert_cmpuint (sobre_lake_reader_read_lines (reader, SOBRE_DATASET_RESPONSES, (const guint8 *) "{", 1, &sink, &tally), ==,
                    0);
  g_assert_cmpuint (tally.n_rejects, ==, 0);
  clear_tally (&tally);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lake-reader/record", test_record);
  g_test_add_func ("/lake-reader/line-ends", test_line_ends);
  g_test_add_func ("/lake-reader/good-lines-survive-bad-ones", test_good_lines_survive_bad_ones);
  g_test_add_func ("/lake-reader/reject-names-its-place", test_reject_names_its_place);
  g_test_add_func ("/lake-reader/gzip", test_gzip);
  g_test_add_func ("/lake-reader/bomb", test_bomb);
  g_test_add_func ("/lake-reader/line-cap", test_line_cap);
  g_test_add_func ("/lake-reader/lines-in-memory", test_lines_in_memory);

  return g_test_run ();
}
