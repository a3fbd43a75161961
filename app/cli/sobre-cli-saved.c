/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli-saved.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/sobre-cli-options-private.h"
#include "model/sobre-json-members.h"

/* Parameter: one of them as an option. @option: its name there · @value: (nullable): what was given */
typedef struct
{
  const SobreSavedParameter *parameter;
  char *option;
  char *description;
  char *value;
} Parameter;

struct _SobreCliSavedOptions
{
  SobreSavedQuery *query;
  Parameter *parameters;
  guint n_parameters;
  GArray *entries; /* GOptionEntry */
  SobreCliCommand command;
  char *name;
  char *arguments;
  char *summary;
};

static char **
dup_folders (SobreCli *self)
{
  g_autofree char *path = sobre_workspace_resolve_path (self->workspace_option);

  return sobre_workspace_dup_query_folders (path);
}

GListModel *
sobre_cli_list_saved (SobreCli *self, GPtrArray **errors)
{
  g_auto (GStrv) folders = dup_folders (self);

  return sobre_saved_query_list ((const char *const *) folders, errors);
}

static char **
dup_names (SobreCli *self)
{
  g_autoptr (GListModel) queries = sobre_cli_list_saved (self, NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (queries); i++)
    {
      g_autoptr (SobreSavedQuery) query = g_list_model_get_item (queries, i);

      g_strv_builder_add (names, sobre_saved_query_get_name (query));
    }
  return g_strv_builder_end (names);
}

SobreSavedQuery *
sobre_cli_find_saved_query (SobreCli *self, const char *name, GError **error)
{
  g_auto (GStrv) folders = dup_folders (self);
  g_auto (GStrv) names = NULL;
  g_autoptr (GError) failure = NULL;
  SobreSavedQuery *query = sobre_saved_query_find ((const char *const *) folders, name, &failure);
  const char *meant;

  if (query != NULL)
    return query;
  if (!g_error_matches (failure, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_NAME))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  names = dup_names (self);
  meant = sobre_cli_suggest (name, (const char *const *) names);
  if (meant != NULL)
    g_set_error (error, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_NAME, _ ("There is no saved query “%s”: did you mean “%s”"), name,
                 meant);
  else
    g_set_error (error, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_NAME,
                 _ ("There is no saved query “%s”; “sobremesa query” lists those there are"), name);
  return NULL;
}

static void
add_parameters (JsonBuilder *builder, SobreSavedQuery *query)
{
  guint n;
  const SobreSavedParameter *parameters = sobre_saved_query_get_parameters (query, &n);

  json_builder_set_member_name (builder, "parameters");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    {
      json_builder_begin_object (builder);
      sobre_json_add_text (builder, "name", parameters[i].name);
      sobre_json_add_text (builder, "type", sobre_value_type_get_name (parameters[i].type));
      sobre_json_add_text (builder, "default", parameters[i].default_value);
      sobre_json_add_text (builder, "label", parameters[i].label);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_chart (JsonBuilder *builder, SobreSavedQuery *query)
{
  static const char *const kinds[] = { NULL, "table", "bar", "line" };
  const char *x, *y;
  SobreChartKind kind = sobre_saved_query_get_chart (query, &x, &y);

  json_builder_set_member_name (builder, "chart");
  if (kind == SOBRE_CHART_NONE)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "kind", kinds[kind]);
  sobre_json_add_text (builder, "x", x);
  sobre_json_add_text (builder, "y", y);
  json_builder_end_object (builder);
}

SobreCliStatus
sobre_cli_print_saved_queries (SobreCli *self)
{
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (GListModel) queries = sobre_cli_list_saved (self, &errors);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "queries");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (queries); i++)
    {
      g_autoptr (SobreSavedQuery) query = g_list_model_get_item (queries, i);

      json_builder_begin_object (builder);
      sobre_json_add_text (builder, "name", sobre_saved_query_get_name (query));
      sobre_json_add_text (builder, "title", sobre_saved_query_get_title (query));
      sobre_json_add_text (builder, "description", sobre_saved_query_get_description (query));
      add_parameters (builder, query);
      add_chart (builder, query);
      json_builder_end_object (builder);
      sobre_cli_output_print (self->output, "%-24s %s", sobre_saved_query_get_name (query),
                              sobre_saved_query_get_title (query));
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "errors");
  json_builder_begin_array (builder);
  for (guint i = 0; i < errors->len; i++)
    {
      json_builder_add_string_value (builder, g_ptr_array_index (errors, i));
      sobre_cli_output_warn (self->output, "%s", (const char *) g_ptr_array_index (errors, i));
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
  return SOBRE_CLI_DONE;
}

