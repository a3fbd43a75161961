/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-document-edit.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/**
 * SobreDocumentKind: what a program edits of a workspace.
 * @SOBRE_DOCUMENT_MENU: menu.json, which guests see once it is published
 * @SOBRE_DOCUMENT_FORM: the form that is being written, .sobremesa/form.json; form.json, which guests see, where nothing was changed yet
 */
typedef enum
{
  SOBRE_DOCUMENT_MENU,
  SOBRE_DOCUMENT_FORM,
} SobreDocumentKind;

/** sobre_document_kind_get_file: Returns: (transfer none): what people know it by, "menu.json" */
const char *sobre_document_kind_get_file (SobreDocumentKind kind);

/**
 * sobre_workspace_load_document:
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): see sobre_document_open(); %NULL with %SOBRE_WORKSPACE_ERROR_MISSING,
 *   %SOBRE_WORKSPACE_ERROR_INVALID where it has to be mended by hand first, or %SOBRE_WORKSPACE_ERROR_FAILED
 */
JsonNode *sobre_workspace_load_document (SobreWorkspace *self, SobreDocumentKind kind, GError **error);

/**
 * sobre_workspace_change_document:
 * @path, @before, @after: see sobre_document_replace(); a document that is missing is made with the path "" and no @before
 *
 * Changes one place on top of what the file holds now, whole and durably. Blocks.
 *
 * Returns: %FALSE with %SOBRE_WORKSPACE_ERROR_CHANGED where @before is not there, or as sobre_workspace_load_document(); the file is as it
 *   was then
 */
gboolean sobre_workspace_change_document (SobreWorkspace *self,
                                          SobreDocumentKind kind,
                                          const char *path,
                                          JsonNode *before,
                                          JsonNode *after,
                                          GError **error);

G_END_DECLS
