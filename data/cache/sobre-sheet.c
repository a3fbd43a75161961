/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cache/sobre-sheet.h"

#include <string.h>

#include "cache/sobre-integers.h"
#include "model/sobre-id.h"

#define TEXTS_HEADER 8

static const SobreSheetColumn event_columns[] = {
  { "id", SOBRE_SHEET_ID },         { "at", SOBRE_SHEET_NUMBER },     { "received_at", SOBRE_SHEET_NUMBER },
  { "dt", SOBRE_SHEET_NUMBER },     { "hour", SOBRE_SHEET_NUMBER },   { "visit", SOBRE_SHEET_TEXT },
  { "store", SOBRE_SHEET_NUMBER },  { "place", SOBRE_SHEET_NUMBER },  { "page", SOBRE_SHEET_NUMBER },
  { "action", SOBRE_SHEET_NUMBER }, { "target", SOBRE_SHEET_NUMBER }, { "ms", SOBRE_SHEET_NUMBER },
};

static const SobreSheetColumn order_columns[] = {
  { "id", SOBRE_SHEET_ID },          { "at", SOBRE_SHEET_NUMBER },       { "dt", SOBRE_SHEET_NUMBER },
  { "hour", SOBRE_SHEET_NUMBER },    { "store", SOBRE_SHEET_NUMBER },    { "place", SOBRE_SHEET_NUMBER },
  { "item_id", SOBRE_SHEET_NUMBER }, { "item", SOBRE_SHEET_NUMBER },     { "quantity", SOBRE_SHEET_NUMBER },
  { "amount", SOBRE_SHEET_DOUBLE },  { "currency", SOBRE_SHEET_NUMBER },
};

G_STATIC_ASSERT (G_N_ELEMENTS (event_columns) <= SOBRE_SHEET_MAX_COLUMNS);
G_STATIC_ASSERT (G_N_ELEMENTS (order_columns) <= SOBRE_SHEET_MAX_COLUMNS);

/** Column: what of a column has been collected. @numbers: of TEXT, each row's place · @lengths: of the different texts · @places: (element-type utf8 guint): their places */
typedef struct
{
  GArray *numbers;
  GByteArray *bytes;
  GArray *lengths;
  GHashTable *places;
} Column;

struct _SobreSheetEncoder
{
  SobreSheetTable table;
  guint n_rows;
  GStringChunk *texts;
  Column columns[SOBRE_SHEET_MAX_COLUMNS];
};

const char *
sobre_sheet_get_table_name (SobreSheetTable table)
{
  return table == SOBRE_SHEET_EVENTS ? "event" : "purchase";
}

const SobreSheetColumn *
sobre_sheet_get_columns (SobreSheetTable table, guint *n)
{
  *n = table == SOBRE_SHEET_EVENTS ? G_N_ELEMENTS (event_columns) : G_N_ELEMENTS (order_columns);
  return table == SOBRE_SHEET_EVENTS ? event_columns : order_columns;
}

SobreSheetEncoder *
sobre_sheet_encoder_new (SobreSheetTable table)
{
  SobreSheetEncoder *self = g_new0 (SobreSheetEncoder, 1);

  self->table = table;
  self->texts = g_string_chunk_new (1 << 16);
  for (guint i = 0; i < SOBRE_SHEET_MAX_COLUMNS; i++)
    {
      self->columns[i].numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
      self->columns[i].bytes = g_byte_array_new ();
      self->columns[i].lengths = g_array_new (FALSE, FALSE, sizeof (gint64));
      self->columns[i].places = g_hash_table_new (g_str_hash, g_str_equal);
    }
  return self;
}

void
sobre_sheet_encoder_free (SobreSheetEncoder *self)
{
  for (guint i = 0; i < SOBRE_SHEET_MAX_COLUMNS; i++)
    {
      g_array_unref (self->columns[i].numbers);
      g_byte_array_unref (self->columns[i].bytes);
      g_array_unref (self->columns[i].lengths);
      g_hash_table_unref (self->columns[i].places);
    }
  g_string_chunk_free (self->texts);
  g_free (self);
}

void
sobre_sheet_encoder_clear (SobreSheetEncoder *self)
{
  self->n_rows = 0;
  for (guint i = 0; i < SOBRE_SHEET_MAX_COLUMNS; i++)
    {
      g_array_set_size (self->columns[i].numbers, 0);
      g_byte_array_set_size (self->columns[i].bytes, 0);
      g_array_set_size (self->columns[i].lengths, 0);
      g_hash_table_remove_all (self->columns[i].places);
    }
  g_string_chunk_clear (self->texts);
}

/* The place of a text among the different ones, from 1 on. No record holds NUL. */
static gint64
place_text (SobreSheetEncoder *self, Column *column, sqlite3_stmt *statement, int source)
{
  const char *text = (const char *) sqlite3_column_text (statement, source);
  gint64 length = sqlite3_column_bytes (statement, source);
  guint place;

  if (text == NULL)
    return 0;
  place = GPOINTER_TO_UINT (g_hash_table_lookup (column->places, text));
  if (place == 0)
    {
      g_array_append_val (column->lengths, length);
      g_byte_array_append (column->bytes, (const guint8 *) text, (guint) length);
      place = column->lengths->len;
      g_hash_table_insert (column->places, g_string_chunk_insert (self->texts, text), GUINT_TO_POINTER (place));
    }
  return place;
}

