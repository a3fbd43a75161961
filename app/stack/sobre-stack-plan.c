/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A part goes through these states, and a program that is closed in any of them finds out from AWS which one it is:
 *
 *   nothing → change set (REVIEW_IN_PROGRESS of a new stack) → executed (…_IN_PROGRESS) → …_COMPLETE or ROLLBACK_COMPLETE
 *
 * A change set's name and the token of its execution are in the journal before AWS is asked for either, so asking twice is asking once. */

#include "stack/sobre-stack-plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-aws-error.h"
#include "model/sobre-id.h"
#include "stack/sobre-stack-follow.h"

#define CHANGE_SET_PREFIX "sobremesa-"
#define MAX_LOOKS 300

/** Job: a part that is prepared, or a plan that is executed or discarded. */
typedef struct
{
  SobreStackWork *work;
  SobreStackPart part;
  GHashTable *parameters;
  SobreStackPlan *plan;
  gboolean allow_loss;
} Job;

static void
clear_plan (gpointer data)
{
  SobreStackPlan *self = data;

  g_free (self->stack);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->journal, sobre_stack_journal_free);
}

SobreStackPlan *
sobre_stack_plan_ref (SobreStackPlan *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_stack_plan_unref (SobreStackPlan *self)
{
  g_atomic_rc_box_release_full (self, clear_plan);
}

G_DEFINE_BOXED_TYPE (SobreStackPlan, sobre_stack_plan, sobre_stack_plan_ref, sobre_stack_plan_unref)

static void
job_free (gpointer data)
{
  Job *job = data;

  sobre_stack_work_unref (job->work);
  g_clear_pointer (&job->parameters, g_hash_table_unref);
  g_clear_pointer (&job->plan, sobre_stack_plan_unref);
  g_free (job);
}

static DexFuture *
spawn (const Job *from, DexFiberFunc fiber)
{
  Job *job = g_new0 (Job, 1);

  *job = *from;
  sobre_stack_work_ref (job->work);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, fiber, job, job_free);
}

static char *
make_token (const SobreStackWork *work)
{
  const SobreAwsMeans *means = sobre_aws_account_get_means (work->account);
  SobreId id = sobre_id_make_v7 (means->clock, means->random);
  char text[SOBRE_ID_STRING_LENGTH + 1];

  sobre_id_format (&id, text);
  return g_strdup (text);
}

/* Of an update, what is not set keeps its value; of a new stack it has the template's. What goes into @set belongs to the job. */
static GPtrArray *
split_parameters (Job *job, const char *template_body, const SobreStack *stack, GHashTable *set)
{
  g_autoptr (GHashTable) known = sobre_stack_template_list_parameters (template_body);
  GPtrArray *kept = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, job->parameters);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (g_hash_table_contains (known, name))
      g_hash_table_insert (set, name, value);
  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (set, name) && stack != NULL && g_hash_table_contains (stack->parameters, name))
      g_ptr_array_add (kept, g_strdup (name));
  return kept;
}

static gboolean
create_change_set (Job *job, SobreStackPlan *plan, const SobreStack *stack, GError **error)
{
  SobreStackJournal *journal = plan->journal;
  g_autofree char *body = sobre_stack_work_load_template (job->work, job->part, error);
  g_autoptr (GHashTable) set = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) kept = NULL;
  SobreChangeRequest request;

  if (body == NULL)
    return FALSE;
  kept = split_parameters (job, body, stack, set);
  g_free (journal->token);
  journal->token = make_token (job->work);
  g_free (journal->change_set);
  journal->change_set = g_strconcat (CHANGE_SET_PREFIX, journal->token, NULL);
  if (!sobre_stack_journal_write (journal, job->work->journals, plan->stack, error))
    return FALSE;
  request =
      (SobreChangeRequest) { plan->stack, journal->change_set, plan->is_new, body, set, kept, SOBRE_STACK_TAG, journal->token };
  g_free (journal->stack_id);
  journal->stack_id = dex_await_string (
      sobre_cloudformation_create_change_set (sobre_stack_work_get_client (job->work), &request, job->work->cancellable),
      error);
  return journal->stack_id != NULL;
}

