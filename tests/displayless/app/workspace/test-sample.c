/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lake/sobre-lake-reader.h"
#include "model/sobre-service-calendar.h"
#include "model/sobre-time.h"
#include "workspace-fixture.h"
#include "workspace/sobre-sample-visits.h"
#include "workspace/sobre-sample.h"

/* Mean: of scores. */
typedef struct
{
  double sum;
  guint n;
} Mean;

/* Counts: what the sample's lake holds. */
typedef struct
{
  SobreServiceCalendar *calendar;
  GHashTable *languages;
  GHashTable *comments;
  GHashTable *ids;
  guint n_responses;
  guint n_rejects;
  guint n_unverified;
  guint n_nps;
  guint n_choices;
  gint32 first_day;
  gint32 last_day;
  gint64 newest;
  Mean terrace_friday;
  Mean terrace_otherwise;
  guint n_monday_noon;
  guint n_events;
  guint n_orders;
  guint n_dish_stars;
  gint32 first_visit;
  SobreMenu *menu;
} Counts;

static void
add (Mean *mean, double score)
{
  mean->sum += score;
  mean->n++;
}

static double
get (const Mean *mean)
{
  g_assert_cmpuint (mean->n, >, 0);
  return mean->sum / mean->n;
}

static gboolean
text_is (SobreText text, const char *string)
{
  return sobre_text_equal (text, sobre_text (string));
}

/* Everything that a guest looked at, ate or judged is on the sample's menu. */
static void
assert_on_menu (const Counts *self, SobreText item)
{
  g_autofree char *id = g_strndup (item.data, item.length);

  g_assert_nonnull (sobre_menu_find_dish (self->menu, id));
}

static void
count_response (const SobreResponse *response, gpointer user_data)
{
  Counts *self = user_data;
  SobreServiceTime at = sobre_service_calendar_locate (self->calendar, response->submitted_at);
  char id[SOBRE_ID_STRING_LENGTH + 1];
  gboolean terrace = response->table_id.length == 2 && memcmp (response->table_id.data, "11", 2) >= 0;
  /* The last Friday before Tuesday 24 November 2026. */
  gboolean bad = at.day == sobre_day_from_civil (2026, 11, 20) && at.hour >= 18;

  sobre_id_format (&response->id, id);
  g_assert_true (g_hash_table_add (self->ids, g_strdup (id)));
  self->n_responses++;
  self->n_unverified += !response->verified;
  self->first_day = MIN (self->first_day, at.day);
  self->last_day = MAX (self->last_day, at.day);
  self->newest = MAX (self->newest, response->received_at);
  self->n_monday_noon += text_is (response->store_id, "harbour") && sobre_day_get_weekday (at.day) == 0 && at.hour < 17;
  g_hash_table_add (self->languages, g_strndup (response->language.data, response->language.length));
  if (response->comment.data != NULL)
    g_hash_table_add (self->comments, g_strndup (response->comment.data, response->comment.length));
  for (guint i = 0; i < response->n_answers; i++)
    {
      const SobreAnswer *answer = &response->answers[i];

      self->n_nps += answer->kind == SOBRE_ANSWER_NPS;
      self->n_choices += answer->kind == SOBRE_ANSWER_CHOICE;
      if (answer->item.data != NULL)
        {
          self->n_dish_stars++;
          assert_on_menu (self, answer->item);
        }
      if (terrace && text_is (answer->question, "service"))
        add (bad ? &self->terrace_friday : &self->terrace_otherwise, answer->score);
    }
}

static void
count_event (const SobreEvent *event, gpointer user_data)
{
  Counts *self = user_data;

  self->n_events++;
  self->first_visit = MIN (self->first_visit, sobre_service_calendar_locate (self->calendar, event->at).day);
  if (text_is (event->action, "item"))
    assert_on_menu (self, event->target);
}

