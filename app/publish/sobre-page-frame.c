/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "publish/sobre-page-frame.h"

#include <string.h>

#include "model/sobre-language.h"
#include "publish/sobre-html.h"

static void
append_style (GString *html, const SobrePageFrame *frame, const char *style)
{
  if (style != NULL)
    g_string_append_printf (html, "<link rel=\"stylesheet\" href=\"/assets/%s\">",
                            sobre_site_assets_get_name (frame->assets, style));
}

void
sobre_page_frame_begin (GString *html, const SobrePageFrame *frame)
{
  g_string_append (html, "<!DOCTYPE html><html");
  sobre_html_append_attribute (html, "lang", frame->language);
  sobre_html_append_attribute (html, "dir", sobre_language_is_right_to_left (frame->language) ? "rtl" : "ltr");
  g_string_append (html,
                   "><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                   "<meta name=\"robots\" content=\"noindex\"><meta name=\"format-detection\" content=\"telephone=no\">");
  sobre_html_append_element (html, "<title>", frame->title, "");
  if (frame->restaurant != NULL)
    sobre_html_append_element (html, " · ", frame->restaurant, "");
  g_string_append (html, "</title>");
  append_style (html, frame, frame->style);
  append_style (html, frame, frame->more_style);
  if (frame->script != NULL)
    g_string_append_printf (html, "<script src=\"/assets/%s\"></script>",
                            sobre_site_assets_get_name (frame->assets, frame->script));
  g_string_append (html, "</head><body>");
}

static void
append_language_name (GString *html, const SobrePageFrame *frame, const char *language)
{
  const char *name = sobre_site_assets_get_language_name (frame->assets, language);

  sobre_html_append_text (html, name != NULL ? name : language);
}

static void
append_languages (GString *html, const SobrePageFrame *frame)
{
  if (frame->languages[1] == NULL)
    return;
  g_string_append (html, "<nav");
  sobre_html_append_attribute (html, "aria-label", sobre_site_assets_get_word (frame->assets, frame->language, "language"));
  g_string_append (html, "><details><summary>");
  append_language_name (html, frame, frame->language);
  g_string_append (html, "</summary><ul>");
  for (guint i = 0; frame->languages[i] != NULL; i++)
    {
      const char *language = frame->languages[i];

      if (strcmp (language, frame->language) == 0)
        continue;
      g_string_append_printf (html, "<li><a href=\"?lang=%s\" lang=\"%s\" hreflang=\"%s\">", language, language, language);
      append_language_name (html, frame, language);
      g_string_append (html, "</a></li>");
    }
  g_string_append (html, "</ul></details></nav>");
}

static void
append_link (GString *html, const SobrePageFrame *frame)
{
  g_autofree char *target = frame->link != NULL ? g_strconcat (frame->link, "?lang=", frame->language, NULL) : NULL;

  if (target == NULL)
    return;
  g_string_append (html, "<a class=\"to\"");
  sobre_html_append_attribute (html, "href", target);
  sobre_html_append_element (html, ">", frame->link_text, "</a>");
}

void
sobre_page_frame_append_header (GString *html, const SobrePageFrame *frame)
{
  g_string_append (html, "<header><p class=\"house\">");
  sobre_html_append_text (html, frame->restaurant);
  if (frame->table_id != NULL)
    {
      g_autofree char *table =
          sobre_html_fill (sobre_site_assets_get_word (frame->assets, frame->language, "table"), "table", frame->table_id);

      sobre_html_append_element (html, "<span>", table, "</span>");
    }
  g_string_append (html, "</p>");
  append_link (html, frame);
  append_languages (html, frame);
  g_string_append (html, "</header>");
}

char *
sobre_page_frame_end (GString *html, gsize *length)
{
  g_string_append (html, "</body></html>\n");
  *length = html->len;
  return g_string_free (html, FALSE);
}
