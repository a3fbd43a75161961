/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "workspace/sobre-workspace-documents.h"

#include <glib/gi18n-lib.h>

#include "workspace/sobre-workspace-files.h"

static const struct
{
  const char *file;
  const char *draft; /* (nullable): where it is while it is being written, where that is another place */
  gsize max_bytes;
} documents[] = {
  [SOBRE_DOCUMENT_MENU] = { SOBRE_MENU_FILE, NULL, 1024 * 1024 },
  [SOBRE_DOCUMENT_FORM] = { SOBRE_FORM_FILE, SOBRE_STATE_FOLDER "/" SOBRE_FORM_FILE, 256 * 1024 },
};

const char *
sobre_document_kind_get_file (SobreDocumentKind kind)
{
  return documents[kind].file;
}

static gboolean
is_there (SobreWorkspace *self, const char *name)
{
  g_autofree char *path = g_build_filename (sobre_workspace_get_path (self), name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

JsonNode *
sobre_workspace_load_document (SobreWorkspace *self, SobreDocumentKind kind, GError **error)
{
  const char *draft = documents[kind].draft;
  const char *name = draft != NULL && is_there (self, draft) ? draft : documents[kind].file;
  g_autofree char *text = NULL;
  g_autoptr (GError) cause = NULL;
  JsonNode *root;
  gsize length;

  if (!is_there (self, name))
    {
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_MISSING, _ ("%s: the file is missing"), name);
      return NULL;
    }
  text = sobre_workspace_read_file (sobre_workspace_get_path (self), name, &length, error);
  if (text == NULL)
    return NULL;
  root = sobre_document_open (text, length, documents[kind].max_bytes, &cause);
  if (root == NULL)
    g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID, "%s: %s", name, cause->message);
  return root;
}

gboolean
sobre_workspace_change_document (SobreWorkspace *self,
                                 SobreDocumentKind kind,
                                 const char *path,
                                 JsonNode *before,
                                 JsonNode *after,
                                 GError **error)
{
  const char *draft = documents[kind].draft;
  g_autoptr (JsonNode) changed = NULL;
  g_autofree char *text = NULL;

  if (before == NULL && *path == '\0' && !is_there (self, documents[kind].file))
    {
      changed = json_node_ref (after);
    }
  else
    {
      g_autoptr (JsonNode) root = sobre_workspace_load_document (self, kind, error);

      if (root == NULL)
        return FALSE;
      changed = sobre_document_replace (root, path, before, after);
    }
  if (changed == NULL)
    {
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_CHANGED,
                   _ ("%s was changed by another program at the same place. It is shown as it is now; make your change again"),
                   documents[kind].file);
      return FALSE;
    }
  text = sobre_document_format (changed);
  if (draft != NULL)
    {
      g_autofree char *state = g_build_filename (sobre_workspace_get_path (self), SOBRE_STATE_FOLDER, NULL);

      if (!sobre_workspace_make_folder (state, error))
        return FALSE;
    }
  return sobre_workspace_write_file (sobre_workspace_get_path (self), draft != NULL ? draft : documents[kind].file, text, -1,
                                     error);
}
