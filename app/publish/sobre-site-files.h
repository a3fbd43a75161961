/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-settings.h"
#include "publish/sobre-form-page.h"
#include "publish/sobre-menu-store.h"

G_BEGIN_DECLS

/* The site as files, for a store of files that serves them (a bucket behind CloudFront), below public/:
 *
 *   assets/<name>.<hash>.css, .js   styles and scripts, named by their content and kept for ever
 *   form/<language>.html            the form, one page for every table
 *   menu-page/<language>.html       the menu, likewise; the first that a guest sees of it
 *   index.html, 404.html            for whoever comes without a card
 *
 * A page is whole in itself and names what else it needs by content, so there is no moment at which what a guest gets is of two versions. Whoever looks at a
 * menu follows menu/current.json, which is not made here: see sobre_menu_upload_make(). */

/**
 * SobreSiteFile: one of them. Immutable.
 * @key: "public/form/en.html"
 * @type: its content type, static
 * @cache_control: static
 * @encoding: (nullable): its content encoding, static
 * @is_for_ever: whether its name tells its bytes, so that it never has to be written again
 */
typedef struct
{
  char *key;
  const char *type;
  const char *cache_control;
  const char *encoding;
  GBytes *bytes;
  gboolean is_for_ever;
} SobreSiteFile;

void sobre_site_file_free (SobreSiteFile *self);

/**
 * SobreSiteSetup: what the site is made of; all borrowed.
 * @languages: (array zero-terminated=1): of guests: there is a page for each, in the document's first language where it lacks that one
 * @way: not the laptop's own
 * @menu: (nullable): the published one
 * @pointer: (nullable): what of it is published, and what is sold out
 */
typedef struct
{
  SobreForm *form;
  const SobreSiteAssets *assets;
  const SobreSettings *settings;
  const char *const *languages;
  SobreSiteWay way;
  SobreMenu *menu;
  const SobreMenuPointer *pointer;
} SobreSiteSetup;

/** sobre_site_files_make: all but the menu's pages, in the order in which they have to be there. Returns: (transfer full) (element-type SobreSiteFile) */
GPtrArray *sobre_site_files_make (const SobreSiteSetup *setup);

/** sobre_site_files_make_menu: the menu's pages, to be written after its pointer. Returns: (transfer full) (element-type SobreSiteFile): empty without a menu */
GPtrArray *sobre_site_files_make_menu (const SobreSiteSetup *setup);

/**
 * sobre_menu_upload_make:
 * @document: of the published menu, byte for byte
 *
 * What infra/functions/menu.py publishes: {"version": 7, "menu": {…}, "files": {"en": "<main …>"}, "sold_out": ["crab"]}. The same menu gives the same
 * bytes, so an earlier version comes back under the names that it had.
 *
 * Returns: (transfer full): JSON
 */
GBytes *sobre_menu_upload_make (const SobreSiteSetup *setup, GBytes *document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSiteFile, sobre_site_file_free)

G_END_DECLS
