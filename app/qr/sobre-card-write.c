/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "qr/sobre-card-job-private.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "qr/sobre-card-check.h"
#include "qr/sobre-zip.h"

#define PRINT_DPI 300.0
#define POOR_PRINT_DPI 150.0

typedef struct
{
  const SobreCardJob *job;
  guint page;
} Page;

static void
draw_page_cb (cairo_t *cr, gpointer user_data)
{
  const Page *page = user_data;

  sobre_card_job_draw_page (page->job, cr, page->page);
}

static SobreCardExpectation
expect_card (const SobreCardJob *self, guint card)
{
  const SobreCard *which = g_ptr_array_index (self->cards, card);
  SobreCardBox place = sobre_card_template_place_code (which->code);
  double unit = SOBRE_CARD_POINTS_PER_MM;
  double x, y;

  _sobre_card_job_place_card (self, card, &x, &y);
  return (SobreCardExpectation) {
    .url = which->url,
    .table_id = which->table_id,
    .code = which->code,
    .x = (self->offset_x + (x + place.x) * self->scale) * unit,
    .y = (self->offset_y + (y + place.y) * self->scale) * unit,
    .size = place.width * self->scale * unit,
  };
}

static gboolean
check_page (const SobreCardJob *self, guint page, GError **error)
{
  guint per_page = _sobre_card_job_get_cards_per_page (self);
  guint first = page * per_page;
  guint n_cards = MIN (per_page, self->cards->len - first);
  g_autofree SobreCardExpectation *expected = g_new0 (SobreCardExpectation, n_cards);
  Page which = { self, page };
  double width, height;

  for (guint i = 0; i < n_cards; i++)
    expected[i] = expect_card (self, first + i);
  sobre_card_job_get_page_size (self, &width, &height);
  return sobre_card_check_page (draw_page_cb, &which, width, height, PRINT_DPI, expected, n_cards, error) &&
         sobre_card_check_page (draw_page_cb, &which, width, height, POOR_PRINT_DPI, expected, n_cards, error);
}

gboolean
sobre_card_job_check (const SobreCardJob *self, GError **error)
{
  for (guint page = 0; page < sobre_card_job_get_n_pages (self); page++)
    if (!check_page (self, page, error))
      return FALSE;
  return TRUE;
}

gboolean
sobre_card_format_from_path (const char *path, SobreCardFormat *format, GError **error)
{
  const char *extensions[] = { ".pdf", ".svg", ".png", ".zip" };
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    if (g_str_has_suffix (lower, extensions[i]))
      {
        *format = (SobreCardFormat) i;
        return TRUE;
      }
  g_set_error (error, SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_FORMAT,
               _ ("“%s” is not a name for cards: it has to end in .pdf, .svg, .png or .zip."), path);
  return FALSE;
}

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
finish (GByteArray *bytes, cairo_status_t status, GError **error)
{
  g_autoptr (GBytes) result = g_byte_array_free_to_bytes (bytes);

  if (status == CAIRO_STATUS_SUCCESS)
    return g_steal_pointer (&result);
  g_set_error (error, SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_FAILED, _ ("The cards could not be drawn: %s."),
               cairo_status_to_string (status));
  return NULL;
}

/* Finishes @surface, so that its end is in @bytes, and takes both. */
static GBytes *
finish_surface (cairo_t *cr, cairo_surface_t *surface, GByteArray *bytes, GError **error)
{
  cairo_status_t status = cairo_status (cr);

  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return finish (bytes, status, error);
}

static GBytes *
render_pdf (const SobreCardJob *self, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface;
  double width, height;
  cairo_t *cr;

  sobre_card_job_get_page_size (self, &width, &height);
  surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, width, height);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, self->name);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Sobremesa");
  cr = cairo_create (surface);
  for (guint page = 0; page < sobre_card_job_get_n_pages (self); page++)
    {
      sobre_card_job_draw_page (self, cr, page);
      cairo_show_page (cr);
    }
  return finish_surface (cr, surface, bytes, error);
}

static GBytes *
render_svg (const SobreCardJob *self, guint card, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append_cb, bytes, SOBRE_CARD_WIDTH * SOBRE_CARD_POINTS_PER_MM,
                                                                  SOBRE_CARD_HEIGHT * SOBRE_CARD_POINTS_PER_MM);
  cairo_t *cr = cairo_create (surface);

  sobre_card_job_draw_card (self, cr, card);
  return finish_surface (cr, surface, bytes, error);
}

