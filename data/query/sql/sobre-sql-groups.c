/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-groups.h"

#include <math.h>
#include <string.h>

#define MAX_DIRECT (1u << 20)
#define CHUNK 1024

struct _SobreSqlGroups
{
  guint n_keys;
  SobreSqlKeyRange *ranges;
  SobreSqlColumn *keys;
  guint n_groups;
  SobreSqlBudget *budget;
  gint64 taken;

  gboolean started;
  guint *sizes;    /* per key: possible values and NULL, while direct */
  guint32 *direct; /* group + 1, by the keys' mixed number; NULL once hashed */

  guint64 *hashes; /* per group */
  gsize hashes_capacity;
  guint32 *slots; /* group + 1, open addressing */
  gsize n_slots;
};

SobreSqlGroups *
sobre_sql_groups_new (guint n_keys, const SobreSqlKeyRange *ranges, SobreSqlBudget *budget)
{
  SobreSqlGroups *self = g_new0 (SobreSqlGroups, 1);

  self->n_keys = n_keys;
  self->budget = budget;
  self->ranges = g_memdup2 (ranges, n_keys * sizeof *ranges);
  self->sizes = g_new0 (guint, n_keys + 1);
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
  g_free (self->ranges);
  g_free (self->sizes);
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
  guint64 product = 1;

  self->started = TRUE;
  for (guint i = 0; i < self->n_keys && product <= MAX_DIRECT; i++)
    {
      guint64 size = 0;

      if (keys[i].physical == SOBRE_SQL_PHYSICAL_CODE)
        size = (guint64) keys[i].n_dictionary + 1;
      else if (keys[i].physical == SOBRE_SQL_PHYSICAL_BOOLEAN)
        size = 3;
      else if (keys[i].physical == SOBRE_SQL_PHYSICAL_INT64 && self->ranges[i].low < self->ranges[i].high)
        size = (guint64) ((gint64) self->ranges[i].high - self->ranges[i].low + 2);
      if (size == 0 || size > MAX_DIRECT)
        return TRUE;
      self->sizes[i] = (guint) size;
      product *= size;
    }
  if (product > MAX_DIRECT)
    return TRUE;
  if (!take (self, product * sizeof (guint32), error))
    return FALSE;
  self->direct = g_new0 (guint32, product);
  return TRUE;
}

/* The number of one key's value among its possible ones, 0 for NULL; multiplied into @mixed. %FALSE when one is out of range. */
static gboolean
mix_key (SobreSqlGroups *self, guint key, const SobreSqlVector *vector, SobreSqlRows rows, guint32 *mixed)
{
  const guint32 size = self->sizes[key];
  const guint mask = vector->mask;
  guint32 worst = 0;

  if (vector->physical == SOBRE_SQL_PHYSICAL_CODE)
    {
      if (vector->n_dictionary + 1 > size)
        return FALSE;
      SOBRE_SQL_EACH (rows, r, mixed[r] = mixed[r] * size + vector->code[r & mask] + 1;);
    }
  else if (vector->physical == SOBRE_SQL_PHYSICAL_BOOLEAN)
    SOBRE_SQL_EACH (rows, r, mixed[r] = mixed[r] * size + vector->b[r & mask] + 1;);
  else
    {
      const gint64 low = self->ranges[key].low;

      SOBRE_SQL_EACH (rows, r, {
        const guint64 place = (guint64) vector->i[r & mask] - (guint64) low;
        const guint32 cut = (guint32) MIN (place, (guint64) size - 1);

        /* The value of a row that is NULL is arbitrary and is no reason to leave the array. */
        worst = MAX (worst, vector->valid == NULL || vector->valid[r & mask] ? cut : 0);
        mixed[r] = mixed[r] * size + cut + 1;
      });
    }
  return worst < size - 1;
}

