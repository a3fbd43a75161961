/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "stack/sobre-stack-usage.h"

#include <string.h>

#include "aws/sobre-athena-journal.h"
#include "aws/sobre-aws-error.h"
#include "aws/sobre-cloudwatch.h"
#include "model/sobre-time.h"

#define DAY 86400               /* seconds */
#define SITE_REGION "us-east-1" /* CloudFront's figures are nowhere else */
#define MAX_FUNCTIONS 8
#define PER_STREAM 3
#define PER_FUNCTION 2

typedef struct
{
  SobreStackWork *work;
  char *athena_folder;
} Job;

/** Metered: what is asked for together. @metrics: (element-type SobreMetric): strings belong to @stack and @functions */
typedef struct
{
  SobreStack *stack;
  GPtrArray *functions;
  GArray *metrics;
  GPtrArray *points;
} Metered;

static void
job_free (gpointer data)
{
  Job *job = data;

  sobre_stack_work_unref (job->work);
  g_free (job->athena_folder);
  g_free (job);
}

static void
metered_clear (Metered *self)
{
  g_clear_pointer (&self->stack, sobre_stack_unref);
  g_clear_pointer (&self->functions, g_ptr_array_unref);
  g_clear_pointer (&self->metrics, g_array_unref);
  g_clear_pointer (&self->points, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Metered, metered_clear)

static double
add_points (GPtrArray *all, guint index)
{
  GArray *points = g_ptr_array_index (all, index);
  double sum = 0;

  for (guint i = 0; i < points->len; i++)
    sum += g_array_index (points, SobreMetricPoint, i).value;
  return sum;
}

static double
find_newest (GPtrArray *all, guint index)
{
  GArray *points = g_ptr_array_index (all, index);
  SobreMetricPoint newest = { G_MININT64, 0 };

  for (guint i = 0; i < points->len; i++)
    if (g_array_index (points, SobreMetricPoint, i).at > newest.at)
      newest = g_array_index (points, SobreMetricPoint, i);
  return newest.value;
}

static void
set_month (SobreStackUsage *usage, gint64 now)
{
  int year, month, day;

  sobre_day_to_civil ((gint32) (now / SOBRE_DAY_MS), &year, &month, &day);
  usage->from = sobre_day_from_civil (year, month, 1) * SOBRE_DAY_MS;
  usage->to = now;
  usage->month_end = sobre_day_from_civil (month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1) * SOBRE_DAY_MS;
}

/* Streams first, then functions, the lake last. */
static void
list_metrics (Metered *self)
{
  const char *const streams[] = { g_hash_table_lookup (self->stack->outputs, "ResponsesStream"),
                                  g_hash_table_lookup (self->stack->outputs, "EventsStream") };
  const char *lake = g_hash_table_lookup (self->stack->outputs, "LakeBucket");
  static const char *const of_stream[PER_STREAM] = { "IncomingRecords", "IncomingBytes", "DeliveryToS3.Success" };
  static const char *const of_function[PER_FUNCTION] = { "Invocations", "Duration" };

  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    for (guint k = 0; k < PER_STREAM; k++)
      {
        SobreMetric metric = { "AWS/Firehose", of_stream[k], { "DeliveryStreamName", streams[i] }, "Sum", DAY };

        g_array_append_val (self->metrics, metric);
      }
  for (guint i = 0; i < self->functions->len; i++)
    for (guint k = 0; k < PER_FUNCTION; k++)
      {
        SobreMetric metric = {
          "AWS/Lambda", of_function[k], { "FunctionName", g_ptr_array_index (self->functions, i) }, "Sum", DAY
        };

        g_array_append_val (self->metrics, metric);
      }
  g_array_append_val (
      self->metrics,
      ((SobreMetric) {
          "AWS/S3", "BucketSizeBytes", { "BucketName", lake, "StorageType", "StandardStorage" }, "Average", DAY }));
}

static gboolean
list_resources (Job *job, Metered *self, SobreStackUsage *usage, GError **error)
{
  g_autoptr (GPtrArray) resources = dex_await_boxed (
      sobre_cloudformation_list_resources (sobre_stack_work_get_client (job->work), self->stack->name, job->work->cancellable),
      error);

  if (resources == NULL)
    return FALSE;
  for (guint i = 0; i < resources->len; i++)
    {
      const SobreStackResource *resource = g_ptr_array_index (resources, i);

      usage->alarms += g_strcmp0 (resource->type, "AWS::CloudWatch::Alarm") == 0;
      if (g_strcmp0 (resource->type, "AWS::Lambda::Function") == 0 && resource->physical_id != NULL &&
          self->functions->len < MAX_FUNCTIONS)
        g_ptr_array_add (self->functions, g_strdup (resource->physical_id));
    }
  return TRUE;
}

static void
read_usage (const Metered *self, SobreStackUsage *usage)
{
  guint at = 0;

  for (guint i = 0; i < 2; i++)
    {
      usage->records += add_points (self->points, at++);
      usage->record_bytes += add_points (self->points, at++);
      usage->objects += add_points (self->points, at++);
    }
  for (guint i = 0; i < self->functions->len; i++)
    {
      usage->runs += add_points (self->points, at++);
      usage->run_ms += add_points (self->points, at++);
    }
  usage->lake_bytes = find_newest (self->points, at);
}

static gboolean
meter_stack (Job *job, SobreStackUsage *usage, Metered *self, GError **error)
{
  self->functions = g_ptr_array_new_with_free_func (g_free);
  self->metrics = g_array_new (FALSE, FALSE, sizeof (SobreMetric));
  if (!list_resources (job, self, usage, error))
    return FALSE;
  list_metrics (self);
  self->points =
      dex_await_boxed (sobre_cloudwatch_get_metrics (sobre_aws_account_get_client (job->work->account, SOBRE_AWS_CLOUDWATCH),
                                                     (const SobreMetric *) (gpointer) self->metrics->data, self->metrics->len,
                                                     usage->from, usage->to, job->work->cancellable),
                       error);
  if (self->points == NULL)
    return FALSE;
  read_usage (self, usage);
  return TRUE;
}

static gboolean
meter_site (Job *job, SobreStackUsage *usage, const SobreStack *stack, GError **error)
{
  const char *distribution = g_hash_table_lookup (stack->outputs, "DistributionId");
  const SobreMetric metrics[] = {
    { "AWS/CloudFront", "Requests", { "DistributionId", distribution, "Region", "Global" }, "Sum", DAY },
    { "AWS/CloudFront", "BytesDownloaded", { "DistributionId", distribution, "Region", "Global" }, "Sum", DAY },
  };
  g_autoptr (SobreAwsClient) client = NULL;
  g_autoptr (GPtrArray) points = NULL;
  GError *failure = NULL;

  if (distribution == NULL)
    return TRUE;
  client = sobre_aws_account_new_client (job->work->account, SOBRE_AWS_CLOUDWATCH, SITE_REGION);
  points = dex_await_boxed (
      sobre_cloudwatch_get_metrics (client, metrics, G_N_ELEMENTS (metrics), usage->from, usage->to, job->work->cancellable),
      &failure);
  if (points != NULL)
    {
      usage->site_requests = add_points (points, 0);
      usage->site_bytes = add_points (points, 1);
    }
  else if (g_error_matches (failure, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_DENIED))
    usage->site_requests = -1;
  else
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  g_clear_error (&failure);
  return TRUE;
}

static double
add_queries (const char *folder, gint64 since)
{
  g_autoptr (GPtrArray) runs = sobre_athena_journal_load (folder);
  double dollars = 0;

  for (guint i = 0; i < runs->len; i++)
    if (((SobreAthenaRun *) g_ptr_array_index (runs, i))->at >= since)
      dollars += ((SobreAthenaRun *) g_ptr_array_index (runs, i))->price;
  return dollars;
}

static DexFuture *
look_fiber (gpointer data)
{
  Job *job = data;
  GError *error = NULL;
  SobreStackUsage usage = { 0 };
  g_auto (Metered) metered = { dex_await_boxed (sobre_stack_work_describe (job->work, SOBRE_STACK_MAIN), &error) };

  if (metered.stack == NULL)
    return dex_future_new_for_error (error);
  set_month (&usage, sobre_clock_now (sobre_aws_account_get_means (job->work->account)->clock));
  usage.is_api = g_strcmp0 (g_hash_table_lookup (metered.stack->outputs, "IngestPath"), "Api") == 0;
  usage.athena = add_queries (job->athena_folder, usage.from);
  if (!meter_stack (job, &usage, &metered, &error) || !meter_site (job, &usage, metered.stack, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (SOBRE_TYPE_STACK_COST, sobre_stack_cost_count (&usage));
}

DexFuture *
sobre_stack_look_at_cost (SobreStackWork *work, const char *athena_folder)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job) { sobre_stack_work_ref (work), g_strdup (athena_folder) };
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, look_fiber, job, job_free);
}
