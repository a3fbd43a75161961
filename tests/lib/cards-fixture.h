/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "qr/sobre-card-job.h"

/* Cards to try things on: as many tables as wanted, a fixed secret. */

GListModel *cards_fixture_make_tables (guint n_tables);

/** An order with everything set; the tables stay the caller's. */
SobreCardOrder cards_fixture_make_order (GListModel *tables, GBytes *secret);
GBytes *cards_fixture_make_secret (void);
