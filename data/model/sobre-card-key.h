/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#define SOBRE_CARD_KEY_LENGTH 16
#define SOBRE_CARD_SECRET_LENGTH 32

/**
 * sobre_card_key_make:
 * @secret: the workspace's secret
 * @store_id: the store, as in tables.csv
 * @table_id: the table, as in tables.csv
 * @epoch: grows when cards are revoked
 * @key: (out): 16 characters of A–Z and 2–7, and a terminating NUL
 *
 * The first 80 bits of HMAC-SHA256 (RFC 2104) over upper-case @store_id, 0x1F, upper-case @table_id, 0x1F and @epoch in decimal,
 * in base32 (RFC 4648). Upper case, because that is how the ids travel in a card's URL.
 */
void sobre_card_key_make (GBytes *secret,
                          const char *store_id,
                          const char *table_id,
                          guint epoch,
                          char key[SOBRE_CARD_KEY_LENGTH + 1]);

/** Compares in constant time. */
gboolean sobre_card_key_verify (GBytes *secret, const char *store_id, const char *table_id, guint epoch, const char *key);
