/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stack/sobre-stack-site.h"
#include "stack/sobre-stack-work.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/** sobre_stack_dup_name: Blocks. Returns: (transfer full): of the one stack that was deployed from a workspace, else "sobremesa" */
char *sobre_stack_dup_name (SobreWorkspace *workspace);

/** sobre_stack_dup_deployed: @workspace: its folder. Blocks. Returns: (transfer full) (nullable): of the one stack that may be there now and was deployed from it */
char *sobre_stack_dup_deployed (const char *workspace);

/** sobre_stack_was_deployed: Blocks. Returns: whether a deployment was begun from a workspace */
gboolean sobre_stack_was_deployed (SobreWorkspace *workspace);

/**
 * sobre_stack_work_open:
 * @name: (nullable): valid; else as sobre_stack_dup_name()
 * @tell: (nullable)
 * @cancellable: (nullable)
 *
 * Blocks like sobre_workspace_get_account().
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_AWS_ERROR_CONFIGURATION
 */
SobreStackWork *sobre_stack_work_open (SobreWorkspace *workspace,
                                       const char *name,
                                       SobreStackTell tell,
                                       gpointer tell_data,
                                       GCancellable *cancellable,
                                       GError **error);

/** sobre_stack_publish: sobre_stack_publish_site() of a workspace, with the site that is installed. Returns: (transfer full): as that */
DexFuture *sobre_stack_publish (SobreStackWork *work, SobreWorkspace *workspace, SobreSiteParts parts, gboolean dry);

G_END_DECLS
