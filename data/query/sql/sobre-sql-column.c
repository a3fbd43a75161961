/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-column.h"

#include <math.h>
#include <string.h>

void
sobre_sql_column_init (SobreSqlColumn *self, SobreSqlBudget *budget)
{
  *self = (SobreSqlColumn) { .budget = budget };
}

void
sobre_sql_column_clear (SobreSqlColumn *self)
{
  g_free (self->data);
  g_free (self->valid);
  g_clear_pointer (&self->texts, sobre_sql_arena_free);
  if (self->budget != NULL)
    sobre_sql_budget_give_back (self->budget, self->taken);
  *self = (SobreSqlColumn) { .budget = self->budget };
}

static gboolean
take (SobreSqlColumn *self, gsize bytes, GError **error)
{
  if (!sobre_sql_budget_take (self->budget, (gint64) bytes, error))
    return FALSE;
  self->taken += (gint64) bytes;
  return TRUE;
}

static gboolean
reserve (SobreSqlColumn *self, gsize n, GError **error)
{
  gsize size = sobre_sql_physical_get_size (self->physical);
  gsize capacity = MAX (self->capacity, 64);

  while (capacity < n)
    capacity *= 2;
  if (capacity == self->capacity)
    return TRUE;
  if (!take (self, (capacity - self->capacity) * (size + 1), error))
    return FALSE;
  self->data = g_realloc_n (self->data, capacity, size);
  self->valid = g_realloc (self->valid, capacity);
  self->capacity = capacity;
  return TRUE;
}

/* Codes of different dictionaries cannot stay codes; what they stand for lives as long as the query. */
static gboolean
spell_out (SobreSqlColumn *self, GError **error)
{
  const guint32 *codes = self->data;
  SobreText *texts;

  if (!take (self, self->capacity * (sizeof (SobreText) - sizeof (guint32)), error))
    return FALSE;
  texts = g_new (SobreText, self->capacity);
  for (gsize i = 0; i < self->n; i++)
    texts[i] = self->valid[i] ? self->dictionary[codes[i]] : SOBRE_TEXT_NONE;
  g_free (self->data);
  self->data = texts;
  self->physical = SOBRE_SQL_PHYSICAL_TEXT;
  self->dictionary = NULL;
  self->n_dictionary = 0;
  return TRUE;
}

static gboolean
append_texts (SobreSqlColumn *self, const SobreSqlVector *vector, SobreSqlRows rows, GError **error)
{
  SobreText *to = (SobreText *) self->data + self->n;
  gsize size;

  if (self->texts == NULL)
    self->texts = sobre_sql_arena_new ();
  SOBRE_SQL_EACH (rows, r, {
    if (sobre_sql_vector_is_null (vector, r))
      *to++ = SOBRE_TEXT_NONE;
    else if (vector->physical == SOBRE_SQL_PHYSICAL_CODE)
      *to++ = sobre_sql_vector_get_text (vector, r);
    else
      *to++ = sobre_sql_arena_text (self->texts, sobre_sql_vector_get_text (vector, r));
  });
  size = sobre_sql_arena_get_size (self->texts);
  if (!take (self, size - self->texts_size, error))
    return FALSE;
  self->texts_size = size;
  return TRUE;
}

#define APPEND(Type, member)                                                                                                   \
  do                                                                                                                           \
    {                                                                                                                          \
      Type *to = (Type *) self->data + self->n;                                                                                \
      SOBRE_SQL_EACH (rows, r, *to++ = vector->member[r & vector->mask];);                                                     \
    }                                                                                                                          \
  while (0)

