/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-figures-plots.h"
#include "workspace/sobre-workspace.h"

/** What pictures of @workspace's figures say beside them; borrowed from @workspace. */
SobreFiguresLabels sobre_workspace_get_labels (SobreWorkspace *workspace);
