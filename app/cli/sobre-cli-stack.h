/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/sobre-cli.h"
#include "stack/sobre-stack-talk.h"

G_BEGIN_DECLS

/**
 * SobreCliStack: what the commands of the group "stack" work with.
 * @name: of the stacks
 * @cancellable: of the work; is cancelled when the user interrupts
 * @parameters: (element-type utf8 utf8): what the user set
 */
typedef struct
{
  SobreCli *cli;
  SobreWorkspace *workspace;
  SobreAwsAccount *account;
  SobreStackWork *work;
  GCancellable *cancellable;
  gulong on_interrupt;
  GHashTable *parameters;
} SobreCliStack;

/**
 * sobre_cli_stack_open:
 * @name: (nullable): what --stack gave; else the one that was deployed from this workspace, else "sobremesa"
 * @settings: (nullable) (array zero-terminated=1): what --parameter gave, "NAME=VALUE" each
 * @status: (out): what to end with
 *
 * Returns: (transfer full) (nullable): %NULL after saying why
 */
SobreCliStack *
sobre_cli_stack_open (SobreCli *cli, const SobreCliCommand *command, const char *name, char **settings, SobreCliStatus *status);

/** sobre_cli_stack_check_name: @name: (nullable): what --stack gave. Returns: %FALSE after saying that it cannot be one, with @status to end with */
gboolean sobre_cli_stack_check_name (SobreCli *cli, const SobreCliCommand *command, const char *name, SobreCliStatus *status);

/**
 * sobre_cli_stack_open_by_name: for a command that takes nothing but --stack
 * @count: (inout) (nullable): what --count gives, where the command takes that
 *
 * Returns: as sobre_cli_stack_open()
 */
SobreCliStack *
sobre_cli_stack_open_by_name (SobreCli *cli, const SobreCliCommand *command, char **argv, gint *count, SobreCliStatus *status);
void sobre_cli_stack_free (SobreCliStack *self);

/** sobre_cli_stack_tell_account: says in which account and region things happen, as AWS sees it. Returns: %FALSE with an error */
gboolean sobre_cli_stack_tell_account (SobreCliStack *self, GError **error);

/** sobre_cli_stack_print_identity: the same, of somebody who is known already */
void sobre_cli_stack_print_identity (SobreCliStack *self, const SobreCallerIdentity *identity);

/** sobre_cli_stack_describe: Returns: (transfer full) (nullable): a part's stack; %NULL with an error */
SobreStack *sobre_cli_stack_describe (SobreCliStack *self, SobreStackPart part, GError **error);

/** sobre_cli_stack_print_plan: as text; @builder gets the same as an object */
void sobre_cli_stack_print_plan (SobreCliStack *self, JsonBuilder *builder, const SobreStackPlan *plan);

/**
 * sobre_cli_stack_ask:
 * @words: what somebody at the terminal is asked
 * @given: (nullable): what was typed beforehand, on the command line
 *
 * Returns: (transfer full): for a SobreStackListener: resolves to the question's word; rejects with %SOBRE_STACK_ERROR_DECLINED or %SOBRE_STACK_ERROR_LOSS where
 *   something else was typed, or nobody is there
 */
DexFuture *sobre_cli_stack_ask (SobreCliStack *self, const SobreStackQuestion *question, const char *words, const char *given);

/** sobre_cli_stack_print_outputs: as text; @builder gets the member "outputs" */
void sobre_cli_stack_print_outputs (SobreCliStack *self, JsonBuilder *builder, const SobreStack *stack);

/** sobre_cli_stack_print_event: a line of text; @builder: (nullable): gets an object */
void sobre_cli_stack_print_event (SobreCliStack *self, JsonBuilder *builder, const SobreStackEvent *event);

/** sobre_cli_stack_note_event: the same as a message, as it happens */
void sobre_cli_stack_note_event (SobreCliStack *self, const SobreStackEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreCliStack, sobre_cli_stack_free)

G_END_DECLS
