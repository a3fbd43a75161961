/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "workspace/sobre-workspace-notes.h"

#include <glib/gi18n-lib.h>

#include "model/sobre-time.h"
#include "workspace/sobre-workspace-files.h"

GListModel *
sobre_workspace_load_notes (SobreWorkspace *self, GError **error)
{
  const char *folder = sobre_workspace_get_path (self);
  g_autofree char *path = g_build_filename (folder, SOBRE_NOTES_FILE, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) cause = NULL;
  GListModel *notes;
  gsize length;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return G_LIST_MODEL (g_list_store_new (SOBRE_TYPE_NOTE));
  text = sobre_workspace_read_file (folder, SOBRE_NOTES_FILE, &length, error);
  if (text == NULL)
    return NULL;
  notes = sobre_note_list_parse (text, (gssize) length, &cause);
  if (notes == NULL)
    g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID, "%s: %s", SOBRE_NOTES_FILE, cause->message);
  return notes;
}

static gboolean
check_change (GListModel *notes, SobreNote *removed, SobreNote *added, GError **error)
{
  char day[SOBRE_DAY_STRING_LENGTH + 1];

  if (removed != NULL && sobre_note_list_find (notes, removed) < 0)
    {
      sobre_day_format (sobre_note_get_day (removed), day);
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_MISSING,
                   /* Translators: file, date, words of the note. */
                   _ ("%s: there is no note on %s that says “%s”"), SOBRE_NOTES_FILE, day, sobre_note_get_text (removed));
      return FALSE;
    }
  if (added != NULL && sobre_note_list_find (notes, added) >= 0 &&
      (removed == NULL || sobre_note_compare (removed, added) != 0))
    {
      sobre_day_format (sobre_note_get_day (added), day);
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_EXISTS,
                   /* Translators: file, date, words of the note. */
                   _ ("%s: there is a note on %s already that says “%s”"), SOBRE_NOTES_FILE, day, sobre_note_get_text (added));
      return FALSE;
    }
  if (added != NULL && removed == NULL && g_list_model_get_n_items (notes) >= SOBRE_NOTE_MAX_COUNT)
    {
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID,
                   _ ("%s: there are %d notes already: remove some"), SOBRE_NOTES_FILE, SOBRE_NOTE_MAX_COUNT);
      return FALSE;
    }
  return TRUE;
}

GListModel *
sobre_workspace_change_notes (SobreWorkspace *self, SobreNote *removed, SobreNote *added, GError **error)
{
  g_autoptr (GListModel) notes = sobre_workspace_load_notes (self, error);
  g_autoptr (GListModel) changed = NULL;
  g_autofree char *text = NULL;

  if (notes == NULL || !check_change (notes, removed, added, error))
    return NULL;
  changed = sobre_note_list_change (notes, removed, added);
  text = sobre_note_list_format (changed);
  if (!sobre_workspace_write_file (sobre_workspace_get_path (self), SOBRE_NOTES_FILE, text, -1, error))
    return NULL;
  return g_steal_pointer (&changed);
}
