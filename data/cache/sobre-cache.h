/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "lake/sobre-lake-source.h"
#include "model/sobre-service-calendar.h"

G_BEGIN_DECLS

#define SOBRE_CACHE_ERROR (sobre_cache_error_quark ())
GQuark sobre_cache_error_quark (void);

/**
 * SobreCacheError:
 * @SOBRE_CACHE_ERROR_MISSING: there is no cache yet: sync first
 * @SOBRE_CACHE_ERROR_STALE: it was made for another schema, time zone or cut-off, or the lake lost an object: rebuild
 * @SOBRE_CACHE_ERROR_DAMAGED: the file is no database or fails its check: rebuild
 * @SOBRE_CACHE_ERROR_BUSY: another program writes; the message says who
 * @SOBRE_CACHE_ERROR_FULL: the disk is full; what is there stays
 * @SOBRE_CACHE_ERROR_FAILED: anything else that SQLite or the file system reports
 */
typedef enum
{
  SOBRE_CACHE_ERROR_MISSING,
  SOBRE_CACHE_ERROR_STALE,
  SOBRE_CACHE_ERROR_DAMAGED,
  SOBRE_CACHE_ERROR_BUSY,
  SOBRE_CACHE_ERROR_FULL,
  SOBRE_CACHE_ERROR_FAILED,
} SobreCacheError;

/**
 * sobre_cache_folder_for_workspace:
 * @workspace: an existing folder
 *
 * Returns: (transfer full): $XDG_CACHE_HOME/sobremesa/<SHA-256 of the workspace's real path>
 */
char *sobre_cache_folder_for_workspace (const char *workspace);

/** The number of the current generation, which grows with each rebuild; 0 when there is no cache in @folder. */
guint64 sobre_cache_generation_read (const char *folder);

/**
 * sobre_cache_suspect:
 *
 * Notes that a reader has met damage in the current generation: readers do not write to it, so the next writer looks through it.
 */
void sobre_cache_suspect (const char *folder);
gboolean sobre_cache_is_suspected (const char *folder);

/** Takes the note back: the generation was looked through, or it is another one. */
gboolean sobre_cache_trust (const char *folder, GError **error);

#define SOBRE_TYPE_CACHE_READER (sobre_cache_reader_get_type ())

/** SobreCacheReader: one read-only connection to the current generation. */
G_DECLARE_FINAL_TYPE (SobreCacheReader, sobre_cache_reader, SOBRE, CACHE_READER, GObject)

/**
 * sobre_cache_reader_open:
 * @folder: from sobre_cache_folder_for_workspace()
 *
 * Opens the current generation read-only. The reader belongs to one thread at a time. Each scan or figure reads one consistent
 * state; the next one sees what was committed since, and a new generation where one was swapped in.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_CACHE_ERROR
 */
SobreCacheReader *sobre_cache_reader_open (const char *folder, GError **error);

/**
 * sobre_cache_reader_keep_nothing:
 *
 * From now on nothing of the file stays in memory for the next time beyond the chunk that is read: for who reads it once. What is read
 * again costs as much as keeping it, which takes fresh memory for every column.
 *
 * Returns: %FALSE with %SOBRE_CACHE_ERROR
 */
gboolean sobre_cache_reader_keep_nothing (SobreCacheReader *self, GError **error);

/**
 * sobre_cache_reader_load_counts:
 *
 * What the cache found in each object that it has read, for sobre_lake_catalogue().
 *
 * Returns: (transfer full) (element-type utf8 SobreLakeCount) (nullable): by key; %NULL with %SOBRE_CACHE_ERROR
 */
GHashTable *sobre_cache_reader_load_counts (SobreCacheReader *self, GError **error);

/** sobre_cache_reader_get_calendar: (transfer none): the time zone and cut-off that the cache was made with. */
SobreServiceCalendar *sobre_cache_reader_get_calendar (SobreCacheReader *self);

G_END_DECLS
