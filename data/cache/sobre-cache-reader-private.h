/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cache/sobre-cache-db.h"
#include "cache/sobre-chunk.h"
#include "cache/sobre-cube.h"
#include "cache/sobre-dictionary.h"

/* What the scan and the figures read a cache through. Between sobre_cache_reader_begin() and sobre_cache_reader_end(), which nest, all
 * that is handed out belongs to one committed state. What was read stays in memory, up to a limit, and is read again only where it has
 * changed: chunks never change but for their dead rows, cubes tell by their CRC. Nothing is read before it is asked for. */

/**
 * SobreReaderChunk: a chunk that is open for reading.
 * @chunk: columns that were not asked for yet are %NULL
 * @alive: (nullable): a byte a row, 0 for dead ones; %NULL when all are alive
 * @n_dead: how many are dead
 * @groups: once ANSWERS is there
 * @comments: COMMENTS unpacked: lengths as an integer column, then the texts
 * @comment_begins: where each row's comment begins in @comments
 * @texts: TEXTS unpacked
 * @rating_counts: how many star and smiley scores each row has; made by sobre_reader_chunk_need_ratings()
 * @rating_sums: their sum in millionths
 */
typedef struct
{
  SobreChunk chunk;
  guint8 *alive;
  guint n_dead;
  const SobreAnswerGroup *groups;
  guint n_groups;
  GBytes *comments;
  guint32 *comment_begins;
  GBytes *texts;
  guint8 *rating_counts;
  gint32 *rating_sums;
  gsize n_bytes;
  guint64 used;
  gboolean is_tail;
} SobreReaderChunk;

/** A bit for each SobreChunkColumn. */
#define SOBRE_CHUNK_BIT(column) (1u << (column))
#define SOBRE_CHUNK_ALL_COLUMNS ((1u << SOBRE_CHUNK_N_COLUMNS) - 1)

/** sobre_cache_reader_begin: Returns: %FALSE with %SOBRE_CACHE_ERROR; nothing has begun then */
gboolean sobre_cache_reader_begin (SobreCacheReader *self, GError **error);
void sobre_cache_reader_end (SobreCacheReader *self);

/** Whether two readers of one folder that have both begun see the same committed state. */
gboolean sobre_cache_reader_sees_same (SobreCacheReader *self, SobreCacheReader *other);

/** Passes @cause on, and notes for the next writer when it is that the cache is damaged. @cause: (transfer full) */
void sobre_cache_reader_fail (SobreCacheReader *self, GError *cause, GError **error);

sqlite3 *sobre_cache_reader_get_db (SobreCacheReader *self);
SobreDictionary *sobre_cache_reader_peek_dictionary (SobreCacheReader *self);

/** How many chunks there are, in the order of their ids; the last one may be the tail. */
guint sobre_cache_reader_get_n_chunks (SobreCacheReader *self);

/**
 * sobre_cache_reader_get_chunk:
 * @index: less than sobre_cache_reader_get_n_chunks()
 * @columns: bits of the columns that are needed; 0 for the numbers of the chunk alone
 *
 * Returns: (transfer none) (nullable): valid until the next chunk is asked for; %NULL with %SOBRE_CACHE_ERROR
 */
SobreReaderChunk *sobre_cache_reader_get_chunk (SobreCacheReader *self, guint index, guint32 columns, GError **error);

/** The chunk that holds row @number, or -1. */
gint sobre_cache_reader_find_chunk (SobreCacheReader *self, gint64 number);

/**
 * sobre_cache_reader_need_cube:
 * @from: first day
 * @to: last day
 *
 * Gets the cells of those days ready. Only those are read that were not there or have changed since.
 *
 * Returns: %FALSE with %SOBRE_CACHE_ERROR
 */
gboolean sobre_cache_reader_need_cube (SobreCacheReader *self, SobreCubeKind cube, gint32 from, gint32 to, GError **error);

/**
 * sobre_cache_reader_get_cube:
 * @n_cells: (out): how many
 *
 * Returns: (transfer none) (nullable): the cells of a day that sobre_cache_reader_need_cube() was called for; %NULL when it has none
 */
const SobreCubeCell *sobre_cache_reader_get_cube (SobreCacheReader *self, gint32 day, SobreCubeKind cube, guint *n_cells);

/** The first and the last day that any cube has cells of; %FALSE when there is none. */
gboolean sobre_cache_reader_get_days (SobreCacheReader *self, gint32 *first, gint32 *last);

/** An integer column of a chunk that has it. */
static inline const guint8 *
sobre_reader_chunk_get_integers (const SobreReaderChunk *self, SobreChunkColumn column)
{
  return g_bytes_get_data (self->chunk.columns[column], NULL);
}

/** A row's comment; COMMENTS has to be there. */
SobreText sobre_reader_chunk_get_comment (const SobreReaderChunk *self, guint row);

/** Adds up each row's star and smiley scores, once; ANSWERS has to be there. */
void sobre_reader_chunk_need_ratings (SobreReaderChunk *self);
