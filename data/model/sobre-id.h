/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "model/sobre-clock.h"
#include "model/sobre-random.h"

#define SOBRE_ID_STRING_LENGTH 36

/** SobreId: a UUID (RFC 9562) as its 16 bytes in network order. */
typedef struct
{
  guint8 bytes[16];
} SobreId;

/**
 * sobre_id_parse:
 * @text: @length bytes, need not be terminated
 * @id: (out): the bytes
 *
 * Reads the 36-character form in lower case, which is the only one that the lake holds.
 *
 * Returns: %FALSE when @text is anything else
 */
gboolean sobre_id_parse (const char *text, gsize length, SobreId *id);

/** Writes the 36 characters and a terminating NUL into @string. */
void sobre_id_format (const SobreId *id, char string[SOBRE_ID_STRING_LENGTH + 1]);

/** The version nibble: 7 for ids that collectors make, 8 for imported ones. */
guint sobre_id_get_version (const SobreId *id);

/** The 48-bit Unix time in milliseconds of a version 7 or 8 id (RFC 9562, section 5.7). */
gint64 sobre_id_get_time (const SobreId *id);

/**
 * sobre_id_make_v7:
 * @clock: gives the time
 * @random: gives the 74 random bits
 *
 * Makes a UUID version 7 (RFC 9562, section 5.7).
 */
SobreId sobre_id_make_v7 (SobreClock *clock, SobreRandom *random);

int sobre_id_compare (const SobreId *a, const SobreId *b);
