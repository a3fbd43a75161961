/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One marked answer that goes the way of a guest's, from the door to the cache. It has no card's key, so it is unverified and no figure counts it. */

#include "sobre-config.h"

#include "cli/sobre-cli-stack.h"

#include <glib/gi18n-lib.h>

#include "model/sobre-json-members.h"
#include "stack/sobre-stack-mark.h"

static SobreStackCheck *
check_cache (SobreCliStack *self, const SobreStackMark *mark, GError **error)
{
  g_autoptr (DexFuture) future = sobre_stack_mark_find (self->work, self->workspace, mark->id);

  if (!sobre_cli_await (self->cli, dex_ref (future), error))
    return NULL;
  return g_value_dup_boxed (dex_future_get_value (future, NULL));
}

static void
print_check (SobreCliStack *self, JsonBuilder *builder, const SobreStackCheck *check)
{
  static const char *const nicks[] = { "holds", "fails", "unseen" };
  static const char *const marks[] = { "✓", "✗", "?" };

  sobre_cli_output_print (self->cli->output, "%s %s (%s)%s%s", marks[check->state], check->words, check->name,
                          check->detail != NULL ? ": " : "", check->detail != NULL ? check->detail : "");
  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "name", check->name);
  sobre_json_add_text (builder, "state", nicks[check->state]);
  sobre_json_add_text (builder, "words", check->words);
  sobre_json_add_text (builder, "detail", check->detail);
  json_builder_end_object (builder);
}

static gboolean
has_lake (GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    {
      const SobreStackCheck *check = g_ptr_array_index (checks, i);

      if (g_str_equal (check->name, "lake") && check->state == SOBRE_CHECK_HOLDS)
        return TRUE;
    }
  return FALSE;
}

static SobreCliStatus
print_checks (SobreCliStack *self, const SobreStackMark *mark, GPtrArray *checks)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;
  guint counts[SOBRE_CHECK_UNSEEN + 1] = { 0 };

  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "id", mark->id);
  json_builder_set_member_name (builder, "checks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < checks->len; i++)
    {
      const SobreStackCheck *check = g_ptr_array_index (checks, i);

      counts[check->state]++;
      print_check (self, builder, check);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "failed");
  json_builder_add_int_value (builder, counts[SOBRE_CHECK_FAILS]);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->cli->output, document);
  sobre_cli_output_print (self->cli->output, _ ("%u hold, %u do not, %u were not seen"), counts[SOBRE_CHECK_HOLDS],
                          counts[SOBRE_CHECK_FAILS], counts[SOBRE_CHECK_UNSEEN]);
  return counts[SOBRE_CHECK_FAILS] == 0 ? SOBRE_CLI_DONE : SOBRE_CLI_FAILED;
}

SobreCliStatus
sobre_cli_stack_test (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_autofree char *name = NULL;
  gboolean prove = FALSE;
  const GOptionEntry entries[] = {
    { "stack", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("The stacks' name; else the one deployed from here, else sobremesa"),
      "NAME" },
    { "prove", 0, 0, G_OPTION_ARG_NONE, &prove, N_ ("Also look at what nobody has seen on real AWS yet"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (SobreStackMark) mark = NULL;
  g_autoptr (SobreCliStack) stack = NULL;
  g_autoptr (DexFuture) future = NULL;
  g_autoptr (GPtrArray) checks = NULL;
  SobreStackCheck *cache;
  SobreCliStatus status;
  GError *error = NULL;

  if (!sobre_cli_parse (self, command, entries, &words, 0, 0, &status))
    return status;
  stack = sobre_cli_stack_open (self, command, name, NULL, &status);
  if (stack == NULL)
    return status;
  mark = sobre_stack_mark_new (stack->workspace, self->clock, self->random);
  if (!sobre_cli_stack_tell_account (stack, &error))
    return sobre_cli_fail (self, error);
  sobre_cli_output_note (self->output, _ ("Following the answer %s; the stream gathers for some minutes before it writes"),
                         mark->id);
  future = sobre_stack_test (stack->work, mark->record, mark->id, prove, NULL, NULL);
  if (!sobre_cli_await (self, dex_ref (future), &error))
    return sobre_cli_fail (self, error);
  checks = g_ptr_array_ref (g_value_get_boxed (dex_future_get_value (future, NULL)));
  cache = has_lake (checks) ? check_cache (stack, mark, &error) : NULL;
  if (error != NULL)
    return sobre_cli_fail (self, error);
  if (cache != NULL)
    g_ptr_array_add (checks, cache);
  return print_checks (stack, mark, checks);
}
