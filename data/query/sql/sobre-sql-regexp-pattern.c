/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-regexp-pattern.h"

#include <string.h>

#include "query/sobre-query-error.h"
#include "query/sql/sobre-sql-regexp.h"

/* Which regular expressions are taken.
 *
 * Athena matches with Joni, which reads Java's syntax, this engine with PCRE2. The patterns that are taken are those that mean the same to
 * both:
 *
 *   pattern     = ["(?i)"] alternatives
 *   alternatives = {element [quantifier]} {"|" …}
 *   element     = character | "." | "^" | "$" | class | escape | "(" alternatives ")" | "(?:" … | "(?=" … | "(?!" …
 *   quantifier  = ("*" | "+" | "?" | "{" n ["," [n]] "}") ["?"]
 *   class       = "[" ["^"] {character | character "-" character | escape} "]"
 *   escape      = "\" and: a sign, t n r f, d D s S w W, b B outside classes, p{…} and P{…} of a general category */

#define MAX_DEPTH 30
#define MAX_REPEAT 1000

typedef struct
{
  SobreSqlPattern *pattern;
  const char *at;
  const char *end;
  SobreSqlPosition position;
  GError **error;
  guint depth;
} Reader;

gboolean
sobre_sql_pattern_refuse (const char *what, SobreSqlPosition position, GError **error)
{
  return sobre_query_error_set (error, SOBRE_QUERY_ERROR_UNSUPPORTED, position,
                                "%s in a regular expression is not available offline: docs/sql.md says what is", what);
}

static gboolean
refuse (Reader *self, const char *what)
{
  return sobre_sql_pattern_refuse (what, self->position, self->error);
}

static gboolean
starts_with (const Reader *self, const char *text)
{
  gsize length = strlen (text);

  return (gsize) (self->end - self->at) >= length && memcmp (self->at, text, length) == 0;
}

static gboolean
take (Reader *self, const char *text)
{
  if (!starts_with (self, text))
    return FALSE;
  self->at += strlen (text);
  return TRUE;
}

/* \p{L} or \p{Lu}, behind the p. */
static gboolean
read_category (Reader *self)
{
  static const char *const categories[] = {
    "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "N", "Nd", "Nl", "No", "P", "S", "Sc", "Z"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (categories); i++)
    {
      g_autofree char *category = g_strdup_printf ("{%s}", categories[i]);

      if (take (self, category))
        return TRUE;
    }
  return refuse (self, "\\p of anything but a general category");
}

/* Behind the backslash. */
static gboolean
read_escape (Reader *self, gboolean in_class)
{
  char c = self->at < self->end ? *self->at++ : '\0';

  switch (c)
    {
    case 'd':
    case 'D':
      self->pattern->digits = TRUE;
      return TRUE;
    case 's':
    case 'S':
      self->pattern->blanks = TRUE;
      return TRUE;
    case 'w':
    case 'W':
      self->pattern->words = TRUE;
      return TRUE;
    case 'b':
    case 'B':
      self->pattern->words = TRUE;
      return !in_class || refuse (self, "\\b in brackets");
    case 'p':
    case 'P':
      return read_category (self);
    case 't':
    case 'n':
    case 'r':
    case 'f':
      return TRUE;
    default:
      if (g_ascii_ispunct (c))
        return TRUE;
      return refuse (self, "a backslash before this letter, digit or end");
    }
}

static gboolean
read_class_part (Reader *self)
{
  if (take (self, "\\"))
    return read_escape (self, TRUE);
  if (*self->at == '[' || starts_with (self, "&&"))
    return refuse (self, "[ or && in brackets");
  self->at += g_utf8_skip[(guchar) *self->at];
  return TRUE;
}

static gboolean
is_letter_escape (const char *at, const char *end)
{
  return end - at >= 2 && at[0] == '\\' && g_ascii_isalnum (at[1]);
}

/* Behind the opening bracket. */
static gboolean
read_class (Reader *self)
{
  gboolean is_first = TRUE;

  take (self, "^");
  if (starts_with (self, "]"))
    return refuse (self, "] as the first in brackets");
  for (; self->at < self->end && *self->at != ']'; is_first = FALSE)
    {
      const char *start = self->at;

      /* A minus is itself only where it stands first or last, and else is between two characters. */
      if (*self->at == '-' && !is_first && (self->at + 1 == self->end || self->at[1] != ']'))
        return refuse (self, "- in the middle of brackets");
      if (!read_class_part (self))
        return FALSE;
      if (starts_with (self, "-") && self->at + 1 < self->end && self->at[1] != ']')
        {
          self->at++;
          if (is_letter_escape (start, self->end) || is_letter_escape (self->at, self->end))
            return refuse (self, "a class as an end of a range");
          if (!read_class_part (self))
            return FALSE;
        }
    }
  if (take (self, "]"))
    return TRUE;
  return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, self->position, "a regular expression lacks a ]");
}

