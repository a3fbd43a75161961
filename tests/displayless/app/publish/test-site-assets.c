/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "model/sobre-settings.h"
#include "publish/sobre-site-assets.h"

#define ENGLISH "{\"en\":{\"name\":\"English\",\"send\":\"Send\",\"faces\":[\"1\",\"2\",\"3\",\"4\",\"5\"]}"
#define MENU "{\"en\":{\"menu\":\"Menu\"}}"
#define PORTUGUESE ",\"pt\":{\"name\":\"Português\",\"send\":\"Enviar\",\"faces\":[\"a\",\"b\",\"c\",\"d\",\"e\"]}"

/* A folder like infra/site; without @words there is no words.json. */
static char *
make_site (const char *script, const char *words)
{
  char *folder = g_dir_make_tmp ("sobre-site-XXXXXX", NULL);
  const char *const files[][2] = {
    { "dishes.js", script },     { "dishes.css", "a{}" },      { "form.js", script },     { "form.css", "a{}" },
    { "menu.js", script },       { "menu.css", "a{}" },        { "form-api.js", script }, { "form-direct.js", script },
    { "menu-api.js", script },   { "menu-direct.js", script }, { "words.json", words },   { "faces.svg", "<svg/>\n" },
    { "menu-words.json", MENU },
  };

  g_assert_nonnull (folder);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i][0], NULL);

      g_assert_true (files[i][1] == NULL || g_file_set_contents (path, files[i][1], -1, NULL));
    }
  return folder;
}

static void
remove_site (char *folder)
{
  const char *const names[] = { "dishes.js",      "dishes.css",  "form.js",       "form.css",        "menu.js",
                                "menu.css",       "faces.svg",   "words.json",    "menu-words.json", "form-api.js",
                                "form-direct.js", "menu-api.js", "menu-direct.js" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

static SobreSiteAssets *
load (const char *script, const char *words, GError **error)
{
  char *folder = make_site (script, words);
  SobreSiteAssets *assets = sobre_site_assets_load (folder, error);

  remove_site (folder);
  return assets;
}

/* A name stands for its bytes: the same bytes, the same name; other bytes, another. */
static void
test_names (void)
{
  g_autoptr (SobreSiteAssets) first = load ("alert", ENGLISH "}", NULL);
  g_autoptr (SobreSiteAssets) same = load ("alert", ENGLISH "}", NULL);
  g_autoptr (SobreSiteAssets) other = load ("alerts", ENGLISH "}", NULL);
  const char *name = sobre_site_assets_get_name (first, "form.js");

  /* The first eight digits of the SHA-256 of "alert", as sha256sum prints them. */
  g_assert_cmpstr (name, ==, "form.df905058.js");
  g_assert_cmpstr (sobre_site_assets_get_name (first, "form-direct.js"), ==, "form-direct.df905058.js");
  g_assert_cmpstr (sobre_site_assets_get_name (same, "form.js"), ==, name);
  g_assert_cmpstr (sobre_site_assets_get_name (other, "form.js"), !=, name);
  g_assert_cmpstr (sobre_site_assets_get_name (other, "form.css"), ==, sobre_site_assets_get_name (first, "form.css"));
}

static void
test_find (void)
{
  g_autofree char *script = g_strnfill (10000, 'x');
  g_autoptr (SobreSiteAssets) assets = load (script, ENGLISH "}", NULL);
  const SobreSiteAsset *asset = sobre_site_assets_find (assets, sobre_site_assets_get_name (assets, "form.js"));
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GBytes) unpacked = NULL;

  g_assert_nonnull (asset);
  g_assert_cmpstr (asset->type, ==, "text/javascript; charset=utf-8");
  g_assert_cmpuint (g_bytes_get_size (asset->packed), <, 200);
  unpacked = g_converter_convert_bytes (converter, asset->packed, NULL);
  g_assert_true (g_bytes_equal (unpacked, asset->plain));

  g_assert_null (sobre_site_assets_find (assets, "form.js"));
  g_assert_null (sobre_site_assets_find (assets, "form.00000000.js"));
  g_assert_null (sobre_site_assets_find (assets, "../form.js"));
  g_assert_null (sobre_site_assets_find (assets, ""));
}

static void
test_not_shorter (void)
{
  g_autoptr (SobreSiteAssets) assets = load ("x", ENGLISH "}", NULL);

  g_assert_null (sobre_site_assets_find (assets, sobre_site_assets_get_name (assets, "form.js"))->packed);
}

static void
test_words (void)
{
  g_autoptr (SobreSiteAssets) assets = load ("x", ENGLISH PORTUGUESE "}", NULL);

  g_assert_cmpstr (sobre_site_assets_get_word (assets, "pt", "send"), ==, "Enviar");
  g_assert_cmpstr (sobre_site_assets_get_word (assets, "pt-BR", "send"), ==, "Enviar");
  g_assert_cmpstr (sobre_site_assets_get_word (assets, "fi", "send"), ==, "Send");
  g_assert_cmpstr (sobre_site_assets_get_face (assets, "pt", 5), ==, "e");
  g_assert_cmpstr (sobre_site_assets_get_language_name (assets, "pt"), ==, "Português");
  g_assert_null (sobre_site_assets_get_language_name (assets, "pt-BR"));
  g_assert_null (sobre_site_assets_get_language_name (assets, "fi"));
  g_assert_nonnull (strstr (sobre_site_assets_get_words (assets, "pt-PT"), "\"Enviar\""));
}

static void
test_bad_words (gconstpointer words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load ("x", words, &error));
  g_assert_nonnull (error);
}

/* What is installed can be used, in every language that it has. */
static void
test_installed (void)
{
  g_autofree char *source = g_build_filename (g_getenv ("SOBRE_TEST_SOURCE"), "infra/site/words.json", NULL);
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreSiteAssets) assets = NULL;
  static const char *const languages[] = { "en", "de", "es", "fr", "ar", "it", "pt", "nl" };

  g_assert_true (g_file_get_contents (source, &words, NULL, NULL));
  assets = load ("x", words, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_assert_nonnull (sobre_site_assets_get_language_name (assets, languages[i]));
      g_assert_nonnull (strstr (sobre_site_assets_get_word (assets, languages[i], "progress"), "{total}"));
    }
}

int
main (int argc, char **argv)
{
  static const char *const bad[][2] = {
    { "missing", NULL },
    { "empty", "" },
    { "list", "[]" },
    { "no-english", "{\"de\":{}}" },
    { "english-is-text", "{\"en\":\"x\"}" },
    { "lacks-a-word", ENGLISH ",\"de\":{\"name\":\"Deutsch\",\"faces\":[\"1\",\"2\",\"3\",\"4\",\"5\"]}}" },
    { "word-is-number", ENGLISH ",\"de\":{\"name\":\"Deutsch\",\"send\":5,\"faces\":[\"1\",\"2\",\"3\",\"4\",\"5\"]}}" },
    { "four-faces", ENGLISH ",\"de\":{\"name\":\"Deutsch\",\"send\":\"x\",\"faces\":[\"1\",\"2\",\"3\",\"4\"]}}" },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/site-assets/names", test_names);
  g_test_add_func ("/site-assets/find", test_find);
  g_test_add_func ("/site-assets/not-shorter", test_not_shorter);
  g_test_add_func ("/site-assets/words", test_words);
  g_test_add_func ("/site-assets/installed", test_installed);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strconcat ("/site-assets/bad-words/", bad[i][0], NULL);

      g_test_add_data_func (path, bad[i][1], test_bad_words);
    }
  return g_test_run ();
}
