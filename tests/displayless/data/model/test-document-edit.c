/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A document as a tree that is edited: nothing that the editor does not know is lost, and no change falls on something else. */

#include <locale.h>
#include <string.h>

#include "model/sobre-document-edit.h"

static JsonNode *
open_text (const char *json)
{
  g_autoptr (GError) error = NULL;
  JsonNode *root = sobre_document_open (json, strlen (json), 4096, &error);

  g_assert_no_error (error);
  return root;
}

static void
assert_json (JsonNode *node, const char *json)
{
  g_autofree char *text = json_to_string (node, FALSE);

  g_assert_cmpstr (text, ==, json);
}

static void
test_find (void)
{
  g_autoptr (JsonNode) root = open_text ("{\"a\": [{\"b\": {\"c\": 1}}, 2]}");

  g_assert_true (sobre_document_find (root, "") == root);
  assert_json (sobre_document_find (root, "a[0].b"), "{\"c\":1}");
  assert_json (sobre_document_find (root, "a[1]"), "2");
  g_assert_null (sobre_document_find (root, "a[2]"));
  g_assert_null (sobre_document_find (root, "a.b"));
  g_assert_null (sobre_document_find (root, "x[0].y"));
}

static void
test_replace (void)
{
  g_autoptr (JsonNode) root = open_text ("{\"a\": {\"x\": 1, \"unknown\": [null, true]}, \"z\": 0.1}");
  g_autoptr (JsonNode) text = sobre_document_new_string ("new");
  g_autoptr (JsonNode) changed = sobre_document_replace (root, "a.x", sobre_document_find (root, "a.x"), text);
  g_autoptr (JsonNode) removed = NULL;
  g_autoptr (JsonNode) added = NULL;

  assert_json (changed, "{\"a\":{\"x\":\"new\",\"unknown\":[null,true]},\"z\":0.10000000000000001}");
  assert_json (root, "{\"a\":{\"x\":1,\"unknown\":[null,true]},\"z\":0.10000000000000001}");
  /* What is not touched is shared. */
  g_assert_true (sobre_document_find (root, "a.unknown") == sobre_document_find (changed, "a.unknown"));
  removed = sobre_document_replace (changed, "a.x", text, NULL);
  assert_json (removed, "{\"a\":{\"unknown\":[null,true]},\"z\":0.10000000000000001}");
  added = sobre_document_replace (removed, "a.y", NULL, text);
  assert_json (sobre_document_find (added, "a"), "{\"unknown\":[null,true],\"y\":\"new\"}");
}

static void
test_replace_refuses (void)
{
  g_autoptr (JsonNode) root = open_text ("{\"a\": [1, 2], \"b\": {}}");
  g_autoptr (JsonNode) text = sobre_document_new_string ("new");

  g_assert_null (sobre_document_replace (root, "a[0]", text, text));
  g_assert_null (sobre_document_replace (root, "a[0]", sobre_document_find (root, "a[0]"), NULL));
  g_assert_null (sobre_document_replace (root, "a[2]", NULL, text));
  g_assert_null (sobre_document_replace (root, "b.c.d", NULL, text));
  g_assert_null (sobre_document_replace (root, "b", NULL, text));
  g_assert_null (sobre_document_replace (root, "c", NULL, NULL));
}

static void
test_splice (void)
{
  g_autoptr (JsonNode) root = open_text ("{\"a\": [1, 2, 3]}");
  JsonNode *list = sobre_document_find (root, "a");
  g_autoptr (JsonNode) nine = sobre_document_new_string ("9");
  g_autoptr (JsonNode) without = sobre_document_splice (list, 1, 1, NULL);
  g_autoptr (JsonNode) first = sobre_document_splice (list, 0, 0, nine);
  g_autoptr (JsonNode) last = sobre_document_splice (list, 3, 0, nine);
  g_autoptr (JsonNode) instead = sobre_document_splice (list, 2, 1, nine);
  g_autoptr (JsonNode) only = sobre_document_splice (NULL, 0, 0, nine);

  assert_json (without, "[1,3]");
  assert_json (first, "[\"9\",1,2,3]");
  assert_json (last, "[1,2,3,\"9\"]");
  assert_json (instead, "[1,2,\"9\"]");
  assert_json (only, "[\"9\"]");
}

