/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Times a dashboard's numbers on a cache: all of them and each kind by itself, warm, for one span of days, and all of them for filters at
 * random. Prints one JSON document, the numbers included, so that a peer's can be compared with them.
 *
 *   sobremesa-bench-figures CACHE FROM TO ROUNDS N_FILTERS SEED        FROM and TO as YYYY-MM-DD
 */

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "model/sobre-time.h"
#include "scan/sobre-figures-private.h"

#define N_COMMENTS 20

/** Work: what one measured step needs. */
typedef struct
{
  SobreCacheReader *reader;
  const SobreFilter *filter;
} Work;

typedef void (*Step) (const Work *work);

static void
die_on (GError *error)
{
  if (error == NULL)
    return;
  g_printerr ("%s\n", error->message);
  exit (1);
}

static SobreFigures *
compute (const Work *work)
{
  g_autoptr (GError) error = NULL;
  SobreFigures *figures = sobre_figures_compute (work->reader, work->filter, N_COMMENTS, &error);

  die_on (error);
  return figures;
}

static void
do_all (const Work *work)
{
  sobre_figures_unref (compute (work));
}

/* One part of the figures as sobre_figures_compute() counts it when nothing but days is chosen. */
static void
feed (const Work *work, SobreCubeKind cube, SobreTallyParts part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreTally) tally = NULL;

  sobre_cache_reader_begin (work->reader, &error);
  die_on (error);
  tally = sobre_tally_new (work->reader, work->filter);
  sobre_tally_feed_from_cube (tally, work->reader, cube, part, &error);
  die_on (error);
  sobre_cache_reader_end (work->reader);
}

static void
do_tiles_and_trend (const Work *work)
{
  feed (work, SOBRE_CUBE_HOUR, SOBRE_TALLY_DAYS);
}

static void
do_heat (const Work *work)
{
  feed (work, SOBRE_CUBE_HOUR, SOBRE_TALLY_HEAT);
}

static void
do_tables (const Work *work)
{
  feed (work, SOBRE_CUBE_TABLE, SOBRE_TALLY_TABLES);
}

static void
do_comments (const Work *work)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreTally) tally = NULL;
  g_autoptr (GPtrArray) comments = NULL;

  sobre_cache_reader_begin (work->reader, &error);
  die_on (error);
  tally = sobre_tally_new (work->reader, work->filter);
  comments = sobre_tally_list_comments (tally, work->reader, N_COMMENTS, &error);
  die_on (error);
  sobre_cache_reader_end (work->reader);
}

static double
time_once (Step step, const Work *work)
{
  gint64 begin = g_get_monotonic_time ();

  step (work);
  return (double) (g_get_monotonic_time () - begin) / 1000;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
find_share (GArray *times, double share)
{
  g_array_sort (times, compare_doubles);
  return g_array_index (times, double, MIN ((guint) (share * times->len), times->len - 1));
}

static double
find_median (Step step, const Work *work, guint rounds)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  time_once (step, work);
  for (guint i = 0; i < rounds; i++)
    {
      double ms = time_once (step, work);

      g_array_append_val (times, ms);
    }
  return find_share (times, 0.5);
}

static void
add_number (JsonBuilder *builder, const char *name, double number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, number);
}

/* A filter as a manager clicks it together: any span of days, and each other choice made every second time. */
static SobreFilter *
choose_filter (GRand *random, gint32 from, gint32 to)
{
  static const char *const stores[] = { "centro", "playa", "norte" }, *const languages[] = { "es", "en", "de", "fr", "ar" };
  gint32 a = g_rand_int_range (random, from, to + 1), b = g_rand_int_range (random, from, to + 1);
  SobreFilter *filter = sobre_filter_new (MIN (a, b), MAX (a, b));

  if (g_rand_boolean (random))
    filter->store_id = g_strdup (stores[g_rand_int_range (random, 0, G_N_ELEMENTS (stores))]);
  if (filter->store_id != NULL && g_rand_boolean (random))
    filter->table_id = g_strdup_printf ("t%d", g_rand_int_range (random, 1, 41));
  if (g_rand_boolean (random))
    filter->language = g_strdup (languages[g_rand_int_range (random, 0, G_N_ELEMENTS (languages))]);
  if (g_rand_boolean (random))
    filter->weekday = (gint8) g_rand_int_range (random, 0, 7);
  if (g_rand_boolean (random))
    filter->hour = (gint8) g_rand_int_range (random, 11, 24);
  filter->unverified = g_rand_boolean (random);
  return filter;
}

static char *
describe_filter (const SobreFilter *filter)
{
  return g_strdup_printf ("%d days, store %s, table %s, language %s, weekday %d, hour %d%s",
                          filter->to_day - filter->from_day + 1, filter->store_id != NULL ? filter->store_id : "any",
                          filter->table_id != NULL ? filter->table_id : "any",
                          filter->language != NULL ? filter->language : "any", filter->weekday, filter->hour,
                          filter->unverified ? ", unverified too" : "");
}

