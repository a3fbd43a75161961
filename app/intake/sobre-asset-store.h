/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

/**
 * SobreAsset: one file of the form, ready to be sent.
 * @type: its content type
 * @etag: quoted; changes whenever the bytes do
 * @plain: the bytes
 * @packed: (nullable): the same, gzip, where that is shorter
 */
typedef struct
{
  const char *type;
  char *etag;
  GBytes *plain;
  GBytes *packed;
} SobreAsset;

/** SobreAssetStore: the files below a site's assets folder, read and packed once. Immutable. */
typedef struct _SobreAssetStore SobreAssetStore;

/**
 * sobre_asset_store_load:
 * @folder: holds assets/, whose files are served by their names
 *
 * Reads every regular file directly below @folder/assets that is at most 1 MiB and of a known type (css, js, svg, png, woff2, json).
 * Names begin with a letter or digit; symbolic links are passed over. Blocks.
 *
 * Returns: (transfer full) (nullable): %NULL with a GIOError
 */
SobreAssetStore *sobre_asset_store_load (const char *folder, GError **error);
void sobre_asset_store_free (SobreAssetStore *self);

/** sobre_asset_store_find: Returns: (transfer none) (nullable): the file called @name */
const SobreAsset *sobre_asset_store_find (const SobreAssetStore *self, const char *name);

/** sobre_gzip: Returns: (transfer full) (nullable): @plain packed, %NULL where that is no shorter */
GBytes *sobre_gzip (GBytes *plain);

/** Whether a browser that sends this Accept-Encoding (RFC 9110, section 12.5.3) takes gzip. */
gboolean sobre_accepts_gzip (const char *accept_encoding);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreAssetStore, sobre_asset_store_free)
