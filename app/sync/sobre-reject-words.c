/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The rules' names as sentences. What is not known here is a rule of a newer file of rules, and is said by its name. */

#include "sync/sobre-rejects.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/** Sentence: @name: of a rule, or what is wrong with a member, behind the last dot · @words: of a member, with a place for its path */
typedef struct
{
  const char *name;
  const char *words;
} Sentence;

static const Sentence of_lines[] = {
  { "line.length", N_ ("It is too long") },
  { "utf8", N_ ("It is not UTF-8 text") },
  { "nul", N_ ("It holds a NUL byte") },
  { "depth", N_ ("It is nested too deeply") },
  { "json", N_ ("It is not JSON") },
  { "string", N_ ("A text in it stands for no characters") },
  { "number", N_ ("A number in it is none") },
  { "object", N_ ("It is no JSON object") },
  { "duplicate", N_ ("A member stands in it twice") },
};

static const Sentence of_members[] = {
  { "missing", N_ ("“%s” is missing") },
  { "type", N_ ("“%s” is of another type") },
  { "form", N_ ("“%s” is not written as it has to be") },
  { "length", N_ ("“%s” is empty or too long") },
  { "range", N_ ("“%s” is out of its range") },
  { "value", N_ ("“%s” is none of the values that are allowed") },
  { "count", N_ ("“%s” has too many entries") },
  { "forbidden", N_ ("“%s” must not be there") },
};

char *
sobre_reject_dup_words (const char *rule)
{
  const char *dot = strrchr (rule, '.');

  for (guint i = 0; i < G_N_ELEMENTS (of_lines); i++)
    if (strcmp (rule, of_lines[i].name) == 0)
      return g_strdup (_ (of_lines[i].words));
  for (guint i = 0; dot != NULL && i < G_N_ELEMENTS (of_members); i++)
    if (strcmp (dot + 1, of_members[i].name) == 0)
      {
        g_auto (GStrv) parts = g_strsplit (_ (of_members[i].words), "%s", 2);
        g_autofree char *member = g_strndup (rule, dot - rule);

        return g_strjoinv (member, parts);
      }
  return g_strdup (rule);
}
