/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <libdeflate.h>
#include <string.h>

#include "lake-fixture.h"

static void
add_text (Tally *tally, SobreText text)
{
  g_checksum_update (tally->digest, (const guchar *) &text.length, sizeof text.length);
  if (text.data != NULL)
    g_checksum_update (tally->digest, (const guchar *) text.data, (gssize) text.length);
}

static void
add_number (Tally *tally, double number)
{
  g_checksum_update (tally->digest, (const guchar *) &number, sizeof number);
}

static void
take_response_cb (const SobreResponse *response, gpointer user_data)
{
  Tally *tally = user_data;

  tally->n_records++;
  g_checksum_update (tally->digest, response->id.bytes, sizeof response->id.bytes);
  add_number (tally, (double) response->submitted_at);
  add_number (tally, (double) response->received_at);
  add_number (tally, response->verified);
  add_number (tally, response->form_version);
  add_number (tally, (double) response->duration_ms);
  add_number (tally, response->channel);
  add_text (tally, response->store_id);
  add_text (tally, response->table_id);
  add_text (tally, response->form_id);
  add_text (tally, response->language);
  add_text (tally, response->comment);
  for (guint i = 0; i < response->n_answers; i++)
    {
      add_number (tally, response->answers[i].kind);
      add_number (tally, response->answers[i].has_score ? response->answers[i].score : -1);
      add_text (tally, response->answers[i].question);
      add_text (tally, response->answers[i].choice);
      add_text (tally, response->answers[i].text);
      add_text (tally, response->answers[i].item);
    }
}

static void
take_event_cb (const SobreEvent *event, gpointer user_data)
{
  Tally *tally = user_data;

  tally->n_records++;
  g_checksum_update (tally->digest, event->id.bytes, sizeof event->id.bytes);
  add_number (tally, (double) event->at);
  add_number (tally, (double) event->received_at);
  add_number (tally, (double) event->ms);
  add_text (tally, event->visit);
  add_text (tally, event->store_id);
  add_text (tally, event->table_id);
  add_text (tally, event->page);
  add_text (tally, event->action);
  add_text (tally, event->target);
}

static void
take_order_cb (const SobreOrder *order, gpointer user_data)
{
  Tally *tally = user_data;

  tally->n_records++;
  g_checksum_update (tally->digest, order->id.bytes, sizeof order->id.bytes);
  add_number (tally, (double) order->at);
  add_number (tally, (double) order->quantity);
  add_number (tally, order->amount);
  add_text (tally, order->store_id);
  add_text (tally, order->table_id);
  add_text (tally, order->item_id);
  add_text (tally, order->item);
  add_text (tally, order->currency);
}

static void
take_reject_cb (const SobreReject *reject, gpointer user_data)
{
  Tally *tally = user_data;

  tally->n_rejects++;
  g_assert_cmpuint (reject->text.length, <=, 1024);
  g_string_append_printf (tally->reasons, "%" G_GUINT64_FORMAT ":%s ", reject->line, reject->reason);
}

Tally *
tally_new (void)
{
  Tally *tally = g_new0 (Tally, 1);

  tally->reasons = g_string_new (NULL);
  tally->digest = g_checksum_new (G_CHECKSUM_SHA256);
  return tally;
}

void
tally_free (Tally *tally)
{
  g_string_free (tally->reasons, TRUE);
  g_checksum_free (tally->digest);
  g_free (tally);
}

const SobreRecordSink *
tally_get_sink (void)
{
  static const SobreRecordSink sink = { take_response_cb, take_event_cb, take_order_cb, take_reject_cb };

  return &sink;
}

gboolean
tally_read (Tally *tally, SobreDataset dataset, const guint8 *bytes, gsize length, GError **error)
{
  g_autoptr (SobreLakeReader) reader = sobre_lake_reader_new ();
  /* A block of exactly this size, so that reading behind it is seen. */
  g_autofree guint8 *exact = g_memdup2 (bytes, length);

  return sobre_lake_reader_read (reader, dataset, exact, length, tally_get_sink (), tally, error);
}

GBytes *
fixture_pack (gconstpointer bytes, gsize length)
{
  struct libdeflate_compressor *compressor = libdeflate_alloc_compressor (6);
  gsize bound = libdeflate_gzip_compress_bound (compressor, length);
  guint8 *packed = g_malloc (bound);
  gsize n = libdeflate_gzip_compress (compressor, bytes, length, packed, bound);

  libdeflate_free_compressor (compressor);
  return g_bytes_new_take (packed, n);
}

GBytes *
fixture_pack_in_members (gconstpointer bytes, gsize length, guint n_members)
{
  GByteArray *members = g_byte_array_new ();

  for (guint i = 0; i < n_members; i++)
    {
      gsize begin = length * i / n_members;
      g_autoptr (GBytes) member = fixture_pack ((const guint8 *) bytes + begin, length * (i + 1) / n_members - begin);

      g_byte_array_append (members, g_bytes_get_data (member, NULL), (guint) g_bytes_get_size (member));
    }
  return g_byte_array_free_to_bytes (members);
}

GBytes *
fixture_pack_zeros (gsize length)
{
  static const guint8 zeros[65536] = { 0 };
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  GByteArray *packed = g_byte_array_new ();
  GConverterResult result;

  do
    {
      gsize n_now = MIN (length, sizeof zeros);
      guint8 output[4096];
      gsize n_in, n_out;

      result = g_converter_convert (G_CONVERTER (compressor), zeros, n_now, output, sizeof output,
                                    n_now == length ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS, &n_in, &n_out, NULL);
      g_assert_cmpint (result, !=, G_CONVERTER_ERROR);
      g_byte_array_append (packed, output, (guint) n_out);
      length -= n_in;
    }
  while (result != G_CONVERTER_FINISHED);
  return g_byte_array_free_to_bytes (packed);
}

void
fixture_write (const char *root, const char *path, gconstpointer bytes, gsize length)
{
  g_autofree char *file = g_build_filename (root, path, NULL);
  g_autofree char *folder = g_path_get_dirname (file);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents_full (file, bytes, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

char *
fixture_read (const char *root, const char *path)
{
  g_autofree char *file = g_build_filename (root, path, NULL);
  char *text = NULL;

  g_file_get_contents (file, &text, NULL, NULL);
  return text;
}

void
fixture_remove (const char *root)
{
  g_autoptr (GDir) folder = g_dir_open (root, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (root, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        fixture_remove (path);
      else
        g_unlink (path);
    }
  g_rmdir (root);
}
