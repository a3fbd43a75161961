/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-errand.h"

G_BEGIN_DECLS

/** sobre_errand_question_present: asks over @parent what @errand asks, and answers it. What would be lost is only answered with its name typed; closing the dialog says no. It goes when the flow ends */
void sobre_errand_question_present (SobreErrand *errand, GtkWidget *parent);

G_END_DECLS
