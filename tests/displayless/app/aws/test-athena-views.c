/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "aws/sobre-athena-views.h"

static char *
make (guint view, const char *zone, guint cutoff, gint32 first_day)
{
  g_autoptr (SobreServiceCalendar) calendar = sobre_service_calendar_new (zone, cutoff);
  g_autoptr (SobreLakeState) state = sobre_lake_state_new ();
  const SobreAthenaShape shape = { calendar, first_day, state };

  return sobre_athena_view_dup_statement (&shape, view);
}

static void
test_names (void)
{
  static const char *const begins[SOBRE_N_ATHENA_VIEWS][2] = {
    { "CREATE OR REPLACE VIEW responses AS\n", "FROM raw_responses WHERE id IS NOT NULL AND " },
    { "CREATE OR REPLACE VIEW answers AS\n", "FROM raw_responses WHERE id IS NOT NULL AND " },
    { "CREATE OR REPLACE VIEW events AS\n", "FROM raw_events WHERE id IS NOT NULL AND " },
    { "CREATE OR REPLACE VIEW orders AS\n", "FROM raw_orders WHERE id IS NOT NULL AND " },
  };

  for (guint i = 0; i < SOBRE_N_ATHENA_VIEWS; i++)
    {
      g_autofree char *sql = make (i, "Europe/Berlin", 240, 20000);

      g_assert_true (g_str_has_prefix (sql, begins[i][0]));
      g_assert_nonnull (strstr (sql, begins[i][1]));
    }
}

/* Days by their names alone keep others from being read, so they have to be literals. */
static void
test_days_are_literal (void)
{
  for (guint i = 0; i < SOBRE_N_ATHENA_VIEWS; i++)
    {
      g_autofree char *sql = make (i, "Europe/Berlin", 240, 20000);
      const char *first = strstr (sql, "dt >= '2024-10-04'");

      g_assert_nonnull (first);
      g_assert_null (strstr (first + 1, "dt >= "));
    }
}

static void
test_service_day (void)
{
  g_autofree char *berlin = make (0, "Europe/Berlin", 240, 20000);
  g_autofree char *indiana = make (3, "America/Indiana/Knox", 0, 20000);

  g_assert_nonnull (
      strstr (berlin, "AT TIME ZONE 'Europe/Berlin' AS timestamp(3)) - INTERVAL '240' MINUTE AS date) AS service_day"));
  g_assert_nonnull (
      strstr (indiana, "AT TIME ZONE 'America/Indiana/Knox' AS timestamp(3)) - INTERVAL '0' MINUTE AS date) AS service_day"));
}

static SobreLakeState *
make_state (const char *text)
{
  g_autoptr (GError) error = NULL;
  SobreLakeState *state = sobre_lake_state_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return state;
}

/* Each day is read from one of both, whatever the holes are. */
static void
test_cold_days (void)
{
  g_autoptr (SobreServiceCalendar) calendar = sobre_service_calendar_new ("Europe/Berlin", 240);
  g_autoptr (SobreLakeState) state =
      make_state ("{\"version\":1,\"through\":\"2024-11-20\",\"holes\":[\"2024-11-10\",\"2024-11-12\"]}");
  const SobreAthenaShape shape = { calendar, 20000, state };
  g_autofree char *sql = sobre_athena_view_dup_statement (&shape, 3);

  g_assert_nonnull (
      strstr (sql, "FROM raw_orders WHERE id IS NOT NULL AND dt >= '2024-10-04' AND (dt > '2024-11-20' OR dt IN ('2024-11-10', "
                   "'2024-11-12'))\n"));
  g_assert_nonnull (strstr (sql,
                            "FROM parquet_orders WHERE dt >= '2024-10-04' AND dt <= '2024-11-20' AND dt NOT IN ('2024-11-10', "
                            "'2024-11-12')\n"));
  g_assert_nonnull (strstr (sql, "FROM parquet_orders WHERE dt >= '2024-10-06' AND dt <= '2024-11-20' AND dt NOT IN ("));
}

static void
test_unload (void)
{
  g_autofree char *sql =
      sobre_athena_unload_dup_statement (SOBRE_DATASET_EVENTS, "s3://lake/parquet/events/dt=2024-10-04/", 20000);

  g_assert_true (g_str_has_prefix (
      sql, "UNLOAD (SELECT id, at, received_at, visit, store_id, table_id, page, action, target, ms, v FROM ("));
  g_assert_nonnull (strstr (sql, "FROM raw_events WHERE dt BETWEEN '2024-08-30' AND '2024-10-06' AND id IS NOT NULL"));
  g_assert_nonnull (
      strstr (sql, "AND dt = '2024-10-04') TO 's3://lake/parquet/events/dt=2024-10-04/' WITH (format = 'PARQUET'"));
}

