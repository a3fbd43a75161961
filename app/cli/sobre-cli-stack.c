/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the commands of the group "stack" have in common. */

#include "sobre-config.h"

#include "cli/sobre-cli-stack.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/sobre-cli-ask.h"
#include "model/sobre-json-members.h"
#include "stack/sobre-stack-workspace.h"

/* What each is for, the templates know, and who deploys asks them. */
static gboolean
read_parameters (SobreCliStack *self, char **settings, GError **error)
{
  for (guint i = 0; settings != NULL && settings[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (settings[i], "=", 2);

      if (pair[0] == NULL || pair[1] == NULL)
        {
          g_set_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_PARAMETER,
                       _ ("“%s” sets no parameter that there is; docs/aws.md lists them"), settings[i]);
          return FALSE;
        }
      g_hash_table_insert (self->parameters, g_strdup (pair[0]), g_strdup (pair[1]));
    }
  return TRUE;
}

static void
interrupt_cb (GCancellable *cancellable, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

gboolean
sobre_cli_stack_check_name (SobreCli *cli, const SobreCliCommand *command, const char *name, SobreCliStatus *status)
{
  if (name == NULL || sobre_stack_name_is_valid (name))
    return TRUE;
  *status = sobre_cli_refuse_usage (
      cli, command, _ ("“%s” cannot be a stack's name: 1 to 20 lower-case letters, digits and dashes can"), name);
  return FALSE;
}

SobreCliStack *
sobre_cli_stack_open (SobreCli *cli, const SobreCliCommand *command, const char *name, char **settings, SobreCliStatus *status)
{
  g_autoptr (SobreCliStack) self = g_new0 (SobreCliStack, 1);
  g_autofree char *chosen = NULL;
  GError *error = NULL;

  *status = SOBRE_CLI_FAILED;
  self->cli = cli;
  self->cancellable = g_cancellable_new ();
  self->parameters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->workspace = sobre_cli_open_workspace (cli);
  if (self->workspace == NULL)
    return NULL;
  chosen = name != NULL ? g_strdup (name) : sobre_stack_dup_name (self->workspace);
  if (!sobre_cli_stack_check_name (cli, command, chosen, status))
    return NULL;
  self->on_interrupt =
      g_cancellable_connect (cli->cancellable, G_CALLBACK (interrupt_cb), g_object_ref (self->cancellable), g_object_unref);
  self->work = sobre_stack_work_open (self->workspace, chosen, NULL, NULL, self->cancellable, &error);
  self->account = self->work != NULL ? self->work->account : NULL;
  if (self->work == NULL || !read_parameters (self, settings, &error))
    {
      *status = sobre_cli_fail (cli, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
sobre_cli_stack_free (SobreCliStack *self)
{
  g_cancellable_disconnect (self->cli->cancellable, self->on_interrupt);
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->work, sobre_stack_work_unref);
  g_clear_object (&self->workspace);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->parameters, g_hash_table_unref);
  g_free (self);
}

void
sobre_cli_stack_print_identity (SobreCliStack *self, const SobreCallerIdentity *identity)
{
  sobre_cli_output_note (self->cli->output, _ ("Account %s as %s, region %s, stacks %s and %s-lake"), identity->account,
                         identity->arn, sobre_aws_account_get_region (self->account), self->work->name, self->work->name);
}

void
sobre_cli_stack_note_event (SobreCliStack *self, const SobreStackEvent *event)
{
  sobre_cli_output_note (self->cli->output, "%s  %s  %s%s%s", event->at != NULL ? event->at : "", event->status,
                         event->logical_id, event->reason != NULL ? ": " : "", event->reason != NULL ? event->reason : "");
}

gboolean
sobre_cli_stack_tell_account (SobreCliStack *self, GError **error)
{
  g_autoptr (DexFuture) asked =
      sobre_sts_get_caller_identity (sobre_aws_account_get_client (self->account, SOBRE_AWS_STS), self->cancellable);

  if (!sobre_cli_await (self->cli, dex_ref (asked), error))
    return FALSE;
  sobre_cli_stack_print_identity (self, g_value_get_boxed (dex_future_get_value (asked, NULL)));
  return TRUE;
}

SobreStack *
sobre_cli_stack_describe (SobreCliStack *self, SobreStackPart part, GError **error)
{
  g_autoptr (DexFuture) future = sobre_stack_work_describe (self->work, part);

  if (!sobre_cli_await (self->cli, dex_ref (future), error))
    return NULL;
  return g_value_dup_boxed (dex_future_get_value (future, NULL));
}

static void
print_change (SobreCliStack *self, JsonBuilder *builder, const SobreChange *change, SobreChangeGroup *group)
{
  static const char *const nicks[SOBRE_N_CHANGE_GROUPS] = { "add", "modify", "replace", "remove" };
  g_autofree char *words = sobre_change_dup_words (change);
  gboolean loses = sobre_change_loses_data (change);

  if (*group != sobre_change_get_group (change))
    {
      *group = sobre_change_get_group (change);
      sobre_cli_output_print (self->cli->output, "  %s", sobre_change_group_get_name (*group));
    }
  sobre_cli_output_print (self->cli->output, "    %s%s", words, loses ? _ ("  ← data would be lost") : "");
  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "group", nicks[*group]);
  sobre_json_add_text (builder, "resource", change->logical_id);
  sobre_json_add_text (builder, "type", change->type);
  sobre_json_add_text (builder, "words", words);
  sobre_json_add_flag (builder, "loses_data", loses);
  json_builder_end_object (builder);
}

void
sobre_cli_stack_print_plan (SobreCliStack *self, JsonBuilder *builder, const SobreStackPlan *plan)
{
  SobreChangeGroup group = SOBRE_N_CHANGE_GROUPS;

  if (plan->is_running)
    sobre_cli_output_print (self->cli->output, _ ("%s: something is being done to it already"), plan->stack);
  else if (plan->changes->len == 0)
    sobre_cli_output_print (self->cli->output, _ ("%s: nothing to do"), plan->stack);
  else
    sobre_cli_output_print (self->cli->output, plan->is_new ? _ ("%s: new, %u resources") : _ ("%s: %u changes"), plan->stack,
                            plan->changes->len);
  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "stack", plan->stack);
  sobre_json_add_flag (builder, "new", plan->is_new);
  sobre_json_add_flag (builder, "running", plan->is_running);
  json_builder_set_member_name (builder, "losses");
  json_builder_add_int_value (builder, plan->losses);
  json_builder_set_member_name (builder, "changes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < plan->changes->len; i++)
    print_change (self, builder, g_ptr_array_index (plan->changes, i), &group);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/** Answer: what is awaited of somebody. @is_plan: whether "yes" is, in any language */
typedef struct
{
  char *word;
  gboolean is_plan;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->word);
  g_free (answer);
}

static DexFuture *
make_refusal (const Answer *answer)
{
  if (answer->is_plan)
    return dex_future_new_reject (SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_DECLINED,
                                  _ ("Nothing was deployed; --yes goes on without a question"));
  return dex_future_new_reject (SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_LOSS,
                                _ ("Nothing was changed: “%s” has to be typed, or given on the command line, for that"),
                                answer->word);
}

/* Whoever went away said no. */
static DexFuture *
typed_cb (DexFuture *future, gpointer user_data)
{
  const Answer *answer = user_data;
  const GValue *value = dex_future_get_value (future, NULL);
  g_autofree char *typed = value != NULL ? g_strstrip (g_value_dup_string (value)) : NULL;

  if (g_strcmp0 (typed, answer->word) == 0 || (answer->is_plan && g_strcmp0 (typed, _ ("yes")) == 0))
    return dex_future_new_for_string (answer->word);
  return make_refusal (answer);
}

DexFuture *
sobre_cli_stack_ask (SobreCliStack *self, const SobreStackQuestion *question, const char *words, const char *given)
{
  Answer *answer = g_new0 (Answer, 1);
  DexFuture *typed;

  *answer = (Answer) { g_strdup (question->word), question->kind == SOBRE_STACK_QUESTION_PLAN };
  if (given != NULL)
    typed = dex_future_new_for_string (given);
  else if (sobre_cli_can_ask ())
    typed = sobre_cli_ask (self->cli, words, FALSE);
  else
    typed = dex_future_new_for_string ("");
  return dex_future_finally (typed, typed_cb, answer, answer_free);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

void
sobre_cli_stack_print_outputs (SobreCliStack *self, JsonBuilder *builder, const SobreStack *stack)
{
  g_autoptr (GPtrArray) names = g_hash_table_get_keys_as_ptr_array (stack->outputs);

  g_ptr_array_sort (names, compare_texts);
  json_builder_set_member_name (builder, "outputs");
  json_builder_begin_object (builder);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      const char *value = g_hash_table_lookup (stack->outputs, name);

      sobre_json_add_text (builder, name, value);
      sobre_cli_output_print (self->cli->output, "%s: %s", name, value);
    }
  json_builder_end_object (builder);
}

void
sobre_cli_stack_print_event (SobreCliStack *self, JsonBuilder *builder, const SobreStackEvent *event)
{
  const char *at = event->at != NULL ? event->at : "";
  const char *reason = event->reason != NULL ? event->reason : "";

  sobre_cli_output_print (self->cli->output, "%s  %s  %s%s%s", at, event->status, event->logical_id,
                          *reason != '\0' ? ": " : "", reason);
  if (builder == NULL)
    return;
  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "at", at);
  sobre_json_add_text (builder, "resource", event->logical_id);
  sobre_json_add_text (builder, "type", event->type);
  sobre_json_add_text (builder, "status", event->status);
  sobre_json_add_text (builder, "reason", reason);
  json_builder_end_object (builder);
}
