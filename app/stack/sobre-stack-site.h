/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stack/sobre-stack-work.h"

G_BEGIN_DECLS

/** SobreSiteParts: what is published. @SOBRE_SITE_FORM: form.json as it is, with everything that serves it · @SOBRE_SITE_MENU: the menu that is published in the workspace, and what of it is sold out */
typedef enum
{
  SOBRE_SITE_FORM = 1 << 0,
  SOBRE_SITE_MENU = 1 << 1,
} SobreSiteParts;

/**
 * SobreStackSite: what publishing did, or would do.
 * @url: (nullable): where guests find the site; %NULL where the stack has none yet
 * @n_files: how many files were not there as they are
 * @form_version: of the form that guests get
 * @is_form_raised: whether form.json got a greater version for it, because it said something else than the published one of the same version
 * @menu_version: of the menu that guests get, 0 for none
 * @is_menu_new: whether it had not been there, or something else was sold out
 */
typedef struct
{
  char *url;
  guint n_files;
  gint32 form_version;
  gboolean is_form_raised;
  guint menu_version;
  gboolean is_menu_new;
} SobreStackSite;

#define SOBRE_TYPE_STACK_SITE (sobre_stack_site_get_type ())
GType sobre_stack_site_get_type (void);
void sobre_stack_site_free (SobreStackSite *self);

/**
 * sobre_stack_publish_site:
 * @workspace: its folder, whose form and menu are published
 * @site: the folder of the installed site
 * @dry: only to tell; form.json stays as it is then too
 *
 * Makes the site's bucket what the workspace says. What is there already as it should be is not written again, so doing it twice does it once, and who was
 * broken off goes on. Guests see a whole page of one version at any moment: what a page names is there before it. The menu goes through the menu's function,
 * which checks it; this waits for its word.
 *
 * Returns: (transfer full): resolves to a SobreStackSite; rejects with %SOBRE_STACK_ERROR_MISSING, %SOBRE_STACK_ERROR_FAILED when the function refuses the
 *   menu or says nothing, %SOBRE_WORKSPACE_ERROR, %SOBRE_SETTINGS_ERROR, %SOBRE_MENU_ERROR or %SOBRE_AWS_ERROR, of which %SOBRE_AWS_ERROR_CONFLICT says that
 *   somebody else publishes another form
 */
DexFuture *
sobre_stack_publish_site (SobreStackWork *work, const char *workspace, const char *site, SobreSiteParts parts, gboolean dry);

/** sobre_stack_site_dup_languages: Blocks. Returns: (transfer full): those of the house, then those that only its form or its published menu has */
char **sobre_stack_site_dup_languages (const char *workspace, const char *const *languages);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreStackSite, sobre_stack_site_free)

G_END_DECLS
