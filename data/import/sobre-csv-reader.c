/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A row is first found in the window, then taken: as long as its end is not in sight the window grows and the search begins anew, so
 * that going back to the line behind a broken one costs nothing but reading it again. How often that may happen is bounded: a file can
 * be made in which every line opens a quote that only the end of the file closes. */

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "import/sobre-csv-reader.h"

#define MAX_ROW_BYTES (16 * 1024 * 1024)
#define MAX_REREAD_BYTES (64 * 1024 * 1024)
#define MAX_RAW_BYTES (64 * 1024)
#define SNIFF_BYTES (256 * 1024)
#define SNIFF_ROWS 100
#define HINT "sep=" /* what some spreadsheets write into a line of its own */

/** Cell: a piece of the window, where @doubled with doubled quotes. */
typedef struct
{
  gsize begin;
  gsize length;
  gboolean doubled;
} Cell;

/**
 * SobreCsvReader:
 * @cr_ends: whether a lone CR ends a line, as in files without any LF
 * @taken: bytes of the row that was handed out last, which are still in the window
 * @line: of the row that comes next
 * @spare: cells whose doubled quotes were undone
 * @reread: bytes that were looked at in vain because of a broken quote
 */
struct _SobreCsvReader
{
  SobreImportInput *input;
  char delimiter;
  gboolean cr_ends;
  gboolean blank;
  gsize taken;
  guint64 line;
  guint64 line_of_next;
  GArray *found;
  GArray *cells;
  GByteArray *spare;
  guint64 reread;
  SobreImportRow row;
};

/** How the search for a row ended: there is one, it is none, or the window has to be longer. */
typedef enum
{
  FOUND,
  BAD,
  MORE,
} Outcome;

/** Search: @text, @length bytes, from its begin; @whole: nothing follows · @at: how far it got · @n_lines: line ends in it */
typedef struct
{
  const char *text;
  gsize length;
  gboolean whole;
  gsize at;
  guint64 n_lines;
  const char *reason;
} Search;

static Outcome
refuse (Search *search, const char *reason)
{
  search->reason = reason;
  return BAD;
}

/* Line ends within quotes. */
static guint64
count_lines (const SobreCsvReader *self, const char *text, gsize length)
{
  char end = self->cr_ends ? '\r' : '\n';
  const char *stop = text + length;
  guint64 n = 0;

  while ((text = memchr (text, end, (gsize) (stop - text))) != NULL)
    {
      text++;
      n++;
    }
  return n;
}

/* Bytes of the line end at @at: 0 where there is none. @more: it cannot be told yet. */
static gsize
measure_line_end (const SobreCsvReader *self, const Search *search, gsize at, gboolean *more)
{
  char character = search->text[at];

  if (character == '\n')
    return 1;
  if (character != '\r')
    return 0;
  if (self->cr_ends)
    return 1;
  if (at + 1 < search->length)
    return search->text[at + 1] == '\n' ? 2 : 0;
  *more = !search->whole;
  return search->whole ? 1 : 0;
}

static gsize
skip_blanks (const Search *search, gsize at)
{
  while (at < search->length && search->text[at] == ' ')
    at++;
  return at;
}

/* Reads a cell in quotes, the first byte behind the opening one at search->at. */
static Outcome
find_quoted (const SobreCsvReader *self, Search *search, Cell *cell)
{
  gsize begin = search->at;
  gsize at = begin;

  cell->doubled = FALSE;
  while (TRUE)
    {
      const char *quote = at < search->length ? memchr (search->text + at, '"', search->length - at) : NULL;

      if (quote == NULL)
        {
          search->at = search->length;
          if (search->length - begin > SOBRE_IMPORT_MAX_FIELD_BYTES)
            return refuse (search, "cell.length");
          return search->whole ? refuse (search, "quote.open") : MORE;
        }
      at = (gsize) (quote - search->text) + 1;
      if (at == search->length && !search->whole)
        return MORE;
      if (at == search->length || search->text[at] != '"')
        break;
      cell->doubled = TRUE;
      at++;
    }

  cell->begin = begin;
  cell->length = at - 1 - begin;
  search->at = skip_blanks (search, at);
  if (cell->length > SOBRE_IMPORT_MAX_FIELD_BYTES)
    return refuse (search, "cell.length");
  search->n_lines += count_lines (self, search->text + begin, cell->length);
  return FOUND;
}

