/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  SobreCli *cli;
  char *path;
  gboolean sample;
  SobreWorkspace *workspace;
} Making;

static gboolean
make (gpointer data, GError **error)
{
  Making *making = data;

  making->workspace = sobre_workspace_create (making->path, making->sample, making->cli->clock, making->cli->random, error);
  return making->workspace != NULL;
}

static void
print_result (SobreCli *self, SobreWorkspace *workspace)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;
  guint n_tables = g_list_model_get_n_items (sobre_workspace_get_tables (workspace));

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "workspace");
  json_builder_add_string_value (builder, sobre_workspace_get_path (workspace));
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, sobre_workspace_get_settings (workspace)->name);
  json_builder_set_member_name (builder, "tables");
  json_builder_add_int_value (builder, n_tables);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
  sobre_cli_output_print (self->output,
                          g_dngettext (GETTEXT_PACKAGE, "Made the workspace of “%s” with %u table in %s",
                                       "Made the workspace of “%s” with %u tables in %s", n_tables),
                          sobre_workspace_get_settings (workspace)->name, n_tables, sobre_workspace_get_path (workspace));
}

SobreCliStatus
sobre_cli_init (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  gboolean sample = FALSE;
  const GOptionEntry entries[] = {
    { "sample", 0, 0, G_OPTION_ARG_NONE, &sample, N_ ("A made-up restaurant with four months of answers"), NULL },
    { NULL },
  };
  g_autofree char *path = NULL;
  g_auto (GStrv) words = g_strdupv (argv);
  Making making = { .cli = self };
  SobreCliStatus status;
  GError *error = NULL;

  if (!sobre_cli_parse (self, command, entries, &words, 0, 0, &status))
    return status;

  path = sobre_workspace_resolve_path (self->workspace_option);
  making.path = path;
  making.sample = sample;
  if (!sobre_cli_work (self, make, &making, &error))
    return sobre_cli_fail (self, error);
  print_result (self, making.workspace);
  g_object_unref (making.workspace);
  return SOBRE_CLI_DONE;
}