static GBytes *
render_png (const SobreCardJob *self, guint card, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  double pixels_per_mm = PRINT_DPI / 25.4;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) round (SOBRE_CARD_WIDTH * pixels_per_mm),
                                                         (int) round (SOBRE_CARD_HEIGHT * pixels_per_mm));
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, PRINT_DPI / 72, PRINT_DPI / 72);
  sobre_card_job_draw_card (self, cr, card);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_cb, bytes);
  cairo_surface_destroy (surface);
  return finish (bytes, status, error);
}

static gboolean
add_member (SobreZip *zip, const SobreCardJob *self, const char *name, SobreCardFormat format, guint card, GError **error)
{
  g_autoptr (GBytes) bytes = sobre_card_job_render (self, format, card, error);

  if (bytes == NULL)
    return FALSE;
  sobre_zip_add (zip, name, bytes);
  return TRUE;
}

static GBytes *
render_zip (const SobreCardJob *self, GError **error)
{
  g_autoptr (SobreZip) zip = sobre_zip_new ();

  if (!add_member (zip, self, "cards.pdf", SOBRE_CARD_FORMAT_PDF, 0, error))
    return NULL;
  for (guint i = 0; i < self->cards->len; i++)
    {
      const SobreCard *card = g_ptr_array_index (self->cards, i);
      g_autofree char *svg = g_strdup_printf ("%s-%s.svg", card->store_id, card->table_id);
      g_autofree char *png = g_strdup_printf ("%s-%s.png", card->store_id, card->table_id);

      if (!add_member (zip, self, svg, SOBRE_CARD_FORMAT_SVG, i, error) ||
          !add_member (zip, self, png, SOBRE_CARD_FORMAT_PNG, i, error))
        return NULL;
    }
  return sobre_zip_finish (zip);
}

GBytes *
sobre_card_job_render (const SobreCardJob *self, SobreCardFormat format, guint card, GError **error)
{
  g_return_val_if_fail (card < self->cards->len, NULL);

  switch (format)
    {
    case SOBRE_CARD_FORMAT_SVG:
      return render_svg (self, card, error);
    case SOBRE_CARD_FORMAT_PNG:
      return render_png (self, card, error);
    case SOBRE_CARD_FORMAT_ZIP:
      return render_zip (self, error);
    case SOBRE_CARD_FORMAT_PDF:
    default:
      return render_pdf (self, error);
    }
}

static char *
name_file (const SobreCardJob *self, const char *path, guint card)
{
  const SobreCard *which = g_ptr_array_index (self->cards, card);
  const char *extension = strrchr (path, '.');

  return g_strdup_printf ("%.*s-%s-%s%s", (int) (extension - path), path, which->store_id, which->table_id, extension);
}

static gboolean
write_file (const SobreCardJob *self, SobreCardFormat format, guint card, const char *path, GStrvBuilder *files, GError **error)
{
  g_autoptr (GBytes) bytes = sobre_card_job_render (self, format, card, error);
  g_autoptr (GError) reason = NULL;

  if (bytes == NULL)
    return FALSE;
  if (!g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &reason))
    {
      g_set_error (error, SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_FAILED, _ ("The cards could not be written: %s."),
                   reason->message);
      return FALSE;
    }
  g_strv_builder_add (files, path);
  return TRUE;
}

gboolean
sobre_card_job_write (const SobreCardJob *self, const char *path, char ***files, GError **error)
{
  g_autoptr (GStrvBuilder) written = g_strv_builder_new ();
  SobreCardFormat format;
  gboolean one_file;

  if (!sobre_card_format_from_path (path, &format, error) || !sobre_card_job_check (self, error))
    return FALSE;

  one_file = format == SOBRE_CARD_FORMAT_PDF || format == SOBRE_CARD_FORMAT_ZIP || self->cards->len == 1;
  for (guint card = 0; card < (one_file ? 1 : self->cards->len); card++)
    {
      g_autofree char *name = one_file ? g_strdup (path) : name_file (self, path, card);

      if (!write_file (self, format, card, name, written, error))
        return FALSE;
    }
  if (files != NULL)
    *files = g_strv_builder_end (written);
  return TRUE;
}
