/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli.h"

#include <glib/gi18n-lib.h>

#include "workspace/sobre-workspace-files.h"

static void
print_result (SobreCli *self, SobreForm *form, GPtrArray *issues)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "usable");
  json_builder_add_boolean_value (builder, form != NULL);
  sobre_cli_print_issues (self, builder, SOBRE_FORM_FILE, issues);
  if (form != NULL)
    {
      json_builder_set_member_name (builder, "form_id");
      json_builder_add_string_value (builder, sobre_form_get_id (form));
      json_builder_set_member_name (builder, "version");
      json_builder_add_int_value (builder, sobre_form_get_version (form));
      json_builder_set_member_name (builder, "questions");
      json_builder_add_int_value (builder, sobre_form_get_n_questions (form));
      sobre_cli_output_print (self->output, _ ("%s: form “%s”, version %d: guests can use it"), SOBRE_FORM_FILE,
                              sobre_form_get_id (form), sobre_form_get_version (form));
    }
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
}

/* The workspace is not opened: it refuses a form that cannot be used, and this command is there to say why. */
SobreCliStatus
sobre_cli_form_check (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (GStrv) words = g_strdupv (argv);
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (SobreForm) form = NULL;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (GError) fault = NULL;
  GError *error = NULL;
  SobreCliStatus status;
  gsize length;

  if (!sobre_cli_parse (self, command, NULL, &words, 0, 0, &status))
    return status;

  path = sobre_workspace_resolve_path (self->workspace_option);
  text = sobre_workspace_read_file (path, SOBRE_FORM_FILE, &length, &error);
  if (text == NULL)
    return sobre_cli_fail (self, error);
  form = sobre_form_parse (text, length, &issues, &fault);
  print_result (self, form, issues);
  if (form != NULL)
    return SOBRE_CLI_DONE;
  sobre_cli_output_warn (self->output, "%s: %s", SOBRE_FORM_FILE, fault->message);
  return SOBRE_CLI_FAILED;
}
