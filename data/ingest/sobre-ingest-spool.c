/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ingest/sobre-ingest-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lake/sobre-spool.h"

#define MAX_PIECE (16u << 20)

/** Piece: what a segment holds behind its cursor. */
typedef struct
{
  char *key;
  const SobreSpoolSegment *segment;
  guint64 cursor;
  GBytes *bytes;
} Piece;

static void
piece_free (gpointer data)
{
  Piece *piece = data;

  g_free (piece->key);
  g_clear_pointer (&piece->bytes, g_bytes_unref);
  g_free (piece);
}

/* The bytes from @cursor on; none when the segment was rolled away meanwhile, which is no error: its object is read instead. */
static GBytes *
read_from (const char *path, guint64 cursor)
{
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  guint8 *data = file >= 0 ? g_malloc (MAX_PIECE) : NULL;
  gsize length = 0;
  gssize n = file >= 0 ? 1 : 0;

  while (n > 0 && length < MAX_PIECE)
    {
      n = pread (file, data + length, MAX_PIECE - length, (off_t) (cursor + length));
      if (n < 0 && errno == EINTR)
        n = 1;
      else if (n > 0)
        length += (gsize) n;
    }
  if (file >= 0)
    close (file);
  if (length == 0)
    {
      g_free (data);
      return g_bytes_new (NULL, 0);
    }
  return g_bytes_new_take (g_realloc (data, length), length);
}

/* New pieces, and in @gone the keys of segments that are not there any more; NULL when a segment has lost lines that were read. */
static GPtrArray *
collect (GPtrArray *segments, GHashTable *ledger, GPtrArray *gone, GError **error)
{
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func (piece_free);
  g_autoptr (GHashTable) present = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;

  for (guint i = 0; i < segments->len; i++)
    {
      const SobreSpoolSegment *segment = g_ptr_array_index (segments, i);
      g_autofree char *name = g_strconcat (SOBRE_LEDGER_SPOOL, segment->name, NULL);
      const SobreLedgerEntry *entry = g_hash_table_lookup (ledger, name);
      guint64 cursor = entry != NULL ? entry->cursor : 0;
      Piece *piece;

      g_hash_table_add (present, g_strdup (name));
      if (segment->size < cursor)
        {
          g_set_error_literal (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_STALE,
                               _ ("The spool has lost answers that the cache holds. The cache is built anew."));
          return NULL;
        }
      if (segment->size == cursor)
        continue;
      piece = g_new0 (Piece, 1);
      piece->key = g_steal_pointer (&name);
      piece->segment = segment;
      piece->cursor = cursor;
      piece->bytes = read_from (segment->path, cursor);
      g_ptr_array_add (pieces, piece);
    }

  g_hash_table_iter_init (&iter, ledger);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      if (!g_hash_table_contains (present, key))
        g_ptr_array_add (gone, g_strdup (key));
    }
  return g_steal_pointer (&pieces);
}

static gboolean
write_piece (SobreCacheWriter *writer, const Piece *piece, const SobreForgotten *forgotten, guint64 *n_bytes, GError **error)
{
  g_autoptr (SobreParser) parser =
      sobre_parser_new (sobre_cache_writer_get_dictionary (writer), sobre_cache_writer_get_calendar (writer),
                        sobre_cache_writer_get_secret (writer), forgotten);
  g_autoptr (SobreParsed) parsed = sobre_parser_read_lines (parser, piece->segment->dataset, piece->segment->dt, piece->bytes);
  SobreCacheSource source = {
    .key = piece->key,
    .etag = "",
    .size = piece->segment->size,
    .dataset = piece->segment->dataset,
    .cursor = piece->cursor + parsed->n_read,
    .n_rejects = parsed->n_rejects,
  };

  *n_bytes += parsed->n_read;
  return parsed->n_read == 0 || sobre_ingest_write (writer, &source, piece->segment->dt, parsed, error);
}

static gboolean
write_spool (SobreCacheWriter *writer,
             GPtrArray *pieces,
             GPtrArray *gone,
             const SobreForgotten *forgotten,
             guint64 *n_bytes,
             GError **error)
{
  for (guint i = 0; i < pieces->len; i++)
    {
      if (!write_piece (writer, g_ptr_array_index (pieces, i), forgotten, n_bytes, error))
        return FALSE;
    }
  for (guint i = 0; i < gone->len; i++)
    {
      if (!sobre_cache_writer_strike (writer, g_ptr_array_index (gone, i), error))
        return FALSE;
    }
  return sobre_cache_writer_commit (writer, error);
}

gboolean
sobre_ingest_spool (SobreCacheWriter *writer,
                    const char *folder,
                    const SobreForgotten *forgotten,
                    guint64 *n_bytes,
                    GError **error)
{
  g_autoptr (GPtrArray) segments = sobre_spool_list (folder, error);
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) ledger = NULL;
  g_autoptr (GPtrArray) pieces = NULL;

  *n_bytes = 0;
  if (segments == NULL)
    return FALSE;
  ledger = sobre_cache_writer_load_ledger (writer, SOBRE_LEDGER_SPOOL, error);
  if (ledger == NULL)
    return FALSE;
  pieces = collect (segments, ledger, gone, error);
  if (pieces == NULL)
    return FALSE;
  if (pieces->len == 0 && gone->len == 0)
    return TRUE;

  if (!sobre_cache_writer_begin (writer, error))
    return FALSE;
  if (write_spool (writer, pieces, gone, forgotten, n_bytes, error))
    return TRUE;
  sobre_cache_writer_rollback (writer);
  return FALSE;
}
