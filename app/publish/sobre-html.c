/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "publish/sobre-html.h"

static gboolean
is_unwanted (gunichar u)
{
  return (u < 0x20 && u != '\n' && u != '\t') || (u >= 0x7f && u < 0xa0) || (u >= 0x202a && u <= 0x202e) ||
         (u >= 0x2066 && u <= 0x2069) || u == 0x200e || u == 0x200f || u == 0x061c || u == 0xfeff || (u & 0xfffe) == 0xfffe ||
         (u >= 0xfdd0 && u <= 0xfdef);
}

static void
append_character (GString *html, gunichar u)
{
  switch (u)
    {
    case '&':
      g_string_append (html, "&amp;");
      break;
    case '<':
      g_string_append (html, "&lt;");
      break;
    case '>':
      g_string_append (html, "&gt;");
      break;
    case '"':
      g_string_append (html, "&quot;");
      break;
    case '\'':
      g_string_append (html, "&#39;");
      break;
    case '`':
      g_string_append (html, "&#96;");
      break;
    default:
      g_string_append_unichar (html, u);
    }
}

void
sobre_html_append_text (GString *html, const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  for (const char *c = valid; c != NULL && *c != '\0'; c = g_utf8_next_char (c))
    if (!is_unwanted (g_utf8_get_char (c)))
      append_character (html, g_utf8_get_char (c));
}

void
sobre_html_append_element (GString *html, const char *open, const char *text, const char *close)
{
  g_string_append (html, open);
  sobre_html_append_text (html, text);
  g_string_append (html, close);
}

void
sobre_html_append_attribute (GString *html, const char *name, const char *value)
{
  g_string_append_printf (html, " %s=\"", name);
  sobre_html_append_text (html, value);
  g_string_append_c (html, '"');
}

/* In a script element only "<" can end what is data; in JSON it stands in strings only, where it can be written otherwise. */
void
sobre_html_append_json (GString *html, const char *json)
{
  for (const char *c = json; *c != '\0'; c++)
    {
      if (*c == '<')
        g_string_append (html, "\\u003c");
      else
        g_string_append_c (html, *c);
    }
}

char *
sobre_html_fill (const char *text, const char *name, const char *value)
{
  g_autofree char *place = g_strdup_printf ("{%s}", name);
  GString *filled = g_string_new (text);

  g_string_replace (filled, place, value, 0);
  return g_string_free (filled, FALSE);
}
