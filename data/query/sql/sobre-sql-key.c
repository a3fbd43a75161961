/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-key.h"

#include <math.h>
#include <string.h>

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

void
sobre_sql_key_hash (const SobreSqlVector *vector, SobreSqlRows rows, guint64 *hashes)
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

gboolean
sobre_sql_key_equal (const SobreSqlColumn *column, guint group, const SobreSqlVector *vector, guint row)
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
