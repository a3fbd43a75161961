/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-lookup.h"

#include <math.h>
#include <string.h>

#include "query/sql/sobre-sql-eval-private.h"

/* Each distinct key is a group; the rows of a group lie beside each other in @rows, from @starts[group] on.
 *
 * Texts: what was added as codes of a dictionary is found by codes. A probe that comes with codes of another dictionary, or with texts,
 * translates: it makes a table from the texts of the dictionary to their codes, once a thread. */

struct _SobreSqlLookup
{
  guint n_keys;
  SobreSqlBudget *budget;
  gint64 taken;
  SobreSqlGroups *groups;
  guint32 *row_groups; /* by row of the relation, until all are there */
  guint64 n_rows;
  guint64 n_added;
  gboolean has_null;
  guint32 n_groups;
  guint32 *starts;
  guint32 *rows;
  guint32 n_found; /* rows that can be found */
};

/** Translation: from texts to codes. @codes: by code of @from · @texts: the texts as groups · @codes_of_groups: the code of each */
typedef struct
{
  const SobreText *from;
  guint n_from;
  guint32 *codes;
  SobreSqlGroups *texts;
  guint32 *codes_of_groups;
} Translation;

struct _SobreSqlProbe
{
  const SobreSqlLookup *lookup;
  Translation *translations; /* by key */
};

SobreSqlLookup *
sobre_sql_lookup_new (guint n_keys, const SobreSqlKeyRange *ranges, guint64 n_rows, SobreSqlBudget *budget)
{
  SobreSqlLookup *self = g_new0 (SobreSqlLookup, 1);

  self->n_keys = n_keys;
  self->budget = budget;
  self->n_rows = n_rows;
  self->groups = sobre_sql_groups_new (n_keys, ranges, budget);
  return self;
}

void
sobre_sql_lookup_free (SobreSqlLookup *self)
{
  sobre_sql_budget_give_back (self->budget, self->taken);
  sobre_sql_groups_free (self->groups);
  g_free (self->row_groups);
  g_free (self->starts);
  g_free (self->rows);
  g_free (self);
}

static gpointer
allocate (SobreSqlLookup *self, guint64 n, GError **error)
{
  if (!sobre_sql_budget_take (self->budget, (gint64) (n * sizeof (guint32)), error))
    return NULL;
  self->taken += (gint64) (n * sizeof (guint32));
  return g_new0 (guint32, MAX (n, 1));
}

/* Leaves only rows whose keys can equal anything: neither NULL nor NaN is among them. @has_null: (out): whether one had NULL */
static void
drop_unequal (const SobreSqlVector *keys, guint n_keys, SobreSqlRows rows, guint32 *index, guint *n, gboolean *has_null)
{
  *n = 0;
  *has_null = FALSE;
  SOBRE_SQL_EACH (rows, r, {
    gboolean kept = TRUE;

    for (guint i = 0; i < n_keys && kept; i++)
      if (sobre_sql_vector_is_null (&keys[i], r))
        {
          kept = FALSE;
          *has_null = TRUE;
        }
      else
        kept = keys[i].physical != SOBRE_SQL_PHYSICAL_DOUBLE || !isnan (keys[i].d[r & keys[i].mask]);
    index[*n] = r;
    *n += kept;
  });
}

