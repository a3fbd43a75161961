/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "query/sobre-saved-query.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_RESULT_VIEW (sobre_result_view_get_type ())

/**
 * SobreResultView:
 *
 * What became of a query: its rows as a table that sorts, copies and exports, the chart its file asks for, or why there are none.
 */
G_DECLARE_FINAL_TYPE (SobreResultView, sobre_result_view, SOBRE, RESULT_VIEW, AdwBin)

void sobre_result_view_show_nothing (SobreResultView *self);

/** sobre_result_view_ask_for: says that the query needs a value first. @label: of the field that is empty */
void sobre_result_view_ask_for (SobreResultView *self, const char *label);
void sobre_result_view_show_running (SobreResultView *self);

/** sobre_result_view_show_error: @message: in the words of whoever failed */
void sobre_result_view_show_error (SobreResultView *self, const char *message);

/**
 * sobre_result_view_show_result:
 * @query: what was asked; its title and chart are used
 * @seconds: that it took
 */
void sobre_result_view_show_result (SobreResultView *self, SobreSavedQuery *query, SobreResultTable *table, double seconds);

/** Whether neither rows nor an error nor a running query is on show. */
gboolean sobre_result_view_is_empty (SobreResultView *self);

/** sobre_result_view_get_result: Returns: (transfer none) (nullable): what is on show */
SobreResultTable *sobre_result_view_get_result (SobreResultView *self);

/** sobre_result_view_dup_error: Returns: (transfer full) (nullable): the message on show */
char *sobre_result_view_dup_error (SobreResultView *self);

/** sobre_result_view_dup_selection: Returns: (transfer full): the selected rows, all of them where none is, tabs between cells and a header line */
char *sobre_result_view_dup_selection (SobreResultView *self);

G_END_DECLS
