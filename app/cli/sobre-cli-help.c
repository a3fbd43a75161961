/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Help for people, and with --json the same for programs: the manual page is made from that. */

#include "sobre-config.h"

#include "cli/sobre-cli-options-private.h"
#include "model/sobre-json-members.h"

#include <glib/gi18n-lib.h>

static const char description[] =
    N_ ("Collects what restaurant guests think and shows it. Without a command the window opens.");

static void
print_option (SobreCliOutput *output, const GOptionEntry *entry)
{
  g_autofree char *left = NULL;
  g_autofree char *name = entry->arg_description != NULL ? g_strdup_printf ("--%s %s", entry->long_name, entry->arg_description)
                                                         : g_strdup_printf ("--%s", entry->long_name);

  left = entry->short_name != 0 ? g_strdup_printf ("-%c, %s", entry->short_name, name) : g_strdup_printf ("    %s", name);
  sobre_cli_output_print (output, "  %-24s %s", left, g_dgettext (GETTEXT_PACKAGE, entry->description));
}

static void
print_options (SobreCliOutput *output, const GOptionEntry *entries)
{
  for (; entries != NULL && entries->long_name != NULL; entries++)
    print_option (output, entries);
}

static void
add_options (JsonBuilder *builder, const char *name, const GOptionEntry *entries)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (; entries != NULL && entries->long_name != NULL; entries++)
    {
      const char letter[] = { entries->short_name, '\0' };

      json_builder_begin_object (builder);
      sobre_json_add_text (builder, "name", entries->long_name);
      sobre_json_add_text (builder, "letter", letter[0] != '\0' ? letter : NULL);
      sobre_json_add_text (builder, "value", entries->arg_description);
      sobre_json_add_text (builder, "summary", g_dgettext (GETTEXT_PACKAGE, entries->description));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_document (SobreCli *self, JsonBuilder *builder)
{
  g_autoptr (JsonNode) document = NULL;

  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
}

static void
print_help_document (SobreCli *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "summary", g_dgettext (GETTEXT_PACKAGE, description));
  json_builder_set_member_name (builder, "commands");
  json_builder_begin_array (builder);
  for (const SobreCliCommand *command = sobre_cli_get_commands (); command->name != NULL; command++)
    {
      json_builder_begin_object (builder);
      sobre_json_add_text (builder, "name", command->name);
      sobre_json_add_text (builder, "arguments", command->arguments);
      sobre_json_add_text (builder, "summary", g_dgettext (GETTEXT_PACKAGE, command->summary));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  add_options (builder, "options", sobre_cli_get_global_entries ());
  print_document (self, builder);
}

SobreCliStatus
sobre_cli_print_help (SobreCli *self)
{
  print_help_document (self);
  sobre_cli_output_print (self->output, "%s\n\n%s\n\n%s", _ ("Usage: sobremesa [OPTIONS] COMMAND"),
                          g_dgettext (GETTEXT_PACKAGE, description), _ ("Commands:"));
  for (const SobreCliCommand *command = sobre_cli_get_commands (); command->name != NULL; command++)
    sobre_cli_output_print (self->output, "  %-24s %s", command->name, g_dgettext (GETTEXT_PACKAGE, command->summary));
  sobre_cli_output_print (self->output, "\n%s", _ ("Options:"));
  print_options (self->output, sobre_cli_get_global_entries ());
  sobre_cli_output_print (self->output, "\n%s",
                          _ ("“sobremesa COMMAND --help” says more about a command. Exit status: 0 done, 1 failed, "
                             "2 wrong usage."));
  return SOBRE_CLI_DONE;
}

SobreCliStatus
sobre_cli_print_command_help (SobreCli *self, const SobreCliCommand *command, const GOptionEntry *entries)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "name", command->name);
  sobre_json_add_text (builder, "arguments", command->arguments);
  sobre_json_add_text (builder, "summary", g_dgettext (GETTEXT_PACKAGE, command->summary));
  add_options (builder, "options", entries);
  add_options (builder, "global_options", sobre_cli_get_global_entries ());
  print_document (self, builder);

  sobre_cli_output_print (self->output, _ ("Usage: sobremesa %s%s%s"), command->name, *command->arguments != '\0' ? " " : "",
                          command->arguments);
  sobre_cli_output_print (self->output, "\n%s.", g_dgettext (GETTEXT_PACKAGE, command->summary));
  sobre_cli_output_print (self->output, "\n%s", _ ("Options:"));
  print_options (self->output, entries);
  print_options (self->output, sobre_cli_get_global_entries ());
  return SOBRE_CLI_DONE;
}

SobreCliStatus
sobre_cli_print_version (SobreCli *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "version", SOBRE_VERSION);
  print_document (self, builder);
  sobre_cli_output_print (self->output, "sobremesa %s", SOBRE_VERSION);
  return SOBRE_CLI_DONE;
}
