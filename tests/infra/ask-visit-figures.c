/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Prints the figures of visits as one JSON document: ask-visit-figures WORKSPACE FROM TO STORE QUESTION STEP, where an empty STORE or
 * QUESTION is every one. */

#include <json-glib/json-glib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/sobre-time.h"
#include "scan/sobre-visit-figures.h"

static void
add_count (JsonBuilder *builder, const char *name, gint64 count)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, count);
}

static void
add_scores (JsonBuilder *builder, gint64 scores, gint64 low, double mean)
{
  add_count (builder, "scores", scores);
  add_count (builder, "low", low);
  json_builder_set_member_name (builder, "mean");
  if (isnan (mean))
    json_builder_add_null_value (builder);
  else
    json_builder_add_double_value (builder, mean);
}

static void
begin_member (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_lists (JsonBuilder *builder, const SobreVisitFigures *figures)
{
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < SOBRE_N_VISIT_STEPS; i++)
    json_builder_add_int_value (builder, figures->steps[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "reach");
  json_builder_begin_array (builder);
  for (guint i = 0; i < figures->reach->len; i++)
    {
      const SobreReachFigures *reach = g_ptr_array_index (figures->reach, i);

      begin_member (builder, "question", reach->question);
      add_count (builder, "visits", reach->visits);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "dishes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < figures->dishes->len; i++)
    {
      const SobreDishFigures *dish = g_ptr_array_index (figures->dishes, i);

      begin_member (builder, "item", dish->item);
      add_count (builder, "visits", dish->visits);
      add_count (builder, "sold", dish->sold);
      add_count (builder, "named", dish->named);
      add_scores (builder, dish->scores, dish->low, dish->mean);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_hours_and_loads (JsonBuilder *builder, const SobreVisitFigures *figures)
{
  json_builder_set_member_name (builder, "hours");
  json_builder_begin_array (builder);
  for (guint i = 0; i < 24; i++)
    {
      const SobreHourFigures *hour = &figures->hours[i];

      json_builder_begin_object (builder);
      add_count (builder, "visits", hour->visits);
      add_count (builder, "menus", hour->menus);
      add_count (builder, "forms", hour->forms);
      add_count (builder, "lines", hour->lines);
      add_scores (builder, hour->scores, hour->low, hour->mean);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "loads");
  json_builder_begin_array (builder);
  for (guint i = 0; i < figures->loads->len; i++)
    {
      const SobreLoadFigures *load = &g_array_index (figures->loads, SobreLoadFigures, i);

      json_builder_begin_object (builder);
      add_count (builder, "lines_from", load->lines_from);
      add_count (builder, "hours", load->hours);
      add_scores (builder, load->scores, load->low, load->mean);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static int
print_figures (SobreCacheReader *reader, char **argv)
{
  g_autoptr (SobreFilter) filter = NULL;
  g_autoptr (SobreVisitFigures) figures = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  SobreVisitQuery query = { argv[5][0] != '\0' ? argv[5] : NULL, (guint) g_ascii_strtoull (argv[6], NULL, 10) };
  gint32 from, to;

  if (!sobre_day_parse (argv[2], strlen (argv[2]), &from) || !sobre_day_parse (argv[3], strlen (argv[3]), &to))
    return 2;
  filter = sobre_filter_new (from, to);
  filter->store_id = argv[4][0] != '\0' ? g_strdup (argv[4]) : NULL;
  figures = sobre_visit_figures_compute (reader, filter, &query, &error);
  if (figures == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  json_builder_begin_object (builder);
  add_lists (builder, figures);
  add_hours_and_loads (builder, figures);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  text = json_to_string (document, FALSE);
  puts (text);
  return 0;
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = argc == 7 ? sobre_cache_folder_for_workspace (argv[1]) : NULL;
  g_autoptr (SobreCacheReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  if (folder == NULL)
    {
      g_printerr ("usage: ask-visit-figures WORKSPACE FROM TO STORE QUESTION STEP\n");
      return 2;
    }
  reader = sobre_cache_reader_open (folder, &error);
  if (reader == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  return print_figures (reader, argv);
}
