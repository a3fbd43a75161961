/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-arena.h"

#define BLOCK_SIZE 65536
#define ALIGNMENT 16

typedef struct _Block Block;

struct _Block
{
  Block *next;
  gsize size;
  gsize used;
  gsize padding; /* keeps the data behind it aligned to 16 bytes */
};

typedef struct
{
  gpointer data;
  GDestroyNotify destroy;
} Owned;

struct _SobreSqlArena
{
  Block *first;
  GArray *owned; /* NULL while there is none */
  gsize size;
};

G_STATIC_ASSERT (sizeof (Block) % ALIGNMENT == 0);

SobreSqlArena *
sobre_sql_arena_new (void)
{
  return g_new0 (SobreSqlArena, 1);
}

void
sobre_sql_arena_own (SobreSqlArena *self, gpointer data, GDestroyNotify destroy)
{
  Owned owned = { data, destroy };

  if (self->owned == NULL)
    self->owned = g_array_new (FALSE, FALSE, sizeof (Owned));
  g_array_append_val (self->owned, owned);
}

static void
free_owned (SobreSqlArena *self)
{
  for (guint i = 0; self->owned != NULL && i < self->owned->len; i++)
    {
      const Owned *owned = &g_array_index (self->owned, Owned, i);

      owned->destroy (owned->data);
    }
  g_clear_pointer (&self->owned, g_array_unref);
}

static void
free_blocks (Block *block)
{
  while (block != NULL)
    {
      Block *next = block->next;

      g_free (block);
      block = next;
    }
}

void
sobre_sql_arena_free (SobreSqlArena *self)
{
  free_owned (self);
  free_blocks (self->first);
  g_free (self);
}

void
sobre_sql_arena_reset (SobreSqlArena *self)
{
  Block *kept = self->first;

  free_owned (self);
  if (kept == NULL)
    return;
  free_blocks (kept->next);
  kept->next = NULL;
  kept->used = 0;
  self->size = kept->size;
}

gpointer
sobre_sql_arena_alloc (SobreSqlArena *self, gsize size)
{
  gsize needed = (MAX (size, 1) + ALIGNMENT - 1) & ~(gsize) (ALIGNMENT - 1);
  guint8 *data;

  if (self->first == NULL || self->first->size - self->first->used < needed)
    {
      gsize block_size = MAX (needed, BLOCK_SIZE);
      Block *block = g_malloc (sizeof (Block) + block_size);

      *block = (Block) { .next = self->first, .size = block_size };
      self->first = block;
      self->size += block_size;
    }
  data = (guint8 *) (self->first + 1) + self->first->used;
  self->first->used += needed;
  return memset (data, 0, needed);
}

gpointer
sobre_sql_arena_copy (SobreSqlArena *self, gconstpointer data, gsize size)
{
  gpointer copy = sobre_sql_arena_alloc (self, size);

  if (size > 0)
    memcpy (copy, data, size);
  return copy;
}

SobreText
sobre_sql_arena_text (SobreSqlArena *self, SobreText text)
{
  return (SobreText) { sobre_sql_arena_string (self, text.data, text.length), text.length };
}

char *
sobre_sql_arena_string (SobreSqlArena *self, const char *data, gsize length)
{
  char *copy = sobre_sql_arena_alloc (self, length + 1);

  if (length > 0)
    memcpy (copy, data, length);
  return copy;
}

gsize
sobre_sql_arena_get_size (const SobreSqlArena *self)
{
  return self->size;
}
