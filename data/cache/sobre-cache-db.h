/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sqlite3.h>

#include "cache/sobre-cache.h"

/* Private connections to a generation's file, and SQLite's errors as SobreCacheError. */

#define SOBRE_CACHE_SCHEMA_VERSION 6

/** Opens @path; a writable one is made if it is not there. Returns: (transfer full) (nullable): %NULL with %SOBRE_CACHE_ERROR */
sqlite3 *sobre_cache_db_open (const char *path, gboolean writable, GError **error);
void sobre_cache_db_close (sqlite3 *db);

/** Runs statements that return no rows. */
gboolean sobre_cache_db_exec (sqlite3 *db, const char *sql, GError **error);
sqlite3_stmt *sobre_cache_db_prepare (sqlite3 *db, const char *sql, GError **error);

/** Steps a statement that returns no rows, and resets it. */
gboolean sobre_cache_db_run (sqlite3_stmt *statement, GError **error);

/**
 * sobre_cache_db_step:
 * @row: (out): whether there is a row
 *
 * Returns: %FALSE with %SOBRE_CACHE_ERROR
 */
gboolean sobre_cache_db_step (sqlite3_stmt *statement, gboolean *row, GError **error);

/** The first column of a statement's first row; @fallback when there is no row. */
gint64 sobre_cache_db_get_int (sqlite3 *db, const char *sql, gint64 fallback);
char *sobre_cache_db_get_text (sqlite3 *db, const char *sql);

/** Turns the connection's last error into @error. */
void sobre_cache_db_set_error (sqlite3 *db, GError **error);
void sobre_cache_db_set_damaged (GError **error);

/** Binds @bytes with their CRC-32 to parameters @first and @first + 1; @bytes has to outlive the statement's run. */
void sobre_cache_db_bind_blob (sqlite3_stmt *statement, int first, GBytes *bytes);

/** Reads what sobre_cache_db_bind_blob() wrote, from columns @first and @first + 1. Returns: (transfer full) (nullable): %NULL with DAMAGED */
GBytes *sobre_cache_db_get_blob (sqlite3_stmt *statement, int first, GError **error);

/* Generations: cache-<n>.db in the cache's folder, and the file `current`, which names one of them. */

char *sobre_cache_generation_get_path (const char *folder, guint64 generation);

/** Makes @generation the current one, whole or not at all, and removes the others. */
gboolean sobre_cache_generation_swap (const char *folder, guint64 generation, GError **error);

/** Reads the whole file: SQLite's structures, and every blob and text that has a CRC. Blocks. Returns: %FALSE with DAMAGED */
gboolean sobre_cache_db_verify (sqlite3 *db, GError **error);

/** Removes the file of a generation and what SQLite keeps beside it. */
void sobre_cache_generation_remove (const char *folder, guint64 generation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, sobre_cache_db_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)