static void
add_value (SobreSheetEncoder *self, SobreSheetKind kind, Column *column, sqlite3_stmt *statement, int source)
{
  gint64 number = -1;

  if (kind == SOBRE_SHEET_ID)
    {
      SobreId id = { 0 };

      if (sqlite3_column_bytes (statement, source) == sizeof id)
        memcpy (&id, sqlite3_column_blob (statement, source), sizeof id);
      g_byte_array_append (column->bytes, (const guint8 *) &id, sizeof id);
      return;
    }
  if (kind == SOBRE_SHEET_DOUBLE)
    {
      double value = sqlite3_column_double (statement, source);

      g_byte_array_append (column->bytes, (const guint8 *) &value, sizeof value);
      return;
    }
  if (kind == SOBRE_SHEET_TEXT)
    number = place_text (self, column, statement, source);
  else if (sqlite3_column_type (statement, source) != SQLITE_NULL)
    number = sqlite3_column_int64 (statement, source);
  g_array_append_val (column->numbers, number);
}

void
sobre_sheet_encoder_add (SobreSheetEncoder *self, sqlite3_stmt *statement)
{
  guint n;
  const SobreSheetColumn *columns = sobre_sheet_get_columns (self->table, &n);

  g_return_if_fail (self->n_rows < SOBRE_SHEET_ROWS);
  for (guint i = 0; i < n; i++)
    add_value (self, columns[i].kind, &self->columns[i], statement, (int) i);
  self->n_rows++;
}

guint
sobre_sheet_encoder_get_n_rows (const SobreSheetEncoder *self)
{
  return self->n_rows;
}

static void
append_integers (GByteArray *bytes, const GArray *numbers)
{
  sobre_integers_encode (bytes, (const gint64 *) (gconstpointer) numbers->data, numbers->len);
}

GBytes *
sobre_sheet_encoder_make (SobreSheetEncoder *self, guint column)
{
  guint n;
  SobreSheetKind kind = sobre_sheet_get_columns (self->table, &n)[column].kind;
  const Column *from = &self->columns[column];
  const guint32 head[2] = { from->lengths->len, 0 };
  GByteArray *bytes = g_byte_array_new ();

  if (kind == SOBRE_SHEET_TEXT)
    {
      g_byte_array_append (bytes, (const guint8 *) head, sizeof head);
      append_integers (bytes, from->numbers);
      append_integers (bytes, from->lengths);
      g_byte_array_append (bytes, from->bytes->data, from->bytes->len);
    }
  else if (kind == SOBRE_SHEET_NUMBER)
    append_integers (bytes, from->numbers);
  else
    g_byte_array_append (bytes, from->bytes->data, from->bytes->len);
  return g_byte_array_free_to_bytes (bytes);
}

gboolean
sobre_sheet_measure (SobreSheetKind kind, GBytes *bytes, guint n_rows)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  switch (kind)
    {
    case SOBRE_SHEET_ID:
      return length == n_rows * sizeof (SobreId);
    case SOBRE_SHEET_DOUBLE:
      return length == n_rows * sizeof (double);
    case SOBRE_SHEET_NUMBER:
    case SOBRE_SHEET_TEXT:
    default:
      return length > 0 && sobre_integers_measure (data, length, n_rows) == length;
    }
}

/* Finds out where each text begins, and that all lie inside. */
static gboolean
place_texts (SobreSheetTexts *self, const guint8 *lengths, const char *bytes, gsize n_bytes)
{
  gsize begin = 0;

  self->texts[0] = SOBRE_TEXT_NONE;
  for (guint i = 0; i < self->n; i++)
    {
      gint64 length = sobre_integers_get (lengths, i);

      if (length < 0 || (gsize) length > n_bytes - begin)
        return FALSE;
      self->texts[i + 1] = (SobreText) { bytes + begin, (gsize) length };
      begin += (gsize) length;
    }
  return begin == n_bytes;
}

gboolean
sobre_sheet_open_texts (GBytes *bytes, guint n_rows, SobreSheetTexts *texts)
{
  gsize length, places, lengths;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  guint32 n;

  *texts = (SobreSheetTexts) { 0 };
  if (length < TEXTS_HEADER)
    return FALSE;
  memcpy (&n, data, sizeof n);
  data += TEXTS_HEADER;
  length -= TEXTS_HEADER;
  places = sobre_integers_measure (data, length, n_rows);
  if (places == 0 || n > n_rows)
    return FALSE;
  lengths = sobre_integers_measure (data + places, length - places, n);
  if (lengths == 0)
    return FALSE;
  texts->places = data;
  texts->n = n;
  texts->texts = g_new (SobreText, (gsize) n + 1);
  if (place_texts (texts, data + places, (const char *) data + places + lengths, length - places - lengths))
    return TRUE;
  g_clear_pointer (&texts->texts, g_free);
  return FALSE;
}
