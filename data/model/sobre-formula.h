/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-text.h"

/**
 * sobre_text_is_formula:
 *
 * Whether a spreadsheet would run a CSV cell as a formula: it begins with = + - @ | %, a tab, a carriage return, a line feed or a full-width
 * ＝＋－＠, also behind blanks, which spreadsheets cut away.
 */
gboolean sobre_text_is_formula (SobreText text);
