/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-intake-pages.h"

#include "intake/sobre-gzip.h"
#include "sobre-reply.h"

#define HTML "text/html; charset=utf-8"
#define RETENTION_DAYS 730
#define PLACE_MAX 64

/* The three parts of a card's path. */
typedef struct
{
  char *store;
  char *table;
  char *key;
} Card;

static void
card_clear (Card *card)
{
  g_free (card->store);
  g_free (card->table);
  g_free (card->key);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Card, card_clear)

static gboolean
is_part (const char *text)
{
  gsize length = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-");

  return length > 0 && length <= PLACE_MAX && text[length] == '\0';
}

static gboolean
parse_path (const char *path, Card *card)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 6);

  if (g_strv_length (parts) != 5 || !g_str_equal (parts[0], "") || !g_str_equal (parts[1], "T") || !is_part (parts[2]) ||
      !is_part (parts[3]) || !is_part (parts[4]))
    return FALSE;
  card->store = g_strdup (parts[2]);
  card->table = g_strdup (parts[3]);
  card->key = g_strdup (parts[4]);
  return TRUE;
}

static const char *
choose_language (const SobreIntakePages *self, SoupServerMessage *message, const char *language)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return sobre_form_page_choose_language (self->form, language, soup_message_headers_get_list (headers, "Accept-Language"));
}

/* The store's own name, or the whole house's. */
static const char *
find_restaurant (const SobreIntakePages *self, const char *store_id)
{
  if (self->settings == NULL)
    return NULL;
  for (guint i = 0; store_id != NULL && i < self->settings->stores->len; i++)
    {
      const SobreStore *store = g_ptr_array_index (self->settings->stores, i);

      if (g_ascii_strcasecmp (store->id, store_id) == 0)
        return store->name;
    }
  return self->settings->name;
}

static SobreFormPage
make_page (const SobreIntakePages *self, SoupServerMessage *message, const char *language)
{
  return (SobreFormPage) {
    .form = self->form,
    .assets = self->assets,
    .language = choose_language (self, message, language),
    .restaurant = find_restaurant (self, NULL),
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
  sobre_reply_bytes (message, status, HTML, plain, packed, NULL);
}

void
sobre_intake_pages_serve_form (const SobreIntakePages *self, SoupServerMessage *message, const char *path, const char *language)
{
  SobreFormPage page = make_page (self, message, language);
  g_auto (Card) card = { 0 };
  SobreTable *table;
  SobreId id;
  char *html;
  gsize length;

  if (!parse_path (path, &card))
    {
      sobre_intake_pages_serve_problem (self, message, 404, SOBRE_FORM_PROBLEM_NOT_FOUND, language);
      return;
    }
  table = sobre_places_find (self->places, sobre_text (card.store), sobre_text (card.table));
  id = sobre_id_make_v7 (self->clock, self->random);
  page.store_id = table != NULL ? sobre_table_get_store_id (table) : card.store;
  page.table_id = table != NULL ? sobre_table_get_table_id (table) : card.table;
  page.key = card.key;
  page.restaurant = find_restaurant (self, page.store_id);
  page.id = &id;
  page.now = sobre_clock_now (self->clock);
  html = sobre_form_page_render (&page, &length);
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
  g_autofree char *etag = NULL;

  if (asset == NULL)
    {
      sobre_reply_error (message, 404, "path", 0);
      return;
    }
  etag = g_strdup_printf ("\"%s\"", asset->name);
  sobre_reply_bytes (message, 200, asset->type, asset->plain, asset->packed, etag);
}
