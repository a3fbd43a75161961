/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-source.h"

#include "cache/sobre-cache-reader-private.h"

/* The cache as a source: one reader, and so one thread, for each part.
 *
 * Every reader has a transaction of its own, and a sync may commit between the first and the second of them; their parts would then
 * not make one whole. A further connection, which never begins one, watches: when PRAGMA data_version gives it the same number before
 * and after all have begun, nothing was committed in between. */

#define MAX_TRIES 20

typedef struct
{
  SobreSqlSource source;
  SobreCacheReader **readers;
  sqlite3 *watch;
} ScanSource;

typedef struct
{
  SobreScan *scan;
  SobreCacheReader *reader;
} Cursor;

static void
close_part (SobreSqlSource *source, gpointer cursor)
{
  sobre_scan_free (((Cursor *) cursor)->scan);
  g_free (cursor);
}

static void
close_parts (SobreSqlSource *source, gpointer *cursors)
{
  for (guint i = 0; i < source->n_parts; i++)
    if (cursors[i] != NULL)
      close_part (source, g_steal_pointer (&cursors[i]));
}

static gboolean
open_parts (ScanSource *self, const SobreSqlPlan *plan, gpointer *cursors, GError **error)
{
  for (guint i = 0; i < self->source.n_parts; i++)
    {
      SobreScan *scan = sobre_scan_new (self->readers[i], plan->table, plan->columns, plan->n_columns, plan->from_day,
                                        plan->to_day, i, self->source.n_parts, error);
      Cursor *cursor;

      if (scan == NULL)
        return FALSE;
      cursor = g_new0 (Cursor, 1);
      cursor->scan = scan;
      cursor->reader = self->readers[i];
      cursors[i] = cursor;
    }
  return TRUE;
}

/* The file that a reader has open; another one once a rebuilt cache was swapped in. */
static const char *
get_path (ScanSource *self, guint reader)
{
  return sqlite3_db_filename (sobre_cache_reader_get_db (self->readers[reader]), "main");
}

static gboolean
watch_file (ScanSource *self, GError **error)
{
  g_autofree char *path = g_strdup (get_path (self, 0));

  g_clear_pointer (&self->watch, sobre_cache_db_close);
  self->watch = sobre_cache_db_open (path, FALSE, error);
  return self->watch != NULL;
}

static gboolean
is_one_state (ScanSource *self, gint64 version)
{
  const char *path = sqlite3_db_filename (self->watch, "main");

  for (guint i = 0; i < self->source.n_parts; i++)
    if (g_strcmp0 (get_path (self, i), path) != 0)
      return FALSE;
  return sobre_cache_db_get_int (self->watch, "PRAGMA data_version", -1) == version && version >= 0;
}

static gboolean
open_table (SobreSqlSource *source, const SobreSqlPlan *plan, gpointer *cursors, GError **error)
{
  ScanSource *self = (ScanSource *) source;

  for (guint i = 0; i < MAX_TRIES; i++)
    {
      gint64 version;

      if (self->watch == NULL && !watch_file (self, error))
        return FALSE;
      version = sobre_cache_db_get_int (self->watch, "PRAGMA data_version", -1);
      if (!open_parts (self, plan, cursors, error))
        {
          close_parts (source, cursors);
          return FALSE;
        }
      if (is_one_state (self, version))
        return TRUE;
      close_parts (source, cursors);
      g_clear_pointer (&self->watch, sobre_cache_db_close);
    }
  return sobre_query_error_set (error, SOBRE_QUERY_ERROR_CACHE, SOBRE_SQL_NOWHERE,
                                "the cache is being written to all the time; try again in a moment");
}

static gboolean
next_batch (SobreSqlSource *source, gpointer cursor, SobreScanBatch *batch, GError **error)
{
  return sobre_scan_next (((Cursor *) cursor)->scan, batch, error);
}

static const SobreText *
get_dictionary (SobreSqlSource *source, gpointer cursor, SobreScanColumn column, guint *n)
{
  return sobre_cache_reader_get_dictionary (((Cursor *) cursor)->reader, column, n);
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

  for (guint i = 0; i < self->n_parts; i++)
    g_object_unref (source->readers[i]);
  g_clear_pointer (&source->watch, sobre_cache_db_close);
  g_free (source->readers);
  g_free (source);
}