gboolean
sobre_sql_lookup_add (SobreSqlLookup *self, const SobreSqlVector *keys, SobreSqlRows rows, guint32 first, GError **error)
{
  guint size = rows.n == 0 ? 0 : rows.index != NULL ? rows.index[rows.n - 1] + 1 : rows.n;
  g_autofree guint32 *index = g_new (guint32, size + 1);
  g_autofree guint32 *groups = g_new0 (guint32, size + 1);
  gboolean has_null;
  guint n;

  if (self->row_groups == NULL)
    {
      self->row_groups = allocate (self, self->n_rows, error);
      if (self->row_groups == NULL)
        return FALSE;
      memset (self->row_groups, 0xff, self->n_rows * sizeof (guint32));
    }
  self->n_added += rows.n;
  drop_unequal (keys, self->n_keys, rows, index, &n, &has_null);
  self->has_null = self->has_null || has_null;
  if (self->n_keys > 0 && !sobre_sql_groups_assign (self->groups, keys, (SobreSqlRows) { index, n }, groups, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    self->row_groups[first + index[i]] = groups[index[i]];
  self->n_found += n;
  return TRUE;
}

gboolean
sobre_sql_lookup_finish (SobreSqlLookup *self, GError **error)
{
  g_autofree guint32 *next = NULL;

  self->n_groups = self->n_keys > 0 ? sobre_sql_groups_get_n (self->groups) : MIN (self->n_found, 1);
  self->starts = allocate (self, (guint64) self->n_groups + 1, error);
  self->rows = self->starts != NULL ? allocate (self, self->n_found, error) : NULL;
  if (self->rows == NULL)
    return FALSE;
  for (guint64 i = 0; self->row_groups != NULL && i < self->n_rows; i++)
    if (self->row_groups[i] != SOBRE_SQL_NO_GROUP)
      self->starts[self->row_groups[i] + 1]++;
  for (guint32 group = 0; group < self->n_groups; group++)
    self->starts[group + 1] += self->starts[group];
  next = g_memdup2 (self->starts, ((gsize) self->n_groups + 1) * sizeof *next);
  for (guint64 i = 0; self->row_groups != NULL && i < self->n_rows; i++)
    if (self->row_groups[i] != SOBRE_SQL_NO_GROUP)
      self->rows[next[self->row_groups[i]]++] = (guint32) i;
  g_clear_pointer (&self->row_groups, g_free);
  return TRUE;
}

guint64
sobre_sql_lookup_get_n_rows (const SobreSqlLookup *self)
{
  return self->n_added;
}

gboolean
sobre_sql_lookup_has_null (const SobreSqlLookup *self)
{
  return self->has_null;
}

gboolean
sobre_sql_lookup_is_unique (const SobreSqlLookup *self)
{
  return self->n_found == self->n_groups;
}

guint
sobre_sql_lookup_get_n_groups (const SobreSqlLookup *self)
{
  return self->n_groups;
}

const guint32 *
sobre_sql_lookup_get_rows (const SobreSqlLookup *self, guint32 group, guint *n)
{
  *n = self->starts[group + 1] - self->starts[group];
  return self->rows + self->starts[group];
}

SobreSqlProbe *
sobre_sql_probe_new (const SobreSqlLookup *lookup)
{
  SobreSqlProbe *self = g_new0 (SobreSqlProbe, 1);

  self->lookup = lookup;
  self->translations = g_new0 (Translation, lookup->n_keys + 1);
  return self;
}

void
sobre_sql_probe_free (SobreSqlProbe *self)
{
  for (guint i = 0; i < self->lookup->n_keys; i++)
    {
      g_free (self->translations[i].codes);
      g_free (self->translations[i].codes_of_groups);
      g_clear_pointer (&self->translations[i].texts, sobre_sql_groups_free);
    }
  g_free (self->translations);
  g_free (self);
}

/* A dictionary also has an entry for what is absent, which as a group would be that of the text of no letters: it is left out. */
static gboolean
learn_texts (SobreSqlProbe *self, Translation *translation, const SobreSqlVector *codes, GError **error)
{
  const SobreSqlKeyRange range = { 0, 0 };
  guint n = 0;
  g_autofree guint32 *index = g_new (guint32, codes->n_dictionary + 1);
  g_autofree guint32 *groups = g_new (guint32, codes->n_dictionary + 1);
  SobreSqlVector texts = { .physical = SOBRE_SQL_PHYSICAL_TEXT, .mask = G_MAXUINT, .s = (SobreText *) codes->dictionary };

  translation->texts = sobre_sql_groups_new (1, &range, self->lookup->budget);
  for (guint i = 0; i < codes->n_dictionary; i++)
    if (codes->dictionary[i].data != NULL)
      index[n++] = i;
  if (!sobre_sql_groups_assign (translation->texts, &texts, (SobreSqlRows) { index, n }, groups, error))
    return FALSE;
  translation->codes_of_groups = g_new (guint32, n + 1);
  for (guint i = 0; i < n; i++)
    translation->codes_of_groups[groups[index[i]]] = index[i];
  return TRUE;
}

/* A text's code in the lookup's dictionary, or that there is none. */
static gboolean
find_texts (SobreSqlProbe *self,
            Translation *translation,
            const SobreSqlVector *stored,
            const SobreSqlVector *texts,
            SobreSqlRows rows,
            guint32 *codes,
            GError **error)
{
  g_autofree guint64 *scratch = NULL;
  guint size = rows.n == 0 ? 0 : rows.index != NULL ? rows.index[rows.n - 1] + 1 : rows.n;

  if (translation->texts == NULL && !learn_texts (self, translation, stored, error))
    return FALSE;
  scratch = g_new (guint64, size + 1);
  sobre_sql_groups_find (translation->texts, texts, rows, scratch, codes);
  SOBRE_SQL_EACH (rows, r, {
    if (codes[r] != SOBRE_SQL_NO_GROUP)
      codes[r] = translation->codes_of_groups[codes[r]];
  });
  return TRUE;
}

static gboolean
learn_codes (SobreSqlProbe *self,
             Translation *translation,
             const SobreSqlVector *stored,
             const SobreSqlVector *key,
             GError **error)
{
  guint n = key->n_dictionary;
  SobreSqlVector texts = { .physical = SOBRE_SQL_PHYSICAL_TEXT, .mask = G_MAXUINT, .s = (SobreText *) key->dictionary };

  if (translation->codes != NULL && translation->from == key->dictionary && translation->n_from == n)
    return TRUE;
  g_free (translation->codes);
  translation->codes = g_new (guint32, n + 1);
  translation->from = key->dictionary;
  translation->n_from = n;
  return find_texts (self, translation, stored, &texts, (SobreSqlRows) { NULL, n }, translation->codes, error);
}

/* Brings a key into the layout that the lookup has it in. Rows that cannot be found lose their place in @rows. */
static gboolean
translate (SobreSqlProbe *self, guint key, SobreSqlEval *eval, SobreSqlVector *vector, SobreSqlRows *rows, GError **error)
{
  Translation *translation = &self->translations[key];
  SobreSqlVector stored = sobre_sql_groups_view (self->lookup->groups, key, 0);
  SobreSqlVector to = *vector;
  guint32 *index;
  guint n = 0;

  if (stored.physical == SOBRE_SQL_PHYSICAL_TEXT && vector->physical == SOBRE_SQL_PHYSICAL_CODE)
    {
      if (!sobre_sql_eval_make (eval, SOBRE_SQL_PHYSICAL_TEXT, &to, error))
        return FALSE;
      SOBRE_SQL_EACH (*rows, r, to.s[r] = sobre_sql_vector_get_text (vector, r););
      *vector = to;
      return TRUE;
    }
  if (stored.physical != SOBRE_SQL_PHYSICAL_CODE ||
      (vector->physical == SOBRE_SQL_PHYSICAL_CODE && vector->dictionary == stored.dictionary))
    return TRUE;
  index = sobre_sql_eval_scratch (eval, MAX (rows->n, 1) * sizeof (guint32), error);
  if (index == NULL || !sobre_sql_eval_make (eval, SOBRE_SQL_PHYSICAL_CODE, &to, error))
    return FALSE;
  if (vector->physical == SOBRE_SQL_PHYSICAL_CODE)
    {
      if (!learn_codes (self, translation, &stored, vector, error))
        return FALSE;
      SOBRE_SQL_EACH (*rows, r, to.code[r] = translation->codes[vector->code[r & vector->mask]];);
    }
  else if (!find_texts (self, translation, &stored, vector, *rows, to.code, error))
    return FALSE;
  SOBRE_SQL_EACH (*rows, r, {
    index[n] = r;
    n += to.code[r] != SOBRE_SQL_NO_GROUP;
  });
  to.dictionary = stored.dictionary;
  to.n_dictionary = stored.n_dictionary;
  *vector = to;
  *rows = (SobreSqlRows) { index, n };
  return TRUE;
}

gboolean
sobre_sql_probe_find (SobreSqlProbe *self,
                      SobreSqlEval *eval,
                      const SobreSqlVector *keys,
                      SobreSqlRows rows,
                      guint32 *groups,
                      GError **error)
{
  const SobreSqlLookup *lookup = self->lookup;
  g_autofree SobreSqlVector *translated = NULL;
  guint32 *index;
  guint64 *scratch;
  SobreSqlRows asked;
  gboolean has_null;

  if (lookup->n_keys == 0)
    {
      SOBRE_SQL_EACH (rows, r, groups[r] = lookup->n_groups > 0 ? 0 : SOBRE_SQL_NO_GROUP;);
      return TRUE;
    }
  SOBRE_SQL_EACH (rows, r, groups[r] = SOBRE_SQL_NO_GROUP;);
  if (lookup->n_groups == 0)
    return TRUE;
  index = sobre_sql_eval_scratch (eval, MAX (rows.n, 1) * sizeof (guint32), error);
  scratch = sobre_sql_eval_scratch (eval, MAX (eval->n_rows, 1) * sizeof (guint64), error);
  if (index == NULL || scratch == NULL)
    return FALSE;
  drop_unequal (keys, lookup->n_keys, rows, index, &asked.n, &has_null);
  asked.index = index;
  translated = g_memdup2 (keys, lookup->n_keys * sizeof *keys);
  for (guint i = 0; i < lookup->n_keys; i++)
    if (!translate (self, i, eval, &translated[i], &asked, error))
      return FALSE;
  sobre_sql_groups_find (lookup->groups, translated, asked, scratch, groups);
  return TRUE;
}
