/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-errand.h"

#include "stack/sobre-stack-delete.h"
#include "stack/sobre-stack-workspace.h"

/** @asked: (nullable): what the flow waits for · @word: of the question */
struct _SobreErrand
{
  GObject parent_instance;

  SobreErrandKind kind;
  SobreWorkspace *workspace;
  SobreStackWish wish;
  gboolean is_resumed;
  GCancellable *cancellable;
  SobreStackWork *work;
  gboolean is_going;

  SobreStackPreflight *preflight;
  SobreStackPlan *plans[SOBRE_N_STACK_PARTS];
  GPtrArray *events;
  char *step;
  SobreStackQuestion question;
  SobreStackPlan *question_plan;
  char *word;
  DexPromise *asked;
  SobreStackDeployment *deployment;
  GError *error;
};

G_DEFINE_FINAL_TYPE (SobreErrand, sobre_errand, G_TYPE_OBJECT)

static void
event_free (gpointer data)
{
  SobreStackEvent *self = data;

  g_free (self->id);
  g_free (self->at);
  g_free (self->logical_id);
  g_free (self->type);
  g_free (self->status);
  g_free (self->reason);
  g_free (self);
}

static SobreStackEvent *
event_copy (const SobreStackEvent *from)
{
  SobreStackEvent *self = g_new (SobreStackEvent, 1);

  *self = (SobreStackEvent) {
    .id = g_strdup (from->id),
    .at = g_strdup (from->at),
    .logical_id = g_strdup (from->logical_id),
    .type = g_strdup (from->type),
    .status = g_strdup (from->status),
    .reason = g_strdup (from->reason),
  };
  return self;
}

static void
keep_plan (SobreErrand *self, const SobreStackPlan *plan)
{
  g_clear_pointer (&self->plans[plan->part], sobre_stack_plan_unref);
  self->plans[plan->part] = sobre_stack_plan_ref ((SobreStackPlan *) plan);
}

static void
tell_cb (const SobreStackNews *news, gpointer user_data)
{
  SobreErrand *self = user_data;

  switch (news->kind)
    {
    case SOBRE_STACK_NEWS_PREFLIGHT:
      g_clear_pointer (&self->preflight, sobre_stack_preflight_unref);
      self->preflight = sobre_stack_preflight_ref ((SobreStackPreflight *) news->preflight);
      break;
    case SOBRE_STACK_NEWS_PLAN:
      keep_plan (self, news->plan);
      break;
    case SOBRE_STACK_NEWS_EVENT:
      g_ptr_array_add (self->events, event_copy (news->event));
      break;
    case SOBRE_STACK_NEWS_STEP:
      g_set_str (&self->step, news->step);
      break;
    case SOBRE_STACK_NEWS_IDENTITY:
    default:
      break;
    }
  g_signal_emit_by_name (self, "told", (guint) news->kind);
}

static void
forget_question (SobreErrand *self)
{
  dex_clear (&self->asked);
  g_clear_pointer (&self->question_plan, sobre_stack_plan_unref);
  g_clear_pointer (&self->word, g_free);
  self->question = (SobreStackQuestion) { 0 };
}

static DexFuture *
ask_cb (const SobreStackQuestion *question, gpointer user_data)
{
  SobreErrand *self = user_data;
  DexFuture *answer;

  forget_question (self);
  self->word = g_strdup (question->word);
  self->question_plan = question->plan != NULL ? sobre_stack_plan_ref ((SobreStackPlan *) question->plan) : NULL;
  self->question = (SobreStackQuestion) { question->kind, self->question_plan, self->word };
  self->asked = dex_promise_new ();
  answer = dex_ref (self->asked);
  g_signal_emit_by_name (self, "asked");
  return answer;
}

static DexFuture *
ended_cb (DexFuture *future, gpointer user_data)
{
  SobreErrand *self = user_data;
  const GValue *value = dex_future_get_value (future, &self->error);

  if (value != NULL && self->kind == SOBRE_ERRAND_DEPLOY)
    self->deployment = g_value_dup_boxed (value);
  self->is_going = FALSE;
  forget_question (self);
  g_signal_emit_by_name (self, "ended");
  return NULL;
}

/* What the flow works with is made on a thread of the pool, because it reads files; the flow itself is begun where it tells. */
static DexFuture *
open_fiber (gpointer data)
{
  SobreErrand *self = data;
  GError *error = NULL;
  g_autofree char *name = self->is_resumed ? sobre_stack_dup_unfinished (self->workspace, &self->wish) : NULL;

  self->work = sobre_stack_work_open (self->workspace, name, NULL, NULL, self->cancellable, &error);
  return self->work != NULL ? dex_future_new_true () : dex_future_new_for_error (error);
}

