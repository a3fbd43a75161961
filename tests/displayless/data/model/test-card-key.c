/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <string.h>

#include "model/sobre-card-key.h"

static GBytes *
make_secret (void)
{
  guint8 secret[SOBRE_CARD_SECRET_LENGTH];

  for (guint i = 0; i < sizeof secret; i++)
    secret[i] = (guint8) i;
  return g_bytes_new (secret, sizeof secret);
}

/* What another implementation makes of it: Python's hmac and base64.b32encode over b"CENTRO\x1fT1\x1f1", key bytes(range(32)). */
static void
test_vector (void)
{
  g_autoptr (GBytes) secret = make_secret ();
  char key[SOBRE_CARD_KEY_LENGTH + 1];

  sobre_card_key_make (secret, "Centro", "t1", 1, key);
  g_assert_cmpstr (key, ==, "QNQVZQBP5O7CU472");
}

static void
test_verify (void)
{
  g_autoptr (GBytes) secret = make_secret ();
  g_autoptr (GBytes) other = g_bytes_new ("another secret of thirty-two byte", 32);
  char key[SOBRE_CARD_KEY_LENGTH + 1];

  sobre_card_key_make (secret, "centro", "t1", 1, key);
  g_assert_true (sobre_card_key_verify (secret, "centro", "t1", 1, key));
  g_assert_true (sobre_card_key_verify (secret, "CENTRO", "T1", 1, key));
  g_assert_false (sobre_card_key_verify (secret, "centro", "t1", 2, key));
  g_assert_false (sobre_card_key_verify (secret, "centro", "t2", 1, key));
  g_assert_false (sobre_card_key_verify (secret, "centr", "ot1", 1, key));
  g_assert_false (sobre_card_key_verify (other, "centro", "t1", 1, key));
  g_assert_false (sobre_card_key_verify (secret, "centro", "t1", 1, ""));
  g_assert_false (sobre_card_key_verify (secret, "centro", "t1", 1, "AAAAAAAAAAAAAAAAA"));

  for (guint i = 0; i < SOBRE_CARD_KEY_LENGTH; i++)
    {
      char changed[SOBRE_CARD_KEY_LENGTH + 1];

      memcpy (changed, key, sizeof key);
      changed[i] = changed[i] == 'A' ? 'B' : 'A';
      g_assert_false (sobre_card_key_verify (secret, "centro", "t1", 1, changed));
    }
}

static void
test_alphabet (void)
{
  g_autoptr (GBytes) secret = make_secret ();

  for (guint epoch = 0; epoch < 500; epoch++)
    {
      char key[SOBRE_CARD_KEY_LENGTH + 1];

      sobre_card_key_make (secret, "centro", "t1", epoch, key);
      g_assert_cmpuint (strlen (key), ==, SOBRE_CARD_KEY_LENGTH);
      g_assert_cmpuint (strspn (key, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), ==, SOBRE_CARD_KEY_LENGTH);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/card-key/vector", test_vector);
  g_test_add_func ("/card-key/verify", test_verify);
  g_test_add_func ("/card-key/alphabet", test_alphabet);

  return g_test_run ();
}
