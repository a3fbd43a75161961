/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* While a deployment is under way, NAME.wish.json lies beside the stacks' journals: {"site": true, "parameters": {"UseCmk": "Yes"}}. */

#include "stack/sobre-stack-wish.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "stack/sobre-stack-journal.h"
#include "stack/sobre-stack-site.h"
#include "workspace/sobre-workspace-files.h"

#define SUFFIX ".wish.json"
#define MIN_RETENTION 30
#define MAX_RETENTION 3650

/* Stands for the lake's buckets in a plan that is made before there are any. */
#define BUCKET_TO_BE "bucket-that-will-be-made"

static GHashTable *
make_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
set (GHashTable *parameters, const char *name, const char *value)
{
  g_hash_table_insert (parameters, g_strdup (name), g_strdup (value));
}

static void
add_all (GHashTable *parameters, GHashTable *from)
{
  GHashTableIter iter;
  gpointer name, value;

  if (from == NULL)
    return;
  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &name, &value))
    set (parameters, name, value);
}

void
sobre_stack_wish_init (SobreStackWish *self, const SobreStackWish *other)
{
  *self = (SobreStackWish) { make_table (), other->without_site };
  add_all (self->parameters, other->parameters);
}

void
sobre_stack_wish_clear (SobreStackWish *self)
{
  g_clear_pointer (&self->parameters, g_hash_table_unref);
}

gboolean
sobre_stack_check_parameters (const SobreStackWork *work, GHashTable *parameters, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer name;

  for (guint part = 0; part < SOBRE_N_STACK_PARTS; part++)
    {
      g_autofree char *body = sobre_stack_work_load_template (work, part, error);
      g_autoptr (GHashTable) names = body != NULL ? sobre_stack_template_list_parameters (body) : NULL;

      if (names == NULL)
        return FALSE;
      g_hash_table_iter_init (&iter, names);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        g_hash_table_add (known, g_strdup (name));
    }
  g_hash_table_iter_init (&iter, parameters);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (known, name))
      {
        g_set_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_PARAMETER,
                     _ ("“%s” sets no parameter that there is; docs/aws.md lists them"), (const char *) name);
        return FALSE;
      }
  return TRUE;
}

static void
add_lake_parameters (GHashTable *parameters, const SobreStackWork *work, SobreWorkspace *workspace, const SobreStack *lake)
{
  const SobreSettings *settings = sobre_workspace_get_settings (workspace);
  g_autofree char *days = g_strdup_printf ("%u", CLAMP ((guint) settings->retention_days, MIN_RETENTION, MAX_RETENTION));
  g_autofree char *database = g_strdelimit (g_strdup (work->name), "-", '_');

  set (parameters, "RetentionDays", days);
  set (parameters, "Database", database);
  if (lake == NULL && settings->lake_bucket != NULL)
    set (parameters, "Bucket", settings->lake_bucket);
}

static void
add_main_parameters (GHashTable *parameters, SobreWorkspace *workspace, const SobreStack *lake, gboolean site)
{
  static const char *const from_lake[] = { "LakeBucket", "LogBucket", "KeyArn" };
  const SobreSettings *settings = sobre_workspace_get_settings (workspace);
  g_auto (GStrv) all =
      sobre_stack_site_dup_languages (sobre_workspace_get_path (workspace), (const char *const *) settings->languages);
  g_autofree char *languages = g_strjoinv (",", all);

  for (guint i = 0; i < G_N_ELEMENTS (from_lake); i++)
    {
      const char *value = lake != NULL ? g_hash_table_lookup (lake->outputs, from_lake[i]) : NULL;

      if (value == NULL && g_str_has_suffix (from_lake[i], "Bucket"))
        value = BUCKET_TO_BE;
      if (value != NULL)
        set (parameters, from_lake[i], value);
    }
  set (parameters, "Languages", languages);
  set (parameters, "Site", site ? "Yes" : "No");
}

GHashTable *
sobre_stack_wish_make_parameters (const SobreStackWish *self,
                                  const SobreStackWork *work,
                                  SobreWorkspace *workspace,
                                  SobreStackPart part,
                                  const SobreStack *lake,
                                  gboolean site)
{
  GHashTable *parameters = make_table ();

  if (part == SOBRE_STACK_LAKE)
    add_lake_parameters (parameters, work, workspace, lake);
  else
    add_main_parameters (parameters, workspace, lake, site);
  add_all (parameters, self->parameters);
  return parameters;
}

gboolean
sobre_stack_wish_keep (const SobreStackWish *self, const SobreStackWork *work, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *file = g_strconcat (work->name, SUFFIX, NULL);
  g_autofree char *text = NULL;
  GHashTableIter iter;
  gpointer name, value;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "site");
  json_builder_add_boolean_value (builder, !self->without_site);
  json_builder_set_member_name (builder, "parameters");
  json_builder_begin_object (builder);
  g_hash_table_iter_init (&iter, self->parameters);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      json_builder_set_member_name (builder, name);
      json_builder_add_string_value (builder, value);
    }
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return sobre_workspace_make_folder (work->journals, error) &&
         sobre_workspace_write_file (work->journals, file, text, -1, error);
}

void
sobre_stack_wish_forget (const SobreStackWork *work)
{
  g_autofree char *file = g_strconcat (work->name, SUFFIX, NULL);
  g_autofree char *path = g_build_filename (work->journals, file, NULL);

  g_unlink (path);
}

/* What cannot be read is a wish for what is there, which is what every parameter that is not set means. */
static void
read_wish (SobreStackWish *self, const char *folder, const char *file)
{
  g_autofree char *text = sobre_workspace_read_file (folder, file, NULL, NULL);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root = text != NULL && json_parser_load_from_data (parser, text, -1, NULL) ? json_parser_get_root (parser) : NULL;
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *parameters = object != NULL ? json_object_get_member (object, "parameters") : NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  if (object == NULL)
    return;
  self->without_site = !json_object_get_boolean_member_with_default (object, "site", TRUE);
  if (parameters == NULL || !JSON_NODE_HOLDS_OBJECT (parameters))
    return;
  json_object_iter_init (&iter, json_node_get_object (parameters));
  while (json_object_iter_next (&iter, &name, &value))
    if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
      set (self->parameters, name, json_node_get_string (value));
}

char *
sobre_stack_dup_unfinished (SobreWorkspace *workspace, SobreStackWish *wish)
{
  g_autofree char *folder =
      g_build_filename (sobre_workspace_get_path (workspace), SOBRE_STATE_FOLDER, SOBRE_JOURNALS_FOLDER, NULL);
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *file;

  if (wish != NULL)
    *wish = (SobreStackWish) { make_table (), FALSE };
  while (entries != NULL && (file = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *name = g_str_has_suffix (file, SUFFIX) ? g_strndup (file, strlen (file) - strlen (SUFFIX)) : NULL;

      if (name == NULL || !sobre_stack_name_is_valid (name))
        continue;
      if (wish != NULL)
        read_wish (wish, folder, file);
      return g_steal_pointer (&name);
    }
  return NULL;
}
