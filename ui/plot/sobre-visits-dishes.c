/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-visits-plots.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "sobre-figures-words.h"
#include "sobre-format.h"
#include "sobre-plot.h"
#include "sobre-table-ranking.h"
#include "sobre-visits-words.h"

/* The dish's name on the menu; its id where it is not on it any more. (transfer none) */
static const char *
get_dish_name (const SobreFiguresLabels *labels, const char *item)
{
  const SobreMenuOption *option = NULL;
  const SobreMenuDish *dish = labels->menu != NULL ? sobre_menu_find_item (labels->menu, item, &option) : NULL;
  const char *language =
      labels->language != NULL || labels->menu == NULL ? labels->language : sobre_menu_get_languages (labels->menu)[0];

  if (dish == NULL)
    return item;
  return sobre_document_text_get (option != NULL ? option->name : dish->name, language);
}

static const char *
get_no_score_words (const SobreVisitFigures *visits)
{
  for (guint i = 0; i < visits->dishes->len; i++)
    {
      if (((const SobreDishFigures *) g_ptr_array_index (visits->dishes, i))->scores > 0)
        return _ ("No dish that has a score was looked at in this period");
    }
  return _ ("No dish has a score in this period. Guests give one on the menu, or in a form that asks for dishes.");
}

static char *
describe_dish (const SobreDishFigures *dish, const SobreFiguresLabels *labels)
{
  g_autofree char *visits = sobre_format_count (dish->visits);
  g_autofree char *mean = sobre_format_number (dish->mean, 2);
  g_autofree char *scores = sobre_format_count (dish->scores);
  g_autofree char *sold = sobre_format_count (dish->sold);

  /* Translators: a dish, visits that looked at it, its score, the number of scores, how many were sold. */
  return g_strdup_printf (_ ("%s: %s visits, score %s, n = %s, %s sold"), get_dish_name (labels, dish->item), visits, mean,
                          scores, sold);
}

static int
compare_visits (gconstpointer a, gconstpointer b)
{
  const SobreDishFigures *x = *(const SobreDishFigures *const *) a, *y = *(const SobreDishFigures *const *) b;

  return x->visits != y->visits ? (x->visits > y->visits) - (x->visits < y->visits) : strcmp (x->item, y->item);
}

/* (element-type SobreDishFigures): those that can be placed, by visits */
static GPtrArray *
list_placed (const SobreVisitFigures *visits)
{
  GPtrArray *placed = g_ptr_array_new ();

  for (guint i = 0; i < visits->dishes->len; i++)
    {
      SobreDishFigures *dish = g_ptr_array_index (visits->dishes, i);

      if (dish->visits > 0 && dish->scores > 0)
        g_ptr_array_add (placed, dish);
    }
  g_ptr_array_sort (placed, compare_visits);
  return placed;
}

static SobreDataTable *
make_interest_table (const SobreVisitFigures *visits, const SobreFiguresLabels *labels)
{
  const char *header[] = { _ ("Dish"), _ ("Visits"), _ ("Sold"), _ ("Mean score"), _ ("Scores"), NULL };
  SobreDataTable *table = sobre_data_table_new (header);

  for (guint i = 0; i < visits->dishes->len; i++)
    {
      const SobreDishFigures *dish = g_ptr_array_index (visits->dishes, i);
      g_autofree char *looks = sobre_format_count (dish->visits);
      g_autofree char *sold = sobre_format_count (dish->sold);
      g_autofree char *mean = sobre_format_number (dish->mean, 2);
      g_autofree char *scores = sobre_format_count (dish->scores);

      sobre_data_table_add (table, (const char *[]) { get_dish_name (labels, dish->item), looks, sold, mean, scores, NULL });
    }
  return table;
}

static SobreLayer *
make_points (const GPtrArray *placed, double usual, const SobreFiguresLabels *labels)
{
  g_autoptr (SobreSeries) series = sobre_series_new (_ ("Dishes"), placed->len);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) all_names = NULL;
  g_auto (GStrv) all_words = NULL;

  for (guint i = 0; i < placed->len; i++)
    {
      const SobreDishFigures *dish = g_ptr_array_index (placed, i);

      series->x[i] = (double) dish->visits;
      series->y[i] = dish->mean;
      series->counts[i] = dish->scores;
      g_strv_builder_add (names, get_dish_name (labels, dish->item));
      g_strv_builder_take (words, describe_dish (dish, labels));
    }
  all_names = g_strv_builder_end (names);
  all_words = g_strv_builder_end (words);
  return sobre_point_layer_new (series, usual, (const char *const *) all_names, (const char *const *) all_words);
}

