/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/sobre-cli-stack.h"
#include "stack/sobre-stack-site.h"

G_BEGIN_DECLS

/** sobre_cli_stack_publish: Returns: (transfer full) (nullable): as sobre_stack_publish_site(); %NULL with an error */
SobreStackSite *sobre_cli_stack_publish (SobreCliStack *self, SobreSiteParts parts, gboolean dry, GError **error);

/** sobre_cli_stack_print_site: as text; @builder, an object, gets the member "site" */
void sobre_cli_stack_print_site (SobreCli *self,
                                 JsonBuilder *builder,
                                 const SobreStackSite *site,
                                 SobreSiteParts parts,
                                 gboolean dry);

/**
 * sobre_cli_stack_send_menu:
 * @workspace: its folder, whose published menu is meant
 * @name: (nullable): what --stack gave; else the one that was deployed from here
 * @site: (out) (transfer full) (nullable): what was done; %NULL where nothing is deployed
 * @status: (out): what to end with
 *
 * Returns: %FALSE after saying why
 */
gboolean sobre_cli_stack_send_menu (SobreCli *self,
                                    const SobreCliCommand *command,
                                    const char *workspace,
                                    const char *name,
                                    SobreStackSite **site,
                                    SobreCliStatus *status);

G_END_DECLS
