/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "qr/sobre-card-check.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <zbar.h>

#include "qr/sobre-card-error.h"

#define POINTS_PER_INCH 72.0
#define DARK 96   /* a module's middle is darker than this */
#define WHITE 240 /* paper is lighter than this */

/* A page as a printer lays it down: 8 bits a pixel, 0 for black. */
typedef struct
{
  guint8 *gray;
  int width;
  int height;
  double pixels_per_point;
} Raster;

typedef struct
{
  int left;
  int top;
  int right;
  int bottom;
} PixelBox;

static gboolean
fail (GError **error, const SobreCardExpectation *expected, double dpi, const char *reason)
{
  g_set_error (
      error, SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_UNREADABLE,
      _ ("The card of table “%s” does not read back from the page at %.0f dots per inch: %s. Nothing was printed or written."),
      expected->table_id, dpi, reason);
  return FALSE;
}

/* Luma by ITU-R BT.601, as a scanner that knows no colour would see it. */
static void
to_gray (cairo_surface_t *surface, Raster *raster)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (int y = 0; y < raster->height; y++)
    for (int x = 0; x < raster->width; x++)
      {
        guint32 pixel;

        memcpy (&pixel, data + (gsize) y * stride + (gsize) x * sizeof pixel, sizeof pixel);
        raster->gray[(gsize) y * raster->width + x] =
            (299 * ((pixel >> 16) & 0xff) + 587 * ((pixel >> 8) & 0xff) + 114 * (pixel & 0xff)) / 1000;
      }
}

/* Recorded first: a recording has no pixels, so nothing is set on whole ones and the raster is what a printer makes of a vector page. */
static cairo_surface_t *
record_page (SobreCardDrawFunc draw, gpointer user_data)
{
  cairo_surface_t *recording = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (recording);

  draw (cr, user_data);
  cairo_destroy (cr);
  return recording;
}

