/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stack/sobre-stack-deploy.h"

G_BEGIN_DECLS

/** SobreErrandKind: @SOBRE_ERRAND_PLAN: only tells what deploying would do · @SOBRE_ERRAND_REMOVE: all but the lake · @SOBRE_ERRAND_REMOVE_ALL: with every answer */
typedef enum
{
  SOBRE_ERRAND_PLAN,
  SOBRE_ERRAND_DEPLOY,
  SOBRE_ERRAND_REMOVE,
  SOBRE_ERRAND_REMOVE_ALL,
} SobreErrandKind;

#define SOBRE_TYPE_ERRAND (sobre_errand_get_type ())

/**
 * SobreErrand:
 *
 * One flow that changes what is in AWS, or tells what would change, with all that it has told so far, so that whoever looks at it may come and go. Begun when it is made. Stopping it, or dropping
 * it, changes nothing in AWS: what AWS was told to do goes on there, and the next errand follows it.
 *
 * Signals, on the main thread: "told" (guint, a SobreStackNewsKind), "asked": there is a question, "ended".
 */
G_DECLARE_FINAL_TYPE (SobreErrand, sobre_errand, SOBRE, ERRAND, GObject)

/** sobre_errand_new: @wish: copied; (nullable) for a removal. Returns: (transfer full) */
SobreErrand *sobre_errand_new (SobreErrandKind kind, SobreWorkspace *workspace, const SobreStackWish *wish);

SobreErrandKind sobre_errand_get_kind (SobreErrand *self);
gboolean sobre_errand_is_going (SobreErrand *self);

/** sobre_errand_get_error: Returns: (nullable): why it ended before its end */
const GError *sobre_errand_get_error (SobreErrand *self);

/** sobre_errand_get_deployment: Returns: (nullable): of one that came to its end */
const SobreStackDeployment *sobre_errand_get_deployment (SobreErrand *self);

/** sobre_errand_get_preflight: Returns: (nullable): what speaks against it, once that was told */
const SobreStackPreflight *sobre_errand_get_preflight (SobreErrand *self);

/** sobre_errand_get_plan: Returns: (nullable): of a part, as it was told last; only to be read */
const SobreStackPlan *sobre_errand_get_plan (SobreErrand *self, SobreStackPart part);

/** sobre_errand_get_events: Returns: (element-type SobreStackEvent): what happened in AWS, the oldest first */
GPtrArray *sobre_errand_get_events (SobreErrand *self);

/** sobre_errand_get_step: Returns: (nullable): what is done now, in words for people */
const char *sobre_errand_get_step (SobreErrand *self);

/** sobre_errand_get_question: Returns: (nullable): what it waits for */
const SobreStackQuestion *sobre_errand_get_question (SobreErrand *self);

/** sobre_errand_answer: @word: (nullable): what somebody typed, %NULL for no. Does nothing where nothing was asked */
void sobre_errand_answer (SobreErrand *self, const char *word);

/** sobre_errand_stop: ends following; does nothing once it has ended */
void sobre_errand_stop (SobreErrand *self);

/**
 * sobre_errand_find_unfinished:
 *
 * Returns: (transfer full): a future of whether a deployment was begun from @workspace and nobody saw its end, a boolean; never rejects
 */
DexFuture *sobre_errand_find_unfinished (SobreWorkspace *workspace);

/** sobre_errand_resume: goes on with that. Returns: (transfer full) */
SobreErrand *sobre_errand_resume (SobreWorkspace *workspace);

G_END_DECLS
