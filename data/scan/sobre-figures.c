/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scan/sobre-figures-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/** Feeder: who feeds which part of a tally. */
typedef struct
{
  SobreCubeKind cube;
  SobreTallyParts from_cube;
  SobreTallyParts tables_from_cube; /* from the cube of tables */
  SobreTallyParts from_chunks;
} Feeder;

/* Of the three things that a cube has one of each beside day and store (table, hour, language), a filter may name any. */
static Feeder
choose_feeder (const SobreTally *tally)
{
  gboolean by_table = !tally->table.any, by_hour = tally->hour >= 0, by_language = !tally->language.any;

  if (by_table + by_hour + by_language > 1)
    return (Feeder) { .from_chunks = SOBRE_TALLY_DAYS | SOBRE_TALLY_HEAT | SOBRE_TALLY_TABLES };
  if (by_table)
    return (Feeder) { SOBRE_CUBE_TABLE, SOBRE_TALLY_DAYS | SOBRE_TALLY_TABLES, 0, SOBRE_TALLY_HEAT };
  if (by_language)
    return (Feeder) { SOBRE_CUBE_LANGUAGE, SOBRE_TALLY_DAYS, 0, SOBRE_TALLY_HEAT | SOBRE_TALLY_TABLES };
  if (by_hour)
    return (Feeder) { SOBRE_CUBE_HOUR, SOBRE_TALLY_DAYS | SOBRE_TALLY_HEAT, 0, SOBRE_TALLY_TABLES };
  return (Feeder) { SOBRE_CUBE_HOUR, SOBRE_TALLY_DAYS | SOBRE_TALLY_HEAT, SOBRE_TALLY_TABLES, 0 };
}

static double
divide (SobreTallySum sum)
{
  return sum.n > 0 ? (double) sum.sum / SOBRE_CUBE_SUM_UNIT / (double) sum.n : (double) NAN;
}

/* Per cent of 9 and 10 less per cent of 0 to 6. */
static double
find_nps (guint32 kind, const gint64 *histogram, gint64 n)
{
  gint64 balance = histogram[9] + histogram[10];

  if (kind != SOBRE_ANSWER_NPS || n == 0)
    return (double) NAN;
  for (guint score = 0; score <= 6; score++)
    balance -= histogram[score];
  return 100.0 * (double) balance / (double) n;
}

static void
free_question (gpointer data)
{
  SobreQuestionFigures *question = data;

  g_free (question->question);
  g_clear_pointer (&question->spark, g_array_unref);
  g_free (question);
}

static void
free_table (gpointer data)
{
  SobreTableFigures *table = data;

  g_free (table->store_id);
  g_free (table->table_id);
  g_free (table);
}

static char *
dup_text (SobreCacheReader *reader, SobreDictionaryKind kind, guint32 code)
{
  SobreText text = sobre_dictionary_get (sobre_cache_reader_peek_dictionary (reader), kind, code);

  return g_strndup (text.data != NULL ? text.data : "", text.length);
}

static SobreQuestionFigures *
make_question (SobreCacheReader *reader, const SobreTally *tally, const SobreTallyQuestion *from)
{
  SobreQuestionFigures *question = g_new0 (SobreQuestionFigures, 1);
  gint32 spark_from = MIN (tally->from, tally->to - SOBRE_TALLY_SPARK_DAYS + 1);

  question->question = dup_text (reader, SOBRE_DICTIONARY_QUESTION, from->question);
  question->kind = from->kind;
  question->n = from->now.n;
  question->mean = divide (from->now);
  question->nps = find_nps (from->kind, from->histogram, from->now.n);
  for (guint score = 0; score < SOBRE_CUBE_SCORES; score++)
    question->histogram[score] = from->histogram[score];
  question->previous_n = from->previous.n;
  question->previous_mean = divide (from->previous);
  question->previous_nps = find_nps (from->kind, from->previous_histogram, from->previous.n);
  question->spark = g_array_new (FALSE, TRUE, sizeof (SobreDayFigures));
  for (gint32 number = spark_from; number <= tally->to; number++)
    {
      const SobreTallySum *sum = &from->days[number - tally->first];
      SobreDayFigures day = { number, sum->n, divide (*sum), (double) NAN, (double) NAN, FALSE };

      g_array_append_val (question->spark, day);
    }
  return question;
}

