/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scan/sobre-figures-private.h"

#include "model/sobre-time.h"

/* A filter of more days is cut at its end: a dashboard shows years, not ages. */
#define MOST_DAYS 36525

static SobreTallyCode
find_code (SobreDictionary *dictionary, SobreDictionaryKind kind, const char *text)
{
  if (text == NULL)
    return (SobreTallyCode) { .any = TRUE };
  return (SobreTallyCode) { .code = sobre_dictionary_find (dictionary, kind, sobre_text (text)) };
}

static void
free_question (gpointer data)
{
  SobreTallyQuestion *question = data;

  g_free (question->days);
  g_free (question);
}

SobreTally *
sobre_tally_new (SobreCacheReader *reader, const SobreFilter *filter)
{
  SobreDictionary *dictionary = sobre_cache_reader_peek_dictionary (reader);
  SobreTally *self = g_new0 (SobreTally, 1);
  gint32 length;

  self->from = filter->from_day;
  self->to = (gint32) CLAMP ((gint64) filter->to_day, (gint64) filter->from_day - 1, (gint64) filter->from_day + MOST_DAYS);
  length = self->to - self->from + 1;
  self->previous = self->from - length;
  self->first = MIN (self->previous, MIN (self->from, self->to - SOBRE_TALLY_SPARK_DAYS + 1) - 7 * SOBRE_TALLY_BAND_WEEKS);
  self->store = find_code (dictionary, SOBRE_DICTIONARY_STORE, filter->store_id);
  self->table = find_code (dictionary, SOBRE_DICTIONARY_TABLE, filter->table_id);
  self->language = find_code (dictionary, SOBRE_DICTIONARY_LANGUAGE, filter->language);
  self->weekday = filter->weekday;
  self->hour = filter->hour;
  self->unverified = filter->unverified;
  self->days = g_new0 (SobreTallyDay, (gsize) (self->to - self->first + 1));
  self->questions = g_ptr_array_new_with_free_func (free_question);
  self->tables = g_array_new (FALSE, TRUE, sizeof (SobreTallyTable));
  self->table_index = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
sobre_tally_free (SobreTally *self)
{
  g_free (self->days);
  g_ptr_array_unref (self->questions);
  g_array_unref (self->tables);
  g_hash_table_unref (self->table_index);
  g_free (self);
}

SobreTallyQuestion *
sobre_tally_need_question (SobreTally *self, guint32 question, guint32 kind)
{
  SobreTallyQuestion *added;

  for (guint i = 0; i < self->questions->len; i++)
    {
      SobreTallyQuestion *known = g_ptr_array_index (self->questions, i);

      if (known->question == question && known->kind == kind)
        return known;
    }
  added = g_new0 (SobreTallyQuestion, 1);
  added->question = question;
  added->kind = kind;
  added->days = g_new0 (SobreTallySum, (gsize) (self->to - self->first + 1));
  g_ptr_array_add (self->questions, added);
  return added;
}

SobreTallyTable *
sobre_tally_need_table (SobreTally *self, guint32 store, guint32 table)
{
  gint64 key = (gint64) store << 32 | table;
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->table_index, &key));
  SobreTallyTable entry = { .store = store, .table = table };

  if (index == 0)
    {
      g_array_append_val (self->tables, entry);
      index = self->tables->len;
      g_hash_table_insert (self->table_index, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (index));
    }
  return &g_array_index (self->tables, SobreTallyTable, index - 1);
}

static void
feed_responses (SobreTally *self, gint32 day, const SobreCubeCell *cell)
{
  SobreTallyDay *tally = &self->days[day - self->first];

  if (!cell->verified)
    tally->unverified += cell->n;
  if (!cell->verified && !self->unverified)
    return;
  tally->responses += cell->n;
  tally->rated += cell->sum;
}

static void
feed_answers (SobreTally *self, gint32 day, const SobreCubeCell *cell, gboolean rating)
{
  SobreTallyQuestion *question = sobre_tally_need_question (self, cell->question, cell->kind);
  SobreTallyDay *tally = &self->days[day - self->first];
  gboolean now = day >= self->from;

  question->days[day - self->first].n += cell->n;
  question->days[day - self->first].sum += cell->sum;
  if (now || day >= self->previous)
    {
      SobreTallySum *total = now ? &question->now : &question->previous;
      gint64 *histogram = now ? question->histogram : question->previous_histogram;

      total->n += cell->n;
      total->sum += cell->sum;
      for (guint score = 0; score < SOBRE_CUBE_SCORES; score++)
        histogram[score] += cell->histogram[score];
    }
  if (!rating)
    return;
  tally->scores.n += cell->n;
  tally->scores.sum += cell->sum;
  for (guint score = 0; score < SOBRE_CUBE_SCORES; score++)
    tally->squares += (gint64) (score * score) * cell->histogram[score];
}

