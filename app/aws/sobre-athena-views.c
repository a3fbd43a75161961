/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the cache reckons when it takes a record, said in SQL: data/cache/sobre-row.c has which of several copies counts, sobre-service-calendar.h which
 * instant, and which day that is. */

#include "aws/sobre-athena-views.h"

#include "aws/sobre-athena-statement.h"
#include "model/sobre-time.h"

/* Whoever's clock is this far off is counted at arrival. */
#define COUNTED_AT(at)                                                                                                         \
  "if(" at " > received_at + INTERVAL '5' MINUTE OR " at " < received_at - INTERVAL '30' DAY, received_at, " at ")"

/**
 * Source: what is read of a dataset.
 * @raw: columns of its raw table, times as the texts that they are in files
 * @columns: the same by name
 * @more: columns that only its files have
 * @order: of two copies of a record the first in this order counts
 */
typedef struct
{
  const char *raw;
  const char *columns;
  const char *more;
  const char *order;
} Source;

/**
 * View: one of them.
 * @counted_at: the instant that says which day a record belongs to
 * @columns: what is selected; the service day comes between both parts
 * @join: (nullable): what else is read
 */
typedef struct
{
  const char *name;
  SobreDataset dataset;
  const char *counted_at;
  const char *columns[2];
  const char *join;
} View;

#define TIME(name) "CAST(from_iso8601_timestamp(" name ") AT TIME ZONE 'UTC' AS timestamp(3)) AS " name
#define RESPONSE "store_id, table_id, verified, form_id, form_version, language, answers, comment, duration_ms, channel"
#define EVENT "visit, store_id, table_id, page, action, target, ms"
#define ORDER "store_id, table_id, item_id, item, quantity, amount, currency"

static const Source sources[SOBRE_N_DATASETS] = {
  [SOBRE_DATASET_RESPONSES] = { "id, " TIME ("submitted_at") ", " TIME ("received_at") ", dt, " RESPONSE,
                                "id, submitted_at, received_at, dt, " RESPONSE, ", v, suspicion",
                                "received_at, submitted_at, duration_ms, comment, dt" },
  [SOBRE_DATASET_EVENTS] = { "id, " TIME ("at") ", " TIME ("received_at") ", dt, " EVENT, "id, at, received_at, dt, " EVENT,
                             ", v", "received_at, at, dt" },
  [SOBRE_DATASET_ORDERS] = { "id, " TIME ("at") ", dt, " ORDER, "id, at, dt, " ORDER, ", v", "at, dt" },
};

static const View views[SOBRE_N_ATHENA_VIEWS] = {
  { "responses",
    SOBRE_DATASET_RESPONSES,
    COUNTED_AT ("submitted_at"),
    { "id, submitted_at, received_at, dt",
      "store_id, table_id, verified, form_id, form_version, language, comment, duration_ms, channel" },
    NULL },
  { "answers",
    SOBRE_DATASET_RESPONSES,
    COUNTED_AT ("submitted_at"),
    { "id, submitted_at, dt", "store_id, table_id, verified, question, kind, score, choice, text, item" },
    " CROSS JOIN UNNEST(answers) AS answer (question, kind, score, choice, text, item)" },
  { "events", SOBRE_DATASET_EVENTS, COUNTED_AT ("at"), { "id, at, received_at, dt", EVENT }, NULL },
  { "orders", SOBRE_DATASET_ORDERS, "at", { "id, at, dt", ORDER }, NULL },
};

/* The wall clock's day, moved back by the cut-off: an hour that a change of the clock leaves out or repeats belongs to the day that the clock shows. */
static void
append_service_day (GString *sql, const SobreServiceCalendar *calendar)
{
  g_string_append_printf (
      sql,
      "CAST(CAST(with_timezone(counted_at, 'UTC') AT TIME ZONE '%s' AS timestamp(3)) - INTERVAL '%u' MINUTE "
      "AS date) AS service_day",
      sobre_service_calendar_get_time_zone (calendar), sobre_service_calendar_get_cutoff (calendar));
}

