/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The catalogue of the lake: what lies there by dataset and day, from its list of objects; how many records that are, from the cache, which
 * has read them; and what its tables look like. A folder and a bucket are listed alike. */

#include "sobre-config.h"

#include "cli/sobre-cli.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "cache/sobre-cache.h"
#include "lake/sobre-lake-catalogue.h"
#include "model/sobre-json-members.h"
#include "model/sobre-time.h"
#include "query/sql/sobre-sql-plan.h"

/** Which tables the records of a dataset are read as. */
static const struct
{
  SobreDataset dataset;
  SobreTableKind table;
} tables[] = {
  { SOBRE_DATASET_RESPONSES, SOBRE_TABLE_RESPONSES },
  { SOBRE_DATASET_RESPONSES, SOBRE_TABLE_ANSWERS },
  { SOBRE_DATASET_EVENTS, SOBRE_TABLE_EVENTS },
  { SOBRE_DATASET_ORDERS, SOBRE_TABLE_ORDERS },
};

/* A number of records is told once every object has been counted. */
static gboolean
is_counted (const SobreLakeDay *day)
{
  return day->n_counted == day->n_objects;
}

static void
add_sums (JsonBuilder *builder, const SobreLakeDay *sum)
{
  char arrival[SOBRE_TIME_STRING_LENGTH + 1];

  sobre_json_add_number (builder, "objects", sum->n_objects);
  sobre_json_add_number (builder, "bytes", sum->n_bytes);
  json_builder_set_member_name (builder, "rows");
  if (is_counted (sum))
    json_builder_add_int_value (builder, (gint64) sum->n_rows);
  else
    json_builder_add_null_value (builder);
  sobre_json_add_number (builder, "rejects", sum->n_rejects);
  if (sum->n_objects == 0)
    return;
  sobre_time_format (sum->last_arrival, arrival);
  sobre_json_add_text (builder, "last_arrival", arrival);
}

