/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/overview/sobre-headline.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sobre-figures-words.h"
#include "sobre-format.h"
#include "widgets/sobre-moment.h"

#define LAST_SCORE 10

/* The variance of one score, from how often each was given. */
static double
get_variance (const SobreQuestionFigures *question)
{
  double sum = 0;

  for (int score = 0; score <= LAST_SCORE; score++)
    sum += (double) question->histogram[score] * (score - question->mean) * (score - question->mean);
  return question->n > 1 ? sum / (double) (question->n - 1) : 0;
}

static gboolean
has_moved (const SobreQuestionFigures *question)
{
  double error;

  if (question->kind == SOBRE_ANSWER_NPS || question->n < SOBRE_SMALL_SAMPLE || question->previous_n < SOBRE_SMALL_SAMPLE)
    return FALSE;
  error = sqrt (get_variance (question) * (1 / (double) question->n + 1 / (double) question->previous_n));
  return fabs (question->mean - question->previous_mean) > 2 * error;
}

static double
get_change (const SobreQuestionFigures *question)
{
  return question->mean - question->previous_mean;
}

/* The question with the largest fall, or the largest rise. */
static const SobreQuestionFigures *
find_mover (const SobreFigures *figures, gboolean rising)
{
  const SobreQuestionFigures *found = NULL;

  for (guint i = 0; i < figures->questions->len; i++)
    {
      const SobreQuestionFigures *question = g_ptr_array_index (figures->questions, i);
      double change = get_change (question);

      if (!has_moved (question) || (change > 0) != rising)
        continue;
      if (found == NULL || fabs (change) > fabs (get_change (found)))
        found = question;
    }
  return found;
}

static char *
describe_move (const SobreQuestionFigures *question, const SobreFiguresLabels *labels)
{
  const char *label = sobre_figures_get_question_name (labels, question->question);
  g_autofree char *mean = sobre_format_number (question->mean, 2);
  g_autofree char *change = sobre_format_change (get_change (question), 2);
  g_autofree char *count = sobre_format_count (question->n);

  if (get_change (question) < 0)
    /* Translators: "Service fell to 3.90 (−0.31, n = 412)." */
    return g_strdup_printf (_ ("%s fell to %s (%s, n = %s)."), label, mean, change, count);
  /* Translators: "Food rose to 4.52 (+0.12, n = 412)." */
  return g_strdup_printf (_ ("%s rose to %s (%s, n = %s)."), label, mean, change, count);
}

/* Whether a part of the answers lies under all of them by more than chance gives. There are many parts, so it takes three standard errors. */
static gboolean
is_low (const SobreFigures *figures, gint64 n, double mean)
{
  double error;

  if (n < SOBRE_SMALL_SAMPLE || isnan (mean))
    return FALSE;
  error = sqrt (get_variance (&figures->overall) / (double) n);
  return figures->overall.mean - mean > 3 * error;
}

static void
evidence_free (SobreEvidence *self)
{
  g_free (self->words);
  g_free (self->store_id);
  g_free (self->table_id);
  g_free (self);
}

/* Takes @words. No line ends within "n = 14". */
static char *
keep_together (char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, " = ", -1);

  g_free (words);
  return g_strjoinv ("\302\240=\302\240", parts);
}

/* Takes @words. */
static SobreEvidence *
make_evidence (char *words, int weekday, int hour, const SobreTableFigures *table)
{
  SobreEvidence *self = g_new0 (SobreEvidence, 1);

  self->words = keep_together (words);
  self->weekday = weekday;
  self->hour = hour;
  self->store_id = table != NULL ? g_strdup (table->store_id) : NULL;
  self->table_id = table != NULL ? g_strdup (table->table_id) : NULL;
  return self;
}