static int
compare_questions (gconstpointer a, gconstpointer b)
{
  const SobreTallyQuestion *x = *(const SobreTallyQuestion *const *) a, *y = *(const SobreTallyQuestion *const *) b;

  if (x->question != y->question)
    return x->question < y->question ? -1 : 1;
  return (x->kind > y->kind) - (x->kind < y->kind);
}

/* Codes were given in the order in which answers came, which is the order of the form. */
static void
make_questions (SobreFigures *self, SobreCacheReader *reader, const SobreTally *tally)
{
  SobreTallySum now = { 0 }, previous = { 0 };

  self->questions = g_ptr_array_new_with_free_func (free_question);
  g_ptr_array_sort (tally->questions, compare_questions);
  for (guint i = 0; i < tally->questions->len; i++)
    {
      const SobreTallyQuestion *question = g_ptr_array_index (tally->questions, i);

      if (question->now.n > 0 || question->previous.n > 0)
        g_ptr_array_add (self->questions, make_question (reader, tally, question));
      if (question->kind != SOBRE_ANSWER_STARS && question->kind != SOBRE_ANSWER_SMILEY)
        continue;
      now.n += question->now.n;
      now.sum += question->now.sum;
      previous.n += question->previous.n;
      previous.sum += question->previous.sum;
      for (guint score = 0; score < SOBRE_CUBE_SCORES; score++)
        self->overall.histogram[score] += question->histogram[score];
    }
  self->overall.kind = SOBRE_ANSWER_STARS;
  self->overall.n = now.n;
  self->overall.mean = divide (now);
  self->overall.nps = (double) NAN;
  self->overall.previous_n = previous.n;
  self->overall.previous_mean = divide (previous);
  self->overall.previous_nps = (double) NAN;
}

static GArray *
make_days (const SobreTally *tally, gint32 from)
{
  GArray *days = g_array_new (FALSE, TRUE, sizeof (SobreDayFigures));

  for (gint32 number = from; number <= tally->to; number++)
    {
      const SobreTallyDay *from_day = &tally->days[number - tally->first];
      SobreDayFigures day = { number, from_day->rated, divide (from_day->scores), (double) NAN, (double) NAN, FALSE };

      g_array_append_val (days, day);
    }
  return days;
}

static void
make_counts (SobreFigures *self, const SobreTally *tally)
{
  for (gint32 number = tally->previous; number <= tally->to; number++)
    {
      const SobreTallyDay *day = &tally->days[number - tally->first];

      if (number < tally->from)
        {
          self->previous_n_responses += day->responses;
          continue;
        }
      self->n_responses += day->responses;
      self->n_unverified += tally->unverified ? 0 : day->unverified;
    }
}

/** Ordered: a table with what it is ordered by. */
typedef struct
{
  SobreTableFigures *table;
  char *store_key;
  char *table_key;
} Ordered;

static int
compare_ordered (gconstpointer a, gconstpointer b)
{
  const Ordered *x = a, *y = b;
  int order = strcmp (x->store_key, y->store_key);

  return order != 0 ? order : strcmp (x->table_key, y->table_key);
}

/* By store, then table. Numbers inside names order as numbers: 2 before 10. */
static void
sort_tables (GPtrArray *tables)
{
  g_autofree Ordered *ordered = g_new (Ordered, tables->len);

  for (guint i = 0; i < tables->len; i++)
    {
      SobreTableFigures *table = g_ptr_array_index (tables, i);

      ordered[i] = (Ordered) { table, g_utf8_collate_key_for_filename (table->store_id, -1),
                               g_utf8_collate_key_for_filename (table->table_id, -1) };
    }
  if (tables->len > 0)
    qsort (ordered, tables->len, sizeof *ordered, compare_ordered);
  for (guint i = 0; i < tables->len; i++)
    {
      tables->pdata[i] = ordered[i].table;
      g_free (ordered[i].store_key);
      g_free (ordered[i].table_key);
    }
}

