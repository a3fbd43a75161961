/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is deployed: state, events, outputs, and the door for guests. */

#include "sobre-config.h"

#include "cli/sobre-cli-stack.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/sobre-json-members.h"
#include "stack/sobre-stack-follow.h"
#include "stack/sobre-stack-guests.h"
#include "stack/sobre-stack-take-back.h"

#define DEFAULT_EVENTS 50
#define MOST_EVENTS 2000

SobreCliStack *
sobre_cli_stack_open_by_name (SobreCli *self, const SobreCliCommand *command, char **argv, gint *count, SobreCliStatus *status)
{
  g_autofree char *name = NULL;
  const GOptionEntry entries[] = {
    { "stack", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("The stacks' name; else the one deployed from here, else sobremesa"),
      "NAME" },
    { "count", 0, 0, G_OPTION_ARG_INT, count, N_ ("How many of the newest events (50)"), "N" },
    G_OPTION_ENTRY_NULL,
  };
  const GOptionEntry entries_without_count[] = { entries[0], G_OPTION_ENTRY_NULL };
  g_auto (GStrv) words = g_strdupv (argv);

  if (!sobre_cli_parse (self, command, count != NULL ? entries : entries_without_count, &words, 0, 0, status))
    return NULL;
  if (count != NULL && (*count < 1 || *count > MOST_EVENTS))
    {
      *status = sobre_cli_refuse_usage (self, command, _ ("--count goes from 1 to %d"), MOST_EVENTS);
      return NULL;
    }
  return sobre_cli_stack_open (self, command, name, NULL, status);
}

static void
print_document (SobreCliStack *self, JsonBuilder *builder)
{
  g_autoptr (JsonNode) document = json_builder_get_root (builder);

  sobre_cli_output_print_document (self->cli->output, document);
}

static gboolean
print_part (SobreCliStack *self, JsonBuilder *builder, SobreStackPart part, GError **error)
{
  g_autofree char *name = sobre_stack_work_dup_stack (self->work, part);
  GError *failure = NULL;
  g_autoptr (SobreStack) stack = sobre_cli_stack_describe (self, part, &failure);
  gboolean missing = g_error_matches (failure, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING);

  if (stack == NULL && !missing)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  g_clear_error (&failure);
  if (stack != NULL)
    sobre_cli_output_print (self->cli->output, _ ("%s: %s since %s%s%s"), name, stack->status,
                            stack->changed_at != NULL ? stack->changed_at : "?", stack->reason != NULL ? ": " : "",
                            stack->reason != NULL ? stack->reason : "");
  else
    sobre_cli_output_print (self->cli->output, _ ("%s: not deployed"), name);
  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "stack", name);
  sobre_json_add_text (builder, "status", stack != NULL ? stack->status : NULL);
  sobre_json_add_text (builder, "since", stack != NULL ? stack->changed_at : NULL);
  sobre_json_add_text (builder, "reason", stack != NULL ? stack->reason : NULL);
  json_builder_end_object (builder);
  return TRUE;
}

/* Returns "open", "shut", or %NULL where there is none yet. */
static const char *
find_door (SobreCliStack *self, GError **error)
{
  g_autoptr (DexFuture) door = sobre_stack_get_door (self->work);
  GError *failure = NULL;

  if (sobre_cli_await (self->cli, dex_ref (door), &failure))
    return g_value_get_boolean (dex_future_get_value (door, NULL)) ? "open" : "shut";
  if (g_error_matches (failure, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING))
    g_error_free (failure);
  else
    g_propagate_error (error, failure);
  return NULL;
}

SobreCliStatus
sobre_cli_stack_status (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  SobreCliStatus status;
  g_autoptr (SobreCliStack) stack = sobre_cli_stack_open_by_name (self, command, argv, NULL, &status);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GError *error = NULL;
  const char *door;

  if (stack == NULL)
    return status;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  if (!sobre_cli_stack_tell_account (stack, &error) || !print_part (stack, builder, SOBRE_STACK_LAKE, &error) ||
      !print_part (stack, builder, SOBRE_STACK_MAIN, &error))
    return sobre_cli_fail (self, error);
  json_builder_end_array (builder);
  door = find_door (stack, &error);
  if (error != NULL)
    return sobre_cli_fail (self, error);
  sobre_json_add_text (builder, "door", door);
  json_builder_end_object (builder);
  print_document (stack, builder);
  if (door != NULL)
    sobre_cli_output_print (self->output, strcmp (door, "open") == 0
                                              ? _ ("Guests may send their answers")
                                              : _ ("Paused: guests' answers wait on their phones until “stack resume”"));
  return SOBRE_CLI_DONE;
}

