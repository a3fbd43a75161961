/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cache/sobre-dictionary.h"

#include <libdeflate.h>

#include "cache/sobre-cache-db.h"

/* One hash table and one array a kind. The texts lie in string chunks that never move, so handed-out texts stay valid. */

typedef struct
{
  GHashTable *codes; /* SobreText* → code */
  GArray *texts;     /* of SobreText, by code */
  GPtrArray *keys;   /* the table's keys, by code - 1 */
  guint n_saved;     /* in the file */
  guint n_written;   /* in the file once the open transaction is committed */
} Entries;

struct _SobreDictionary
{
  gatomicrefcount ref_count;
  GRWLock lock;
  GStringChunk *storage;
  Entries entries[SOBRE_N_DICTIONARIES];
};

static guint
hash_text (gconstpointer data)
{
  const SobreText *text = data;
  guint32 hash = 2166136261u; /* FNV-1a */

  for (gsize i = 0; i < text->length; i++)
    hash = (hash ^ (guint8) text->data[i]) * 16777619u;
  return hash;
}

static gboolean
equal_texts (gconstpointer a, gconstpointer b)
{
  return sobre_text_equal (*(const SobreText *) a, *(const SobreText *) b);
}

SobreDictionary *
sobre_dictionary_new (void)
{
  SobreDictionary *self = g_new0 (SobreDictionary, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_rw_lock_init (&self->lock);
  self->storage = g_string_chunk_new (4096);
  for (guint kind = 0; kind < SOBRE_N_DICTIONARIES; kind++)
    {
      Entries *entries = &self->entries[kind];
      SobreText none = SOBRE_TEXT_NONE;

      entries->codes = g_hash_table_new (hash_text, equal_texts);
      entries->texts = g_array_new (FALSE, FALSE, sizeof (SobreText));
      entries->keys = g_ptr_array_new_with_free_func (g_free);
      entries->n_saved = 1;
      g_array_append_val (entries->texts, none);
    }

  return self;
}

SobreDictionary *
sobre_dictionary_ref (SobreDictionary *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sobre_dictionary_unref (SobreDictionary *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint kind = 0; kind < SOBRE_N_DICTIONARIES; kind++)
    {
      g_hash_table_unref (self->entries[kind].codes);
      g_array_unref (self->entries[kind].texts);
      g_ptr_array_unref (self->entries[kind].keys);
    }
  g_string_chunk_free (self->storage);
  g_rw_lock_clear (&self->lock);
  g_free (self);
}

static guint32
add (SobreDictionary *self, Entries *entries, SobreText text)
{
  SobreText *key = g_new (SobreText, 1);

  key->data = g_string_chunk_insert_len (self->storage, text.data, (gssize) text.length);
  key->length = text.length;
  g_ptr_array_add (entries->keys, key);
  g_array_append_val (entries->texts, *key);
  g_hash_table_insert (entries->codes, key, GUINT_TO_POINTER (entries->texts->len - 1));
  return entries->texts->len - 1;
}

guint32
sobre_dictionary_find (SobreDictionary *self, SobreDictionaryKind kind, SobreText text)
{
  guint32 code;

  if (text.data == NULL)
    return 0;
  g_rw_lock_reader_lock (&self->lock);
  code = GPOINTER_TO_UINT (g_hash_table_lookup (self->entries[kind].codes, &text));
  g_rw_lock_reader_unlock (&self->lock);
  return code;
}

guint32
sobre_dictionary_intern (SobreDictionary *self, SobreDictionaryKind kind, SobreText text)
{
  guint32 code = sobre_dictionary_find (self, kind, text);

  if (code != 0 || text.data == NULL)
    return code;
  g_rw_lock_writer_lock (&self->lock);
  code = GPOINTER_TO_UINT (g_hash_table_lookup (self->entries[kind].codes, &text));
  if (code == 0)
    code = add (self, &self->entries[kind], text);
  g_rw_lock_writer_unlock (&self->lock);
  return code;
}

SobreText
sobre_dictionary_get (SobreDictionary *self, SobreDictionaryKind kind, guint32 code)
{
  SobreText text = SOBRE_TEXT_NONE;

  g_rw_lock_reader_lock (&self->lock);
  if (code < self->entries[kind].texts->len)
    text = g_array_index (self->entries[kind].texts, SobreText, code);
  g_rw_lock_reader_unlock (&self->lock);
  return text;
}

const SobreText *
sobre_dictionary_get_all (SobreDictionary *self, SobreDictionaryKind kind, guint *n)
{
  *n = self->entries[kind].texts->len;
  return (const SobreText *) (gconstpointer) self->entries[kind].texts->data;
}

static gint64
get_crc (SobreText text)
{
  return libdeflate_crc32 (0, text.data, text.length);
}

gboolean
sobre_dictionary_load (SobreDictionary *self, sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
      sobre_cache_db_prepare (db, "SELECT code, text, crc FROM dictionary WHERE kind = ? AND code >= ? ORDER BY code", error);
  gboolean row = FALSE;

  if (statement == NULL)
    return FALSE;
  for (guint kind = 0; kind < SOBRE_N_DICTIONARIES; kind++)
    {
      Entries *entries = &self->entries[kind];

      sqlite3_bind_int (statement, 1, (int) kind);
      sqlite3_bind_int64 (statement, 2, entries->texts->len);
      do
        {
          SobreText text;

          if (!sobre_cache_db_step (statement, &row, error))
            return FALSE;
          if (!row)
            break;
          text.data = (const char *) sqlite3_column_text (statement, 1);
          text.length = (gsize) sqlite3_column_bytes (statement, 1);
          if (text.data == NULL || sqlite3_column_int64 (statement, 0) != entries->texts->len ||
              sqlite3_column_int64 (statement, 2) != get_crc (text))
            {
              sobre_cache_db_set_damaged (error);
              return FALSE;
            }
          g_rw_lock_writer_lock (&self->lock);
          add (self, entries, text);
          g_rw_lock_writer_unlock (&self->lock);
        }
      while (row);
      sqlite3_reset (statement);
      entries->n_saved = entries->texts->len;
    }
  return TRUE;
}

static gboolean
save_entries (SobreDictionary *self, guint kind, sqlite3_stmt *statement, GError **error)
{
  Entries *entries = &self->entries[kind];

  entries->n_written = entries->texts->len;
  for (guint code = entries->n_saved; code < entries->n_written; code++)
    {
      SobreText text = g_array_index (entries->texts, SobreText, code);

      sqlite3_bind_int (statement, 1, (int) kind);
      sqlite3_bind_int64 (statement, 2, code);
      sqlite3_bind_int64 (statement, 3, get_crc (text));
      sqlite3_bind_text (statement, 4, text.data, (int) text.length, SQLITE_STATIC);
      if (!sobre_cache_db_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sobre_dictionary_save (SobreDictionary *self, sqlite3 *db, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
      sobre_cache_db_prepare (db, "INSERT OR REPLACE INTO dictionary VALUES (?, ?, ?, ?)", error);
  gboolean done = statement != NULL;

  g_rw_lock_reader_lock (&self->lock);
  for (guint kind = 0; kind < SOBRE_N_DICTIONARIES && done; kind++)
    done = save_entries (self, kind, statement, error);
  g_rw_lock_reader_unlock (&self->lock);
  return done;
}

void
sobre_dictionary_saved (SobreDictionary *self)
{
  g_rw_lock_writer_lock (&self->lock);
  for (guint kind = 0; kind < SOBRE_N_DICTIONARIES; kind++)
    self->entries[kind].n_saved = self->entries[kind].n_written;
  g_rw_lock_writer_unlock (&self->lock);
}
