/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-kernels-private.h"

#include <string.h>

/* Text functions. Texts are UTF-8 and counted in code points, as Trino counts them. No result is longer than SOBRE_SQL_MAX_TEXT, so
 * each call's work is bounded. */

static gboolean
check_length (SobreSqlFrame *frame, gsize length)
{
  if (length <= SOBRE_SQL_MAX_TEXT)
    return TRUE;
  return sobre_query_error_set (frame->error, SOBRE_QUERY_ERROR_LIMIT, frame->expr->position, "a text longer than %d bytes",
                                SOBRE_SQL_MAX_TEXT);
}

static gint64
count_characters (SobreText text)
{
  gint64 n = 0;

  for (gsize i = 0; i < text.length; i++)
    n += ((guchar) text.data[i] & 0xc0) != 0x80;
  return n;
}

/* The bytes before character @n, counted from 0; the whole length where there are fewer. */
static gsize
find_character (SobreText text, gint64 n)
{
  gsize i = 0;

  for (; i < text.length; i++)
    if (((guchar) text.data[i] & 0xc0) != 0x80 && n-- == 0)
      break;
  return i;
}

static SobreText
slice (SobreText text, gsize from, gsize to)
{
  return (SobreText) { text.data + from, to - from };
}

SOBRE_SQL_DECLARE_KERNEL (length)
{
  result->i = count_characters (arguments[0].s);
  return TRUE;
}

static gboolean
is_ascii (SobreText text)
{
  for (gsize i = 0; i < text.length; i++)
    if ((guchar) text.data[i] >= 0x80)
      return FALSE;
  return TRUE;
}

/* Maps each code point by itself, as Trino does: "ß" stays "ß". A mapping can lengthen a text by half at most. */
static gboolean
map_case (SobreSqlFrame *frame,
          SobreText text,
          gunichar (*map) (gunichar c),
          gchar (*map_ascii) (gchar c),
          SobreSqlValue *result)
{
  gboolean ascii = is_ascii (text);
  char *copy = sobre_sql_arena_alloc (frame->arena, ascii ? text.length + 1 : text.length * 2 + 1);
  gsize length = 0;

  for (gsize i = 0; i < text.length;)
    {
      if (ascii)
        copy[length++] = map_ascii (text.data[i++]);
      else
        {
          const char *at = text.data + i;

          length += (gsize) g_unichar_to_utf8 (map (g_utf8_get_char (at)), copy + length);
          i += (gsize) g_utf8_skip[(guchar) *at];
        }
    }
  result->s = (SobreText) { copy, length };
  return check_length (frame, length);
}

SOBRE_SQL_DECLARE_KERNEL (lower) { return map_case (frame, arguments[0].s, g_unichar_tolower, g_ascii_tolower, result); }

SOBRE_SQL_DECLARE_KERNEL (upper) { return map_case (frame, arguments[0].s, g_unichar_toupper, g_ascii_toupper, result); }

SOBRE_SQL_DECLARE_KERNEL (concat)
{
  gsize length = 0;
  char *copy;

  for (guint i = 0; i < frame->expr->n_children; i++)
    length += arguments[i].s.length;
  if (!check_length (frame, length))
    return FALSE;
  copy = sobre_sql_arena_alloc (frame->arena, length + 1);
  result->s = (SobreText) { copy, length };
  for (guint i = 0; i < frame->expr->n_children; i++)
    {
      if (arguments[i].s.length > 0)
        memcpy (copy, arguments[i].s.data, arguments[i].s.length);
      copy += arguments[i].s.length;
    }
  return TRUE;
}

/* Skips NULL texts; only a NULL separator makes the result NULL. */
SOBRE_SQL_DECLARE_KERNEL (concat_ws)
{
  g_autoptr (GString) text = NULL;
  gboolean any = FALSE;

  result->null = arguments[0].null;
  if (result->null)
    return TRUE;
  text = g_string_new (NULL);
  for (guint i = 1; i < frame->expr->n_children; i++)
    {
      if (arguments[i].null)
        continue;
      if (any)
        g_string_append_len (text, arguments[0].s.data, (gssize) arguments[0].s.length);
      g_string_append_len (text, arguments[i].s.data, (gssize) arguments[i].s.length);
      any = TRUE;
    }
  result->s = sobre_sql_arena_text (frame->arena, (SobreText) { text->str, text->len });
  return check_length (frame, text->len);
}