static void
add_days (JsonBuilder *builder, GPtrArray *days)
{
  json_builder_set_member_name (builder, "days");
  json_builder_begin_array (builder);
  for (guint i = 0; i < days->len; i++)
    {
      const SobreLakeDay *day = g_ptr_array_index (days, i);
      char dt[SOBRE_DAY_STRING_LENGTH + 1];

      sobre_day_format (day->dt, dt);
      json_builder_begin_object (builder);
      sobre_json_add_text (builder, "dataset", sobre_dataset_get_name (day->dataset));
      sobre_json_add_text (builder, "dt", dt);
      add_sums (builder, day);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_tables (JsonBuilder *builder, SobreDataset dataset)
{
  json_builder_set_member_name (builder, "tables");
  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      guint n;
      const SobreScanColumn *columns = sobre_sql_table_get_columns (tables[i].table, &n);

      if (tables[i].dataset != dataset)
        continue;
      json_builder_set_member_name (builder, sobre_sql_table_get_name (tables[i].table));
      json_builder_begin_array (builder);
      for (guint k = 0; k < n; k++)
        {
          g_autofree char *type = sobre_sql_type_dup_name (sobre_sql_column_get_type (columns[k]));

          json_builder_begin_object (builder);
          sobre_json_add_text (builder, "name", sobre_scan_column_get_name (columns[k]));
          sobre_json_add_text (builder, "type", type);
          json_builder_end_object (builder);
        }
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

/* All days of a dataset as one. @n_days: (out): how many have an object */
static SobreLakeDay
sum_dataset (GPtrArray *days, SobreDataset dataset, guint *n_days)
{
  SobreLakeDay sum = { .dataset = dataset };

  *n_days = 0;
  for (guint i = 0; i < days->len; i++)
    {
      const SobreLakeDay *day = g_ptr_array_index (days, i);

      if (day->dataset != dataset)
        continue;
      ++*n_days;
      sum.n_objects += day->n_objects;
      sum.n_bytes += day->n_bytes;
      sum.last_arrival = MAX (sum.last_arrival, day->last_arrival);
      sum.n_counted += day->n_counted;
      sum.n_rows += day->n_rows;
      sum.n_rejects += day->n_rejects;
    }
  return sum;
}

static void
print_document (SobreCli *self, GPtrArray *days)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;
  guint64 n_objects = 0, n_bytes = 0;

  json_builder_begin_object (builder);
  add_days (builder, days);
  json_builder_set_member_name (builder, "datasets");
  json_builder_begin_array (builder);
  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    {
      guint n_days;
      SobreLakeDay sum = sum_dataset (days, (SobreDataset) dataset, &n_days);

      n_objects += sum.n_objects;
      n_bytes += sum.n_bytes;
      json_builder_begin_object (builder);
      sobre_json_add_text (builder, "name", sobre_dataset_get_name (sum.dataset));
      sobre_json_add_number (builder, "days", n_days);
      add_sums (builder, &sum);
      add_tables (builder, sum.dataset);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  sobre_json_add_number (builder, "objects", n_objects);
  sobre_json_add_number (builder, "bytes", n_bytes);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
}

static void
print_line (SobreCli *self, const char *name, const char *when, const SobreLakeDay *sum)
{
  g_autofree char *size = g_format_size (sum->n_bytes);
  g_autofree char *rows = is_counted (sum) ? g_strdup_printf ("%" PRIu64, sum->n_rows) : g_strdup ("-");
  char arrival[SOBRE_TIME_STRING_LENGTH + 1];

  sobre_time_format (sum->last_arrival, arrival);
  sobre_cli_output_print (self->output, "%-10s %-10s %7" PRIu64 " %9s %7" PRIu64 " %10s  %s", name, when, sum->n_objects, rows,
                          sum->n_rejects, size, sum->n_objects > 0 ? arrival : "-");
}

static void
print_tables (SobreCli *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      guint n;
      const SobreScanColumn *columns = sobre_sql_table_get_columns (tables[i].table, &n);
      g_autoptr (GString) line = g_string_new (sobre_sql_table_get_name (tables[i].table));

      for (guint k = 0; k < n; k++)
        {
          g_autofree char *type = sobre_sql_type_dup_name (sobre_sql_column_get_type (columns[k]));

          g_string_append_printf (line, "%s%s %s", k == 0 ? " (" : ", ", sobre_scan_column_get_name (columns[k]), type);
        }
      sobre_cli_output_print (self->output, "%s)", line->str);
    }
}

static void
print_catalogue (SobreCli *self, GPtrArray *days)
{
  guint64 n_uncounted = 0;

  print_document (self, days);
  /* Translators: the heads of columns that are 10, 10, 7, 9, 7 and 10 characters wide: a dataset, a day, numbers, a size, a time. */
  sobre_cli_output_print (self->output, _ ("dataset    day        objects      rows rejects       size  last arrival"));
  for (guint i = 0; i < days->len; i++)
    {
      const SobreLakeDay *day = g_ptr_array_index (days, i);
      char dt[SOBRE_DAY_STRING_LENGTH + 1];

      sobre_day_format (day->dt, dt);
      print_line (self, sobre_dataset_get_name (day->dataset), dt, day);
      n_uncounted += day->n_objects - day->n_counted;
    }
  sobre_cli_output_print (self->output, "%s", "");
  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    {
      guint n_days;
      SobreLakeDay sum = sum_dataset (days, (SobreDataset) dataset, &n_days);
      g_autofree char *when = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day", "%u days", n_days), n_days);

      print_line (self, sobre_dataset_get_name (sum.dataset), when, &sum);
    }
  sobre_cli_output_print (self->output, "%s", "");
  print_tables (self);
  if (n_uncounted > 0)
    sobre_cli_output_note (self->output, _ ("%" PRIu64 " objects are not counted yet; “sobremesa sync” reads them"),
                           n_uncounted);
}

/* What the cache has counted; nothing where there is no cache that can be read. */
static GHashTable *
load_counts (SobreWorkspace *workspace)
{
  g_autoptr (SobreCacheReader) reader = sobre_cache_reader_open (sobre_workspace_get_cache_folder (workspace), NULL);

  return reader != NULL ? sobre_cache_reader_load_counts (reader, NULL) : NULL;
}

SobreCliStatus
sobre_cli_lake_ls (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (SobreWorkspace) workspace = NULL;
  g_autoptr (GHashTable) counts = NULL;
  g_autoptr (DexFuture) future = NULL;
  SobreLakeSource *lake;
  SobreCliStatus status;
  GError *error = NULL;

  if (!sobre_cli_parse (self, command, NULL, &words, 0, 0, &status))
    return status;
  workspace = sobre_cli_open_workspace (self);
  if (workspace == NULL)
    return SOBRE_CLI_FAILED;
  lake = sobre_workspace_get_source (workspace, &error);
  if (lake == NULL)
    return sobre_cli_fail (self, error);
  counts = load_counts (workspace);
  future = sobre_lake_catalogue (lake, counts);
  if (!sobre_cli_await (self, dex_ref (future), &error))
    return sobre_cli_fail (self, error);
  print_catalogue (self, g_value_get_boxed (dex_future_get_value (future, NULL)));
  return SOBRE_CLI_DONE;
}
