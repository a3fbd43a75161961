/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "session/sobre-figure-source.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_VISIT_COUNTER (sobre_visit_counter_get_type ())

/**
 * SobreVisitCounter:
 *
 * Counts visits beside the figures, which are quicker and looked at first. One question is under way at a time, and what was asked last
 * counts. Property: "visits" (SobreVisitFigures, nullable, read-only), notified on the main thread.
 */
G_DECLARE_FINAL_TYPE (SobreVisitCounter, sobre_visit_counter, SOBRE, VISIT_COUNTER, GObject)

/** sobre_visit_counter_new: Returns: (transfer full) */
SobreVisitCounter *sobre_visit_counter_new (SobreFigureSource *source);

/**
 * sobre_visit_counter_count:
 * @filter: what to count
 *
 * What fails is left as it was: the figures of the same cache say why.
 */
void sobre_visit_counter_count (SobreVisitCounter *self, const SobreFilter *filter);

/** (transfer none) (nullable): %NULL until the first ones are there */
SobreVisitFigures *sobre_visit_counter_get_visits (SobreVisitCounter *self);

G_END_DECLS
