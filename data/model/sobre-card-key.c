/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "model/sobre-card-key.h"

#define UNIT_SEPARATOR "\x1F"
#define KEY_BYTES 10 /* 80 bits: 16 characters of 5 */

static void
encode_base32 (const guint8 bytes[KEY_BYTES], char text[SOBRE_CARD_KEY_LENGTH + 1])
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  for (guint i = 0; i < SOBRE_CARD_KEY_LENGTH; i++)
    {
      guint bit = i * 5;
      guint pair = (guint) bytes[bit / 8] << 8 | (bit / 8 + 1 < KEY_BYTES ? bytes[bit / 8 + 1] : 0);

      text[i] = alphabet[pair >> (11 - bit % 8) & 0x1F];
    }
  text[SOBRE_CARD_KEY_LENGTH] = '\0';
}

void
sobre_card_key_make (GBytes *secret,
                     const char *store_id,
                     const char *table_id,
                     guint epoch,
                     char key[SOBRE_CARD_KEY_LENGTH + 1])
{
  gsize secret_length;
  const guint8 *secret_bytes = g_bytes_get_data (secret, &secret_length);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, secret_bytes, secret_length);
  g_autofree char *message = g_strdup_printf ("%s" UNIT_SEPARATOR "%s" UNIT_SEPARATOR "%u", store_id, table_id, epoch);
  g_autofree char *upper = g_ascii_strup (message, -1);
  guint8 digest[32];
  gsize digest_length = sizeof digest;

  g_hmac_update (hmac, (const guchar *) upper, (gssize) strlen (upper));
  g_hmac_get_digest (hmac, digest, &digest_length);
  encode_base32 (digest, key);
}

gboolean
sobre_card_key_verify (GBytes *secret, const char *store_id, const char *table_id, guint epoch, const char *key)
{
  char expected[SOBRE_CARD_KEY_LENGTH + 1];
  guint difference = 0;

  if (strlen (key) != SOBRE_CARD_KEY_LENGTH)
    return FALSE;

  sobre_card_key_make (secret, store_id, table_id, epoch, expected);
  for (guint i = 0; i < SOBRE_CARD_KEY_LENGTH; i++)
    difference |= (guint) (guint8) (expected[i] ^ key[i]);

  return difference == 0;
}
