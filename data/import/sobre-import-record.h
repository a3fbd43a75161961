/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "import/sobre-import-guess.h"
#include "lake/sobre-rules.h"

/**
 * SobreImportRecord: a row as a line of the lake.
 * @reason: (nullable): why it is none: a rule's name as sobre-rules.h lists them, or one of those in docs/import.md
 * @column: (nullable): the column that it is about, where it is about one
 * @value: what stands there
 * @id: version 8
 * @time: when it was sold or answered, milliseconds since the epoch
 * @line: with the newline behind it; valid until the next row
 */
typedef struct
{
  const char *reason;
  const char *column;
  SobreText value;
  SobreId id;
  gint64 time;
  SobreText line;
} SobreImportRecord;

/**
 * SobreImportRecorder:
 *
 * Turns rows into lines of the lake, each checked by the gate that everything else passes. Belongs to one thread at a time.
 *
 * A row's id is made from what the file says of it, not from when or with which options it is read: from the source, the kind, the
 * store, and either the cell that tells a row from all others or all cells but those that only count the rows. Rows that are alike
 * in one file are told apart by how many came before, so each file has to be read from its first row by a recorder of its own.
 */
typedef struct _SobreImportRecorder SobreImportRecorder;

/**
 * sobre_import_recorder_new:
 * @mapping: complete; outlives the recorder, like @survey and @house
 * @latest: rows dated after it are refused, milliseconds since the epoch
 *
 * Returns: (transfer full)
 */
SobreImportRecorder *sobre_import_recorder_new (const SobreImportMapping *mapping,
                                                const SobreImportSurvey *survey,
                                                const SobreImportHouse *house,
                                                gint64 latest);
void sobre_import_recorder_free (SobreImportRecorder *self);

/** sobre_import_recorder_take: @row: a sound one. Returns: (transfer none): valid until the next one */
const SobreImportRecord *sobre_import_recorder_take (SobreImportRecorder *self, const SobreImportRow *row);

/** The part of an id that does not depend on how the row's time was understood, as a key. */
void sobre_import_id_get_key (const SobreId *id, guint8 key[16]);

/** sobre_import_line_hash: @line: of a record that an import wrote. Returns: a hash of all but its id, never 0 */
guint64 sobre_import_line_hash (SobreText line);

/** sobre_import_line_get_id: the id in a line that an import wrote; %FALSE for any other line */
gboolean sobre_import_line_get_id (SobreText line, SobreId *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreImportRecorder, sobre_import_recorder_free)
