/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "model/sobre-note.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_NOTE_BOOK (sobre_note_book_get_type ())

/**
 * SobreNoteBook:
 *
 * The notes of a workspace as the window shows and changes them, with a way back from each change. Properties, notified on the main
 * thread: "notes" (GListModel of SobreNote, oldest first, each list immutable), "message" (string, nullable: why notes.csv could not be
 * read, translated), "can-undo" (boolean). All are read-only.
 */
G_DECLARE_FINAL_TYPE (SobreNoteBook, sobre_note_book, SOBRE, NOTE_BOOK, GObject)

/** Empty until sobre_note_book_load(). (transfer full) */
SobreNoteBook *sobre_note_book_new (SobreWorkspace *workspace);

/** Reads notes.csv on another thread. */
void sobre_note_book_load (SobreNoteBook *self);

/** (transfer none) */
GListModel *sobre_note_book_get_notes (SobreNoteBook *self);

/**
 * sobre_note_book_change:
 * @removed: (nullable): a note to take out
 * @added: (nullable): a note to put in
 *
 * Changes notes.csv on another thread. Changes are made in their order.
 *
 * Returns: (transfer full): a future of %TRUE once "notes" shows it; rejects as sobre_workspace_change_notes()
 */
DexFuture *sobre_note_book_change (SobreNoteBook *self, SobreNote *removed, SobreNote *added);

/**
 * sobre_note_book_undo:
 *
 * Takes the latest change back that was not taken back yet.
 *
 * Returns: (transfer full): as sobre_note_book_change(); rejects with %G_IO_ERROR_CANCELLED when there is none
 */
DexFuture *sobre_note_book_undo (SobreNoteBook *self);

gboolean sobre_note_book_get_can_undo (SobreNoteBook *self);

G_END_DECLS
