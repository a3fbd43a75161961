/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Stands for every region, or every account. */
#define SOBRE_STACK_POLICY_ANY "*"

/**
 * sobre_stack_policy_load:
 * @folder: of the built templates
 * @name: of the stacks
 * @region: or %SOBRE_STACK_POLICY_ANY
 * @account: its number, or %SOBRE_STACK_POLICY_ANY
 *
 * What somebody has to be allowed who deploys, a policy of IAM. Blocks.
 *
 * Returns: (transfer full) (nullable): its JSON; %NULL with a GFileError
 */
char *sobre_stack_policy_load (const char *folder, const char *name, const char *region, const char *account, GError **error);

G_END_DECLS
