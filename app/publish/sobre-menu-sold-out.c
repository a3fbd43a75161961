/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "publish/sobre-menu-store-private.h"

#include <string.h>

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
sobre_menu_sort_texts (GHashTable *set)
{
  g_autoptr (GPtrArray) texts = g_hash_table_steal_all_keys (set);

  g_ptr_array_set_free_func (texts, NULL);
  g_ptr_array_sort (texts, compare_texts);
  g_ptr_array_add (texts, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&texts), FALSE);
}

static void
add_options (GHashTable *set, const SobreMenuDish *dish)
{
  for (guint i = 0; i < dish->options->len; i++)
    {
      const SobreMenuOption *option = g_ptr_array_index (dish->options, i);

      if (option->sold_out)
        g_hash_table_add (set, g_strconcat (dish->id, "/", option->id, NULL));
    }
}

char **
sobre_menu_list_sold_out (const SobreMenuPointer *pointer, SobreMenu *menu)
{
  g_autoptr (GHashTable) set = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *sections = sobre_menu_get_sections (menu);

  for (guint i = 0; pointer != NULL && pointer->sold_out[i] != NULL; i++)
    if (sobre_menu_find_item (menu, pointer->sold_out[i], NULL) != NULL)
      g_hash_table_add (set, g_strdup (pointer->sold_out[i]));
  for (guint i = 0; i < sections->len; i++)
    {
      const SobreMenuSection *section = g_ptr_array_index (sections, i);

      for (guint j = 0; j < section->dishes->len; j++)
        {
          const SobreMenuDish *dish = g_ptr_array_index (section->dishes, j);

          if (dish->sold_out)
            g_hash_table_add (set, g_strdup (dish->id));
          add_options (set, dish);
        }
    }
  return sobre_menu_sort_texts (set);
}
