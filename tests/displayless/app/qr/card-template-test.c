/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "cards-fixture.h"
#include "qr/sobre-card-template.h"
#include "qr/sobre-card-words.h"

static gboolean
overlap (const SobreCardBox *a, const SobreCardBox *b)
{
  const double touch = 0.01;

  return a->x + a->width > b->x + touch && b->x + b->width > a->x + touch && a->y + a->height > b->y + touch &&
         b->y + b->height > a->y + touch;
}

static void
assert_laid_out (const SobreCardFace *face)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (SobreCardBox));

  sobre_card_template_draw (face, cr, boxes);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  g_assert_cmpuint (boxes->len, >=, 8); /* name, headline, sub-line, code, address, allergens, table, number */
  for (guint i = 0; i < boxes->len; i++)
    {
      const SobreCardBox *box = &g_array_index (boxes, SobreCardBox, i);

      g_assert_cmpfloat (box->x, >=, 3);
      g_assert_cmpfloat (box->y, >=, 3);
      g_assert_cmpfloat (box->x + box->width, <=, SOBRE_CARD_WIDTH - 3);
      g_assert_cmpfloat (box->y + box->height, <=, SOBRE_CARD_HEIGHT - 3);
      for (guint k = 0; k < i; k++)
        {
          const SobreCardBox *other = &g_array_index (boxes, SobreCardBox, k);

          if (overlap (box, other))
            g_error ("%s, table %s: text %u at %.1f, %.1f, %.1f × %.1f lies over text %u at %.1f, %.1f, %.1f × %.1f",
                     face->name, face->table_id, i, box->x, box->y, box->width, box->height, k, other->x, other->y,
                     other->width, other->height);
        }
    }
}

static void
test_nothing_overlaps (void)
{
  const char *names[] = { "Ö",
                          "Harbour Kitchen",
                          "Gasthaus zur Goldenen Gans am Großen Tiergarten und Biergarten",
                          "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzstüberl",
                          "مطعم الميناء",
                          "مطعم الميناء القديم على الشاطئ الطويل قرب المدينة القديمة وسوقها" };
  const char *tables[] = { "1", "128", "T-12.A", "TERRASSE-OBEN-LINKS-AM-FENSTER-7", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW" };
  const char *addresses[] = {
    "a/t/b/1", "192.168.178.120:8080/t/harbour/12",
    "feedback.goldene-gans-am-grossen-tiergarten.restaurants.example/t/harbour/terrasse-oben-links-7"
  };
  const char *languages[][8] = {
    { "en" }, { "de", "en" }, { "ar", "en", "fr" }, { "fr", "es", "pt", "uk", "pl", "ar", "it" }, { "xx" }
  };

  for (guint n = 0; n < G_N_ELEMENTS (names); n++)
    for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
      for (guint a = 0; a < G_N_ELEMENTS (addresses); a++)
        for (guint l = 0; l < G_N_ELEMENTS (languages); l++)
          {
            g_autofree char *upper = g_ascii_strup (addresses[a], -1);
            g_autofree char *url = g_strdup_printf ("HTTP://%s/K3M7Q2XA7PTRW5ZC", upper);
            g_autoptr (SobreQrCode) code = sobre_qr_code_new (url, SOBRE_QR_LEVEL_H, NULL);

            assert_laid_out (&(SobreCardFace) { names[n], languages[l], tables[t], addresses[a], code });
          }
}

static void
test_every_language_has_all_its_words (void)
{
  const char *languages[] = { "en", "ar", "cs", "da", "de", "es", "fr", "it", "nl", "pl", "pt", "sv", "tr", "uk" };

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      const SobreCardWords *words = sobre_card_words_get (languages[i]);

      g_assert_true (sobre_card_words_has (languages[i]));
      g_assert_cmpstr (words->language, ==, languages[i]);
      g_assert_true (words->headline[0] != '\0' && words->subline[0] != '\0' && words->table[0] != '\0' &&
                     words->allergens[0] != '\0');
      g_assert_true (g_utf8_validate (words->allergens, -1, NULL));
    }
  g_assert_cmpstr (sobre_card_words_get ("de-AT")->language, ==, "de");
  g_assert_cmpstr (sobre_card_words_get ("pt_BR")->language, ==, "pt");
  g_assert_cmpstr (sobre_card_words_get ("d")->language, ==, "en");
  g_assert_false (sobre_card_words_has ("d"));
}

