/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-text.h"

/* A hash to tell bodies apart and to spread keys: fast, the same on every machine, no defence against somebody who wants two to be alike. */

/** Multiplies eight bytes at a time into the state. */
static inline guint64
sobre_hash_bytes (guint64 state, const void *data, gsize length)
{
  const guint8 *bytes = data;
  guint64 word;

  for (; length >= sizeof word; bytes += sizeof word, length -= sizeof word)
    {
      memcpy (&word, bytes, sizeof word);
      state = (state ^ word) * G_GUINT64_CONSTANT (0x9fb21c651e98df25);
      state ^= state >> 32;
    }
  word = (guint64) length << 56;
  memcpy (&word, bytes, length);
  state = (state ^ word) * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  return state ^ (state >> 29);
}

/** Absent texts count as such. */
static inline guint64
sobre_hash_text (guint64 state, SobreText text)
{
  return text.data != NULL ? sobre_hash_bytes (state, text.data, text.length) : sobre_hash_bytes (state, "absent", 6);
}

/** The 32 bits of a state that are kept. */
static inline guint32
sobre_hash_finish (guint64 state)
{
  return (guint32) (state ^ (state >> 32));
}
