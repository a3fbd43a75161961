/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "import/sobre-import-keys.h"

#define FIRST_SLOTS 1024

/** Entry: empty where the key is all zeros, which no hash is; a key of zeros is stored as one with a last byte of 1. */
typedef struct
{
  guint64 words[2];
  guint64 number;
} Entry;

struct _SobreImportKeys
{
  Entry *entries;
  gsize n_slots; /* a power of two, at most two thirds of it in use */
  gsize n;
};

SobreImportKeys *
sobre_import_keys_new (void)
{
  SobreImportKeys *self = g_new0 (SobreImportKeys, 1);

  self->n_slots = FIRST_SLOTS;
  self->entries = g_new0 (Entry, self->n_slots);
  return self;
}

void
sobre_import_keys_free (SobreImportKeys *self)
{
  g_free (self->entries);
  g_free (self);
}

gsize
sobre_import_keys_get_n (const SobreImportKeys *self)
{
  return self->n;
}

static Entry
read_key (const guint8 key[SOBRE_IMPORT_KEY_BYTES])
{
  Entry entry = { 0 };

  memcpy (entry.words, key, sizeof entry.words);
  if (entry.words[0] == 0 && entry.words[1] == 0)
    entry.words[1] = 1;
  return entry;
}

/* The words may be two hashes of the same text, alike in many bits, so they are multiplied into one another. */
static gsize
get_first_slot (const SobreImportKeys *self, const Entry *key)
{
  guint64 state = (key->words[0] ^ (key->words[0] >> 32)) * G_GUINT64_CONSTANT (0x9fb21c651e98df25);

  state = (state ^ key->words[1]) * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  return (state ^ (state >> 32)) & (self->n_slots - 1);
}

static Entry *
find_slot (const SobreImportKeys *self, const Entry *key)
{
  gsize slot = get_first_slot (self, key);

  while ((self->entries[slot].words[0] | self->entries[slot].words[1]) != 0 &&
         (self->entries[slot].words[0] != key->words[0] || self->entries[slot].words[1] != key->words[1]))
    slot = (slot + 1) & (self->n_slots - 1);
  return &self->entries[slot];
}

static void
grow (SobreImportKeys *self)
{
  Entry *before = self->entries;
  gsize n_before = self->n_slots;

  self->n_slots *= 2;
  self->entries = g_new0 (Entry, self->n_slots);
  for (gsize i = 0; i < n_before; i++)
    {
      if ((before[i].words[0] | before[i].words[1]) != 0)
        *find_slot (self, &before[i]) = before[i];
    }
  g_free (before);
}

guint64 *
sobre_import_keys_find (SobreImportKeys *self, const guint8 key[SOBRE_IMPORT_KEY_BYTES], gboolean *found)
{
  Entry wanted = read_key (key);
  Entry *entry = find_slot (self, &wanted);

  *found = (entry->words[0] | entry->words[1]) != 0;
  if (*found)
    return &entry->number;
  if ((self->n + 1) * 3 > self->n_slots * 2)
    {
      grow (self);
      entry = find_slot (self, &wanted);
    }
  *entry = wanted;
  self->n++;
  return &entry->number;
}

const guint64 *
sobre_import_keys_get (const SobreImportKeys *self, const guint8 key[SOBRE_IMPORT_KEY_BYTES])
{
  Entry wanted = read_key (key);
  const Entry *entry = find_slot (self, &wanted);

  return (entry->words[0] | entry->words[1]) != 0 ? &entry->number : NULL;
}
