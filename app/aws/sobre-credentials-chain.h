/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-error.h"
#include "aws/sobre-credentials.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_CREDENTIALS_CHAIN (sobre_credentials_chain_get_type ())

/** SobreCredentialsChain: asks providers in turn; the first that has something to say, be it an error, is believed. */
G_DECLARE_FINAL_TYPE (SobreCredentialsChain, sobre_credentials_chain, SOBRE, CREDENTIALS_CHAIN, GObject)

/** sobre_credentials_chain_new: @providers: (transfer full) (element-type SobreCredentialsProvider) · @profile: for the message when none has keys */
SobreCredentialsProvider *sobre_credentials_chain_new (GPtrArray *providers, const char *profile);

G_END_DECLS
