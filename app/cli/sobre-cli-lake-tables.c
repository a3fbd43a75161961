/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli-compact.h"

#include <glib/gi18n-lib.h>

#include "model/sobre-time.h"

static void
print_tables (SobreCli *self, gint32 first)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;
  char day[SOBRE_DAY_STRING_LENGTH + 1];

  sobre_day_format (first, day);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "from");
  json_builder_add_string_value (builder, day);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
  sobre_cli_output_print (self->output, _ ("The tables responses, answers, events and orders read the lake from %s on"), day);
}

static gboolean
make_tables (SobreCli *self, SobreWorkspace *workspace, SobreS3Lake *lake, GError **error)
{
  const SobreCompactWork work = { .workspace = workspace, .lake = lake, .cancellable = self->cancellable };
  g_autoptr (DexFuture) future = sobre_compact_put_views (&work);

  if (!sobre_cli_finish (self, dex_ref (future), error))
    return FALSE;
  print_tables (self, g_value_get_int (dex_future_get_value (future, NULL)));
  return TRUE;
}

SobreCliStatus
sobre_cli_lake_tables (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (SobreWorkspace) workspace = NULL;
  SobreS3Lake *lake;
  SobreCliStatus status;
  GError *error = NULL;

  if (!sobre_cli_parse (self, command, NULL, &words, 0, 0, &status))
    return status;
  workspace = sobre_cli_open_bucket (self, command, _ ("the lake is in a folder: there are tables over one in a bucket only"),
                                     &lake, &status);
  if (workspace == NULL)
    return status;
  return make_tables (self, workspace, lake, &error) ? SOBRE_CLI_DONE : sobre_cli_fail (self, error);
}