/* One question for all that a day has. */
static void
test_proof (void)
{
  g_autofree char *one = sobre_athena_proof_dup_sql (1u << SOBRE_DATASET_EVENTS, 20000);
  g_autofree char *two = sobre_athena_proof_dup_sql (1u << SOBRE_DATASET_RESPONSES | 1u << SOBRE_DATASET_ORDERS, 20000);

  g_assert_true (g_str_has_prefix (one, "SELECT 1 AS dataset, count(*) AS records, count(DISTINCT id) AS ids, "));
  g_assert_true (g_str_has_suffix (one, " FROM parquet_events WHERE dt = '2024-10-04'"));
  g_assert_null (strstr (one, "UNION"));
  g_assert_nonnull (strstr (two, " FROM parquet_responses WHERE dt = '2024-10-04' UNION ALL SELECT 2 AS dataset, "));
  g_assert_null (strstr (two, "parquet_events"));
}

/* The records of open days are the side of the join that is read first: where a query wants none of them, no closed day is looked at for copies. */
static void
test_copies_are_joined_to_open_days (void)
{
  g_autoptr (SobreServiceCalendar) calendar = sobre_service_calendar_new ("Europe/Berlin", 240);
  g_autoptr (SobreLakeState) state = make_state ("{\"version\":1,\"through\":\"2024-11-20\",\"holes\":[]}");
  const SobreAthenaShape shape = { calendar, 20000, state };
  g_autofree char *sql = sobre_athena_view_dup_statement (&shape, 1);

  g_assert_nonnull (
      strstr (sql, "  FROM (SELECT id AS known FROM parquet_responses WHERE dt >= '2024-10-17' AND dt <= '2024-11-20') "
                   "RIGHT JOIN hot ON known = id WHERE known IS NULL\n  UNION ALL SELECT "));
}

/* What is written reads back as the same, and anything else is refused. */
static void
test_state (void)
{
  static const char *const good[] = {
    "{\"version\":1,\"holes\":[]}",
    "{\"version\":1,\"through\":\"2024-11-20\",\"holes\":[]}",
    "{\"version\":1,\"through\":\"2024-11-20\",\"holes\":[\"2024-11-10\",\"2024-11-20\"],\"compacting\":{\"by\":\"x\","
    "\"until\":\"2024-11-22T"
    "10:00:00.000Z\"}}",
  };
  static const char *const bad[] = {
    "",
    "[]",
    "{}",
    "{\"version\":2,\"holes\":[]}",
    "{\"version\":1}",
    "{\"version\":1,\"through\":20000,\"holes\":[]}",
    "{\"version\":1,\"through\":\"2024-11-20\",\"holes\":[\"x\"]}",
    "{\"version\":1,\"through\":\"2024-11-20\",\"holes\":[7]}",
    "{\"version\":1,\"holes\":[],\"compacting\":{\"by\":\"x\"}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (SobreLakeState) state = make_state (good[i]);
      g_autofree char *again = sobre_lake_state_format (state);

      g_assert_cmpstr (again, ==, good[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sobre_lake_state_parse (bad[i], strlen (bad[i]), &error));
      g_assert_error (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_PROTOCOL);
    }
}

static void
test_holes (void)
{
  g_autoptr (SobreLakeState) state = make_state ("{\"version\":1,\"through\":\"2024-11-20\",\"holes\":[\"2024-11-10\"]}");
  gint32 through = state->through;

  g_assert_false (sobre_lake_state_set_hole (state, through + 1, TRUE));
  g_assert_false (sobre_lake_state_set_hole (state, through - 10, TRUE));
  g_assert_true (sobre_lake_state_set_hole (state, through - 20, TRUE));
  g_assert_true (sobre_lake_state_set_hole (state, through - 5, TRUE));
  g_assert_cmpuint (state->holes->len, ==, 3);
  g_assert_cmpint (g_array_index (state->holes, gint32, 1), ==, through - 10);
  g_assert_true (sobre_lake_state_set_hole (state, through - 10, FALSE));
  g_assert_true (sobre_lake_state_is_cold (state, through - 10));
  g_assert_false (sobre_lake_state_is_cold (state, through - 5));
  g_assert_false (sobre_lake_state_is_cold (state, through + 1));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/athena-views/names", test_names);
  g_test_add_func ("/athena-views/days-are-literal", test_days_are_literal);
  g_test_add_func ("/athena-views/service-day", test_service_day);
  g_test_add_func ("/athena-views/cold-days", test_cold_days);
  g_test_add_func ("/athena-views/unload", test_unload);
  g_test_add_func ("/athena-views/proof", test_proof);
  g_test_add_func ("/athena-views/copies", test_copies_are_joined_to_open_days);
  g_test_add_func ("/athena-views/state", test_state);
  g_test_add_func ("/athena-views/holes", test_holes);
  return g_test_run ();
}
