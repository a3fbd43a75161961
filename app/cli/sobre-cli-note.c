/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/sobre-time.h"
#include "workspace/sobre-workspace-notes.h"

/* Change: what is done on the pool thread. @notes: what is there afterwards */
typedef struct
{
  SobreWorkspace *workspace;
  SobreNote *removed;
  SobreNote *added;
  GListModel *notes;
} Change;

static void
change_clear (Change *self)
{
  g_clear_object (&self->workspace);
  g_clear_object (&self->removed);
  g_clear_object (&self->added);
  g_clear_object (&self->notes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Change, change_clear)

static gboolean
load (gpointer data, GError **error)
{
  Change *self = data;

  self->notes = sobre_workspace_load_notes (self->workspace, error);
  return self->notes != NULL;
}

static gboolean
change (gpointer data, GError **error)
{
  Change *self = data;

  g_clear_object (&self->notes);
  self->notes = sobre_workspace_change_notes (self->workspace, self->removed, self->added, error);
  return self->notes != NULL;
}

static void
add_note (JsonBuilder *builder, SobreNote *note)
{
  char day[SOBRE_DAY_STRING_LENGTH + 1];

  sobre_day_format (sobre_note_get_day (note), day);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "day");
  json_builder_add_string_value (builder, day);
  json_builder_set_member_name (builder, "note");
  json_builder_add_string_value (builder, sobre_note_get_text (note));
  json_builder_end_object (builder);
}

static void
print_document (SobreCli *self, JsonBuilder *builder)
{
  g_autoptr (JsonNode) document = json_builder_get_root (builder);

  sobre_cli_output_print_document (self->output, document);
}

static void
print_note (SobreCli *self, SobreNote *note)
{
  char day[SOBRE_DAY_STRING_LENGTH + 1];

  sobre_day_format (sobre_note_get_day (note), day);
  sobre_cli_output_print (self->output, "%s  %s", day, sobre_note_get_text (note));
}

SobreCliStatus
sobre_cli_note_list (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (GStrv) words = g_strdupv (argv);
  g_auto (Change) job = { 0 };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  SobreCliStatus status;
  GError *error = NULL;

  if (!sobre_cli_parse (self, command, NULL, &words, 0, 0, &status))
    return status;
  job.workspace = sobre_cli_open_workspace (self);
  if (job.workspace == NULL)
    return SOBRE_CLI_FAILED;
  if (!sobre_cli_work (self, load, &job, &error))
    return sobre_cli_fail (self, error);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "notes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (job.notes); i++)
    {
      g_autoptr (SobreNote) note = g_list_model_get_item (job.notes, i);

      add_note (builder, note);
      print_note (self, note);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  print_document (self, builder);
  return SOBRE_CLI_DONE;
}

static SobreCliStatus
refuse_text (SobreCli *self, const SobreCliCommand *command)
{
  return sobre_cli_refuse_usage (self, command, _ ("A note is one line of 1 to %d characters"), SOBRE_NOTE_MAX_LENGTH);
}

static SobreCliStatus
apply (SobreCli *self, Change *job, SobreNote *note)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GError *error = NULL;

  if (!sobre_cli_work (self, change, job, &error))
    return sobre_cli_fail (self, error);
  add_note (builder, note);
  print_document (self, builder);
  print_note (self, note);
  return SOBRE_CLI_DONE;
}

SobreCliStatus
sobre_cli_note_add (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (GStrv) words = g_strdupv (argv);
  g_auto (Change) job = { 0 };
  SobreCliStatus status;
  gint32 day;

  if (!sobre_cli_parse (self, command, NULL, &words, 2, 2, &status))
    return status;
  if (!sobre_day_parse (words[1], strlen (words[1]), &day))
    return sobre_cli_refuse_usage (self, command, _ ("“%s” is no date such as 2026-11-24"), words[1]);
  if (!sobre_note_text_is_valid (words[2]))
    return refuse_text (self, command);
  job.workspace = sobre_cli_open_workspace (self);
  if (job.workspace == NULL)
    return SOBRE_CLI_FAILED;
  job.added = sobre_note_new (day, words[2]);
  return apply (self, &job, job.added);
}

/* The only note of @day; with several, their words have to be given. */
static SobreNote *
find_only (GListModel *notes, gint32 day, GError **error)
{
  g_autoptr (SobreNote) found = NULL;
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (SobreNote) note = g_list_model_get_item (notes, i);

      if (sobre_note_get_day (note) == day && n++ == 0)
        found = g_object_ref (note);
    }
  if (n == 1)
    return g_steal_pointer (&found);
  g_set_error_literal (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_MISSING,
                       n == 0 ? _ ("There is no note on that day") : _ ("There are several notes on that day: say which one"));
  return NULL;
}

SobreCliStatus
sobre_cli_note_remove (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (GStrv) words = g_strdupv (argv);
  g_auto (Change) job = { 0 };
  SobreCliStatus status;
  GError *error = NULL;
  gint32 day;

  if (!sobre_cli_parse (self, command, NULL, &words, 1, 2, &status))
    return status;
  if (!sobre_day_parse (words[1], strlen (words[1]), &day))
    return sobre_cli_refuse_usage (self, command, _ ("“%s” is no date such as 2026-11-24"), words[1]);
  if (words[2] != NULL && !sobre_note_text_is_valid (words[2]))
    return refuse_text (self, command);
  job.workspace = sobre_cli_open_workspace (self);
  if (job.workspace == NULL)
    return SOBRE_CLI_FAILED;
  if (words[2] != NULL)
    job.removed = sobre_note_new (day, words[2]);
  else if (!sobre_cli_work (self, load, &job, &error) || (job.removed = find_only (job.notes, day, &error)) == NULL)
    return sobre_cli_fail (self, error);
  return apply (self, &job, job.removed);
}
