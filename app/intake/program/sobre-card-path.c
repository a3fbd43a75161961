/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-card-path.h"

#define PART_MAX 64

void
sobre_card_path_clear (SobreCardPath *self)
{
  g_free (self->store_id);
  g_free (self->table_id);
  g_free (self->key);
  g_free (self->tail);
}

static gboolean
is_part (const char *text)
{
  gsize length = strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-");

  return length > 0 && length <= PART_MAX && text[length] == '\0';
}

gboolean
sobre_card_path_parse (SobreCardPath *self, const char *path, const char *page, const SobrePlaces *places)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 6);
  SobreTable *table;

  if (g_strv_length (parts) != 5 || !g_str_equal (parts[0], "") || !g_str_equal (parts[1], page) || !is_part (parts[2]) ||
      !is_part (parts[3]) || !is_part (parts[4]))
    return FALSE;
  table = sobre_places_find (places, sobre_text (parts[2]), sobre_text (parts[3]));
  self->store_id = g_strdup (table != NULL ? sobre_table_get_store_id (table) : parts[2]);
  self->table_id = g_strdup (table != NULL ? sobre_table_get_table_id (table) : parts[3]);
  self->key = g_strdup (parts[4]);
  self->tail = g_strjoin ("/", parts[2], parts[3], parts[4], NULL);
  return TRUE;
}
