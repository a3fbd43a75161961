/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-report.h"

/** One file that needs no other: each picture as SVG inside it, its words beside it, its figures as a table behind it. */
GBytes *sobre_report_render_html (const SobreReport *report, GError **error);
