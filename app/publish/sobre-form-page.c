/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "publish/sobre-form-page.h"

#include "publish/sobre-form-markup.h"
#include "publish/sobre-html.h"
#include "publish/sobre-language-choice.h"
#include "publish/sobre-page-frame.h"

const char *
sobre_form_page_choose_language (SobreForm *form, const char *wanted, const char *accept_language)
{
  return sobre_language_choose (sobre_form_get_languages (form), wanted, accept_language);
}

static SobrePageFrame
make_frame (const SobreFormPage *page, const char *title, gboolean scripted)
{
  return (SobrePageFrame) {
    .assets = page->assets,
    .language = page->language,
    .languages = sobre_form_get_languages (page->form),
    .title = title,
    .restaurant = page->restaurant,
    .table_id = page->table_id,
    .style = "form.css",
    .script = scripted ? sobre_site_way_get_form_script (&page->way) : NULL,
    .link = page->menu_path,
    .link_text = sobre_site_words_get (sobre_site_assets_get_menu_words (page->assets), page->language, "menu"),
  };
}

static void
begin_document (GString *html, const SobreFormPage *page, const char *title, gboolean scripted, const char *more_style)
{
  SobrePageFrame frame = make_frame (page, title, scripted);

  frame.more_style = more_style;
  sobre_page_frame_begin (html, &frame);
  g_string_append (html, sobre_site_assets_get_faces (page->assets));
  if (scripted)
    g_string_append (html, "<progress id=\"progress\" hidden></progress>");
  sobre_page_frame_append_header (html, &frame);
}

char *
sobre_form_page_render (const SobreFormPage *page, gsize *length)
{
  GString *html = g_string_sized_new (16 * 1024);

  begin_document (html, page, sobre_form_get_words (page->form, SOBRE_FORM_TITLE, page->language), TRUE, NULL);
  g_string_append (html, "<p id=\"status\" role=\"status\"></p><main>");
  if (page->way.transport == SOBRE_TRANSPORT_LOCAL)
    sobre_form_markup_append (html, page);
  else
    sobre_html_append_element (html, "<noscript><section class=\"thanks\"><p>",
                               sobre_site_assets_get_word (page->assets, page->language, "script"),
                               "</p></section></noscript>");
  g_string_append (html, "</main>");
  sobre_form_data_append (html, page);
  return sobre_page_frame_end (html, length);
}

static void
begin_thanks (GString *html, const SobreFormPage *page, const char *more_style)
{
  const char *thanks = sobre_form_get_words (page->form, SOBRE_FORM_THANKS, page->language);

  begin_document (html, page, thanks, FALSE, more_style);
  sobre_html_append_element (html, "<main><section class=\"thanks\"><div class=\"done\"></div><h1>", thanks, "</h1>");
  sobre_html_append_element (html, "<p>", sobre_site_assets_get_word (page->assets, page->language, "sent"), "</p>");
  if (sobre_form_get_review_url (page->form) != NULL)
    {
      g_string_append (html, "<a class=\"send\" rel=\"noopener noreferrer\"");
      sobre_html_append_attribute (html, "href", sobre_form_get_review_url (page->form));
      sobre_html_append_element (html, ">", sobre_form_get_words (page->form, SOBRE_FORM_REVIEW, page->language), "</a>");
    }
  g_string_append (html, "</section>");
}

char *
sobre_form_page_render_thanks (const SobreFormPage *page, gsize *length)
{
  GString *html = g_string_sized_new (4 * 1024);

  begin_thanks (html, page, NULL);
  g_string_append (html, "</main>");
  return sobre_page_frame_end (html, length);
}

char *
sobre_form_page_render_dishes (const SobreFormPage *page, SobreMenu *menu, gsize *length)
{
  GString *html = g_string_sized_new (32 * 1024);

  begin_thanks (html, page, "dishes.css");
  sobre_form_markup_append_dishes (html, page, menu);
  g_string_append (html, "</main>");
  return sobre_page_frame_end (html, length);
}

static const char *
get_problem_text (const SobreFormPage *page, SobreFormProblem problem)
{
  static const char *const keys[] = {
    [SOBRE_FORM_PROBLEM_INCOMPLETE] = "incomplete", [SOBRE_FORM_PROBLEM_ALREADY] = "already",
    [SOBRE_FORM_PROBLEM_TOO_LONG] = "long",         [SOBRE_FORM_PROBLEM_BUSY] = "busy",
    [SOBRE_FORM_PROBLEM_NOT_FOUND] = "lost",
  };

  if (problem == SOBRE_FORM_PROBLEM_NO_MENU)
    return sobre_site_words_get (sobre_site_assets_get_menu_words (page->assets), page->language, "absent");
  return sobre_site_assets_get_word (page->assets, page->language, keys[problem]);
}

char *
sobre_form_page_render_problem (const SobreFormPage *page, SobreFormProblem problem, gsize *length)
{
  GString *html = g_string_sized_new (4 * 1024);
  const SobreSiteWords *menu_words = sobre_site_assets_get_menu_words (page->assets);
  const char *title = problem == SOBRE_FORM_PROBLEM_NO_MENU
                          ? sobre_site_words_get (menu_words, page->language, "menu")
                          : sobre_site_assets_get_word (page->assets, page->language, "check");

  begin_document (html, page, title, FALSE, NULL);
  sobre_html_append_element (html, "<main><section class=\"thanks\"><h1>", title, "</h1>");
  sobre_html_append_element (html, "<p>", get_problem_text (page, problem), "</p></section></main>");
  return sobre_page_frame_end (html, length);
}
