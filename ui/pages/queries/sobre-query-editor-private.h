/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtksourceview/gtksource.h>

#include "pages/queries/sobre-engine-bar.h"
#include "pages/queries/sobre-parameter-panel.h"
#include "pages/queries/sobre-query-editor.h"
#include "query/sobre-local-engine.h"

G_BEGIN_DECLS

/**
 * SobreQueryEditor:
 * @query: the text as it was last understood
 * @name: of its file
 * @asked: what runs; %NULL when nothing does
 * @asked_at: microseconds of the monotonic clock
 * @typing: over when no key was pressed for a while
 * @loading: whether another text is just being put in
 */
struct _SobreQueryEditor
{
  AdwBin parent_instance;

  GtkLabel *title_label;
  GtkLabel *description_label;
  SobreParameterPanel *parameters;
  SobreEngineBar *engine_bar;
  GtkExpander *sql_expander;
  GtkSourceView *source_view;
  GtkSourceBuffer *buffer;
  SobreResultView *result;

  SobreSession *session;
  SobreLocalEngine *engine;
  SobreSavedQuery *query;
  char *name;
  GtkTextTag *error_tag;
  GCancellable *cancellable;
  SobreSavedQuery *asked;
  gint64 asked_at;
  DexFuture *typing;
  gboolean loading;
};

SobreSavedContext sobre_query_editor_get_context (SobreQueryEditor *self);

/** sobre_query_editor_read_text: Returns: (transfer full) (nullable): the text as a saved query; %NULL with %SOBRE_QUERY_ERROR */
SobreSavedQuery *sobre_query_editor_read_text (SobreQueryEditor *self, GError **error);

/** Shows title, description and parameters of @query. @keep_values: whether what was filled in stays */
void sobre_query_editor_take_query (SobreQueryEditor *self, SobreSavedQuery *query, gboolean keep_values);

/** Takes the mark of an error away. */
void sobre_query_editor_clear_mark (SobreQueryEditor *self);

/** Forgets what was asked; its answer is not shown any more. */
void sobre_query_editor_forget_asked (SobreQueryEditor *self);

/** Says what a run on Athena would cost. */
void sobre_query_editor_estimate (SobreQueryEditor *self);

G_END_DECLS