static void
count_order (const SobreOrder *order, gpointer user_data)
{
  Counts *self = user_data;

  self->n_orders++;
  g_assert_cmpfloat (order->amount, >, 0);
  assert_on_menu (self, order->item_id);
}

static void
count_reject (const SobreReject *reject, gpointer user_data)
{
  Counts *self = user_data;

  g_test_message ("line %" G_GUINT64_FORMAT ": %s: %.*s", reject->line, reject->reason, (int) reject->text.length,
                  reject->text.data);
  self->n_rejects++;
}

static void
read_object (SobreDataset dataset, const char *path, Counts *counts)
{
  static const SobreRecordSink sink = {
    .response = count_response, .event = count_event, .order = count_order, .reject = count_reject
  };
  g_autoptr (SobreLakeReader) reader = sobre_lake_reader_new ();
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  sobre_lake_reader_read (reader, dataset, (const guint8 *) bytes, length, &sink, counts, &error);
  g_assert_no_error (error);
}

/* Reads every object of @dataset and returns how many there are. */
static guint
read_dataset (SobreWorkspace *workspace, SobreDataset dataset, Counts *counts)
{
  g_autofree char *folder = g_build_filename (sobre_dir_lake_get_path (sobre_workspace_get_lake (workspace)), "raw",
                                              sobre_dataset_get_name (dataset), NULL);
  g_autoptr (GDir) days = g_dir_open (folder, 0, NULL);
  const char *day, *name;
  guint n = 0;

  g_assert_nonnull (days);
  while ((day = g_dir_read_name (days)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, day, NULL);
      g_autoptr (GDir) objects = g_dir_open (path, 0, NULL);

      g_assert_true (g_str_has_prefix (day, "dt="));
      while ((name = g_dir_read_name (objects)) != NULL)
        {
          g_autofree char *object = g_build_filename (path, name, NULL);

          read_object (dataset, object, counts);
          n++;
        }
    }
  return n;
}

static guint
read_lake (SobreWorkspace *workspace, Counts *counts)
{
  return read_dataset (workspace, SOBRE_DATASET_RESPONSES, counts);
}

static void
counts_clear (Counts *self)
{
  g_hash_table_unref (self->languages);
  g_hash_table_unref (self->comments);
  g_hash_table_unref (self->ids);
}

