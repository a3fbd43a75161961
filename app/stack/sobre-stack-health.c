/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "stack/sobre-stack-health.h"

#include <string.h>

#include "aws/sobre-athena-journal.h"
#include "aws/sobre-aws-error.h"
#include "aws/sobre-cloudwatch.h"
#include "aws/sobre-s3.h"
#include "model/sobre-time.h"
#include "stack/sobre-stack-guests.h"

#define WINDOW_MS (7 * SOBRE_DAY_MS)
#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define PERIOD 300 /* seconds */
#define ANSWERS "raw/responses/"
#define MAX_ALARMS 100
#define PAGE 1000

/** Job: @stack: (nullable): is known once it was described */
typedef struct
{
  SobreStackWork *work;
  char *athena_folder;
  SobreStack *stack;
  SobreHealthFacts facts;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  sobre_stack_work_unref (job->work);
  g_free (job->athena_folder);
  g_clear_pointer (&job->stack, sobre_stack_unref);
  g_clear_pointer (&job->facts.alarms, g_ptr_array_unref);
  g_free (job);
}

/* Returns whether @error, which is consumed, only says that the account may not look; the stages then are not known. */
static gboolean
is_unseen (Job *job, guint stages, GError *error, GError **unexpected)
{
  if (g_error_matches (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_DENIED))
    {
      job->facts.unseen |= stages;
      g_error_free (error);
      return TRUE;
    }
  g_propagate_error (unexpected, error);
  return FALSE;
}

static gint64
find_last (GArray *points)
{
  gint64 last = 0;

  for (guint i = 0; i < points->len; i++)
    {
      const SobreMetricPoint *point = &g_array_index (points, SobreMetricPoint, i);

      if (point->value > 0)
        last = MAX (last, point->at + PERIOD * 1000);
    }
  return last;
}

static double
add_since (GArray *points, gint64 since)
{
  double sum = 0;

  for (guint i = 0; i < points->len; i++)
    if (g_array_index (points, SobreMetricPoint, i).at >= since)
      sum += g_array_index (points, SobreMetricPoint, i).value;
  return sum;
}

static gboolean
look_at_metrics (Job *job, GError **error)
{
  const char *responses = g_hash_table_lookup (job->stack->outputs, "ResponsesStream");
  const char *events = g_hash_table_lookup (job->stack->outputs, "EventsStream");
  const SobreMetric metrics[] = {
    { "AWS/Firehose", "IncomingRecords", { "DeliveryStreamName", responses }, "Sum", PERIOD },
    { "AWS/Firehose", "IncomingRecords", { "DeliveryStreamName", events }, "Sum", PERIOD },
    { "Sobremesa", "Accepted", { "Stack", job->stack->name, "Dataset", "responses" }, "Sum", PERIOD },
    { "Sobremesa", "Rejected", { "Stack", job->stack->name, "Dataset", "responses" }, "Sum", PERIOD },
  };
  SobreHealthFacts *facts = &job->facts;
  GError *failure = NULL;
  g_autoptr (GPtrArray) all = NULL;

  if (responses == NULL || events == NULL)
    return TRUE;
  all = dex_await_boxed (sobre_cloudwatch_get_metrics (sobre_aws_account_get_client (job->work->account, SOBRE_AWS_CLOUDWATCH),
                                                       metrics, G_N_ELEMENTS (metrics), facts->now - WINDOW_MS, facts->now,
                                                       job->work->cancellable),
                         &failure);
  if (all == NULL)
    return is_unseen (job, 1u << SOBRE_HEALTH_FORM | 1u << SOBRE_HEALTH_INGEST | 1u << SOBRE_HEALTH_LAKE, failure, error);
  facts->last_record = MIN (find_last (g_ptr_array_index (all, 0)), facts->now);
  facts->last_visit = MIN (find_last (g_ptr_array_index (all, 1)), facts->now);
  facts->accepted = add_since (g_ptr_array_index (all, 2), facts->now - HOUR_MS);
  facts->rejected = add_since (g_ptr_array_index (all, 3), facts->now - HOUR_MS);
  return TRUE;
}

/* Alarms have names that AWS made; the stack's resources say which is which. Returns (transfer full) a GPtrArray of SobreHealthAlarm. */
static GPtrArray *
list_alarms (SobreStackWork *work, const char *stack, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_health_alarm_free);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) alarms = NULL;
  g_autoptr (GPtrArray) resources = dex_await_boxed (
      sobre_cloudformation_list_resources (sobre_stack_work_get_client (work), stack, work->cancellable), error);

  if (resources == NULL)
    return NULL;
  for (guint i = 0; i < resources->len && names->len < MAX_ALARMS; i++)
    {
      const SobreStackResource *resource = g_ptr_array_index (resources, i);

      if (g_strcmp0 (resource->type, "AWS::CloudWatch::Alarm") != 0 || resource->physical_id == NULL)
        continue;
      g_ptr_array_add (names, resource->physical_id);
      g_hash_table_insert (by_name, resource->physical_id, resource->logical_id);
    }
  if (names->len == 0)
    return g_steal_pointer (&found);
  g_ptr_array_add (names, NULL);
  alarms =
      dex_await_boxed (sobre_cloudwatch_describe_alarms (sobre_aws_account_get_client (work->account, SOBRE_AWS_CLOUDWATCH),
                                                         (const char *const *) names->pdata, work->cancellable),
                       error);
  if (alarms == NULL)
    return NULL;
  for (guint i = 0; i < alarms->len; i++)
    {
      const SobreAlarm *alarm = g_ptr_array_index (alarms, i);
      const char *resource = g_hash_table_lookup (by_name, alarm->name);

      if (resource != NULL)
        g_ptr_array_add (found,
                         sobre_health_alarm_new (resource, strcmp (alarm->state, "ALARM") == 0, alarm->reason, alarm->since));
    }
  return g_steal_pointer (&found);
}

