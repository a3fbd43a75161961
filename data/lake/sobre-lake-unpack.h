/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/** SobreUnpackFunc: takes the next @length unpacked bytes; @last: nothing follows. */
typedef void (*SobreUnpackFunc) (const guint8 *bytes, gsize length, gboolean last, gpointer user_data);

/** SobreLakeUnpacker: unpacks objects, with one buffer for all. Belongs to one thread at a time. */
typedef struct _SobreLakeUnpacker SobreLakeUnpacker;

SobreLakeUnpacker *sobre_lake_unpacker_new (void);
void sobre_lake_unpacker_free (SobreLakeUnpacker *self);

/**
 * sobre_lake_unpacker_run:
 * @packed: gzip (any number of members) or anything else, which is passed on as it is
 *
 * Returns: %FALSE with %SOBRE_LAKE_ERROR_DAMAGED or %SOBRE_LAKE_ERROR_REFUSED; @func may have been called by then
 */
gboolean sobre_lake_unpacker_run (SobreLakeUnpacker *self,
                                  const guint8 *packed,
                                  gsize length,
                                  SobreUnpackFunc func,
                                  gpointer user_data,
                                  GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreLakeUnpacker, sobre_lake_unpacker_free)
