/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli-options-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The options that every command has. */
static const GOptionEntry global_entries[] = {
  { "workspace", 'w', 0, G_OPTION_ARG_FILENAME, NULL,
    N_ ("The workspace's folder; else $SOBREMESA_WORKSPACE, else the default"), "DIR" },
  { "json", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Write one JSON document to the standard output, and nothing else"), NULL },
  { "quiet", 'q', 0, G_OPTION_ARG_NONE, NULL, N_ ("No messages and no progress, only warnings and errors"), NULL },
  { "help", 'h', 0, G_OPTION_ARG_NONE, NULL, N_ ("Show this help"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
  G_OPTION_ENTRY_NULL,
};

/* Where their values go. */
typedef struct
{
  char *workspace;
  gboolean json;
  gboolean quiet;
  SobreCliGlobals asked;
} Values;

const GOptionEntry *
sobre_cli_get_global_entries (void)
{
  return global_entries;
}

static void
add_global_options (GOptionContext *context, Values *values)
{
  gpointer places[] = { &values->workspace, &values->json, &values->quiet, &values->asked.help, &values->asked.version };
  GOptionEntry entries[G_N_ELEMENTS (global_entries)] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      entries[i] = global_entries[i];
      entries[i].arg_data = places[i];
    }
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
}

static void
apply_global_options (SobreCli *self, Values *values)
{
  if (values->workspace != NULL)
    {
      g_free (self->workspace_option);
      self->workspace_option = g_steal_pointer (&values->workspace);
    }
  if (values->json)
    sobre_cli_output_set_json (self->output, TRUE);
  if (values->quiet)
    sobre_cli_output_set_quiet (self->output, TRUE);
}

gboolean
sobre_cli_parse_globals (SobreCli *self, char ***argv, SobreCliGlobals *globals, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  Values values = { 0 };
  gboolean parsed;

  g_option_context_set_strict_posix (context, TRUE);
  add_global_options (context, &values);
  parsed = g_option_context_parse_strv (context, argv, error);
  apply_global_options (self, &values);
  *globals = values.asked;
  return parsed;
}

static gboolean
take_nothing_cb (const char *name, const char *value, gpointer data, GError **error)
{
  return TRUE;
}

char *
sobre_cli_peek_argument (SobreCli *self, const GOptionEntry *entries, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GArray) blind = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  g_auto (GStrv) words = g_strdupv (argv);
  Values values = { 0 };

  /* The command's own options are known, so that their values are not taken for arguments, and go nowhere yet. */
  for (; entries != NULL && entries->long_name != NULL; entries++)
    {
      GOptionEntry entry = *entries;

      entry.flags |= entry.arg == G_OPTION_ARG_NONE ? G_OPTION_FLAG_NO_ARG : 0;
      entry.arg = G_OPTION_ARG_CALLBACK;
      entry.arg_data = (gpointer) take_nothing_cb;
      g_array_append_val (blind, entry);
    }
  g_option_context_set_ignore_unknown_options (context, TRUE);
  g_option_context_add_main_entries (context, (const GOptionEntry *) (gpointer) blind->data, NULL);
  add_global_options (context, &values);
  if (!g_option_context_parse_strv (context, &words, NULL))
    {
      g_free (values.workspace);
      return NULL;
    }
  if (values.workspace != NULL)
    {
      g_free (self->workspace_option);
      self->workspace_option = values.workspace;
    }
  return words[0] != NULL && words[1] != NULL && words[1][0] != '-' ? g_strdup (words[1]) : NULL;
}

gboolean
sobre_cli_parse (SobreCli *self,
                 const SobreCliCommand *command,
                 const GOptionEntry *entries,
                 char ***argv,
                 guint min_arguments,
                 guint max_arguments,
                 SobreCliStatus *status)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Values values = { 0 };
  gboolean parsed;
  guint n_arguments;

  *status = SOBRE_CLI_DONE;
  if (self->describe != NULL)
    {
      self->describe (command, entries, self->describe_data);
      return FALSE;
    }
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  add_global_options (context, &values);
  parsed = g_option_context_parse_strv (context, argv, &error);
  apply_global_options (self, &values);
  if (!parsed)
    {
      *status = sobre_cli_refuse_usage (self, command, "%s", error->message);
      return FALSE;
    }
  if (values.asked.help)
    {
      *status = sobre_cli_print_command_help (self, command, entries);
      return FALSE;
    }
  n_arguments = g_strv_length (*argv) - 1;
  if (n_arguments < min_arguments || n_arguments > max_arguments)
    {
      if (n_arguments > max_arguments)
        *status = sobre_cli_refuse_usage (self, command, _ ("“%s” is one argument too many"), (*argv)[max_arguments + 1]);
      else
        *status = sobre_cli_refuse_usage (self, command, _ ("An argument is missing: %s"), command->arguments);
      return FALSE;
    }
  return TRUE;
}