static gboolean
read_number (Reader *self, guint *number)
{
  const char *start = self->at;

  for (*number = 0; self->at < self->end && g_ascii_isdigit (*self->at) && self->at - start < 5; self->at++)
    *number = *number * 10 + (guint) (*self->at - '0');
  return self->at > start && *number <= MAX_REPEAT;
}

/* @may_be_none: whether the element may be taken zero times · @repeats: whether more than once */
static gboolean
read_quantifier (Reader *self, gboolean *may_be_none, gboolean *repeats)
{
  guint low = 1, high = 1;

  *may_be_none = *repeats = FALSE;
  if (self->at == self->end || strchr ("*+?{", *self->at) == NULL)
    return TRUE;
  switch (*self->at++)
    {
    case '*':
      low = 0;
      high = MAX_REPEAT;
      break;
    case '+':
      high = MAX_REPEAT;
      break;
    case '?':
      low = 0;
      break;
    default:
      if (!read_number (self, &low))
        return refuse (self, "{ that begins no number of at most 1000");
      high = low;
      if (take (self, ",") && !starts_with (self, "}") && !read_number (self, &high))
        return refuse (self, "{ that begins no number of at most 1000");
      if (self->at[-1] == ',')
        high = MAX_REPEAT;
      if (!take (self, "}"))
        return refuse (self, "{ that is not closed");
      break;
    }
  *may_be_none = low == 0;
  *repeats = high > 1;
  take (self, "?");
  if (self->at < self->end && strchr ("*+?{", *self->at) != NULL)
    return refuse (self, "a quantifier behind a quantifier");
  return TRUE;
}

static gboolean read_alternatives (Reader *self, gboolean *may_be_empty);

/* Behind the opening bracket. */
static gboolean
read_group (Reader *self, gboolean *may_be_empty)
{
  gboolean looks = starts_with (self, "?=") || starts_with (self, "?!");

  if (looks)
    self->at += 2;
  else if (starts_with (self, "?"))
    {
      if (!take (self, "?:"))
        return refuse (self, "a group with ? other than (?:…), (?=…), (?!…), and (?i) at the beginning,");
    }
  else if (starts_with (self, "*"))
    return refuse (self, "(*");
  else if (++self->pattern->n_groups > SOBRE_SQL_MAX_GROUPS)
    return refuse (self, "a 33rd group");
  if (self->depth == MAX_DEPTH)
    return refuse (self, "so deep a nesting");
  self->depth++;
  if (!read_alternatives (self, may_be_empty))
    return FALSE;
  self->depth--;
  *may_be_empty = *may_be_empty || looks;
  if (take (self, ")"))
    return TRUE;
  return sobre_query_error_set (self->error, SOBRE_QUERY_ERROR_TYPE, self->position, "a regular expression lacks a )");
}

static gboolean
read_element (Reader *self, gboolean *may_be_empty)
{
  const char *start = self->at;

  *may_be_empty = FALSE;
  if (take (self, "("))
    return read_group (self, may_be_empty);
  if (take (self, "["))
    return read_class (self);
  if (take (self, "\\"))
    {
      *may_be_empty = starts_with (self, "b") || starts_with (self, "B");
      return read_escape (self, FALSE);
    }
  if (take (self, "^") || take (self, "$"))
    {
      *may_be_empty = TRUE;
      return TRUE;
    }
  if (strchr ("*+?{}]", *start) != NULL)
    return refuse (self, "a bare sign of *, +, ?, {, } or ]");
  self->at += g_utf8_skip[(guchar) *self->at];
  return TRUE;
}

static gboolean
read_alternatives (Reader *self, gboolean *may_be_empty)
{
  gboolean is_empty = TRUE;

  *may_be_empty = FALSE;
  while (self->at < self->end && *self->at != ')')
    {
      gboolean element_may_be_empty, may_be_none, repeats;

      if (take (self, "|"))
        {
          *may_be_empty = *may_be_empty || is_empty;
          is_empty = TRUE;
          continue;
        }
      if (!read_element (self, &element_may_be_empty) || !read_quantifier (self, &may_be_none, &repeats))
        return FALSE;
      /* Engines differ in how often they go round a loop that takes nothing, and so in what its groups hold. */
      if (element_may_be_empty && (repeats || may_be_none))
        return refuse (self, "a quantifier behind what may be empty");
      is_empty = is_empty && (element_may_be_empty || may_be_none);
    }
  *may_be_empty = *may_be_empty || is_empty;
  return TRUE;
}

gboolean
sobre_sql_pattern_read (SobreText text, SobreSqlPosition position, SobreSqlPattern *pattern, GError **error)
{
  Reader reader = { pattern, text.data, text.data + text.length, position, error, 0 };
  gboolean may_be_empty;

  *pattern = (SobreSqlPattern) { 0 };
  pattern->ignores_case = take (&reader, "(?i)");
  if (!read_alternatives (&reader, &may_be_empty))
    return FALSE;
  if (reader.at == reader.end)
    return TRUE;
  return sobre_query_error_set (error, SOBRE_QUERY_ERROR_TYPE, position, "a regular expression has a ) too much");
}
