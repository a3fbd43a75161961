/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* GROUP BY over a cache whose chunks hold every shape a column can take: questions that everybody answers and few do, scores that are
 * whole, broken or missing, columns of one value, days in runs and languages at random, rows that a better copy has replaced, a tail. */

#include "cache-fixture.h"

#include <math.h>

#include "cache/sobre-cache-reader-private.h"
#include "model/sobre-time.h"
#include "query/sql/sobre-sql.h"

#define FIRST_DAY 20500
#define N_RUNS 2500  /* of the first chunk and the third: days in runs, tables and languages at random */
#define N_ALIKE 2200 /* of the second: one store, one table, one language */
#define N_TAIL 300
#define N_COPIES 70
#define HOUR_MS G_GINT64_CONSTANT (3600000)

/** Counted: a response that counts. @day: as SQL writes its service day */
typedef struct
{
  MadeResponse made;
  const char *day;
} Counted;

typedef struct
{
  CacheFixture cache;
  GArray *responses;                               /* of Counted */
  SobreCacheReader *readers[2][SOBRE_SQL_N_PARTS]; /* the second ones keep nothing in memory */
} GroupBy;

static MadeAnswer
make_score (const char *question, SobreAnswerKind kind, double score)
{
  return (MadeAnswer) { .question = question, .kind = kind, .score = score };
}

static MadeResponse
make_one (GroupBy *self, guint number, gint32 day, gboolean alike)
{
  static const char *const languages[] = { "es", "es", "es", "en", "de", "ar" }, *const tables[] = { "t1", "t2", "t3" };
  static const char *const choices[] = { "friends", "street" };
  GRand *random = self->cache.random;
  MadeResponse made = {
    .submitted_at = day * SOBRE_DAY_MS + 12 * HOUR_MS + number,
    .received_at = day * SOBRE_DAY_MS + 13 * HOUR_MS,
    .duration_ms = number % 7 == 0 ? -1 : (gint64) (number % 5),
    .dt = day,
    .store = alike             ? "playa"
             : number % 2 == 0 ? "centro"
                               : "norte",
    .table = alike ? "t9" : tables[g_rand_int_range (random, 0, G_N_ELEMENTS (tables))],
    .form = "main",
    .form_version = 1,
    .language = alike ? "fr" : languages[g_rand_int_range (random, 0, G_N_ELEMENTS (languages))],
    .verified = alike || number % 11 != 0,
  };

  made.id = made_id (random, made.submitted_at);
  made.answers[made.n_answers++] = make_score ("food", SOBRE_ANSWER_STARS, g_rand_int_range (random, 1, 6));
  made.answers[made.n_answers++] = make_score ("service", SOBRE_ANSWER_STARS, g_rand_int_range (random, 1, 6));
  if (g_rand_boolean (random))
    made.answers[made.n_answers++] = make_score ("again", SOBRE_ANSWER_NPS, g_rand_int_range (random, 0, 11));
  if (g_rand_int_range (random, 0, 3) == 0)
    made.answers[made.n_answers++] = make_score ("wait", SOBRE_ANSWER_STARS, g_rand_int_range (random, 2, 11) / 2.0);
  if (g_rand_boolean (random))
    made.answers[made.n_answers++] = (MadeAnswer) {
      .question = "why", .kind = SOBRE_ANSWER_CHOICE, .score = NAN, .choice = choices[g_rand_int_range (random, 0, 2)]
    };
  return made;
}

static void
write_some (GroupBy *self, const GArray *responses)
{
  g_autoptr (GError) error = NULL;

  sobre_cache_writer_begin (self->cache.writer, &error);
  g_assert_no_error (error);
  cache_fixture_take_responses (&self->cache, &g_array_index (responses, MadeResponse, 0), responses->len);
  sobre_cache_writer_commit (self->cache.writer, &error);
  g_assert_no_error (error);
}

static Counted
count_one (const MadeResponse *made)
{
  char text[SOBRE_DAY_STRING_LENGTH + 1];
  gint32 day;
  gint hour;

  cache_fixture_locate (made, &day, &hour);
  sobre_day_format (day, text);
  return (Counted) { *made, g_intern_string (text) };
}

static void
write_new (GroupBy *self, guint n, guint n_a_day, gboolean alike)
{
  g_autoptr (GArray) written = g_array_new (FALSE, FALSE, sizeof (MadeResponse));

  for (guint i = 0; i < n; i++)
    {
      MadeResponse made = make_one (self, self->responses->len, FIRST_DAY + (gint32) (i / n_a_day), alike);
      Counted counted = count_one (&made);

      g_array_append_val (written, made);
      g_array_append_val (self->responses, counted);
    }
  write_some (self, written);
}

