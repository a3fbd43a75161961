/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Everything travels as a source of one priority in the listener's main context, so that it is told in the order in which it happened. */

#include "stack/sobre-stack-talk-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _SobreStackTalk
{
  GMainContext *context;
  SobreStackListener listener;
  gatomicrefcount ref_count;
};

/** Letter: a call of the listener on its way. @promise: (nullable): is resolved when it was made · @answer: (nullable): what came back of a question */
typedef struct
{
  SobreStackTalk *talk;
  SobreStackNews news;
  SobreStackQuestion question;
  DexPromise *promise;
  DexFuture *answer;
  gatomicrefcount ref_count;
} Letter;

SobreStackTalk *
sobre_stack_talk_new (const SobreStackListener *listener)
{
  SobreStackTalk *self = g_new0 (SobreStackTalk, 1);

  self->context = g_main_context_ref_thread_default ();
  self->listener = *listener;
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

SobreStackTalk *
sobre_stack_talk_ref (SobreStackTalk *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/* Not g_main_context_invoke(), which would call on this thread while nobody runs the context. */
static void
post (GMainContext *context, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, context);
}

static gboolean
nothing_cb (gpointer data)
{
  return G_SOURCE_REMOVE;
}

void
sobre_stack_talk_unref (SobreStackTalk *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (self->listener.destroy != NULL)
    post (self->context, nothing_cb, self->listener.user_data, self->listener.destroy);
  g_main_context_unref (self->context);
  g_free (self);
}

DexFuture *
sobre_stack_talk_spawn (DexFiberFunc fiber, gpointer data, GDestroyNotify free)
{
  DexFuture *future = dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, fiber, data, free);

  dex_future_disown (dex_ref (future));
  return future;
}

static SobreStackEvent *
copy_event (const SobreStackEvent *event)
{
  SobreStackEvent *copy = g_new0 (SobreStackEvent, 1);

  *copy = (SobreStackEvent) { g_strdup (event->id),   g_strdup (event->at),     g_strdup (event->logical_id),
                              g_strdup (event->type), g_strdup (event->status), g_strdup (event->reason) };
  return copy;
}

static void
free_event (SobreStackEvent *event)
{
  g_free (event->id);
  g_free (event->at);
  g_free (event->logical_id);
  g_free (event->type);
  g_free (event->status);
  g_free (event->reason);
  g_free (event);
}

static void
letter_unref (gpointer data)
{
  Letter *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (self->news.identity != NULL)
    sobre_caller_identity_free ((SobreCallerIdentity *) self->news.identity);
  if (self->news.preflight != NULL)
    sobre_stack_preflight_unref ((SobreStackPreflight *) self->news.preflight);
  if (self->news.plan != NULL)
    sobre_stack_plan_unref ((SobreStackPlan *) self->news.plan);
  if (self->news.event != NULL)
    free_event ((SobreStackEvent *) self->news.event);
  g_free ((char *) self->news.step);
  if (self->question.plan != NULL)
    sobre_stack_plan_unref ((SobreStackPlan *) self->question.plan);
  g_free ((char *) self->question.word);
  dex_clear (&self->promise);
  dex_clear (&self->answer);
  sobre_stack_talk_unref (self->talk);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Letter, letter_unref)

static Letter *
letter_new (SobreStackTalk *talk)
{
  Letter *self = g_new0 (Letter, 1);

  self->talk = sobre_stack_talk_ref (talk);
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

static Letter *
letter_ref (Letter *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static gboolean
tell_cb (gpointer data)
{
  const Letter *letter = data;

  letter->talk->listener.tell (&letter->news, letter->talk->listener.user_data);
  return G_SOURCE_REMOVE;
}

void
sobre_stack_talk_tell (SobreStackTalk *self, const SobreStackNews *news)
{
  Letter *letter;

  if (self->listener.tell == NULL)
    return;
  letter = letter_new (self);
  letter->news.kind = news->kind;
  if (news->identity != NULL)
    letter->news.identity = g_boxed_copy (SOBRE_TYPE_CALLER_IDENTITY, news->identity);
  if (news->preflight != NULL)
    letter->news.preflight = sobre_stack_preflight_ref ((SobreStackPreflight *) news->preflight);
  if (news->plan != NULL)
    letter->news.plan = sobre_stack_plan_ref ((SobreStackPlan *) news->plan);
  if (news->event != NULL)
    letter->news.event = copy_event (news->event);
  letter->news.step = g_strdup (news->step);
  post (self->context, tell_cb, letter, letter_unref);
}

void
sobre_stack_talk_step (SobreStackTalk *self, const char *words)
{
  sobre_stack_talk_tell (self, &(SobreStackNews) { .kind = SOBRE_STACK_NEWS_STEP, .step = words });
}

void
sobre_stack_talk_tell_event (const SobreStackEvent *event, gpointer talk)
{
  sobre_stack_talk_tell (talk, &(SobreStackNews) { .kind = SOBRE_STACK_NEWS_EVENT, .event = event });
}

static gboolean
ask_cb (gpointer data)
{
  Letter *letter = data;
  const SobreStackListener *listener = &letter->talk->listener;

  letter->answer = listener->ask != NULL ? listener->ask (&letter->question, listener->user_data) : NULL;
  dex_promise_resolve_boolean (letter->promise, TRUE);
  return G_SOURCE_REMOVE;
}

static gboolean
flush_cb (gpointer data)
{
  dex_promise_resolve_boolean (((Letter *) data)->promise, TRUE);
  return G_SOURCE_REMOVE;
}

/* @future: (transfer full). Returns: (transfer full) (nullable) */
static char *
await_answer (DexFuture *future, GCancellable *cancellable, GError **error)
{
  if (cancellable != NULL)
    future = dex_future_first (future, dex_cancellable_new_from_cancellable (cancellable), NULL);
  return dex_await_string (future, error);
}

gboolean
sobre_stack_talk_ask (SobreStackTalk *self, const SobreStackQuestion *question, GCancellable *cancellable, GError **error)
{
  g_autoptr (Letter) letter = letter_new (self);
  g_autofree char *typed = NULL;

  letter->question = (SobreStackQuestion) { question->kind, NULL, g_strdup (question->word) };
  if (question->plan != NULL)
    letter->question.plan = sobre_stack_plan_ref ((SobreStackPlan *) question->plan);
  letter->promise = dex_promise_new ();
  post (self->context, ask_cb, letter_ref (letter), letter_unref);
  if (!dex_await (dex_ref (DEX_FUTURE (letter->promise)), error))
    return FALSE;
  if (letter->answer != NULL)
    {
      typed = await_answer (g_steal_pointer (&letter->answer), cancellable, error);
      if (typed == NULL)
        return FALSE;
    }
  if (g_strcmp0 (typed, question->word) == 0)
    return TRUE;
  if (question->kind == SOBRE_STACK_QUESTION_PLAN)
    g_set_error_literal (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_DECLINED,
                         _ ("Nothing was deployed, because nobody said yes to it"));
  else
    g_set_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_LOSS, _ ("Nothing was changed: “%s” has to be typed for that"),
                 question->word);
  return FALSE;
}

void
sobre_stack_talk_flush (SobreStackTalk *self)
{
  Letter *letter = letter_new (self);

  letter->promise = dex_promise_new ();
  post (self->context, flush_cb, letter_ref (letter), letter_unref);
  dex_await (dex_ref (DEX_FUTURE (letter->promise)), NULL);
  letter_unref (letter);
}
