/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-visits-plots.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "sobre-bands.h"
#include "sobre-figures-words.h"
#include "sobre-format.h"
#include "sobre-visits-words.h"

#define HOURS 24

/** Span: the hours of the service day that have anything, from the @first of them. */
typedef struct
{
  guint first;
  guint n;
} Span;

static gboolean
has_anything (const SobreHourFigures *hour)
{
  return hour->visits > 0 || hour->lines > 0 || hour->scores > 0;
}

/* A night past midnight follows its evening, because the service day begins at the cut-off. */
static Span
find_span (const SobreVisitFigures *visits, guint cutoff_hour)
{
  guint first = HOURS, last = 0;

  for (guint i = 0; i < HOURS; i++)
    {
      if (!has_anything (&visits->hours[(cutoff_hour + i) % HOURS]))
        continue;
      first = MIN (first, i);
      last = i;
    }
  return first == HOURS ? (Span) { 0, 0 } : (Span) { (cutoff_hour + first) % HOURS, last - first + 1 };
}

static const SobreHourFigures *
get_hour (const SobreVisitFigures *visits, const Span *span, guint column)
{
  return &visits->hours[(span->first + column) % HOURS];
}

typedef double (*GetValue) (const SobreHourFigures *hour);

static double
get_visits (const SobreHourFigures *hour)
{
  return (double) hour->visits;
}

static double
get_lines (const SobreHourFigures *hour)
{
  return (double) hour->lines;
}

static double
get_mean (const SobreHourFigures *hour)
{
  return hour->mean;
}

static SobreSeries *
make_series (const SobreVisitFigures *visits, const Span *span, const char *name, GetValue get_value)
{
  SobreSeries *series = sobre_series_new (name, span->n);

  for (guint i = 0; i < span->n; i++)
    {
      const SobreHourFigures *hour = get_hour (visits, span, i);

      series->x[i] = i;
      series->y[i] = get_value (hour);
      series->counts[i] = hour->scores;
    }
  return series;
}

static void
add_bars (SobreBands *bands, const SobreVisitFigures *visits, const Span *span, const char *name, GetValue get_value)
{
  g_autoptr (SobreSeries) series = make_series (visits, span, name, get_value);
  double low, high;

  if (!sobre_series_get_range (series, &low, &high))
    high = 1;
  sobre_bands_add (bands, sobre_axis_new (sobre_scale_make_linear (0, MAX (high, 1)), name), series, FALSE);
}

static void
add_scores (SobreBands *bands, const SobreVisitFigures *visits, const Span *span)
{
  g_autoptr (SobreSeries) series = make_series (visits, span, _ ("Mean score"), get_mean);
  SobreScale scale;
  g_autofree char *from = NULL;
  g_autofree char *caption = NULL;
  double low, high;

  if (!sobre_series_get_range (series, &low, &high))
    {
      sobre_bands_add_words (bands, _ ("Mean score: no answers in this period"));
      return;
    }
  scale = sobre_scale_make_score (low);
  from = sobre_format_number (scale.min, 0);
  /* Translators: the least score on an axis. */
  caption = g_strdup_printf (_ ("Mean score, axis from %s"), from);
  sobre_bands_add (bands, sobre_axis_new (scale, caption), series, TRUE);
}

static void
add_bands (SobreBands *bands, const SobreVisitFigures *visits, const Span *span)
{
  if (visits->n_visits > 0)
    add_bars (bands, visits, span, _ ("Visits"), get_visits);
  else
    sobre_bands_add_words (bands, visits->has_visits ? _ ("Visits: none in this period")
                                                     : _ ("Visits: none yet, they come with the menu and the form"));
  if (visits->n_lines > 0)
    add_bars (bands, visits, span, _ ("Order lines"), get_lines);
  else
    sobre_bands_add_words (bands, visits->has_orders ? _ ("Order lines: none in this period")
                                                     : _ ("Order lines: none yet, import them from the till"));
  add_scores (bands, visits, span);
}

