/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "model/sobre-clock.h"
#include "publish/sobre-menu-store.h"
#include "workspace/sobre-workspace-documents.h"

G_BEGIN_DECLS

/* The menu of a workspace between the one who writes it and the guests: looked at, checked and published off the main thread. */

/**
 * SobrePublishedMenu: what guests see. Immutable.
 * @pointer: (nullable): %NULL while nothing is published
 * @menu: (nullable): likewise, or when its document is damaged
 * @root: (nullable): the document itself, likewise
 * @history: (element-type SobreMenuEntry): the oldest first
 * @message: (nullable): what is wrong with what is published, translated
 */
typedef struct
{
  SobreMenuPointer *pointer;
  SobreMenu *menu;
  JsonNode *root;
  GPtrArray *history;
  char *message;
} SobrePublishedMenu;

#define SOBRE_TYPE_PUBLISHED_MENU (sobre_published_menu_get_type ())
GType sobre_published_menu_get_type (void);
SobrePublishedMenu *sobre_published_menu_ref (SobrePublishedMenu *self);
void sobre_published_menu_unref (SobrePublishedMenu *self);

/** Whether @item, "cod" or "cod/prawns", is sold out. */
gboolean sobre_published_menu_is_sold_out (const SobrePublishedMenu *self, const char *item);

/**
 * SobreMenuCheck: what a menu that is being written is worth. Immutable.
 * @menu: (nullable): %NULL where it cannot be published
 * @issues: (element-type SobreDocumentIssue): what was found, as “menu check” says it
 * @changes: (element-type SobreAllergenChange): what publishing it would change; empty without @menu
 * @differs: whether it is another than guests see
 */
typedef struct
{
  SobreMenu *menu;
  GPtrArray *issues;
  GPtrArray *changes;
  gboolean differs;
} SobreMenuCheck;

#define SOBRE_TYPE_MENU_CHECK (sobre_menu_check_get_type ())
GType sobre_menu_check_get_type (void);
SobreMenuCheck *sobre_menu_check_ref (SobreMenuCheck *self);
void sobre_menu_check_unref (SobreMenuCheck *self);

/** sobre_menu_desk_look: Returns: (transfer full): a future of a SobrePublishedMenu; never rejects */
DexFuture *sobre_menu_desk_look (SobreWorkspace *workspace);

/**
 * sobre_menu_desk_check:
 * @root: immutable
 * @published: (nullable): what to compare it with
 *
 * Returns: (transfer full): a future of a SobreMenuCheck; never rejects
 */
DexFuture *sobre_menu_desk_check (SobreWorkspace *workspace, JsonNode *root, SobrePublishedMenu *published);

/**
 * sobre_menu_desk_publish:
 * @root: what somebody has agreed to
 *
 * Publishes menu.json, as “menu publish” does.
 *
 * Returns: (transfer full): a future of the version, an unsigned int; rejects with %SOBRE_WORKSPACE_ERROR_CHANGED where the file does not
 *   hold @root any more, or as sobre_menu_store_publish()
 */
DexFuture *sobre_menu_desk_publish (SobreWorkspace *workspace, SobreClock *clock, JsonNode *root);

/** sobre_menu_desk_roll_back: Returns: (transfer full): a future of the version, an unsigned int; see sobre_menu_store_roll_back() */
DexFuture *sobre_menu_desk_roll_back (SobreWorkspace *workspace, SobreClock *clock, guint version);

/** sobre_menu_desk_mark: Returns: (transfer full): a future of the version, an unsigned int; see sobre_menu_store_mark() */
DexFuture *sobre_menu_desk_mark (SobreWorkspace *workspace, const char *item, gboolean sold_out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobrePublishedMenu, sobre_published_menu_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreMenuCheck, sobre_menu_check_unref)

G_END_DECLS
