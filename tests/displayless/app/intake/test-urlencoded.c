/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "intake/sobre-urlencoded.h"

static GPtrArray *
parse (const char *body, const char **rule)
{
  *rule = NULL;
  return sobre_urlencoded_parse (body, strlen (body), rule);
}

static void
test_decodes (void)
{
  const char *rule;
  g_autoptr (GPtrArray) fields = parse ("a=1&b=x+y%21&c=%C3%A9&d&&e=&q.x=1&q.x=2&f=a%3Db%26c", &rule);

  g_assert_nonnull (fields);
  g_assert_cmpuint (fields->len, ==, 8);
  g_assert_cmpstr (sobre_urlencoded_get (fields, "b"), ==, "x y!");
  g_assert_cmpstr (sobre_urlencoded_get (fields, "c"), ==, "é");
  g_assert_cmpstr (sobre_urlencoded_get (fields, "d"), ==, "");
  g_assert_cmpstr (sobre_urlencoded_get (fields, "e"), ==, "");
  g_assert_cmpstr (sobre_urlencoded_get (fields, "q.x"), ==, "1");
  g_assert_cmpstr (sobre_urlencoded_get (fields, "f"), ==, "a=b&c");
  g_assert_null (sobre_urlencoded_get (fields, "g"));
}

static void
test_refuses (void)
{
  static const struct
  {
    const char *body;
    const char *rule;
  } cases[] = { { "a=%", "form.escape" },       { "a=%4", "form.escape" },     { "a=%zz", "form.escape" },
                { "%=1", "form.escape" },       { "a=%00", "form.nul" },       { "a=%ff", "form.utf8" },
                { "a=%C3", "form.utf8" },       { "a=\xff", "form.utf8" },     { "a=%C0%80", "form.utf8" },
                { "a=%ED%A0%80", "form.utf8" }, { "a=1&b=%G1", "form.escape" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *rule;

      g_assert_null (parse (cases[i].body, &rule));
      g_assert_cmpstr (rule, ==, cases[i].rule);
    }
}

static void
test_counts (void)
{
  g_autoptr (GString) body = g_string_new (NULL);
  const char *rule;

  for (guint i = 0; i < SOBRE_URLENCODED_FIELDS_MAX; i++)
    g_string_append (body, "a=1&");
  {
    g_autoptr (GPtrArray) fields = parse (body->str, &rule);

    g_assert_cmpuint (fields->len, ==, SOBRE_URLENCODED_FIELDS_MAX);
  }
  g_string_append (body, "a=1");
  g_assert_null (parse (body->str, &rule));
  g_assert_cmpstr (rule, ==, "form.count");
}

/* Any text goes through escaping and comes back. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint round = 0; round < 5000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *escaped = NULL;
      g_autofree char *body = NULL;
      g_autoptr (GPtrArray) fields = NULL;
      const char *rule;

      for (gint n = g_rand_int_range (rand, 0, 30); n > 0; n--)
        {
          gunichar c = (gunichar) g_rand_int_range (rand, 1, 0x3000);

          g_string_append_unichar (text, c >= 0xd800 && c < 0xe000 ? 'x' : c);
        }
      escaped = g_uri_escape_string (text->str, NULL, g_rand_boolean (rand));
      body = g_strconcat ("n=", escaped, NULL);
      fields = parse (body, &rule);
      g_assert_nonnull (fields);
      g_assert_cmpstr (sobre_urlencoded_get (fields, "n"), ==, text->str);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/intake/urlencoded/decodes", test_decodes);
  g_test_add_func ("/intake/urlencoded/refuses", test_refuses);
  g_test_add_func ("/intake/urlencoded/counts", test_counts);
  g_test_add_func ("/intake/urlencoded/round-trip", test_round_trip);
  return g_test_run ();
}
