/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-regexp.h"

#include <string.h>

#include "query/sql/sobre-sql-regexp-pattern.h"

/* Regular expressions: which patterns are taken is told in sobre-sql-regexp-pattern.c.
 *
 * Some are the same only on some texts: \w and \b know letters beyond ASCII in one engine and not in others; so do \d digits and \s blanks; and
 * without regard to case "ss" is found in "ß" by some. Such a text is refused when it is met.
 *
 * A pattern that goes wrong can take exponential time. PCRE2 counts its steps from each place of the text anew, so the product of both bounds
 * its work: a short text is given to it as a whole with many steps for each place, a longer one with few; where those are not enough, or
 * the text is long, it is asked about one place after the other, and the clock is looked at between them. */

#define MAX_PATTERN 1000
#define MANY_STEPS "(*LIMIT_MATCH=200000)(*LIMIT_HEAP=16384)"
#define FEW_STEPS "(*LIMIT_MATCH=2000)(*LIMIT_HEAP=16384)"
#define SHORT_TEXT 256
#define MIDDLE_TEXT 4096
#define LONG_S 0x17f  /* an s where case does not count */
#define KELVIN 0x212a /* likewise a k */

struct _SobreSqlRegexp
{
  GRegex *regex;
  GRegex *quick; /* the same, with few steps */
  SobreSqlPattern pattern;
  gboolean folds; /* without regard to case, and letters that one sign may stand for */
};

/* Letters that one sign may stand for where case does not count: ß and the ligatures. */
static gboolean
has_fold (SobreText pattern)
{
  static const char *const pairs[] = { "ss", "ff", "fi", "fl", "st" };
  g_autofree char *lower = g_utf8_strdown (pattern.data, (gssize) pattern.length);

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (strstr (lower, pairs[i]) != NULL)
      return TRUE;
  for (const char *c = lower; *c != '\0'; c++)
    if ((guchar) *c >= 0x80 || *c == '{')
      return TRUE;
  return FALSE;
}

/* ß, capital ß, dotted capital I, the ligatures, and others that are several letters in another case. */
static gboolean
folds_to_several (gunichar c)
{
  return c == 0xdf || c == 0x1e9e || c == 0x130 || c == 0x149 || c == 0x1f0 || (c >= 0x1e96 && c <= 0x1e9a) ||
         (c >= 0xfb00 && c <= 0xfb17);
}

static gboolean
has_folding_letter (SobreText text)
{
  for (gsize i = 0; i < text.length; i += (gsize) g_utf8_skip[(guchar) text.data[i]])
    if (folds_to_several (g_utf8_get_char (text.data + i)))
      return TRUE;
  return FALSE;
}

/* Without G_REGEX_OPTIMIZE: machine code cannot be made in this process. */
static GRegex *
compile (const char *limits, SobreText pattern)
{
  g_autoptr (GString) text = g_string_new (limits);

  g_string_append_len (text, pattern.data, (gssize) pattern.length);
  return g_regex_new (text->str, G_REGEX_NEWLINE_LF, 0, NULL);
}

