/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SOBRE_TYPE_WELCOME_PAGE (sobre_welcome_page_get_type ())

/**
 * SobreWelcomePage:
 *
 * What a window shows for a folder without a restaurant: it makes one there, a sample or an empty one. The signal "made"
 * (SobreWorkspace) says that it is there.
 */
G_DECLARE_FINAL_TYPE (SobreWelcomePage, sobre_welcome_page, SOBRE, WELCOME_PAGE, AdwBin)

/**
 * sobre_welcome_page_set_path:
 * @path: where a restaurant would be made
 * @message: (nullable): why the one that is there cannot be shown, translated
 */
void sobre_welcome_page_set_path (SobreWelcomePage *self, const char *path, const char *message);

G_END_DECLS