/* "'2026-01-02'" */
static void
append_day (GString *sql, gint32 day)
{
  char text[SOBRE_DAY_STRING_LENGTH + 1];

  sobre_day_format (day, text);
  g_string_append_printf (sql, "'%s'", text);
}

/* "dt IN ('2026-01-02', …)", behind what @before begins it with; nothing where there are no holes */
static void
append_holes (GString *sql, const SobreLakeState *state, const char *before)
{
  for (guint i = 0; i < state->holes->len; i++)
    {
      g_string_append (sql, i == 0 ? before : ", ");
      append_day (sql, g_array_index (state->holes, gint32, i));
    }
  if (state->holes->len > 0)
    g_string_append_c (sql, ')');
}

/* Which days are read from raw files. */
static void
append_hot (GString *sql, const SobreAthenaShape *shape)
{
  g_string_append (sql, "dt >= ");
  append_day (sql, shape->first_day);
  if (shape->state->through == SOBRE_LAKE_NO_DAY)
    return;
  g_string_append (sql, " AND (dt > ");
  append_day (sql, shape->state->through);
  append_holes (sql, shape->state, " OR dt IN (");
  g_string_append_c (sql, ')');
}

/* Which days are read from Parquet files. */
static void
append_cold (GString *sql, const SobreLakeState *state, gint32 from)
{
  g_string_append (sql, "dt >= ");
  append_day (sql, from);
  g_string_append (sql, " AND dt <= ");
  append_day (sql, state->through);
  append_holes (sql, state, " AND dt NOT IN (");
}

/* The first day whose Parquet files may have what is in a raw day, too. */
static gint32
find_copies_from (const SobreLakeState *state)
{
  gint32 first = state->holes->len > 0 ? g_array_index (state->holes, gint32, 0) : state->through + 1;

  return first - SOBRE_ATHENA_COPY_DAYS;
}

/* The records that count, each once. Of those of the raw days whatever is in a Parquet file, too, is left out: they are the side of the join that is read first
 * and kept, so that no Parquet file is read but those that may have one of their ids, and none where the query wants no record of a raw day. */
static void
append_records (GString *sql, const SobreAthenaShape *shape, SobreDataset dataset)
{
  const Source *source = &sources[dataset];
  const char *name = sobre_dataset_get_name (dataset);
  const SobreLakeState *state = shape->state;

  /* A line that is no record is NULL throughout. */
  g_string_append_printf (sql, "WITH copies AS (\n  SELECT %s\n  FROM raw_%s WHERE id IS NOT NULL AND ", source->raw, name);
  append_hot (sql, shape);
  g_string_append_printf (sql,
                          "\n), ranked AS (\n  SELECT *, row_number() OVER (PARTITION BY id ORDER BY %s) AS copy FROM copies\n",
                          source->order);
  if (state->through == SOBRE_LAKE_NO_DAY)
    g_string_append_printf (sql, "), records AS (\n  SELECT %s FROM ranked WHERE copy = 1", source->columns);
  else
    {
      g_string_append_printf (sql,
                              "), hot AS (\n  SELECT * FROM ranked WHERE copy = 1\n), records AS (\n  SELECT %s\n"
                              "  FROM (SELECT id AS known FROM parquet_%s WHERE ",
                              source->columns, name);
      append_cold (sql, state, find_copies_from (state));
      g_string_append_printf (sql,
                              ") RIGHT JOIN hot ON known = id WHERE known IS NULL\n"
                              "  UNION ALL SELECT %s FROM parquet_%s WHERE ",
                              source->columns, name);
      append_cold (sql, state, shape->first_day);
    }
  g_string_append (sql, "\n)");
}