/* The mean over all scores of dishes: what a dish is compared with. */
static double
find_usual (const SobreVisitFigures *visits)
{
  double sum = 0, n = 0;

  for (guint i = 0; i < visits->dishes->len; i++)
    {
      const SobreDishFigures *dish = g_ptr_array_index (visits->dishes, i);

      sum += dish->scores > 0 ? dish->mean * (double) dish->scores : 0;
      n += (double) dish->scores;
    }
  return n > 0 ? sum / n : (double) NAN;
}

static char *
make_caption (const SobreScale *scale, guint n_left_out)
{
  g_autofree char *from = sobre_format_number (scale->min, 0);
  g_autoptr (GString) caption = g_string_new (NULL);

  g_string_append_printf (caption, _ ("Mean score, axis from %s"), from);
  g_string_append (caption, _ (" · to the right: visits that looked at the dish"));
  if (n_left_out > 0)
    g_string_append_printf (caption, ngettext (" · %u dish without a score", " · %u dishes without a score", n_left_out),
                            n_left_out);
  return g_string_free (g_steal_pointer (&caption), FALSE);
}

static char *
summarise_interest (const GPtrArray *placed, double usual, const SobreFiguresLabels *labels)
{
  const SobreDishFigures *worst = NULL;
  g_autofree char *words = NULL;
  const SobreDishFigures *most = placed->len > 0 ? g_ptr_array_index (placed, placed->len - 1) : NULL;
  g_autofree char *first = NULL;

  if (most == NULL)
    return g_strdup ("");
  for (guint i = 0; i < placed->len; i++)
    {
      const SobreDishFigures *dish = g_ptr_array_index (placed, i);

      if (dish->scores >= SOBRE_SMALL_SAMPLE && (worst == NULL || dish->mean < worst->mean))
        worst = dish;
    }
  first = describe_dish (most, labels);
  if (worst == NULL)
    return g_strdup_printf (_ ("Most looked at: %s."), first);
  words = describe_dish (worst, labels);
  /* Translators: two dishes with their figures. */
  return g_strdup_printf (_ ("Most looked at: %s. Lowest score: %s."), first, words);
}

SobreDrawing *
sobre_visits_make_interest (const SobreVisitFigures *visits, const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  g_autoptr (GPtrArray) placed = list_placed (visits);
  double usual = find_usual (visits), lowest = NAN, most = 1;
  g_autofree char *caption = NULL;
  g_autofree char *summary = NULL;
  SobreScale scale;
  SobrePlot *plot;
  guint n_unplaced = 0;

  for (guint i = 0; i < placed->len; i++)
    {
      const SobreDishFigures *dish = g_ptr_array_index (placed, i);

      lowest = isnan (lowest) ? dish->mean : MIN (lowest, dish->mean);
      most = MAX (most, (double) dish->visits);
    }
  for (guint i = 0; i < visits->dishes->len; i++)
    n_unplaced += ((const SobreDishFigures *) g_ptr_array_index (visits->dishes, i))->scores == 0;
  scale = sobre_scale_make_score (lowest);
  caption = make_caption (&scale, n_unplaced);
  plot = sobre_plot_new (sobre_axis_new (sobre_scale_make_linear (0, most), NULL), sobre_axis_new (scale, caption));
  summary = summarise_interest (placed, usual, labels);
  if (placed->len > 0)
    {
      sobre_plot_add_layer (plot, make_points (placed, usual, labels));
    }
  else
    {
      const char *empty = visits->n_visits > 0 ? get_no_score_words (visits) : sobre_visits_get_empty_words (visits);

      sobre_plot_set_empty (plot, empty);
      g_set_str (&summary, empty);
    }
  sobre_plot_set_words (plot, summary, make_interest_table (visits, labels));
  sobre_visits_set_titles (visits, figures, labels, SOBRE_DRAWING (plot), _ ("Dishes: interest and score"));
  return SOBRE_DRAWING (plot);
}

