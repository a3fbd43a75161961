/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The pages that guests see. A page is one document with one style sheet and one script, all from the same host; nothing in it is
 * inline but data. The script stands in the head and waits for the document: it marks the root element before anything is painted, so
 * that a guest with JavaScript never sees the plain form flash by, and a guest without it never sees anything else. */

#include "publish/sobre-form-page.h"

#include <string.h>

#include "model/sobre-language.h"
#include "publish/sobre-form-markup.h"
#include "publish/sobre-html.h"

#define MAX_HEADER_BYTES 1024

static const char *
find_language (SobreForm *form, const char *tag)
{
  const char *const *languages = sobre_form_get_languages (form);

  for (guint i = 0; languages[i] != NULL; i++)
    if (g_ascii_strcasecmp (languages[i], tag) == 0)
      return languages[i];
  return NULL;
}

/* Lookup (RFC 4647, section 3.4): cut subtags off the wanted tag until one fits; then a form's "pt-BR" serves "pt" as well. */
static const char *
look_up (SobreForm *form, const char *wanted)
{
  const char *const *languages = sobre_form_get_languages (form);
  g_autofree char *tag = g_strdup (wanted);
  gsize length;

  while (*tag != '\0')
    {
      char *dash = strrchr (tag, '-');
      const char *found = find_language (form, tag);

      if (found != NULL)
        return found;
      if (dash == NULL)
        break;
      *dash = '\0';
    }
  length = strlen (tag);
  for (guint i = 0; length > 0 && languages[i] != NULL; i++)
    if (g_ascii_strncasecmp (languages[i], tag, length) == 0 && languages[i][length] == '-')
      return languages[i];
  return NULL;
}

/* The weight of one entry, "de;q=0.8", whose parameters are cut off; -1 where it says nothing usable. */
static double
split_weight (char *entry)
{
  char *parameter = strchr (entry, ';');
  double weight = 1;

  if (parameter != NULL)
    {
      *parameter++ = '\0';
      g_strstrip (parameter);
      if (!g_str_has_prefix (parameter, "q="))
        return -1;
      weight = g_ascii_strtod (parameter + 2, NULL);
    }
  g_strstrip (entry);
  return weight > 0 && weight <= 1 && sobre_language_is_valid (entry) ? weight : -1;
}

const char *
sobre_form_page_choose_language (SobreForm *form, const char *wanted, const char *accept_language)
{
  const char *best = wanted != NULL && strlen (wanted) < MAX_HEADER_BYTES ? look_up (form, wanted) : NULL;
  double best_weight = 0;
  g_auto (GStrv) entries = NULL;

  if (best != NULL)
    return best;
  if (accept_language == NULL || strlen (accept_language) > MAX_HEADER_BYTES)
    return sobre_form_get_languages (form)[0];

  entries = g_strsplit (accept_language, ",", -1);
  for (guint i = 0; entries[i] != NULL; i++)
    {
      double weight = split_weight (entries[i]);
      const char *found = weight > best_weight ? look_up (form, entries[i]) : NULL;

      if (found == NULL)
        continue;
      best = found;
      best_weight = weight;
    }
  return best != NULL ? best : sobre_form_get_languages (form)[0];
}

static void
append_tagged (GString *html, const char *open, const char *text, const char *close)
{
  g_string_append (html, open);
  sobre_html_append_text (html, text);
  g_string_append (html, close);
}

static void
append_head (GString *html, const SobreFormPage *page, const char *title, gboolean scripted)
{
  g_string_append (html, "<!DOCTYPE html><html");
  sobre_html_append_attribute (html, "lang", page->language);
  sobre_html_append_attribute (html, "dir", sobre_language_is_right_to_left (page->language) ? "rtl" : "ltr");
  g_string_append (html,
                   "><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                   "<meta name=\"robots\" content=\"noindex\"><meta name=\"format-detection\" content=\"telephone=no\">");
  append_tagged (html, "<title>", title, "");
  if (page->restaurant != NULL)
    append_tagged (html, " · ", page->restaurant, "");
  g_string_append_printf (html, "</title><link rel=\"stylesheet\" href=\"/assets/%s\">",
                          sobre_site_assets_get_name (page->assets, "form.css"));
  if (scripted)
    g_string_append_printf (html, "<script src=\"/assets/%s\"></script>", sobre_site_assets_get_name (page->assets, "form.js"));
  g_string_append (html, "</head><body>");
  g_string_append (html, sobre_site_assets_get_faces (page->assets));
}

