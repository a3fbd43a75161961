/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What goes between the program and its worker: any bytes are read or refused, and what is read is written as something that reads back as the same. */

#include "query/sobre-query-wire.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
check_request (GBytes *bytes)
{
  g_autofree char *folder = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreQuery) query = sobre_query_wire_read_request (bytes, &folder, &error);
  g_autoptr (SobreQuery) query_again = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (GBytes) written_again = NULL;
  g_autofree char *folder_again = NULL;
  gint64 now = 0;

  g_assert_cmpint (query == NULL, ==, error != NULL);
  if (query == NULL)
    return;
  sobre_query_get_now (query, &now);
  written = sobre_query_wire_write_request (query, folder, now);
  query_again = sobre_query_wire_read_request (written, &folder_again, &error);
  g_assert_no_error (error);
  written_again = sobre_query_wire_write_request (query_again, folder_again, now);
  g_assert_true (g_bytes_equal (written, written_again));
}

static void
check_reply (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (SobreResultTable) table = sobre_query_wire_read_reply (bytes, &failure);
  g_autoptr (GOutputStream) stream = NULL;

  g_assert_cmpint (table == NULL, ==, failure != NULL);
  if (table == NULL)
    return;
  stream = g_memory_output_stream_new_resizable ();
  g_assert_true (sobre_query_wire_write_reply (table, NULL, stream, &error));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  check_request (bytes);
  check_reply (bytes);
  return 0;
}
