/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-credentials.h"
#include "model/sobre-clock.h"
#include "model/sobre-random.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_CACHED_PROVIDER (sobre_cached_provider_get_type ())

/**
 * SobreCachedProvider:
 *
 * Keeps what another provider gave until five to six minutes before it runs out. Whoever asks while that provider is being asked waits for the same
 * answer. When it fails while what is kept still holds, what is kept is given.
 */
G_DECLARE_FINAL_TYPE (SobreCachedProvider, sobre_cached_provider, SOBRE, CACHED_PROVIDER, GObject)

/** sobre_cached_provider_new: @random: spreads the moment of renewal over a minute */
SobreCredentialsProvider *sobre_cached_provider_new (SobreCredentialsProvider *source, SobreClock *clock, SobreRandom *random);

G_END_DECLS