SobreSqlRegexp *
sobre_sql_regexp_new (SobreText pattern, SobreSqlPosition position, GError **error)
{
  g_autoptr (SobreSqlRegexp) self = g_new0 (SobreSqlRegexp, 1);

  if (pattern.length > MAX_PATTERN)
    {
      sobre_query_error_set (error, SOBRE_QUERY_ERROR_LIMIT, position, "a regular expression of more than %d bytes",
                             MAX_PATTERN);
      return NULL;
    }
  if (!sobre_sql_pattern_read (pattern, position, &self->pattern, error) ||
      (self->pattern.ignores_case && has_folding_letter (pattern) &&
       !sobre_sql_pattern_refuse ("(?i) with ß or a ligature", position, error)))
    return NULL;
  self->folds = self->pattern.ignores_case && has_fold (pattern);
  self->regex = compile (MANY_STEPS, pattern);
  self->quick = compile (FEW_STEPS, pattern);
  if (self->regex == NULL || self->quick == NULL)
    {
      sobre_query_error_set (error, SOBRE_QUERY_ERROR_LIMIT, position, "a regular expression that is too large");
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
sobre_sql_regexp_free (SobreSqlRegexp *self)
{
  g_clear_pointer (&self->regex, g_regex_unref);
  g_clear_pointer (&self->quick, g_regex_unref);
  g_free (self);
}

guint
sobre_sql_regexp_get_n_groups (const SobreSqlRegexp *self)
{
  return self->pattern.n_groups;
}

gboolean
sobre_sql_regexp_check (const SobreSqlRegexp *self, SobreText text, SobreSqlPosition position, GError **error)
{
  const char *what = NULL;

  if (!self->pattern.words && !self->pattern.digits && !self->pattern.blanks && !self->pattern.ignores_case)
    return TRUE;
  for (gsize i = 0; i < text.length && what == NULL; i += (gsize) g_utf8_skip[(guchar) text.data[i]])
    {
      gunichar c;

      if ((guchar) text.data[i] < 0x80)
        continue;
      c = g_utf8_get_char (text.data + i);
      if (self->pattern.words && (g_unichar_isalnum (c) || g_unichar_ismark (c)))
        what = "\\w and \\b in a text with letters beyond ASCII are";
      else if (self->pattern.digits && g_unichar_isdigit (c))
        what = "\\d in a text with digits beyond ASCII is";
      else if (self->pattern.blanks &&
               (g_unichar_isspace (c) || c == 0x85 || c == 0xa0 || c == 0x180e || c == 0x202f || c == 0x2007))
        what = "\\s in a text with blanks beyond ASCII is";
      else if (self->folds && folds_to_several (c))
        what = "(?i) in a text with ß or ligatures is";
      else if (self->pattern.ignores_case && (c == LONG_S || c == KELVIN))
        what = "(?i) in a text with a long s or the sign of Kelvin is";
    }
  return what == NULL || sobre_query_error_set (error, SOBRE_QUERY_ERROR_UNSUPPORTED, position,
                                                "%s not available offline: engines differ in it", what);
}

/* %FALSE when it takes too many steps. */
static gboolean
match_from (const SobreSqlRegexp *self,
            const GRegex *regex,
            SobreText text,
            gsize from,
            GRegexMatchFlags flags,
            SobreSqlMatch *match,
            gboolean *found)
{
  g_autoptr (GMatchInfo) info = NULL;
  g_autoptr (GError) failure = NULL;

  *found =
      g_regex_match_full (regex, text.length > 0 ? text.data : "", (gssize) text.length, (int) from, flags, &info, &failure);
  if (failure != NULL)
    return FALSE;
  for (guint i = 0; *found && i <= self->pattern.n_groups; i++)
    {
      int start = -1, end = -1;

      match->starts[i] = G_MAXUINT;
      if (g_match_info_fetch_pos (info, (int) i, &start, &end) && start >= 0)
        {
          match->starts[i] = (guint) start;
          match->ends[i] = (guint) end;
        }
    }
  return TRUE;
}

static gboolean
fail_steps (SobreSqlPosition position, GError **error)
{
  return sobre_query_error_set (error, SOBRE_QUERY_ERROR_LIMIT, position, "the regular expression takes too many steps");
}

gboolean
sobre_sql_regexp_match (const SobreSqlRegexp *self,
                        SobreText text,
                        gsize from,
                        SobreSqlPosition position,
                        SobreSqlBudget *budget,
                        SobreSqlMatch *match,
                        gboolean *found,
                        GError **error)
{
  gsize length = text.length - MIN (from, text.length);

  *found = FALSE;
  if (from > text.length)
    return TRUE;
  if (length <= SHORT_TEXT)
    return (match_from (self, self->regex, text, from, 0, match, found) || fail_steps (position, error)) &&
           sobre_sql_budget_check_time (budget, error);
  if (length <= MIDDLE_TEXT && match_from (self, self->quick, text, from, 0, match, found))
    return sobre_sql_budget_check_time (budget, error);
  for (guint n = 0; from <= text.length && !*found; n++)
    {
      if (!match_from (self, self->regex, text, from, G_REGEX_MATCH_ANCHORED, match, found))
        return fail_steps (position, error);
      if ((n & 15) == 0 && !sobre_sql_budget_check_time (budget, error))
        return FALSE;
      from += from < text.length ? (gsize) g_utf8_skip[(guchar) text.data[from]] : 1;
    }
  return TRUE;
}
