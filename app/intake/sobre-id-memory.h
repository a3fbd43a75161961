/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-id.h"
#include "model/sobre-random.h"

/** What is remembered of a body: the first 8 bytes of its hash. */
typedef guint64 SobreBodyHash;

/** sobre_body_hash_make: of @length bytes, by SHA-256 */
SobreBodyHash sobre_body_hash_make (const guint8 *bytes, gsize length);

/**
 * SobreIdMemory:
 *
 * The ids that intake has stored lately, each with its body's hash, so that a phone that sends an answer again is told so. It
 * holds a fixed number and forgets the oldest; an answer that was forgotten is stored twice, which readers of the lake
 * expect. Takes 40 bytes an id, all at once.
 */
typedef struct _SobreIdMemory SobreIdMemory;

/**
 * sobre_id_memory_new:
 * @capacity: ids that are kept
 * @random: gives the table's secret, so that nobody can choose ids that collide
 */
SobreIdMemory *sobre_id_memory_new (guint capacity, SobreRandom *random);
void sobre_id_memory_free (SobreIdMemory *self);

/** Remembers @id; what was known of it is replaced. */
void sobre_id_memory_add (SobreIdMemory *self, const SobreId *id, SobreBodyHash hash);

/** sobre_id_memory_find: @hash: (out): the body's hash. Returns: whether @id is remembered */
gboolean sobre_id_memory_find (const SobreIdMemory *self, const SobreId *id, SobreBodyHash *hash);
guint sobre_id_memory_get_size (const SobreIdMemory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreIdMemory, sobre_id_memory_free)
