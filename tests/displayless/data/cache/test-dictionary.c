/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Texts and their codes: the same text has one code, on any thread, and the file gives back what was saved, no more and no less. */

#include <string.h>

#include "cache/sobre-cache-db.h"
#include "cache/sobre-dictionary.h"

static sqlite3 *
open_memory (void)
{
  sqlite3 *db = sobre_cache_db_open (":memory:", TRUE, NULL);

  g_assert_nonnull (db);
  g_assert_true (sobre_cache_db_exec (
      db,
      "CREATE TABLE dictionary (kind INTEGER NOT NULL, code INTEGER NOT NULL, crc INTEGER NOT NULL, text TEXT NOT NULL,"
      " PRIMARY KEY (kind, code))",
      NULL));
  return db;
}

static void
test_codes (void)
{
  g_autoptr (SobreDictionary) dictionary = sobre_dictionary_new ();
  guint n;

  g_assert_cmpuint (sobre_dictionary_intern (dictionary, SOBRE_DICTIONARY_STORE, SOBRE_TEXT_NONE), ==, 0);
  g_assert_cmpuint (sobre_dictionary_find (dictionary, SOBRE_DICTIONARY_STORE, sobre_text ("a")), ==, 0);
  g_assert_cmpuint (sobre_dictionary_intern (dictionary, SOBRE_DICTIONARY_STORE, sobre_text ("a")), ==, 1);
  g_assert_cmpuint (sobre_dictionary_intern (dictionary, SOBRE_DICTIONARY_STORE, sobre_text ("")), ==, 2);
  g_assert_cmpuint (sobre_dictionary_intern (dictionary, SOBRE_DICTIONARY_STORE, (SobreText) { "a\0b", 3 }), ==, 3);
  g_assert_cmpuint (sobre_dictionary_intern (dictionary, SOBRE_DICTIONARY_STORE, sobre_text ("a")), ==, 1);
  /* Each kind counts by itself. */
  g_assert_cmpuint (sobre_dictionary_intern (dictionary, SOBRE_DICTIONARY_TABLE, sobre_text ("b")), ==, 1);
  g_assert_true (sobre_text_equal (sobre_dictionary_get (dictionary, SOBRE_DICTIONARY_STORE, 3), (SobreText) { "a\0b", 3 }));
  g_assert_null (sobre_dictionary_get (dictionary, SOBRE_DICTIONARY_STORE, 0).data);
  g_assert_null (sobre_dictionary_get (dictionary, SOBRE_DICTIONARY_STORE, 4).data);
  g_assert_nonnull (sobre_dictionary_get_all (dictionary, SOBRE_DICTIONARY_STORE, &n));
  g_assert_cmpuint (n, ==, 4);
}

/* A text stays where it is however many follow. */
static void
test_texts_stay (void)
{
  g_autoptr (SobreDictionary) dictionary = sobre_dictionary_new ();
  SobreText first;

  sobre_dictionary_intern (dictionary, SOBRE_DICTIONARY_ITEM, sobre_text ("the first"));
  first = sobre_dictionary_get (dictionary, SOBRE_DICTIONARY_ITEM, 1);
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *text = g_strdup_printf ("text %u", i);

      g_assert_cmpuint (sobre_dictionary_intern (dictionary, SOBRE_DICTIONARY_ITEM, sobre_text (text)), ==, i + 2);
    }
  g_assert_true (sobre_text_equal (first, sobre_text ("the first")));
  g_assert_true (sobre_dictionary_get (dictionary, SOBRE_DICTIONARY_ITEM, 1).data == first.data);
}

static void
save (SobreDictionary *dictionary, sqlite3 *db)
{
  g_assert_true (sobre_dictionary_save (dictionary, db, NULL));
  sobre_dictionary_saved (dictionary);
}

