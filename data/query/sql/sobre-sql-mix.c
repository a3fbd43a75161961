/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-mix.h"

void
sobre_sql_mix_init (SobreSqlMix *self, guint n_keys, const SobreSqlKeyRange *ranges)
{
  *self = (SobreSqlMix) {
    .n_keys = n_keys,
    .ranges = g_memdup2 (ranges, n_keys * sizeof *ranges),
    .sizes = g_new0 (guint, n_keys + 1),
    .strides = g_new0 (guint32, n_keys + 1),
  };
}

void
sobre_sql_mix_clear (SobreSqlMix *self)
{
  g_free (self->ranges);
  g_free (self->sizes);
  g_free (self->strides);
}

/* How many values a key can have, NULL included; 0 when that is not known. */
static guint64
get_size (const SobreSqlVector *key, SobreSqlKeyRange range)
{
  if (key->physical == SOBRE_SQL_PHYSICAL_CODE)
    return (guint64) key->n_dictionary + 1;
  if (key->physical == SOBRE_SQL_PHYSICAL_BOOLEAN)
    return 3;
  if (key->physical == SOBRE_SQL_PHYSICAL_INT64 && range.low < range.high)
    return (guint64) ((gint64) range.high - range.low + 2);
  return 0;
}

gboolean
sobre_sql_mix_begin (SobreSqlMix *self, const SobreSqlVector *keys, guint most)
{
  guint64 product = 1;

  for (guint i = 0; i < self->n_keys; i++)
    {
      guint64 size = get_size (&keys[i], self->ranges[i]);

      if (size == 0 || size > most)
        return FALSE;
      self->sizes[i] = (guint) size;
      self->strides[i] = (guint32) product;
      product *= size;
      if (product > most)
        return FALSE;
    }
  self->n = (guint) product;
  return TRUE;
}

/* The loops below are sobre_sql_mix_one() for all rows. They have no choice in them, so that each does several rows at a time. */

static void
mix_codes (const guint32 *codes, const guint8 *valid, SobreSqlRows rows, guint32 stride, guint32 *mixed)
{
  if (valid != NULL)
    SOBRE_SQL_EACH (rows, r, mixed[r] += valid[r] != 0 ? (codes[r] + 1) * stride : 0;);
  else if (stride != 1)
    SOBRE_SQL_EACH (rows, r, mixed[r] += (codes[r] + 1) * stride;);
  else
    SOBRE_SQL_EACH (rows, r, mixed[r] += codes[r] + 1;);
}

static void
mix_booleans (const guint8 *values, const guint8 *valid, SobreSqlRows rows, guint32 stride, guint32 *mixed)
{
  if (valid != NULL)
    SOBRE_SQL_EACH (rows, r, mixed[r] += valid[r] != 0 ? (values[r] + 1) * stride : 0;);
  else
    SOBRE_SQL_EACH (rows, r, mixed[r] += (values[r] + 1) * stride;);
}

/* @size: how many values there are from @low on */
static gboolean
mix_integers (const gint64 *values,
              const guint8 *valid,
              SobreSqlRows rows,
              gint64 low,
              guint32 size,
              guint32 stride,
              guint32 *mixed)
{
  guint32 outside = 0;

  if (valid != NULL)
    SOBRE_SQL_EACH (rows, r, {
      const guint64 place = (guint64) values[r] - (guint64) low;
      const guint32 is_valid = valid[r] != 0;

      /* The value of a row that is NULL is arbitrary and is no reason to leave the array. */
      outside |= is_valid & (guint32) (place >= size);
      mixed[r] += is_valid * ((guint32) place + 1) * stride;
    });
  else
    SOBRE_SQL_EACH (rows, r, {
      const guint64 place = (guint64) values[r] - (guint64) low;

      outside |= (guint32) (place >> 32) | (guint32) ((guint32) place >= size);
      mixed[r] += ((guint32) place + 1) * stride;
    });
  return outside == 0;
}

static gboolean
mix_key (const SobreSqlMix *self, guint key, const SobreSqlVector *vector, SobreSqlRows rows, guint32 *mixed)
{
  const guint32 stride = self->strides[key];

  if (vector->physical == SOBRE_SQL_PHYSICAL_INT64)
    return mix_integers (vector->i, vector->valid, rows, self->ranges[key].low, self->sizes[key] - 1, stride, mixed);
  if (vector->physical == SOBRE_SQL_PHYSICAL_CODE)
    mix_codes (vector->code, vector->valid, rows, stride, mixed);
  else
    mix_booleans (vector->b, vector->valid, rows, stride, mixed);
  return TRUE;
}

/* What is the same for all rows first, then key by key. */
gboolean
sobre_sql_mix (const SobreSqlMix *self, const SobreSqlVector *keys, SobreSqlRows rows, guint32 *mixed)
{
  guint32 same = 0;

  for (guint i = 0; i < self->n_keys; i++)
    if ((keys[i].physical == SOBRE_SQL_PHYSICAL_CODE && keys[i].n_dictionary + 1 > self->sizes[i]) ||
        (keys[i].mask == 0 && !sobre_sql_mix_one (self, i, &keys[i], 0, &same)))
      return FALSE;
  SOBRE_SQL_EACH (rows, r, mixed[r] = same;);
  for (guint i = 0; i < self->n_keys; i++)
    if (keys[i].mask != 0 && !mix_key (self, i, &keys[i], rows, mixed))
      return FALSE;
  return TRUE;
}
