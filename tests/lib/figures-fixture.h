/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "sobre-figures-plots.h"

/* Figures to draw, made up without a cache. */

/**
 * FiguresFixture:
 * @last_day: of the filter, days since the epoch
 * @n_days: of the filter
 * @answers_per_day: on average; 0 for no answers at all
 * @n_stores: with 14 tables each
 * @n_comments: of them, some long, some in Arabic
 * @seed: of everything that varies
 */
typedef struct
{
  gint32 last_day;
  guint n_days;
  guint answers_per_day;
  guint n_stores;
  guint n_comments;
  guint32 seed;
} FiguresFixture;

/** 42 days, 60 answers a day, one bad Friday. */
FiguresFixture figures_fixture_usual (void);

/** (transfer full): free with figures_fixture_free() */
SobreFigures *figures_fixture_make (const FiguresFixture *fixture);
void figures_fixture_free (SobreFigures *figures);

/** Where nothing is seen, and every text that is drawn can be asked for. (transfer full) */
SobreCanvas *figures_fixture_make_canvas (SobreThemeKind kind);

/** Ends the test when a text on @canvas touches another one or leaves the frame. @what: says which drawing it was */
void figures_fixture_assert_apart (SobreCanvas *canvas, const char *what, double width, double height);
