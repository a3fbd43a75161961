/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-groups.h"

#include <string.h>

#include "query/sql/sobre-sql-key.h"
#include "query/sql/sobre-sql-tally.h"

#define MAX_DIRECT (1u << 20)
#define CHUNK 1024
#define FETCH_AHEAD 12 /* rows */

struct _SobreSqlGroups
{
  guint n_keys;
  SobreSqlColumn *keys;
  guint n_groups;
  SobreSqlBudget *budget;
  gint64 taken;

  gboolean started;
  SobreSqlMix mix;
  guint32 *direct; /* group + 1, by the keys' mixed number; NULL once hashed */

  guint64 *hashes; /* per group */
  gsize hashes_capacity;
  guint64 *slots; /* open addressing: upper half of the hash, group + 1; 0 for none */
  gsize n_slots;
};

SobreSqlGroups *
sobre_sql_groups_new (guint n_keys, const SobreSqlKeyRange *ranges, SobreSqlBudget *budget)
{
  SobreSqlGroups *self = g_new0 (SobreSqlGroups, 1);

  self->n_keys = n_keys;
  self->budget = budget;
  sobre_sql_mix_init (&self->mix, n_keys, ranges);
  self->keys = g_new0 (SobreSqlColumn, n_keys + 1);
  for (guint i = 0; i < n_keys; i++)
    sobre_sql_column_init (&self->keys[i], budget);
  return self;
}

void
sobre_sql_groups_free (SobreSqlGroups *self)
{
  for (guint i = 0; i < self->n_keys; i++)
    sobre_sql_column_clear (&self->keys[i]);
  sobre_sql_budget_give_back (self->budget, self->taken);
  g_free (self->keys);
  sobre_sql_mix_clear (&self->mix);
  g_free (self->direct);
  g_free (self->hashes);
  g_free (self->slots);
  g_free (self);
}

static gboolean
take (SobreSqlGroups *self, gsize bytes, GError **error)
{
  if (!sobre_sql_budget_take (self->budget, (gint64) bytes, error))
    return FALSE;
  self->taken += (gint64) bytes;
  return TRUE;
}

/* Decides on direct look-up: every key has few possible values, and so have all together. */
static gboolean
start (SobreSqlGroups *self, const SobreSqlVector *keys, GError **error)
{
  self->started = TRUE;
  if (!sobre_sql_mix_begin (&self->mix, keys, MAX_DIRECT))
    return TRUE;
  if (!take (self, self->mix.n * sizeof (guint32), error))
    return FALSE;
  self->direct = g_new0 (guint32, self->mix.n);
  return TRUE;
}

static gboolean
add_group (SobreSqlGroups *self, const SobreSqlVector *keys, guint32 row, GError **error)
{
  if (self->n_groups == G_MAXUINT32 - 1)
    return sobre_query_error_set (error, SOBRE_QUERY_ERROR_LIMIT, SOBRE_SQL_NOWHERE, "too many groups");
  for (guint i = 0; i < self->n_keys; i++)
    if (!sobre_sql_column_append (&self->keys[i], &keys[i], (SobreSqlRows) { &row, 1 }, error))
      return FALSE;
  self->n_groups++;
  return TRUE;
}

/* What a slot holds of a group: enough of its hash to tell most others by, so that only its own keys are looked at. */
static inline guint64
fill_slot (guint64 hash, guint32 group)
{
  return (hash & ~(guint64) G_MAXUINT32) | (group + 1);
}

static gboolean
grow_slots (SobreSqlGroups *self, GError **error)
{
  gsize n = self->n_slots == 0 ? 1024 : self->n_slots * 2;

  if (!take (self, (n - self->n_slots) * sizeof *self->slots, error))
    return FALSE;
  g_free (self->slots);
  self->slots = g_new0 (guint64, n);
  self->n_slots = n;
  for (guint group = 0; group < self->n_groups; group++)
    {
      gsize slot = self->hashes[group] & (n - 1);

      while (self->slots[slot] != 0)
        slot = (slot + 1) & (n - 1);
      self->slots[slot] = fill_slot (self->hashes[group], group);
    }
  return TRUE;
}

