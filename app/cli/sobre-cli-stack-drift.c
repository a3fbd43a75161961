/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli-stack.h"

#include <glib/gi18n-lib.h>

#include "model/sobre-json-members.h"
#include "stack/sobre-stack-drift.h"

static void
print_drift (SobreCliStack *self, JsonBuilder *builder, const SobreDrift *drift)
{
  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "stack", drift->stack);
  sobre_json_add_text (builder, "resource", drift->resource);
  sobre_json_add_text (builder, "type", drift->type);
  sobre_json_add_text (builder, "property", drift->property);
  sobre_json_add_text (builder, "wanted", drift->wanted);
  sobre_json_add_text (builder, "found", drift->found);
  json_builder_end_object (builder);
  if (drift->property == NULL)
    sobre_cli_output_print (self->cli->output, _ ("%s: %s is gone"), drift->stack, drift->resource);
  else
    sobre_cli_output_print (self->cli->output, _ ("%s: %s%s is %s, not %s"), drift->stack, drift->resource, drift->property,
                            drift->found != NULL ? drift->found : "–", drift->wanted != NULL ? drift->wanted : "–");
}

SobreCliStatus
sobre_cli_stack_drift (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_autofree char *name = NULL;
  const GOptionEntry entries[] = {
    { "stack", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("The stacks' name; else the one deployed from here, else sobremesa"),
      "NAME" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (SobreCliStack) stack = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;
  SobreCliStatus status;
  GError *error = NULL;
  guint n = 0;

  if (!sobre_cli_parse (self, command, entries, &words, 0, 0, &status))
    return status;
  stack = sobre_cli_stack_open (self, command, name, NULL, &status);
  if (stack == NULL)
    return status;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "drift");
  json_builder_begin_array (builder);
  for (guint part = 0; part < SOBRE_N_STACK_PARTS; part++)
    {
      g_autoptr (DexFuture) future = sobre_stack_find_drift (stack->work, part);
      GPtrArray *found;

      if (!sobre_cli_await (self, dex_ref (future), &error))
        return sobre_cli_fail (self, error);
      found = g_value_get_boxed (dex_future_get_value (future, NULL));
      for (guint i = 0; i < found->len; i++)
        print_drift (stack, builder, g_ptr_array_index (found, i));
      n += found->len;
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
  if (n == 0)
    sobre_cli_output_print (self->output, "%s", _ ("Everything is as it was deployed"));
  else
    sobre_cli_output_note (
        self->output, "%s",
        _ ("Somebody changed it in AWS. “sobremesa stack deploy” does not put it back by itself: change it there, "
           "or deploy with another value of the same parameter and then the right one"));
  return n == 0 ? SOBRE_CLI_DONE : SOBRE_CLI_FAILED;
}