/* substr(text, start[, length]): start counts from 1, from the end where it is negative; 0 gives an empty text. */
SOBRE_SQL_DECLARE_KERNEL (substr)
{
  SobreText text = arguments[0].s;
  gint64 n = count_characters (text);
  gint64 start = arguments[1].i;
  gint64 length = frame->expr->n_children > 2 ? arguments[2].i : G_MAXINT64;
  gsize from;

  if (start < 0)
    start = start < -n ? 0 : n + start + 1;
  if (start == 0 || start > n || length <= 0)
    {
      result->s = (SobreText) { "", 0 };
      return TRUE;
    }
  from = find_character (text, start - 1);
  result->s = slice (text, from, text.length);
  if (length < n)
    result->s.length = find_character (result->s, length);
  return TRUE;
}

/* Java's Character.isWhitespace(), which is what Trino trims: the no-break spaces are not among it. */
static gboolean
is_blank (gunichar c)
{
  return (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x20) || c == 0x1680 || (c >= 0x2000 && c <= 0x2006) ||
         (c >= 0x2008 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x205f || c == 0x3000;
}

static void
trim_left (SobreText *text)
{
  while (text->length > 0 && is_blank (g_utf8_get_char (text->data)))
    {
      gsize skip = (gsize) g_utf8_skip[(guchar) *text->data];

      *text = slice (*text, skip, text->length);
    }
}

static void
trim_right (SobreText *text)
{
  while (text->length > 0)
    {
      gsize at = text->length - 1;

      while (at > 0 && ((guchar) text->data[at] & 0xc0) == 0x80)
        at--;
      if (!is_blank (g_utf8_get_char (text->data + at)))
        break;
      text->length = at;
    }
}

SOBRE_SQL_DECLARE_KERNEL (trim)
{
  result->s = arguments[0].s;
  trim_left (&result->s);
  trim_right (&result->s);
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (ltrim)
{
  result->s = arguments[0].s;
  trim_left (&result->s);
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (rtrim)
{
  result->s = arguments[0].s;
  trim_right (&result->s);
  return TRUE;
}

/* memmem() is linear in both lengths. An empty needle is found at once. */
static const char *
find (SobreText text, SobreText needle)
{
  if (needle.length == 0)
    return text.data;
  return text.length > 0 ? memmem (text.data, text.length, needle.data, needle.length) : NULL;
}

SOBRE_SQL_DECLARE_KERNEL (strpos)
{
  const char *at = find (arguments[0].s, arguments[1].s);

  result->i = 0;
  if (arguments[1].s.length == 0)
    result->i = 1;
  else if (at != NULL)
    result->i = count_characters ((SobreText) { arguments[0].s.data, (gsize) (at - arguments[0].s.data) }) + 1;
  return TRUE;
}

static gboolean
keep_text (SobreSqlFrame *frame, const GString *text, SobreSqlValue *result)
{
  result->s = sobre_sql_arena_text (frame->arena, (SobreText) { text->str, text->len });
  return check_length (frame, text->len);
}

/* @with before each character and at the end: what replacing the empty text is. */
static gboolean
interleave (SobreSqlFrame *frame, SobreText from, SobreText with, GString *text)
{
  for (gsize i = 0; i < from.length;)
    {
      gsize n = MIN ((gsize) g_utf8_skip[(guchar) from.data[i]], from.length - i);

      g_string_append_len (text, with.data, (gssize) with.length);
      g_string_append_len (text, from.data + i, (gssize) n);
      i += n;
      if (!check_length (frame, text->len))
        return FALSE;
    }
  g_string_append_len (text, with.data, (gssize) with.length);
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (replace)
{
  SobreText rest = arguments[0].s;
  SobreText search = arguments[1].s;
  SobreText with = frame->expr->n_children > 2 ? arguments[2].s : (SobreText) { "", 0 };
  g_autoptr (GString) text = NULL;
  const char *at;

  text = g_string_sized_new (rest.length);
  if (search.length == 0)
    return interleave (frame, rest, with, text) && keep_text (frame, text, result);
  while ((at = find (rest, search)) != NULL)
    {
      gsize before = (gsize) (at - rest.data);

      g_string_append_len (text, rest.data, (gssize) before);
      g_string_append_len (text, with.data, (gssize) with.length);
      rest = slice (rest, before + search.length, rest.length);
      if (!check_length (frame, text->len))
        return FALSE;
    }
  g_string_append_len (text, rest.data, (gssize) rest.length);
  return keep_text (frame, text, result);
}

SOBRE_SQL_DECLARE_KERNEL (reverse)
{
  SobreText text = arguments[0].s;
  char *copy = sobre_sql_arena_alloc (frame->arena, text.length + 1);
  gsize to = text.length;

  result->s = (SobreText) { copy, text.length };
  for (gsize i = 0; i < text.length;)
    {
      gsize n = MIN ((gsize) g_utf8_skip[(guchar) text.data[i]], text.length - i);

      to -= n;
      memcpy (copy + to, text.data + i, n);
      i += n;
    }
  return TRUE;
}

static gboolean
pad (SobreSqlFrame *frame, const SobreSqlValue *arguments, gboolean left, SobreSqlValue *result)
{
  SobreText text = arguments[0].s;
  SobreText filler = arguments[2].s;
  gint64 size = arguments[1].i;
  gint64 n = count_characters (text);
  g_autoptr (GString) padding = NULL;

  if (size < 0 || size > G_MAXINT32)
    return SOBRE_SQL_FAIL (frame, "a text cannot be padded to %" G_GINT64_FORMAT " characters", size);
  if (filler.length == 0)
    return SOBRE_SQL_FAIL (frame, "a text is padded with at least one character");
  if (n >= size)
    {
      result->s = slice (text, 0, find_character (text, size));
      return TRUE;
    }
  if (!check_length (frame, (gsize) size))
    return FALSE;
  padding = g_string_new (NULL);
  for (gsize i = 0; n < size; n++)
    {
      gsize bytes = (gsize) g_utf8_skip[(guchar) filler.data[i]];

      g_string_append_len (padding, filler.data + i, (gssize) bytes);
      i = i + bytes < filler.length ? i + bytes : 0;
    }
  if (left)
    g_string_append_len (padding, text.data, (gssize) text.length);
  else
    g_string_insert_len (padding, 0, text.data, (gssize) text.length);
  result->s = sobre_sql_arena_text (frame->arena, (SobreText) { padding->str, padding->len });
  return check_length (frame, padding->len);
}

SOBRE_SQL_DECLARE_KERNEL (lpad) { return pad (frame, arguments, TRUE, result); }

SOBRE_SQL_DECLARE_KERNEL (rpad) { return pad (frame, arguments, FALSE, result); }

SOBRE_SQL_DECLARE_KERNEL (starts_with)
{
  SobreText text = arguments[0].s;
  SobreText start = arguments[1].s;

  result->i = text.length >= start.length && (start.length == 0 || memcmp (text.data, start.data, start.length) == 0);
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (ends_with)
{
  SobreText text = arguments[0].s;
  SobreText end = arguments[1].s;

  result->i = text.length >= end.length &&
              (end.length == 0 || memcmp (text.data + text.length - end.length, end.data, end.length) == 0);
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (split_part)
{
  SobreText rest = arguments[0].s;
  SobreText delimiter = arguments[1].s;
  gint64 index = arguments[2].i;
  const char *at;

  if (index <= 0)
    return SOBRE_SQL_FAIL (frame, "split_part() counts from 1");
  if (delimiter.length == 0)
    {
      gsize from = find_character (rest, index - 1);

      result->null = from == rest.length;
      result->s =
          slice (rest, from, MIN (from + (result->null ? 0 : (gsize) g_utf8_skip[(guchar) rest.data[from]]), rest.length));
      return TRUE;
    }
  while ((at = find (rest, delimiter)) != NULL && index > 1)
    {
      rest = slice (rest, (gsize) (at - rest.data) + delimiter.length, rest.length);
      index--;
    }
  result->null = index > 1;
  result->s = slice (rest, 0, at != NULL ? (gsize) (at - rest.data) : rest.length);
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (chr)
{
  gint64 c = arguments[0].i;
  char *copy = sobre_sql_arena_alloc (frame->arena, 8);

  if (c == 0)
    return SOBRE_SQL_REFUSE (frame, "the character 0 is not available offline");
  if (c < 0 || c > 0x10ffff || !g_unichar_validate ((gunichar) c))
    return SOBRE_SQL_FAIL (frame, "%" G_GINT64_FORMAT " is no character", c);
  result->s = (SobreText) { copy, (gsize) g_unichar_to_utf8 ((gunichar) c, copy) };
  return TRUE;
}

SOBRE_SQL_DECLARE_KERNEL (codepoint)
{
  if (count_characters (arguments[0].s) != 1)
    return SOBRE_SQL_FAIL (frame, "codepoint() takes a text of one character");
  result->i = (gint64) g_utf8_get_char (arguments[0].s.data);
  return TRUE;
}
