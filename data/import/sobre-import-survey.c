/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "import/sobre-import-keys.h"
#include "import/sobre-import-survey.h"
#include "model/sobre-hash.h"

#define TRIED 1000 /* cells after which nothing is a date or number in a column where nothing was one */
#define ROWS_A_STEP 4096
#define MAX_VALUE_BYTES 64
#define COUNTED_ROWS 12 /* fewer may be scores that happen to go up */

static SobreImportColumn *
column_new (const char *name)
{
  SobreImportColumn *self = g_new0 (SobreImportColumn, 1);

  self->name = g_strdup (name);
  self->orders = SOBRE_DATE_ANY;
  self->decimals = SOBRE_DECIMAL_ANY;
  self->counts = self->unique = TRUE;
  return self;
}

static void
column_free (gpointer data)
{
  SobreImportColumn *self = data;

  g_free (self->name);
  g_free (self);
}

static gboolean
has_digit (SobreText text)
{
  for (gsize i = 0; i < text.length; i++)
    {
      if (g_ascii_isdigit (text.data[i]))
        return TRUE;
    }
  return FALSE;
}

static void
note_time (SobreImportColumn *self, SobreText text, guint64 line)
{
  gboolean differ;
  guint orders;
  gint64 clock;

  if (self->n_filled > TRIED && self->n_times + self->n_clocks == 0)
    return;
  orders = sobre_import_time_get_orders (text, &differ);
  if (orders == 0)
    {
      self->n_clocks += sobre_import_clock_parse (text, &clock);
      return;
    }
  self->n_times++;
  self->orders_differ |= differ;
  for (guint i = 0; i < G_N_ELEMENTS (self->order_lines); i++)
    {
      if (!(orders & 1u << i) && self->order_lines[i] == 0)
        self->order_lines[i] = line;
    }
  self->orders &= orders;
}

static void
note_number (SobreImportColumn *self, SobreText text, guint64 line)
{
  SobreImportNumber number;
  gboolean differ;
  guint decimals;
  double value;

  if (self->n_filled > TRIED && self->n_numbers == 0)
    return;
  decimals = sobre_import_number_get_decimals (text, &differ);
  if (decimals == 0)
    return;
  self->decimals_differ |= differ;
  for (guint i = 0; i < G_N_ELEMENTS (self->decimal_lines); i++)
    {
      if (!(decimals & 1u << i) && self->decimal_lines[i] == 0)
        self->decimal_lines[i] = line;
    }
  self->decimals &= decimals;
  sobre_import_number_parse (text, decimals & SOBRE_DECIMAL_POINT ? SOBRE_DECIMAL_POINT : SOBRE_DECIMAL_COMMA, &number);
  value = (double) number.mantissa;
  for (guint i = 0; i < number.scale; i++)
    value /= 10;
  self->minimum = self->n_numbers == 0 ? value : MIN (self->minimum, value);
  self->maximum = self->n_numbers == 0 ? value : MAX (self->maximum, value);
  self->n_numbers++;
  self->n_whole += number.scale == 0;
}

static void
note_distinct (SobreImportColumn *self, guint64 hash)
{
  for (guint i = 0; i < self->n_distinct; i++)
    {
      if (self->distinct[i] == hash)
        return;
    }
  if (self->n_distinct < SOBRE_IMPORT_MAX_DISTINCT)
    self->distinct[self->n_distinct++] = hash;
}

/* Whether the column's cells are 1, 2, 3, … or go on from any other number. */
static gboolean
goes_on (SobreImportColumn *self, SobreText text, guint64 n_rows)
{
  gint64 value = 0;

  if (text.length == 0 || text.length > 15)
    return FALSE;
  for (gsize i = 0; i < text.length; i++)
    {
      if (!g_ascii_isdigit (text.data[i]))
        return FALSE;
      value = value * 10 + (text.data[i] - '0');
    }
  if (n_rows > 0 && value != self->count + 1)
    return FALSE;
  self->count = value;
  return TRUE;
}

