/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-errand.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_ERRAND_VIEW (sobre_errand_view_get_type ())

/**
 * SobreErrandView: a flow in AWS as it goes: what is done now, the first cause of a failure on top, what AWS does, what came of it. It asks what the flow asks, and what would be lost
 * wants its name typed. Whoever holds it installs the action "errand.again".
 */
G_DECLARE_FINAL_TYPE (SobreErrandView, sobre_errand_view, SOBRE, ERRAND_VIEW, AdwBin)

/** sobre_errand_view_show: @errand: (nullable): kept; stopped when the view goes or shows another */
void sobre_errand_view_show (SobreErrandView *self, SobreErrand *errand);

G_END_DECLS
