/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/** sobre_language_name_dup: Returns: (transfer full): what a language calls itself, "Deutsch"; its tag where that is not known */
char *sobre_language_name_dup (const char *tag);