/* The cause stands first: what follows it is its consequence. */
static gboolean
print_events (SobreCliStack *self, JsonBuilder *builder, SobreStackPart part, guint count, GError **error)
{
  g_autofree char *name = sobre_stack_work_dup_stack (self->work, part);
  g_autoptr (DexFuture) future = sobre_cloudformation_list_events (sobre_stack_work_get_client (self->work), name, NULL,
                                                                   MAX (count, MOST_EVENTS), self->cancellable);
  const SobreStackEvent *cause;
  GPtrArray *events;

  if (!sobre_cli_await (self->cli, dex_ref (future), error))
    return FALSE;
  events = g_value_get_boxed (dex_future_get_value (future, NULL));
  cause = sobre_stack_find_cause (events);
  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "stack", name);
  json_builder_set_member_name (builder, "cause");
  sobre_cli_output_print (self->cli->output, "%s", name);
  if (cause != NULL)
    {
      sobre_cli_output_print (self->cli->output, "%s", _ ("What went wrong first:"));
      sobre_cli_stack_print_event (self, builder, cause);
      sobre_cli_output_print (self->cli->output, "%s", _ ("All events:"));
    }
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "events");
  json_builder_begin_array (builder);
  for (guint i = events->len > count ? events->len - count : 0; i < events->len; i++)
    sobre_cli_stack_print_event (self, builder, g_ptr_array_index (events, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return TRUE;
}

SobreCliStatus
sobre_cli_stack_events (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  gint count = DEFAULT_EVENTS;
  SobreCliStatus status;
  g_autoptr (SobreCliStack) stack = sobre_cli_stack_open_by_name (self, command, argv, &count, &status);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GError *error = NULL;
  guint n = 0;

  if (stack == NULL)
    return status;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "parts");
  json_builder_begin_array (builder);
  for (guint part = 0; part < SOBRE_N_STACK_PARTS; part++)
    {
      g_autoptr (SobreStack) there = NULL;
      g_autoptr (GError) missing = NULL;

      there = sobre_cli_stack_describe (stack, part, &missing);
      if (there == NULL &&
          !(part == SOBRE_STACK_LAKE && g_error_matches (missing, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING)) &&
          !(n > 0 && g_error_matches (missing, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING)))
        return sobre_cli_fail (self, g_steal_pointer (&missing));
      if (there != NULL && !print_events (stack, builder, part, (guint) count, &error))
        return sobre_cli_fail (self, error);
      n += there != NULL;
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  print_document (stack, builder);
  return SOBRE_CLI_DONE;
}

SobreCliStatus
sobre_cli_stack_outputs (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  SobreCliStatus status;
  g_autoptr (SobreCliStack) stack = sobre_cli_stack_open_by_name (self, command, argv, NULL, &status);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (SobreStack) there = NULL;
  GError *error = NULL;

  if (stack == NULL)
    return status;
  there = sobre_cli_stack_describe (stack, SOBRE_STACK_MAIN, &error);
  if (there == NULL)
    return sobre_cli_fail (self, error);
  json_builder_begin_object (builder);
  sobre_cli_stack_print_outputs (stack, builder, there);
  json_builder_end_object (builder);
  print_document (stack, builder);
  return SOBRE_CLI_DONE;
}

SobreCliStatus
sobre_cli_stack_cancel (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  SobreCliStatus status;
  g_autoptr (SobreCliStack) stack = sobre_cli_stack_open_by_name (self, command, argv, NULL, &status);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (DexFuture) future = NULL;
  const char *name;
  GError *error = NULL;

  if (stack == NULL)
    return status;
  future = sobre_stack_take_back (stack->work);
  if (!sobre_cli_finish (self, dex_ref (future), &error))
    return sobre_cli_fail (self, error);
  name = g_value_get_string (dex_future_get_value (future, NULL));
  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "stack", name);
  json_builder_end_object (builder);
  print_document (stack, builder);
  sobre_cli_output_print (self->output, _ ("AWS takes the change of %s back; “stack status” tells when it is as it was"), name);
  return SOBRE_CLI_DONE;
}

static SobreCliStatus
set_door (SobreCli *self, const SobreCliCommand *command, char **argv, gboolean is_open)
{
  SobreCliStatus status;
  g_autoptr (SobreCliStack) stack = sobre_cli_stack_open_by_name (self, command, argv, NULL, &status);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GError *error = NULL;

  if (stack == NULL)
    return status;
  if (!sobre_cli_finish (self, sobre_stack_set_door (stack->work, is_open), &error))
    return sobre_cli_fail (self, error);
  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "stack", stack->work->name);
  sobre_json_add_text (builder, "door", is_open ? "open" : "shut");
  json_builder_end_object (builder);
  print_document (stack, builder);
  sobre_cli_output_print (self->output, is_open
                                            ? _ ("Guests may send their answers again")
                                            : _ ("Paused: nothing is taken from guests, whose answers wait on their phones"));
  return SOBRE_CLI_DONE;
}

SobreCliStatus
sobre_cli_stack_pause (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  return set_door (self, command, argv, FALSE);
}

SobreCliStatus
sobre_cli_stack_resume (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  return set_door (self, command, argv, TRUE);
}
