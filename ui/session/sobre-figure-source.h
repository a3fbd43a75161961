/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "scan/sobre-visit-figures.h"

G_BEGIN_DECLS

/** SobreFigures as a boxed type, so that futures and properties can carry it. */
#define SOBRE_TYPE_FIGURES (sobre_figures_get_type ())
GType sobre_figures_get_type (void);

/** SobreVisitFigures as a boxed type. */
#define SOBRE_TYPE_VISIT_FIGURES (sobre_visit_figures_get_type ())
GType sobre_visit_figures_get_type (void);

#define SOBRE_TYPE_FIGURE_SOURCE (sobre_figure_source_get_type ())

/** SobreFigureSource: asks the cache on a thread of its own, which owns the only reader. Questions are answered in their order. */
G_DECLARE_FINAL_TYPE (SobreFigureSource, sobre_figure_source, SOBRE, FIGURE_SOURCE, GObject)

/**
 * sobre_figure_source_new:
 * @cache_folder: of the workspace; it need not hold a cache yet
 *
 * Returns: (transfer full)
 */
SobreFigureSource *sobre_figure_source_new (const char *cache_folder);

/**
 * sobre_figure_source_compute:
 * @filter: what to count
 * @max_comments: how many comments come along
 *
 * Returns: (transfer full): a future of a boxed SobreFigures; rejects with %SOBRE_CACHE_ERROR
 */
DexFuture *sobre_figure_source_compute (SobreFigureSource *self, const SobreFilter *filter, guint max_comments);

/**
 * sobre_figure_source_compute_visits:
 * @filter: what to count
 *
 * Returns: (transfer full): a future of boxed SobreVisitFigures; rejects with %SOBRE_CACHE_ERROR
 */
DexFuture *sobre_figure_source_compute_visits (SobreFigureSource *self, const SobreFilter *filter);

/**
 * sobre_figure_source_search:
 * @text: words as typed
 * @filter: where to look
 * @limit: how many comments at most
 *
 * Returns: (transfer full): a future of a boxed GPtrArray of SobreComment; rejects with %SOBRE_CACHE_ERROR
 */
DexFuture *sobre_figure_source_search (SobreFigureSource *self, const char *text, const SobreFilter *filter, guint limit);

G_END_DECLS
