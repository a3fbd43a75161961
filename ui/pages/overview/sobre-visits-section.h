/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-session.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_VISITS_SECTION (sobre_visits_section_get_type ())

/**
 * SobreVisitsSection:
 *
 * What guests did before they answered, below the figures of the overview. Properties: "session" (SobreSession, nullable),
 * "as-table" (boolean), "layout" (string): "wide", "medium" or "narrow".
 */
G_DECLARE_FINAL_TYPE (SobreVisitsSection, sobre_visits_section, SOBRE, VISITS_SECTION, GtkWidget)

G_END_DECLS