static gboolean
look_at_alarms (Job *job, GError **error)
{
  GError *failure = NULL;
  GPtrArray *alarms = list_alarms (job->work, job->stack->name, &failure);

  if (alarms == NULL)
    return is_unseen (job, 1u << SOBRE_HEALTH_INGEST | 1u << SOBRE_HEALTH_LAKE, failure, error);
  g_clear_pointer (&job->facts.alarms, g_ptr_array_unref);
  job->facts.alarms = alarms;
  return TRUE;
}

/* A day's folder has the day on which its objects' oldest records arrived, so what was written since the window began is behind its first day. */
static gboolean
look_at_lake (Job *job, GError **error)
{
  const char *bucket = g_hash_table_lookup (job->stack->outputs, "LakeBucket");
  g_autofree char *after = NULL;
  char day[SOBRE_DAY_STRING_LENGTH + 1];
  gboolean more = bucket != NULL;

  sobre_day_format ((gint32) ((job->facts.now - WINDOW_MS) / SOBRE_DAY_MS), day);
  after = g_strconcat (ANSWERS "dt=", day, NULL);
  while (more)
    {
      GError *failure = NULL;
      g_autoptr (SobreS3Page) page =
          dex_await_boxed (sobre_s3_list (sobre_aws_account_get_client (job->work->account, SOBRE_AWS_S3), bucket, ANSWERS,
                                          after, PAGE, job->work->cancellable),
                           &failure);

      if (page == NULL)
        return is_unseen (job, 1u << SOBRE_HEALTH_LAKE, failure, error);
      for (guint i = 0; i < page->objects->len; i++)
        {
          const SobreS3Object *object = g_ptr_array_index (page->objects, i);

          job->facts.newest_object = MAX (job->facts.newest_object, object->modified_at);
        }
      more = page->is_truncated && page->objects->len > 0;
      if (more)
        g_set_str (&after, ((SobreS3Object *) g_ptr_array_index (page->objects, page->objects->len - 1))->key);
    }
  return TRUE;
}

static gboolean
look_at_door (Job *job, GError **error)
{
  GError *failure = NULL;
  gboolean is_open = dex_await_boolean (sobre_stack_get_door (job->work), &failure);

  job->facts.is_open = is_open || failure != NULL;
  return failure == NULL || is_unseen (job, 1u << SOBRE_HEALTH_INGEST, failure, error);
}

static void
look_at_queries (Job *job)
{
  g_autoptr (GPtrArray) runs = sobre_athena_journal_load (job->athena_folder);

  for (guint i = 0; i < runs->len; i++)
    {
      const SobreAthenaRun *run = g_ptr_array_index (runs, i);

      if (strcmp (run->state, "succeeded") == 0)
        job->facts.last_query = MAX (job->facts.last_query, run->at);
      else if (strcmp (run->state, "failed") == 0)
        job->facts.last_failure = MAX (job->facts.last_failure, run->at);
    }
}

static DexFuture *
look_fiber (gpointer data)
{
  Job *job = data;
  GError *error = NULL;
  const char *buffer;

  job->stack = dex_await_boxed (sobre_stack_work_describe (job->work, SOBRE_STACK_MAIN), &error);
  if (job->stack == NULL)
    return dex_future_new_for_error (error);
  buffer = g_hash_table_lookup (job->stack->parameters, "BufferSeconds");
  job->facts.now = sobre_clock_now (sobre_aws_account_get_means (job->work->account)->clock);
  job->facts.buffer = buffer != NULL ? g_ascii_strtoll (buffer, NULL, 10) * 1000 : 0;
  job->facts.has_site = g_hash_table_contains (job->stack->outputs, "SiteUrl");
  look_at_queries (job);
  if (!look_at_door (job, &error) || !look_at_metrics (job, &error) || !look_at_alarms (job, &error) ||
      !look_at_lake (job, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (SOBRE_TYPE_HEALTH, sobre_health_judge (&job->facts));
}

DexFuture *
sobre_stack_look_at_health (SobreStackWork *work, const char *athena_folder)
{
  Job *job = g_new0 (Job, 1);

  job->work = sobre_stack_work_ref (work);
  job->athena_folder = g_strdup (athena_folder);
  job->facts.alarms = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_health_alarm_free);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, look_fiber, job, job_free);
}

static DexFuture *
alarms_fiber (gpointer data)
{
  Job *job = data;
  GError *error = NULL;
  g_autofree char *stack = sobre_stack_work_dup_stack (job->work, SOBRE_STACK_MAIN);
  GPtrArray *alarms = list_alarms (job->work, stack, &error);

  return alarms != NULL ? dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, alarms) : dex_future_new_for_error (error);
}

DexFuture *
sobre_stack_list_alarms (SobreStackWork *work)
{
  Job *job = g_new0 (Job, 1);

  job->work = sobre_stack_work_ref (work);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, alarms_fiber, job, job_free);
}
