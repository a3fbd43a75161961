/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-figures-plots.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "model/sobre-table.h"
#include "sobre-figures-words.h"
#include "sobre-floor-plan.h"
#include "sobre-table-ranking.h"

/* Those with enough answers first, the lowest of them at the head. */
static int
compare_tables (gconstpointer a, gconstpointer b)
{
  const SobreTableFigures *first = *(const SobreTableFigures *const *) a, *second = *(const SobreTableFigures *const *) b;
  gboolean first_few = first->n < SOBRE_SMALL_SAMPLE, second_few = second->n < SOBRE_SMALL_SAMPLE;

  if (first_few != second_few)
    return first_few - second_few;
  if (isnan (first->mean) || isnan (second->mean))
    return isnan (first->mean) - isnan (second->mean);
  return (first->mean > second->mean) - (first->mean < second->mean);
}

static GPtrArray *
sort_tables (const SobreFigures *figures)
{
  GPtrArray *tables = g_ptr_array_new ();

  for (guint i = 0; i < figures->tables->len; i++)
    if (((SobreTableFigures *) g_ptr_array_index (figures->tables, i))->n > 0)
      g_ptr_array_add (tables, g_ptr_array_index (figures->tables, i));
  g_ptr_array_sort (tables, compare_tables);
  return tables;
}

static char *
describe_part (guint first, guint end, guint n)
{
  if (first > 0)
    return g_strdup_printf (_ ("%u to %u of %u"), first + 1, end, n);
  if (end < n)
    return g_strdup_printf (_ ("the lowest %u of %u"), end, n);
  return g_strdup (_ ("lowest first"));
}

SobreDrawing *
sobre_figures_make_ranking (const SobreFigures *figures, const SobreFiguresLabels *labels, guint first, guint limit)
{
  SobreTableRanking *ranking = sobre_table_ranking_new (figures->overall.mean);
  gboolean with_store = sobre_figures_has_several_stores (figures);
  g_autoptr (GPtrArray) tables = sort_tables (figures);
  guint end = limit > 0 ? MIN (first + limit, tables->len) : tables->len;
  g_autofree char *note = describe_part (first, end, tables->len);

  for (guint i = first; i < end; i++)
    {
      const SobreTableFigures *table = g_ptr_array_index (tables, i);
      g_autofree char *label =
          with_store ? g_strdup_printf ("%s · %s", table->table_id, table->store_id) : g_strdup (table->table_id);

      sobre_table_ranking_add (ranking, label, table->mean, table->n);
    }
  sobre_drawing_set_titles (SOBRE_DRAWING (ranking), _ ("Tables by score"), note);
  return SOBRE_DRAWING (ranking);
}

guint
sobre_figures_count_ranked (const SobreFigures *figures)
{
  g_autoptr (GPtrArray) tables = sort_tables (figures);

  return tables->len;
}

static const SobreTableFigures *
find_figures (const SobreFigures *figures, SobreTable *table)
{
  for (guint i = 0; i < figures->tables->len; i++)
    {
      const SobreTableFigures *candidate = g_ptr_array_index (figures->tables, i);

      if (g_str_equal (candidate->store_id, sobre_table_get_store_id (table)) &&
          g_str_equal (candidate->table_id, sobre_table_get_table_id (table)))
        return candidate;
    }
  return NULL;
}

static gboolean
is_placed (SobreTable *table)
{
  return isfinite (sobre_table_get_x (table)) && isfinite (sobre_table_get_y (table));
}

/* In the order of tables.csv; a floor for each store that has tables with a place. How many of them have answers is told in
 * @n_with_answers. */
static guint
add_floors (SobreFloorPlan *plan, const SobreFigures *figures, const SobreFiguresLabels *labels, guint *n_with_answers)
{
  g_autofree char *floor = NULL;
  guint n_placed = 0;

  for (guint i = 0; i < g_list_model_get_n_items (labels->tables); i++)
    {
      g_autoptr (SobreTable) table = g_list_model_get_item (labels->tables, i);
      const char *store_id = sobre_table_get_store_id (table);
      const SobreTableFigures *found = find_figures (figures, table);

      if (!is_placed (table) || (figures->filter->store_id != NULL && g_strcmp0 (figures->filter->store_id, store_id) != 0))
        continue;
      if (g_strcmp0 (floor, store_id) != 0)
        sobre_floor_plan_add_floor (plan, store_id, sobre_figures_get_store_name (labels, store_id));
      g_set_str (&floor, store_id);
      sobre_floor_plan_add_table (plan, sobre_table_get_table_id (table), sobre_table_get_zone (table),
                                  sobre_table_get_x (table), sobre_table_get_y (table), found != NULL ? found->mean : NAN,
                                  found != NULL ? found->n : 0);
      n_placed++;
      *n_with_answers += found != NULL && found->n > 0;
    }
  return n_placed;
}

/* A plan that lacks more tables than it shows would hide them. */
SobreDrawing *
sobre_figures_make_floor_plan (const SobreFigures *figures, const SobreFiguresLabels *labels)
{
  g_autoptr (SobreFloorPlan) plan = sobre_floor_plan_new (figures->overall.mean);
  guint n_ranked = sobre_figures_count_ranked (figures), n_with_answers = 0, n_placed;

  if (labels->tables == NULL)
    return NULL;
  n_placed = add_floors (plan, figures, labels, &n_with_answers);
  if (n_placed == 0 || n_ranked - n_with_answers > n_with_answers)
    return NULL;
  sobre_floor_plan_finish (plan, n_ranked - n_with_answers);
  sobre_figures_set_titles (figures, labels, SOBRE_DRAWING (plan), _ ("Tables"));
  return SOBRE_DRAWING (g_steal_pointer (&plan));
}

SobreDrawing *
sobre_figures_make_tables (const SobreFigures *figures, const SobreFiguresLabels *labels, guint limit)
{
  SobreDrawing *plan = sobre_figures_make_floor_plan (figures, labels);

  return plan != NULL ? plan : sobre_figures_make_ranking (figures, labels, 0, limit);
}
