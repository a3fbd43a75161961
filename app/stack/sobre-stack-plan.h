/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stack/sobre-stack-journal.h"
#include "stack/sobre-stack-work.h"

G_BEGIN_DECLS

/** SobreChangeGroup: what becomes of a resource, in the order of being told. @SOBRE_CHANGE_REPLACE: it may become another one, and loses what it holds */
typedef enum
{
  SOBRE_CHANGE_ADD,
  SOBRE_CHANGE_MODIFY,
  SOBRE_CHANGE_REPLACE,
  SOBRE_CHANGE_REMOVE,
} SobreChangeGroup;

#define SOBRE_N_CHANGE_GROUPS 4

SobreChangeGroup sobre_change_get_group (const SobreChange *change);

/** sobre_change_group_get_name: Returns: "Add", translated */
const char *sobre_change_group_get_name (SobreChangeGroup group);

/** sobre_resource_type_get_word: @type: "AWS::S3::Bucket". Returns: (transfer none): "bucket", translated; @type itself where there is no word for it */
const char *sobre_resource_type_get_word (const char *type);

/** sobre_change_dup_words: Returns: (transfer full): "bucket LakeBucket: LifecycleConfiguration" */
char *sobre_change_dup_words (const SobreChange *change);

/** sobre_change_loses_data: Returns: whether what guests said is in the resource and would go with it */
gboolean sobre_change_loses_data (const SobreChange *change);

/**
 * SobreStackPlan: what deploying a part would do. Executing it writes into its journal, so it belongs to one flow at a time.
 * @stack: name of the part's stack
 * @is_new: whether it is not there yet
 * @is_running: something is being done to it already, by whomever: it is only to be followed
 * @changes: (element-type SobreChange): by group; empty where nothing is to be done
 * @losses: how many of them lose data
 * @journal: what has to be known to go on
 */
typedef struct
{
  SobreStackPart part;
  char *stack;
  gboolean is_new;
  gboolean is_running;
  GPtrArray *changes;
  guint losses;
  SobreStackJournal *journal;
} SobreStackPlan;

#define SOBRE_TYPE_STACK_PLAN (sobre_stack_plan_get_type ())
GType sobre_stack_plan_get_type (void);
SobreStackPlan *sobre_stack_plan_ref (SobreStackPlan *self);
void sobre_stack_plan_unref (SobreStackPlan *self);

/**
 * sobre_stack_prepare:
 * @parameters: (element-type utf8 utf8): what is to be set; those that the part's template does not have are left out, the others stay as they are
 *
 * Has AWS say what deploying would do, by a change set. A change set that was left over is removed, and so is a stack whose creation failed: there is nothing
 * in it.
 *
 * Returns: (transfer full): resolves to a SobreStackPlan; rejects with %SOBRE_STACK_ERROR_NAME, %SOBRE_STACK_ERROR_STUCK, %SOBRE_STACK_ERROR_FAILED, which
 *   is what AWS finds wrong with template or parameters, or %SOBRE_AWS_ERROR
 */
DexFuture *sobre_stack_prepare (SobreStackWork *work, SobreStackPart part, GHashTable *parameters);

/** sobre_stack_discard: removes what sobre_stack_prepare() made, and the stack that a change set of a new one is. Returns: (transfer full): resolves to %TRUE */
DexFuture *sobre_stack_discard (SobreStackWork *work, SobreStackPlan *plan);

/**
 * sobre_stack_execute:
 * @allow_loss: whether data may be lost
 *
 * Does what a plan says and follows it to its end.
 *
 * Returns: (transfer full): resolves to a SobreStack; rejects with %SOBRE_STACK_ERROR_LOSS, and as sobre_stack_follow()
 */
DexFuture *sobre_stack_execute (SobreStackWork *work, SobreStackPlan *plan, gboolean allow_loss);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreStackPlan, sobre_stack_plan_unref)

G_END_DECLS
