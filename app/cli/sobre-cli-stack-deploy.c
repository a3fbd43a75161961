/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Planning and deploying, on a terminal: sobre_stack_plan() and sobre_stack_deploy() do it. */

#include "sobre-config.h"

#include "cli/sobre-cli-stack-site.h"

#include <glib/gi18n-lib.h>

#include "model/sobre-json-members.h"
#include "model/sobre-time.h"
#include "stack/sobre-stack-deploy.h"

/** Options: what the command line says. */
typedef struct
{
  char *name;
  char **settings;
  gboolean no_site;
  gboolean yes;
  char *confirm;
} Options;

/** Run: of a command. @builder: gets the plans · @preflight: (nullable): once it was told */
typedef struct
{
  SobreCliStack *stack;
  const Options *options;
  JsonBuilder *builder;
  gboolean only_plan;
  SobreStackPreflight *preflight;
} Run;

static void
options_clear (Options *self)
{
  g_free (self->name);
  g_strfreev (self->settings);
  g_free (self->confirm);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Of a plan it is a result, of a deployment a message. What is as it should be is told by saying nothing. */
static void
print_finding (Run *self, const SobreFinding *finding)
{
  SobreCliOutput *output = self->stack->cli->output;
  const char *subject = sobre_finding_subject_get_name (finding->subject);
  const char *advice = finding->advice != NULL ? finding->advice : "";
  const char *arrow = finding->advice != NULL ? " → " : "";

  if (finding->state == SOBRE_FINDING_GOOD)
    return;
  if (self->only_plan)
    sobre_cli_output_print (output, "%s: %s%s%s", subject, finding->words, arrow, advice);
  else
    sobre_cli_output_note (output, "%s: %s%s%s", subject, finding->words, arrow, advice);
}

static void
take_preflight (Run *self, const SobreStackPreflight *preflight)
{
  self->preflight = sobre_stack_preflight_ref ((SobreStackPreflight *) preflight);
  for (guint i = 0; i < preflight->findings->len; i++)
    print_finding (self, g_ptr_array_index (preflight->findings, i));
  if (preflight->worst == SOBRE_FINDING_GOOD)
    sobre_cli_output_note (self->stack->cli->output, "%s", _ ("Nothing speaks against deploying"));
}

static void
tell_cb (const SobreStackNews *news, gpointer user_data)
{
  Run *self = user_data;

  switch (news->kind)
    {
    case SOBRE_STACK_NEWS_IDENTITY:
      sobre_cli_stack_print_identity (self->stack, news->identity);
      break;
    case SOBRE_STACK_NEWS_PLAN:
      sobre_cli_stack_print_plan (self->stack, self->builder, news->plan);
      break;
    case SOBRE_STACK_NEWS_EVENT:
      sobre_cli_stack_note_event (self->stack, news->event);
      break;
    case SOBRE_STACK_NEWS_PREFLIGHT:
      take_preflight (self, news->preflight);
      break;
    case SOBRE_STACK_NEWS_STEP:
      break;
    }
}

static DexFuture *
ask_cb (const SobreStackQuestion *question, gpointer user_data)
{
  Run *self = user_data;
  g_autofree char *words = NULL;

  if (question->kind != SOBRE_STACK_QUESTION_LOSS)
    return sobre_cli_stack_ask (self->stack, question, _ ("Deploy this? Type yes:"),
                                self->options->yes ? question->word : NULL);
  words = g_strdup_printf (_ ("Data would be lost. Type %s to go on:"), question->word);
  return sobre_cli_stack_ask (self->stack, question, words, self->options->confirm);
}

static SobreStackDeployment *
deploy (Run *self, GError **error)
{
  SobreCliStack *stack = self->stack;
  const SobreStackWish wish = { stack->parameters, self->options->no_site };
  const SobreStackListener listener = { tell_cb, ask_cb, self, NULL };
  g_autoptr (DexFuture) future = self->only_plan ? sobre_stack_plan (stack->work, stack->workspace, &wish, &listener)
                                                 : sobre_stack_deploy (stack->work, stack->workspace, &wish, &listener);

  if (!sobre_cli_finish (stack->cli, dex_ref (future), error) || self->only_plan)
    return NULL;
  return g_value_dup_boxed (dex_future_get_value (future, NULL));
}

static void
add_preflight (JsonBuilder *builder, const SobreStackPreflight *preflight)
{
  json_builder_set_member_name (builder, "preflight");
  json_builder_begin_array (builder);
  for (guint i = 0; i < preflight->findings->len; i++)
    {
      const SobreFinding *finding = g_ptr_array_index (preflight->findings, i);

      json_builder_begin_object (builder);
      sobre_json_add_text (builder, "subject", sobre_finding_subject_get_nick (finding->subject));
      sobre_json_add_text (builder, "state", sobre_finding_state_get_nick (finding->state));
      sobre_json_add_text (builder, "words", finding->words);
      sobre_json_add_text (builder, "advice", finding->advice);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_tables (SobreCliStack *self, JsonBuilder *builder, const SobreStackDeployment *deployment)
{
  gboolean made = deployment->tables_problem == NULL;
  char day[SOBRE_DAY_STRING_LENGTH + 1];

  sobre_day_format (deployment->tables_from, day);
  json_builder_set_member_name (builder, "tables");
  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "from", made ? day : NULL);
  sobre_json_add_text (builder, "problem", deployment->tables_problem);
  json_builder_end_object (builder);
  if (made)
    sobre_cli_output_print (self->cli->output, _ ("The tables responses, answers, events and orders read the lake from %s on"),
                            day);
  else
    sobre_cli_output_warn (self->cli->output,
                           _ ("everything is deployed, but there are no tables for queries on Athena yet; deploying again, or "
                              "“sobremesa lake tables”, makes them. Why: %s"),
                           deployment->tables_problem);
}

static void
print_deployment (SobreCliStack *self, JsonBuilder *builder, const SobreStackDeployment *deployment)
{
  if (deployment->site != NULL)
    sobre_cli_stack_print_site (self->cli, builder, deployment->site, SOBRE_SITE_FORM | SOBRE_SITE_MENU, FALSE);
  sobre_cli_stack_print_outputs (self, builder, deployment->stack);
  print_tables (self, builder, deployment);
}

static SobreCliStatus
run_command (SobreCli *self, const SobreCliCommand *command, char **argv, gboolean only_plan)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "stack", 0, 0, G_OPTION_ARG_STRING, &options.name,
      N_ ("The stacks' name; else the one deployed from here, else sobremesa"), "NAME" },
    { "parameter", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.settings, N_ ("Set a parameter; may be repeated"), "NAME=VALUE" },
    { "no-site", 0, 0, G_OPTION_ARG_NONE, &options.no_site, N_ ("Leave the site out"), NULL },
    { "yes", 0, 0, G_OPTION_ARG_NONE, &options.yes, N_ ("Do not ask, unless data would be lost"), NULL },
    { "confirm", 0, 0, G_OPTION_ARG_STRING, &options.confirm, N_ ("The name of the stack whose data may be lost"), "NAME" },
    G_OPTION_ENTRY_NULL,
  };
  const GOptionEntry plan_entries[] = { entries[0], entries[1], entries[2], G_OPTION_ENTRY_NULL };
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (SobreCliStack) stack = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;
  g_autoptr (SobreStackDeployment) deployment = NULL;
  g_autoptr (SobreStackPreflight) preflight = NULL;
  SobreCliStatus status;
  GError *error = NULL;
  Run run;

  if (!sobre_cli_parse (self, command, only_plan ? plan_entries : entries, &words, 0, 0, &status))
    return status;
  stack = sobre_cli_stack_open (self, command, options.name, options.settings, &status);
  if (stack == NULL)
    return status;
  run = (Run) { stack, &options, builder, only_plan, NULL };
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  deployment = deploy (&run, &error);
  preflight = run.preflight;
  if (error != NULL)
    return sobre_cli_fail (self, error);
  json_builder_end_array (builder);
  add_preflight (builder, preflight);
  if (deployment != NULL)
    print_deployment (stack, builder, deployment);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
  return SOBRE_CLI_DONE;
}

SobreCliStatus
sobre_cli_stack_plan (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  return run_command (self, command, argv, TRUE);
}

SobreCliStatus
sobre_cli_stack_deploy (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  return run_command (self, command, argv, FALSE);
}
