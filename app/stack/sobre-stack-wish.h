/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stack/sobre-stack-work.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/**
 * SobreStackWish: what is to be deployed, beside what the workspace says.
 * @parameters: (nullable) (element-type utf8 utf8): of the templates (docs/aws.md lists them); those that are not set here, and that the workspace says nothing
 *   about, stay as they are
 * @without_site: whether the site is left out
 */
typedef struct
{
  GHashTable *parameters;
  gboolean without_site;
} SobreStackWish;

/** sobre_stack_wish_init: @self: gets a copy of @other. To be cleared */
void sobre_stack_wish_init (SobreStackWish *self, const SobreStackWish *other);
void sobre_stack_wish_clear (SobreStackWish *self);

/** sobre_stack_check_parameters: Blocks. Returns: %FALSE with %SOBRE_STACK_ERROR_PARAMETER where no template has one of @parameters (element-type utf8 utf8) */
gboolean sobre_stack_check_parameters (const SobreStackWork *work, GHashTable *parameters, GError **error);

/**
 * sobre_stack_wish_make_parameters:
 * @part: whose parameters are wanted
 * @lake: (nullable): the lake's stack as it stands
 * @site: whether the main part has its site
 *
 * Blocks.
 *
 * Returns: (transfer full) (element-type utf8 utf8): what the workspace, the lake and, before all else, the wish say. A workspace that has a bucket already keeps it
 */
GHashTable *sobre_stack_wish_make_parameters (const SobreStackWish *self,
                                              const SobreStackWork *work,
                                              SobreWorkspace *workspace,
                                              SobreStackPart part,
                                              const SobreStack *lake,
                                              gboolean site);

/** sobre_stack_wish_keep: Writes down that a deployment with this wish was begun. Blocks. Returns: %FALSE with %SOBRE_WORKSPACE_ERROR_FAILED */
gboolean sobre_stack_wish_keep (const SobreStackWish *self, const SobreStackWork *work, GError **error);

/** sobre_stack_wish_forget: Somebody saw its end. Blocks. */
void sobre_stack_wish_forget (const SobreStackWork *work);

/**
 * sobre_stack_dup_unfinished:
 * @wish: (out) (optional): what was wished; to be cleared. Empty where nothing is unfinished
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): the name of the stacks whose deployment was begun from a workspace and whose end nobody saw, because the program was closed
 *   meanwhile or the network went: sobre_stack_deploy() with @wish goes on
 */
char *sobre_stack_dup_unfinished (SobreWorkspace *workspace, SobreStackWish *wish);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SobreStackWish, sobre_stack_wish_clear)

G_END_DECLS
