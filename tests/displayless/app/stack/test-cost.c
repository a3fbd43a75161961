/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a month costs is what docs/aws.md says of the same amounts. */

#include <string.h>

#include "stack/sobre-stack-cost.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)

/* A month of @answers as docs/aws.md counts it, to its end. */
static SobreStackUsage
use (double answers)
{
  return (SobreStackUsage) {
    .from = 0,
    .to = 30 * DAY_MS,
    .month_end = 30 * DAY_MS,
    .records = answers * 5,
    .record_bytes = answers * 900,
    .objects = 17280,
    .runs = 86400,
    .run_ms = answers * 5 * 2 + 86400 * 50,
    .lake_bytes = answers * 150 * 12,
    .site_requests = answers * 66,
    .site_bytes = answers * 40000,
    .athena = 0.05,
    .alarms = 10,
  };
}

static const SobreStackCostLine *
find_line (const SobreStackCost *cost, const char *what)
{
  for (guint i = 0; i < cost->lines->len; i++)
    if (strcmp (((SobreStackCostLine *) g_ptr_array_index (cost->lines, i))->what, what) == 0)
      return g_ptr_array_index (cost->lines, i);
  return NULL;
}

static void
test_as_documented (void)
{
  static const struct
  {
    double answers;
    double together;
  } months[] = { { 1000, 2.38 }, { 100000, 2.47 }, { 10e6, 660.71 } };

  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    {
      SobreStackUsage usage = use (months[i].answers);
      g_autoptr (SobreStackCost) cost = sobre_stack_cost_count (&usage);

      g_assert_cmpfloat_with_epsilon (cost->until_now, months[i].together, 0.01);
      g_assert_cmpfloat_with_epsilon (cost->whole_month, cost->until_now, 1e-9);
    }
}

/* Half of a month, and what comes if the rest is like it. */
static void
test_half_a_month (void)
{
  SobreStackUsage usage = use (100000);
  g_autoptr (SobreStackCost) cost = NULL;

  usage.to = 15 * DAY_MS;
  cost = sobre_stack_cost_count (&usage);
  g_assert_cmpfloat_with_epsilon (find_line (cost, "Metrics and alarms")->dollars, 1.10, 1e-9);
  g_assert_cmpfloat_with_epsilon (cost->whole_month, 2 * cost->until_now, 1e-9);
}

static void
test_api (void)
{
  SobreStackUsage usage = use (100000);
  g_autoptr (SobreStackCost) cost = NULL;

  usage.is_api = TRUE;
  cost = sobre_stack_cost_count (&usage);
  g_assert_cmpfloat_with_epsilon (find_line (cost, "API")->dollars, 1.75, 1e-9);
}

/* What may not be looked at is not counted as nothing. */
static void
test_unknown_site (void)
{
  SobreStackUsage usage = use (10e6);
  g_autoptr (SobreStackCost) cost = NULL;

  usage.site_requests = -1;
  cost = sobre_stack_cost_count (&usage);
  g_assert_false (find_line (cost, "Form and menu")->is_known);
  g_assert_cmpfloat_with_epsilon (cost->until_now, 10.71, 0.01);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cost/as-documented", test_as_documented);
  g_test_add_func ("/cost/half-a-month", test_half_a_month);
  g_test_add_func ("/cost/api", test_api);
  g_test_add_func ("/cost/unknown-site", test_unknown_site);
  return g_test_run ();
}
