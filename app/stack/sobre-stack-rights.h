/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-sts.h"
#include "stack/sobre-stack-work.h"

G_BEGIN_DECLS

/**
 * SobreStackRights: what of the rights that "stack policy" lists is missing.
 * @is_root: whether the keys are the account's own, which may do everything
 * @missing: (element-type utf8): "arn:aws:s3:::harbour-…: s3:CreateBucket, s3:PutBucketTagging", a line each of what may not be done to what
 * @n_checked: how many rights were asked for
 */
typedef struct
{
  gboolean is_root;
  GPtrArray *missing;
  guint n_checked;
} SobreStackRights;

#define SOBRE_TYPE_STACK_RIGHTS (sobre_stack_rights_get_type ())
GType sobre_stack_rights_get_type (void);
SobreStackRights *sobre_stack_rights_ref (SobreStackRights *self);
void sobre_stack_rights_unref (SobreStackRights *self);

/**
 * sobre_stack_look_at_rights:
 * @identity: whose rights are asked for
 * @services: (array zero-terminated=1): services whose rights are not needed for what is to be deployed, "kms"
 *
 * Has IAM tell what the policies of a user or a role allow (SimulatePrincipalPolicy). Names that AWS will choose are stood for by one that might be chosen; a right with an
 * asterisk in its name cannot be asked for.
 *
 * Returns: (transfer full): resolves to a SobreStackRights; rejects with %SOBRE_AWS_ERROR, where %SOBRE_AWS_ERROR_DENIED says that the account does not let itself be
 *   asked, or a GFileError
 */
DexFuture *sobre_stack_look_at_rights (SobreStackWork *work, const SobreCallerIdentity *identity, const char *const *services);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreStackRights, sobre_stack_rights_unref)

G_END_DECLS