static Outcome
find_plain (const SobreCsvReader *self, Search *search, Cell *cell)
{
  gsize at = search->at;
  gboolean more = FALSE;

  while (at < search->length && search->text[at] != self->delimiter)
    {
      if ((search->text[at] == '\n' || search->text[at] == '\r') && measure_line_end (self, search, at, &more) > 0)
        break;
      if (more)
        return MORE;
      at++;
    }
  *cell = (Cell) { search->at, at - search->at, FALSE };
  search->at = at;
  if (cell->length > SOBRE_IMPORT_MAX_FIELD_BYTES)
    return refuse (search, "cell.length");
  return at == search->length && !search->whole ? MORE : FOUND;
}

/* Finds the cells of one row; search->at is behind its line end then. */
static Outcome
find_row (SobreCsvReader *self, Search *search)
{
  g_array_set_size (self->found, 0);
  while (TRUE)
    {
      gsize quote = self->delimiter == ' ' ? search->at : skip_blanks (search, search->at);
      gboolean quoted = quote < search->length && search->text[quote] == '"';
      gboolean more = FALSE;
      gsize end;
      Outcome outcome;
      Cell cell;

      if (quote == search->length && !search->whole)
        return MORE;
      if (quoted)
        search->at = quote + 1;
      outcome = quoted ? find_quoted (self, search, &cell) : find_plain (self, search, &cell);
      if (outcome != FOUND)
        return outcome;
      if (self->found->len == SOBRE_IMPORT_MAX_COLUMNS)
        return refuse (search, "row.cells");
      g_array_append_val (self->found, cell);
      if (search->at > MAX_ROW_BYTES)
        return refuse (search, "row.length");

      self->blank = !quoted && self->found->len == 1 && cell.length == 0;
      if (search->at == search->length)
        return search->whole ? FOUND : MORE;
      end = measure_line_end (self, search, search->at, &more);
      if (more)
        return MORE;
      if (end > 0)
        {
          search->at += end;
          search->n_lines++;
          return FOUND;
        }
      if (search->text[search->at] != self->delimiter)
        return refuse (search, "quote.text");
      search->at++;
    }
}

static SobreText
undouble (SobreCsvReader *self, const char *text, gsize length)
{
  SobreText result = { (const char *) self->spare->data + self->spare->len, 0 };

  for (gsize i = 0; i < length; i++)
    {
      g_byte_array_append (self->spare, (const guint8 *) text + i, 1);
      i += text[i] == '"';
    }
  result.length = (gsize) ((const char *) self->spare->data + self->spare->len - result.data);
  return result;
}

static void
take_row (SobreCsvReader *self, const Search *search)
{
  gsize ending = search->at;

  g_array_set_size (self->cells, 0);
  /* What is undone is never longer than the row, so the memory does not move while cells point into it. */
  g_byte_array_set_size (self->spare, (guint) search->at);
  g_byte_array_set_size (self->spare, 0);
  for (guint i = 0; i < self->found->len; i++)
    {
      const Cell *cell = &g_array_index (self->found, Cell, i);
      SobreText text = { search->text + cell->begin, cell->length };

      if (cell->doubled)
        text = undouble (self, text.data, text.length);
      g_array_append_val (self->cells, text);
    }
  while (ending > 0 && (search->text[ending - 1] == '\n' || search->text[ending - 1] == '\r'))
    ending--;
  self->row = (SobreImportRow) { .line = self->line,
                                 .cells = (const SobreText *) (gconstpointer) self->cells->data,
                                 .n_cells = self->cells->len,
                                 .raw = { search->text, ending } };
  self->taken = search->at;
  self->line_of_next = self->line + search->n_lines;
}