static int
compare_scores (gconstpointer a, gconstpointer b)
{
  const SobreDishFigures *x = *(const SobreDishFigures *const *) a, *y = *(const SobreDishFigures *const *) b;
  gboolean few_x = x->scores < SOBRE_SMALL_SAMPLE, few_y = y->scores < SOBRE_SMALL_SAMPLE;

  if (few_x != few_y)
    return few_x - few_y;
  return x->mean != y->mean ? (x->mean > y->mean) - (x->mean < y->mean) : strcmp (x->item, y->item);
}

/* Those with enough scores first, the lowest at the head. @n_enough: (out): how many those are */
static GPtrArray *
list_scored (const SobreVisitFigures *visits, guint *n_enough)
{
  GPtrArray *scored = g_ptr_array_new ();

  *n_enough = 0;
  for (guint i = 0; i < visits->dishes->len; i++)
    {
      SobreDishFigures *dish = g_ptr_array_index (visits->dishes, i);

      if (dish->scores > 0)
        g_ptr_array_add (scored, dish);
      *n_enough += dish->scores >= SOBRE_SMALL_SAMPLE;
    }
  g_ptr_array_sort (scored, compare_scores);
  return scored;
}

static void
add_dish (SobreTableRanking *ranking, const SobreDishFigures *dish, const SobreFiguresLabels *labels)
{
  sobre_table_ranking_add (ranking, get_dish_name (labels, dish->item), dish->mean, dish->scores);
}

static void
add_gap (SobreTableRanking *ranking, guint n)
{
  g_autofree char *words = g_strdup_printf (ngettext ("%u dish between", "%u dishes between", n), n);

  sobre_table_ranking_add_gap (ranking, words);
}

static char *
summarise_dishes (const GPtrArray *scored, guint n_enough, const SobreFiguresLabels *labels)
{
  g_autofree char *lowest = NULL;
  g_autofree char *highest = NULL;

  if (scored->len == 0)
    return NULL;
  lowest = describe_dish (g_ptr_array_index (scored, 0), labels);
  if (n_enough < 2)
    return g_strdup_printf (_ ("Lowest: %s."), lowest);
  highest = describe_dish (g_ptr_array_index (scored, n_enough - 1), labels);
  /* Translators: two dishes with their figures. */
  return g_strdup_printf (_ ("Lowest: %s. Highest: %s."), lowest, highest);
}

/* Where not all fit, the lowest and the highest of those that enough guests scored. */
SobreDrawing *
sobre_visits_make_dishes (const SobreVisitFigures *visits,
                          const SobreFigures *figures,
                          const SobreFiguresLabels *labels,
                          guint limit)
{
  SobreTableRanking *ranking = sobre_table_ranking_new (find_usual (visits));
  guint n_enough;
  g_autoptr (GPtrArray) scored = list_scored (visits, &n_enough);
  g_autofree char *summary = summarise_dishes (scored, n_enough, labels);
  gboolean cut = limit > 1 && n_enough > limit;
  guint n_lowest = cut ? limit / 2 : scored->len;

  if (limit > 1 && !cut)
    n_lowest = MIN (scored->len, limit);
  for (guint i = 0; i < n_lowest; i++)
    add_dish (ranking, g_ptr_array_index (scored, i), labels);
  if (cut)
    {
      guint n_highest = limit - n_lowest - 1;

      add_gap (ranking, n_enough - n_lowest - n_highest);
      for (guint i = n_enough - n_highest; i < n_enough; i++)
        add_dish (ranking, g_ptr_array_index (scored, i), labels);
    }
  sobre_table_ranking_set_words (ranking, _ ("Dish"), get_no_score_words (visits), summary);
  sobre_figures_set_titles (figures, labels, SOBRE_DRAWING (ranking), _ ("Dishes by score"));
  sobre_drawing_set_short_note (SOBRE_DRAWING (ranking), cut ? _ ("lowest and highest") : _ ("lowest first"));
  return SOBRE_DRAWING (ranking);
}