/* CloudFormation makes a failure of a change set that changes nothing, and says so in words only. */
static gboolean
is_unchanged (const SobreChangeSet *set)
{
  return strcmp (set->status, "FAILED") == 0 && set->changes->len == 0 && set->reason != NULL &&
         (strstr (set->reason, "didn't contain changes") != NULL ||
          strstr (set->reason, "No updates are to be performed") != NULL);
}

static SobreChangeSet *
await_change_set (Job *job, SobreStackPlan *plan, GError **error)
{
  SobreAwsClient *client = sobre_stack_work_get_client (job->work);

  for (guint i = 0; i < MAX_LOOKS; i++)
    {
      g_autoptr (SobreChangeSet) set = dex_await_boxed (
          sobre_cloudformation_describe_change_set (client, plan->stack, plan->journal->change_set, job->work->cancellable),
          error);

      if (set == NULL)
        return NULL;
      if (strcmp (set->status, "CREATE_COMPLETE") == 0 || is_unchanged (set))
        return g_steal_pointer (&set);
      if (strcmp (set->status, "FAILED") == 0)
        {
          g_set_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_FAILED, _ ("AWS does not take the plan for %s: %s"),
                       plan->stack, set->reason != NULL ? set->reason : set->status);
          return NULL;
        }
      if (!sobre_stack_work_sleep (job->work, job->work->poll_ms / 2, error))
        return NULL;
    }
  g_set_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_FAILED, _ ("AWS does not finish the plan for %s; try again later"),
               plan->stack);
  return NULL;
}

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const SobreChange *one = *(const SobreChange *const *) a;
  const SobreChange *other = *(const SobreChange *const *) b;
  int order = (int) sobre_change_get_group (one) - (int) sobre_change_get_group (other);

  return order != 0 ? order : strcmp (one->logical_id, other->logical_id);
}

/* What a failed creation leaves is empty, and in the way of the next one. */
static gboolean
clear_way (Job *job, SobreStackPlan *plan, SobreStack **stack, GError **error)
{
  static const char *const empty[] = { "ROLLBACK_COMPLETE", "CREATE_FAILED", "ROLLBACK_FAILED", NULL };
  static const char *const stuck[] = { "UPDATE_ROLLBACK_FAILED", "UPDATE_FAILED", "DELETE_FAILED", "IMPORT_ROLLBACK_FAILED",
                                       NULL };
  SobreAwsClient *client = sobre_stack_work_get_client (job->work);

  if (*stack != NULL && g_strv_contains (stuck, (*stack)->status))
    {
      g_set_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_STUCK,
                   _ ("The stack %s is %s (%s). In the AWS console, “Continue update rollback” or “Delete” with what is named "
                      "there gets it out of that; then deploy again"),
                   plan->stack, (*stack)->status, (*stack)->reason != NULL ? (*stack)->reason : _ ("no reason given"));
      return FALSE;
    }
  if (*stack != NULL && g_strv_contains (empty, (*stack)->status))
    {
      g_autofree char *id = g_strdup ((*stack)->id);
      g_autofree char *token = make_token (job->work);
      g_autoptr (SobreStack) gone = NULL;

      dex_await (sobre_cloudformation_protect (client, plan->stack, FALSE, NULL), NULL);
      if (!dex_await (sobre_cloudformation_delete_stack (client, id, token, job->work->cancellable), error))
        return FALSE;
      gone = dex_await_boxed (sobre_stack_follow (job->work, id, NULL), error);
      if (gone == NULL)
        return FALSE;
      g_clear_pointer (stack, sobre_stack_unref);
    }
  return TRUE;
}