/* Copies that came earlier and say something else: they count. */
static void
replace_some (GroupBy *self)
{
  g_autoptr (GArray) copies = g_array_new (FALSE, FALSE, sizeof (MadeResponse));

  for (guint i = 0; i < N_COPIES; i++)
    {
      Counted *old = &g_array_index (self->responses, Counted, i * 41);
      MadeResponse copy = make_one (self, i, old->made.dt, FALSE);

      copy.id = old->made.id;
      copy.received_at = old->made.received_at - 1;
      *old = count_one (&copy);
      g_array_append_val (copies, copy);
    }
  write_some (self, copies);
}

static void
set_up (GroupBy *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  cache_fixture_set_up (&self->cache, data);
  self->responses = g_array_new (FALSE, FALSE, sizeof (Counted));
  write_new (self, N_RUNS, 700, FALSE);
  write_new (self, N_ALIKE, N_ALIKE, TRUE);
  write_new (self, N_RUNS, 700, FALSE);
  write_new (self, N_TAIL, 1, FALSE);
  for (guint i = 0; i < SOBRE_SQL_N_PARTS; i++)
    {
      self->readers[0][i] = cache_fixture_read (&self->cache);
      self->readers[1][i] = cache_fixture_read (&self->cache);
      sobre_cache_reader_keep_nothing (self->readers[1][i], &error);
      g_assert_no_error (error);
    }
}

static void
tear_down (GroupBy *self, gconstpointer data)
{
  for (guint i = 0; i < SOBRE_SQL_N_PARTS; i++)
    {
      g_object_unref (self->readers[0][i]);
      g_object_unref (self->readers[1][i]);
    }
  g_array_unref (self->responses);
  cache_fixture_tear_down (&self->cache, data);
}

/** Count: what a group comes to. */
typedef struct
{
  guint64 n;
  guint64 n_scores;
  double sum;
} Count;

/* @answer: (nullable): of a query over answers */
static const char *
get_key (const Counted *response, const MadeAnswer *answer, const char *key)
{
  if (g_str_equal (key, "store_id"))
    return response->made.store;
  if (g_str_equal (key, "table_id"))
    return response->made.table;
  if (g_str_equal (key, "language"))
    return response->made.language;
  if (g_str_equal (key, "verified"))
    return response->made.verified ? "true" : "false";
  if (g_str_equal (key, "question"))
    return answer->question;
  if (g_str_equal (key, "choice"))
    return answer->choice;
  g_assert_cmpstr (key, ==, "service_day");
  return response->day;
}

static void
add (GHashTable *counts, const Counted *response, const MadeAnswer *answer, char **keys)
{
  g_autoptr (GString) group = g_string_new (NULL);
  double score = answer != NULL ? answer->score : NAN;
  Count *count;

  for (guint i = 0; keys[i] != NULL; i++)
    {
      const char *text = get_key (response, answer, keys[i]);

      g_string_append_printf (group, "%s|", text != NULL ? text : "-");
    }
  count = g_hash_table_lookup (counts, group->str);
  if (count == NULL)
    {
      count = g_new0 (Count, 1);
      g_hash_table_insert (counts, g_strdup (group->str), count);
    }
  count->n++;
  if (isnan (score))
    return;
  count->n_scores++;
  count->sum += score;
}

/* (element-type utf8 Count) */
static GHashTable *
count_by_hand (GroupBy *self, gboolean answers, char **keys, const char *where)
{
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < self->responses->len; i++)
    {
      const Counted *response = &g_array_index (self->responses, Counted, i);

      if (strstr (where, "verified") != NULL && !response->made.verified)
        continue;
      if (!answers)
        add (counts, response, NULL, keys);
      for (guint k = 0; answers && k < response->made.n_answers; k++)
        if (strstr (where, "score") == NULL || response->made.answers[k].score < 3)
          add (counts, response, &response->made.answers[k], keys);
    }
  return counts;
}

static SobreResultTable *
ask (SobreCacheReader **readers, const char *sql)
{
  g_autoptr (SobreQuery) query = sobre_query_new (sql);
  g_autoptr (SobreSqlZones) zones = sobre_sql_zones_new ();
  g_autoptr (GError) error = NULL;
  SobreSqlSource *source = sobre_sql_scan_source_new (readers, SOBRE_SQL_N_PARTS);
  SobreResultTable *table = sobre_sql_run (query, source, zones, 0, G_MAXINT64, &error);

  sobre_sql_scan_source_free (source);
  g_assert_no_error (error);
  return table;
}

