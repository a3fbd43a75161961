/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/queries/sobre-queries-page.h"
#include "session/sobre-query-desk.h"

G_BEGIN_DECLS

/** SobreQueriesPage: @chosen: the file name of the query in the editor; %NULL for a new one */
struct _SobreQueriesPage
{
  AdwBin parent_instance;

  AdwBanner *banner;
  AdwOverlaySplitView *split;
  GtkSearchEntry *search_entry;
  GtkStack *list_stack;
  GtkListBox *list;
  SobreQueryEditor *editor;

  SobreSession *session;
  GListStore *entries;
  GtkFilterListModel *shown;
  GtkStringFilter *filter;
  char *chosen; /* the file name of the query in the editor; NULL for a new one */
  char *wanted; /* (nullable): the file name of the query to show once the list is loaded */
  DexFuture *listing;
};

/** sobre_queries_page_find_chosen: Returns: (transfer full) (nullable): %NULL for a new query */
SobreQueryEntry *sobre_queries_page_find_chosen (SobreQueriesPage *self);

/** Reads the list anew; what is in the editor stays. */
void sobre_queries_page_load_list (SobreQueriesPage *self);

/** Saving and deleting: in sobre-queries-page-files.c. */
void sobre_queries_page_class_install_file_actions (GtkWidgetClass *widget_class);

G_END_DECLS