static gboolean
find_changes (Job *job, SobreStackPlan *plan, const SobreStack *stack, GError **error)
{
  g_autoptr (SobreChangeSet) set = NULL;

  if (!create_change_set (job, plan, stack, error))
    return FALSE;
  set = await_change_set (job, plan, error);
  if (set == NULL)
    return FALSE;
  g_ptr_array_unref (plan->changes);
  plan->changes = g_ptr_array_ref (set->changes);
  g_ptr_array_sort (plan->changes, compare_changes);
  for (guint i = 0; i < plan->changes->len; i++)
    plan->losses += sobre_change_loses_data (g_ptr_array_index (plan->changes, i));
  if (plan->changes->len == 0)
    dex_await (sobre_cloudformation_delete_change_set (sobre_stack_work_get_client (job->work), plan->stack,
                                                       plan->journal->change_set, NULL),
               NULL);
  return TRUE;
}

static DexFuture *
prepare_fiber (gpointer data)
{
  Job *job = data;
  GError *error = NULL;
  g_autoptr (SobreStackPlan) plan = g_atomic_rc_box_new0 (SobreStackPlan);
  g_autoptr (SobreStack) stack = dex_await_boxed (sobre_stack_work_describe (job->work, job->part), &error);

  plan->part = job->part;
  plan->stack = sobre_stack_work_dup_stack (job->work, job->part);
  plan->changes = g_ptr_array_new ();
  plan->journal = sobre_stack_journal_read (job->work->journals, plan->stack);
  if (stack == NULL && !g_error_matches (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING))
    return dex_future_new_for_error (error);
  g_clear_error (&error);
  plan->is_running = stack != NULL && sobre_stack_is_busy (stack);
  if (plan->is_running)
    {
      g_set_str (&plan->journal->stack_id, stack->id);
      return dex_future_new_take_boxed (SOBRE_TYPE_STACK_PLAN, g_steal_pointer (&plan));
    }
  if (plan->journal->change_set != NULL && stack != NULL)
    dex_await (sobre_cloudformation_delete_change_set (sobre_stack_work_get_client (job->work), plan->stack,
                                                       plan->journal->change_set, NULL),
               NULL);
  if (!clear_way (job, plan, &stack, &error))
    return dex_future_new_for_error (error);
  plan->is_new = stack == NULL || strcmp (stack->status, "REVIEW_IN_PROGRESS") == 0;
  if (!find_changes (job, plan, plan->is_new ? NULL : stack, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (SOBRE_TYPE_STACK_PLAN, g_steal_pointer (&plan));
}

DexFuture *
sobre_stack_prepare (SobreStackWork *work, SobreStackPart part, GHashTable *parameters)
{
  return spawn (&(Job) { .work = work, .part = part, .parameters = g_hash_table_ref (parameters) }, prepare_fiber);
}

static DexFuture *
discard_fiber (gpointer data)
{
  Job *job = data;
  SobreStackPlan *plan = job->plan;
  SobreAwsClient *client = sobre_stack_work_get_client (job->work);
  g_autofree char *token = make_token (job->work);
  g_autoptr (SobreStackJournal) nothing = g_new0 (SobreStackJournal, 1);
  GError *error = NULL;

  if (plan->is_running || plan->changes->len == 0)
    return dex_future_new_for_boolean (TRUE);
  if (!dex_await (sobre_cloudformation_delete_change_set (client, plan->stack, plan->journal->change_set, NULL), &error) ||
      (plan->is_new && (!dex_await (sobre_cloudformation_delete_stack (client, plan->stack, token, NULL), &error) ||
                        !sobre_stack_journal_write (nothing, job->work->journals, plan->stack, &error))))
    return dex_future_new_for_error (error);
  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
sobre_stack_discard (SobreStackWork *work, SobreStackPlan *plan)
{
  return spawn (&(Job) { .work = work, .plan = sobre_stack_plan_ref (plan) }, discard_fiber);
}

/* Updates may not touch what holds data, and nobody removes the stack by accident. An account whose rights do not go so far is deployed all the same. */
static void
protect (Job *job)
{
  static const char policy[] =
      "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"Update:*\",\"Principal\":\"*\",\"Resource\":\"*\"},"
      "{\"Effect\":\"Deny\",\"Action\":[\"Update:Replace\",\"Update:Delete\"],\"Principal\":\"*\",\"Resource\":\"*\","
      "\"Condition\":{\"StringEquals\":{\"ResourceType\":[\"AWS::S3::Bucket\",\"AWS::KMS::Key\"]}}}]}";
  SobreAwsClient *client = sobre_stack_work_get_client (job->work);

  dex_await (sobre_cloudformation_set_policy (client, job->plan->stack, policy, job->work->cancellable), NULL);
  dex_await (sobre_cloudformation_protect (client, job->plan->stack, TRUE, job->work->cancellable), NULL);
}

/* The policy that keeps data from being replaced gives way to somebody who has said that it may be lost. */
static void
lift_policy (Job *job)
{
  static const char policy[] =
      "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"Update:*\",\"Principal\":\"*\",\"Resource\":\"*\"}]}";

  dex_await (sobre_cloudformation_set_policy (sobre_stack_work_get_client (job->work), job->plan->stack, policy, NULL), NULL);
}

/* From here on it is told; what was begun by this computer is told from its beginning. */
static gboolean
mark_beginning (Job *job, GError **error)
{
  SobreStackPlan *plan = job->plan;
  g_autoptr (GPtrArray) newest = NULL;

  if (plan->is_running && plan->journal->is_running)
    return TRUE;
  newest = dex_await_boxed (
      sobre_cloudformation_list_events (sobre_stack_work_get_client (job->work), plan->stack, NULL, 1, job->work->cancellable),
      error);
  if (newest == NULL)
    return FALSE;
  g_clear_pointer (&plan->journal->after, g_free);
  if (newest->len > 0)
    plan->journal->after = g_strdup (((SobreStackEvent *) g_ptr_array_index (newest, 0))->id);
  return TRUE;
}

static gboolean
start (Job *job, GError **error)
{
  SobreStackPlan *plan = job->plan;

  plan->journal->is_running = TRUE;
  if (!sobre_stack_journal_write (plan->journal, job->work->journals, plan->stack, error))
    return FALSE;
  if (plan->losses > 0 && !plan->is_new)
    lift_policy (job);
  return dex_await (sobre_cloudformation_execute_change_set (sobre_stack_work_get_client (job->work), plan->stack,
                                                             plan->journal->change_set, plan->journal->token,
                                                             job->work->cancellable),
                    error);
}

static DexFuture *
execute_fiber (gpointer data)
{
  Job *job = data;
  SobreStackPlan *plan = job->plan;
  GError *error = NULL;
  g_autoptr (SobreStack) stack = NULL;

  if (plan->losses > 0 && !job->allow_loss)
    return dex_future_new_reject (SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_LOSS,
                                  _ ("%u of the changes to %s would lose data, and nobody said that it may be lost"),
                                  plan->losses, plan->stack);
  if (!mark_beginning (job, &error) || (!plan->is_running && plan->changes->len > 0 && !start (job, &error)))
    return dex_future_new_for_error (error);
  stack = dex_await_boxed (sobre_stack_follow (job->work, plan->stack, plan->journal->after), &error);
  if (stack == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return dex_future_new_for_error (error);
  plan->journal->is_running = FALSE;
  sobre_stack_journal_write (plan->journal, job->work->journals, plan->stack, NULL);
  if (stack == NULL)
    return dex_future_new_for_error (error);
  protect (job);
  return dex_future_new_take_boxed (SOBRE_TYPE_STACK, g_steal_pointer (&stack));
}

DexFuture *
sobre_stack_execute (SobreStackWork *work, SobreStackPlan *plan, gboolean allow_loss)
{
  return spawn (&(Job) { .work = work, .plan = sobre_stack_plan_ref (plan), .allow_loss = allow_loss }, execute_fiber);
}
