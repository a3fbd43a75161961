/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-site-courier.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_SITE_LINE (sobre_site_line_get_type ())

/** SobreSiteLine: where form or menu go beyond this computer, and what is on its way there. Nothing is shown where nothing was deployed. */
G_DECLARE_FINAL_TYPE (SobreSiteLine, sobre_site_line, SOBRE, SITE_LINE, AdwBin)

/** sobre_site_line_set_courier: @courier: (nullable) · @parts: what it brings */
void sobre_site_line_set_courier (SobreSiteLine *self, SobreSiteCourier *courier, SobreSiteParts parts);

/**
 * sobre_site_line_set_local:
 * @version: that guests of this computer get, 0 for none
 * @sold_out: (nullable) (array zero-terminated=1): what they see as sold out
 */
void sobre_site_line_set_local (SobreSiteLine *self, guint version, const char *const *sold_out);

G_END_DECLS