static void
test_code_is_on_the_grid_and_half_the_width (void)
{
  for (guint length = 31; length < 150; length++) /* HTTP://A/T/B/1/KEY is the shortest */
    {
      g_autofree char *text = g_strnfill (length, 'A');
      g_autoptr (SobreQrCode) code = sobre_qr_code_new (text, SOBRE_QR_LEVEL_H, NULL);
      SobreCardBox place = sobre_card_template_place_code (code);
      double dots = place.width / sobre_qr_code_get_size (code) * 150 / 25.4;

      g_assert_cmpfloat_with_epsilon (dots, (int) (dots + 0.5), 1e-9);
      g_assert_cmpfloat_with_epsilon (place.x * 150 / 25.4, (int) (place.x * 150 / 25.4 + 0.5), 1e-9);
      g_assert_cmpfloat (place.width, >, SOBRE_CARD_WIDTH * 0.42);
      g_assert_cmpfloat (place.width, <, SOBRE_CARD_WIDTH * 0.52);
    }
}

static void
test_small_codes_are_warned_of (void)
{
  g_autoptr (GListModel) tables = cards_fixture_make_tables (1);
  g_autoptr (GBytes) secret = cards_fixture_make_secret ();
  SobreCardOrder order = cards_fixture_make_order (tables, secret);
  g_autoptr (SobreCardJob) full = sobre_card_job_new (&order, NULL);
  g_autoptr (SobreCardJob) half = NULL;
  g_autoptr (SobreCardJob) dense = NULL;
  g_autofree char *label = g_strnfill (63, 'a');
  g_autofree char *host = g_strdup_printf ("http://%s.%s.%s.example", label, label, label);
  g_autofree char *text = NULL;
  double module, code;

  g_assert_cmpint (sobre_card_job_get_code_size (full, 0, &module, &code), ==, SOBRE_CARD_WARNING_NONE);
  g_assert_cmpfloat_with_epsilon (module, 8 * 25.4 / 150, 1e-9);
  g_assert_cmpfloat_with_epsilon (code, 37 * 8 * 25.4 / 150, 1e-9);

  order.scale = 49;
  half = sobre_card_job_new (&order, NULL); /* 50 per cent is the least */
  g_assert_cmpint (sobre_card_job_get_code_size (half, 0, &module, &code), ==, SOBRE_CARD_WARNING_NONE);
  g_assert_cmpfloat_with_epsilon (code, 37 * 4 * 25.4 / 150, 1e-9);

  order.base = host;
  order.scale = 50;
  dense = sobre_card_job_new (&order, NULL);
  g_assert_true (sobre_card_job_get_code_size (dense, 0, &module, &code) & SOBRE_CARD_WARNING_SMALL_MODULE);
  text = sobre_card_warning_describe (SOBRE_CARD_WARNING_SMALL_MODULE);
  g_assert_nonnull (strstr (text, "0.5 mm"));
  g_assert_null (sobre_card_warning_describe (SOBRE_CARD_WARNING_NONE));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card-template/nothing-overlaps", test_nothing_overlaps);
  g_test_add_func ("/card-template/every-language-has-all-its-words", test_every_language_has_all_its_words);
  g_test_add_func ("/card-template/code-is-on-the-grid-and-half-the-width", test_code_is_on_the_grid_and_half_the_width);
  g_test_add_func ("/card-template/small-codes-are-warned-of", test_small_codes_are_warned_of);
  return g_test_run ();
}
