/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What a month costs, from what AWS metered: AWS's list prices in us-east-1, as docs/aws.md gives them, with no free tier but CloudFront's. Amounts are US dollars. */

/**
 * SobreStackUsage: of a month until now. Times are milliseconds since the epoch.
 * @from: when the month began, UTC
 * @to: until when
 * @month_end: when it ends
 * @is_api: whether answers come through API Gateway
 * @records: that the streams took, of answers and of visits
 * @record_bytes: of them
 * @objects: that the streams wrote
 * @runs: of the functions
 * @run_ms: of the functions, together
 * @lake_bytes: that the lake has now
 * @site_requests: for form and menu; below 0 where that could not be looked at
 * @site_bytes: of them
 * @athena: what queries from this computer cost
 * @alarms: how many there are
 */
typedef struct
{
  gint64 from;
  gint64 to;
  gint64 month_end;
  gboolean is_api;
  double records;
  double record_bytes;
  double objects;
  double runs;
  double run_ms;
  double lake_bytes;
  double site_requests;
  double site_bytes;
  double athena;
  guint alarms;
} SobreStackUsage;

/** SobreStackCostLine: @what: for a reader · @formula: with the numbers that went in · @is_known: whether it could be metered */
typedef struct
{
  char *what;
  char *formula;
  double dollars;
  gboolean is_known;
} SobreStackCostLine;

/** SobreStackCost: Immutable. @lines: (element-type SobreStackCostLine) · @until_now: together · @whole_month: if the rest is like what was */
typedef struct
{
  SobreStackUsage usage;
  GPtrArray *lines;
  double until_now;
  double whole_month;
} SobreStackCost;

#define SOBRE_TYPE_STACK_COST (sobre_stack_cost_get_type ())
GType sobre_stack_cost_get_type (void);
SobreStackCost *sobre_stack_cost_ref (SobreStackCost *self);
void sobre_stack_cost_unref (SobreStackCost *self);

/** sobre_stack_cost_count: Returns: (transfer full) */
SobreStackCost *sobre_stack_cost_count (const SobreStackUsage *usage);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreStackCost, sobre_stack_cost_unref)

G_END_DECLS
