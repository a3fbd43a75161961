/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-document-book.h"

G_BEGIN_DECLS

/** SobreEditorKind: what an editor is of; each has its fields in a resource of its own. */
typedef enum
{
  SOBRE_EDITOR_MENU, /* what belongs to no dish: texts, languages, parts of the day */
  SOBRE_EDITOR_SECTION,
  SOBRE_EDITOR_DISH,
  SOBRE_EDITOR_FORM, /* what belongs to no question: texts, languages, consent */
  SOBRE_EDITOR_QUESTION,
} SobreEditorKind;

#define SOBRE_TYPE_NODE_EDITOR (sobre_node_editor_get_type ())

/**
 * SobreNodeEditor:
 *
 * One object of a document under the hands of a person, field by field. What is typed is in the document at once; each field that was
 * changed can be taken back. It goes when its object goes.
 */
G_DECLARE_FINAL_TYPE (SobreNodeEditor, sobre_node_editor, SOBRE, NODE_EDITOR, AdwNavigationPage)

/** sobre_node_editor_new: @path: of the object in the document of @book */
AdwNavigationPage *sobre_node_editor_new (SobreDocumentBook *book, SobreEditorKind kind, const char *path);

const char *sobre_node_editor_get_path (SobreNodeEditor *self);

G_END_DECLS
