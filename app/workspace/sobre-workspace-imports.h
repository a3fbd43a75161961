/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-record.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/** sobre_workspace_dup_rejects_path: @file: that is imported. Returns: (transfer full): where its rows that are not taken are listed: beside the lake's records, where nothing reads them as such */
char *sobre_workspace_dup_rejects_path (SobreWorkspace *self, SobreDataset dataset, const char *file);

G_END_DECLS
