/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** SobreRelayFunc: gets what was sent, on the main thread. @object: whom it is for · @message: valid during the call */
typedef void (*SobreRelayFunc) (gpointer object, gpointer message);

/**
 * SobreRelay:
 *
 * Carries what long work has to tell from the threads of the pool to an object on the main thread, in its order, and nowhere once the object has gone. What the work comes to in the
 * end is its future's business, and may overtake what was sent last.
 */
typedef struct _SobreRelay SobreRelay;

/** sobre_relay_new: on the main thread. @object: not kept alive · @free_message: frees what is sent. Returns: (transfer full) */
SobreRelay *sobre_relay_new (gpointer object, SobreRelayFunc func, GDestroyNotify free_message);
SobreRelay *sobre_relay_ref (SobreRelay *self);
void sobre_relay_unref (SobreRelay *self);

/** sobre_relay_send: from any thread. @message: (transfer full) */
void sobre_relay_send (SobreRelay *self, gpointer message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreRelay, sobre_relay_unref)

G_END_DECLS
