/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

/**
 * sobre_settings_source_load:
 *
 * The program's settings, with the schema from where the program is installed, so that a copy outside the system's folders finds
 * its own.
 *
 * Returns: (transfer full)
 */
GSettings *sobre_settings_source_load (void);