/* The options' values are words of the command line, as other commands have them. */
static const char *
get_value_name (SobreValueType type)
{
  switch (type)
    {
    case SOBRE_VALUE_BOOLEAN:
      return "true|false";
    case SOBRE_VALUE_INTEGER:
    case SOBRE_VALUE_BIGINT:
      return "N";
    case SOBRE_VALUE_DOUBLE:
      return "X";
    case SOBRE_VALUE_DATE:
      return "DATE";
    case SOBRE_VALUE_TIMESTAMP:
      return "TIME";
    default:
      return "TEXT";
    }
}

static char *
describe_parameter (const SobreSavedParameter *parameter)
{
  if (parameter->default_value == NULL)
    return g_strdup_printf (_ ("%s; has to be given"), parameter->label);
  if (parameter->type == SOBRE_VALUE_VARCHAR && !parameter->is_literal && g_str_equal (parameter->default_value, "@time_zone"))
    return g_strdup_printf (_ ("%s; else the workspace's time zone"), parameter->label);
  if (*parameter->default_value == '\0')
    return g_strdup (parameter->label);
  return g_strdup_printf (_ ("%s; else %s"), parameter->label, parameter->default_value);
}

static gboolean
has_entry (const GOptionEntry *entries, const char *name)
{
  for (; entries->long_name != NULL; entries++)
    if (g_str_equal (entries->long_name, name))
      return TRUE;
  return FALSE;
}

/* What the usage line says. */
static char *
list_arguments (SobreCliSavedOptions *self, const char *own)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->n_parameters; i++)
    {
      const Parameter *parameter = &self->parameters[i];
      gboolean needed = parameter->parameter->default_value == NULL;

      g_string_append_printf (text, needed ? "--%s %s " : "[--%s %s] ", parameter->option,
                              get_value_name (parameter->parameter->type));
    }
  g_string_append (text, own);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

SobreCliSavedOptions *
sobre_cli_saved_options_new (SobreSavedQuery *query, const GOptionEntry *own)
{
  SobreCliSavedOptions *self = g_new0 (SobreCliSavedOptions, 1);
  const SobreSavedParameter *parameters = sobre_saved_query_get_parameters (query, &self->n_parameters);
  const char *description = sobre_saved_query_get_description (query);

  self->query = g_object_ref (query);
  self->parameters = g_new0 (Parameter, MAX (self->n_parameters, 1));
  self->entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  for (guint i = 0; i < self->n_parameters; i++)
    {
      Parameter *parameter = &self->parameters[i];
      GOptionEntry entry = { .arg = G_OPTION_ARG_STRING, .arg_data = &parameter->value };

      parameter->parameter = &parameters[i];
      parameter->option = g_strdelimit (g_strdup (parameters[i].name), "_", '-');
      parameter->description = describe_parameter (&parameters[i]);
      entry.long_name = parameter->option;
      entry.description = parameter->description;
      entry.arg_description = get_value_name (parameters[i].type);
      if (!has_entry (own, parameter->option) && !has_entry (sobre_cli_get_global_entries (), parameter->option))
        g_array_append_val (self->entries, entry);
    }
  for (; own->long_name != NULL; own++)
    g_array_append_vals (self->entries, own, 1);

  self->name = g_strconcat ("query ", sobre_saved_query_get_name (query), NULL);
  self->arguments = list_arguments (self, "[--engine local|athena] [--format table|csv|json]");
  self->summary = g_strjoin (".\n\n", sobre_saved_query_get_title (query), description, NULL);
  self->command = (SobreCliCommand) { self->name, self->arguments, self->summary, sobre_cli_query };
  return self;
}

void
sobre_cli_saved_options_free (SobreCliSavedOptions *self)
{
  for (guint i = 0; i < self->n_parameters; i++)
    {
      g_free (self->parameters[i].option);
      g_free (self->parameters[i].description);
      g_free (self->parameters[i].value);
    }
  g_free (self->parameters);
  g_array_unref (self->entries);
  g_object_unref (self->query);
  g_free (self->name);
  g_free (self->arguments);
  g_free (self->summary);
  g_free (self);
}

const GOptionEntry *
sobre_cli_saved_options_get_entries (SobreCliSavedOptions *self)
{
  return (const GOptionEntry *) (gpointer) self->entries->data;
}

const SobreCliCommand *
sobre_cli_saved_options_get_command (SobreCliSavedOptions *self)
{
  return &self->command;
}

void
sobre_cli_saved_options_collect (SobreCliSavedOptions *self, GHashTable *values)
{
  for (guint i = 0; i < self->n_parameters; i++)
    {
      const Parameter *parameter = &self->parameters[i];

      if (parameter->value != NULL)
        g_hash_table_insert (values, g_strdup (parameter->parameter->name), g_strdup (parameter->value));
    }
}
