/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-query-desk.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_ENGINE_BAR (sobre_engine_bar_get_type ())

/**
 * SobreEngineBar:
 *
 * Where a query runs: on this computer, which costs nothing, or on Athena, with what that costs before and after. It is seen only where the
 * restaurant's lake is in AWS. The signal "estimate" asks for what the query would cost.
 */
G_DECLARE_FINAL_TYPE (SobreEngineBar, sobre_engine_bar, SOBRE, ENGINE_BAR, AdwBin)

/** sobre_engine_bar_set_workspace: shows or hides it; the choice is this computer again */
void sobre_engine_bar_set_workspace (SobreEngineBar *self, SobreWorkspace *workspace);

gboolean sobre_engine_bar_is_athena (SobreEngineBar *self);
void sobre_engine_bar_set_athena (SobreEngineBar *self, gboolean athena);

/** sobre_engine_bar_show: @words: (nullable): of what it costs; %NULL while that is not known */
void sobre_engine_bar_show (SobreEngineBar *self, const char *words);
const char *sobre_engine_bar_get_words (SobreEngineBar *self);

G_END_DECLS
