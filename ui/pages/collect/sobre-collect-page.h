/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-session.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_COLLECT_PAGE (sobre_collect_page_get_type ())

/** SobreCollectPage: starts and stops the intake of its "session", shows where guests reach it and what comes in. */
G_DECLARE_FINAL_TYPE (SobreCollectPage, sobre_collect_page, SOBRE, COLLECT_PAGE, AdwBin)

G_END_DECLS