static gboolean
keep_hash (SobreSqlGroups *self, guint group, guint64 hash, GError **error)
{
  if (group >= self->hashes_capacity)
    {
      gsize capacity = MAX (self->hashes_capacity * 2, 1024);

      while (capacity <= group)
        capacity *= 2;
      if (!take (self, (capacity - self->hashes_capacity) * sizeof (guint64), error))
        return FALSE;
      self->hashes = g_renew (guint64, self->hashes, capacity);
      self->hashes_capacity = capacity;
    }
  self->hashes[group] = hash;
  return TRUE;
}

/* Goes over to hashing, with the groups there are. */
static gboolean
begin_hashing (SobreSqlGroups *self, GError **error)
{
  g_clear_pointer (&self->direct, g_free);
  for (guint from = 0; from < self->n_groups; from += CHUNK)
    {
      guint64 hashes[CHUNK] = { 0 };
      SobreSqlRows rows = { NULL, MIN (CHUNK, self->n_groups - from) };

      for (guint i = 0; i < self->n_keys; i++)
        {
          SobreSqlVector key = sobre_sql_column_view (&self->keys[i], from);

          sobre_sql_key_hash (&key, rows, hashes);
        }
      for (guint i = 0; i < rows.n; i++)
        if (!keep_hash (self, from + i, hashes[i], error))
          return FALSE;
    }
  do
    if (!grow_slots (self, error))
      return FALSE;
  while (self->n_slots < (gsize) self->n_groups * 2);
  return TRUE;
}

/* The group of a row, or %SOBRE_SQL_NO_GROUP and the slot that waits for it. */
static inline guint32
find_group (const SobreSqlGroups *self, const SobreSqlVector *keys, guint row, guint64 hash, gsize *slot)
{
  for (*slot = hash & (self->n_slots - 1); self->slots[*slot] != 0; *slot = (*slot + 1) & (self->n_slots - 1))
    {
      guint64 filled = self->slots[*slot];
      guint32 found = (guint32) filled - 1;
      guint i = 0;

      if (filled != fill_slot (hash, found))
        continue;
      while (i < self->n_keys && sobre_sql_key_equal (&self->keys[i], found, &keys[i], row))
        i++;
      if (i == self->n_keys)
        return found;
    }
  return SOBRE_SQL_NO_GROUP;
}

static gboolean
find_or_add (SobreSqlGroups *self, const SobreSqlVector *keys, guint row, guint64 hash, guint32 *group, GError **error)
{
  gsize slot;

  *group = find_group (self, keys, row, hash, &slot);
  if (*group != SOBRE_SQL_NO_GROUP)
    return TRUE;
  *group = self->n_groups;
  if (!keep_hash (self, self->n_groups, hash, error) || !add_group (self, keys, row, error))
    return FALSE;
  self->slots[slot] = fill_slot (hash, *group);
  return (gsize) self->n_groups * 2 <= self->n_slots || grow_slots (self, error);
}

static inline guint
get_row (SobreSqlRows rows, guint i)
{
  return rows.index != NULL ? rows.index[i] : i;
}

static void
hash_keys (const SobreSqlGroups *self, const SobreSqlVector *keys, SobreSqlRows rows, guint64 *hashes)
{
  SOBRE_SQL_EACH (rows, r, hashes[r] = 0;);
  for (guint i = 0; i < self->n_keys; i++)
    sobre_sql_key_hash (&keys[i], rows, hashes);
}

/* Has the slot of a row some rows behind the @i-th brought from memory meanwhile: of many groups, most are in no cache. */
static inline void
fetch_slot (const SobreSqlGroups *self, SobreSqlRows rows, guint i, const guint64 *hashes)
{
  if (i + FETCH_AHEAD < rows.n)
    __builtin_prefetch (&self->slots[hashes[get_row (rows, i + FETCH_AHEAD)] & (self->n_slots - 1)]);
}

