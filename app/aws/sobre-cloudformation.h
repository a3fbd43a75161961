/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-client.h"

G_BEGIN_DECLS

/* What is needed of AWS CloudFormation (API version 2010-05-15). @client is one of %SOBRE_AWS_CLOUDFORMATION; every function returns a future that
 * rejects with SOBRE_AWS_ERROR or G_IO_ERROR_CANCELLED. */

/**
 * SobreStack: a stack as it stands. Immutable.
 * @id: its ARN, which names it also when it is gone
 * @status: "CREATE_COMPLETE"
 * @reason: (nullable): why
 * @description: (nullable): of its template
 * @changed_at: (nullable): ISO 8601, of the last change, else of the beginning
 * @outputs: (element-type utf8 utf8)
 * @parameters: (element-type utf8 utf8)
 * @tags: (element-type utf8 utf8)
 */
typedef struct
{
  char *id;
  char *name;
  char *status;
  char *reason;
  char *description;
  char *changed_at;
  GHashTable *outputs;
  GHashTable *parameters;
  GHashTable *tags;
} SobreStack;

#define SOBRE_TYPE_STACK (sobre_stack_get_type ())
GType sobre_stack_get_type (void);
SobreStack *sobre_stack_ref (SobreStack *self);
void sobre_stack_unref (SobreStack *self);

/** sobre_stack_is_busy: Returns: whether something is being done to it */
gboolean sobre_stack_is_busy (const SobreStack *self);

/** SobreChange: what a change set would do to one resource. @replacement: (nullable): "True", "False", "Conditional" · @properties: what of it changes, comma-separated */
typedef struct
{
  char *action;
  char *logical_id;
  char *physical_id;
  char *type;
  char *replacement;
  char *properties;
} SobreChange;

/** SobreChangeSet: @changes: (element-type SobreChange) · @reason: (nullable) */
typedef struct
{
  char *status;
  char *reason;
  GPtrArray *changes;
} SobreChangeSet;

#define SOBRE_TYPE_CHANGE_SET (sobre_change_set_get_type ())
GType sobre_change_set_get_type (void);
SobreChangeSet *sobre_change_set_ref (SobreChangeSet *self);
void sobre_change_set_unref (SobreChangeSet *self);

/** SobreStackEvent: something that happened to a resource. @at: ISO 8601 · @reason: (nullable) */
typedef struct
{
  char *id;
  char *at;
  char *logical_id;
  char *type;
  char *status;
  char *reason;
} SobreStackEvent;

/** SobreStackResource: @physical_id: (nullable): what AWS calls it */
typedef struct
{
  char *logical_id;
  char *physical_id;
  char *type;
  char *status;
} SobreStackResource;

/** sobre_cloudformation_describe: @name: valid, or an id. Returns: (transfer full): resolves to a SobreStack; rejects with %SOBRE_AWS_ERROR_NOT_FOUND */
DexFuture *sobre_cloudformation_describe (SobreAwsClient *client, const char *name, GCancellable *cancellable);

/**
 * SobreChangeRequest: what a change set is made of; all borrowed.
 * @is_new: whether the stack is not there yet
 * @template_body: at most 51,200 bytes
 * @parameters: (element-type utf8 utf8)
 * @kept: (element-type utf8): parameters whose value stays as it is
 * @tag: what the stack and everything in it is tagged with, beside the stack's name
 * @token: makes a repeated call the same call
 */
typedef struct
{
  const char *stack;
  const char *name;
  gboolean is_new;
  const char *template_body;
  GHashTable *parameters;
  GPtrArray *kept;
  const char *tag;
  const char *token;
} SobreChangeRequest;

/** sobre_cloudformation_create_change_set: Returns: (transfer full): resolves to the stack's id, a string */
DexFuture *
sobre_cloudformation_create_change_set (SobreAwsClient *client, const SobreChangeRequest *request, GCancellable *cancellable);

/** sobre_cloudformation_describe_change_set: all pages of it. Returns: (transfer full): resolves to a SobreChangeSet */
DexFuture *sobre_cloudformation_describe_change_set (SobreAwsClient *client,
                                                     const char *stack,
                                                     const char *name,
                                                     GCancellable *cancellable);

DexFuture *sobre_cloudformation_execute_change_set (SobreAwsClient *client,
                                                    const char *stack,
                                                    const char *name,
                                                    const char *token,
                                                    GCancellable *cancellable);
DexFuture *
sobre_cloudformation_delete_change_set (SobreAwsClient *client, const char *stack, const char *name, GCancellable *cancellable);
DexFuture *
sobre_cloudformation_delete_stack (SobreAwsClient *client, const char *name, const char *token, GCancellable *cancellable);

/**
 * sobre_cloudformation_list_events:
 * @after: (nullable): the id of an event; those behind it are listed
 * @most: of the newest
 *
 * Returns: (transfer full): resolves to a GPtrArray of SobreStackEvent of %G_TYPE_PTR_ARRAY, the oldest first
 */
DexFuture *sobre_cloudformation_list_events (SobreAwsClient *client,
                                             const char *stack,
                                             const char *after,
                                             guint most,
                                             GCancellable *cancellable);

/** sobre_cloudformation_list_resources: Returns: (transfer full): resolves to a GPtrArray of SobreStackResource of %G_TYPE_PTR_ARRAY */
DexFuture *sobre_cloudformation_list_resources (SobreAwsClient *client, const char *stack, GCancellable *cancellable);

/** sobre_cloudformation_protect: whether DeleteStack is refused, for whoever asks */
DexFuture *
sobre_cloudformation_protect (SobreAwsClient *client, const char *stack, gboolean is_protected, GCancellable *cancellable);

/** sobre_cloudformation_set_policy: @policy: JSON: what an update may not do to which resources */
DexFuture *
sobre_cloudformation_set_policy (SobreAwsClient *client, const char *stack, const char *policy, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreStack, sobre_stack_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreChangeSet, sobre_change_set_unref)

G_END_DECLS
