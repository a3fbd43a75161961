/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-source.h"

#include "cache/sobre-cache-reader-private.h"

/* The cache as a source: one reader, and so one thread, for each part.
 *
 * Every reader has a transaction of its own, and a sync may commit between the first and the second of them; their parts would then
 * not make one whole, so all of them begin again until they see the same state. The transactions stay until the end, so that all that a
 * query reads, table after table, is of one state, and the codes of one table are those of the next. */

#define MAX_TRIES 20

typedef struct
{
  SobreSqlSource source;
  SobreCacheReader **readers;
  gboolean has_begun;
} ScanSource;

/* A cursor is the part's scan. */

static void
close_part (SobreSqlSource *source, gpointer cursor)
{
  sobre_scan_free (cursor);
}

static void
close_parts (SobreSqlSource *source, gpointer *cursors)
{
  for (guint i = 0; i < source->n_parts; i++)
    if (cursors[i] != NULL)
      close_part (source, g_steal_pointer (&cursors[i]));
}

static gboolean
is_one_state (ScanSource *self)
{
  for (guint i = 1; i < self->source.n_parts; i++)
    if (!sobre_cache_reader_sees_same (self->readers[0], self->readers[i]))
      return FALSE;
  return TRUE;
}

static void
end_readers (ScanSource *self, guint n)
{
  for (guint i = 0; i < n; i++)
    sobre_cache_reader_end (self->readers[i]);
}

static gboolean
begin_readers (ScanSource *self, GError **error)
{
  for (guint i = 0; i < self->source.n_parts; i++)
    if (!sobre_cache_reader_begin (self->readers[i], error))
      {
        end_readers (self, i);
        return FALSE;
      }
  return TRUE;
}

static gboolean
begin (ScanSource *self, GError **error)
{
  for (guint i = 0; i < MAX_TRIES; i++)
    {
      if (!begin_readers (self, error))
        return FALSE;
      self->has_begun = is_one_state (self);
      if (self->has_begun)
        return TRUE;
      end_readers (self, self->source.n_parts);
    }
  return sobre_query_error_set (error, SOBRE_QUERY_ERROR_CACHE, SOBRE_SQL_NOWHERE,
                                "the cache is being written to all the time; try again in a moment");
}

static gboolean
open_table (SobreSqlSource *source, const SobreSqlScan *scan, gpointer *cursors, GError **error)
{
  ScanSource *self = (ScanSource *) source;

  if (!self->has_begun && !begin (self, error))
    return FALSE;
  for (guint i = 0; i < source->n_parts; i++)
    {
      cursors[i] = sobre_scan_new (self->readers[i], scan->table, scan->columns, scan->n_columns, scan->from_day, scan->to_day,
                                   i, source->n_parts, error);
      if (cursors[i] == NULL)
        {
          close_parts (source, cursors);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
next_batch (SobreSqlSource *source, gpointer cursor, SobreScanBatch *batch, GError **error)
{
  return sobre_scan_next (cursor, batch, error);
}

/* All readers have begun in one state, so the codes of the first are those of all. */
static const SobreText *
get_dictionary (SobreSqlSource *source, gpointer cursor, SobreScanColumn column, guint *n)
{
  return sobre_cache_reader_get_dictionary (((ScanSource *) source)->readers[0], column, n);
}

SobreSqlSource *
sobre_sql_scan_source_new (SobreCacheReader *const *readers, guint n_readers)
{
  ScanSource *self = g_new0 (ScanSource, 1);

  self->source = (SobreSqlSource) { n_readers, open_table, next_batch, get_dictionary, close_part };
  self->readers = g_new0 (SobreCacheReader *, n_readers);
  for (guint i = 0; i < n_readers; i++)
    self->readers[i] = g_object_ref (readers[i]);
  return &self->source;
}

void
sobre_sql_scan_source_free (SobreSqlSource *self)
{
  ScanSource *source = (ScanSource *) self;

  if (source->has_begun)
    end_readers (source, self->n_parts);
  for (guint i = 0; i < self->n_parts; i++)
    g_object_unref (source->readers[i]);
  g_free (source->readers);
  g_free (source);
}
