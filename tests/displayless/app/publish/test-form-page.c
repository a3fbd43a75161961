/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "publish/sobre-form-page.h"

static SobreForm *
load_form (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SOBRE_TEST_SOURCE"), "data/resources/sample/form.json", NULL);
  g_autofree char *json = NULL;
  SobreForm *form;

  g_assert_true (g_file_get_contents (path, &json, NULL, NULL));
  form = sobre_form_parse (json, -1, NULL, NULL);
  g_assert_nonnull (form);
  return form;
}

/* The sample's languages are en, de, es, fr, ar. */
typedef struct
{
  const char *name;
  const char *wanted;
  const char *accept;
  const char *language;
} Case;

static const Case cases[] = {
  { "nothing", NULL, NULL, "en" },
  { "wanted", "de", "es", "de" },
  { "wanted-case", "DE", NULL, "de" },
  { "wanted-region", "de-AT", NULL, "de" },
  { "wanted-unknown", "fi", "es", "es" },
  { "wanted-markup", "\"><b>", NULL, "en" },
  { "header-first", NULL, "fr,en", "fr" },
  { "header-region", NULL, "ar-EG", "ar" },
  { "header-weights", NULL, "en;q=0.3, es;q=0.9, de;q=0.5", "es" },
  { "header-equal-weights", NULL, "es;q=0.8,de;q=0.8", "es" },
  { "header-unknown-first", NULL, "fi, sv;q=0.9, fr;q=0.1", "fr" },
  { "header-none-fits", NULL, "fi, sv", "en" },
  { "header-zero", NULL, "de;q=0, es;q=0.1", "es" },
  { "header-bad-weight", NULL, "de;q=9, es", "es" },
  { "header-other-parameter", NULL, "de;x=1, es;q=0.1", "es" },
  { "header-star", NULL, "*", "en" },
  { "header-empty-entries", NULL, ",,;,;q=1,es,,", "es" },
  { "header-private", NULL, "x-klingon, es", "es" },
};

static void
test_language (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (SobreForm) form = load_form ();

  g_assert_cmpstr (sobre_form_page_choose_language (form, c->wanted, c->accept), ==, c->language);
}

static void
test_long_header (void)
{
  g_autoptr (SobreForm) form = load_form ();
  g_autofree char *header = g_strnfill (100000, ',');

  g_assert_cmpstr (sobre_form_page_choose_language (form, header, header), ==, "en");
}

/* Where nothing fits better, a form in "pt-BR" serves any Portuguese. */
static void
test_region_of_form (void)
{
  static const char json[] =
      "{\"id\":\"f\",\"version\":1,\"languages\":[\"en\",\"pt-BR\"],\"title\":{\"en\":\"x\",\"pt-BR\":\"y\"},"
      "\"questions\":[{\"id\":\"q\",\"kind\":\"stars\",\"label\":{\"en\":\"x\"}}],"
      "\"privacy\":{\"en\":\"{days}\"},\"thanks\":{\"en\":\"x\"}}";
  g_autoptr (SobreForm) form = sobre_form_parse (json, -1, NULL, NULL);

  g_assert_nonnull (form);
  g_assert_cmpstr (sobre_form_page_choose_language (form, NULL, "pt"), ==, "pt-BR");
  g_assert_cmpstr (sobre_form_page_choose_language (form, NULL, "pt-PT"), ==, "pt-BR");
  g_assert_cmpstr (sobre_form_page_choose_language (form, NULL, "p"), ==, "en");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/form-page/language/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_language);
    }
  g_test_add_func ("/form-page/long-header", test_long_header);
  g_test_add_func ("/form-page/region-of-form", test_region_of_form);
  return g_test_run ();
}
