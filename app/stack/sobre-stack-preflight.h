/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-sts.h"
#include "stack/sobre-stack-work.h"

G_BEGIN_DECLS

/** SobreFindingSubject: in the order of being looked at. */
typedef enum
{
  SOBRE_FINDING_IDENTITY,
  SOBRE_FINDING_REGION,
  SOBRE_FINDING_NAMES,
  SOBRE_FINDING_LIMITS,
  SOBRE_FINDING_RIGHTS,
} SobreFindingSubject;

#define SOBRE_N_FINDING_SUBJECTS 5

/**
 * SobreFindingState:
 * @SOBRE_FINDING_GOOD: nothing speaks against it
 * @SOBRE_FINDING_UNKNOWN: could not be checked, which is no reason not to deploy
 * @SOBRE_FINDING_WARNING: deploying may fail because of it
 * @SOBRE_FINDING_BAD: deploying would fail because of it, and is not begun
 */
typedef enum
{
  SOBRE_FINDING_GOOD,
  SOBRE_FINDING_UNKNOWN,
  SOBRE_FINDING_WARNING,
  SOBRE_FINDING_BAD,
} SobreFindingState;

/**
 * SobreFinding: something that was looked at before deploying.
 * @words: what was found, for people
 * @advice: (nullable): what to do about it; never %NULL for a warning and for what is bad
 */
typedef struct
{
  SobreFindingSubject subject;
  SobreFindingState state;
  char *words;
  char *advice;
} SobreFinding;

/** sobre_finding_subject_get_name: Returns: "Account", translated */
const char *sobre_finding_subject_get_name (SobreFindingSubject subject);

/** sobre_finding_subject_get_nick: Returns: "identity", for machines */
const char *sobre_finding_subject_get_nick (SobreFindingSubject subject);

/** sobre_finding_state_get_nick: Returns: "good", "unknown", "warning" or "bad" */
const char *sobre_finding_state_get_nick (SobreFindingState state);

/**
 * SobreStackPreflight: what was found. Immutable.
 * @identity: whose keys they are
 * @findings: (element-type SobreFinding): by subject, at least one of each
 * @worst: of the findings
 */
typedef struct
{
  SobreCallerIdentity *identity;
  GPtrArray *findings;
  SobreFindingState worst;
} SobreStackPreflight;

#define SOBRE_TYPE_STACK_PREFLIGHT (sobre_stack_preflight_get_type ())
GType sobre_stack_preflight_get_type (void);
SobreStackPreflight *sobre_stack_preflight_ref (SobreStackPreflight *self);
void sobre_stack_preflight_unref (SobreStackPreflight *self);

/**
 * sobre_stack_preflight:
 * @parameters: (element-type utf8 utf8): what is to be set of both parts; those of a stack that is there count where nothing is set
 *
 * Looks at what would keep a deployment from coming to its end, with calls that change nothing: whose keys they are, whether the region answers and is switched on,
 * whether stacks or a bucket of those names belong to somebody else, what the account has left of what it may have, and which of the rights that "stack policy"
 * lists are missing. What the account does not let itself be asked is a finding, too.
 *
 * Returns: (transfer full): resolves to a SobreStackPreflight; rejects with %SOBRE_AWS_ERROR where AWS cannot be asked at all
 */
DexFuture *sobre_stack_preflight (SobreStackWork *work, GHashTable *parameters);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreStackPreflight, sobre_stack_preflight_unref)

G_END_DECLS