static DexFuture *
opened_cb (DexFuture *future, gpointer user_data)
{
  SobreErrand *self = user_data;
  const SobreStackListener listener = { tell_cb, ask_cb, g_object_ref (self), g_object_unref };

  if (self->kind == SOBRE_ERRAND_PLAN)
    return sobre_stack_plan (self->work, self->workspace, &self->wish, &listener);
  if (self->kind == SOBRE_ERRAND_DEPLOY)
    return sobre_stack_deploy (self->work, self->workspace, &self->wish, &listener);
  return sobre_stack_remove (self->work, self->kind == SOBRE_ERRAND_REMOVE_ALL, &listener);
}

static void
sobre_errand_finalize (GObject *object)
{
  SobreErrand *self = SOBRE_ERRAND (object);

  forget_question (self);
  g_object_unref (self->workspace);
  sobre_stack_wish_clear (&self->wish);
  g_object_unref (self->cancellable);
  g_clear_pointer (&self->work, sobre_stack_work_unref);
  g_clear_pointer (&self->preflight, sobre_stack_preflight_unref);
  for (guint part = 0; part < SOBRE_N_STACK_PARTS; part++)
    g_clear_pointer (&self->plans[part], sobre_stack_plan_unref);
  g_ptr_array_unref (self->events);
  g_free (self->step);
  g_clear_pointer (&self->deployment, sobre_stack_deployment_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (sobre_errand_parent_class)->finalize (object);
}

static void
sobre_errand_class_init (SobreErrandClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_errand_finalize;
  g_signal_new ("told", SOBRE_TYPE_ERRAND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  g_signal_new ("asked", SOBRE_TYPE_ERRAND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("ended", SOBRE_TYPE_ERRAND, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sobre_errand_init (SobreErrand *self)
{
  self->cancellable = g_cancellable_new ();
  self->events = g_ptr_array_new_with_free_func (event_free);
}

static void
begin (SobreErrand *self)
{
  DexFuture *flow =
      dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, open_fiber, g_object_ref (self), g_object_unref);

  self->is_going = TRUE;
  flow = dex_future_then (flow, opened_cb, g_object_ref (self), g_object_unref);
  dex_future_disown (dex_future_finally (flow, ended_cb, g_object_ref (self), g_object_unref));
}

SobreErrand *
sobre_errand_new (SobreErrandKind kind, SobreWorkspace *workspace, const SobreStackWish *wish)
{
  SobreErrand *self = g_object_new (SOBRE_TYPE_ERRAND, NULL);

  self->kind = kind;
  self->workspace = g_object_ref (workspace);
  if (wish != NULL)
    sobre_stack_wish_init (&self->wish, wish);
  begin (self);
  return self;
}

SobreErrand *
sobre_errand_resume (SobreWorkspace *workspace)
{
  SobreErrand *self = g_object_new (SOBRE_TYPE_ERRAND, NULL);

  self->kind = SOBRE_ERRAND_DEPLOY;
  self->workspace = g_object_ref (workspace);
  self->is_resumed = TRUE;
  begin (self);
  return self;
}

SobreErrandKind
sobre_errand_get_kind (SobreErrand *self)
{
  return self->kind;
}

gboolean
sobre_errand_is_going (SobreErrand *self)
{
  return self->is_going;
}

const GError *
sobre_errand_get_error (SobreErrand *self)
{
  return self->error;
}

const SobreStackDeployment *
sobre_errand_get_deployment (SobreErrand *self)
{
  return self->deployment;
}

const SobreStackPreflight *
sobre_errand_get_preflight (SobreErrand *self)
{
  return self->preflight;
}

const SobreStackPlan *
sobre_errand_get_plan (SobreErrand *self, SobreStackPart part)
{
  return self->plans[part];
}

GPtrArray *
sobre_errand_get_events (SobreErrand *self)
{
  return self->events;
}

const char *
sobre_errand_get_step (SobreErrand *self)
{
  return self->step;
}

const SobreStackQuestion *
sobre_errand_get_question (SobreErrand *self)
{
  return self->asked != NULL ? &self->question : NULL;
}

void
sobre_errand_answer (SobreErrand *self, const char *word)
{
  g_autoptr (DexPromise) asked = g_steal_pointer (&self->asked);

  if (asked == NULL)
    return;
  forget_question (self);
  dex_promise_resolve_string (asked, g_strdup (word != NULL ? word : ""));
}

void
sobre_errand_stop (SobreErrand *self)
{
  g_cancellable_cancel (self->cancellable);
}

static DexFuture *
unfinished_fiber (gpointer data)
{
  g_autofree char *name = sobre_stack_dup_unfinished (data, NULL);

  return dex_future_new_for_boolean (name != NULL);
}

DexFuture *
sobre_errand_find_unfinished (SobreWorkspace *workspace)
{
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, unfinished_fiber, g_object_ref (workspace),
                              g_object_unref);
}
