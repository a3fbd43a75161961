/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "publish/sobre-html.h"

typedef struct
{
  const char *name;
  const char *text;
  const char *html;
} Case;

static const Case cases[] = {
  { "plain", "Table 4", "Table 4" },
  { "nothing", NULL, "" },
  { "markup", "<b>&\"'`</b>", "&lt;b&gt;&amp;&quot;&#39;&#96;&lt;/b&gt;" },
  { "entity", "&lt;", "&amp;lt;" },
  { "controls",
    "a\001b\x1f"
    "c\x7f"
    "d",
    "abcd" },
  { "white-space", "a\n\tb", "a\n\tb" },
  { "c1",
    "a\xc2\x85"
    "b\xc2\x9f"
    "c",
    "abc" },
  { "overrides",
    "a\xe2\x80\xaa"
    "b\xe2\x80\xae"
    "c",
    "abc" },
  { "isolates",
    "a\xe2\x81\xa6"
    "b\xe2\x81\xa9"
    "c",
    "abc" },
  { "marks",
    "a\xe2\x80\x8e"
    "b\xe2\x80\x8f"
    "c\xd8\x9c"
    "d",
    "abcd" },
  { "byte-order-mark",
    "\xef\xbb\xbf"
    "a",
    "a" },
  { "non-character",
    "a\xef\xbf\xbf"
    "b\xef\xb7\x90"
    "c",
    "abc" },
  { "not-utf8",
    "a\xff"
    "b\xc0\xbc"
    "c",
    "a\xef\xbf\xbd"
    "b\xef\xbf\xbd\xef\xbf\xbd"
    "c" },
  { "cut-character", "a\xe2\x82", "a\xef\xbf\xbd\xef\xbf\xbd" },
  { "joiner-kept", "\xd9\x85\xe2\x80\x8c\xd9\x85", "\xd9\x85\xe2\x80\x8c\xd9\x85" },
  { "emoji", "\xf0\x9f\x8d\x9d", "\xf0\x9f\x8d\x9d" },
};

static void
test_text (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GString) html = g_string_new (NULL);

  sobre_html_append_text (html, c->text);
  g_assert_cmpstr (html->str, ==, c->html);
}

static void
test_attribute (void)
{
  g_autoptr (GString) html = g_string_new ("<a");

  sobre_html_append_attribute (html, "title", "x\" onload=\"y");
  g_assert_cmpstr (html->str, ==, "<a title=\"x&quot; onload=&quot;y\"");
}

/* What is put in is not looked at again: a name that is itself a place stays. */
static void
test_fill (void)
{
  g_autofree char *text = sobre_html_fill ("Table {table}, {table}{x}", "table", "{table}");

  g_assert_cmpstr (text, ==, "Table {table}, {table}{x}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/html/text/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_text);
    }
  g_test_add_func ("/html/attribute", test_attribute);
  g_test_add_func ("/html/fill", test_fill);
  return g_test_run ();
}
