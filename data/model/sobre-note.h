/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SOBRE_NOTE_MAX_LENGTH 120 /* characters */
#define SOBRE_NOTE_MAX_COUNT 5000

#define SOBRE_TYPE_NOTE (sobre_note_get_type ())

/** SobreNote: what happened on a service day, in the restaurant's own words: a new menu, a holiday. Immutable. */
G_DECLARE_FINAL_TYPE (SobreNote, sobre_note, SOBRE, NOTE, GObject)

/** sobre_note_text_is_valid: whether @text is one line of 1 to SOBRE_NOTE_MAX_LENGTH characters with no blank at either end */
gboolean sobre_note_text_is_valid (const char *text);

/** @day: of service, days since 1970-01-01 · @text: valid. (transfer full) */
SobreNote *sobre_note_new (gint32 day, const char *text);

gint32 sobre_note_get_day (SobreNote *self);
const char *sobre_note_get_text (SobreNote *self);

/** By day, then by text: 0 for notes that say the same. */
int sobre_note_compare (SobreNote *a, SobreNote *b);

/**
 * sobre_note_list_parse:
 * @csv: notes.csv: a header line day,note, then a line a note (RFC 4180, UTF-8), in any order
 * @length: bytes, or -1
 *
 * Returns: (transfer full) (nullable): a GListModel of SobreNote in the order of sobre_note_compare(); %NULL with
 *   %SOBRE_SETTINGS_ERROR_INVALID that names the line
 */
GListModel *sobre_note_list_parse (const char *csv, gssize length, GError **error);

/** sobre_note_list_format: Returns: (transfer full): a text that sobre_note_list_parse() reads back as the same notes */
char *sobre_note_list_format (GListModel *notes);

/** sobre_note_list_find: Returns: the place of the note that says the same as @note, -1 when there is none */
int sobre_note_list_find (GListModel *notes, SobreNote *note);

/** sobre_note_list_change: Returns: (transfer full): @notes without @removed (nullable) and with @added (nullable), in order */
GListModel *sobre_note_list_change (GListModel *notes, SobreNote *removed, SobreNote *added);

G_END_DECLS
