/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-session.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_FILTER_BAR (sobre_filter_bar_get_type ())

/** SobreFilterBar: the period, store and table of its "session", to choose. */
G_DECLARE_FINAL_TYPE (SobreFilterBar, sobre_filter_bar, SOBRE, FILTER_BAR, AdwBin)

void sobre_filter_bar_set_session (SobreFilterBar *self, SobreSession *session);

G_END_DECLS