static char *
describe_hour (guint hour)
{
  return g_strdup_printf ("%02u:00", hour % HOURS);
}

/* The busiest hour, and how it was scored: what orders against rating is about. */
static char *
summarise (const SobreVisitFigures *visits, const Span *span)
{
  g_autofree char *busiest = NULL;
  g_autofree char *lines = NULL;
  g_autofree char *score = NULL;
  guint most = 0;

  for (guint i = 1; i < span->n; i++)
    {
      const SobreHourFigures *hour = get_hour (visits, span, i), *best = get_hour (visits, span, most);

      if (visits->n_lines > 0 ? hour->lines > best->lines : hour->visits > best->visits)
        most = i;
    }
  busiest = describe_hour (span->first + most);
  score = sobre_format_number (get_hour (visits, span, most)->mean, 2);
  if (visits->n_lines > 0)
    {
      lines = sobre_format_count (get_hour (visits, span, most)->lines);
      /* Translators: a time of day, a number, a score. */
      return g_strdup_printf (_ ("Most is ordered from %s on: %s order lines, mean score %s."), busiest, lines, score);
    }
  lines = sobre_format_count (get_hour (visits, span, most)->visits);
  return g_strdup_printf (_ ("Most visits are from %s on: %s, mean score %s."), busiest, lines, score);
}

static void
describe (SobreBands *bands, const SobreVisitFigures *visits, const Span *span)
{
  const char *header[] = { _ ("Hour"),        _ ("Visits"),     _ ("Menus opened"), _ ("Forms opened"),
                           _ ("Order lines"), _ ("Mean score"), _ ("Scores"),       NULL };
  SobreDataTable *table = sobre_data_table_new (header);
  g_autoptr (GStrvBuilder) tips = g_strv_builder_new ();
  g_auto (GStrv) ended = NULL;
  g_autofree char *summary = summarise (visits, span);

  for (guint i = 0; i < span->n; i++)
    {
      const SobreHourFigures *hour = get_hour (visits, span, i);
      g_autofree char *name = describe_hour (span->first + i);
      g_autofree char *n_visits = sobre_format_count (hour->visits);
      g_autofree char *menus = sobre_format_count (hour->menus);
      g_autofree char *forms = sobre_format_count (hour->forms);
      g_autofree char *lines = sobre_format_count (hour->lines);
      g_autofree char *mean = sobre_format_number (hour->mean, 2);
      g_autofree char *scores = sobre_format_count (hour->scores);

      sobre_data_table_add (table, (const char *[]) { name, n_visits, menus, forms, lines, mean, scores, NULL });
      /* Translators: a time of day, visits, order lines, a score and the number of scores. */
      g_strv_builder_take (
          tips, g_strdup_printf (_ ("%s: %s visits, %s order lines, score %s, n = %s"), name, n_visits, lines, mean, scores));
    }
  ended = g_strv_builder_end (tips);
  sobre_bands_set_words (bands, summary, table, (const char *const *) ended);
}

SobreDrawing *
sobre_visits_make_hours (const SobreVisitFigures *visits, const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  Span span = find_span (visits, sobre_service_calendar_get_cutoff (labels->calendar) / 60);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) columns = NULL;
  SobreBands *bands;

  for (guint i = 0; i < MAX (span.n, 1); i++)
    g_strv_builder_take (names, g_strdup_printf ("%02u", (span.first + i) % HOURS));
  columns = g_strv_builder_end (names);
  bands = sobre_bands_new ((const char *const *) columns);
  if (span.n > 0)
    {
      add_bands (bands, visits, &span);
      describe (bands, visits, &span);
    }
  else
    {
      sobre_bands_set_empty (bands, sobre_visits_get_empty_words (visits));
    }
  sobre_visits_set_titles (visits, figures, labels, SOBRE_DRAWING (bands), _ ("Visits, orders and score by hour"));
  return SOBRE_DRAWING (bands);
}