static void
add_random_filters (JsonBuilder *builder, SobreCacheReader *reader, gint32 from, gint32 to, guint n, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *slowest = NULL;
  double worst = -1;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SobreFilter) filter = choose_filter (random, from, to);
      double ms = time_once (do_all, &(Work) { reader, filter });

      g_array_append_val (times, ms);
      if (ms <= worst)
        continue;
      worst = ms;
      g_free (slowest);
      slowest = describe_filter (filter);
    }
  json_builder_set_member_name (builder, "filters");
  json_builder_begin_object (builder);
  add_number (builder, "p50", find_share (times, 0.5));
  add_number (builder, "p95", find_share (times, 0.95));
  add_number (builder, "max", worst);
  json_builder_set_member_name (builder, "slowest");
  json_builder_add_string_value (builder, slowest != NULL ? slowest : "");
  json_builder_end_object (builder);
}

/* Rows of texts and numbers, as a peer's query gives them. */
static void
add_questions (JsonBuilder *builder, const SobreFigures *figures)
{
  json_builder_set_member_name (builder, "questions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < figures->questions->len; i++)
    {
      const SobreQuestionFigures *question = g_ptr_array_index (figures->questions, i);

      json_builder_begin_array (builder);
      json_builder_add_string_value (builder, question->question);
      json_builder_add_string_value (builder, sobre_answer_kind_get_name (question->kind));
      json_builder_add_int_value (builder, question->n);
      json_builder_add_double_value (builder, question->mean);
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

static void
add_days (JsonBuilder *builder, const SobreFigures *figures)
{
  json_builder_set_member_name (builder, "days");
  json_builder_begin_array (builder);
  for (guint i = 0; i < figures->days->len; i++)
    {
      const SobreDayFigures *day = &g_array_index (figures->days, SobreDayFigures, i);
      char text[SOBRE_DAY_STRING_LENGTH + 1];

      if (day->n == 0)
        continue;
      sobre_day_format (day->day, text);
      json_builder_begin_array (builder);
      json_builder_add_string_value (builder, text);
      json_builder_add_int_value (builder, day->n);
      json_builder_add_double_value (builder, day->mean);
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

static void
add_heat (JsonBuilder *builder, const SobreFigures *figures)
{
  json_builder_set_member_name (builder, "heat");
  json_builder_begin_array (builder);
  for (guint weekday = 0; weekday < 7; weekday++)
    {
      for (guint hour = 0; hour < 24; hour++)
        {
          if (figures->heat[weekday][hour].n == 0)
            continue;
          json_builder_begin_array (builder);
          json_builder_add_int_value (builder, weekday + 1);
          json_builder_add_int_value (builder, hour);
          json_builder_add_int_value (builder, figures->heat[weekday][hour].n);
          json_builder_add_double_value (builder, figures->heat[weekday][hour].mean);
          json_builder_end_array (builder);
        }
    }
  json_builder_end_array (builder);
}

static void
add_tables (JsonBuilder *builder, const SobreFigures *figures)
{
  json_builder_set_member_name (builder, "tables");
  json_builder_begin_array (builder);
  for (guint i = 0; i < figures->tables->len; i++)
    {
      const SobreTableFigures *table = g_ptr_array_index (figures->tables, i);

      json_builder_begin_array (builder);
      json_builder_add_string_value (builder, table->store_id);
      json_builder_add_string_value (builder, table->table_id);
      json_builder_add_int_value (builder, table->n);
      json_builder_add_double_value (builder, table->mean);
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

static void
add_times (JsonBuilder *builder, const Work *work, guint rounds)
{
  json_builder_set_member_name (builder, "ms");
  json_builder_begin_object (builder);
  add_number (builder, "all", find_median (do_all, work, rounds));
  add_number (builder, "tiles and trend", find_median (do_tiles_and_trend, work, rounds));
  add_number (builder, "heat map", find_median (do_heat, work, rounds));
  add_number (builder, "tables", find_median (do_tables, work, rounds));
  add_number (builder, "comments", find_median (do_comments, work, rounds));
  json_builder_end_object (builder);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreCacheReader) reader = NULL;
  g_autoptr (SobreFilter) filter = NULL;
  g_autoptr (SobreFigures) figures = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;
  g_autofree char *text = NULL;
  gint32 from, to;
  gint64 begin;

  if (argc != 7 || !sobre_day_parse (argv[2], strlen (argv[2]), &from) || !sobre_day_parse (argv[3], strlen (argv[3]), &to))
    {
      g_printerr ("usage: %s CACHE FROM TO ROUNDS N_FILTERS SEED\n", argv[0]);
      return 2;
    }
  json_builder_begin_object (builder);
  filter = sobre_filter_new (from, to);
  begin = g_get_monotonic_time ();
  reader = sobre_cache_reader_open (argv[1], &error);
  die_on (error);
  figures = compute (&(Work) { reader, filter });
  add_number (builder, "first_ms", (double) (g_get_monotonic_time () - begin) / 1000);
  add_times (builder, &(Work) { reader, filter }, (guint) g_ascii_strtoull (argv[4], NULL, 10));
  add_questions (builder, figures);
  add_days (builder, figures);
  add_heat (builder, figures);
  add_tables (builder, figures);
  add_random_filters (builder, reader, from, to, (guint) g_ascii_strtoull (argv[5], NULL, 10),
                      (guint32) g_ascii_strtoull (argv[6], NULL, 10));
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  text = json_to_string (document, FALSE);
  g_print ("%s\n", text);
  return 0;
}
