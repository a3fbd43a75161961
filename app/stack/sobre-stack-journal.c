/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "stack/sobre-stack-journal.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "stack/sobre-stack-work.h"

#define LAKE_SUFFIX "-lake.json"

static char *
dup_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_dup_string (node) : NULL;
}

static char **
dup_list (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
    {
      const char *text = json_array_get_string_element (json_node_get_array (node), i);

      if (text != NULL)
        g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}

SobreStackJournal *
sobre_stack_journal_read (const char *folder, const char *stack)
{
  SobreStackJournal *self = g_new0 (SobreStackJournal, 1);
  g_autofree char *name = g_strconcat (stack, ".json", NULL);
  g_autofree char *text = sobre_workspace_read_file (folder, name, NULL, NULL);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root = text != NULL && json_parser_load_from_data (parser, text, -1, NULL) ? json_parser_get_root (parser) : NULL;
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  if (object == NULL)
    return self;
  self->stack_id = dup_member (object, "stack_id");
  self->token = dup_member (object, "token");
  self->change_set = dup_member (object, "change_set");
  self->after = dup_member (object, "after");
  self->is_running = json_object_get_boolean_member_with_default (object, "running", FALSE);
  self->buckets = dup_list (object, "buckets");
  return self;
}

static void
add_member (JsonBuilder *builder, const char *name, const char *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

gboolean
sobre_stack_journal_write (const SobreStackJournal *self, const char *folder, const char *stack, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *name = g_strconcat (stack, ".json", NULL);
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_member (builder, "stack_id", self->stack_id);
  add_member (builder, "token", self->token);
  add_member (builder, "change_set", self->change_set);
  add_member (builder, "after", self->after);
  json_builder_set_member_name (builder, "running");
  json_builder_add_boolean_value (builder, self->is_running);
  json_builder_set_member_name (builder, "buckets");
  json_builder_begin_array (builder);
  for (guint i = 0; self->buckets != NULL && self->buckets[i] != NULL; i++)
    json_builder_add_string_value (builder, self->buckets[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return sobre_workspace_make_folder (folder, error) && sobre_workspace_write_file (folder, name, text, -1, error);
}

void
sobre_stack_journal_free (SobreStackJournal *self)
{
  g_free (self->stack_id);
  g_free (self->token);
  g_free (self->change_set);
  g_free (self->after);
  g_strfreev (self->buckets);
  g_free (self);
}

static gboolean
is_there (const char *folder, const char *name)
{
  g_autoptr (SobreStackJournal) journal = sobre_stack_journal_read (folder, name);

  return journal->stack_id != NULL;
}

char *
sobre_stack_find_name (const char *folder, gboolean is_deployed, guint *n)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  g_autofree char *found = NULL;
  const char *file;
  guint n_found = 0;

  while (entries != NULL && (file = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *name =
          g_str_has_suffix (file, LAKE_SUFFIX) ? g_strndup (file, strlen (file) - strlen (LAKE_SUFFIX)) : NULL;

      if (name == NULL || !sobre_stack_name_is_valid (name) || (is_deployed && !is_there (folder, name)))
        continue;
      g_set_str (&found, name);
      n_found++;
    }
  if (n != NULL)
    *n = n_found;
  return n_found == 1 ? g_steal_pointer (&found) : NULL;
}

void
sobre_stack_note_site (const char *folder, const char *name, const char *url)
{
  g_autofree char *path = g_build_filename (folder, SOBRE_SITE_FILE, NULL);
  g_autofree char *line = NULL;
  g_autofree char *known = NULL;
  g_autofree char *own = g_strconcat (name, " ", NULL);

  if (url != NULL)
    {
      line = g_strconcat (own, url, "\n", NULL);
      if (sobre_workspace_make_folder (folder, NULL))
        sobre_workspace_write_file (folder, SOBRE_SITE_FILE, line, -1, NULL);
      return;
    }
  known = sobre_workspace_read_file (folder, SOBRE_SITE_FILE, NULL, NULL);
  if (known != NULL && g_str_has_prefix (known, own))
    g_unlink (path);
}