static void
counts_init (Counts *self, SobreWorkspace *workspace)
{
  *self = (Counts) { .first_day = G_MAXINT32, .last_day = G_MININT32, .first_visit = G_MAXINT32 };
  self->menu = sobre_workspace_get_menu (workspace);
  self->calendar = sobre_workspace_get_calendar (workspace);
  self->languages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->comments = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
test_every_line_is_valid (WorkspaceFixture *self, gconstpointer data)
{
  g_autoptr (SobreWorkspace) workspace = workspace_fixture_create (self, TRUE);
  Counts counts;

  counts_init (&counts, workspace);
  g_assert_cmpuint (read_lake (workspace, &counts), ==, SOBRE_SAMPLE_DAYS);
  g_assert_cmpuint (counts.n_rejects, ==, 0);
  g_assert_cmpuint (counts.n_responses, >, 10000);
  g_assert_cmpuint (counts.n_responses, <, 18000);
  counts_clear (&counts);
}

static void
test_ends_yesterday (WorkspaceFixture *self, gconstpointer data)
{
  g_autoptr (SobreWorkspace) workspace = workspace_fixture_create (self, TRUE);
  gint32 yesterday = sobre_day_from_civil (2026, 11, 23);
  Counts counts;

  counts_init (&counts, workspace);
  read_lake (workspace, &counts);
  g_assert_cmpint (counts.last_day, ==, yesterday);
  g_assert_cmpint (counts.first_day, ==, yesterday - (SOBRE_SAMPLE_DAYS - 1));
  g_assert_cmpint (counts.newest, <, sobre_clock_now (self->clock));
  counts_clear (&counts);
}

static void
test_tells_a_story (WorkspaceFixture *self, gconstpointer data)
{
  g_autoptr (SobreWorkspace) workspace = workspace_fixture_create (self, TRUE);
  Counts counts;

  counts_init (&counts, workspace);
  read_lake (workspace, &counts);
  g_assert_cmpuint (g_hash_table_size (counts.languages), ==, 5);
  g_assert_cmpuint (g_hash_table_size (counts.comments), >, 200);
  g_assert_cmpuint (counts.n_nps, >, counts.n_responses / 2);
  g_assert_cmpuint (counts.n_choices, >, 100);
  g_assert_cmpuint (counts.n_unverified, >, 0);
  g_assert_cmpuint (counts.n_unverified, <, counts.n_responses / 20);
  g_assert_cmpuint (counts.n_monday_noon, ==, 0);
  g_assert_cmpuint (counts.terrace_friday.n, >=, 10);
  g_assert_cmpfloat (get (&counts.terrace_friday), <, get (&counts.terrace_otherwise) - 1);
  counts_clear (&counts);
}

static void
test_visits_and_orders (WorkspaceFixture *self, gconstpointer data)
{
  g_autoptr (SobreWorkspace) workspace = workspace_fixture_create (self, TRUE);
  gint32 yesterday = sobre_day_from_civil (2026, 11, 23);
  Counts counts;

  counts_init (&counts, workspace);
  g_assert_nonnull (counts.menu);
  read_lake (workspace, &counts);
  g_assert_cmpuint (read_dataset (workspace, SOBRE_DATASET_EVENTS, &counts), ==, SOBRE_SAMPLE_VISIT_DAYS);
  g_assert_cmpuint (read_dataset (workspace, SOBRE_DATASET_ORDERS, &counts), ==, SOBRE_SAMPLE_VISIT_DAYS);
  g_assert_cmpuint (counts.n_rejects, ==, 0);
  g_assert_cmpuint (counts.n_events, >, 20000);
  g_assert_cmpuint (counts.n_orders, >, 5000);
  g_assert_cmpuint (counts.n_dish_stars, >, 1000);
  g_assert_cmpint (counts.first_visit, ==, yesterday - (SOBRE_SAMPLE_VISIT_DAYS - 1));
  counts_clear (&counts);
}

static void
test_same_day_same_answers (WorkspaceFixture *self, gconstpointer data)
{
  g_autoptr (SobreWorkspace) workspace = workspace_fixture_create (self, TRUE);
  g_autofree char *path = g_build_filename (self->folder, "other", NULL);
  g_autoptr (SobreRandom) random = sobre_seeded_random_new (99);
  g_autoptr (SobreWorkspace) other = sobre_workspace_create (path, TRUE, self->clock, random, NULL);
  Counts counts, other_counts;
  GHashTableIter iter;
  gpointer id;

  counts_init (&counts, workspace);
  counts_init (&other_counts, other);
  read_lake (workspace, &counts);
  read_lake (other, &other_counts);
  g_assert_cmpuint (g_hash_table_size (counts.ids), ==, g_hash_table_size (other_counts.ids));
  g_hash_table_iter_init (&iter, counts.ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_assert_true (g_hash_table_contains (other_counts.ids, id));
  counts_clear (&counts);
  counts_clear (&other_counts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define CASE(name, function)                                                                                                   \
  g_test_add (name, WorkspaceFixture, NULL, workspace_fixture_set_up, function, workspace_fixture_tear_down)
  CASE ("/sample/every-line-is-valid", test_every_line_is_valid);
  CASE ("/sample/ends-yesterday", test_ends_yesterday);
  CASE ("/sample/tells-a-story", test_tells_a_story);
  CASE ("/sample/visits-and-orders", test_visits_and_orders);
  CASE ("/sample/same-day-same-answers", test_same_day_same_answers);
  return g_test_run ();
}
