/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stack/sobre-stack-preflight.h"

G_BEGIN_DECLS

/** SobrePreflightLook: a preflight while it is made; all of it is for fibers. @stacks: (nullable): of each part, what is there */
typedef struct
{
  SobreStackWork *work;
  GHashTable *parameters;
  SobreStack *stacks[SOBRE_N_STACK_PARTS];
  SobreStackPreflight *preflight;
} SobrePreflightLook;

/** sobre_preflight_add: @words: (transfer full) · @advice: (nullable) (transfer full) */
void
sobre_preflight_add (SobrePreflightLook *self, SobreFindingSubject subject, SobreFindingState state, char *words, char *advice);

/** sobre_preflight_add_unknown: of what could not be asked. @what: "the account’s limits" · @failure: why */
void
sobre_preflight_add_unknown (SobrePreflightLook *self, SobreFindingSubject subject, const char *what, const GError *failure);

/** sobre_preflight_get: Returns: (nullable): what a parameter is set to, or stands at in a stack that is there; %NULL where the template's own value counts */
const char *sobre_preflight_get (const SobrePreflightLook *self, const char *parameter);

/** sobre_preflight_look_at_names: whether somebody else has the names of stacks, bucket and what has a name of its own in them. Sets @stacks. */
void sobre_preflight_look_at_names (SobrePreflightLook *self);

/** sobre_preflight_look_at_limits: what the account has left. */
void sobre_preflight_look_at_limits (SobrePreflightLook *self);

G_END_DECLS
