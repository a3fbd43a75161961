/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-report.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "model/sobre-time.h"
#include "sobre-report-html.h"
#include "sobre-report-pages.h"

#define PIXELS_PER_POINT 2.0 /* 144 dots per inch */
#define ENDLESS_COMMENTS 40

G_DEFINE_QUARK (sobre-report-error-quark, sobre_report_error)

gboolean
sobre_report_format_from_path (const char *path, SobreReportFormat *format, GError **error)
{
  const char *extensions[] = { ".pdf", ".svg", ".png", ".html" };
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    if (g_str_has_suffix (lower, extensions[i]))
      {
        *format = (SobreReportFormat) i;
        return TRUE;
      }
  g_set_error (error, SOBRE_REPORT_ERROR, SOBRE_REPORT_ERROR_FORMAT,
               _ ("“%s” is not a name for a report: it has to end in .pdf, .svg, .png or .html."), path);
  return FALSE;
}

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Takes @bytes. */
static GBytes *
finish (GByteArray *bytes, cairo_status_t status, GError **error)
{
  g_autoptr (GBytes) result = g_byte_array_free_to_bytes (bytes);

  if (status == CAIRO_STATUS_SUCCESS)
    return g_steal_pointer (&result);
  g_set_error (error, SOBRE_REPORT_ERROR, SOBRE_REPORT_ERROR_FAILED, _ ("The report could not be drawn: %s."),
               cairo_status_to_string (status));
  return NULL;
}

static cairo_status_t
draw_pages (const SobreReportPages *pages, cairo_surface_t *surface, double scale)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_scale (cr, scale, scale);
  for (guint page = 0; page < sobre_report_pages_get_n_pages (pages); page++)
    {
      g_autoptr (SobreCanvas) canvas = sobre_canvas_new (cr, sobre_theme_get (SOBRE_THEME_PRINT));

      sobre_report_pages_draw (pages, canvas, page);
      cairo_show_page (cr);
    }
  status = cairo_status (cr);
  cairo_destroy (cr);
  return status;
}

static GBytes *
render_pdf (const SobreReport *report, GError **error)
{
  g_autoptr (SobreReportPages) pages = sobre_report_pages_new (report, SOBRE_REPORT_HEIGHT, 0);
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, SOBRE_REPORT_WIDTH * SOBRE_REPORT_SCALE,
                                                                  SOBRE_REPORT_HEIGHT * SOBRE_REPORT_SCALE);
  char made_at[SOBRE_TIME_STRING_LENGTH + 1];
  cairo_status_t status;

  /* Cairo reads "YYYY-MM-DDTHH:MM:SSZ"; the milliseconds are cut off. */
  sobre_time_format (report->made_at, made_at);
  made_at[strlen ("YYYY-MM-DDTHH:MM:SS")] = 'Z';
  made_at[strlen ("YYYY-MM-DDTHH:MM:SSZ")] = '\0';
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, sobre_report_pages_get_title (pages));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, sobre_report_pages_get_filter (pages));
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Sobremesa");
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, made_at);
  status = draw_pages (pages, surface, SOBRE_REPORT_SCALE);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return finish (bytes, status, error);
}

/* Cairo draws letters as shapes; the words that a screen reader says stand in title and desc (SVG 2, 5.7). */
static void
append_words (GByteArray *bytes, const SobreReportPages *pages)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *title = g_markup_escape_text (sobre_report_pages_get_title (pages), -1);
  const GPtrArray *drawings = sobre_report_pages_get_drawings (pages);

  g_string_append_printf (words, "\n<title>%s</title>\n<desc>", title);
  for (guint i = 0; i < drawings->len; i++)
    {
      g_autofree char *summary = sobre_drawing_make_summary (g_ptr_array_index (drawings, i));
      g_autofree char *line = g_markup_printf_escaped ("%s\n", summary);

      g_string_append (words, line);
    }
  g_string_append (words, "</desc>");
  g_byte_array_append (bytes, (const guint8 *) words->str, words->len);
}

static GBytes *
insert_words (GBytes *svg, const SobreReportPages *pages)
{
  gsize size;
  const char *data = g_bytes_get_data (svg, &size);
  const char *root = g_strstr_len (data, (gssize) size, "<svg");
  const char *end = root != NULL ? memchr (root, '>', size - (gsize) (root - data)) : NULL;
  GByteArray *bytes;

  g_return_val_if_fail (end != NULL, g_bytes_ref (svg));

  bytes = g_byte_array_sized_new (size);
  g_byte_array_append (bytes, (const guint8 *) data, (guint) (end + 1 - data));
  append_words (bytes, pages);
  g_byte_array_append (bytes, (const guint8 *) end + 1, (guint) (size - (gsize) (end + 1 - data)));
  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
render_svg (const SobreReport *report, GError **error)
{
  g_autoptr (SobreReportPages) pages = sobre_report_pages_new (report, SOBRE_REPORT_ENDLESS, ENDLESS_COMMENTS);
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append_cb, bytes, SOBRE_REPORT_WIDTH * SOBRE_REPORT_SCALE,
                                                                  sobre_report_pages_get_height (pages) * SOBRE_REPORT_SCALE);
  cairo_status_t status = draw_pages (pages, surface, SOBRE_REPORT_SCALE);
  g_autoptr (GBytes) svg = NULL;

  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  svg = finish (bytes, status, error);
  return svg != NULL ? insert_words (svg, pages) : NULL;
}

static GBytes *
render_png (const SobreReport *report, GError **error)
{
  g_autoptr (SobreReportPages) pages = sobre_report_pages_new (report, SOBRE_REPORT_ENDLESS, ENDLESS_COMMENTS);
  GByteArray *bytes = g_byte_array_new ();
  double scale = SOBRE_REPORT_SCALE * PIXELS_PER_POINT;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (SOBRE_REPORT_WIDTH * scale),
                                                         (int) ceil (sobre_report_pages_get_height (pages) * scale));
  cairo_status_t status = draw_pages (pages, surface, scale);

  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_cb, bytes);
  cairo_surface_destroy (surface);
  return finish (bytes, status, error);
}

GBytes *
sobre_report_render (const SobreReport *report, SobreReportFormat format, GError **error)
{
  switch (format)
    {
    case SOBRE_REPORT_FORMAT_SVG:
      return render_svg (report, error);
    case SOBRE_REPORT_FORMAT_PNG:
      return render_png (report, error);
    case SOBRE_REPORT_FORMAT_HTML:
      return sobre_report_render_html (report, error);
    case SOBRE_REPORT_FORMAT_PDF:
    default:
      return render_pdf (report, error);
    }
}

gboolean
sobre_report_write (const SobreReport *report, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) reason = NULL;
  SobreReportFormat format;

  if (!sobre_report_format_from_path (path, &format, error))
    return FALSE;
  bytes = sobre_report_render (report, format, error);
  if (bytes == NULL)
    return FALSE;
  if (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &reason))
    return TRUE;
  g_set_error (error, SOBRE_REPORT_ERROR, SOBRE_REPORT_ERROR_FAILED, _ ("The report could not be written: %s."),
               reason->message);
  return FALSE;
}