static void
test_file (void)
{
  g_autoptr (sqlite3) db = open_memory ();
  g_autoptr (SobreDictionary) written = sobre_dictionary_new ();
  g_autoptr (SobreDictionary) read = sobre_dictionary_new ();
  g_autoptr (GError) error = NULL;

  sobre_dictionary_intern (written, SOBRE_DICTIONARY_STORE, sobre_text ("a"));
  sobre_dictionary_intern (written, SOBRE_DICTIONARY_CHOICE, sobre_text (""));
  save (written, db);
  g_assert_true (sobre_dictionary_load (read, db, NULL));
  g_assert_cmpuint (sobre_dictionary_find (read, SOBRE_DICTIONARY_STORE, sobre_text ("a")), ==, 1);
  g_assert_cmpuint (sobre_dictionary_find (read, SOBRE_DICTIONARY_CHOICE, sobre_text ("")), ==, 1);

  /* What was written but not committed is written again. */
  sobre_dictionary_intern (written, SOBRE_DICTIONARY_STORE, sobre_text ("b"));
  g_assert_true (sobre_cache_db_exec (db, "BEGIN", NULL));
  g_assert_true (sobre_dictionary_save (written, db, NULL));
  g_assert_true (sobre_cache_db_exec (db, "ROLLBACK", NULL));
  sobre_dictionary_intern (written, SOBRE_DICTIONARY_STORE, sobre_text ("c"));
  save (written, db);
  g_assert_true (sobre_dictionary_load (read, db, NULL));
  g_assert_cmpuint (sobre_dictionary_find (read, SOBRE_DICTIONARY_STORE, sobre_text ("b")), ==, 2);
  g_assert_cmpuint (sobre_dictionary_find (read, SOBRE_DICTIONARY_STORE, sobre_text ("c")), ==, 3);

  g_assert_true (sobre_cache_db_exec (db, "INSERT INTO dictionary VALUES (0, 9, 0, 'far away')", NULL));
  g_assert_false (sobre_dictionary_load (read, db, &error));
  g_assert_error (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_DAMAGED);
}

/* A text that is not the one that was written is damage, not another text. */
static void
test_damage (void)
{
  g_autoptr (sqlite3) db = open_memory ();
  g_autoptr (SobreDictionary) written = sobre_dictionary_new ();
  g_autoptr (SobreDictionary) read = sobre_dictionary_new ();
  g_autoptr (GError) error = NULL;

  sobre_dictionary_intern (written, SOBRE_DICTIONARY_STORE, sobre_text ("harbour"));
  save (written, db);
  g_assert_true (sobre_cache_db_exec (db, "UPDATE dictionary SET text = 'harbous'", NULL));
  g_assert_false (sobre_dictionary_load (read, db, &error));
  g_assert_error (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_DAMAGED);
}

#define N_TEXTS 500

static gpointer
intern_all (gpointer data)
{
  SobreDictionary *dictionary = data;
  guint32 *codes = g_new (guint32, N_TEXTS);

  for (guint i = 0; i < N_TEXTS; i++)
    {
      g_autofree char *text = g_strdup_printf ("text %u", i);

      codes[i] = sobre_dictionary_intern (dictionary, SOBRE_DICTIONARY_QUESTION, sobre_text (text));
      g_assert_true (
          sobre_text_equal (sobre_dictionary_get (dictionary, SOBRE_DICTIONARY_QUESTION, codes[i]), sobre_text (text)));
    }
  return codes;
}

static void
test_threads_agree (void)
{
  g_autoptr (SobreDictionary) dictionary = sobre_dictionary_new ();
  GThread *threads[4];
  g_autofree guint32 *first = NULL;
  guint n;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("intern", intern_all, dictionary);
  first = g_thread_join (threads[0]);
  for (guint i = 1; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree guint32 *codes = g_thread_join (threads[i]);

      g_assert_cmpmem (codes, N_TEXTS * sizeof *codes, first, N_TEXTS * sizeof *first);
    }
  sobre_dictionary_get_all (dictionary, SOBRE_DICTIONARY_QUESTION, &n);
  g_assert_cmpuint (n, ==, N_TEXTS + 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dictionary/codes", test_codes);
  g_test_add_func ("/dictionary/texts-stay", test_texts_stay);
  g_test_add_func ("/dictionary/file", test_file);
  g_test_add_func ("/dictionary/damage", test_damage);
  g_test_add_func ("/dictionary/threads-agree", test_threads_agree);

  return g_test_run ();
}
