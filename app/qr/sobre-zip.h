/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/** SobreZip: an archive that is put together in memory. */
typedef struct _SobreZip SobreZip;

SobreZip *sobre_zip_new (void);
void sobre_zip_free (SobreZip *self);

/** Adds a member. @name: a relative path in UTF-8, once per archive · @bytes: under 4 GiB */
void sobre_zip_add (SobreZip *self, const char *name, GBytes *bytes);

/** sobre_zip_finish: Returns: (transfer full): the archive; nothing may be added any more */
GBytes *sobre_zip_finish (SobreZip *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreZip, sobre_zip_free)
