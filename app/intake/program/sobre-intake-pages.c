/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-intake-pages.h"

#include "intake/sobre-gzip.h"
#include "sobre-card-path.h"
#include "sobre-reply.h"

#define HTML "text/html; charset=utf-8"
#define RETENTION_DAYS 730

/* The first step of the paths of a table's pages, and what the menu's script asks for. */
#define FORM_PAGE "T"
#define MENU_PAGE "M"
#define MENU_POINTER "current.json"

static const char *
choose_language (const SobreIntakePages *self, SoupServerMessage *message, const char *language)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return sobre_form_page_choose_language (self->form, language, soup_message_headers_get_list (headers, "Accept-Language"));
}

static SobreFormPage
make_page (const SobreIntakePages *self, SoupServerMessage *message, const char *language)
{
  return (SobreFormPage) {
    .form = self->form,
    .assets = self->assets,
    .language = choose_language (self, message, language),
    .restaurant = sobre_settings_find_restaurant (self->settings, NULL),
    .retention_days = self->settings != NULL ? self->settings->retention_days : RETENTION_DAYS,
  };
}

static void
serve (SoupServerMessage *message, guint status, char *html, gsize length, const char *language)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (GBytes) plain = g_bytes_new_take (html, length);
  g_autoptr (GBytes) packed = sobre_gzip (plain);

  soup_message_headers_replace (headers, "Content-Language", language);
  sobre_reply_page (message, status, HTML, plain, packed);
}

gboolean
sobre_intake_pages_has_menu (const SobreIntakePages *self)
{
  return self->menu != NULL && sobre_menu_live_refresh (self->menu);
}

/* Where the page is read, and what an answer that it posts by itself is called. @id: outlives the page */
static void
place_page (const SobreIntakePages *self, SobreFormPage *page, const SobreCardPath *card, SobreId *id)
{
  *id = sobre_id_make_v7 (self->clock, self->random);
  page->store_id = card->store_id;
  page->table_id = card->table_id;
  page->key = card->key;
  page->restaurant = sobre_settings_find_restaurant (self->settings, page->store_id);
  page->id = id;
  page->now = sobre_clock_now (self->clock);
}

void
sobre_intake_pages_serve_form (const SobreIntakePages *self, SoupServerMessage *message, const char *path, const char *language)
{
  SobreFormPage page = make_page (self, message, language);
  g_auto (SobreCardPath) card = { 0 };
  g_autofree char *menu_path = NULL;
  SobreId id;
  char *html;
  gsize length;

  if (!sobre_card_path_parse (&card, path, FORM_PAGE, self->places))
    {
      sobre_intake_pages_serve_problem (self, message, 404, SOBRE_FORM_PROBLEM_NOT_FOUND, language);
      return;
    }
  if (sobre_intake_pages_has_menu (self))
    menu_path = g_strconcat ("/" MENU_PAGE "/", card.tail, NULL);
  place_page (self, &page, &card, &id);
  page.menu_path = menu_path;
  html = sobre_form_page_render (&page, &length);
  serve (message, 200, html, length, page.language);
}

void
sobre_intake_pages_serve_dishes (const SobreIntakePages *self,
                                 SoupServerMessage *message,
                                 const char *path,
                                 const char *language)
{
  SobreFormPage page = make_page (self, message, language);
  g_auto (SobreCardPath) card = { 0 };
  SobreId id;
  char *html;
  gsize length;

  if (!sobre_card_path_parse (&card, path, SOBRE_DISHES_PAGE, self->places))
    {
      sobre_intake_pages_serve_problem (self, message, 404, SOBRE_FORM_PROBLEM_NOT_FOUND, language);
      return;
    }
  if (sobre_form_find_dish_question (self->form) == NULL || !sobre_intake_pages_has_menu (self))
    {
      sobre_intake_pages_serve_thanks (self, message, language);
      return;
    }
  place_page (self, &page, &card, &id);
  html = sobre_form_page_render_dishes (&page, sobre_menu_live_begin_page (self->menu, page.language, NULL).menu, &length);
  serve (message, 200, html, length, page.language);
}

void
sobre_intake_pages_serve_thanks (const SobreIntakePages *self, SoupServerMessage *message, const char *language)
{
  SobreFormPage page = make_page (self, message, language);
  gsize length;
  char *html = sobre_form_page_render_thanks (&page, &length);

  serve (message, 200, html, length, page.language);
}

void
sobre_intake_pages_serve_problem (const SobreIntakePages *self,
                                  SoupServerMessage *message,
                                  guint status,
                                  SobreFormProblem problem,
                                  const char *language)
{
  SobreFormPage page = make_page (self, message, language);
  gsize length;
  char *html = sobre_form_page_render_problem (&page, problem, &length);

  serve (message, status, html, length, page.language);
}

void
sobre_intake_pages_serve_asset (const SobreIntakePages *self, SoupServerMessage *message, const char *name)
{
  const SobreSiteAsset *asset = sobre_site_assets_find (self->assets, name);

  if (asset != NULL)
    sobre_reply_file (message, asset, SOBRE_KEEP_FOR_EVER);
  else
    sobre_reply_error (message, 404, "path", 0);
}

static void
serve_no_menu (const SobreIntakePages *self, SoupServerMessage *message, const char *language)
{
  sobre_intake_pages_serve_problem (self, message, 404, SOBRE_FORM_PROBLEM_NO_MENU, language);
}

void
sobre_intake_pages_serve_menu (const SobreIntakePages *self, SoupServerMessage *message, const char *path, const char *language)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  gboolean at_table = !g_str_equal (path, "/" MENU_PAGE "/");
  g_auto (SobreCardPath) card = { 0 };
  g_autofree char *form_path = NULL;
  SobreMenuPage page;
  gsize length;
  char *html;

  if (at_table && !sobre_card_path_parse (&card, path, MENU_PAGE, self->places))
    {
      sobre_intake_pages_serve_problem (self, message, 404, SOBRE_FORM_PROBLEM_NOT_FOUND, language);
      return;
    }
  if (!sobre_intake_pages_has_menu (self))
    {
      serve_no_menu (self, message, language);
      return;
    }
  if (at_table)
    form_path = g_strconcat ("/" FORM_PAGE "/", card.tail, NULL);
  page = sobre_menu_live_begin_page (self->menu, language, soup_message_headers_get_list (headers, "Accept-Language"));
  page.restaurant = sobre_settings_find_restaurant (self->settings, card.store_id);
  page.store_id = card.store_id;
  page.table_id = card.table_id;
  page.key = card.key;
  page.form = self->form;
  page.form_path = form_path;
  html = sobre_menu_page_render (&page, sobre_menu_live_get_main (self->menu, &page), &length);
  serve (message, 200, html, length, page.language);
}

void
sobre_intake_pages_serve_menu_file (const SobreIntakePages *self, SoupServerMessage *message, const char *name)
{
  gboolean pointer = g_str_equal (name, MENU_POINTER);
  const SobreSiteAsset *file = NULL;

  if (self->menu != NULL)
    {
      sobre_menu_live_refresh (self->menu);
      file = pointer ? sobre_menu_live_get_pointer (self->menu) : sobre_menu_live_find (self->menu, name);
    }
  if (file != NULL)
    sobre_reply_file (message, file, pointer ? SOBRE_KEEP_BRIEFLY : SOBRE_KEEP_FOR_EVER);
  else
    sobre_reply_error (message, 404, "path", 0);
}
