/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-kernels-private.h"

#include <string.h>

/* LIKE. A match can take the product of two lengths, so it looks at the clock. */

#define SPEND_EVERY 4096

/* One element of a pattern: a character, _ (any) or % (many). */
typedef enum
{
  ELEMENT_CHARACTER,
  ELEMENT_ANY,
  ELEMENT_MANY,
} ElementKind;

typedef struct
{
  ElementKind kind;
  const char *data;
  gsize length;
} Element;

static gboolean
parse_pattern (SobreSqlFrame *frame, SobreText pattern, gunichar escape, GArray *elements)
{
  for (gsize i = 0; i < pattern.length;)
    {
      const char *at = pattern.data + i;
      gsize n = MIN ((gsize) g_utf8_skip[(guchar) *at], pattern.length - i);
      Element element = { ELEMENT_CHARACTER, at, n };

      i += n;
      if (escape != 0 && g_utf8_get_char (at) == escape)
        {
          gunichar next = i < pattern.length ? g_utf8_get_char (pattern.data + i) : 0;

          if (next != '%' && next != '_' && next != escape)
            return SOBRE_SQL_FAIL (frame, "in LIKE, the escape character stands before %%, _ or itself only");
          element.data = pattern.data + i;
          element.length = (gsize) g_utf8_skip[(guchar) *element.data];
          i += element.length;
        }
      else if (*at == '%')
        element.kind = ELEMENT_MANY;
      else if (*at == '_')
        element.kind = ELEMENT_ANY;
      g_array_append_val (elements, element);
    }
  return TRUE;
}

/* The greedy two-pointer match: on a mismatch only the last % moves on, so the work is at most the product of the lengths. */
static gboolean
match_pattern (SobreSqlFrame *frame, SobreText text, const Element *elements, guint n, gboolean *matches)
{
  gsize at = 0, retry_at = 0;
  guint element = 0, retry = G_MAXUINT;

  for (guint steps = 1; at < text.length; steps++)
    {
      gsize width = MIN ((gsize) g_utf8_skip[(guchar) text.data[at]], text.length - at);

      if (steps % SPEND_EVERY == 0 && !sobre_sql_budget_check_time (frame->budget, frame->error))
        return FALSE;
      if (element < n && elements[element].kind == ELEMENT_MANY)
        {
          retry = element++;
          retry_at = at;
        }
      else if (element < n &&
               (elements[element].kind == ELEMENT_ANY ||
                (elements[element].length == width && memcmp (elements[element].data, text.data + at, width) == 0)))
        {
          at += width;
          element++;
        }
      else if (retry != G_MAXUINT)
        {
          retry_at += MIN ((gsize) g_utf8_skip[(guchar) text.data[retry_at]], text.length - retry_at);
          at = retry_at;
          element = retry + 1;
        }
      else
        {
          *matches = FALSE;
          return TRUE;
        }
    }
  while (element < n && elements[element].kind == ELEMENT_MANY)
    element++;
  *matches = element == n;
  return TRUE;
}

gboolean
sobre_sql_like (SobreSqlFrame *frame, SobreText text, SobreText pattern, gunichar escape, gboolean *matches)
{
  g_autoptr (GArray) elements = g_array_sized_new (FALSE, FALSE, sizeof (Element), (guint) pattern.length);

  return parse_pattern (frame, pattern, escape, elements) &&
         match_pattern (frame, text, (const Element *) (gpointer) elements->data, elements->len, matches);
}

static gboolean
is_one_character (SobreText text)
{
  return text.length > 0 && text.length == (gsize) g_utf8_skip[(guchar) text.data[0]];
}

SOBRE_SQL_DECLARE_KERNEL (like)
{
  gunichar escape = 0;
  gboolean matches = FALSE;

  if (frame->expr->n_children > 2)
    {
      if (!is_one_character (arguments[2].s))
        return SOBRE_SQL_FAIL (frame, "ESCAPE takes one character");
      escape = g_utf8_get_char (arguments[2].s.data);
    }
  if (!sobre_sql_like (frame, arguments[0].s, arguments[1].s, escape, &matches))
    return FALSE;
  result->i = matches;
  return TRUE;
}
