/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* sobremesa complete -- WORD…: what the last word may become, for the shells' completion.
 *
 * A line each: the word, then behind a tab what it means. ":files" and ":folders" ask the shell for its own. The candidates come from
 * the tables that parse the command line and from the workspace, so that no list is kept in a shell's language. Whatever goes wrong here
 * only means fewer candidates: nobody wants an error while typing. */

#include "sobre-config.h"

#include "cli/sobre-cli-options-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "cli/sobre-cli-saved.h"

/* Completion: one word that is being typed. @words: those before it, without the program's name · @command_words: those from the
 * command on · @typed: the word · @prefix: what stands before the part that is completed, "--store=" or nothing */
typedef struct
{
  SobreCli *cli;
  char **words;
  char **command_words;
  const char *typed;
  const char *prefix;
} Completion;

static void
offer (const Completion *self, const char *word, const char *meaning)
{
  if (g_str_has_prefix (word, self->typed))
    sobre_cli_output_print (self->cli->output, "%s%s\t%s", self->prefix, word, meaning != NULL ? meaning : "");
}

static void
offer_each (const Completion *self, const char *const *words)
{
  for (; words != NULL && *words != NULL; words++)
    offer (self, *words, NULL);
}

static void
offer_options (const Completion *self, const GOptionEntry *entries)
{
  for (; entries != NULL && entries->long_name != NULL; entries++)
    {
      g_autofree char *word = g_strconcat ("--", entries->long_name, NULL);

      offer (self, word, g_dgettext (GETTEXT_PACKAGE, entries->description));
    }
}

/* A command of two words is offered word by word. */
static void
offer_commands (const Completion *self, const char *group)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const SobreCliCommand *command = sobre_cli_get_commands (); command->name != NULL; command++)
    {
      g_auto (GStrv) words = g_strsplit (command->name, " ", 2);
      gboolean grouped = words[1] != NULL;

      if (group != NULL && grouped && g_str_equal (words[0], group))
        offer (self, words[1], g_dgettext (GETTEXT_PACKAGE, command->summary));
      else if (group == NULL && g_hash_table_add (seen, g_strdup (words[0])))
        offer (self, words[0], grouped ? NULL : g_dgettext (GETTEXT_PACKAGE, command->summary));
    }
}

static void
offer_saved_queries (const Completion *self)
{
  g_autoptr (GListModel) queries = sobre_cli_list_saved (self->cli, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (queries); i++)
    {
      g_autoptr (SobreSavedQuery) query = g_list_model_get_item (queries, i);

      offer (self, sobre_saved_query_get_name (query), sobre_saved_query_get_title (query));
    }
}

static SobreWorkspace *
open_workspace (const Completion *self)
{
  g_autofree char *path = sobre_workspace_resolve_path (self->cli->workspace_option);

  return sobre_workspace_open (path, NULL);
}

static void
offer_stores (const Completion *self, const SobreSettings *settings)
{
  for (guint i = 0; i < settings->stores->len; i++)
    {
      const SobreStore *store = g_ptr_array_index (settings->stores, i);

      offer (self, store->id, store->name);
    }
}

static void
offer_tables (const Completion *self, GListModel *tables)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < g_list_model_get_n_items (tables); i++)
    {
      g_autoptr (SobreTable) table = g_list_model_get_item (tables, i);

      /* Stores may number their tables alike. */
      if (g_hash_table_add (seen, g_strdup (sobre_table_get_table_id (table))))
        offer (self, sobre_table_get_table_id (table), NULL);
    }
}

static void
offer_questions (const Completion *self, SobreForm *form)
{
  for (guint i = 0; i < sobre_form_get_n_questions (form); i++)
    offer (self, sobre_form_get_question_id (form, i), NULL);
}

/* Values that the workspace knows; FALSE where @option is none of those. */
static gboolean
offer_from_workspace (const Completion *self, const char *option)
{
  static const char *const names[] = { "store", "table", "language", "question", NULL };
  g_autoptr (SobreWorkspace) workspace = NULL;

  if (!g_strv_contains (names, option))
    return FALSE;
  workspace = open_workspace (self);
  if (workspace == NULL)
    return TRUE;
  if (g_str_equal (option, "store"))
    offer_stores (self, sobre_workspace_get_settings (workspace));
  else if (g_str_equal (option, "table"))
    offer_tables (self, sobre_workspace_get_tables (workspace));
  else if (g_str_equal (option, "language"))
    offer_each (self, (const char *const *) sobre_workspace_get_settings (workspace)->languages);
  else
    offer_questions (self, sobre_workspace_get_form (workspace));
  return TRUE;
}

/* What a placeholder of the help stands for. */
static void
offer_value (const Completion *self, const char *placeholder)
{
  if (strchr (placeholder, '|') != NULL && strchr (placeholder, '{') == NULL)
    {
      g_auto (GStrv) values = g_strsplit (placeholder, "|", -1);

      offer_each (self, (const char *const *) values);
    }
  else if (g_str_equal (placeholder, "DIR"))
    sobre_cli_output_print (self->cli->output, ":folders");
  else if (g_str_has_prefix (placeholder, "FILE"))
    sobre_cli_output_print (self->cli->output, ":files");
  else if (g_str_equal (placeholder, "DATE"))
    offer_each (self, (const char *const[]) { "today", "today-6", "today-27", "today-89", NULL });
}