gboolean
sobre_sql_column_append (SobreSqlColumn *self, const SobreSqlVector *vector, SobreSqlRows rows, GError **error)
{
  guint8 *valid;

  if (!self->has_physical)
    {
      self->physical = vector->physical;
      self->has_physical = TRUE;
      self->dictionary = vector->dictionary;
      self->n_dictionary = vector->n_dictionary;
    }
  if (self->physical == SOBRE_SQL_PHYSICAL_CODE &&
      (vector->physical != SOBRE_SQL_PHYSICAL_CODE || vector->dictionary != self->dictionary) && !spell_out (self, error))
    return FALSE;
  if (!reserve (self, self->n + rows.n, error))
    return FALSE;
  valid = self->valid + self->n;
  SOBRE_SQL_EACH (rows, r, *valid++ = !sobre_sql_vector_is_null (vector, r););
  switch (self->physical)
    {
    case SOBRE_SQL_PHYSICAL_BOOLEAN:
      APPEND (guint8, b);
      break;
    case SOBRE_SQL_PHYSICAL_DOUBLE:
      APPEND (double, d);
      break;
    case SOBRE_SQL_PHYSICAL_DECIMAL:
      APPEND (SobreSqlInt128, dec);
      break;
    case SOBRE_SQL_PHYSICAL_CODE:
      APPEND (guint32, code);
      break;
    case SOBRE_SQL_PHYSICAL_TEXT:
      if (!append_texts (self, vector, rows, error))
        return FALSE;
      break;
    case SOBRE_SQL_PHYSICAL_INT64:
    default:
      APPEND (gint64, i);
      break;
    }
  self->n += rows.n;
  return TRUE;
}

gboolean
sobre_sql_column_permute (SobreSqlColumn *self, const guint32 *index, gsize n, GError **error)
{
  SobreSqlColumn moved = { .budget = self->budget };
  SobreSqlVector whole = sobre_sql_column_view (self, 0);

  if (!sobre_sql_column_append (&moved, &whole, (SobreSqlRows) { index, (guint) n }, error))
    {
      sobre_sql_column_clear (&moved);
      return FALSE;
    }
  sobre_sql_column_clear (self);
  *self = moved;
  return TRUE;
}

SobreSqlVector
sobre_sql_column_view (const SobreSqlColumn *self, gsize from)
{
  return (SobreSqlVector) {
    .physical = self->physical,
    .mask = G_MAXUINT,
    .data = self->data != NULL ? (guint8 *) self->data + from * sobre_sql_physical_get_size (self->physical) : NULL,
    .valid = self->valid != NULL ? self->valid + from : NULL,
    .dictionary = self->dictionary,
    .n_dictionary = self->n_dictionary,
  };
}

static int
compare_doubles (double a, double b)
{
  if (isnan (a) || isnan (b))
    return (isnan (a) != 0) - (isnan (b) != 0);
  return (a > b) - (a < b);
}

int
sobre_sql_column_compare (const SobreSqlColumn *self, gsize a, gsize b)
{
  if (!self->valid[a] || !self->valid[b])
    return self->valid[b] - self->valid[a];
  switch (self->physical)
    {
    case SOBRE_SQL_PHYSICAL_BOOLEAN:
      return ((guint8 *) self->data)[a] - ((guint8 *) self->data)[b];
    case SOBRE_SQL_PHYSICAL_DOUBLE:
      return compare_doubles (((double *) self->data)[a], ((double *) self->data)[b]);
    case SOBRE_SQL_PHYSICAL_DECIMAL:
      {
        const SobreSqlInt128 *values = self->data;

        return (values[a] > values[b]) - (values[a] < values[b]);
      }
    case SOBRE_SQL_PHYSICAL_CODE:
      return sobre_text_compare (self->dictionary[((guint32 *) self->data)[a]], self->dictionary[((guint32 *) self->data)[b]]);
    case SOBRE_SQL_PHYSICAL_TEXT:
      return sobre_text_compare (((SobreText *) self->data)[a], ((SobreText *) self->data)[b]);
    case SOBRE_SQL_PHYSICAL_INT64:
    default:
      {
        const gint64 *values = self->data;

        return (values[a] > values[b]) - (values[a] < values[b]);
      }
    }
}
