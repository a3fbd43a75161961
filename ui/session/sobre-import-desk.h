/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "import/sobre-import.h"
#include "model/sobre-clock.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

/**
 * SobreImportSight: a file, and how its columns become records. Immutable.
 * @columns: (array zero-terminated=1): their names
 * @rows: (element-type GStrv): the cells of the first rows
 * @n_rows: sound ones · @n_bad: others
 * @encoding, @delimiter: as the file is read; the latter 0 for lines of JSON
 * @mapping: (nullable): %NULL while it is not known what the rows are
 * @is_known: whether it was saved when such a file was imported before
 * @fault: (nullable): why it cannot be imported so; of %SOBRE_IMPORT_ERROR mostly
 */
typedef struct
{
  char **columns;
  GPtrArray *rows;
  guint64 n_rows;
  guint64 n_bad;
  char *encoding;
  char delimiter;
  SobreImportMapping *mapping;
  gboolean is_known;
  GError *fault;
} SobreImportSight;

#define SOBRE_TYPE_IMPORT_SIGHT (sobre_import_sight_get_type ())
GType sobre_import_sight_get_type (void);
SobreImportSight *sobre_import_sight_ref (SobreImportSight *self);
void sobre_import_sight_unref (SobreImportSight *self);

/** SobreImportOutcome: what became of each row, or would. Immutable. @rejects: the file that lists those that were not taken, if any */
typedef struct
{
  SobreImportReport *report;
  SobreDataset dataset;
  char *rejects;
} SobreImportOutcome;

#define SOBRE_TYPE_IMPORT_OUTCOME (sobre_import_outcome_get_type ())
GType sobre_import_outcome_get_type (void);
SobreImportOutcome *sobre_import_outcome_ref (SobreImportOutcome *self);
void sobre_import_outcome_unref (SobreImportOutcome *self);

#define SOBRE_TYPE_IMPORT_DESK (sobre_import_desk_get_type ())

/**
 * SobreImportDesk:
 *
 * One file on its way into the lake of a workspace, step by step, each on another thread and one at a time. Emits "progress" (double: 0–1 of the file, uint64: rows
 * so far) on the main thread now and then.
 */
G_DECLARE_FINAL_TYPE (SobreImportDesk, sobre_import_desk, SOBRE, IMPORT_DESK, GObject)

/** sobre_import_desk_new: @path: of the file. (transfer full) */
SobreImportDesk *sobre_import_desk_new (SobreWorkspace *workspace, SobreClock *clock, const char *path);
const char *sobre_import_desk_get_path (SobreImportDesk *self);
SobreWorkspace *sobre_import_desk_get_workspace (SobreImportDesk *self);

/**
 * sobre_import_desk_look:
 * @reading: how to read it, as far as that was said
 *
 * Reads the file to its end, and settles its mapping by what was saved or guessed.
 *
 * Returns: (transfer full): a future of a SobreImportSight; rejects with %SOBRE_IMPORT_ERROR_UNREADABLE, a GIOError or %G_IO_ERROR_CANCELLED
 */
DexFuture *sobre_import_desk_look (SobreImportDesk *self, const SobreImportReading *reading);

/**
 * sobre_import_desk_settle:
 * @kind: (nullable): "answers" or "orders"
 * @maps: (array zero-terminated=1): see SobreImportWishes
 * @wishes: the rest of them; its kind, maps and sets do not count
 *
 * Returns: (transfer full): a future of a SobreImportSight; never rejects after it was looked at
 */
DexFuture *
sobre_import_desk_settle (SobreImportDesk *self, const char *kind, const char *const *maps, const SobreImportWishes *wishes);

/**
 * sobre_import_desk_run:
 * @dry: whether everything is done but writing
 *
 * Once it is settled without a fault. See sobre_import_run().
 *
 * Returns: (transfer full): a future of a SobreImportOutcome; rejects as that does
 */
DexFuture *sobre_import_desk_run (SobreImportDesk *self, gboolean dry);

/** sobre_import_desk_undo: see sobre_withdraw_import(). Returns: (transfer full): a future of %TRUE; rejects as that does */
DexFuture *sobre_import_desk_undo (SobreImportDesk *self, const char *batch);

/** Ends the step that is under way; it rejects with %G_IO_ERROR_CANCELLED, unless it was too late. */
void sobre_import_desk_cancel (SobreImportDesk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreImportSight, sobre_import_sight_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreImportOutcome, sobre_import_outcome_unref)

G_END_DECLS