static gboolean
assign_hashed (SobreSqlGroups *self, const SobreSqlVector *keys, SobreSqlRows rows, guint32 *groups, GError **error)
{
  const guint n = rows.index != NULL ? rows.index[rows.n - 1] + 1 : rows.n;
  g_autofree guint64 *hashes = g_new (guint64, n);

  hash_keys (self, keys, rows, hashes);
  for (guint i = 0; i < rows.n; i++)
    {
      const guint r = get_row (rows, i);

      fetch_slot (self, rows, i, hashes);
      if (!find_or_add (self, keys, r, hashes[r], &groups[r], error))
        return FALSE;
    }
  return TRUE;
}

/* @groups holds the mixed numbers first, then the groups. */
static gboolean
assign_direct (SobreSqlGroups *self, const SobreSqlVector *keys, SobreSqlRows rows, guint32 *groups, GError **error)
{
  guint32 *direct = self->direct;

  SOBRE_SQL_EACH (rows, r, {
    guint32 *entry = &direct[groups[r]];

    if (G_UNLIKELY (*entry == 0))
      {
        if (!add_group (self, keys, r, error))
          return FALSE;
        *entry = self->n_groups;
      }
    groups[r] = *entry - 1;
  });
  return TRUE;
}

/* A vector of nothing but NULLs may come in another layout than the values before it, and is brought into theirs. */
static gboolean
adapt (SobreSqlGroups *self, const SobreSqlVector *keys, SobreSqlRows rows, SobreSqlVector *adapted, GError **error)
{
  static const SobreSqlInt128 nothing[2] = { 0 };

  for (guint i = 0; i < self->n_keys; i++)
    {
      const SobreSqlColumn *column = &self->keys[i];
      gboolean has_value = FALSE;

      adapted[i] = keys[i];
      if (!column->has_physical || (column->physical == keys[i].physical && column->dictionary == keys[i].dictionary))
        continue;
      SOBRE_SQL_EACH (rows, r, has_value = has_value || !sobre_sql_vector_is_null (&keys[i], r););
      if (has_value)
        return sobre_query_error_set (error, SOBRE_QUERY_ERROR_FAILED, SOBRE_SQL_NOWHERE, "keys of two kinds in one grouping");
      adapted[i] = (SobreSqlVector) {
        .physical = column->physical,
        .data = (gpointer) nothing,
        .valid = (guint8 *) nothing,
        .dictionary = column->dictionary,
        .n_dictionary = column->n_dictionary,
      };
    }
  return TRUE;
}

static gboolean
are_constant (const SobreSqlVector *keys, guint n_keys)
{
  for (guint i = 0; i < n_keys; i++)
    if (keys[i].mask != 0)
      return FALSE;
  return TRUE;
}

/* Where all rows have the same keys, one is looked up for all. */
static gboolean
assign_one (SobreSqlGroups *self, const SobreSqlVector *keys, SobreSqlRows rows, guint32 *groups, GError **error)
{
  guint32 group;

  if (!sobre_sql_groups_assign (self, keys, (SobreSqlRows) { NULL, 1 }, &group, error))
    return FALSE;
  SOBRE_SQL_EACH (rows, r, groups[r] = group;);
  return TRUE;
}

gboolean
sobre_sql_groups_assign (SobreSqlGroups *self, const SobreSqlVector *keys, SobreSqlRows rows, guint32 *groups, GError **error)
{
  g_autofree SobreSqlVector *adapted = NULL;

  if (rows.n == 0)
    return TRUE;
  if (rows.n > 1 && are_constant (keys, self->n_keys))
    return assign_one (self, keys, rows, groups, error);
  if (!self->started && !start (self, keys, error))
    return FALSE;
  adapted = g_new (SobreSqlVector, self->n_keys + 1);
  if (!adapt (self, keys, rows, adapted, error))
    return FALSE;
  if (self->direct != NULL && sobre_sql_mix (&self->mix, adapted, rows, groups))
    return assign_direct (self, adapted, rows, groups, error);
  if (self->slots == NULL && !begin_hashing (self, error))
    return FALSE;
  return assign_hashed (self, adapted, rows, groups, error);
}

