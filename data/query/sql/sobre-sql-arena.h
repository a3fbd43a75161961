/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "model/sobre-text.h"

G_BEGIN_DECLS

/**
 * SobreSqlArena:
 *
 * Memory that is freed all at once: the nodes of one query, the texts of one batch. Not thread-safe.
 */
typedef struct _SobreSqlArena SobreSqlArena;

SobreSqlArena *sobre_sql_arena_new (void);
void sobre_sql_arena_free (SobreSqlArena *self);

/** Gives back everything at once but keeps one block for the next use. */
void sobre_sql_arena_reset (SobreSqlArena *self);

/** sobre_sql_arena_alloc: Returns: (transfer none): @size bytes, zeroed, aligned for any type */
gpointer sobre_sql_arena_alloc (SobreSqlArena *self, gsize size);

/** sobre_sql_arena_copy: Returns: (transfer none): a copy of @size bytes of @data, which may be %NULL where there are none */
gpointer sobre_sql_arena_copy (SobreSqlArena *self, gconstpointer data, gsize size);

/** sobre_sql_arena_text: Returns: a copy of @text that lives as long as the arena */
SobreText sobre_sql_arena_text (SobreSqlArena *self, SobreText text);

/** sobre_sql_arena_string: Returns: (transfer none): @length bytes of @data, terminated */
char *sobre_sql_arena_string (SobreSqlArena *self, const char *data, gsize length);

/** @data goes with the arena, and with its next reset. */
void sobre_sql_arena_own (SobreSqlArena *self, gpointer data, GDestroyNotify destroy);

/** Bytes taken from the system. */
gsize sobre_sql_arena_get_size (const SobreSqlArena *self);

#define sobre_sql_arena_new_object(arena, Type) ((Type *) sobre_sql_arena_alloc ((arena), sizeof (Type)))
#define sobre_sql_arena_new_array(arena, Type, n) ((Type *) sobre_sql_arena_alloc ((arena), sizeof (Type) * (gsize) (n)))

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSqlArena, sobre_sql_arena_free)

G_END_DECLS
