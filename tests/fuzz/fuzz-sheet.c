/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The columns of events and orders. The input's first byte says what it is: a blob that nobody trusts, behind its kind and the number of its rows in two
 * bytes; or rows of events, a byte for each cell, that have to come back out of the columns that are made of them. */

#include <sqlite3.h>
#include <string.h>

#include "cache/sobre-integers.h"
#include "cache/sobre-sheet.h"
#include "model/sobre-id.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static guint64
read_texts (GBytes *blob, guint n_rows)
{
  SobreSheetTexts texts;
  guint64 sum = 0;

  if (!sobre_sheet_open_texts (blob, n_rows, &texts))
    return 0;
  for (guint i = 0; i < n_rows; i++)
    sum += (guint64) sobre_integers_get (texts.places, i);
  for (guint i = 1; i <= texts.n; i++)
    for (gsize j = 0; j < texts.texts[i].length; j++)
      sum += (guint8) texts.texts[i].data[j];
  g_free (texts.texts);
  return sum;
}

/* Whatever a blob says, nothing is read outside of it. */
static void
check_blob (const guint8 *data, size_t size)
{
  SobreSheetKind kind = (SobreSheetKind) (data[0] % (SOBRE_SHEET_TEXT + 1));
  guint n_rows = 1 + ((guint) data[1] | (guint) data[2] << 8) % SOBRE_SHEET_ROWS;
  g_autoptr (GBytes) blob = g_bytes_new (data + 3, size - 3);
  g_autofree gint64 *numbers = NULL;

  if (kind == SOBRE_SHEET_TEXT)
    read_texts (blob, n_rows);
  else if (sobre_sheet_measure (kind, blob, n_rows) && kind == SOBRE_SHEET_NUMBER)
    {
      numbers = g_new (gint64, n_rows);
      sobre_integers_decode_int64 (g_bytes_get_data (blob, NULL), n_rows, numbers);
      g_assert_cmpint (numbers[n_rows - 1], ==, sobre_integers_get (g_bytes_get_data (blob, NULL), n_rows - 1));
    }
}

/* Cell: what a byte of the input stands for, in any column. */
static gint64
get_number (guint8 seed)
{
  return (gint64) (((guint64) seed * G_GUINT64_CONSTANT (0x9fb21c651e98df25)) >> (1 + seed % 60));
}

static void
bind_cell (sqlite3_stmt *row, guint column, SobreSheetKind kind, guint8 seed)
{
  int place = (int) column + 1;
  char text[16];
  SobreId id;

  memset (id.bytes, seed, sizeof id.bytes);
  memset (text, 'a' + seed % 26, sizeof text);
  if (kind == SOBRE_SHEET_ID)
    sqlite3_bind_blob (row, place, id.bytes, sizeof id.bytes, SQLITE_TRANSIENT);
  else if (kind == SOBRE_SHEET_DOUBLE)
    sqlite3_bind_double (row, place, get_number (seed) / 100.0);
  else if (seed == 0)
    sqlite3_bind_null (row, place);
  else if (kind == SOBRE_SHEET_TEXT)
    sqlite3_bind_text (row, place, text, seed % 16, SQLITE_TRANSIENT);
  else
    sqlite3_bind_int64 (row, place, get_number (seed));
}

static void
assert_text (const SobreSheetTexts *texts, guint row, guint8 seed)
{
  SobreText text = texts->texts[sobre_integers_get (texts->places, row)];

  g_assert_true ((text.data == NULL) == (seed == 0));
  g_assert_cmpuint (text.length, ==, seed == 0 ? 0 : seed % 16);
  for (gsize i = 0; i < text.length; i++)
    g_assert_cmpint (text.data[i], ==, 'a' + seed % 26);
}

static void
assert_column (GBytes *blob, SobreSheetKind kind, const guint8 *cells, guint n_rows, guint n_columns)
{
  const guint8 *bytes = g_bytes_get_data (blob, NULL);
  SobreSheetTexts texts = { 0 };

  if (kind == SOBRE_SHEET_TEXT)
    g_assert_true (sobre_sheet_open_texts (blob, n_rows, &texts));
  else
    g_assert_true (sobre_sheet_measure (kind, blob, n_rows));
  for (guint row = 0; row < n_rows; row++)
    {
      guint8 seed = cells[row * n_columns];

      if (kind == SOBRE_SHEET_TEXT)
        assert_text (&texts, row, seed);
      else if (kind == SOBRE_SHEET_ID)
        g_assert_cmpint (bytes[row * sizeof (SobreId) + 7], ==, seed);
      else if (kind == SOBRE_SHEET_NUMBER)
        g_assert_cmpint (sobre_integers_get (bytes, row), ==, seed == 0 ? -1 : get_number (seed));
    }
  g_free (texts.texts);
}

static void
check_rows (const guint8 *data, size_t size)
{
  guint n_columns, n_rows;
  const SobreSheetColumn *columns = sobre_sheet_get_columns (SOBRE_SHEET_EVENTS, &n_columns);
  g_autoptr (SobreSheetEncoder) encoder = sobre_sheet_encoder_new (SOBRE_SHEET_EVENTS);
  g_autoptr (GString) sql = g_string_new ("SELECT ?1");
  sqlite3 *db = NULL;
  sqlite3_stmt *row = NULL;

  for (guint i = 1; i < n_columns; i++)
    g_string_append_printf (sql, ", ?%u", i + 1);
  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, sql->str, -1, &row, NULL), ==, SQLITE_OK);
  n_rows = (guint) MIN (size / n_columns, SOBRE_SHEET_ROWS);
  for (guint i = 0; i < n_rows; i++)
    {
      for (guint j = 0; j < n_columns; j++)
        bind_cell (row, j, columns[j].kind, data[i * n_columns + j]);
      g_assert_cmpint (sqlite3_step (row), ==, SQLITE_ROW);
      sobre_sheet_encoder_add (encoder, row);
      sqlite3_reset (row);
    }
  for (guint j = 0; j < n_columns && n_rows > 0; j++)
    {
      g_autoptr (GBytes) blob = sobre_sheet_encoder_make (encoder, j);

      assert_column (blob, columns[j].kind, data + j, n_rows, n_columns);
    }
  sqlite3_finalize (row);
  sqlite3_close (db);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  if (size < 5)
    return 0;
  if (data[0] % 2 == 0)
    check_blob (data + 1, size - 1);
  else
    check_rows (data + 1, size - 1);
  return 0;
}
