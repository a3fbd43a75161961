/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-report-html.h"

#include <cairo-svg.h>
#include <glib/gi18n-lib.h>

#include "sobre-report-pages.h"
#include "sobre-tile.h"

#define WIDTH 640.0
#define TILE_WIDTH 220.0

static const char style[] =
    "body{font:15px/1.5 Cantarell,'Adwaita Sans',Inter,system-ui,sans-serif;color:#1d1d20;max-width:46rem;margin:2rem "
    "auto;padding:0 1rem}"
    "h1{font-size:1.8rem;margin:0}h2{font-size:1.05rem;margin:0}p{margin:.2rem "
    "0;color:#5c6168}h1+p{color:#1d1d20;font-weight:600}"
    "figure{margin:2rem 0}img{display:block;max-width:100%;height:auto}.tiles{display:flex;flex-wrap:wrap;gap:1.5rem}"
    ".tiles figure{margin:1rem 0 "
    "0}figcaption,summary{color:#5c6168;font-size:.85rem}table{border-collapse:collapse;margin-top:.5rem;"
    "font-variant-numeric:tabular-nums}td,th{text-align:start;padding:.2rem 1rem .2rem 0;border-bottom:1px solid "
    "#e3e4e6;font-size:.85rem}";

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* As a data: address, so that the ids inside one picture cannot meet those of another. */
static char *
render_picture (SobreDrawing *drawing, double width, cairo_status_t *status)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *recording = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *measuring_cr = cairo_create (recording);
  g_autoptr (SobreCanvas) measuring = sobre_canvas_new (measuring_cr, sobre_theme_get (SOBRE_THEME_PRINT));
  double height = sobre_drawing_get_height (drawing, measuring, width);
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append_cb, bytes, width, height);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (SobreCanvas) canvas = sobre_canvas_new (cr, sobre_theme_get (SOBRE_THEME_PRINT));

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  sobre_drawing_draw (drawing, canvas, width, height);
  *status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_destroy (measuring_cr);
  cairo_surface_destroy (recording);
  cairo_surface_finish (surface);
  if (*status == CAIRO_STATUS_SUCCESS)
    *status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return g_base64_encode (bytes->data, bytes->len);
}

static void
append_escaped (GString *html, const char *element, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (html, "<%s dir=\"auto\">%s</%s>", element, escaped, element);
}

static void
append_table (GString *html, SobreDrawing *drawing)
{
  g_autoptr (SobreDataTable) table = sobre_drawing_make_table (drawing);

  g_string_append (html, "<table><thead><tr>");
  for (guint i = 0; table->header[i] != NULL; i++)
    append_escaped (html, "th", table->header[i]);
  g_string_append (html, "</tr></thead><tbody>\n");
  for (guint row = 0; row < table->rows->len; row++)
    {
      char **cells = g_ptr_array_index (table->rows, row);

      g_string_append (html, "<tr>");
      for (guint i = 0; cells[i] != NULL; i++)
        append_escaped (html, "td", cells[i]);
      g_string_append (html, "</tr>\n");
    }
  g_string_append (html, "</tbody></table>");
}

static gboolean
append_figure (GString *html, SobreDrawing *drawing, double width, GError **error)
{
  cairo_status_t status;
  g_autofree char *picture = render_picture (drawing, width, &status);
  g_autofree char *summary = sobre_drawing_make_summary (drawing);
  g_autofree char *alt = g_markup_escape_text (summary, -1);

  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, SOBRE_REPORT_ERROR, SOBRE_REPORT_ERROR_FAILED, _ ("The report could not be drawn: %s."),
                   cairo_status_to_string (status));
      return FALSE;
    }
  g_string_append_printf (html, "<figure><img alt=\"%s\" src=\"data:image/svg+xml;base64,%s\">\n", alt, picture);
  if (!SOBRE_IS_TILE (drawing))
    {
      append_escaped (html, "figcaption", summary);
      g_string_append (html, "<details>");
      append_escaped (html, "summary", _ ("Figures as a table"));
      append_table (html, drawing);
      g_string_append (html, "</details>");
    }
  g_string_append (html, "</figure>\n");
  return TRUE;
}

static void
append_head (GString *html, const SobreReportPages *pages)
{
  g_autofree char *title = g_markup_escape_text (sobre_report_pages_get_title (pages), -1);

  g_string_append_printf (html, "<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>%s</title>\n", title);
  g_string_append (html, "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
  g_string_append_printf (html, "<style>%s</style></head><body>\n", style);
  append_escaped (html, "h1", sobre_report_pages_get_title (pages));
  append_escaped (html, "p", sobre_report_pages_get_filter (pages));
  append_escaped (html, "p", sobre_report_pages_get_calendar (pages));
  append_escaped (html, "p", sobre_report_pages_get_age (pages));
}

GBytes *
sobre_report_render_html (const SobreReport *report, GError **error)
{
  g_autoptr (SobreReportPages) pages = sobre_report_pages_new (report, SOBRE_REPORT_ENDLESS, 0);
  const GPtrArray *drawings = sobre_report_pages_get_drawings (pages);
  g_autoptr (GString) html = g_string_new (NULL);
  gboolean in_tiles = TRUE;

  append_head (html, pages);
  g_string_append (html, "<div class=\"tiles\">\n");
  for (guint i = 0; i < drawings->len; i++)
    {
      SobreDrawing *drawing = g_ptr_array_index (drawings, i);

      if (in_tiles && !SOBRE_IS_TILE (drawing))
        {
          in_tiles = FALSE;
          g_string_append (html, "</div>\n");
        }
      if (SOBRE_IS_COMMENT_LIST (drawing))
        {
          append_escaped (html, "h2", sobre_drawing_get_title (drawing));
          append_table (html, drawing);
        }
      else if (!append_figure (html, drawing, in_tiles ? TILE_WIDTH : WIDTH, error))
        return NULL;
    }
  g_string_append (html, "</body></html>\n");
  return g_string_free_to_bytes (g_steal_pointer (&html));
}
