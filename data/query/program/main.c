/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* sobremesa-query: runs one query and ends.
 *
 * The text of a query comes from a person, and what it does is not known before it has been done; so it is done in a process that can
 * read the cache, write its answer, and nothing else, and that may be killed at any moment without anything being lost. The request
 * comes on standard input and the answer goes to standard output, both as sobre-query-wire.h has them. */

#include "sobre-config.h"

#include <gio/gio.h>
#include <gio/gunixoutputstream.h>
#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#include "query/sobre-query-wire.h"
#include "query/sql/sobre-sql.h"
#include "sobre-query-sandbox.h"

#define MAX_REQUEST (1 << 20)
#define MEMORY_STEP (1 << 20)

static GBytes *
read_request (GError **error)
{
  g_autoptr (GByteArray) request = g_byte_array_new ();
  guint8 buffer[8192];
  gssize n;

  while ((n = read (STDIN_FILENO, buffer, sizeof buffer)) > 0)
    {
      g_byte_array_append (request, buffer, (guint) n);
      if (request->len > MAX_REQUEST)
        break;
    }
  if (n == 0)
    return g_byte_array_free_to_bytes (g_steal_pointer (&request));
  sobre_query_error_set (error, SOBRE_QUERY_ERROR_FAILED, SOBRE_SQL_NOWHERE, "the request cannot be read");
  return NULL;
}

static GPtrArray *
open_readers (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) readers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < SOBRE_SQL_N_PARTS; i++)
    {
      SobreCacheReader *reader = sobre_cache_reader_open (folder, error);

      if (reader == NULL)
        return NULL;
      g_ptr_array_add (readers, reader);
      if (!sobre_cache_reader_keep_nothing (reader, error))
        return NULL;
    }
  return g_steal_pointer (&readers);
}

static SobreResultTable *
run (gint64 started, GError **error)
{
  g_autoptr (GBytes) request = read_request (error);
  g_autofree char *folder = NULL;
  g_autoptr (SobreQuery) query = NULL;
  g_autoptr (GPtrArray) readers = NULL;
  g_autoptr (SobreSqlZones) zones = sobre_sql_zones_new ();
  SobreSqlSource *source;
  SobreResultTable *table;
  gint64 now = 0;

  if (request == NULL)
    return NULL;
  query = sobre_query_wire_read_request (request, &folder, error);
  if (query == NULL)
    return NULL;
  readers = open_readers (folder, error);
  if (readers == NULL)
    return NULL;
  sobre_sql_preload_zones (zones, query);
  if (!sobre_query_sandbox_confine (folder))
    {
      sobre_query_error_set (error, SOBRE_QUERY_ERROR_FAILED, SOBRE_SQL_NOWHERE,
                             "this kernel has no seccomp, and a query is not run without it");
      return NULL;
    }
  source = sobre_sql_scan_source_new ((SobreCacheReader *const *) readers->pdata, readers->len);
  sobre_query_get_now (query, &now);
  /* A tenth of the time is left for the answer; then the parent kills. */
  table = sobre_sql_run (query, source, zones, now, started + (gint64) sobre_query_get_timeout (query) * 900, error);
  sobre_sql_scan_source_free (source);
  return table;
}

/* What is freed is soon wanted again and the process ends with the query, so memory does not go back to the system in between. */
static void
keep_memory (void)
{
  mallopt (M_TRIM_THRESHOLD, G_MAXINT);
  mallopt (M_MMAP_THRESHOLD, MEMORY_STEP);
  mallopt (M_TOP_PAD, MEMORY_STEP);
}

int
main (int argc, char **argv)
{
  gint64 started = g_get_monotonic_time ();
  g_autoptr (GOutputStream) stream = NULL;
  g_autoptr (SobreResultTable) table = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) error = NULL;

  if (argc > 1)
    {
      g_printerr ("sobremesa-query is started by sobremesa and takes no arguments\n");
      return 2;
    }
  keep_memory ();
  sobre_query_sandbox_begin ();
  stream = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  table = run (started, &failure);
  if (!sobre_query_wire_write_reply (table, failure, stream, &error))
    {
      g_printerr ("sobremesa-query: %s\n", error->message);
      return EXIT_FAILURE;
    }
  return EXIT_SUCCESS;
}
