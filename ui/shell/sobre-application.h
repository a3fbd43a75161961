/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SOBRE_TYPE_APPLICATION (sobre_application_get_type ())

/** SobreApplication: the program with the windows. One process serves a session; a second start opens its workspace in the first. */
G_DECLARE_FINAL_TYPE (SobreApplication, sobre_application, SOBRE, APPLICATION, AdwApplication)

SobreApplication *sobre_application_new (void);

G_END_DECLS