static gboolean
rasterize (SobreCardDrawFunc draw, gpointer user_data, double width, double height, double dpi, Raster *raster, GError **error)
{
  cairo_surface_t *recording = record_page (draw, user_data);
  cairo_surface_t *surface;
  cairo_status_t status;
  cairo_t *cr;

  raster->pixels_per_point = dpi / POINTS_PER_INCH;
  raster->width = ceil (width * raster->pixels_per_point);
  raster->height = ceil (height * raster->pixels_per_point);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, raster->width, raster->height);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, raster->pixels_per_point, raster->pixels_per_point);
  cairo_set_source_surface (cr, recording, 0, 0);
  cairo_paint (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (recording);
  cairo_surface_flush (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    {
      raster->gray = g_malloc ((gsize) raster->width * raster->height);
      to_gray (surface, raster);
    }
  else
    {
      g_set_error (error, SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_FAILED, _ ("The page could not be drawn for the check: %s."),
                   cairo_status_to_string (status));
    }
  cairo_surface_destroy (surface);
  return status == CAIRO_STATUS_SUCCESS;
}

static guint8
get_pixel (const Raster *raster, double x_points, double y_points)
{
  int x = CLAMP ((int) floor (x_points * raster->pixels_per_point), 0, raster->width - 1);
  int y = CLAMP ((int) floor (y_points * raster->pixels_per_point), 0, raster->height - 1);

  return raster->gray[(gsize) y * raster->width + x];
}

/* The expected place with @modules around it, less @slack pixels on each side for edges that share a pixel with what is beside them. */
static PixelBox
get_box (const Raster *raster, const SobreCardExpectation *expected, double modules, int slack)
{
  double margin = expected->size / sobre_qr_code_get_size (expected->code) * modules;

  return (PixelBox) {
    (int) floor ((expected->x - margin) * raster->pixels_per_point) + slack,
    (int) floor ((expected->y - margin) * raster->pixels_per_point) + slack,
    (int) ceil ((expected->x + expected->size + margin) * raster->pixels_per_point) - slack,
    (int) ceil ((expected->y + expected->size + margin) * raster->pixels_per_point) - slack,
  };
}

static gboolean
quiet_zone_is_white (const Raster *raster, const SobreCardExpectation *expected)
{
  PixelBox outer = get_box (raster, expected, SOBRE_QR_QUIET_MODULES, 1);
  PixelBox inner = get_box (raster, expected, 0, -1);

  if (outer.left < 0 || outer.top < 0 || outer.right > raster->width || outer.bottom > raster->height)
    return FALSE;
  for (int y = outer.top; y < outer.bottom; y++)
    for (int x = outer.left; x < outer.right; x++)
      {
        if (x >= inner.left && x < inner.right && y >= inner.top && y < inner.bottom)
          continue;
        if (raster->gray[(gsize) y * raster->width + x] < WHITE)
          return FALSE;
      }
  return TRUE;
}

static gboolean
modules_are_right (const Raster *raster, const SobreCardExpectation *expected)
{
  int n_modules = sobre_qr_code_get_size (expected->code);
  double module = expected->size / n_modules;

  for (int row = 0; row < n_modules; row++)
    for (int column = 0; column < n_modules; column++)
      {
        guint8 pixel = get_pixel (raster, expected->x + (column + 0.5) * module, expected->y + (row + 0.5) * module);
        gboolean dark = sobre_qr_code_is_dark (expected->code, column, row);

        if (dark ? pixel > DARK : pixel < WHITE)
          return FALSE;
      }
  return TRUE;
}

/* What a reader sees in a part of the page. */
static GPtrArray *
read_codes (zbar_image_scanner_t *scanner, const Raster *raster, PixelBox box)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  zbar_image_t *image = zbar_image_create ();
  g_autofree guint8 *part = NULL;
  int width, height;

  box = (PixelBox) { MAX (box.left, 0), MAX (box.top, 0), MIN (box.right, raster->width), MIN (box.bottom, raster->height) };
  width = box.right - box.left;
  height = box.bottom - box.top;
  part = g_malloc ((gsize) width * height);
  for (int y = 0; y < height; y++)
    memcpy (part + (gsize) y * width, raster->gray + (gsize) (box.top + y) * raster->width + box.left, width);
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, width, height);
  zbar_image_set_data (image, part, (gsize) width * height, NULL);
  zbar_scan_image (scanner, image);
  for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL; symbol = zbar_symbol_next (symbol))
    g_ptr_array_add (texts, g_strndup (zbar_symbol_get_data (symbol), zbar_symbol_get_data_length (symbol)));
  zbar_image_destroy (image);
  return texts;
}

static gboolean
check_code (zbar_image_scanner_t *scanner,
            const Raster *raster,
            double dpi,
            const SobreCardExpectation *expected,
            GError **error)
{
  g_autoptr (GPtrArray) texts = NULL;

  if (!quiet_zone_is_white (raster, expected))
    return fail (error, expected, dpi, _ ("the white around the code is less than four modules"));
  if (!modules_are_right (raster, expected))
    return fail (error, expected, dpi, _ ("something is drawn over the code"));
  texts = read_codes (scanner, raster, get_box (raster, expected, SOBRE_QR_QUIET_MODULES, 0));
  if (texts->len != 1)
    return fail (error, expected, dpi, _ ("no reader finds its code"));
  if (strcmp (g_ptr_array_index (texts, 0), expected->url) != 0)
    return fail (error, expected, dpi, _ ("its code leads somewhere else"));
  return TRUE;
}

gboolean
sobre_card_check_page (SobreCardDrawFunc draw,
                       gpointer user_data,
                       double width,
                       double height,
                       double dpi,
                       const SobreCardExpectation *expected,
                       guint n_expected,
                       GError **error)
{
  Raster raster = { 0 };
  zbar_image_scanner_t *scanner;
  gboolean right = TRUE;

  if (!rasterize (draw, user_data, width, height, dpi, &raster, error))
    return FALSE;
  scanner = zbar_image_scanner_create ();
  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  for (guint i = 0; right && i < n_expected; i++)
    right = check_code (scanner, &raster, dpi, &expected[i], error);
  zbar_image_scanner_destroy (scanner);
  g_free (raster.gray);
  return right;
}