/* A second pass puts NULLs where they belong: the first took some value for theirs. */
static void
mix_nulls (SobreSqlGroups *self,
           guint key,
           const SobreSqlVector *vector,
           SobreSqlRows rows,
           guint32 *mixed,
           const guint32 *before)
{
  SOBRE_SQL_EACH (rows, r, {
    if (!vector->valid[r & vector->mask])
      mixed[r] = before[r] * self->sizes[key];
  });
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

static guint64
mix_hash (guint64 hash, guint64 value)
{
  hash ^= value;
  hash *= G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return hash ^ (hash >> 29);
}

static guint64
hash_text (SobreText text)
{
  guint64 hash = text.length;
  gsize i = 0;

  for (; i + 8 <= text.length; i += 8)
    {
      guint64 word;

      memcpy (&word, text.data + i, 8);
      hash = mix_hash (hash, word);
    }
  for (; i < text.length; i++)
    hash = mix_hash (hash, (guchar) text.data[i]);
  return hash;
}

static guint64
hash_double (double number)
{
  guint64 bits;

  if (isnan (number))
    return 1;
  if (number == 0)
    number = 0;
  memcpy (&bits, &number, sizeof bits);
  return bits;
}

static void
hash_key (const SobreSqlVector *vector, SobreSqlRows rows, guint64 *hashes)
{
  const guint mask = vector->mask;

  SOBRE_SQL_EACH (rows, r, {
    const guint at = r & mask;
    guint64 value;

    if (vector->valid != NULL && !vector->valid[at])
      value = 0x5bd1e995;
    else if (vector->physical == SOBRE_SQL_PHYSICAL_INT64)
      value = (guint64) vector->i[at];
    else if (vector->physical == SOBRE_SQL_PHYSICAL_CODE)
      value = vector->code[at];
    else if (vector->physical == SOBRE_SQL_PHYSICAL_TEXT)
      value = hash_text (vector->s[at]);
    else if (vector->physical == SOBRE_SQL_PHYSICAL_DOUBLE)
      value = hash_double (vector->d[at]);
    else if (vector->physical == SOBRE_SQL_PHYSICAL_BOOLEAN)
      value = vector->b[at];
    else
      value = mix_hash ((guint64) vector->dec[at], (guint64) (vector->dec[at] >> 64));
    hashes[r] = mix_hash (hashes[r], value);
  });
}

static gboolean
key_equal (const SobreSqlColumn *column, guint group, const SobreSqlVector *vector, guint row)
{
  gboolean null = sobre_sql_vector_is_null (vector, row);

  if (null || !column->valid[group])
    return null && !column->valid[group];
  row &= vector->mask;
  switch (column->physical)
    {
    case SOBRE_SQL_PHYSICAL_BOOLEAN:
      return ((const guint8 *) column->data)[group] == vector->b[row];
    case SOBRE_SQL_PHYSICAL_DOUBLE:
      {
        double a = ((const double *) column->data)[group];
        double b = vector->d[row];

        return a == b || (isnan (a) && isnan (b));
      }
    case SOBRE_SQL_PHYSICAL_DECIMAL:
      return ((const SobreSqlInt128 *) column->data)[group] == vector->dec[row];
    case SOBRE_SQL_PHYSICAL_CODE:
      return ((const guint32 *) column->data)[group] == vector->code[row];
    case SOBRE_SQL_PHYSICAL_TEXT:
      return sobre_text_equal (((const SobreText *) column->data)[group], vector->s[row]);
    case SOBRE_SQL_PHYSICAL_INT64:
    default:
      return ((const gint64 *) column->data)[group] == vector->i[row];
    }
}

static gboolean
grow_slots (SobreSqlGroups *self, GError **error)
{
  gsize n = self->n_slots == 0 ? 1024 : self->n_slots * 2;

  if (!take (self, (n - self->n_slots) * sizeof (guint32), error))
    return FALSE;
  g_free (self->slots);
  self->slots = g_new0 (guint32, n);
  self->n_slots = n;
  for (guint group = 0; group < self->n_groups; group++)
    {
      gsize slot = self->hashes[group] & (n - 1);

      while (self->slots[slot] != 0)
        slot = (slot + 1) & (n - 1);
      self->slots[slot] = group + 1;
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

          hash_key (&key, rows, hashes);
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

static gboolean
find_or_add (SobreSqlGroups *self, const SobreSqlVector *keys, guint row, guint64 hash, guint32 *group, GError **error)
{
  gsize slot = hash & (self->n_slots - 1);

  for (; self->slots[slot] != 0; slot = (slot + 1) & (self->n_slots - 1))
    {
      guint found = self->slots[slot] - 1;
      guint i = 0;

      if (self->hashes[found] != hash)
        continue;
      while (i < self->n_keys && key_equal (&self->keys[i], found, &keys[i], row))
        i++;
      if (i < self->n_keys)
        continue;
      *group = found;
      return TRUE;
    }
  *group = self->n_groups;
  if (!keep_hash (self, self->n_groups, hash, error) || !add_group (self, keys, row, error))
    return FALSE;
  self->slots[slot] = self->n_groups;
  return (gsize) self->n_groups * 2 <= self->n_slots || grow_slots (self, error);
}

static gboolean
assign_hashed (SobreSqlGroups *self,
               const SobreSqlVector *keys,
               SobreSqlRows rows,
               guint64 *hashes,
               guint32 *groups,
               GError **error)
{
  SOBRE_SQL_EACH (rows, r, hashes[r] = 0;);
  for (guint i = 0; i < self->n_keys; i++)
    hash_key (&keys[i], rows, hashes);
  SOBRE_SQL_EACH (rows, r, {
    if (!find_or_add (self, keys, r, hashes[r], &groups[r], error))
      return FALSE;
  });
  return TRUE;
}

/* @groups holds the mixed numbers first, then the groups. */
static gboolean
assign_direct (SobreSqlGroups *self,
               const SobreSqlVector *keys,
               SobreSqlRows rows,
               guint32 *groups,
               guint32 *scratch,
               gboolean *in_range,
               GError **error)
{
  *in_range = TRUE;
  SOBRE_SQL_EACH (rows, r, groups[r] = 0;);
  for (guint i = 0; i < self->n_keys; i++)
    {
      if (keys[i].valid != NULL)
        SOBRE_SQL_EACH (rows, r, scratch[r] = groups[r];);
      *in_range = mix_key (self, i, &keys[i], rows, groups);
      if (!*in_range)
        return TRUE;
      if (keys[i].valid != NULL)
        mix_nulls (self, i, &keys[i], rows, groups, scratch);
    }
  SOBRE_SQL_EACH (rows, r, {
    guint32 *entry = &self->direct[groups[r]];

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

gboolean
sobre_sql_groups_assign (SobreSqlGroups *self, const SobreSqlVector *keys, SobreSqlRows rows, guint32 *groups, GError **error)
{
  g_autofree guint64 *scratch = NULL;
  guint n = rows.n == 0 ? 0 : rows.index != NULL ? rows.index[rows.n - 1] + 1 : rows.n;
  gboolean in_range;

  if (!self->started && !start (self, keys, error))
    return FALSE;
  scratch = g_new (guint64, MAX (n, 1));
  if (self->direct != NULL)
    {
      if (!assign_direct (self, keys, rows, groups, (guint32 *) scratch, &in_range, error))
        return FALSE;
      if (in_range)
        return TRUE;
    }
  if (self->slots == NULL && !begin_hashing (self, error))
    return FALSE;
  return assign_hashed (self, keys, rows, scratch, groups, error);
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
