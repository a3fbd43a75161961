/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Writes the lake that benches read: by default a million records over 365 days, 200 large objects with nine tenths of them and
 * 5,000 small ones with the rest, in the order of their arrival. Asked for, events and order lines come beside them. The same
 * seed and numbers make the same bytes. On stdout it says in one JSON document what a reader has to find. */

#include <gio/gio.h>
#include <libdeflate.h>
#include <stdlib.h>

#include "bench-records.h"
#include "bench-visits.h"
#include "model/sobre-time.h"

#define RECORDS 1000000
#define GROUPS 200 /* at scale 1 and above */
#define SMALL_PER_GROUP 25
#define GZIP_LEVEL 8

/** Sums: what was written, over all threads. */
typedef struct
{
  guint64 objects, bytes, plain_bytes, lines, answers, normal, duplicates, conflicts, bad;
} Sums;

typedef struct
{
  BenchRecords *records;
  const char *output;
  guint64 n_records;
  guint n_groups;
  guint n_even; /* 0, or so many objects of the same size instead of groups */
  GMutex lock;
  Sums sums;
} Lake;

static guint
count_objects (const Lake *lake)
{
  return lake->n_even > 0 ? lake->n_even : lake->n_groups * (SMALL_PER_GROUP + 1);
}

/* The places of the object that comes as number @object of all. */
static guint64
get_first_place (const Lake *lake, guint object)
{
  guint group = object / (SMALL_PER_GROUP + 1);
  guint in_group = object % (SMALL_PER_GROUP + 1);
  double begin = (double) lake->n_records / lake->n_groups * group;
  double size = (double) lake->n_records / lake->n_groups;
  double share = in_group == 0 ? 0 : BENCH_LARGE_SHARE + (1 - BENCH_LARGE_SHARE) * (in_group - 1) / SMALL_PER_GROUP;

  return lake->n_even > 0 ? lake->n_records * object / lake->n_even : (guint64) (begin + size * share + 0.5);
}

static void
add_kind (Sums *sums, BenchKind kind)
{
  sums->lines++;
  sums->normal += kind == BENCH_NORMAL;
  sums->duplicates += kind == BENCH_DUPLICATE;
  sums->conflicts += kind == BENCH_CONFLICT;
  sums->bad += kind == BENCH_BAD;
}

static void
write_object (const Lake *lake, const char *dataset, guint object, gint64 arrival, const GString *lines, Sums *sums)
{
  struct libdeflate_compressor *compressor = libdeflate_alloc_compressor (GZIP_LEVEL);
  gsize bound = libdeflate_gzip_compress_bound (compressor, lines->len);
  g_autofree char *packed = g_malloc (bound);
  gsize length = libdeflate_gzip_compress (compressor, lines->str, lines->len, packed, bound);
  char day[SOBRE_DAY_STRING_LENGTH + 1];
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  libdeflate_free_compressor (compressor);
  sobre_day_format ((gint32) (arrival / SOBRE_DAY_MS), day);
  folder = g_strdup_printf ("%s/raw/%s/dt=%s", lake->output, dataset, day);
  path = g_strdup_printf ("%s/bench-%06u.json.gz", folder, object);
  if (g_mkdir_with_parents (folder, 0700) < 0 ||
      !g_file_set_contents_full (path, packed, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, &error))
    {
      g_printerr ("%s: %s\n", path, error != NULL ? error->message : "the folder cannot be made");
      exit (1);
    }
  sums->objects++;
  sums->bytes += length;
  sums->plain_bytes += lines->len;
}

static void
make_object_cb (gpointer number, gpointer user_data)
{
  Lake *lake = user_data;
  guint object = GPOINTER_TO_UINT (number) - 1;
  guint64 first = get_first_place (lake, object);
  guint64 end = get_first_place (lake, object + 1);
  g_autoptr (GString) lines = g_string_sized_new ((end - first) * 600);
  Sums sums = { 0 };

  for (guint64 place = first; place < end; place++)
    {
      add_kind (&sums, bench_records_get_kind (lake->records, place));
      sums.answers += bench_records_append (lake->records, place, lines);
    }
  if (lines->len > 0)
    write_object (lake, "responses", object, bench_records_get_arrival (lake->records, first), lines, &sums);

  g_mutex_lock (&lake->lock);
  for (guint i = 0; i < sizeof sums / sizeof (guint64); i++)
    ((guint64 *) &lake->sums)[i] += ((guint64 *) &sums)[i];
  g_mutex_unlock (&lake->lock);
}