static void
assert_row (SobreResultTable *table, guint64 row, guint n_keys, GHashTable *counts)
{
  g_autoptr (GString) group = g_string_new (NULL);
  g_autofree char *n = sobre_result_table_dup_text (table, row, n_keys);
  g_autofree char *n_scores = sobre_result_table_dup_text (table, row, n_keys + 1);
  g_autofree char *found = NULL;
  g_autofree char *wanted = NULL;
  const Count *count;

  for (guint i = 0; i < n_keys; i++)
    {
      g_autofree char *text = sobre_result_table_dup_text (table, row, i);

      g_string_append_printf (group, "%s|", text != NULL ? text : "-");
    }
  count = g_hash_table_lookup (counts, group->str);
  g_assert_nonnull (count);
  wanted = g_strdup_printf ("%s %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT ": %.1f", group->str, count->n_scores, count->n,
                            count->sum);
  found =
      g_strdup_printf ("%s %s of %s: %.1f", group->str, n_scores, n, sobre_result_table_get_double (table, row, n_keys + 2));
  g_assert_cmpstr (found, ==, wanted);
}

static void
assert_same (SobreResultTable *table, guint n_keys, GHashTable *counts)
{
  g_assert_cmpuint (sobre_result_table_get_n_rows (table), ==, g_hash_table_size (counts));
  for (guint64 row = 0; row < sobre_result_table_get_n_rows (table); row++)
    assert_row (table, row, n_keys, counts);
}

static void
assert_groups (GroupBy *self, const char *from, const char *keys, const char *where)
{
  gboolean answers = g_str_equal (from, "answers");
  const char *values = answers ? "count(*), count(score), coalesce(sum(score), 0)" : "count(*), 0, 0e0";
  g_auto (GStrv) names = g_strsplit (keys, ", ", -1);
  g_autoptr (GHashTable) counts = count_by_hand (self, answers, names, where);
  g_autofree char *sql = g_strdup_printf ("SELECT %s%s%s FROM %s %s %s%s", keys, *keys != '\0' ? ", " : "", values, from, where,
                                          *keys != '\0' ? "GROUP BY " : "", keys);

  g_test_message ("%s", sql);
  for (guint keeper = 0; keeper < 2; keeper++)
    {
      g_autoptr (SobreResultTable) table = ask (self->readers[keeper], sql);

      assert_same (table, g_strv_length (names), counts);
    }
}

static void
assert_all_groups (GroupBy *self)
{
  static const char *const wheres[] = { "", "WHERE verified", "WHERE score < 3" };
  static const char *const of_answers[] = { "",
                                            "service_day",
                                            "store_id",
                                            "question",
                                            "choice",
                                            "store_id, table_id",
                                            "service_day, question",
                                            "table_id, verified, question" };
  static const char *const of_responses[] = { "", "service_day", "language", "verified", "language, store_id, table_id" };

  for (guint where = 0; where < G_N_ELEMENTS (wheres); where++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (of_answers); i++)
        assert_groups (self, "answers", of_answers[i], wheres[where]);
      for (guint i = 0; i < G_N_ELEMENTS (of_responses) && strstr (wheres[where], "score") == NULL; i++)
        assert_groups (self, "responses", of_responses[i], wheres[where]);
    }
}

static void
test_groups (GroupBy *self, gconstpointer data)
{
  assert_all_groups (self);
  replace_some (self);
  assert_all_groups (self);
}

/* A reader that holds on to an older state than the next one sees. */
static void
test_two_states (GroupBy *self, gconstpointer data)
{
  SobreSqlSource *source = sobre_sql_scan_source_new (self->readers[0], SOBRE_SQL_N_PARTS);
  g_autoptr (SobreQuery) query = sobre_query_new ("SELECT count(*) FROM responses");
  g_autoptr (SobreSqlZones) zones = sobre_sql_zones_new ();
  g_autoptr (SobreResultTable) refused = NULL;
  g_autoptr (SobreResultTable) table = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *n = NULL;

  sobre_cache_reader_begin (self->readers[0][0], &error);
  g_assert_no_error (error);
  write_new (self, 1, 1, FALSE);
  refused = sobre_sql_run (query, source, zones, 0, G_MAXINT64, &error);
  sobre_sql_scan_source_free (source);
  g_assert_null (refused);
  g_assert_error (error, SOBRE_QUERY_ERROR, SOBRE_QUERY_ERROR_CACHE);

  sobre_cache_reader_end (self->readers[0][0]);
  table = ask (self->readers[0], "SELECT count(*) FROM responses");
  n = sobre_result_table_dup_text (table, 0, 0);
  g_assert_cmpuint (g_ascii_strtoull (n, NULL, 10), ==, self->responses->len);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/group-by/every-shape-of-column", GroupBy, NULL, set_up, test_groups, tear_down);
  g_test_add ("/group-by/parts-of-two-states-are-refused", GroupBy, NULL, set_up, test_two_states, tear_down);
  return g_test_run ();
}
