/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stack/sobre-stack-work.h"

G_BEGIN_DECLS

/**
 * SobreCheckState:
 * @SOBRE_CHECK_UNSEEN: it could not be looked at, or only a person can; the detail says how
 * @SOBRE_CHECK_BEGUN: it is being looked at, which is told and comes in no result
 */
typedef enum
{
  SOBRE_CHECK_HOLDS,
  SOBRE_CHECK_FAILS,
  SOBRE_CHECK_UNSEEN,
  SOBRE_CHECK_BEGUN,
} SobreCheckState;

/**
 * SobreStackCheck: one thing that was looked at.
 * @name: static: "lake", or "denied firehose:PutRecordBatch"; for programs
 * @words: what has to hold, translated, static
 * @detail: (nullable): what was seen, or how a person can see it
 */
typedef struct
{
  const char *name;
  const char *words;
  SobreCheckState state;
  char *detail;
} SobreStackCheck;

#define SOBRE_TYPE_STACK_CHECK (sobre_stack_check_get_type ())
GType sobre_stack_check_get_type (void);
SobreStackCheck *sobre_stack_check_copy (const SobreStackCheck *self);
void sobre_stack_check_free (SobreStackCheck *self);

/** SobreCheckTell: is told of each thing when it is begun and when it is seen, on a thread of the pool. @check: valid during the call */
typedef void (*SobreCheckTell) (const SobreStackCheck *check, gpointer user_data);

/**
 * sobre_stack_test:
 * @record: an answer as a guest's page sends it, which no figure counts
 * @id: its id
 * @prove: whether what nobody has ever seen on real AWS is looked at too
 * @tell: (nullable)
 * @tell_data: kept until the end
 *
 * Goes a guest's way: has keys made, sends @record, tries what a guest must not be able to do, and waits until the answer lies in the lake. Each step that
 * fails leaves those behind it unseen.
 *
 * Returns: (transfer full): resolves to a GPtrArray of SobreStackCheck of %G_TYPE_PTR_ARRAY, in the order of the way; rejects as
 * sobre_stack_work_describe(), and with %G_IO_ERROR_CANCELLED when the work was stopped
 */
DexFuture *sobre_stack_test (SobreStackWork *work,
                             const char *record,
                             const char *id,
                             gboolean prove,
                             SobreCheckTell tell,
                             gpointer tell_data);

/** sobre_stack_check_new: @detail: (transfer full) (nullable). Returns: (transfer full) */
SobreStackCheck *sobre_stack_check_new (const char *name, const char *words, SobreCheckState state, char *detail);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreStackCheck, sobre_stack_check_free)

G_END_DECLS
