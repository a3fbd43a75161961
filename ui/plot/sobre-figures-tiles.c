/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-figures-plots.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sobre-figures-words.h"
#include "sobre-format.h"
#include "sobre-tile.h"

#define SPARK_DAYS 30
#define CONFIDENCE 1.96 /* of the normal distribution, for 95 per cent */

/* 95 per cent confidence of a mean from the spread of what it is the mean of; NaN with fewer than two answers. */
/* A guest's scores are alike, so it is @n_guests that make a mean sure, not their scores. */
static double
compute_interval (const gint64 histogram[11], gint64 n_guests, double (*get_value) (guint score))
{
  double n = 0, sum = 0, squares = 0, variance;

  for (guint score = 0; score <= 10; score++)
    {
      double value = get_value (score);

      n += (double) histogram[score];
      sum += value * (double) histogram[score];
      squares += value * value * (double) histogram[score];
    }
  if (n < 2 || n_guests < 2)
    return NAN;
  variance = MAX ((squares - sum * sum / n) / (n - 1), 0);
  return CONFIDENCE * sqrt (variance / (double) n_guests);
}

static double
get_score (guint score)
{
  return score;
}

/* The net promoter score is the mean of these. */
static double
get_promotion (guint score)
{
  return score >= 9 ? 100 : score <= 6 ? -100 : 0;
}

static SobreSeries *
make_spark (const GArray *days, gboolean counts)
{
  guint n = days != NULL ? MIN (days->len, SPARK_DAYS) : 0;
  SobreSeries *series = n > 0 ? sobre_series_new ("", n) : NULL;

  for (guint i = 0; i < n; i++)
    {
      const SobreDayFigures *day = &g_array_index (days, SobreDayFigures, days->len - n + i);

      series->x[i] = day->day;
      series->y[i] = counts ? (double) day->n : day->mean;
      series->counts[i] = day->n;
    }
  return series;
}

static int
get_sign (double value, guint decimals)
{
  double rounded = round (value * pow (10, decimals));

  return (rounded > 0) - (rounded < 0);
}

static SobreDrawing *
make_score_tile (const SobreQuestionFigures *figures, gint64 n_guests, const char *label, const GArray *days)
{
  gboolean nps = figures->kind == SOBRE_ANSWER_NPS && figures->question != NULL;
  guint decimals = nps ? 0 : 2;
  double value = nps ? figures->nps : figures->mean;
  double change = value - (nps ? figures->previous_nps : figures->previous_mean);
  double interval = compute_interval (figures->histogram, n_guests, nps ? get_promotion : get_score);
  g_autofree char *number = sobre_format_number (value, decimals);
  g_autofree char *value_words = nps ? g_strdup_printf (_ ("NPS %s"), number) : g_strdup (number);
  g_autofree char *interval_number = sobre_format_number (interval, decimals);
  g_autofree char *interval_words = g_strdup_printf ("\302\261%s", interval_number);
  g_autofree char *change_words = sobre_format_change (change, decimals);
  g_autofree char *count = sobre_format_count (n_guests);
  gboolean few = n_guests < SOBRE_SMALL_SAMPLE;
  g_autofree char *detail = g_strdup_printf (few && n_guests > 0 ? _ ("n = %s, too few to tell") : _ ("n = %s"), count);
  g_autoptr (SobreSeries) spark = make_spark (days, FALSE);
  gboolean comparable = isfinite (change) && figures->previous_n > 0 && figures->n > 0;
  const SobreTileFigures tile = {
    .label = label,
    .value = value_words,
    .interval = isfinite (interval) ? interval_words : NULL,
    .change = comparable ? change_words : NULL,
    .sense = comparable ? get_sign (change, decimals) : 0,
    .detail = detail,
    .few = few,
    .spark = spark,
  };

  return SOBRE_DRAWING (sobre_tile_new (&tile));
}

static SobreDrawing *
make_count_tile (const SobreFigures *figures)
{
  gint64 change = figures->n_responses - figures->previous_n_responses;
  g_autofree char *value = sobre_format_count (figures->n_responses);
  g_autofree char *change_words = sobre_format_change ((double) change, 0);
  g_autofree char *previous = sobre_format_count (figures->previous_n_responses);
  g_autofree char *detail = g_strdup_printf (_ ("%s before"), previous);
  g_autoptr (SobreSeries) spark = make_spark (figures->spark, TRUE);
  const SobreTileFigures tile = {
    .label = _ ("Answers"),
    .value = value,
    .change = change_words,
    .sense = get_sign ((double) change, 0),
    .detail = detail,
    .spark = spark,
  };

  return SOBRE_DRAWING (sobre_tile_new (&tile));
}

static const SobreQuestionFigures *
find_nps (const SobreFigures *figures)
{
  for (guint i = 0; i < figures->questions->len; i++)
    {
      const SobreQuestionFigures *question = g_ptr_array_index (figures->questions, i);

      if (question->kind == SOBRE_ANSWER_NPS && question->n > 0)
        return question;
    }
  return NULL;
}

/* The one to look at first; of one question alone the overall score says the same. */
static const SobreQuestionFigures *
find_lowest (const SobreFigures *figures)
{
  const SobreQuestionFigures *lowest = NULL;
  guint n_scored = 0;

  for (guint i = 0; i < figures->questions->len; i++)
    {
      const SobreQuestionFigures *question = g_ptr_array_index (figures->questions, i);

      if ((question->kind != SOBRE_ANSWER_STARS && question->kind != SOBRE_ANSWER_SMILEY) || question->n < SOBRE_SMALL_SAMPLE)
        continue;
      n_scored++;
      if (lowest == NULL || question->mean < lowest->mean)
        lowest = question;
    }
  return n_scored > 1 ? lowest : NULL;
}

/* Guests who gave a score. */
static gint64
count_rated (const SobreFigures *figures)
{
  gint64 n = 0;

  for (guint i = 0; i < figures->days->len; i++)
    n += g_array_index (figures->days, SobreDayFigures, i).n;
  return n;
}

GPtrArray *
sobre_figures_make_tiles (const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  GPtrArray *tiles = g_ptr_array_new_with_free_func (g_object_unref);
  const SobreQuestionFigures *nps = find_nps (figures);
  const SobreQuestionFigures *lowest = find_lowest (figures);

  g_ptr_array_add (tiles, make_score_tile (&figures->overall, count_rated (figures), _ ("Overall score"), figures->spark));
  if (nps != NULL)
    g_ptr_array_add (tiles, make_score_tile (nps, nps->n, _ ("Would recommend"), nps->spark));
  if (lowest != NULL)
    {
      const char *name = sobre_figures_get_question_name (labels, lowest->question);
      /* Translators: the question with the lowest score. */
      g_autofree char *label = g_strdup_printf (_ ("Lowest: %s"), name);

      g_ptr_array_add (tiles, make_score_tile (lowest, lowest->n, label, lowest->spark));
    }
  g_ptr_array_add (tiles, make_count_tile (figures));
  return tiles;
}
