/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How what is deployed fares, and what it costs. */

#include "sobre-config.h"

#include "cli/sobre-cli-stack.h"

#include <glib/gi18n-lib.h>

#include "model/sobre-json-members.h"
#include "model/sobre-time.h"
#include "stack/sobre-stack-health.h"
#include "stack/sobre-stack-usage.h"

static void
add_number (JsonBuilder *builder, const char *name, double number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, number);
}

static void
add_time (JsonBuilder *builder, const char *name, gint64 time_ms)
{
  char text[SOBRE_TIME_STRING_LENGTH + 1];

  if (time_ms > 0)
    sobre_time_format (time_ms, text);
  sobre_json_add_text (builder, name, time_ms > 0 ? text : NULL);
}

static char *
format_time (gint64 time_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (time_ms / 1000);

  return time_ms > 0 && time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("–");
}

static void
print_stages (SobreCliStack *self, JsonBuilder *builder, const SobreHealth *health)
{
  json_builder_set_member_name (builder, "stages");
  json_builder_begin_array (builder);
  for (guint i = 0; i < SOBRE_N_HEALTH_STAGES; i++)
    {
      const SobreHealthReport *report = &health->stages[i];
      g_autofree char *last = format_time (report->last_success);

      sobre_cli_output_print (self->cli->output, "%-9s %-14s %-16s  %s", sobre_health_stage_get_name (i),
                              sobre_health_state_get_name (report->state), last, report->why);
      json_builder_begin_object (builder);
      sobre_json_add_text (builder, "stage", sobre_health_stage_get_nick (i));
      sobre_json_add_text (builder, "state", sobre_health_state_get_nick (report->state));
      add_time (builder, "last_success", report->last_success);
      sobre_json_add_text (builder, "why", report->why);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_alarms (SobreCliStack *self, JsonBuilder *builder, const SobreHealth *health)
{
  json_builder_set_member_name (builder, "alarms");
  json_builder_begin_array (builder);
  for (guint i = 0; i < health->alarms->len; i++)
    {
      const SobreHealthAlarm *alarm = g_ptr_array_index (health->alarms, i);

      if (alarm->is_raised)
        sobre_cli_output_print (self->cli->output, _ ("Alarm %s since %s: %s"), alarm->resource,
                                alarm->since != NULL ? alarm->since : "?", sobre_health_alarm_get_words (alarm));
      json_builder_begin_object (builder);
      sobre_json_add_text (builder, "alarm", alarm->resource);
      json_builder_set_member_name (builder, "raised");
      json_builder_add_boolean_value (builder, alarm->is_raised);
      sobre_json_add_text (builder, "since", alarm->since);
      sobre_json_add_text (builder, "reason", alarm->reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
print_document (SobreCliStack *self, JsonBuilder *builder)
{
  g_autoptr (JsonNode) document = json_builder_get_root (builder);

  sobre_cli_output_print_document (self->cli->output, document);
}

SobreCliStatus
sobre_cli_stack_health (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  SobreCliStatus status;
  g_autoptr (SobreCliStack) stack = sobre_cli_stack_open_by_name (self, command, argv, NULL, &status);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (DexFuture) future = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *until = NULL;
  const SobreHealth *health;
  GError *error = NULL;

  if (stack == NULL)
    return status;
  folder = sobre_workspace_dup_athena_folder (stack->workspace);
  future = sobre_stack_look_at_health (stack->work, folder);
  if (!sobre_cli_await (self, dex_ref (future), &error))
    return sobre_cli_fail (self, error);
  health = g_value_get_boxed (dex_future_get_value (future, NULL));
  json_builder_begin_object (builder);
  add_time (builder, "seen_at", health->seen_at);
  add_time (builder, "answers_until", health->answers_until);
  add_number (builder, "accepted_last_hour", health->accepted);
  add_number (builder, "rejected_last_hour", health->rejected);
  until = format_time (health->answers_until);
  if (health->answers_until > 0)
    sobre_cli_output_print (self->output, _ ("Answers up to %s are in the lake"), until);
  else
    sobre_cli_output_print (self->output, "%s", _ ("No answer of the last seven days is in the lake"));
  print_stages (stack, builder, health);
  print_alarms (stack, builder, health);
  json_builder_end_object (builder);
  print_document (stack, builder);
  return SOBRE_CLI_DONE;
}

SobreCliStatus
sobre_cli_stack_cost (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  SobreCliStatus status;
  g_autoptr (SobreCliStack) stack = sobre_cli_stack_open_by_name (self, command, argv, NULL, &status);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (DexFuture) future = NULL;
  g_autofree char *folder = NULL;
  const SobreStackCost *cost;
  GError *error = NULL;

  if (stack == NULL)
    return status;
  folder = sobre_workspace_dup_athena_folder (stack->workspace);
  future = sobre_stack_look_at_cost (stack->work, folder);
  if (!sobre_cli_await (self, dex_ref (future), &error))
    return sobre_cli_fail (self, error);
  cost = g_value_get_boxed (dex_future_get_value (future, NULL));
  json_builder_begin_object (builder);
  add_time (builder, "from", cost->usage.from);
  add_time (builder, "to", cost->usage.to);
  json_builder_set_member_name (builder, "lines");
  json_builder_begin_array (builder);
  for (guint i = 0; i < cost->lines->len; i++)
    {
      const SobreStackCostLine *line = g_ptr_array_index (cost->lines, i);

      sobre_cli_output_print (self->output, "$%9.4f  %-20s %s", line->dollars, line->what, line->formula);
      json_builder_begin_object (builder);
      sobre_json_add_text (builder, "what", line->what);
      sobre_json_add_text (builder, "formula", line->formula);
      add_number (builder, "dollars", line->dollars);
      json_builder_set_member_name (builder, "known");
      json_builder_add_boolean_value (builder, line->is_known);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  add_number (builder, "until_now", cost->until_now);
  add_number (builder, "whole_month", cost->whole_month);
  json_builder_end_object (builder);
  print_document (stack, builder);
  sobre_cli_output_print (self->output,
                          _ ("$%.2f so far this month, by list prices of us-east-1; about $%.2f if it goes on so"),
                          cost->until_now, cost->whole_month);
  return SOBRE_CLI_DONE;
}
