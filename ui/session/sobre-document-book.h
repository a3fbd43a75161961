/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "workspace/sobre-workspace-documents.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_DOCUMENT_BOOK (sobre_document_book_get_type ())

/**
 * SobreDocumentBook:
 *
 * A document of a workspace as the window shows and changes it. A change is seen at once and written behind it, in order, on another
 * thread; each can be taken back and made again. Where the file was changed by somebody else at the same place, that stays, is shown,
 * and the message says so; where it cannot be written, what was changed is kept here and written when it can be.
 *
 * Properties, notified on the main thread, read-only: "root" (JsonNode, nullable, immutable), "message" (string, nullable: why it could not
 * be read or written, translated), "missing" (boolean: there is no such file yet), "can-undo", "can-redo", "saved" (boolean: the file
 * holds what is shown), "issues" (GPtrArray of SobreDocumentIssue: what a check said last; a new array each time).
 */
G_DECLARE_FINAL_TYPE (SobreDocumentBook, sobre_document_book, SOBRE, DOCUMENT_BOOK, GObject)

/** Empty until sobre_document_book_load(). (transfer full) */
SobreDocumentBook *sobre_document_book_new (SobreWorkspace *workspace, SobreDocumentKind kind);

/** Reads the file again unless changes wait to be written; then it tries to write those again. */
void sobre_document_book_load (SobreDocumentBook *self);

/** (transfer none) (nullable) */
JsonNode *sobre_document_book_get_root (SobreDocumentBook *self);

/**
 * sobre_document_book_replace:
 * @path: see sobre_document_find()
 * @after: (nullable): what is to be there, %NULL for nothing
 * @merge: whether it continues the latest change where that was at the same place, so that both are taken back as one
 *
 * Returns: whether anything changed
 */
gboolean sobre_document_book_replace (SobreDocumentBook *self, const char *path, JsonNode *after, gboolean merge);

/** Takes the latest change back. Returns: (transfer full) (nullable): where it was, %NULL where there was none */
char *sobre_document_book_undo (SobreDocumentBook *self);

/** Makes the change again that was taken back last. Returns: (transfer full) (nullable): where it was, %NULL where there was none */
char *sobre_document_book_redo (SobreDocumentBook *self);

gboolean sobre_document_book_get_can_undo (SobreDocumentBook *self);
gboolean sobre_document_book_get_can_redo (SobreDocumentBook *self);

/** Whether the file holds what is shown. */
gboolean sobre_document_book_is_saved (SobreDocumentBook *self);

/**
 * sobre_document_book_flush:
 *
 * Has what waits written, also what could not be written before.
 *
 * Returns: (transfer full): a future of %TRUE once the file holds what is shown; rejects with %SOBRE_WORKSPACE_ERROR_FAILED where it cannot be
 *   written, %SOBRE_WORKSPACE_ERROR_CHANGED where somebody else had changed the same place, which stays
 */
DexFuture *sobre_document_book_flush (SobreDocumentBook *self);

/** (transfer none) (element-type SobreDocumentIssue) */
GPtrArray *sobre_document_book_get_issues (SobreDocumentBook *self);

/** sobre_document_book_set_issues: @issues: (element-type SobreDocumentIssue): of what is shown; never changed any more */
void sobre_document_book_set_issues (SobreDocumentBook *self, GPtrArray *issues);

/** sobre_document_book_forget: forgets all changes, and what can be taken back, and reads the file. */
void sobre_document_book_forget (SobreDocumentBook *self);

G_END_DECLS
