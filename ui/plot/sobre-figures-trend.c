/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-figures-plots.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "model/sobre-note.h"
#include "model/sobre-time.h"
#include "sobre-figures-words.h"
#include "sobre-format.h"
#include "sobre-plot.h"

#define MOST_DAYS 120  /* more of them are shown as weeks */
#define MOST_WEEKS 800 /* more days than this are shown as months */

typedef enum
{
  BUCKET_DAY,
  BUCKET_WEEK,
  BUCKET_MONTH,
} Bucket;

typedef struct
{
  SobreSeries *mean;
  SobreSeries *low;
  SobreSeries *high;
  SobreSeries *outliers;
  GPtrArray *outlier_labels;
  GListModel *notes;
} Trend;

static void
trend_clear (Trend *self)
{
  g_clear_pointer (&self->mean, sobre_series_unref);
  g_clear_pointer (&self->low, sobre_series_unref);
  g_clear_pointer (&self->high, sobre_series_unref);
  g_clear_pointer (&self->outliers, sobre_series_unref);
  g_clear_pointer (&self->outlier_labels, g_ptr_array_unref);
  g_clear_object (&self->notes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Trend, trend_clear)

static Bucket
choose_bucket (const GArray *days)
{
  return days->len <= MOST_DAYS ? BUCKET_DAY : days->len <= MOST_WEEKS ? BUCKET_WEEK : BUCKET_MONTH;
}

/* A day or a week says little without the weeks before it. */
static const GArray *
choose_days (const SobreFigures *figures)
{
  return 2 * figures->days->len <= figures->spark->len ? figures->spark : figures->days;
}

static gint32
get_bucket_start (Bucket bucket, gint32 day)
{
  int year, month, date;

  if (bucket == BUCKET_DAY)
    return day;
  if (bucket == BUCKET_WEEK)
    return day - sobre_day_get_weekday (day);
  sobre_day_to_civil (day, &year, &month, &date);
  return sobre_day_from_civil (year, month, 1);
}

static const SobreDayFigures *
get_day (const GArray *days, guint i)
{
  return &g_array_index (days, SobreDayFigures, i);
}

static guint
count_buckets (const GArray *days, Bucket bucket)
{
  guint n = 0;

  for (guint i = 0; i < days->len; i++)
    n += i == 0 || get_bucket_start (bucket, get_day (days, i)->day) != get_bucket_start (bucket, get_day (days, i - 1)->day);
  return n;
}

/* Weighted by answers: the mean of a week's answers, not of its days. */
static SobreSeries *
make_mean (const GArray *days, Bucket bucket)
{
  SobreSeries *series = sobre_series_new (_ ("Mean score"), count_buckets (days, bucket));
  double sum = 0;
  int point = -1;

  for (guint i = 0; i < days->len; i++)
    {
      const SobreDayFigures *day = get_day (days, i);

      if (i == 0 || get_bucket_start (bucket, day->day) != get_bucket_start (bucket, get_day (days, i - 1)->day))
        {
          point++;
          sum = 0;
          series->x[point] = day->day;
        }
      if (day->n > 0 && isfinite (day->mean))
        {
          sum += day->mean * (double) day->n;
          series->counts[point] += day->n;
          series->y[point] = sum / (double) series->counts[point];
        }
    }
  return series;
}

static void
add_band (Trend *trend, const GArray *days)
{
  trend->low = sobre_series_new (_ ("Expected, lower end"), days->len);
  trend->high = sobre_series_new (_ ("Expected, upper end"), days->len);
  for (guint i = 0; i < days->len; i++)
    {
      const SobreDayFigures *day = get_day (days, i);

      trend->low->x[i] = trend->high->x[i] = day->day;
      if (!isfinite (day->low) || !isfinite (day->high))
        continue;
      trend->low->y[i] = MAX (day->low, 1);
      trend->high->y[i] = MIN (day->high, 5);
    }
}

static void
add_outliers (Trend *trend, const GArray *days)
{
  guint n = 0;

  for (guint i = 0; i < days->len; i++)
    n += get_day (days, i)->outlier && isfinite (get_day (days, i)->mean);
  trend->outliers = sobre_series_new (_ ("Unusual days"), n);
  n = 0;
  for (guint i = 0; i < days->len; i++)
    {
      const SobreDayFigures *day = get_day (days, i);
      g_autofree char *when = NULL, *value = NULL, *low = NULL, *high = NULL;

      if (!day->outlier || !isfinite (day->mean))
        continue;
      when = sobre_format_weekday_and_day (day->day);
      value = sobre_format_number (day->mean, 2);
      low = sobre_format_number (day->low, 1);
      high = sobre_format_number (MIN (day->high, 5), 1);
      trend->outliers->x[n] = day->day;
      trend->outliers->y[n] = day->mean;
      trend->outliers->counts[n++] = day->n;
      /* Translators: an unusual day: "Fri 13 Nov 3.75, expected 4.2–4.6". */
      g_ptr_array_add (trend->outlier_labels, g_strdup_printf (_ ("%s %s, expected %s\342\200\223%s"), when, value, low, high));
    }
}

/* Those of the days on the axis. */
static void
add_notes (Trend *trend, GListModel *notes, gint32 first, gint32 last)
{
  g_autoptr (GListStore) shown = g_list_store_new (SOBRE_TYPE_NOTE);

  for (guint i = 0; notes != NULL && i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (SobreNote) note = g_list_model_get_item (notes, i);

      if (sobre_note_get_day (note) >= first && sobre_note_get_day (note) <= last)
        g_list_store_append (shown, note);
    }
  if (g_list_model_get_n_items (G_LIST_MODEL (shown)) > 0)
    trend->notes = G_LIST_MODEL (g_steal_pointer (&shown));
}

static void
fill_trend (Trend *trend, const GArray *days, Bucket bucket)
{
  trend->outlier_labels = g_ptr_array_new_with_free_func (g_free);
  trend->mean = make_mean (days, bucket);

  /* What is expected of a day says nothing about the mean of a week. */
  if (bucket == BUCKET_DAY)
    {
      add_band (trend, days);
      add_outliers (trend, days);
    }
  g_ptr_array_add (trend->outlier_labels, NULL);
}

static SobreScale
make_score_scale (const Trend *trend)
{
  double low, high, lowest = INFINITY;

  if (sobre_series_get_range (trend->mean, &low, &high))
    lowest = low;
  if (trend->low != NULL && sobre_series_get_range (trend->low, &low, &high))
    lowest = MIN (lowest, low);
  return sobre_scale_make_score (lowest);
}

static char *
make_summary (const Trend *trend)
{
  g_autoptr (GString) words = g_string_new (NULL);
  int last = -1;
  double low, high;
  g_autofree char *low_words = NULL, *high_words = NULL, *last_words = NULL;

  for (guint i = 0; i < trend->mean->n_points; i++)
    if (isfinite (trend->mean->y[i]))
      last = (int) i;
  if (!sobre_series_get_range (trend->mean, &low, &high))
    return g_strdup (_ ("No answers in this period"));
  low_words = sobre_format_number (low, 2);
  high_words = sobre_format_number (high, 2);
  last_words = sobre_format_number (trend->mean->y[last], 2);
  g_string_append_printf (words, _ ("Mean score between %s and %s, last %s."), low_words, high_words, last_words);
  for (guint i = 0; i + 1 < trend->outlier_labels->len; i++)
    g_string_append_printf (words, " %s.", (const char *) g_ptr_array_index (trend->outlier_labels, i));
  for (guint i = 0; trend->notes != NULL && i < g_list_model_get_n_items (trend->notes); i++)
    {
      g_autoptr (SobreNote) note = g_list_model_get_item (trend->notes, i);
      g_autofree char *when = sobre_format_weekday_and_day (sobre_note_get_day (note));

      /* Translators: a day and what happened on it, behind other sentences: "Fri 13 Nov: new menu" */
      g_string_append_c (words, ' ');
      g_string_append_printf (words, _ ("%s: %s"), when, sobre_note_get_text (note));
      g_string_append_c (words, '.');
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* What happened in the bucket that begins with @from, "" for nothing. */
static char *
join_notes (const Trend *trend, Bucket bucket, gint32 from)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; trend->notes != NULL && i < g_list_model_get_n_items (trend->notes); i++)
    {
      g_autoptr (SobreNote) note = g_list_model_get_item (trend->notes, i);

      if (get_bucket_start (bucket, sobre_note_get_day (note)) == get_bucket_start (bucket, from))
        g_string_append_printf (words, "%s%s", words->len > 0 ? "; " : "", sobre_note_get_text (note));
    }
  return g_string_free_and_steal (g_steal_pointer (&words));
}

/* Days, what happened where anything did, figures. */
static SobreDataTable *
make_table (const Trend *trend, Bucket bucket)
{
  const char *header[] = { _ ("From"),    _ ("What happened"), _ ("Mean score"),
                           _ ("Answers"), _ ("Expected from"), _ ("Expected to"),
                           NULL };
  gboolean with_notes = trend->notes != NULL;
  SobreDataTable *table;

  if (!with_notes)
    header[1] = header[0];
  table = sobre_data_table_new (with_notes ? header : header + 1);
  table->n_names = with_notes ? 2 : 1;
  for (guint i = 0; i < trend->mean->n_points; i++)
    {
      g_autofree char *day = sobre_format_day ((gint32) trend->mean->x[i], TRUE);
      g_autofree char *notes = join_notes (trend, bucket, (gint32) trend->mean->x[i]);
      g_autofree char *mean = sobre_format_number (trend->mean->y[i], 2);
      g_autofree char *n = sobre_format_count (trend->mean->counts[i]);
      g_autofree char *low = sobre_format_number (trend->low != NULL ? trend->low->y[i] : NAN, 2);
      g_autofree char *high = sobre_format_number (trend->high != NULL ? trend->high->y[i] : NAN, 2);
      const char *cells[] = { day, with_notes ? notes : day, mean, n, low, high, NULL };

      sobre_data_table_add (table, with_notes ? cells : cells + 1);
    }
  return table;
}

static const char *
get_title (Bucket bucket)
{
  return bucket == BUCKET_DAY ? _ ("Score by day") : bucket == BUCKET_WEEK ? _ ("Score by week") : _ ("Score by month");
}

static char *
make_caption (const SobreScale *scale, const SobreFilter *filter, gboolean in_context)
{
  g_autofree char *span = in_context ? sobre_format_span (filter->from_day, filter->to_day) : NULL;
  g_autofree char *words = scale->min <= 1 ? g_strdup (_ ("Mean score, 1 to 5"))
                                           : g_strdup_printf (_ ("Mean score, 1 to 5; the axis starts at %.0f"), scale->min);

  /* Translators: what is on the axis, and the days on a darker ground: "Mean score, 1 to 5 · shaded: 16–22 Nov 2026" */
  return span != NULL ? g_strdup_printf (_ ("%s · shaded: %s"), words, span) : g_steal_pointer (&words);
}

/* From half a day before the period's first day to its end, which is the axis's. */
static void
add_layers (SobrePlot *plot, const Trend *trend, const SobreFigures *figures, gboolean in_context)
{
  if (in_context)
    sobre_plot_add_layer (plot, sobre_span_layer_new (figures->filter->from_day - 0.5, figures->filter->to_day + 0.5));
  if (trend->low != NULL)
    sobre_plot_add_layer (plot, sobre_band_layer_new (trend->low, trend->high));
  sobre_plot_add_layer (plot, sobre_line_layer_new (trend->mean));
  if (trend->outliers != NULL)
    sobre_plot_add_layer (plot, sobre_outlier_layer_new (trend->outliers, (const char *const *) trend->outlier_labels->pdata));
  if (trend->notes != NULL)
    sobre_plot_add_layer (plot, sobre_note_layer_new (trend->notes));
}

SobreDrawing *
sobre_figures_make_trend (const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  const GArray *days = choose_days (figures);
  gboolean in_context = days != figures->days;
  Bucket bucket = choose_bucket (days);
  g_auto (Trend) trend = { 0 };
  g_autofree char *summary = NULL;
  g_autofree char *caption = NULL;
  gint32 first_day = in_context ? get_day (days, 0)->day : figures->filter->from_day;
  SobreScale scale;
  SobrePlot *plot;
  double low, high;

  fill_trend (&trend, days, bucket);
  add_notes (&trend, labels->notes, first_day, figures->filter->to_day);
  scale = make_score_scale (&trend);
  caption = make_caption (&scale, figures->filter, in_context);
  summary = make_summary (&trend);
  plot = sobre_plot_new (sobre_axis_new (sobre_scale_make_days (first_day, figures->filter->to_day), NULL),
                         sobre_axis_new (scale, caption));
  add_layers (plot, &trend, figures, in_context);
  if (!sobre_series_get_range (trend.mean, &low, &high))
    sobre_plot_set_empty (plot, _ ("No answers in this period"));
  sobre_plot_set_words (plot, summary, make_table (&trend, bucket));
  sobre_figures_set_titles (figures, labels, SOBRE_DRAWING (plot), get_title (bucket));
  return SOBRE_DRAWING (plot);
}
