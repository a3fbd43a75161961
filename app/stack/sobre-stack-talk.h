/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-sts.h"
#include "stack/sobre-stack-plan.h"
#include "stack/sobre-stack-preflight.h"

G_BEGIN_DECLS

/* What deploying and removing tell, and what they ask. The command line and the window are two listeners of the same flows. */

/**
 * SobreStackQuestionKind:
 * @SOBRE_STACK_QUESTION_PLAN: whether @plan may be done; asked once for a whole deployment
 * @SOBRE_STACK_QUESTION_LOSS: whether the data that @plan loses may be lost; asked each time
 * @SOBRE_STACK_QUESTION_REMOVE: whether all but the lake may be removed
 * @SOBRE_STACK_QUESTION_REMOVE_LAKE: whether every answer in the lake may be lost
 */
typedef enum
{
  SOBRE_STACK_QUESTION_PLAN,
  SOBRE_STACK_QUESTION_LOSS,
  SOBRE_STACK_QUESTION_REMOVE,
  SOBRE_STACK_QUESTION_REMOVE_LAKE,
} SobreStackQuestionKind;

/**
 * SobreStackQuestion: valid during the call.
 * @plan: (nullable): what is asked about, see sobre_stack_plan_ref()
 * @word: what has to come back for it to be done: the name of the stack or of the bucket, which a person types; "yes" for %SOBRE_STACK_QUESTION_PLAN, which a
 *   button may say
 */
typedef struct
{
  SobreStackQuestionKind kind;
  const SobreStackPlan *plan;
  const char *word;
} SobreStackQuestion;

/**
 * SobreStackNewsKind: which member of SobreStackNews is set.
 * @SOBRE_STACK_NEWS_IDENTITY: in whose name things happen; the first news, where anything is told
 * @SOBRE_STACK_NEWS_PREFLIGHT: what speaks against deploying; before the first plan
 * @SOBRE_STACK_NEWS_PLAN: what is going to be asked and done, or would be
 * @SOBRE_STACK_NEWS_EVENT: something happened in AWS
 * @SOBRE_STACK_NEWS_STEP: what is begun now, in words for people
 */
typedef enum
{
  SOBRE_STACK_NEWS_IDENTITY,
  SOBRE_STACK_NEWS_PREFLIGHT,
  SOBRE_STACK_NEWS_PLAN,
  SOBRE_STACK_NEWS_EVENT,
  SOBRE_STACK_NEWS_STEP,
} SobreStackNewsKind;

/** SobreStackNews: valid during the call. @plan and @preflight may be kept by a reference; a @plan only to be read. */
typedef struct
{
  SobreStackNewsKind kind;
  const SobreCallerIdentity *identity;
  const SobreStackPreflight *preflight;
  const SobreStackPlan *plan;
  const SobreStackEvent *event;
  const char *step;
} SobreStackNews;

/**
 * SobreStackListener: who is told and asked. Every function is called in the main context that was the thread's default when the flow was begun, in the order in which
 * things happen, and all news are told before the flow's future settles. Dropping the future does not end the flow; the cancellable of its work does.
 * @tell: (nullable)
 * @ask: returns (transfer full) a future that resolves to a string, which lets the flow go on where it is the question's word. A rejection ends the flow with that
 *   very error. Without one nothing is said yes to. It is dropped when the flow is cancelled
 * @destroy: (nullable): of @user_data, once nothing is called any more
 */
typedef struct
{
  void (*tell) (const SobreStackNews *news, gpointer user_data);
  DexFuture *(*ask) (const SobreStackQuestion *question, gpointer user_data);
  gpointer user_data;
  GDestroyNotify destroy;
} SobreStackListener;

G_END_DECLS
