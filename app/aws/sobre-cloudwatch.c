/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-cloudwatch.h"

#include <math.h>
#include <string.h>

#include "aws/sobre-aws-query.h"
#include "model/sobre-time.h"

#define MAX_PAGES 50
#define ID_FORMAT "m%u"

/** Job: a list that is asked for page by page. @parameters: of each call but its token · @result: what is read of the pages */
typedef struct
{
  SobreAwsClient *client;
  GPtrArray *parameters;
  GPtrArray *result;
  GCancellable *cancellable;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->client);
  g_ptr_array_unref (job->parameters);
  g_ptr_array_unref (job->result);
  g_clear_object (&job->cancellable);
  g_free (job);
}

/* Both take over. */
static DexFuture *
spawn (SobreAwsClient *client, GPtrArray *parameters, GPtrArray *result, GCancellable *cancellable, DexFiberFunc fiber)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job) { g_object_ref (client), parameters, result, cancellable != NULL ? g_object_ref (cancellable) : NULL };
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, fiber, job, job_free);
}

static DexFuture *
list (Job *job, const char *action, SobreAwsPageFunction function)
{
  GError *error = NULL;

  return sobre_aws_query_await_pages (job->client, SOBRE_AWS_CLOUDWATCH, action, job->parameters, MAX_PAGES, function,
                                      job->result, job->cancellable, &error)
             ? dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_ptr_array_ref (job->result))
             : dex_future_new_for_error (error);
}

static void
add_metric (GPtrArray *parameters, guint index, const SobreMetric *metric)
{
  g_autofree char *id = g_strdup_printf (ID_FORMAT, index);
  g_autofree char *period = g_strdup_printf ("%u", metric->period);

  sobre_aws_query_add_indexed (parameters, "MetricDataQueries", index, "Id", id);
  sobre_aws_query_add_indexed (parameters, "MetricDataQueries", index, "MetricStat.Metric.Namespace", metric->name_space);
  sobre_aws_query_add_indexed (parameters, "MetricDataQueries", index, "MetricStat.Metric.MetricName", metric->name);
  for (guint i = 0; metric->dimensions[2 * i] != NULL; i++)
    {
      g_autofree char *name = g_strdup_printf ("MetricStat.Metric.Dimensions.member.%u.Name", i + 1);
      g_autofree char *value = g_strdup_printf ("MetricStat.Metric.Dimensions.member.%u.Value", i + 1);

      sobre_aws_query_add_indexed (parameters, "MetricDataQueries", index, name, metric->dimensions[2 * i]);
      sobre_aws_query_add_indexed (parameters, "MetricDataQueries", index, value, metric->dimensions[2 * i + 1]);
    }
  sobre_aws_query_add_indexed (parameters, "MetricDataQueries", index, "MetricStat.Period", period);
  sobre_aws_query_add_indexed (parameters, "MetricDataQueries", index, "MetricStat.Stat", metric->statistic);
}

static gboolean
read_index (const char *id, guint n_metrics, guint *index)
{
  guint64 number;

  if (id == NULL || *id != 'm' || !g_ascii_string_to_unsigned (id + 1, 10, 0, n_metrics - 1, &number, NULL))
    return FALSE;
  *index = (guint) number;
  return TRUE;
}

static void
read_points (const SobreAwsElement *result, GArray *points)
{
  guint n = MIN (sobre_aws_element_count (result, "Timestamps"), sobre_aws_element_count (result, "Values"));

  for (guint i = 0; i < n; i++)
    {
      const char *at = sobre_aws_element_child (result, "Timestamps", i)->text;
      const char *value = sobre_aws_element_child (result, "Values", i)->text;
      SobreMetricPoint point = { 0, g_ascii_strtod (value, NULL) };

      if (sobre_time_parse (at, strlen (at), &point.at) && isfinite (point.value))
        g_array_append_val (points, point);
    }
}

static gboolean
read_metrics_cb (const SobreAwsElement *page, gpointer user_data)
{
  GPtrArray *all = user_data;

  for (guint i = 0; i < sobre_aws_element_count (page, "MetricDataResults"); i++)
    {
      const SobreAwsElement *result = sobre_aws_element_child (page, "MetricDataResults", i);
      guint index;

      if (read_index (sobre_aws_element_get (result, "Id"), all->len, &index))
        read_points (result, g_ptr_array_index (all, index));
    }
  return TRUE;
}

static DexFuture *
metrics_fiber (gpointer data)
{
  return list (data, "GetMetricData", read_metrics_cb);
}

DexFuture *
sobre_cloudwatch_get_metrics (SobreAwsClient *client,
                              const SobreMetric *metrics,
                              guint n_metrics,
                              gint64 from,
                              gint64 to,
                              GCancellable *cancellable)
{
  GPtrArray *parameters = sobre_aws_query_parameters ();
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  char first[SOBRE_TIME_STRING_LENGTH + 1];
  char last[SOBRE_TIME_STRING_LENGTH + 1];

  sobre_time_format (from, first);
  sobre_time_format (to, last);
  sobre_aws_query_add (parameters, "StartTime", first);
  sobre_aws_query_add (parameters, "EndTime", last);
  for (guint i = 0; i < n_metrics; i++)
    {
      add_metric (parameters, i, &metrics[i]);
      g_ptr_array_add (all, g_array_new (FALSE, FALSE, sizeof (SobreMetricPoint)));
    }
  return spawn (client, parameters, all, cancellable, metrics_fiber);
}

static void
free_alarm (gpointer data)
{
  SobreAlarm *self = data;

  g_free (self->name);
  g_free (self->state);
  g_free (self->reason);
  g_free (self->since);
  g_free (self);
}

static gboolean
read_alarms_cb (const SobreAwsElement *page, gpointer user_data)
{
  for (guint i = 0; i < sobre_aws_element_count (page, "MetricAlarms"); i++)
    {
      const SobreAwsElement *element = sobre_aws_element_child (page, "MetricAlarms", i);
      const char *name = sobre_aws_element_get (element, "AlarmName");
      const char *state = sobre_aws_element_get (element, "StateValue");
      SobreAlarm *alarm;

      if (name == NULL || state == NULL)
        continue;
      alarm = g_new0 (SobreAlarm, 1);
      *alarm = (SobreAlarm) { g_strdup (name), g_strdup (state), g_strdup (sobre_aws_element_get (element, "StateReason")),
                              g_strdup (sobre_aws_element_get (element, "StateUpdatedTimestamp")) };
      g_ptr_array_add (user_data, alarm);
    }
  return TRUE;
}

static DexFuture *
alarms_fiber (gpointer data)
{
  return list (data, "DescribeAlarms", read_alarms_cb);
}

DexFuture *
sobre_cloudwatch_describe_alarms (SobreAwsClient *client, const char *const *names, GCancellable *cancellable)
{
  GPtrArray *parameters = sobre_aws_query_parameters ();

  for (guint i = 0; names[i] != NULL; i++)
    sobre_aws_query_add_indexed (parameters, "AlarmNames", i, NULL, names[i]);
  sobre_aws_query_add (parameters, "MaxRecords", "100");
  return spawn (client, parameters, g_ptr_array_new_with_free_func (free_alarm), cancellable, alarms_fiber);
}
