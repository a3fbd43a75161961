/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/queries/sobre-query-editor.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_QUERIES_PAGE (sobre_queries_page_get_type ())

/**
 * SobreQueriesPage: the saved queries, the restaurant's own and those that come with the program, and the one that is looked at. Property
 * "session" (SobreSession, write-only).
 */
G_DECLARE_FINAL_TYPE (SobreQueriesPage, sobre_queries_page, SOBRE, QUERIES_PAGE, AdwBin)

/**
 * sobre_queries_page_choose:
 *
 * Shows and runs the query of that file name, once the list is loaded.
 *
 * Returns: %FALSE where the list has none, as before it is loaded
 */
gboolean sobre_queries_page_choose (SobreQueriesPage *self, const char *name);

/** sobre_queries_page_save: writes the text that is looked at into the workspace, as the query of @title */
void sobre_queries_page_save (SobreQueriesPage *self, const char *title);

SobreQueryEditor *sobre_queries_page_get_editor (SobreQueriesPage *self);

G_END_DECLS