static void
make_tables (SobreFigures *self, SobreCacheReader *reader, const SobreTally *tally)
{
  self->tables = g_ptr_array_new_with_free_func (free_table);
  for (guint i = 0; i < tally->tables->len; i++)
    {
      const SobreTallyTable *from = &g_array_index (tally->tables, SobreTallyTable, i);
      SobreTableFigures *table;

      if (from->scores.n == 0)
        continue;
      table = g_new0 (SobreTableFigures, 1);
      table->store_id = dup_text (reader, SOBRE_DICTIONARY_STORE, from->store);
      table->table_id = dup_text (reader, SOBRE_DICTIONARY_TABLE, from->table);
      table->n = from->rated;
      table->mean = divide (from->scores);
      g_ptr_array_add (self->tables, table);
    }
  sort_tables (self->tables);
}

static void
make_heat (SobreFigures *self, const SobreTally *tally)
{
  for (guint weekday = 0; weekday < 7; weekday++)
    {
      for (guint hour = 0; hour < 24; hour++)
        self->heat[weekday][hour] =
            (SobreCellFigures) { tally->heat_rated[weekday][hour], divide (tally->heat[weekday][hour]) };
    }
}

static gint64
find_newest (SobreCacheReader *reader)
{
  gint64 newest = 0;

  for (guint i = 0; i < sobre_cache_reader_get_n_chunks (reader); i++)
    newest = MAX (newest, sobre_cache_reader_get_chunk (reader, i, 0, NULL)->chunk.max_received);
  return newest;
}

static gboolean
fill (SobreFigures *self, SobreCacheReader *reader, const SobreFilter *filter, guint max_comments, GError **error)
{
  g_autoptr (SobreTally) tally = sobre_tally_new (reader, filter);
  gint32 spark_from = MIN (tally->from, tally->to - SOBRE_TALLY_SPARK_DAYS + 1);
  Feeder feeder = choose_feeder (tally);

  if (feeder.from_cube != 0 && !sobre_tally_feed_from_cube (tally, reader, feeder.cube, feeder.from_cube, error))
    return FALSE;
  if (feeder.tables_from_cube != 0 &&
      !sobre_tally_feed_from_cube (tally, reader, SOBRE_CUBE_TABLE, feeder.tables_from_cube, error))
    return FALSE;
  if (!sobre_tally_feed_from_chunks (tally, reader, feeder.from_chunks, error))
    return FALSE;

  make_questions (self, reader, tally);
  make_counts (self, tally);
  make_tables (self, reader, tally);
  make_heat (self, tally);
  self->days = make_days (tally, tally->from);
  self->spark = make_days (tally, spark_from);
  sobre_tally_make_band (tally, tally->from, self->days);
  sobre_tally_make_band (tally, spark_from, self->spark);
  self->newest = find_newest (reader);
  self->comments = sobre_tally_list_comments (tally, reader, max_comments, error);
  return self->comments != NULL;
}

SobreFigures *
sobre_figures_compute (SobreCacheReader *reader, const SobreFilter *filter, guint max_comments, GError **error)
{
  g_autoptr (SobreFigures) self = g_new0 (SobreFigures, 1);
  gboolean filled;

  g_atomic_ref_count_init (&self->ref_count);
  self->filter = sobre_filter_copy (filter);
  if (!sobre_cache_reader_begin (reader, error))
    return NULL;
  filled = fill (self, reader, filter, max_comments, error);
  sobre_cache_reader_end (reader);
  return filled ? g_steal_pointer (&self) : NULL;
}

SobreFigures *
sobre_figures_ref (SobreFigures *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sobre_figures_unref (SobreFigures *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  sobre_filter_free (self->filter);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_clear_pointer (&self->days, g_array_unref);
  g_clear_pointer (&self->spark, g_array_unref);
  g_clear_pointer (&self->tables, g_ptr_array_unref);
  g_clear_pointer (&self->comments, g_ptr_array_unref);
  g_free (self);
}