/* Extra: another dataset. @append: writes what stands at one place of @records */
typedef struct
{
  const char *dataset;
  guint (*append) (const BenchRecords *records, guint64 place, GString *lines);
  guint64 n_places;
} Extra;

/* Visits and bills lie in one object for each group of the lake. */
static void
write_extra (const Lake *lake, guint64 seed, const Extra *extra)
{
  BenchRecords *records = bench_records_new (seed, MAX (extra->n_places, 1), lake->n_groups);

  for (guint group = 0; group < lake->n_groups; group++)
    {
      guint64 first = extra->n_places * group / lake->n_groups;
      guint64 end = extra->n_places * (group + 1) / lake->n_groups;
      g_autoptr (GString) lines = g_string_new (NULL);
      Sums sums = { 0 };

      for (guint64 place = first; place < end; place++)
        extra->append (records, place, lines);
      if (lines->len > 0)
        write_object (lake, extra->dataset, group, bench_records_get_arrival (records, first), lines, &sums);
    }
  bench_records_free (records);
}

static void
print_sums (const Lake *lake)
{
  const Sums *sums = &lake->sums;

  g_print ("{\"objects\": %" G_GUINT64_FORMAT ", \"bytes\": %" G_GUINT64_FORMAT ", \"plain_bytes\": %" G_GUINT64_FORMAT
           ", \"lines\": %" G_GUINT64_FORMAT ", \"answers\": %" G_GUINT64_FORMAT ", \"distinct\": %" G_GUINT64_FORMAT
           ", \"duplicates\": %" G_GUINT64_FORMAT ", \"conflicts\": %" G_GUINT64_FORMAT ", \"rejects\": %" G_GUINT64_FORMAT
           "}\n",
           sums->objects, sums->bytes, sums->plain_bytes, sums->lines, sums->answers, sums->normal,
           sums->duplicates + sums->conflicts, sums->conflicts, sums->bad);
}

int
main (int argc, char *argv[])
{
  double scale = 1;
  gint64 seed = 1, n_events = 0, n_orders = 0;
  int n_even = 0;
  g_autofree char *output = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "The folder that raw/ is made in", "DIR" },
    { "scale", 's', 0, G_OPTION_ARG_DOUBLE, &scale, "Millions of records", "N" },
    { "events", 0, 0, G_OPTION_ARG_INT64, &n_events, "So many events of visits beside them", "N" },
    { "orders", 0, 0, G_OPTION_ARG_INT64, &n_orders, "So many order lines of bills beside them", "N" },
    { "even", 0, 0, G_OPTION_ARG_INT, &n_even, "So many objects of the same size instead of large and small ones", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "Another lake of the same kind", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- write the bench lake");
  g_autoptr (GError) error = NULL;
  GThreadPool *pool;
  Lake lake = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || output == NULL || !(scale > 0 && scale <= 1000))
    {
      g_printerr ("%s\n", error != NULL ? error->message : "--output is missing, or --scale is not from 0 to 1000");
      return 2;
    }

  lake.output = output;
  lake.n_records = (guint64) (RECORDS * scale);
  lake.n_groups = (guint) CLAMP (GROUPS * scale, 1, GROUPS);
  lake.n_even = (guint) MAX (n_even, 0);
  lake.records = bench_records_new ((guint64) seed, lake.n_records, lake.n_groups);
  pool = g_thread_pool_new (make_object_cb, &lake, (int) g_get_num_processors (), FALSE, NULL);
  for (guint object = 0; object < count_objects (&lake); object++)
    g_thread_pool_push (pool, GUINT_TO_POINTER (object + 1), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);

  write_extra (&lake, (guint64) seed,
               &(Extra) { "events", bench_events_append, (guint64) MAX (n_events, 0) / BENCH_EVENTS_PER_VISIT });
  write_extra (&lake, (guint64) seed,
               &(Extra) { "orders", bench_orders_append, (guint64) MAX (n_orders, 0) / BENCH_LINES_PER_BILL });
  print_sums (&lake);
  bench_records_free (lake.records);
  return 0;
}
