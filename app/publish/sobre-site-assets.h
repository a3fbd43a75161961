/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/sobre-form.h"
#include "publish/sobre-site-words.h"

G_BEGIN_DECLS

/**
 * SobreSiteAsset: one file that guests fetch, ready to be sent.
 * @name: below /assets/: "form.1a2b3c4d.css". The eight digits are of the bytes' SHA-256, so the reply may be kept for ever
 * @type: its content type
 * @plain: the bytes
 * @packed: (nullable): the same, gzip, where that is shorter
 */
typedef struct
{
  char *name;
  const char *type;
  GBytes *plain;
  GBytes *packed;
} SobreSiteAsset;

/** sobre_site_asset_new: packs a file that is not installed but made. @type: static · @is_awaited: whether guests wait for it. (transfer full) */
SobreSiteAsset *sobre_site_asset_new (const char *name, const char *type, GBytes *plain, gboolean is_awaited);
void sobre_site_asset_free (SobreSiteAsset *self);

/**
 * SobreSiteAssets: the folder infra/site as it is installed: styles and scripts of form, its question about dishes and menu, faces.svg, words.json and
 * menu-words.json. Immutable, so that any thread may read it.
 */
typedef struct _SobreSiteAssets SobreSiteAssets;

/**
 * sobre_site_assets_load:
 * @folder: the installed site
 *
 * Reads, checks, names and packs the files. Blocks.
 *
 * Returns: (transfer full) (nullable): %NULL with a GIOError, or with %SOBRE_SETTINGS_ERROR when a file of words cannot be used
 */
SobreSiteAssets *sobre_site_assets_load (const char *folder, GError **error);
void sobre_site_assets_free (SobreSiteAssets *self);

/**
 * sobre_site_assets_find:
 * @name: what stood behind /assets/ in the request
 *
 * Returns: (transfer none) (nullable): the file, living as long as @self
 */
const SobreSiteAsset *sobre_site_assets_find (const SobreSiteAssets *self, const char *name);

/** sobre_site_assets_get_name: @file: "form.css" or so. Returns: (transfer none): the name to ask for, "form.1a2b3c4d.css" */
const char *sobre_site_assets_get_name (const SobreSiteAssets *self, const char *file);

/** sobre_site_assets_get_faces: the five faces as one hidden SVG element with symbols f1…f5. (transfer none) */
const char *sobre_site_assets_get_faces (const SobreSiteAssets *self);

/** sobre_site_assets_get_menu_words: (transfer none): the words of the menu; the functions below are about the form's */
const SobreSiteWords *sobre_site_assets_get_menu_words (const SobreSiteAssets *self);

/** sobre_site_assets_get_word: @key: "send". The page's own words, in English where @language has none. (transfer none) */
const char *sobre_site_assets_get_word (const SobreSiteAssets *self, const char *language, const char *key);

/** sobre_site_assets_get_face: @score: 1–5. The word under a face. (transfer none) */
const char *sobre_site_assets_get_face (const SobreSiteAssets *self, const char *language, guint score);

/** sobre_site_assets_get_language_name: (transfer none) (nullable): what @language calls itself, %NULL where that is not known */
const char *sobre_site_assets_get_language_name (const SobreSiteAssets *self, const char *language);

/** sobre_site_assets_get_words: (transfer none): those that the script says, as compact JSON */
const char *sobre_site_assets_get_words (const SobreSiteAssets *self, const char *language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSiteAssets, sobre_site_assets_free)

G_END_DECLS
