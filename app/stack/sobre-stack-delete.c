/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A stack leaves its buckets behind when it goes (DeletionPolicy), so that nothing in AWS takes data along by itself. Their names are in the journal before the
 * stack is removed: afterwards nobody else knows them. */

#include "stack/sobre-stack-delete.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-aws-error.h"
#include "aws/sobre-s3-bucket.h"
#include "model/sobre-id.h"
#include "stack/sobre-stack-follow.h"
#include "stack/sobre-stack-guests.h"
#include "stack/sobre-stack-journal.h"
#include "stack/sobre-stack-talk-private.h"

/** Job: a part that is removed. */
typedef struct
{
  SobreStackWork *work;
  SobreStackPart part;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  sobre_stack_work_unref (job->work);
  g_free (job);
}

static DexFuture *
spawn (SobreStackWork *work, SobreStackPart part, DexFiberFunc fiber)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job) { sobre_stack_work_ref (work), part };
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, fiber, job, job_free);
}

/* The bucket of logs comes last: the others write into it. */
static char **
list_buckets (Job *job, const char *stack, GError **error)
{
  g_autoptr (GPtrArray) resources = dex_await_boxed (
      sobre_cloudformation_list_resources (sobre_stack_work_get_client (job->work), stack, job->work->cancellable), error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (resources == NULL)
    return NULL;
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < resources->len; i++)
      {
        const SobreStackResource *resource = g_ptr_array_index (resources, i);

        if (g_strcmp0 (resource->type, "AWS::S3::Bucket") == 0 && resource->physical_id != NULL &&
            g_strcmp0 (resource->status, "DELETE_COMPLETE") != 0 &&
            (g_strcmp0 (resource->logical_id, "LogBucket") == 0) == (pass == 1))
          g_strv_builder_add (builder, resource->physical_id);
      }
  return g_strv_builder_end (builder);
}

static DexFuture *
list_buckets_fiber (gpointer data)
{
  Job *job = data;
  GError *error = NULL;
  g_autoptr (SobreStack) stack = dex_await_boxed (sobre_stack_work_describe (job->work, job->part), &error);
  char **buckets = stack != NULL ? list_buckets (job, stack->id, &error) : NULL;

  return buckets != NULL ? dex_future_new_take_boxed (G_TYPE_STRV, buckets) : dex_future_new_for_error (error);
}

DexFuture *
sobre_stack_list_buckets (SobreStackWork *work, SobreStackPart part)
{
  return spawn (work, part, list_buckets_fiber);
}

static gboolean
remove_stack (Job *job, SobreStackJournal *journal, const char *name, GError **error)
{
  SobreAwsClient *client = sobre_stack_work_get_client (job->work);
  const SobreAwsMeans *means = sobre_aws_account_get_means (job->work->account);
  SobreId id = sobre_id_make_v7 (means->clock, means->random);
  g_autoptr (SobreStack) stack = NULL;
  char token[SOBRE_ID_STRING_LENGTH + 1];

  sobre_id_format (&id, token);
  g_set_str (&journal->token, token);
  journal->is_running = TRUE;
  if (!sobre_stack_journal_write (journal, job->work->journals, name, error))
    return FALSE;
  dex_await (sobre_cloudformation_protect (client, name, FALSE, NULL), NULL);
  if (!dex_await (sobre_cloudformation_delete_stack (client, journal->stack_id, token, job->work->cancellable), error))
    return FALSE;
  stack = dex_await_boxed (sobre_stack_follow (job->work, journal->stack_id, journal->after), error);
  return stack != NULL;
}