/* A table's cells follow each other, so it is mostly the one that was fed last. */
static SobreTallyTable *
find_table (SobreTally *self, const SobreCubeCell *cell)
{
  SobreTallyTable *table =
      self->last_table < self->tables->len ? &g_array_index (self->tables, SobreTallyTable, self->last_table) : NULL;

  if (table == NULL || table->store != cell->store || table->table != cell->place)
    table = sobre_tally_need_table (self, cell->store, cell->place);
  self->last_table = (guint) (table - (SobreTallyTable *) (gpointer) self->tables->data);
  return table;
}

/* Responses with a score, by place: a guest who gives five scores is one guest. */
static void
feed_rated (SobreTally *self, gint weekday, SobreCubeKind cube, const SobreCubeCell *cell, SobreTallyParts parts)
{
  if ((parts & SOBRE_TALLY_HEAT) != 0 && cube == SOBRE_CUBE_HOUR && cell->place < 24)
    self->heat_rated[weekday][cell->place] += cell->sum;
  if ((parts & SOBRE_TALLY_TABLES) != 0 && cube == SOBRE_CUBE_TABLE && cell->sum > 0)
    find_table (self, cell)->rated += cell->sum;
}

static void
feed_cell (SobreTally *self, gint32 day, gint weekday, SobreCubeKind cube, const SobreCubeCell *cell, SobreTallyParts parts)
{
  gboolean rating =
      cell->question != SOBRE_CODE_NONE && (cell->kind == SOBRE_ANSWER_STARS || cell->kind == SOBRE_ANSWER_SMILEY);

  if ((parts & SOBRE_TALLY_DAYS) != 0 && cell->question == SOBRE_CODE_NONE)
    feed_responses (self, day, cell);
  if (!cell->verified && !self->unverified)
    return;
  if (cell->question == SOBRE_CODE_NONE)
    {
      if (day >= self->from)
        feed_rated (self, weekday, cube, cell, parts);
      return;
    }
  if ((parts & SOBRE_TALLY_DAYS) != 0)
    feed_answers (self, day, cell, rating);
  if (day < self->from || !rating)
    return;
  if ((parts & SOBRE_TALLY_HEAT) != 0 && cube == SOBRE_CUBE_HOUR && cell->place < 24)
    {
      self->heat[weekday][cell->place].n += cell->n;
      self->heat[weekday][cell->place].sum += cell->sum;
    }
  if ((parts & SOBRE_TALLY_TABLES) != 0 && cube == SOBRE_CUBE_TABLE)
    {
      SobreTallyTable *table = find_table (self, cell);

      table->scores.n += cell->n;
      table->scores.sum += cell->sum;
    }
}

static gboolean
is_place_wanted (const SobreTally *self, SobreCubeKind cube, guint32 place)
{
  switch (cube)
    {
    case SOBRE_CUBE_TABLE:
      return sobre_tally_code_matches (self->table, place);
    case SOBRE_CUBE_HOUR:
      return self->hour < 0 || (guint32) self->hour == place;
    case SOBRE_CUBE_LANGUAGE:
    default:
      return sobre_tally_code_matches (self->language, place);
    }
}

gboolean
sobre_tally_feed_from_cube (SobreTally *self,
                            SobreCacheReader *reader,
                            SobreCubeKind cube,
                            SobreTallyParts parts,
                            GError **error)
{
  gint32 first, last;

  if (!sobre_cache_reader_get_days (reader, &first, &last))
    return TRUE;
  first = MAX (first, (parts & SOBRE_TALLY_DAYS) != 0 ? self->first : self->from);
  last = MIN (last, self->to);
  if (!sobre_cache_reader_need_cube (reader, cube, first, last, error))
    return FALSE;
  for (gint32 day = first; day <= last; day++)
    {
      gint weekday = sobre_day_get_weekday (day);
      const SobreCubeCell *cells;
      guint n_cells;

      if (self->weekday >= 0 && weekday != self->weekday)
        continue;
      cells = sobre_cache_reader_get_cube (reader, day, cube, &n_cells);
      for (guint i = 0; i < n_cells; i++)
        {
          if (sobre_tally_code_matches (self->store, cells[i].store) && is_place_wanted (self, cube, cells[i].place))
            feed_cell (self, day, weekday, cube, &cells[i], parts);
        }
    }
  return TRUE;
}
