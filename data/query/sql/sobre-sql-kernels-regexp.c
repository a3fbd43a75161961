/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-kernels-private.h"

#include <string.h>

#include "query/sql/sobre-sql-regexp.h"

/* Functions of regular expressions. The pattern is a literal, which the binder compiled; its groups are counted from 1, and 0 is the whole.
 *
 * Matches follow each other as Joni finds them: the next one is looked for behind the last, and one character further on where that was
 * empty. */

/** Finds: the matches in one text, one after the other. */
typedef struct
{
  SobreSqlFrame *frame;
  SobreText text;
  gsize next;
  SobreSqlMatch match;
} Finds;

static gboolean
begin (Finds *self, SobreSqlFrame *frame, SobreText text)
{
  *self = (Finds) { .frame = frame, .text = text.length > 0 ? text : sobre_text ("") };
  return sobre_sql_regexp_check (frame->expr->regexp, text, frame->expr->position, frame->error);
}

static gboolean
find_next (Finds *self, gboolean *found)
{
  gsize start, end;

  if (!sobre_sql_regexp_match (self->frame->expr->regexp, self->text, self->next, self->frame->expr->position,
                               self->frame->budget, &self->match, found, self->frame->error))
    return FALSE;
  if (!*found)
    return TRUE;
  start = self->match.starts[0];
  end = self->match.ends[0];
  self->next = end > start                 ? end
               : start < self->text.length ? end + (gsize) g_utf8_skip[(guchar) self->text.data[start]]
                                           : end + 1;
  return TRUE;
}

static SobreText
get_group (const Finds *self, guint group)
{
  gsize start = self->match.starts[group];

  return (SobreText) { self->text.data + start, self->match.ends[group] - start };
}

/* The group that argument @i names; the whole where there is none. */
static gboolean
read_group (SobreSqlFrame *frame, const SobreSqlValue *arguments, guint i, guint *group)
{
  guint n = sobre_sql_regexp_get_n_groups (frame->expr->regexp);
  gint64 number = frame->expr->n_children > i ? arguments[i].i : 0;

  if (number < 0 || number > n)
    return SOBRE_SQL_FAIL (frame, "the regular expression has %u groups, and no number %" G_GINT64_FORMAT, n, number);
  *group = (guint) number;
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (regexp_like)
{
  Finds finds;
  gboolean found;

  if (!begin (&finds, frame, arguments[0].s) || !find_next (&finds, &found))
    return FALSE;
  result->i = found;
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (regexp_extract)
{
  Finds finds;
  gboolean found;
  guint group;

  if (!read_group (frame, arguments, 2, &group) || !begin (&finds, frame, arguments[0].s) || !find_next (&finds, &found))
    return FALSE;
  result->null = !found || finds.match.starts[group] == G_MAXUINT;
  if (!result->null)
    result->s = get_group (&finds, group);
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (regexp_count)
{
  Finds finds;
  gboolean found = TRUE;

  if (!begin (&finds, frame, arguments[0].s))
    return FALSE;
  for (result->i = 0; found; result->i += found)
    if (!find_next (&finds, &found))
      return FALSE;
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (regexp_position)
{
  Finds finds;
  gboolean found;

  if (!begin (&finds, frame, arguments[0].s) || !find_next (&finds, &found))
    return FALSE;
  result->i = found ? g_utf8_strlen (finds.text.data, finds.match.starts[0]) + 1 : -1;
  return TRUE;
}

/* Behind a $: the digits of a group, as many of them as name one. */
static gboolean
append_group (const Finds *finds, SobreText with, gsize *at, GString *text)
{
  guint n = sobre_sql_regexp_get_n_groups (finds->frame->expr->regexp);
  guint group;

  if (*at < with.length && with.data[*at] == '{')
    return SOBRE_SQL_REFUSE (finds->frame, "a group with a name in a replacement is not available offline");
  if (*at == with.length || !g_ascii_isdigit (with.data[*at]) || (guint) (with.data[*at] - '0') > n)
    return SOBRE_SQL_FAIL (finds->frame, "in a replacement, $ stands before the number of a group");
  group = (guint) (with.data[(*at)++] - '0');
  while (*at < with.length && g_ascii_isdigit (with.data[*at]) && group * 10 + (guint) (with.data[*at] - '0') <= n)
    group = group * 10 + (guint) (with.data[(*at)++] - '0');
  if (finds->match.starts[group] != G_MAXUINT)
    {
      SobreText part = get_group (finds, group);

      g_string_append_len (text, part.data, (gssize) part.length);
    }
  return TRUE;
}

static gboolean
append_replacement (const Finds *finds, SobreText with, GString *text)
{
  for (gsize at = 0; at < with.length;)
    {
      char c = with.data[at++];

      if (c == '$')
        {
          if (!append_group (finds, with, &at, text))
            return FALSE;
          continue;
        }
      if (c == '\\' && at == with.length)
        return SOBRE_SQL_FAIL (finds->frame, "a replacement does not end in a backslash");
      g_string_append_c (text, c == '\\' ? with.data[at++] : c);
    }
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (regexp_replace)
{
  SobreText with = frame->expr->n_children > 2 ? arguments[2].s : (SobreText) { "", 0 };
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean found = TRUE;
  gsize last = 0;
  Finds finds;

  if (!begin (&finds, frame, arguments[0].s))
    return FALSE;
  while (TRUE)
    {
      if (!find_next (&finds, &found))
        return FALSE;
      if (!found)
        break;
      g_string_append_len (text, finds.text.data + last, (gssize) (finds.match.starts[0] - last));
      last = finds.match.ends[0];
      if (!append_replacement (&finds, with, text))
        return FALSE;
      if (text->len > SOBRE_SQL_MAX_TEXT)
        break;
    }
  g_string_append_len (text, finds.text.data + last, (gssize) (finds.text.length - last));
  if (text->len > SOBRE_SQL_MAX_TEXT)
    return sobre_query_error_set (frame->error, SOBRE_QUERY_ERROR_LIMIT, frame->expr->position, "a text longer than %d bytes",
                                  SOBRE_SQL_MAX_TEXT);
  result->s = sobre_sql_arena_text (frame->arena, (SobreText) { text->str, text->len });
  return TRUE;
}

gboolean
sobre_sql_list_regexp_extract_all (SobreSqlFrame *frame, const SobreSqlValue *arguments, GArray *elements)
{
  Finds finds;
  gboolean found;
  guint group;

  if (!read_group (frame, arguments, 2, &group) || !begin (&finds, frame, arguments[0].s))
    return FALSE;
  while (find_next (&finds, &found))
    {
      SobreSqlValue value = { FALSE };

      if (!found)
        return TRUE;
      value.null = finds.match.starts[group] == G_MAXUINT;
      if (!value.null)
        value.s = get_group (&finds, group);
      g_array_append_val (elements, value);
    }
  return FALSE;
}

gboolean
sobre_sql_list_regexp_split (SobreSqlFrame *frame, const SobreSqlValue *arguments, GArray *elements)
{
  SobreSqlValue piece = { FALSE };
  gboolean found;
  gsize last = 0;
  Finds finds;

  if (!begin (&finds, frame, arguments[0].s))
    return FALSE;
  while (find_next (&finds, &found))
    {
      piece.s = (SobreText) { finds.text.data + last, (found ? finds.match.starts[0] : finds.text.length) - last };
      g_array_append_val (elements, piece);
      if (!found)
        return TRUE;
      last = finds.match.ends[0];
    }
  return FALSE;
}
