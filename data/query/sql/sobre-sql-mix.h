/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sql/sobre-sql-eval.h"

G_BEGIN_DECLS

/** SobreSqlKeyRange: bounds of an integer key; none where low == high */
typedef struct
{
  gint32 low;
  gint32 high;
} SobreSqlKeyRange;

/**
 * SobreSqlMix: one number for a tuple of keys that have few possible values each: codes, booleans, hours, days.
 * @sizes: by key: its possible values and NULL
 * @strides: by key: what a step from one of its values to the next adds to the number
 * @n: numbers are below this
 */
typedef struct
{
  guint n_keys;
  SobreSqlKeyRange *ranges;
  guint *sizes;
  guint32 *strides;
  guint n;
} SobreSqlMix;

/** @ranges: (array length=n_keys) */
void sobre_sql_mix_init (SobreSqlMix *self, guint n_keys, const SobreSqlKeyRange *ranges);
void sobre_sql_mix_clear (SobreSqlMix *self);

/** Finds out how the keys are mixed. Returns: %FALSE when there are more than @most numbers, or nobody knows how many */
gboolean sobre_sql_mix_begin (SobreSqlMix *self, const SobreSqlVector *keys, guint most);

/**
 * sobre_sql_mix:
 * @mixed: (out) (array): written at each row of @rows
 *
 * Returns: %FALSE when a value is none of the possible ones
 */
gboolean sobre_sql_mix (const SobreSqlMix *self, const SobreSqlVector *keys, SobreSqlRows rows, guint32 *mixed);

/** Adds to @mixed what one key's value at @row does: its place among the possible ones, 0 for NULL. %FALSE when it is none of them. */
static inline gboolean
sobre_sql_mix_one (const SobreSqlMix *self, guint key, const SobreSqlVector *vector, guint row, guint32 *mixed)
{
  const guint at = row & vector->mask;
  guint64 place;

  if (vector->valid != NULL && !vector->valid[at])
    return TRUE;
  if (vector->physical == SOBRE_SQL_PHYSICAL_CODE)
    place = vector->code[at];
  else if (vector->physical == SOBRE_SQL_PHYSICAL_BOOLEAN)
    place = vector->b[at];
  else
    place = (guint64) vector->i[at] - (guint64) (gint64) self->ranges[key].low;
  if (place >= self->sizes[key] - 1)
    return FALSE;
  *mixed += (guint32) (place + 1) * self->strides[key];
  return TRUE;
}

G_END_DECLS
