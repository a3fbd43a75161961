/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "stack/sobre-stack-cost.h"

#include <glib/gi18n-lib.h>

#define GB 1e9

/* Amazon Data Firehose, Direct PUT: a GB, each record counted up to the next 5 KB. */
#define FIREHOSE_GB 0.029
#define FIREHOSE_RECORD 5000.0
/* AWS Lambda on x86: a GB second, and a million runs. The gate has half a GB. */
#define LAMBDA_GB_S 0.0000133334
#define LAMBDA_MILLION 0.20
#define LAMBDA_GB 0.5
/* Amazon S3 Standard: a GB a month, a thousand PUTs. */
#define S3_GB_MONTH 0.023
#define S3_THOUSAND 0.005
/* Amazon CloudFront: a million requests behind the first ten, a GB behind the first thousand. */
#define SITE_MILLION 1.0
#define SITE_FREE_REQUESTS 10e6
#define SITE_GB 0.085
#define SITE_FREE_BYTES 1000e9
/* Amazon API Gateway, REST: a million calls. */
#define API_MILLION 3.50
/* Amazon CloudWatch: a metric and an alarm for a month. */
#define METRIC_MONTH 0.30
#define METRICS 4
#define ALARM_MONTH 0.10

static void
free_line (gpointer data)
{
  SobreStackCostLine *line = data;

  g_free (line->what);
  g_free (line->formula);
  g_free (line);
}

static void
clear_cost (gpointer data)
{
  g_ptr_array_unref (((SobreStackCost *) data)->lines);
}

SobreStackCost *
sobre_stack_cost_ref (SobreStackCost *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_stack_cost_unref (SobreStackCost *self)
{
  g_atomic_rc_box_release_full (self, clear_cost);
}

G_DEFINE_BOXED_TYPE (SobreStackCost, sobre_stack_cost, sobre_stack_cost_ref, sobre_stack_cost_unref)

static void
add_line (SobreStackCost *self, const char *what, double dollars, gboolean is_known, char *formula)
{
  SobreStackCostLine *line = g_new0 (SobreStackCostLine, 1);

  *line = (SobreStackCostLine) { g_strdup (what), formula, is_known ? dollars : 0, is_known };
  self->until_now += line->dollars;
  g_ptr_array_add (self->lines, line);
}

static void
add_intake (SobreStackCost *self, const SobreStackUsage *usage)
{
  double gb = MAX (usage->record_bytes, usage->records * FIREHOSE_RECORD) / GB;
  double gb_s = usage->run_ms / 1000 * LAMBDA_GB;

  add_line (self, _ ("Streams"), gb * FIREHOSE_GB, TRUE,
            g_strdup_printf (_ ("%.0f records of 5 KB at least = %.3f GB · $%g"), usage->records, gb, FIREHOSE_GB));
  add_line (
      self, _ ("Functions"), gb_s * LAMBDA_GB_S + usage->runs / 1e6 * LAMBDA_MILLION, TRUE,
      g_strdup_printf (_ ("%.1f GB s · $%g + %.0f runs · $%g a million"), gb_s, LAMBDA_GB_S, usage->runs, LAMBDA_MILLION));
  if (usage->is_api)
    add_line (self, _ ("API"), usage->records / 1e6 * API_MILLION, TRUE,
              g_strdup_printf (_ ("%.0f calls at least · $%g a million"), usage->records, API_MILLION));
}

static void
add_site (SobreStackCost *self, const SobreStackUsage *usage)
{
  double requests = MAX (0, usage->site_requests - SITE_FREE_REQUESTS);
  double bytes = MAX (0, usage->site_bytes - SITE_FREE_BYTES);

  if (usage->site_requests < 0)
    add_line (self, _ ("Form and menu"), 0, FALSE, g_strdup (_ ("not known: this account may not look at it")));
  else
    add_line (
        self, _ ("Form and menu"), requests / 1e6 * SITE_MILLION + bytes / GB * SITE_GB, TRUE,
        g_strdup_printf (_ ("%.0f requests, 10 million of them free, · $%g a million + %.1f GB, 1,000 of them free, · $%g"),
                         usage->site_requests, SITE_MILLION, usage->site_bytes / GB, SITE_GB));
}

SobreStackCost *
sobre_stack_cost_count (const SobreStackUsage *usage)
{
  SobreStackCost *self = g_atomic_rc_box_new0 (SobreStackCost);
  double share = (double) (usage->to - usage->from) / (double) (usage->month_end - usage->from);

  self->usage = *usage;
  self->lines = g_ptr_array_new_with_free_func (free_line);
  add_intake (self, usage);
  add_line (self, _ ("Lake"), usage->lake_bytes / GB * S3_GB_MONTH * share + usage->objects / 1000 * S3_THOUSAND, TRUE,
            g_strdup_printf (_ ("%.3f GB · $%g · %.0f %% of the month + %.0f objects · $%g a thousand"), usage->lake_bytes / GB,
                             S3_GB_MONTH, 100 * share, usage->objects, S3_THOUSAND));
  add_site (self, usage);
  add_line (self, _ ("Metrics and alarms"), (METRICS * METRIC_MONTH + usage->alarms * ALARM_MONTH) * share, TRUE,
            g_strdup_printf (_ ("(%d metrics · $%.2f + %u alarms · $%.2f) · %.0f %% of the month"), METRICS, METRIC_MONTH,
                             usage->alarms, ALARM_MONTH, 100 * share));
  add_line (self, _ ("Queries"), usage->athena, TRUE, g_strdup (_ ("what Athena said of each query that was run from here")));
  self->whole_month = share > 0 ? self->until_now / share : 0;
  return self;
}
