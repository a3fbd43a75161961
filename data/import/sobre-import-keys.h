/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#define SOBRE_IMPORT_KEY_BYTES 16

/** SobreImportKeys: a map from keys that are as good as random, such as hashes, to numbers; 24 bytes an entry. Belongs to one thread at a time. */
typedef struct _SobreImportKeys SobreImportKeys;

SobreImportKeys *sobre_import_keys_new (void);
void sobre_import_keys_free (SobreImportKeys *self);
gsize sobre_import_keys_get_n (const SobreImportKeys *self);

/**
 * sobre_import_keys_find:
 * @found: (out): whether the key was there
 *
 * Returns: (transfer none): where the key's number stands, which is 0 if it is new; valid until the next call
 */
guint64 *sobre_import_keys_find (SobreImportKeys *self, const guint8 key[SOBRE_IMPORT_KEY_BYTES], gboolean *found);

/** sobre_import_keys_get: Returns: (nullable): where the key's number stands; %NULL where there is no such key */
const guint64 *sobre_import_keys_get (const SobreImportKeys *self, const guint8 key[SOBRE_IMPORT_KEY_BYTES]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreImportKeys, sobre_import_keys_free)
