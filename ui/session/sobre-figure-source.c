/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-figure-source.h"

/* One question on its way to the thread. Only immutable values cross: the filter is a copy, the answer is a promise.
 * A question without a promise asks the thread to end. */
typedef struct
{
  DexPromise *promise;
  SobreFilter *filter;
  char *text;
  guint limit;
  gboolean visits;
} Question;

typedef struct
{
  char *cache_folder;
  GAsyncQueue *questions;
} Worker;

struct _SobreFigureSource
{
  GObject parent_instance;

  GAsyncQueue *questions;
  GThread *thread;
};

G_DEFINE_FINAL_TYPE (SobreFigureSource, sobre_figure_source, G_TYPE_OBJECT)
G_DEFINE_BOXED_TYPE (SobreFigures, sobre_figures, sobre_figures_ref, sobre_figures_unref)
G_DEFINE_BOXED_TYPE (SobreVisitFigures, sobre_visit_figures, sobre_visit_figures_ref, sobre_visit_figures_unref)

static void
question_free (Question *self)
{
  g_clear_pointer (&self->promise, dex_unref);
  g_clear_pointer (&self->filter, sobre_filter_free);
  g_free (self->text);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
worker_free (Worker *self)
{
  g_async_queue_unref (self->questions);
  g_free (self->cache_folder);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Worker, worker_free)

static void
answer (const Question *question, SobreCacheReader *reader)
{
  g_autoptr (GError) error = NULL;

  if (question->text != NULL)
    {
      GPtrArray *comments = sobre_figures_search (reader, question->text, question->filter, question->limit, &error);

      if (comments != NULL)
        dex_promise_resolve_boxed (question->promise, G_TYPE_PTR_ARRAY, comments);
    }
  else if (question->visits)
    {
      /* Scores of all star and smiley questions, as everywhere in the window. */
      const SobreVisitQuery query = { NULL, 1 };
      SobreVisitFigures *visits = sobre_visit_figures_compute (reader, question->filter, &query, &error);

      if (visits != NULL)
        dex_promise_resolve_boxed (question->promise, SOBRE_TYPE_VISIT_FIGURES, visits);
    }
  else
    {
      SobreFigures *figures = sobre_figures_compute (reader, question->filter, question->limit, &error);

      if (figures != NULL)
        dex_promise_resolve_boxed (question->promise, SOBRE_TYPE_FIGURES, figures);
    }
  if (error != NULL)
    dex_promise_reject (question->promise, g_steal_pointer (&error));
}

/* A reader that failed is opened anew for the next question: the cache may have been rebuilt or made in the meantime. */
static gpointer
answer_questions_worker (gpointer data)
{
  g_autoptr (Worker) worker = data;
  g_autoptr (SobreCacheReader) reader = NULL;

  for (;;)
    {
      g_autoptr (Question) question = g_async_queue_pop (worker->questions);
      g_autoptr (GError) error = NULL;

      if (question->promise == NULL)
        return NULL;
      if (reader == NULL)
        reader = sobre_cache_reader_open (worker->cache_folder, &error);
      if (reader == NULL)
        {
          dex_promise_reject (question->promise, g_steal_pointer (&error));
          continue;
        }
      answer (question, reader);
      if (dex_future_is_rejected (DEX_FUTURE (question->promise)))
        g_clear_object (&reader);
    }
}

static void
sobre_figure_source_dispose (GObject *object)
{
  SobreFigureSource *self = SOBRE_FIGURE_SOURCE (object);

  if (self->thread != NULL)
    {
      g_async_queue_push (self->questions, g_new0 (Question, 1));
      g_clear_pointer (&self->thread, g_thread_unref);
    }
  g_clear_pointer (&self->questions, g_async_queue_unref);
  G_OBJECT_CLASS (sobre_figure_source_parent_class)->dispose (object);
}

static void
sobre_figure_source_class_init (SobreFigureSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sobre_figure_source_dispose;
}

static void
sobre_figure_source_init (SobreFigureSource *self)
{
  self->questions = g_async_queue_new_full ((GDestroyNotify) question_free);
}

SobreFigureSource *
sobre_figure_source_new (const char *cache_folder)
{
  SobreFigureSource *self = g_object_new (SOBRE_TYPE_FIGURE_SOURCE, NULL);
  Worker *worker = g_new0 (Worker, 1);

  worker->cache_folder = g_strdup (cache_folder);
  worker->questions = g_async_queue_ref (self->questions);
  self->thread = g_thread_new ("figures", answer_questions_worker, worker);
  return self;
}

/* @asked: everything but the promise, texts and filter still the caller's */
static DexFuture *
ask (SobreFigureSource *self, const Question *asked)
{
  Question *question = g_new0 (Question, 1);
  DexPromise *promise = dex_promise_new ();

  *question = *asked;
  question->promise = dex_ref (promise);
  question->filter = sobre_filter_copy (asked->filter);
  question->text = g_strdup (asked->text);
  g_async_queue_push (self->questions, question);
  return DEX_FUTURE (promise);
}

DexFuture *
sobre_figure_source_compute (SobreFigureSource *self, const SobreFilter *filter, guint max_comments)
{
  return ask (self, &(Question) { .filter = (SobreFilter *) filter, .limit = max_comments });
}

DexFuture *
sobre_figure_source_compute_visits (SobreFigureSource *self, const SobreFilter *filter)
{
  return ask (self, &(Question) { .filter = (SobreFilter *) filter, .visits = TRUE });
}

DexFuture *
sobre_figure_source_search (SobreFigureSource *self, const char *text, const SobreFilter *filter, guint limit)
{
  return ask (self, &(Question) { .filter = (SobreFilter *) filter, .text = (char *) text, .limit = limit });
}
