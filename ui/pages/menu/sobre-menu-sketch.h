/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "publish/sobre-menu-text.h"
#include "widgets/sobre-phone-sketch.h"

G_BEGIN_DECLS

/**
 * sobre_menu_sketch:
 * @sold_out: (nullable) (array zero-terminated=1): dishes and options, "cod", "cod/prawns"
 * @restaurant: name to put above
 *
 * The menu as guests read it on a phone: what infra/site/menu.css makes of app/publish/sobre-menu-page.c. Each dish and section can be found by its id.
 *
 * Returns: (transfer full)
 */
SobrePhoneSketch *
sobre_menu_sketch (PangoContext *context, const SobreMenuSpeech *speech, const char *const *sold_out, const char *restaurant);

G_END_DECLS