static void
append_language_name (GString *html, const SobreFormPage *page, const char *language)
{
  const char *name = sobre_site_assets_get_language_name (page->assets, language);

  sobre_html_append_text (html, name != NULL ? name : language);
}

static void
append_languages (GString *html, const SobreFormPage *page)
{
  const char *const *languages = sobre_form_get_languages (page->form);

  if (languages[1] == NULL)
    return;
  g_string_append (html, "<nav");
  sobre_html_append_attribute (html, "aria-label", sobre_site_assets_get_word (page->assets, page->language, "language"));
  g_string_append (html, "><details><summary>");
  append_language_name (html, page, page->language);
  g_string_append (html, "</summary><ul>");
  for (guint i = 0; languages[i] != NULL; i++)
    {
      if (strcmp (languages[i], page->language) == 0)
        continue;
      g_string_append_printf (html, "<li><a href=\"?lang=%s\" lang=\"%s\" hreflang=\"%s\">", languages[i], languages[i],
                              languages[i]);
      append_language_name (html, page, languages[i]);
      g_string_append (html, "</a></li>");
    }
  g_string_append (html, "</ul></details></nav>");
}

static void
append_header (GString *html, const SobreFormPage *page)
{
  g_string_append (html, "<header><p class=\"house\">");
  sobre_html_append_text (html, page->restaurant);
  if (page->table_id != NULL)
    {
      g_autofree char *table =
          sobre_html_fill (sobre_site_assets_get_word (page->assets, page->language, "table"), "table", page->table_id);

      append_tagged (html, "<span>", table, "</span>");
    }
  g_string_append (html, "</p>");
  append_languages (html, page);
  g_string_append (html, "</header>");
}

static char *
end_document (GString *html, gsize *length)
{
  g_string_append (html, "</body></html>\n");
  *length = html->len;
  return g_string_free (html, FALSE);
}

char *
sobre_form_page_render (const SobreFormPage *page, gsize *length)
{
  GString *html = g_string_sized_new (16 * 1024);

  append_head (html, page, sobre_form_get_words (page->form, SOBRE_FORM_TITLE, page->language), TRUE);
  g_string_append (html, "<progress id=\"progress\" hidden></progress>");
  append_header (html, page);
  g_string_append (html, "<p id=\"status\" role=\"status\"></p><main>");
  sobre_form_markup_append (html, page);
  g_string_append (html, "</main>");
  sobre_form_data_append (html, page);
  return end_document (html, length);
}

char *
sobre_form_page_render_thanks (const SobreFormPage *page, gsize *length)
{
  GString *html = g_string_sized_new (4 * 1024);
  const char *thanks = sobre_form_get_words (page->form, SOBRE_FORM_THANKS, page->language);

  append_head (html, page, thanks, FALSE);
  append_header (html, page);
  append_tagged (html, "<main><section class=\"thanks\"><div class=\"done\"></div><h1>", thanks, "</h1>");
  append_tagged (html, "<p>", sobre_site_assets_get_word (page->assets, page->language, "sent"), "</p>");
  if (sobre_form_get_review_url (page->form) != NULL)
    {
      g_string_append (html, "<a class=\"send\" rel=\"noopener noreferrer\"");
      sobre_html_append_attribute (html, "href", sobre_form_get_review_url (page->form));
      append_tagged (html, ">", sobre_form_get_words (page->form, SOBRE_FORM_REVIEW, page->language), "</a>");
    }
  g_string_append (html, "</section></main>");
  return end_document (html, length);
}

static const char *
get_problem_word (SobreFormProblem problem)
{
  switch (problem)
    {
    case SOBRE_FORM_PROBLEM_ALREADY:
      return "already";
    case SOBRE_FORM_PROBLEM_TOO_LONG:
      return "long";
    case SOBRE_FORM_PROBLEM_BUSY:
      return "busy";
    case SOBRE_FORM_PROBLEM_NOT_FOUND:
      return "lost";
    case SOBRE_FORM_PROBLEM_INCOMPLETE:
    default:
      return "incomplete";
    }
}

char *
sobre_form_page_render_problem (const SobreFormPage *page, SobreFormProblem problem, gsize *length)
{
  GString *html = g_string_sized_new (4 * 1024);
  const char *check = sobre_site_assets_get_word (page->assets, page->language, "check");

  append_head (html, page, check, FALSE);
  append_header (html, page);
  append_tagged (html, "<main><section class=\"thanks\"><h1>", check, "</h1>");
  append_tagged (html, "<p>", sobre_site_assets_get_word (page->assets, page->language, get_problem_word (problem)), "</p>");
  g_string_append (html, "</section></main>");
  return end_document (html, length);
}
