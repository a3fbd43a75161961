/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "intake/sobre-places.h"

#include "model/sobre-card-key.h"

/* Longer ids are in no tables.csv (sobre_place_id_is_valid). */
#define ID_MAX 32
#define NAME_SIZE (2 * ID_MAX + 2)

struct _SobrePlaces
{
  GHashTable *tables;
  GBytes *secret;
  guint epoch;
};

/* "STORE\037TABLE": no id holds the separator. */
static gboolean
make_name (SobreText store, SobreText table, char name[NAME_SIZE])
{
  gsize n = 0;

  if (store.length == 0 || store.length > ID_MAX || table.length == 0 || table.length > ID_MAX)
    return FALSE;
  for (gsize i = 0; i < store.length; i++)
    name[n++] = g_ascii_toupper (store.data[i]);
  name[n++] = '\037';
  for (gsize i = 0; i < table.length; i++)
    name[n++] = g_ascii_toupper (table.data[i]);
  name[n] = '\0';
  return strlen (name) == n;
}

SobrePlaces *
sobre_places_new (GListModel *tables, GBytes *secret, guint epoch)
{
  SobrePlaces *self = g_new0 (SobrePlaces, 1);

  self->tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->secret = g_bytes_ref (secret);
  self->epoch = epoch;
  for (guint i = 0; i < g_list_model_get_n_items (tables); i++)
    {
      g_autoptr (SobreTable) table = g_list_model_get_item (tables, i);
      char name[NAME_SIZE];

      if (make_name (sobre_text (sobre_table_get_store_id (table)), sobre_text (sobre_table_get_table_id (table)), name))
        g_hash_table_insert (self->tables, g_strdup (name), g_steal_pointer (&table));
    }
  return self;
}

void
sobre_places_free (SobrePlaces *self)
{
  g_hash_table_unref (self->tables);
  g_bytes_unref (self->secret);
  g_free (self);
}

SobreTable *
sobre_places_find (const SobrePlaces *self, SobreText store, SobreText table)
{
  char name[NAME_SIZE];

  return make_name (store, table, name) ? g_hash_table_lookup (self->tables, name) : NULL;
}

gboolean
sobre_places_verify (const SobrePlaces *self, SobreTable *table, SobreText key)
{
  char upper[SOBRE_CARD_KEY_LENGTH + 1];

  if (key.length != SOBRE_CARD_KEY_LENGTH)
    return FALSE;
  for (gsize i = 0; i < key.length; i++)
    upper[i] = g_ascii_toupper (key.data[i]);
  upper[key.length] = '\0';
  return sobre_card_key_verify (self->secret, sobre_table_get_store_id (table), sobre_table_get_table_id (table), self->epoch,
                                upper);
}
