/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-client.h"

G_BEGIN_DECLS

/* What is needed of Amazon CloudWatch (API version 2010-08-01). @client is one of %SOBRE_AWS_CLOUDWATCH; every function returns a future that rejects with
 * SOBRE_AWS_ERROR or G_IO_ERROR_CANCELLED. */

#define SOBRE_METRIC_MAX_DIMENSIONS 3
#define SOBRE_CLOUDWATCH_MAX_METRICS 500

/**
 * SobreMetric: one statistic of one metric. All borrowed.
 * @name_space: "AWS/Firehose"
 * @dimensions: name, value, …; ends at the first %NULL
 * @statistic: "Sum"
 * @period: seconds, a multiple of 60
 */
typedef struct
{
  const char *name_space;
  const char *name;
  const char *dimensions[2 * SOBRE_METRIC_MAX_DIMENSIONS + 1];
  const char *statistic;
  guint period;
} SobreMetric;

/** SobreMetricPoint: @at: when its period began, milliseconds since the epoch */
typedef struct
{
  gint64 at;
  double value;
} SobreMetricPoint;

/**
 * sobre_cloudwatch_get_metrics:
 * @n_metrics: 1 to %SOBRE_CLOUDWATCH_MAX_METRICS
 * @from: milliseconds since the epoch
 * @to: the same, behind the last period
 *
 * Returns: (transfer full): resolves to a GPtrArray of %G_TYPE_PTR_ARRAY: for each metric, in that order, a GArray of SobreMetricPoint in no order; empty
 *   where nothing was measured
 */
DexFuture *sobre_cloudwatch_get_metrics (SobreAwsClient *client,
                                         const SobreMetric *metrics,
                                         guint n_metrics,
                                         gint64 from,
                                         gint64 to,
                                         GCancellable *cancellable);

/** SobreAlarm: @state: "OK", "ALARM" or "INSUFFICIENT_DATA" · @reason: (nullable) · @since: (nullable): ISO 8601 */
typedef struct
{
  char *name;
  char *state;
  char *reason;
  char *since;
} SobreAlarm;

/**
 * sobre_cloudwatch_describe_alarms:
 * @names: (array zero-terminated=1): 1 to 100
 *
 * Returns: (transfer full): resolves to a GPtrArray of SobreAlarm of %G_TYPE_PTR_ARRAY; a name that there is no alarm of is left out
 */
DexFuture *sobre_cloudwatch_describe_alarms (SobreAwsClient *client, const char *const *names, GCancellable *cancellable);

G_END_DECLS
