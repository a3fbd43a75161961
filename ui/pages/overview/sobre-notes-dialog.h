/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "session/sobre-session.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_NOTES_DIALOG (sobre_notes_dialog_get_type ())

/**
 * SobreNotesDialog:
 *
 * What happened on which day, to add to, to change and to remove from; each step can be taken back. Actions: "notes.save", "notes.cancel",
 * "notes.undo".
 */
G_DECLARE_FINAL_TYPE (SobreNotesDialog, sobre_notes_dialog, SOBRE, NOTES_DIALOG, AdwDialog)

/** @session: whose notes; the day that a new note is for is today at first */
AdwDialog *sobre_notes_dialog_new (SobreSession *session);

G_END_DECLS