static SobreEvidence *
find_weak_hour (const SobreFigures *figures)
{
  const SobreCellFigures *lowest = NULL;
  int lowest_weekday = 0;
  int lowest_hour = 0;
  g_autofree char *hour_name = NULL;
  g_autofree char *mean = NULL;
  g_autofree char *count = NULL;

  if (figures->filter->hour >= 0)
    return NULL;
  for (int weekday = 0; weekday < 7; weekday++)
    for (int hour = 0; hour < 24; hour++)
      {
        const SobreCellFigures *cell = &figures->heat[weekday][hour];

        if (!is_low (figures, cell->n, cell->mean) || (lowest != NULL && lowest->mean <= cell->mean))
          continue;
        lowest = cell;
        lowest_weekday = weekday;
        lowest_hour = hour;
      }
  if (lowest == NULL)
    return NULL;
  hour_name = sobre_moment_format_cell (lowest_weekday, lowest_hour);
  mean = sobre_format_number (lowest->mean, 2);
  count = sobre_format_count (lowest->n);
  /* Translators: "Weakest hour: Friday 20:00–21:00 with 3.21 (n = 14)." */
  return make_evidence (g_strdup_printf (_ ("Weakest hour: %s with %s (n = %s)."), hour_name, mean, count), lowest_weekday,
                        lowest_hour, NULL);
}

static SobreEvidence *
find_weak_table (const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  const SobreTableFigures *lowest = NULL;
  g_autofree char *name = NULL;
  g_autofree char *mean = NULL;
  g_autofree char *count = NULL;

  if (figures->filter->table_id != NULL)
    return NULL;
  for (guint i = 0; i < figures->tables->len; i++)
    {
      const SobreTableFigures *table = g_ptr_array_index (figures->tables, i);

      if (is_low (figures, table->n, table->mean) && (lowest == NULL || table->mean < lowest->mean))
        lowest = table;
    }
  if (lowest == NULL)
    return NULL;
  mean = sobre_format_number (lowest->mean, 2);
  count = sobre_format_count (lowest->n);
  name = sobre_figures_has_several_stores (figures)
             ? g_strdup_printf ("%s, %s", lowest->table_id, sobre_figures_get_store_name (labels, lowest->store_id))
             : g_strdup (lowest->table_id);
  /* Translators: "Weakest table: 12 with 3.21 (n = 14)." */
  return make_evidence (g_strdup_printf (_ ("Weakest table: %s with %s (n = %s)."), name, mean, count), -1, -1, lowest);
}

static char *
describe_few (const SobreFigures *figures)
{
  g_autofree char *count = NULL;

  if (figures->n_responses == 0)
    return g_strdup (_ ("No answers in the period and places shown."));
  count = sobre_format_count (figures->n_responses);
  return g_strdup_printf (ngettext ("%s answer so far: too few to judge by.", "%s answers so far: too few to judge by.",
                                    (gulong) figures->n_responses),
                          count);
}

static char *
describe_steady (const SobreFigures *figures)
{
  g_autofree char *mean = NULL;

  if (isnan (figures->overall.mean))
    return g_strdup (_ ("Guests gave no scores in the period shown."));
  mean = sobre_format_number (figures->overall.mean, 2);
  if (figures->overall.previous_n < SOBRE_SMALL_SAMPLE)
    return g_strdup_printf (_ ("Guests give %s on average; there is no period before to compare with."), mean);
  return g_strdup_printf (_ ("Scores are steady at %s: no question changed by more than chance."), mean);
}

static void
add (SobreHeadline *self, SobreEvidence *evidence)
{
  if (evidence != NULL)
    g_ptr_array_add (self->evidence, evidence);
}

SobreHeadline *
sobre_headline_make (const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  SobreHeadline *self = g_new0 (SobreHeadline, 1);
  const SobreQuestionFigures *falling = find_mover (figures, FALSE);
  const SobreQuestionFigures *rising = find_mover (figures, TRUE);

  self->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify) evidence_free);
  if (figures->n_responses < SOBRE_SMALL_SAMPLE)
    {
      self->headline = describe_few (figures);
      return self;
    }
  if (falling != NULL || rising != NULL)
    self->headline = keep_together (describe_move (falling != NULL ? falling : rising, labels));
  else
    self->headline = describe_steady (figures);
  if (falling != NULL && rising != NULL)
    add (self, make_evidence (describe_move (rising, labels), -1, -1, NULL));
  add (self, find_weak_hour (figures));
  add (self, find_weak_table (figures, labels));
  return self;
}

void
sobre_headline_free (SobreHeadline *self)
{
  g_free (self->headline);
  g_ptr_array_unref (self->evidence);
  g_free (self);
}
