/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-code-desk.h"

#include <glib/gi18n-lib.h>

#include "aws/sobre-aws-error.h"

/** SobreCodeDesk: @questions: (element-type Question): the first one is the one that is shown · @declined: nobody is asked for now */
struct _SobreCodeDesk
{
  GObject parent_instance;

  GQueue questions;
  guint question_signal;
  gboolean declined;
};

G_DEFINE_FINAL_TYPE (SobreCodeDesk, sobre_code_desk, G_TYPE_OBJECT)

/** Question: @desk: may be gone by the time it gets there */
typedef struct
{
  GWeakRef desk;
  char *serial;
  char *problem;
  DexPromise *promise;
} Question;

static void
question_free (Question *self)
{
  g_weak_ref_clear (&self->desk);
  g_free (self->serial);
  g_free (self->problem);
  dex_unref (self->promise);
  g_free (self);
}

/* Takes over @question. */
static void
refuse (Question *question)
{
  dex_promise_reject (question->promise,
                      sobre_aws_error_new (SOBRE_AWS_ERROR_CREDENTIALS, 0, NULL,
                                           _ ("AWS was not asked: it wants the code that %s shows, and none was given"),
                                           question->serial));
  question_free (question);
}

static void
refuse_all (SobreCodeDesk *self)
{
  Question *question;

  while ((question = g_queue_pop_head (&self->questions)) != NULL)
    refuse (question);
}

static void
show_next (SobreCodeDesk *self)
{
  if (g_queue_is_empty (&self->questions))
    return;
  if (self->declined || !g_signal_has_handler_pending (self, self->question_signal, 0, FALSE))
    refuse_all (self);
  else
    g_signal_emit (self, self->question_signal, 0);
}

static gboolean
arrive_cb (gpointer data)
{
  Question *question = data;
  g_autoptr (SobreCodeDesk) self = g_weak_ref_get (&question->desk);

  if (self == NULL)
    {
      refuse (question);
      return G_SOURCE_REMOVE;
    }
  g_queue_push_tail (&self->questions, question);
  if (self->questions.length == 1)
    show_next (self);
  return G_SOURCE_REMOVE;
}

static DexFuture *
ask_cb (const char *serial, const char *problem, gpointer user_data)
{
  GWeakRef *desk = user_data;
  g_autoptr (SobreCodeDesk) self = g_weak_ref_get (desk);
  Question *question = g_new0 (Question, 1);
  DexPromise *promise = dex_promise_new ();

  g_weak_ref_init (&question->desk, self);
  question->serial = g_strdup (serial);
  question->problem = g_strdup (problem);
  question->promise = dex_ref (promise);
  g_idle_add_full (G_PRIORITY_DEFAULT, arrive_cb, question, NULL);
  return DEX_FUTURE (promise);
}

static void
sobre_code_desk_dispose (GObject *object)
{
  refuse_all (SOBRE_CODE_DESK (object));
  G_OBJECT_CLASS (sobre_code_desk_parent_class)->dispose (object);
}

static void
sobre_code_desk_class_init (SobreCodeDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sobre_code_desk_dispose;
  g_signal_new ("question", SOBRE_TYPE_CODE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sobre_code_desk_init (SobreCodeDesk *self)
{
  g_queue_init (&self->questions);
  self->question_signal = g_signal_lookup ("question", SOBRE_TYPE_CODE_DESK);
}

SobreCodeDesk *
sobre_code_desk_new (void)
{
  return g_object_new (SOBRE_TYPE_CODE_DESK, NULL);
}

static void
free_weak_ref (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

SobreMfa *
sobre_code_desk_make_mfa (SobreCodeDesk *self)
{
  GWeakRef *desk = g_new0 (GWeakRef, 1);

  g_weak_ref_init (desk, self);
  return sobre_mfa_new (ask_cb, desk, free_weak_ref);
}

void
sobre_code_desk_allow (SobreCodeDesk *self)
{
  self->declined = FALSE;
}

static const Question *
get_question (SobreCodeDesk *self)
{
  return g_queue_peek_head (&self->questions);
}

const char *
sobre_code_desk_get_serial (SobreCodeDesk *self)
{
  return get_question (self) != NULL ? get_question (self)->serial : NULL;
}

const char *
sobre_code_desk_get_problem (SobreCodeDesk *self)
{
  return get_question (self) != NULL ? get_question (self)->problem : NULL;
}

void
sobre_code_desk_answer (SobreCodeDesk *self, const char *code)
{
  Question *question = g_queue_pop_head (&self->questions);

  if (question == NULL)
    return;
  dex_promise_resolve_string (question->promise, g_strdup (code));
  question_free (question);
  show_next (self);
}

void
sobre_code_desk_decline (SobreCodeDesk *self)
{
  self->declined = TRUE;
  refuse_all (self);
}
