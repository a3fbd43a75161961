/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Entries live in a ring in order of arrival; buckets of a power of two head chains through it. An entry's place in the ring is
 * its age, so forgetting the oldest is overwriting the next.
 */

#include "intake/sobre-id-memory.h"

#include <string.h>

#define NONE G_MAXUINT32

typedef struct
{
  SobreId id;
  SobreBodyHash hash;
  guint32 next;
} Entry;

struct _SobreIdMemory
{
  Entry *ring;
  guint32 *buckets;
  guint32 mask;
  guint capacity;
  guint size;
  guint position;
  guint64 secret[2];
};

SobreBodyHash
sobre_body_hash_make (const guint8 *bytes, gsize length)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize digest_length = sizeof digest;
  SobreBodyHash hash;

  g_checksum_update (checksum, bytes, (gssize) length);
  g_checksum_get_digest (checksum, digest, &digest_length);
  memcpy (&hash, digest, sizeof hash);
  return hash;
}

/* Multiply and fold with secret numbers: whoever sends ids cannot tell which of them share a bucket. */
static guint32
get_bucket (const SobreIdMemory *self, const SobreId *id)
{
  guint64 half[2];
  unsigned __int128 product;

  memcpy (half, id->bytes, sizeof half);
  product = (unsigned __int128) (half[0] ^ self->secret[0]) * ((half[1] ^ self->secret[1]) | 1);
  return (guint32) ((guint64) product ^ (guint64) (product >> 64)) & self->mask;
}

SobreIdMemory *
sobre_id_memory_new (guint capacity, SobreRandom *random)
{
  SobreIdMemory *self = g_new0 (SobreIdMemory, 1);
  guint32 n_buckets = 16;

  g_assert (capacity > 0 && capacity < G_MAXUINT32 / 2);
  while (n_buckets < capacity)
    n_buckets *= 2;
  self->capacity = capacity;
  self->mask = n_buckets - 1;
  self->ring = g_new0 (Entry, capacity);
  self->buckets = g_new (guint32, n_buckets);
  memset (self->buckets, 0xff, sizeof (guint32) * n_buckets);
  sobre_random_fill (random, self->secret, sizeof self->secret);
  return self;
}

void
sobre_id_memory_free (SobreIdMemory *self)
{
  g_free (self->ring);
  g_free (self->buckets);
  g_free (self);
}

static Entry *
find (const SobreIdMemory *self, const SobreId *id)
{
  for (guint32 i = self->buckets[get_bucket (self, id)]; i != NONE; i = self->ring[i].next)
    if (sobre_id_compare (&self->ring[i].id, id) == 0)
      return &self->ring[i];
  return NULL;
}

static void
unlink_entry (SobreIdMemory *self, guint32 index)
{
  guint32 *link = &self->buckets[get_bucket (self, &self->ring[index].id)];

  while (*link != index)
    link = &self->ring[*link].next;
  *link = self->ring[index].next;
}

void
sobre_id_memory_add (SobreIdMemory *self, const SobreId *id, SobreBodyHash hash)
{
  Entry *entry = find (self, id);
  guint32 *bucket;

  if (entry != NULL)
    {
      entry->hash = hash;
      return;
    }
  if (self->size == self->capacity)
    unlink_entry (self, self->position);
  else
    self->size++;
  bucket = &self->buckets[get_bucket (self, id)];
  self->ring[self->position] = (Entry) { .id = *id, .hash = hash, .next = *bucket };
  *bucket = self->position;
  self->position = (self->position + 1) % self->capacity;
}

gboolean
sobre_id_memory_find (const SobreIdMemory *self, const SobreId *id, SobreBodyHash *hash)
{
  const Entry *entry = find (self, id);

  if (entry != NULL)
    *hash = entry->hash;
  return entry != NULL;
}

guint
sobre_id_memory_get_size (const SobreIdMemory *self)
{
  return self->size;
}