char *
sobre_athena_view_dup_statement (const SobreAthenaShape *shape, guint view)
{
  const View *it = &views[view];
  GString *sql;

  g_return_val_if_fail (view < SOBRE_N_ATHENA_VIEWS, NULL);
  sql = g_string_new (NULL);
  g_string_append_printf (sql, "CREATE OR REPLACE VIEW %s AS\n", it->name);
  append_records (sql, shape, it->dataset);
  g_string_append_printf (sql, ", counted AS (\n  SELECT *, %s AS counted_at FROM records\n)\nSELECT %s, ", it->counted_at,
                          it->columns[0]);
  append_service_day (sql, shape->calendar);
  g_string_append_printf (sql, ", %s\nFROM counted%s", it->columns[1], it->join != NULL ? it->join : "");
  return g_string_free_and_steal (sql);
}

char *
sobre_athena_unload_dup_statement (SobreDataset dataset, const char *prefix, gint32 day)
{
  const Source *source = &sources[dataset];
  g_autoptr (GString) from = g_string_new (NULL);
  g_autoptr (GString) to = g_string_new (NULL);
  g_autoptr (GString) this = g_string_new (NULL);
  /* dt is in the files' names. */
  g_auto (GStrv) parts = g_strsplit (source->columns, "dt, ", 2);

  append_day (from, day - SOBRE_ATHENA_COPY_DAYS);
  append_day (to, day + SOBRE_ATHENA_LATER_DAYS);
  append_day (this, day);
  return g_strdup_printf (
      "UNLOAD (SELECT %s%s%s FROM (SELECT *, row_number() OVER (PARTITION BY id ORDER BY %s) AS copy "
      "FROM (SELECT %s%s FROM raw_%s WHERE dt BETWEEN %s AND %s AND id IS NOT NULL)) WHERE copy = 1 AND dt = %s) "
      "TO '%s' WITH (format = 'PARQUET', compression = 'SNAPPY')",
      parts[0], parts[1], source->more, source->order, source->raw, source->more, sobre_dataset_get_name (dataset), from->str,
      to->str, this->str, prefix);
}

char *
sobre_athena_proof_dup_sql (guint datasets, gint32 day)
{
  g_autoptr (GString) this = g_string_new (NULL);
  GString *sql = g_string_new (NULL);

  append_day (this, day);
  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    if (datasets & 1u << dataset)
      g_string_append_printf (sql,
                              "%sSELECT %u AS dataset, count(*) AS records, count(DISTINCT id) AS ids, "
                              "coalesce(sum(from_base(substr(id, 29), 16)), 0) AS total FROM parquet_%s WHERE dt = %s",
                              sql->len > 0 ? " UNION ALL " : "", dataset, sobre_dataset_get_name ((SobreDataset) dataset),
                              this->str);
  return g_string_free_and_steal (sql);
}

/** Putting: the views on their way. */
typedef struct
{
  SobreAwsAccount *account;
  SobreAthenaSettings settings;
  char *statements[SOBRE_N_ATHENA_VIEWS];
  GCancellable *cancellable;
} Putting;

static void
putting_free (gpointer data)
{
  Putting *self = data;

  g_object_unref (self->account);
  g_free (self->settings.database);
  g_free (self->settings.workgroup);
  g_free (self->settings.results);
  for (guint i = 0; i < SOBRE_N_ATHENA_VIEWS; i++)
    g_free (self->statements[i]);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static DexFuture *
put_fiber (gpointer data)
{
  Putting *self = data;
  GError *error = NULL;

  for (guint i = 0; i < SOBRE_N_ATHENA_VIEWS; i++)
    if (!sobre_athena_run_statement (self->account, &self->settings, self->statements[i], self->cancellable, &error))
      return dex_future_new_for_error (error);
  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
sobre_athena_put_views (SobreAwsAccount *account,
                        const SobreAthenaSettings *settings,
                        const SobreAthenaShape *shape,
                        GCancellable *cancellable)
{
  Putting *self = g_new0 (Putting, 1);

  self->account = g_object_ref (account);
  self->settings = *settings;
  self->settings.database = g_strdup (settings->database);
  self->settings.workgroup = g_strdup (settings->workgroup);
  self->settings.results = g_strdup (settings->results);
  for (guint i = 0; i < SOBRE_N_ATHENA_VIEWS; i++)
    self->statements[i] = sobre_athena_view_dup_statement (shape, i);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, put_fiber, self, putting_free);
}