/* The first line of what is no row. It may be longer than any window. */
static gboolean
take_bad_line (SobreCsvReader *self, const char *reason, GError **error)
{
  char end = self->cr_ends ? '\r' : '\n';
  gsize kept;

  while (TRUE)
    {
      gsize length;
      const char *text = sobre_import_input_get_window (self->input, &length);
      const char *found = length > 0 ? memchr (text, end, length) : NULL;

      kept = MIN (found != NULL ? (gsize) (found - text) : length, MAX_RAW_BYTES);
      g_byte_array_set_size (self->spare, 0);
      g_byte_array_append (self->spare, (const guint8 *) text, (guint) kept);
      if (found == NULL && length <= MAX_ROW_BYTES && sobre_import_input_fill (self->input, error))
        continue;
      self->taken = found != NULL ? (gsize) (found - text) + 1 : length;
      break;
    }
  while (error == NULL || *error == NULL)
    {
      gsize length;
      const char *text = sobre_import_input_get_window (self->input, &length);
      const char *found;

      if (self->taken < length || (length > 0 && self->taken == length && text[length - 1] == end))
        break;
      sobre_import_input_skip (self->input, length);
      self->taken = 0;
      if (!sobre_import_input_fill (self->input, error))
        break;
      text = sobre_import_input_get_window (self->input, &length);
      found = memchr (text, end, length);
      self->taken = found != NULL ? (gsize) (found - text) + 1 : length;
      if (found != NULL)
        break;
    }
  self->row =
      (SobreImportRow) { .line = self->line, .reason = reason, .raw = { (const char *) self->spare->data, self->spare->len } };
  self->line_of_next = self->line + 1;
  return error == NULL || *error == NULL;
}

static const SobreImportRow *
refuse_row (SobreCsvReader *self, const Search *search, GError **error)
{
  GError *cause = NULL;

  self->reread += search->at;
  if (self->reread > MAX_REREAD_BYTES)
    {
      g_set_error (error, SOBRE_IMPORT_ERROR, SOBRE_IMPORT_ERROR_UNREADABLE,
                   _ ("Line %" PRIu64 ": too many quotes are opened and never closed; this is no CSV file"), self->line);
      return NULL;
    }
  if (take_bad_line (self, search->reason, &cause))
    return &self->row;
  g_propagate_error (error, cause);
  return NULL;
}

const SobreImportRow *
sobre_csv_reader_next (SobreCsvReader *self, GError **error)
{
  gboolean whole = FALSE;

  sobre_import_input_skip (self->input, self->taken);
  self->taken = 0;
  self->line = self->line_of_next;
  while (TRUE)
    {
      GError *cause = NULL;
      Search search = { .whole = whole };
      Outcome outcome;

      search.text = sobre_import_input_get_window (self->input, &search.length);
      if (search.length == 0 && whole)
        return NULL;
      outcome = search.length > 0 ? find_row (self, &search) : MORE;
      if (outcome == BAD)
        return refuse_row (self, &search, error);
      if (outcome == FOUND && !self->blank)
        {
          take_row (self, &search);
          return &self->row;
        }
      if (outcome == FOUND)
        {
          sobre_import_input_skip (self->input, search.at);
          self->line += search.n_lines;
          self->line_of_next = self->line;
        }
      else if (!sobre_import_input_fill (self->input, &cause))
        {
          if (cause != NULL)
            {
              g_propagate_error (error, cause);
              return NULL;
            }
          whole = TRUE;
        }
    }
}

