/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "model/sobre-card-key.h"

/**
 * SobreCardUrl: what a card's code says, taken apart.
 * @base: scheme, host and port, upper case: "HTTP://192.168.1.20:8080"
 */
typedef struct
{
  char *base;
  char *store_id;
  char *table_id;
  char key[SOBRE_CARD_KEY_LENGTH + 1];
} SobreCardUrl;

/**
 * sobre_card_url_make:
 * @base: http or https, a host name or IPv4 address and perhaps a port, in any case; nothing behind them but one slash
 * @secret: the workspace's card secret
 * @epoch: of the cards
 *
 * BASE/T/STORE/TABLE/KEY, upper case, so that every character is in the alphanumeric set of QR codes.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_CARD_ERROR_ADDRESS when @base or an id cannot be in such a URL
 */
char *
sobre_card_url_make (const char *base, GBytes *secret, guint epoch, const char *store_id, const char *table_id, GError **error);

/** sobre_card_url_parse: Returns: (transfer full) (nullable): %NULL when @url is not a card's; the key is not verified */
SobreCardUrl *sobre_card_url_parse (const char *url);
void sobre_card_url_free (SobreCardUrl *self);

/** The address as it is printed beside the code: no scheme, no key, lower case: "feedback.harbour.example/t/harbour/12". */
char *sobre_card_url_make_short (const char *url);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreCardUrl, sobre_card_url_free)
