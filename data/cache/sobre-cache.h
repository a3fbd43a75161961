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

/** sobre_cache_reader_get_calendar: (transfer none): the time zone and cut-off that the cache was made with. */
SobreServiceCalendar *sobre_cache_reader_get_calendar (SobreCacheReader *self);

G_END_DECLS