/* What cannot be kept is not opened. */
static void
test_open_refuses (void)
{
  static const char *const texts[] = { "", "[]", "{\"a\": 1, \"a\": 2}", "{\"a\": }", "{\"a\": \"\\u0000\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sobre_document_open (texts[i], strlen (texts[i]), 4096, &error));
      g_assert_nonnull (error);
    }
}

static void
test_format (void)
{
  const char *const texts[] = {
    "{\"s\": \"\\\"\\\\\\n\\t\\u0007é\", \"n\": [-1, 0.1, 1e300, 1.5, 9007199254740993, true, false, null], \"o\": {}, \"l\": "
    "[]}",
    "{\"long\": [\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", "
    "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\", {\"c\": 1}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) root = open_text (texts[i]);
      g_autofree char *text = sobre_document_format (root);
      g_autoptr (JsonNode) again = open_text (text);
      g_autofree char *twice = sobre_document_format (again);

      g_assert_true (json_node_equal (root, again));
      g_assert_cmpstr (text, ==, twice);
      g_assert_true (g_str_has_suffix (text, "}\n"));
    }
}

/* What fits on a line stands on one. */
static void
test_format_looks (void)
{
  g_autoptr (JsonNode) root = open_text ("{\"languages\":[\"en\",\"de\"],\"dishes\":[{\"id\":\"cod\",\"price\":\"9.80\"}]}");
  g_autofree char *text = sobre_document_format (root);

  g_assert_cmpstr (text, ==,
                   "{\n  \"languages\": [\"en\", \"de\"],\n  \"dishes\": [{\"id\": \"cod\", \"price\": \"9.80\"}]\n}\n");
}

/* Numbers are written alike wherever the program runs. */
static void
test_format_in_other_locale (void)
{
  g_autoptr (JsonNode) root = open_text ("{\"n\": 1.5}");
  g_autofree char *text = NULL;

  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL)
    g_test_message ("There is no German locale here");
  text = sobre_document_format (root);
  setlocale (LC_NUMERIC, "C");
  g_assert_cmpstr (text, ==, "{\n  \"n\": 1.5\n}\n");
}

static gboolean
is_taken (const char *id, gpointer ids)
{
  return g_strv_contains (ids, id);
}

static void
test_make_id (void)
{
  const char *const ids[] = { "soup", "soup-2", "dish", NULL };
  const struct
  {
    const char *name;
    const char *id;
  } cases[] = {
    { "Fish & Chips", "fish-chips" },
    { "Soup", "soup-3" },
    { "Crème brûlée", "creme-brulee" },
    { "محار", "dish-2" },
    { "  - ", "dish-2" },
    { "Chef's", "chefs" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id = sobre_document_make_id (cases[i].name, "dish", is_taken, (gpointer) ids);

      g_assert_cmpstr (id, ==, cases[i].id);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document-edit/find", test_find);
  g_test_add_func ("/document-edit/replace", test_replace);
  g_test_add_func ("/document-edit/replace-refuses", test_replace_refuses);
  g_test_add_func ("/document-edit/splice", test_splice);
  g_test_add_func ("/document-edit/open-refuses", test_open_refuses);
  g_test_add_func ("/document-edit/format", test_format);
  g_test_add_func ("/document-edit/format-looks", test_format_looks);
  g_test_add_func ("/document-edit/format-in-other-locale", test_format_in_other_locale);
  g_test_add_func ("/document-edit/make-id", test_make_id);
  return g_test_run ();
}
