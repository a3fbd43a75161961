/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The file of a result on Athena: refused with a reason, or read as the same table whether it comes in one piece or byte by byte. */

#include "query/sobre-result-csv.h"

static SobreResultTable *
read_csv (const guint8 *data, gsize size, gsize piece)
{
  static const SobreResultCsvColumn columns[] = {
    { "a", "varchar", 0, 0 }, { "b", "bigint", 0, 0 }, { "c", "decimal", 38, 2 }, { "d", "timestamp with time zone", 0, 0 }
  };
  g_autoptr (SobreResultCsv) reader = sobre_result_csv_new (columns, G_N_ELEMENTS (columns), 50);
  g_autoptr (GError) error = NULL;
  SobreResultTable *table = NULL;
  gboolean fed = TRUE;

  for (gsize at = 0; at < size && fed; at += piece)
    fed = sobre_result_csv_feed (reader, (const char *) data + at, MIN (piece, size - at), &error);
  if (fed)
    table = sobre_result_csv_finish (reader, &error);
  g_assert_cmpint (table == NULL, ==, error != NULL);
  return table;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (SobreResultTable) whole = read_csv (data, size, MAX (size, 1));
  g_autoptr (SobreResultTable) pieces = read_csv (data, size, 1);

  g_assert_cmpint (whole == NULL, ==, pieces == NULL);
  if (whole == NULL)
    return 0;
  g_assert_cmpuint (sobre_result_table_get_n_rows (whole), ==, sobre_result_table_get_n_rows (pieces));
  for (guint64 row = 0; row < sobre_result_table_get_n_rows (whole); row++)
    for (guint i = 0; i < sobre_result_table_get_n_columns (whole); i++)
      {
        g_autofree char *text = sobre_result_table_dup_text (whole, row, i);
        g_autofree char *same = sobre_result_table_dup_text (pieces, row, i);

        g_assert_cmpstr (text, ==, same);
      }
  return 0;
}
