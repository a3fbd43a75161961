/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "qr/sobre-card-error.h"
#include "qr/sobre-qr-code.h"

/* Characters of the alphanumeric set that versions 1 to 10 hold at levels L, M, Q, H: ISO/IEC 18004:2015, table 7. */
static const guint capacities[][4] = {
  { 25, 20, 16, 10 },    { 47, 38, 29, 20 },    { 77, 61, 47, 35 },     { 114, 90, 67, 50 },    { 154, 122, 87, 64 },
  { 195, 154, 108, 84 }, { 224, 178, 125, 93 }, { 279, 221, 157, 122 }, { 335, 262, 189, 143 }, { 395, 311, 221, 174 },
};

static void
test_boost_follows_the_standard (void)
{
  for (guint length = 1; length <= 174; length++)
    for (SobreQrLevel floor = SOBRE_QR_LEVEL_L; floor <= SOBRE_QR_LEVEL_H; floor++)
      {
        g_autofree char *text = g_strnfill (length, 'A');
        g_autoptr (GError) error = NULL;
        g_autoptr (SobreQrCode) code = sobre_qr_code_new (text, floor, &error);
        guint version = 1;
        SobreQrLevel level = SOBRE_QR_LEVEL_H;

        while (capacities[version - 1][floor] < length)
          version++;
        while (capacities[version - 1][level] < length)
          level--;
        g_assert_no_error (error);
        g_assert_cmpuint (sobre_qr_code_get_size (code), ==, 17 + 4 * version);
        g_assert_cmpint (sobre_qr_code_get_level (code), ==, level);
      }
}

static void
test_card_urls_have_the_promised_size (void)
{
  const char *on_a_domain = "HTTPS://FB.HARBOUR.EXAMPLE/T/H/12/K3M7Q2XA9PTRWA";
  const char *on_the_lan = "HTTP://192.168.178.20:8080/T/HARB/12/K3M7Q2XA7PTRW5ZC";
  g_autoptr (SobreQrCode) small = sobre_qr_code_new (on_a_domain, SOBRE_QR_LEVEL_H, NULL);
  g_autoptr (SobreQrCode) large = sobre_qr_code_new (on_the_lan, SOBRE_QR_LEVEL_H, NULL);

  g_assert_cmpuint (strlen (on_a_domain), ==, 48);
  g_assert_cmpuint (sobre_qr_code_get_size (small), ==, 33);
  g_assert_cmpint (sobre_qr_code_get_level (small), ==, SOBRE_QR_LEVEL_H);
  g_assert_cmpuint (strlen (on_the_lan), ==, 53);
  g_assert_cmpuint (sobre_qr_code_get_size (large), ==, 37);
  g_assert_cmpint (sobre_qr_code_get_level (large), ==, SOBRE_QR_LEVEL_H);
}

static void
test_too_long_is_refused (void)
{
  g_autofree char *text = g_strnfill (1853, 'A'); /* version 40 holds 1852 at level H */
  g_autoptr (GError) error = NULL;

  g_assert_null (sobre_qr_code_new (text, SOBRE_QR_LEVEL_H, &error));
  g_assert_error (error, SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_TOO_LONG);
}

static void
test_nothing_is_dark_outside (void)
{
  g_autoptr (SobreQrCode) code = sobre_qr_code_new ("HTTP://A", SOBRE_QR_LEVEL_L, NULL);
  int size = sobre_qr_code_get_size (code);

  g_assert_true (sobre_qr_code_is_dark (code, 0, 0));
  g_assert_false (sobre_qr_code_is_dark (code, -1, 0));
  g_assert_false (sobre_qr_code_is_dark (code, 0, size));
}

/* Every pixel of the raster is black or white and has its module's colour: no gray edge, no hairline, no hole filled. */
static void
assert_drawn_exactly (const SobreQrCode *code, double scale, double device_scale)
{
  int n_modules = sobre_qr_code_get_size (code);
  int pixels = 700;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, pixels, pixels);
  cairo_t *cr;
  const guint8 *data;
  int module, left, stride;

  cairo_surface_set_device_scale (surface, device_scale, device_scale);
  cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  sobre_qr_code_draw (code, cr, 10.3 / scale, 10.3 / scale, 300.7 / scale);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);

  module = 300.7 * device_scale / n_modules;
  left = (int) (10.3 * device_scale + (300.7 * device_scale - module * n_modules) / 2 + 0.5);
  for (int y = 0; y < pixels; y++)
    for (int x = 0; x < pixels; x++)
      {
        gboolean dark = x >= left && y >= left && sobre_qr_code_is_dark (code, (x - left) / module, (y - left) / module);

        g_assert_cmpuint (data[(gsize) y * stride + x], ==, dark ? 255 : 0);
      }
  cairo_surface_destroy (surface);
}

static void
test_drawn_on_whole_pixels (void)
{
  g_autoptr (SobreQrCode) code =
      sobre_qr_code_new ("HTTP://192.168.178.20:8080/T/HARB/12/K3M7Q2XA7PTRW5ZC", SOBRE_QR_LEVEL_H, NULL);

  assert_drawn_exactly (code, 1, 1);
  assert_drawn_exactly (code, 300.0 / 72, 1);
  assert_drawn_exactly (code, 0.37, 1);
  assert_drawn_exactly (code, 1, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/qr-code/boost-follows-the-standard", test_boost_follows_the_standard);
  g_test_add_func ("/qr-code/card-urls-have-the-promised-size", test_card_urls_have_the_promised_size);
  g_test_add_func ("/qr-code/too-long-is-refused", test_too_long_is_refused);
  g_test_add_func ("/qr-code/nothing-is-dark-outside", test_nothing_is_dark_outside);
  g_test_add_func ("/qr-code/drawn-on-whole-pixels", test_drawn_on_whole_pixels);
  return g_test_run ();
}
