/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-layer.h"

/** A series' point in words: "Fri 13 Nov: 3.75, n = 14". @days: whether x is days. (transfer full) */
char *sobre_series_describe (const SobreSeries *series, int point, gboolean days);

/** The point under the pointer at @x: the nearest, when it is no further than 24 units away; else -1. */
int sobre_series_hit_test (const SobreSeries *series, const SobreFrame *frame, double x);
