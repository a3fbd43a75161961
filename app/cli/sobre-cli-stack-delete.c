/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Removing what was deployed. The lake stays, unless its bucket's name is typed. */

#include "sobre-config.h"

#include "cli/sobre-cli-stack.h"

#include <glib/gi18n-lib.h>

#include "stack/sobre-stack-delete.h"

/** Options: what the command line says. */
typedef struct
{
  char *name;
  gboolean lake;
  char *confirm;
  char *confirm_lake;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->name);
  g_free (self->confirm);
  g_free (self->confirm_lake);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/** Removal: one run. */
typedef struct
{
  SobreCliStack *stack;
  const Options *options;
} Removal;

static void
tell_cb (const SobreStackNews *news, gpointer user_data)
{
  Removal *self = user_data;

  if (news->kind == SOBRE_STACK_NEWS_IDENTITY)
    sobre_cli_stack_print_identity (self->stack, news->identity);
  else if (news->kind == SOBRE_STACK_NEWS_EVENT)
    sobre_cli_stack_note_event (self->stack, news->event);
}

static DexFuture *
ask_cb (const SobreStackQuestion *question, gpointer user_data)
{
  Removal *self = user_data;
  g_autofree char *words = NULL;

  if (question->kind == SOBRE_STACK_QUESTION_REMOVE_LAKE)
    {
      words = g_strdup_printf (_ ("Every answer in the lake would be lost. Type %s to go on:"), question->word);
      return sobre_cli_stack_ask (self->stack, question, words, self->options->confirm_lake);
    }
  words = g_strdup_printf (_ ("The form, the menu and the collector in %s would be removed, the lake kept. Type %s to go on:"),
                           sobre_aws_account_get_region (self->stack->account), question->word);
  return sobre_cli_stack_ask (self->stack, question, words, self->options->confirm);
}

static gboolean
remove_all (SobreCliStack *stack, const Options *options, GError **error)
{
  Removal removal = { stack, options };
  const SobreStackListener listener = { tell_cb, ask_cb, &removal, NULL };

  return sobre_cli_finish (stack->cli, sobre_stack_remove (stack->work, options->lake, &listener), error);
}

static void
print_result (SobreCliStack *self, gboolean lake)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "stack");
  json_builder_add_string_value (builder, self->work->name);
  json_builder_set_member_name (builder, "lake_removed");
  json_builder_add_boolean_value (builder, lake);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->cli->output, document);
  if (lake)
    sobre_cli_output_print (self->cli->output, _ ("%s and its lake are removed"), self->work->name);
  else
    sobre_cli_output_print (self->cli->output, _ ("%s is removed. The lake is kept: “sobremesa stack deploy” finds it again"),
                            self->work->name);
}

SobreCliStatus
sobre_cli_stack_delete (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "stack", 0, 0, G_OPTION_ARG_STRING, &options.name,
      N_ ("The stacks' name; else the one deployed from here, else sobremesa"), "NAME" },
    { "lake", 0, 0, G_OPTION_ARG_NONE, &options.lake, N_ ("Remove the lake too, with every answer in it"), NULL },
    { "confirm", 0, 0, G_OPTION_ARG_STRING, &options.confirm, N_ ("The name of the stack, instead of typing it"), "NAME" },
    { "confirm-lake", 0, 0, G_OPTION_ARG_STRING, &options.confirm_lake,
      N_ ("The name of the lake's bucket, instead of typing it"), "BUCKET" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (SobreCliStack) stack = NULL;
  SobreCliStatus status;
  GError *error = NULL;

  if (!sobre_cli_parse (self, command, entries, &words, 0, 0, &status))
    return status;
  stack = sobre_cli_stack_open (self, command, options.name, NULL, &status);
  if (stack == NULL)
    return status;
  if (!remove_all (stack, &options, &error))
    return sobre_cli_fail (self, error);
  print_result (stack, options.lake);
  return SOBRE_CLI_DONE;
}