/* How well @delimiter divides the first rows: how many of them have as many cells as the first, which has to have two. */
static guint
try_delimiter (SobreCsvReader *self, char delimiter, const char *text, gsize length, gboolean whole, guint *n_columns)
{
  Search search = { .text = text, .length = length, .whole = whole };
  guint n_alike = 0;

  self->delimiter = delimiter;
  *n_columns = 0;
  for (guint i = 0; i < SNIFF_ROWS && search.at < search.length; i++)
    {
      gsize begin = search.at;

      if (find_row (self, &search) != FOUND)
        break;
      if (self->blank && search.at > begin)
        continue;
      if (*n_columns == 0)
        *n_columns = self->found->len;
      n_alike += self->found->len == *n_columns;
    }
  return *n_columns > 1 ? n_alike : 0;
}

static void
find_delimiter (SobreCsvReader *self, const char *text, gsize length, gboolean whole)
{
  static const char candidates[] = { ',', ';', '\t', '|' };
  guint best_alike = 0, best_columns = 0;
  char best = ',';

  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      guint n_columns;
      guint n_alike = try_delimiter (self, candidates[i], text, length, whole, &n_columns);

      if (n_alike > best_alike || (n_alike == best_alike && n_alike > 0 && n_columns > best_columns))
        {
          best = candidates[i];
          best_alike = n_alike;
          best_columns = n_columns;
        }
    }
  self->delimiter = best;
}

/* "sep=;" alone in the first line tells the delimiter and is no row. */
static void
take_hint (SobreCsvReader *self, gboolean said)
{
  gsize hint = strlen (HINT);
  gsize length;
  const char *text = sobre_import_input_get_window (self->input, &length);
  gsize end = hint + 1;

  if (length <= end || g_ascii_strncasecmp (text, HINT, hint) != 0)
    return;
  end += text[end] == '\r' && end + 1 < length && text[end + 1] == '\n' ? 1 : 0;
  if (text[end] != '\n')
    return;
  if (!said)
    self->delimiter = text[hint];
  sobre_import_input_skip (self->input, end + 1);
  self->line_of_next = 2;
}

SobreCsvReader *
sobre_csv_reader_new (SobreImportInput *input, char delimiter, GError **error)
{
  SobreCsvReader *self = g_new0 (SobreCsvReader, 1);
  GError *cause = NULL;
  const char *text;
  gsize length;

  self->input = input;
  self->found = g_array_new (FALSE, FALSE, sizeof (Cell));
  self->cells = g_array_new (FALSE, FALSE, sizeof (SobreText));
  self->spare = g_byte_array_new ();
  sobre_import_input_rewind (input);
  do
    text = sobre_import_input_get_window (input, &length);
  while (length < SNIFF_BYTES && sobre_import_input_fill (input, &cause));
  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      sobre_csv_reader_free (self);
      return NULL;
    }

  text = sobre_import_input_get_window (input, &length);
  self->cr_ends = length > 0 && memchr (text, '\n', length) == NULL && memchr (text, '\r', length) != NULL;
  self->delimiter = delimiter;
  if (delimiter == '\0')
    find_delimiter (self, text, length, length < SNIFF_BYTES);
  self->line_of_next = 1;
  take_hint (self, delimiter != '\0');
  return self;
}

void
sobre_csv_reader_free (SobreCsvReader *self)
{
  g_array_unref (self->found);
  g_array_unref (self->cells);
  g_byte_array_unref (self->spare);
  g_free (self);
}

char
sobre_csv_reader_get_delimiter (const SobreCsvReader *self)
{
  return self->delimiter;
}

void
sobre_csv_reader_rewind (SobreCsvReader *self)
{
  GError *error = NULL;

  sobre_import_input_rewind (self->input);
  self->taken = 0;
  self->reread = 0;
  self->line_of_next = 1;
  /* What cannot be read now is told when the next row is asked for. */
  if (sobre_import_input_fill (self->input, &error))
    take_hint (self, TRUE);
  g_clear_error (&error);
}