/* Whether the keys are such as adapt() leaves alone. */
static gboolean
are_usual (const SobreSqlGroups *self, const SobreSqlVector *keys)
{
  for (guint i = 0; i < self->n_keys; i++)
    if (keys[i].physical != self->keys[i].physical || keys[i].dictionary != self->keys[i].dictionary)
      return FALSE;
  return TRUE;
}

gboolean
sobre_sql_groups_count (const SobreSqlGroups *self,
                        const SobreSqlVector *keys,
                        SobreSqlRows rows,
                        guint32 *scratch,
                        gint64 *sizes)
{
  const gboolean one = are_constant (keys, self->n_keys);
  gint64 counts[SOBRE_SQL_MOST_TALLIED] = { 0 };

  if (self->direct == NULL || self->n_groups == 0 || rows.index != NULL || !sobre_sql_tally_pays (rows.n, self->mix.n) ||
      !are_usual (self, keys) || !sobre_sql_mix (&self->mix, keys, (SobreSqlRows) { NULL, one ? 1 : rows.n }, scratch))
    return FALSE;
  if (one)
    counts[scratch[0]] = rows.n;
  else
    sobre_sql_tally (scratch, rows.n, self->mix.n, counts);
  for (guint i = 0; i < self->mix.n; i++)
    if (counts[i] > 0 && self->direct[i] == 0)
      return FALSE;
  memset (sizes, 0, self->n_groups * sizeof *sizes);
  for (guint i = 0; i < self->mix.n; i++)
    if (counts[i] > 0)
      sizes[self->direct[i] - 1] = counts[i];
  return TRUE;
}

guint
sobre_sql_groups_get_n (const SobreSqlGroups *self)
{
  return self->n_groups;
}

SobreSqlVector
sobre_sql_groups_view (const SobreSqlGroups *self, guint key, guint from)
{
  return sobre_sql_column_view (&self->keys[key], from);
}

static void
find_direct (const SobreSqlGroups *self, const SobreSqlVector *keys, SobreSqlRows rows, guint32 *groups)
{
  SOBRE_SQL_EACH (rows, r, {
    guint32 mixed = 0;
    gboolean in_range = TRUE;

    for (guint i = 0; i < self->n_keys && in_range; i++)
      in_range = sobre_sql_mix_one (&self->mix, i, &keys[i], r, &mixed);
    groups[r] = in_range && self->direct[mixed] != 0 ? self->direct[mixed] - 1 : SOBRE_SQL_NO_GROUP;
  });
}

static void
find_hashed (const SobreSqlGroups *self, const SobreSqlVector *keys, SobreSqlRows rows, guint64 *hashes, guint32 *groups)
{
  gsize slot;

  hash_keys (self, keys, rows, hashes);
  for (guint i = 0; i < rows.n; i++)
    {
      const guint r = get_row (rows, i);

      fetch_slot (self, rows, i, hashes);
      groups[r] = find_group (self, keys, r, hashes[r], &slot);
    }
}

void
sobre_sql_groups_find (const SobreSqlGroups *self,
                       const SobreSqlVector *keys,
                       SobreSqlRows rows,
                       guint64 *scratch,
                       guint32 *groups)
{
  if (!self->started)
    SOBRE_SQL_EACH (rows, r, groups[r] = SOBRE_SQL_NO_GROUP;);
  else if (self->direct != NULL)
    find_direct (self, keys, rows, groups);
  else
    find_hashed (self, keys, rows, scratch, groups);
}
