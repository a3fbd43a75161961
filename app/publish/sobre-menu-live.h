/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "publish/sobre-menu-page.h"

G_BEGIN_DECLS

/**
 * SobreMenuLive:
 *
 * The published menu as a server shows it: it follows the pointer of a store while it runs. Everything that one moment's guests get is
 * made of one pointer, so nobody sees half of a publish; what earlier pointers named is there a while longer for those who have just
 * read one. What cannot be read changes nothing. It belongs to one thread.
 */
typedef struct _SobreMenuLive SobreMenuLive;

/**
 * sobre_menu_live_new:
 * @folder: a descriptor of the store's folder; taken over. Nothing is opened but by it
 * @assets: outlives it
 */
SobreMenuLive *sobre_menu_live_new (int folder, const SobreSiteAssets *assets);
void sobre_menu_live_free (SobreMenuLive *self);

/** sobre_menu_live_refresh: looks whether the pointer has moved. Cheap when it has not. Returns: whether a menu is published */
gboolean sobre_menu_live_refresh (SobreMenuLive *self);

/**
 * sobre_menu_live_begin_page:
 * @wanted: (nullable): see sobre_language_choose()
 * @accept_language: (nullable): likewise
 *
 * Returns: what a page of the menu shows, in the language that fits; the caller adds where it is read. Its members live until the next
 * refresh. Only where sobre_menu_live_refresh() says that there is a menu.
 */
SobreMenuPage sobre_menu_live_begin_page (SobreMenuLive *self, const char *wanted, const char *accept_language);

/** sobre_menu_live_get_main: the page's element “main”. (transfer none): lives until the next refresh */
const char *sobre_menu_live_get_main (SobreMenuLive *self, const SobreMenuPage *page);

/**
 * sobre_menu_live_get_pointer:
 *
 * What the pages' script asks for again and again:
 * {"version": 7, "files": {"en": "en.0123456789abcdef.html"}, "sold_out": ["crab"]}
 *
 * Returns: (transfer none) (nullable): %NULL where no menu is published; lives until the next refresh
 */
const SobreSiteAsset *sobre_menu_live_get_pointer (SobreMenuLive *self);

/** sobre_menu_live_find: @name: what stood behind /menu/. Returns: (transfer none) (nullable): a file that a pointer names, or lately did */
const SobreSiteAsset *sobre_menu_live_find (SobreMenuLive *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreMenuLive, sobre_menu_live_free)

G_END_DECLS
