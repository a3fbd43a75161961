/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/**
 * SobreMfaFunction:
 * @serial: the device, "arn:aws:iam::123456789012:mfa/maria"
 * @problem: (nullable): why the code that was given before was not taken
 *
 * Asks somebody for the code that the device shows. Called from any thread.
 *
 * Returns: (transfer full): resolves to a code, a string; rejects when there is none
 */
typedef DexFuture *(*SobreMfaFunction) (const char *serial, const char *problem, gpointer user_data);

/** SobreMfa: somebody who can be asked for codes, for as long as keys may have to be renewed. Immutable; may be used from any thread. */
typedef struct _SobreMfa SobreMfa;

/** sobre_mfa_new: @destroy: (nullable): of @user_data, on any thread. Returns: (transfer full) */
SobreMfa *sobre_mfa_new (SobreMfaFunction function, gpointer user_data, GDestroyNotify destroy);
SobreMfa *sobre_mfa_ref (SobreMfa *self);
void sobre_mfa_unref (SobreMfa *self);

/** sobre_mfa_ask: (transfer full): see SobreMfaFunction */
DexFuture *sobre_mfa_ask (SobreMfa *self, const char *serial, const char *problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreMfa, sobre_mfa_unref)

G_END_DECLS
