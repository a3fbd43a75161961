/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stack/sobre-stack-site.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/* What a workspace publishes goes on to the stack that was deployed from it, in the command line and in the window alike. */

/**
 * SobreSiteSent: what became of it. Immutable.
 * @site: (nullable): what was sent; %NULL where nothing is deployed
 * @note: (nullable): that a stack that was deployed from here is not there any more, translated
 */
typedef struct
{
  SobreStackSite *site;
  char *note;
} SobreSiteSent;

#define SOBRE_TYPE_SITE_SENT (sobre_site_sent_get_type ())
GType sobre_site_sent_get_type (void);
void sobre_site_sent_free (SobreSiteSent *self);

/**
 * sobre_stack_send_site:
 * @name: (nullable): valid, of the stacks; else the one that was deployed from the workspace, if any
 * @tell: (nullable) · @cancellable: (nullable)
 *
 * Sends what is published in the workspace, see sobre_stack_publish_site(). A stack that somebody has removed from elsewhere is no failure unless it was named.
 *
 * Returns: (transfer full): resolves to a SobreSiteSent; rejects with %SOBRE_AWS_ERROR_CONFIGURATION or as sobre_stack_publish_site() does
 */
DexFuture *sobre_stack_send_site (SobreWorkspace *workspace,
                                  const char *name,
                                  SobreSiteParts parts,
                                  SobreStackTell tell,
                                  gpointer tell_data,
                                  GCancellable *cancellable);

/**
 * SobreSiteSight: where form and menu of a workspace go beyond this computer, and what guests get there. Immutable.
 * @name: of the stacks
 * @region: where they are
 * @account: its number
 * @url: (nullable): where guests find the site; %NULL where it has no address yet
 * @lack: (nullable): why nothing can be sent there now, translated; what follows is not known then
 * @form_version: of the form that guests get, 0 for none
 * @menu_version: likewise
 * @sold_out: (array zero-terminated=1): what guests see as sold out
 */
typedef struct
{
  char *name;
  char *region;
  char *account;
  char *url;
  char *lack;
  guint form_version;
  guint menu_version;
  char **sold_out;
} SobreSiteSight;

#define SOBRE_TYPE_SITE_SIGHT (sobre_site_sight_get_type ())
GType sobre_site_sight_get_type (void);
SobreSiteSight *sobre_site_sight_ref (SobreSiteSight *self);
void sobre_site_sight_unref (SobreSiteSight *self);

/**
 * sobre_stack_look_at_site:
 *
 * Looks at the stack that was deployed from a workspace. Changes nothing.
 *
 * Returns: (transfer full): resolves to a SobreSiteSight, or to %NULL where none was; rejects with %SOBRE_AWS_ERROR or %SOBRE_STACK_ERROR
 */
DexFuture *sobre_stack_look_at_site (SobreWorkspace *workspace, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSiteSent, sobre_site_sent_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSiteSight, sobre_site_sight_unref)

G_END_DECLS