static void
note_cell (SobreImportColumn *self, SobreText text, guint64 line, guint64 n_rows, SobreImportKeys *seen)
{
  guint8 key[SOBRE_IMPORT_KEY_BYTES];
  guint64 hashes[2];
  gboolean found;

  self->counts = self->counts && goes_on (self, text, n_rows);
  if (text.length == 0)
    {
      self->unique = FALSE;
      return;
    }
  self->n_filled++;
  self->n_bytes += text.length;
  self->n_addresses += memchr (text.data, '@', text.length) != NULL;
  hashes[0] = sobre_hash_bytes (1, text.data, text.length);
  note_distinct (self, hashes[0]);
  if (text.length <= MAX_VALUE_BYTES && has_digit (text))
    {
      note_time (self, text, line);
      note_number (self, text, line);
    }
  if (!self->unique)
    return;
  hashes[1] = sobre_hash_bytes (hashes[0], text.data, text.length);
  memcpy (key, hashes, sizeof key);
  *sobre_import_keys_find (seen, key, &found) = 1;
  self->unique = !found;
}

/* Columns of JSON lines come as they are met; a row before had nothing in them. */
static void
add_columns (SobreImportSurvey *self, GPtrArray *names, GPtrArray *seen)
{
  while (self->columns->len < names->len)
    {
      SobreImportColumn *column = column_new (g_ptr_array_index (names, self->columns->len));

      if (self->n_rows > 0)
        column->counts = column->unique = FALSE;
      g_ptr_array_add (self->columns, column);
      g_ptr_array_add (seen, sobre_import_keys_new ());
    }
}

static void
note_row (SobreImportSurvey *self, SobreImportSource *source, const SobreImportRow *row, GPtrArray *seen)
{
  add_columns (self, sobre_import_source_get_columns (source), seen);
  if (row->reason != NULL)
    {
      self->n_bad++;
      return;
    }
  for (guint i = 0; i < self->columns->len; i++)
    {
      SobreImportColumn *column = g_ptr_array_index (self->columns, i);

      note_cell (column, i < row->n_cells ? row->cells[i] : SOBRE_TEXT_NONE, row->line, self->n_rows,
                 g_ptr_array_index (seen, i));
      if (!column->unique && sobre_import_keys_get_n (g_ptr_array_index (seen, i)) > 0)
        {
          sobre_import_keys_free (g_ptr_array_index (seen, i));
          g_ptr_array_index (seen, i) = sobre_import_keys_new ();
        }
    }
  self->n_rows++;
}

SobreImportSurvey *
sobre_import_survey_new (SobreImportSource *source,
                         SobreImportProgress progress,
                         gpointer user_data,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (SobreImportSurvey) self = g_new0 (SobreImportSurvey, 1);
  g_autoptr (GPtrArray) seen = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_import_keys_free);
  const SobreImportRow *row;
  GError *cause = NULL;

  self->columns = g_ptr_array_new_with_free_func (column_free);
  add_columns (self, sobre_import_source_get_columns (source), seen);
  while ((row = sobre_import_source_next (source, &cause)) != NULL)
    {
      note_row (self, source, row, seen);
      if ((self->n_rows + self->n_bad) % ROWS_A_STEP != 0)
        continue;
      if (progress != NULL)
        progress (sobre_import_source_get_fraction (source), self->n_rows, user_data);
      if (g_cancellable_set_error_if_cancelled (cancellable, &cause))
        break;
    }
  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return NULL;
    }
  for (guint i = 0; i < self->columns->len && self->n_rows < COUNTED_ROWS; i++)
    ((SobreImportColumn *) g_ptr_array_index (self->columns, i))->counts = FALSE;
  return g_steal_pointer (&self);
}

void
sobre_import_survey_free (SobreImportSurvey *self)
{
  g_ptr_array_unref (self->columns);
  g_free (self);
}

int
sobre_import_survey_find (const SobreImportSurvey *self, const char *name)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const SobreImportColumn *column = g_ptr_array_index (self->columns, i);

      if (strcmp (column->name, name) == 0)
        return (int) i;
    }
  return -1;
}