/* The arguments of the usage line are its words in capitals that belong to no option. */
static void
offer_argument (const Completion *self, const SobreCliCommand *command)
{
  g_auto (GStrv) words = g_strsplit_set (command->arguments, " []()|", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (g_str_has_prefix (words[i], "--") && words[i + 1] != NULL)
        i++;
      else if (g_str_equal (words[i], "NAME"))
        offer_saved_queries (self);
      else
        offer_value (self, words[i]);
    }
}

/* The entry that @word is, with or without a value behind =. */
static const GOptionEntry *
find_entry (const GOptionEntry *entries, const char *word)
{
  for (; entries != NULL && entries->long_name != NULL; entries++)
    {
      gsize length = strlen (entries->long_name);

      if (g_str_has_prefix (word, "--") && strncmp (word + 2, entries->long_name, length) == 0 &&
          (word[2 + length] == '\0' || word[2 + length] == '='))
        return entries;
      if (entries->short_name != 0 && word[0] == '-' && word[1] == entries->short_name && word[2] == '\0')
        return entries;
    }
  return NULL;
}

/* The option whose value is being typed: the word before, or the word itself up to =. */
static const GOptionEntry *
find_open_option (const Completion *self, const GOptionEntry *entries)
{
  guint n = g_strv_length (self->words);
  const GOptionEntry *entry = NULL;

  if (*self->prefix != '\0')
    return find_entry (entries, self->prefix);
  if (n > 0 && strchr (self->words[n - 1], '=') == NULL)
    entry = find_entry (entries, self->words[n - 1]);
  return entry != NULL && entry->arg_description != NULL ? entry : NULL;
}

static void
offer_for_command (const SobreCliCommand *command, const GOptionEntry *entries, gpointer data)
{
  const Completion *self = data;
  const GOptionEntry *open = find_open_option (self, entries);
  g_autofree char *argument = NULL;

  if (open == NULL)
    open = find_open_option (self, sobre_cli_get_global_entries ());
  if (open != NULL)
    {
      if (!offer_from_workspace (self, open->long_name))
        offer_value (self, open->arg_description);
    }
  else if (self->typed[0] == '-')
    {
      offer_options (self, entries);
      offer_options (self, sobre_cli_get_global_entries ());
    }
  else if (*self->prefix == '\0')
    {
      argument = sobre_cli_peek_argument (self->cli, entries, self->command_words);
      if (argument == NULL)
        offer_argument (self, command);
    }
}

/* Where the command begins: behind the options that all commands have. */
static char **
skip_globals (char **words)
{
  while (*words != NULL && **words == '-')
    {
      const GOptionEntry *entry = find_entry (sobre_cli_get_global_entries (), *words);
      gboolean takes = entry != NULL && entry->arg_description != NULL && strchr (*words, '=') == NULL;

      words += takes && words[1] != NULL ? 2 : 1;
    }
  return words;
}

static void
offer_words (Completion *self)
{
  const GOptionEntry *open = find_open_option (self, sobre_cli_get_global_entries ());
  char **words = self->command_words;
  const SobreCliCommand *command;

  if (words[0] == NULL && open != NULL)
    offer_value (self, open->arg_description);
  else if (words[0] == NULL && self->typed[0] == '-')
    offer_options (self, sobre_cli_get_global_entries ());
  else if (words[0] == NULL)
    offer_commands (self, NULL);
  else if ((command = sobre_cli_find_command (&words)) != NULL)
    {
      self->command_words = words;
      self->cli->describe = offer_for_command;
      self->cli->describe_data = self;
      command->run (self->cli, command, words);
      self->cli->describe = NULL;
    }
  else if (words[1] == NULL)
    offer_commands (self, words[0]);
}

static void
take_workspace (SobreCli *self, char **words)
{
  for (; *words != NULL; words++)
    {
      const char *value = g_str_has_prefix (*words, "--workspace=") ? strchr (*words, '=') + 1 : NULL;

      if ((g_str_equal (*words, "-w") || g_str_equal (*words, "--workspace")) && words[1] != NULL)
        value = words[1];
      if (value != NULL)
        g_set_str (&self->workspace_option, value);
    }
}

SobreCliStatus
sobre_cli_complete (SobreCli *self, char **argv)
{
  g_auto (GStrv) words = g_strdupv (argv[1] != NULL && g_str_equal (argv[1], "--") ? argv + 2 : argv + 1);
  guint n = g_strv_length (words);
  g_autofree char *typed = NULL;
  g_autofree char *prefix = NULL;
  Completion completion = { .cli = self };
  const char *equals;

  if (n == 0)
    return SOBRE_CLI_DONE;
  typed = g_steal_pointer (&words[n - 1]);
  equals = g_str_has_prefix (typed, "--") ? strchr (typed, '=') : NULL;
  prefix = equals != NULL ? g_strndup (typed, (gsize) (equals - typed) + 1) : g_strdup ("");
  completion.typed = typed + strlen (prefix);
  completion.prefix = prefix;
  completion.words = words;
  completion.command_words = skip_globals (words);
  take_workspace (self, words);
  sobre_cli_output_set_json (self->output, FALSE);
  offer_words (&completion);
  return SOBRE_CLI_DONE;
}
