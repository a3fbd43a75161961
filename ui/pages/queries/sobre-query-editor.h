/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/queries/sobre-result-view.h"
#include "session/sobre-session.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_QUERY_EDITOR (sobre_query_editor_get_type ())

/**
 * SobreQueryEditor:
 *
 * One saved query: what it asks for, its SQL, and its answer from the cache. The file's text is the truth: title, parameters and chart are
 * read from its leading comment whenever it changes. Properties: "session" (SobreSession, write-only), "running" (boolean, read-only),
 * "modified" (boolean, read-only: the text is not the file's any more).
 */
G_DECLARE_FINAL_TYPE (SobreQueryEditor, sobre_query_editor, SOBRE, QUERY_EDITOR, AdwBin)

/** sobre_query_editor_set_query: shows another query; what ran before is stopped */
void sobre_query_editor_set_query (SobreQueryEditor *self, SobreSavedQuery *query);

/** sobre_query_editor_start_new: shows a query to begin with, in the words of the SQL that is there */
void sobre_query_editor_start_new (SobreQueryEditor *self);

/** sobre_query_editor_get_title: Returns: (transfer none): the title that the text has, or had when it could last be understood */
const char *sobre_query_editor_get_title (SobreQueryEditor *self);

/** sobre_query_editor_dup_text: Returns: (transfer full): the whole file */
char *sobre_query_editor_dup_text (SobreQueryEditor *self);
void sobre_query_editor_set_text (SobreQueryEditor *self, const char *text);

/** sobre_query_editor_set_parameter: @value: as sobre_saved_query_bind() takes it. Returns: %FALSE where the query has no such parameter */
gboolean sobre_query_editor_set_parameter (SobreQueryEditor *self, const char *name, const char *value);

/** sobre_query_editor_set_saved: the text is the file's again */
void sobre_query_editor_set_saved (SobreQueryEditor *self);

/** sobre_query_editor_run: asks the engine that is chosen; what ran before is stopped */
void sobre_query_editor_run (SobreQueryEditor *self);

/** sobre_query_editor_refresh: runs where that costs nothing */
void sobre_query_editor_refresh (SobreQueryEditor *self);
void sobre_query_editor_stop (SobreQueryEditor *self);

SobreResultView *sobre_query_editor_get_result_view (SobreQueryEditor *self);

G_END_DECLS
