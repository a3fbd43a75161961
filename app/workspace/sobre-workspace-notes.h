/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-note.h"
#include "workspace/sobre-workspace.h"

/**
 * sobre_workspace_load_notes:
 *
 * Reads notes.csv, which need not be there. Blocks.
 *
 * Returns: (transfer full) (nullable): a GListModel of SobreNote, oldest first; %NULL with %SOBRE_WORKSPACE_ERROR_INVALID that names file
 *   and line, or %SOBRE_WORKSPACE_ERROR_FAILED
 */
GListModel *sobre_workspace_load_notes (SobreWorkspace *self, GError **error);

/**
 * sobre_workspace_change_notes:
 * @removed: (nullable): a note of notes.csv
 * @added: (nullable): a note that is not there yet
 *
 * Takes a note out of notes.csv, puts one in, or both in one step, on top of what the file holds now. Blocks.
 *
 * Returns: (transfer full) (nullable): the notes that are there then; %NULL with %SOBRE_WORKSPACE_ERROR_MISSING when @removed is not
 *   there, %SOBRE_WORKSPACE_ERROR_EXISTS when @added is there already, %SOBRE_WORKSPACE_ERROR_INVALID when there are too many, or as
 *   sobre_workspace_load_notes(); the file is as it was then
 */
GListModel *sobre_workspace_change_notes (SobreWorkspace *self, SobreNote *removed, SobreNote *added, GError **error);