static gboolean
remove_buckets (Job *job, SobreStackJournal *journal, GError **error)
{
  SobreAwsClient *client = sobre_aws_account_get_client (job->work->account, SOBRE_AWS_S3);

  for (guint i = 0; journal->buckets != NULL && journal->buckets[i] != NULL; i++)
    {
      g_autoptr (GError) failure = NULL;
      gboolean removed = dex_await (sobre_s3_empty_bucket (client, journal->buckets[i], job->work->cancellable), &failure) &&
                         dex_await (sobre_s3_remove_bucket (client, journal->buckets[i], job->work->cancellable), &failure);

      if (!removed && !g_error_matches (failure, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  return TRUE;
}

/* What is known of the part: from AWS while it is there, from the journal afterwards. Returns whether the stack is still there. */
static gboolean
look (Job *job, SobreStackJournal *journal, gboolean *is_there, GError **error)
{
  GError *failure = NULL;
  g_autoptr (SobreStack) stack = dex_await_boxed (sobre_stack_work_describe (job->work, job->part), &failure);
  g_autoptr (GPtrArray) newest = NULL;

  *is_there = stack != NULL;
  if (stack == NULL)
    {
      if (g_error_matches (failure, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING))
        {
          g_error_free (failure);
          return TRUE;
        }
      g_propagate_error (error, failure);
      return FALSE;
    }
  g_set_str (&journal->stack_id, stack->id);
  g_strfreev (journal->buckets);
  journal->buckets = list_buckets (job, stack->id, error);
  if (journal->buckets == NULL)
    return FALSE;
  newest = dex_await_boxed (
      sobre_cloudformation_list_events (sobre_stack_work_get_client (job->work), stack->id, NULL, 1, job->work->cancellable),
      error);
  if (newest == NULL)
    return FALSE;
  g_clear_pointer (&journal->after, g_free);
  journal->after = newest->len > 0 ? g_strdup (((SobreStackEvent *) g_ptr_array_index (newest, 0))->id) : NULL;
  return TRUE;
}

static DexFuture *
delete_fiber (gpointer data)
{
  Job *job = data;
  GError *error = NULL;
  g_autofree char *name = sobre_stack_work_dup_stack (job->work, job->part);
  g_autoptr (SobreStackJournal) journal = sobre_stack_journal_read (job->work->journals, name);
  g_autoptr (SobreStackJournal) nothing = g_new0 (SobreStackJournal, 1);
  gboolean is_there;

  if (!look (job, journal, &is_there, &error) || (is_there && !remove_stack (job, journal, name, &error)) ||
      !remove_buckets (job, journal, &error) ||
      (job->part == SOBRE_STACK_MAIN && !dex_await (sobre_stack_forget_guests (job->work), &error)) ||
      !sobre_stack_journal_write (nothing, job->work->journals, name, &error))
    return dex_future_new_for_error (error);
  if (job->part == SOBRE_STACK_MAIN)
    sobre_stack_note_site (job->work->journals, job->work->name, NULL);
  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
sobre_stack_delete (SobreStackWork *work, SobreStackPart part)
{
  return spawn (work, part, delete_fiber);
}

/** Removal: of a deployment, after asking. */
typedef struct
{
  SobreStackWork *work;
  gboolean lake;
  SobreStackTalk *talk;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *self = data;

  sobre_stack_work_unref (self->work);
  sobre_stack_talk_unref (self->talk);
  g_free (self);
}

static gboolean
ask (Removal *self, SobreStackQuestionKind kind, const char *word, GError **error)
{
  const SobreStackQuestion question = { kind, NULL, word };

  return sobre_stack_talk_ask (self->talk, &question, self->work->cancellable, error);
}

/* A lake's stack whose creation failed has no outputs: then its own name is to be typed. */
static gboolean
ask_for_lake (Removal *self, GError **error)
{
  g_autoptr (SobreStack) lake = dex_await_boxed (sobre_stack_work_describe (self->work, SOBRE_STACK_LAKE), error);
  const char *bucket = lake != NULL ? g_hash_table_lookup (lake->outputs, "LakeBucket") : NULL;

  return lake != NULL && ask (self, SOBRE_STACK_QUESTION_REMOVE_LAKE, bucket != NULL ? bucket : lake->name, error);
}

static gboolean
remove_part (Removal *self, SobreStackPart part, GError **error)
{
  g_autofree char *name = sobre_stack_work_dup_stack (self->work, part);
  g_autofree char *words = g_strdup_printf (_ ("Removing %s"), name);

  sobre_stack_talk_step (self->talk, words);
  return dex_await (sobre_stack_delete (self->work, part), error);
}

static gboolean
remove_all (Removal *self, GError **error)
{
  g_autoptr (SobreCallerIdentity) identity =
      dex_await_boxed (sobre_sts_get_caller_identity (sobre_aws_account_get_client (self->work->account, SOBRE_AWS_STS),
                                                      self->work->cancellable),
                       error);

  if (identity == NULL)
    return FALSE;
  sobre_stack_talk_tell (self->talk, &(SobreStackNews) { .kind = SOBRE_STACK_NEWS_IDENTITY, .identity = identity });
  return ask (self, SOBRE_STACK_QUESTION_REMOVE, self->work->name, error) && (!self->lake || ask_for_lake (self, error)) &&
         remove_part (self, SOBRE_STACK_MAIN, error) && (!self->lake || remove_part (self, SOBRE_STACK_LAKE, error));
}

static DexFuture *
remove_fiber (gpointer data)
{
  Removal *self = data;
  GError *error = NULL;
  gboolean done = remove_all (self, &error);

  sobre_stack_talk_flush (self->talk);
  return done ? dex_future_new_for_boolean (TRUE) : dex_future_new_for_error (error);
}

DexFuture *
sobre_stack_remove (SobreStackWork *work, gboolean lake, const SobreStackListener *listener)
{
  Removal *self = g_new0 (Removal, 1);

  self->talk = sobre_stack_talk_new (listener);
  self->work = sobre_stack_work_new_telling (work, sobre_stack_talk_tell_event, sobre_stack_talk_ref (self->talk),
                                             (GDestroyNotify) sobre_stack_talk_unref);
  self->lake = lake;
  return sobre_stack_talk_spawn (remove_fiber, self, removal_free);
}
