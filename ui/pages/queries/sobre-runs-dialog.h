/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_RUNS_DIALOG (sobre_runs_dialog_get_type ())

/**
 * SobreRunsDialog:
 *
 * What was run on Athena from here: each run with what it read and cost, and what each month has cost. Emits "chosen" (string) with the SQL of a run that
 * somebody wants to see; it closes then.
 */
G_DECLARE_FINAL_TYPE (SobreRunsDialog, sobre_runs_dialog, SOBRE, RUNS_DIALOG, AdwDialog)

SobreRunsDialog *sobre_runs_dialog_new (SobreWorkspace *workspace);

G_END_DECLS
