/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "qr/sobre-card-url.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/sobre-table.h"
#include "qr/sobre-card-error.h"

/* SCHEME://HOST[:PORT]/T/STORE/TABLE/KEY cut at its slashes. */
enum
{
  PART_SCHEME,
  PART_NOTHING,
  PART_HOST,
  PART_T,
  PART_STORE,
  PART_TABLE,
  PART_KEY,
  N_PARTS,
};

/* RFC 952 and 1123 names and IPv4 addresses; a literal IPv6 address has brackets, which are not in the alphanumeric set. */
static gboolean
host_is_valid (const char *host, gsize length)
{
  gboolean label_open = FALSE;

  if (length == 0 || length > 253)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      gboolean letter = g_ascii_isalnum (host[i]);

      if (!letter && !(label_open && (host[i] == '.' || host[i] == '-')))
        return FALSE;
      label_open = letter || host[i] == '-';
    }
  return g_ascii_isalnum (host[length - 1]);
}

static gboolean
port_is_valid (const char *port)
{
  guint64 number;

  return g_ascii_string_to_unsigned (port, 10, 1, 65535, &number, NULL);
}

static gboolean
authority_is_valid (const char *authority)
{
  const char *colon = strchr (authority, ':');

  if (colon == NULL)
    return host_is_valid (authority, strlen (authority));
  return host_is_valid (authority, colon - authority) && port_is_valid (colon + 1);
}

/* The base in upper case without a slash at its end; NULL when it is none. */
static char *
normalize_base (const char *base)
{
  g_autofree char *upper = g_ascii_strup (base, -1);
  const char *authority;

  if (g_str_has_suffix (upper, "/"))
    upper[strlen (upper) - 1] = '\0';
  if (g_str_has_prefix (upper, "HTTP://"))
    authority = upper + strlen ("HTTP://");
  else if (g_str_has_prefix (upper, "HTTPS://"))
    authority = upper + strlen ("HTTPS://");
  else
    return NULL;
  return authority_is_valid (authority) ? g_steal_pointer (&upper) : NULL;
}

char *
sobre_card_url_make (const char *base, GBytes *secret, guint epoch, const char *store_id, const char *table_id, GError **error)
{
  g_autofree char *origin = normalize_base (base);
  g_autofree char *store = g_ascii_strup (store_id, -1);
  g_autofree char *table = g_ascii_strup (table_id, -1);
  char key[SOBRE_CARD_KEY_LENGTH + 1];

  if (origin == NULL)
    {
      g_set_error (error, SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_ADDRESS,
                   _ ("“%s” cannot be the address on a card: it has to be http:// or https://, a host name or IPv4 address and "
                      "perhaps a port, and nothing behind them."),
                   base);
      return NULL;
    }
  if (!sobre_place_id_is_valid (store_id) || !sobre_place_id_is_valid (table_id))
    {
      g_set_error (
          error, SOBRE_CARD_ERROR, SOBRE_CARD_ERROR_ADDRESS,
          _ ("Table “%s” of store “%s” cannot be in a card's address: ids have letters, digits, dots and dashes only."),
          table_id, store_id);
      return NULL;
    }
  sobre_card_key_make (secret, store_id, table_id, epoch, key);
  return g_strdup_printf ("%s/T/%s/%s/%s", origin, store, table, key);
}

static gboolean
key_is_valid (const char *key)
{
  return strlen (key) == SOBRE_CARD_KEY_LENGTH && strspn (key, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == SOBRE_CARD_KEY_LENGTH;
}

SobreCardUrl *
sobre_card_url_parse (const char *url)
{
  g_autofree char *upper = g_ascii_strup (url, -1);
  g_auto (GStrv) parts = g_strsplit (upper, "/", N_PARTS + 1);
  g_autofree char *base = NULL;
  SobreCardUrl *self;

  if (g_strv_length (parts) != N_PARTS || strcmp (parts[PART_T], "T") != 0 || parts[PART_NOTHING][0] != '\0')
    return NULL;
  base = g_strdup_printf ("%s//%s", parts[PART_SCHEME], parts[PART_HOST]);
  if (!sobre_place_id_is_valid (parts[PART_STORE]) || !sobre_place_id_is_valid (parts[PART_TABLE]) ||
      !key_is_valid (parts[PART_KEY]))
    return NULL;

  self = g_new0 (SobreCardUrl, 1);
  self->base = normalize_base (base);
  self->store_id = g_strdup (parts[PART_STORE]);
  self->table_id = g_strdup (parts[PART_TABLE]);
  g_strlcpy (self->key, parts[PART_KEY], sizeof self->key);
  if (self->base == NULL)
    g_clear_pointer (&self, sobre_card_url_free);
  return self;
}

void
sobre_card_url_free (SobreCardUrl *self)
{
  g_free (self->base);
  g_free (self->store_id);
  g_free (self->table_id);
  g_free (self);
}

char *
sobre_card_url_make_short (const char *url)
{
  g_auto (GStrv) parts = g_strsplit (url, "/", N_PARTS + 1);
  g_autofree char *address = NULL;

  g_return_val_if_fail (g_strv_length (parts) == N_PARTS, NULL);
  address = g_strdup_printf ("%s/t/%s/%s", parts[PART_HOST], parts[PART_STORE], parts[PART_TABLE]);
  return g_ascii_strdown (address, -1);
}
