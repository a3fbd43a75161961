/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Writes the three pages that guests see to standard output, as the collector would send them, with a NUL behind each: the form, the
 * thanks, and what is said when something is missing.
 *
 * usage: render-form SITE FORM LANGUAGE RESTAURANT STORE TABLE KEY */

#include <stdio.h>

#include "publish/sobre-form-page.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreSiteAssets) assets = NULL;
  g_autoptr (SobreForm) form = NULL;
  g_autofree char *json = NULL;
  SobreId id = { { 1, 2, 3, 4, 5, 6, 0x77, 8, 0x89 } };
  SobreFormPage page = { .retention_days = 730, .id = &id, .now = 1767225600000 };
  gsize length;

  if (argc != 8)
    return 2;
  assets = sobre_site_assets_load (argv[1], &error);
  if (assets != NULL && g_file_get_contents (argv[2], &json, &length, &error))
    form = sobre_form_parse (json, (gssize) length, NULL, &error);
  if (form == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }

  page.form = form;
  page.assets = assets;
  page.language = sobre_form_page_choose_language (form, argv[3], NULL);
  page.restaurant = argv[4];
  page.store_id = argv[5];
  page.table_id = argv[6];
  page.key = argv[7];
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *html = i == 0   ? sobre_form_page_render (&page, &length)
                              : i == 1 ? sobre_form_page_render_thanks (&page, &length)
                                       : sobre_form_page_render_problem (&page, SOBRE_FORM_PROBLEM_INCOMPLETE, &length);

      fwrite (html, 1, length + 1, stdout);
    }
  return 0;
}
