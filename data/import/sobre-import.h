/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "import/sobre-import-guess.h"
#include "import/sobre-import-rejects.h"
#include "lake/sobre-dir-lake.h"

/* Where a workspace keeps how files were read: imports/answers-<shape>.json and imports/orders-<shape>.json. */
#define SOBRE_IMPORT_FOLDER "imports"

/** SobreImport: one file, read once to learn what is in it, and how its columns become records. Belongs to one thread at a time. */
typedef struct _SobreImport SobreImport;

/**
 * sobre_import_open:
 * @path: the file
 * @reading: how to read it, as far as that was said
 * @workspace: the folder whose saved mappings count
 * @house: outlives the import
 * @progress: (nullable): hears of the reading
 * @cancellable: (nullable)
 *
 * Reads the file to its end and settles its mapping: the one that was saved for files of this form, else a guess, and @wishes over it.
 * A saved mapping that says how its files are read is tried with that. Nothing is written. Blocks.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_IMPORT_ERROR, %SOBRE_SETTINGS_ERROR (a saved mapping is broken; the message
 *   names it) or %G_IO_ERROR_CANCELLED
 */
SobreImport *sobre_import_open (const char *path,
                                const SobreImportReading *reading,
                                const char *workspace,
                                const SobreImportHouse *house,
                                const SobreImportWishes *wishes,
                                SobreImportProgress progress,
                                gpointer user_data,
                                GCancellable *cancellable,
                                GError **error);

/**
 * sobre_import_look:
 *
 * The first half of sobre_import_open(): reads the file to its end, and settles nothing yet. Blocks.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_IMPORT_ERROR_UNREADABLE or %G_IO_ERROR_CANCELLED
 */
SobreImport *sobre_import_look (const char *path,
                                const SobreImportReading *reading,
                                const char *workspace,
                                const SobreImportHouse *house,
                                SobreImportProgress progress,
                                gpointer user_data,
                                GCancellable *cancellable,
                                GError **error);

/**
 * sobre_import_settle:
 *
 * The other half, which may be done again with other wishes; the file is not read for it. Blocks.
 *
 * Returns: %FALSE with an error as sobre_import_open(); sobre_import_get_mapping() gives what there is by then, and it cannot be run before it is settled
 */
gboolean sobre_import_settle (SobreImport *self, const SobreImportWishes *wishes, GError **error);

/** sobre_import_read_first: the cells of the first sound rows. Blocks. Returns: (transfer full) (element-type GStrv): at most @n rows, cells cut to 60 characters */
GPtrArray *sobre_import_read_first (SobreImport *self, guint n);
void sobre_import_free (SobreImport *self);

/** sobre_import_get_mapping: (transfer none) (nullable): %NULL before it was settled, or when it is not even known what the rows are */
const SobreImportMapping *sobre_import_get_mapping (const SobreImport *self);
const SobreImportSurvey *sobre_import_get_survey (const SobreImport *self);
const SobreImportSource *sobre_import_get_source (const SobreImport *self);

/** sobre_import_get_mapping_file: (transfer none): "imports/orders-….json", whether it is there yet or not */
const char *sobre_import_get_mapping_file (const SobreImport *self);

/** Whether the mapping was found in its file. */
gboolean sobre_import_is_known_form (const SobreImport *self);

/**
 * SobreImportTarget: where records go. Borrowed.
 * @state: the workspace's machine state: forgotten ids, and a file without a name
 * @now: milliseconds since the epoch
 * @dry_run: whether everything is done but writing
 * @rejects: (nullable): the file for rows that are not taken
 */
typedef struct
{
  SobreDirLake *lake;
  const char *state;
  gint64 now;
  gboolean dry_run;
  const char *rejects;
} SobreImportTarget;

/**
 * SobreImportReport: what became of each row.
 * @n_rows: all rows of the file: the sum of what follows
 * @n_added: are in the lake now
 * @n_known: were there already, from an earlier import, with the same content
 * @n_repeated: have the id of an earlier row of the same file, and its content
 * @n_forgotten: were to be forgotten, and stay so
 * @rejects: the others, each with its reason
 * @first, @last: time of the earliest and the latest record that was added or known, milliseconds since the epoch; 0 without one
 * @samples: (element-type utf8): the first lines that were added, at most 5
 * @batch: (nullable): what the new objects have in their names · @n_objects: how many there are
 */
typedef struct
{
  guint64 n_rows;
  guint64 n_added;
  guint64 n_known;
  guint64 n_repeated;
  guint64 n_forgotten;
  SobreImportRejects *rejects;
  gint64 first;
  gint64 last;
  GPtrArray *samples;
  char *batch;
  guint n_objects;
} SobreImportReport;

void sobre_import_report_free (SobreImportReport *self);

/**
 * sobre_import_run:
 *
 * Reads the file again and puts its records into the lake, all at the end: interrupted before, it leaves nothing; ended by force while
 * the objects are put, it leaves whole ones, and doing it again adds the rest. Rows that the lake has from an earlier import add
 * nothing; a row that it has with another content is rejected ("id.conflict"), because what is in the lake stays. Then the mapping is
 * saved. Blocks.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_IMPORT_ERROR, %SOBRE_LAKE_ERROR, a GIOError or %G_IO_ERROR_CANCELLED
 */
SobreImportReport *sobre_import_run (SobreImport *self,
                                     const SobreImportTarget *target,
                                     SobreImportProgress progress,
                                     gpointer user_data,
                                     GCancellable *cancellable,
                                     GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreImport, sobre_import_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreImportReport, sobre_import_report_free)
