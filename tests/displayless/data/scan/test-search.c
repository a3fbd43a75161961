/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Search finds what guests wrote, in any script, in sealed chunks and in the tail, and nothing of what does not count any more. */

#include <string.h>

#include "cache-fixture.h"
#include "scan/sobre-figures.h"

#define DAY 20500

static MadeResponse
make (CacheFixture *fixture, const char *comment)
{
  MadeResponse response = made_response (fixture->random, DAY);

  response.comment = comment;
  response.submitted_at = response.received_at = DAY * G_GINT64_CONSTANT (86400000) + 72000000;
  response.verified = TRUE;
  response.dt = DAY;
  return response;
}

static void
write_response (CacheFixture *fixture, const MadeResponse *response)
{
  g_autoptr (GString) line = g_string_new (NULL);

  made_response_append_line (response, line);
  cache_fixture_write (fixture, SOBRE_DATASET_RESPONSES, response->dt, line->str);
}

static void
write_comment (CacheFixture *fixture, const char *comment)
{
  MadeResponse response = make (fixture, comment);

  write_response (fixture, &response);
}

static guint
search (CacheFixture *fixture, const char *text)
{
  g_autoptr (SobreCacheReader) reader = cache_fixture_read (fixture);
  g_autoptr (SobreFilter) filter = sobre_filter_new (DAY - 400, DAY + 400);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = sobre_figures_search (reader, text, filter, 100, &error);

  g_assert_no_error (error);
  return found->len;
}

static void
test_words (CacheFixture *fixture, gconstpointer data)
{
  write_comment (fixture, "The soup was COLD, and the waiter's smile wasn't.");
  write_comment (fixture, "Cold sores");
  g_assert_cmpuint (search (fixture, "cold"), ==, 2);
  g_assert_cmpuint (search (fixture, "soup cold"), ==, 1);
  g_assert_cmpuint (search (fixture, "cold so"), ==, 2);
  g_assert_cmpuint (search (fixture, "so cold"), ==, 0);
  g_assert_cmpuint (search (fixture, "wait"), ==, 1);
  g_assert_cmpuint (search (fixture, "warm"), ==, 0);
  g_assert_cmpuint (search (fixture, ""), ==, 0);
  g_assert_cmpuint (search (fixture, " \t!?"), ==, 0);
}

/* What somebody types is words, never an expression of the search engine. */
static void
test_expressions_are_words (CacheFixture *fixture, gconstpointer data)
{
  static const char *const typed[] = { "\"",
                                       "NOT cold",
                                       "cold*",
                                       "cold OR",
                                       "text:cold",
                                       "NEAR(cold)",
                                       "(",
                                       "^cold",
                                       "cold AND \"",
                                       "-cold",
                                       "co\"ld",
                                       "{text}:",
                                       "'; DROP TABLE comment",
                                       "\xFF\xFE" };

  write_comment (fixture, "nothing");
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    g_assert_cmpuint (search (fixture, typed[i]), ==, 0);
}

static void
test_scripts (CacheFixture *fixture, gconstpointer data)
{
  static const char *const comments[] = { "Größe und Maß", "الطَّعَامُ لَذِيذٌ جِدًّا",    "खाना बहुत स्वादिष्ट था",
                                          "อาหารอร่อยมาก",  "料理が美味しかった", "žluťoučký kůň",
                                          "Ελλάδα",        "e\xCC\x81te\xCC\x81" };

  for (guint i = 0; i < G_N_ELEMENTS (comments); i++)
    write_comment (fixture, comments[i]);
  for (guint i = 0; i < G_N_ELEMENTS (comments); i++)
    g_assert_cmpuint (search (fixture, comments[i]), ==, 1);
}

/* Whatever character stands in a word that is typed: a search, never an error. */
static void
test_every_character (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (SobreCacheReader) reader = cache_fixture_read (fixture);
  g_autoptr (SobreFilter) filter = sobre_filter_new (DAY, DAY);

  for (gunichar character = 1; character <= 0x2FFFF; character++)
    {
      char typed[16] = "a";
      g_autoptr (GPtrArray) found = NULL;
      g_autoptr (GError) error = NULL;
      gint length;

      /* One in four of the vast blocks of ideographs and syllables will do. */
      if (!g_unichar_validate (character) || (character > 0x3400 && !g_unichar_ismark (character) && character % 4 != 0))
        continue;
      length = g_unichar_to_utf8 (character, typed + 1);
      typed[1 + length] = 'b';
      found = sobre_figures_search (reader, typed, filter, 1, &error);
      if (error != NULL)
        g_error ("U+%04X: %s", character, error->message);
    }
}

static void
test_copy_that_loses_is_not_found (CacheFixture *fixture, gconstpointer data)
{
  MadeResponse later = make (fixture, "the later words");
  MadeResponse earlier = later;

  write_response (fixture, &later);
  g_assert_cmpuint (search (fixture, "later"), ==, 1);
  earlier.comment = "the earlier words";
  earlier.received_at -= 1000;
  write_response (fixture, &earlier);
  g_assert_cmpuint (search (fixture, "later"), ==, 0);
  g_assert_cmpuint (search (fixture, "earlier"), ==, 1);
  write_response (fixture, &later);
  g_assert_cmpuint (search (fixture, "words"), ==, 1);
}

/* The same where the losing copy is in a sealed chunk. */
static void
test_copy_that_loses_in_a_chunk (CacheFixture *fixture, gconstpointer data)
{
  MadeResponse later = make (fixture, "the later words");
  MadeResponse earlier = later;

  g_assert_true (sobre_cache_writer_begin (fixture->writer, NULL));
  cache_fixture_take_responses (fixture, &later, 1);
  cache_fixture_take_filling (fixture, 2100);
  g_assert_true (sobre_cache_writer_commit (fixture->writer, NULL));
  g_assert_cmpuint (search (fixture, "later"), ==, 1);
  earlier.comment = "the earlier words";
  earlier.received_at -= 1000;
  write_response (fixture, &earlier);
  g_assert_cmpuint (search (fixture, "later"), ==, 0);
  g_assert_cmpuint (search (fixture, "words"), ==, 1);
}

static void
test_contacts_are_masked (CacheFixture *fixture, gconstpointer data)
{
  g_autoptr (SobreCacheReader) reader = NULL;
  g_autoptr (SobreFilter) filter = sobre_filter_new (DAY - 1, DAY + 1);
  g_autoptr (GPtrArray) found = NULL;
  const SobreComment *comment;

  write_comment (fixture, "Call me: ana@example.org, lovely evening");
  reader = cache_fixture_read (fixture);
  found = sobre_figures_search (reader, "lovely", filter, 10, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  comment = g_ptr_array_index (found, 0);
  g_assert_null (strstr (comment->text, "ana@"));
  g_assert_nonnull (strstr (comment->text, "lovely evening"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/search/" name, CacheFixture, NULL, cache_fixture_set_up, func, cache_fixture_tear_down)
  ADD ("words", test_words);
  ADD ("expressions-are-words", test_expressions_are_words);
  ADD ("scripts", test_scripts);
  ADD ("every-character", test_every_character);
  ADD ("copy-that-loses-is-not-found", test_copy_that_loses_is_not_found);
  ADD ("copy-that-loses-in-a-chunk", test_copy_that_loses_in_a_chunk);
  ADD ("contacts-are-masked", test_contacts_are_masked);
#undef ADD

  return g_test_run ();
}
