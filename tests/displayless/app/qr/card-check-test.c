/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The check before a print, with pages that were spoilt on their way to the printer. */
#include <string.h>

#include "cards-fixture.h"
#include "qr/sobre-card-check.h"
#include "qr/sobre-card-template.h"

typedef enum
{
  SPOIL_NOTHING,
  SPOIL_MODULE,
  SPOIL_MIDDLE,
  SPOIL_QUIET_ZONE,
  SPOIL_NO_CODE,
  SPOIL_OTHER_CODE,
} Spoil;

typedef struct
{
  SobreCardJob *job;
  SobreQrCode *code;
  SobreCardExpectation expected;
  Spoil spoil;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) tables = cards_fixture_make_tables (2);
  g_autoptr (GBytes) secret = cards_fixture_make_secret ();
  SobreCardOrder order = cards_fixture_make_order (tables, secret);
  const char *url;
  SobreCardBox place;

  fixture->spoil = GPOINTER_TO_INT (data);
  fixture->job = sobre_card_job_new (&order, NULL);
  url = sobre_card_job_get_url (fixture->job, 1);
  fixture->code = sobre_qr_code_new (url, SOBRE_QR_LEVEL_H, NULL);
  place = sobre_card_template_place_code (fixture->code);
  fixture->expected = (SobreCardExpectation) {
    .url = url,
    .table_id = "2",
    .code = fixture->code,
    .x = place.x * SOBRE_CARD_POINTS_PER_MM,
    .y = place.y * SOBRE_CARD_POINTS_PER_MM,
    .size = place.width * SOBRE_CARD_POINTS_PER_MM,
  };
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sobre_card_job_unref (fixture->job);
  sobre_qr_code_unref (fixture->code);
}

static void
fill (cairo_t *cr, double x, double y, double size, double gray)
{
  cairo_set_source_rgb (cr, gray, gray, gray);
  cairo_rectangle (cr, x, y, size, size);
  cairo_fill (cr);
}

static void
draw_cb (cairo_t *cr, gpointer user_data)
{
  const Fixture *fixture = user_data;
  const SobreCardExpectation *code = &fixture->expected;
  double module = code->size / sobre_qr_code_get_size (fixture->code);

  sobre_card_job_draw_page (fixture->job, cr, fixture->spoil == SPOIL_OTHER_CODE ? 0 : 1);
  if (fixture->spoil == SPOIL_MODULE) /* a module of the finder pattern, which every symbol has dark */
    fill (cr, code->x, code->y, module, 1);
  else if (fixture->spoil == SPOIL_MIDDLE)
    fill (cr, code->x + code->size * 0.25, code->y + code->size * 0.25, code->size / 2, 1);
  else if (fixture->spoil == SPOIL_QUIET_ZONE)
    fill (cr, code->x - 3 * module, code->y + 10 * module, module / 2, 0.5);
  else if (fixture->spoil == SPOIL_NO_CODE)
    fill (cr, code->x, code->y, code->size, 1);
}

static gboolean
check (Fixture *fixture, double dpi, GError **error)
{
  return sobre_card_check_page (draw_cb, fixture, SOBRE_CARD_WIDTH * SOBRE_CARD_POINTS_PER_MM,
                                SOBRE_CARD_HEIGHT * SOBRE_CARD_POINTS_PER_MM, dpi, &fixture->expected, 1, error);
}

static void
test_whole_page_passes (Fixture *fixture, gconstpointer data)
{
  const double dpis[] = { 150, 203, 300, 600 };

  for (guint i = 0; i < G_N_ELEMENTS (dpis); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (check (fixture, dpis[i], &error));
      g_assert_no_error (error);
    }
}

static void
test_spoilt_page_is_refused (Fixture *fixture, gconstpointer data)
{
  const double dpis[] = { 150, 300 };

  for (guint i = 0; i < G_N_ELEMENTS (dpis); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (check (fixture, dpis[i], &error));
      g_assert_error (error, SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_UNREADABLE);
      g_assert_nonnull (strstr (error->message, "table “2”"));
    }
}

/* The right modules drawn in the right place, but of a code that says something else than the card's URL. */
static void
test_wrong_payload_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->expected.url = sobre_card_job_get_url (fixture->job, 0);
  g_assert_false (check (fixture, 300, &error));
  g_assert_error (error, SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_UNREADABLE);
}

#define ADD(name, spoil, test) g_test_add ("/card-check/" name, Fixture, GINT_TO_POINTER (spoil), set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("whole-page-passes", SPOIL_NOTHING, test_whole_page_passes);
  ADD ("wrong-payload-is-refused", SPOIL_NOTHING, test_wrong_payload_is_refused);
  ADD ("one-module-is-enough", SPOIL_MODULE, test_spoilt_page_is_refused);
  ADD ("something-over-the-code", SPOIL_MIDDLE, test_spoilt_page_is_refused);
  ADD ("speck-in-the-quiet-zone", SPOIL_QUIET_ZONE, test_spoilt_page_is_refused);
  ADD ("no-code-at-all", SPOIL_NO_CODE, test_spoilt_page_is_refused);
  ADD ("another-table's-code", SPOIL_OTHER_CODE, test_spoilt_page_is_refused);
  return g_test_run ();
}
