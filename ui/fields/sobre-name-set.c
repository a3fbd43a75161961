/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fields/sobre-name-set.h"

static int
find_name (JsonNode *node, const char *const *names)
{
  const char *name = sobre_document_get_string (node);

  for (guint i = 0; name != NULL && names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return (int) i;
  return -1;
}

guint32
sobre_name_set_read (JsonNode *node, const char *const *names)
{
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint32 set = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      int found = find_name (json_array_get_element (array, i), names);

      if (found >= 0)
        set |= 1u << found;
    }
  return set;
}

JsonNode *
sobre_name_set_write (JsonNode *node, const char *const *names, guint32 set)
{
  JsonArray *old = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonArray *array = json_array_new ();
  JsonNode *result = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; names[i] != NULL; i++)
    if (set & 1u << i)
      json_array_add_string_element (array, names[i]);
  for (guint i = 0; old != NULL && i < json_array_get_length (old); i++)
    if (find_name (json_array_get_element (old, i), names) < 0)
      json_array_add_element (array, json_node_ref (json_array_get_element (old, i)));
  json_node_take_array (result, array);
  return result;
}
