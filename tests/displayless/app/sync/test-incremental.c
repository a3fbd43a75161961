/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A cache that grew step by step says the same as one that is built at once, whatever happens to lake and spool between the steps. */

#include <glib/gstdio.h>
#include <libdex.h>
#include <string.h>
#include <utime.h>

#include "lake-fixture.h"
#include "model/sobre-time.h"
#include "sync-fixture.h"

#define SEQUENCES 4
#define STEPS 25
#define SEALING 2200 /* answers in one object: enough for a chunk of their own */

/** Place: an object, or a segment on its way to become one. @torn: what follows the last whole line of an open segment. */
typedef struct
{
  char *key;
  char *segment;
  gint32 dt;
  gboolean open;
  gboolean damaged;
  GArray *responses;
  GString *torn;
} Place;

/** World: what the test knows of lake and spool. @rough: the lake loses and changes things too · @forgotten: (element-type utf8) ids */
typedef struct
{
  SyncFixture *fixture;
  gboolean rough;
  GPtrArray *places;
  GHashTable *forgotten;
  guint n_made;
} World;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->key);
  g_free (place->segment);
  g_array_unref (place->responses);
  g_string_free (place->torn, TRUE);
  g_free (place);
}

static gint
roll_dice (World *world, gint sides)
{
  return g_rand_int_range (world->fixture->random, 0, sides);
}

static gint32
get_today (World *world)
{
  return (gint32) (sobre_clock_now (world->fixture->clock) / SOBRE_DAY_MS);
}

static Place *
add_place (World *world)
{
  Place *place = g_new0 (Place, 1);

  place->dt = get_today (world) - roll_dice (world, SYNC_FIXTURE_RETENTION);
  place->responses = g_array_new (FALSE, FALSE, sizeof (MadeResponse));
  place->torn = g_string_new (NULL);
  g_ptr_array_add (world->places, place);
  world->n_made++;
  return place;
}

/* A new answer, or another copy of one that stands somewhere. */
static MadeResponse
make_response (World *world, gint32 dt)
{
  const Place *from = world->places->len > 0 ? world->places->pdata[roll_dice (world, (gint) world->places->len)] : NULL;
  MadeResponse response;

  if (from != NULL && from->responses->len > 0 && roll_dice (world, 3) == 0)
    response =
        made_response_vary (world->fixture->random, &g_array_index (from->responses, MadeResponse,
                                                                    (guint) roll_dice (world, (gint) from->responses->len)));
  else
    response = made_response (world->fixture->random, SYNC_FIXTURE_DAY - 20);
  response.dt = dt;
  return response;
}

static void
append_responses (World *world, Place *place, guint n, GString *lines)
{
  for (guint i = 0; i < n; i++)
    {
      MadeResponse response = make_response (world, place->dt);

      if (roll_dice (world, 8) == 0)
        made_bad_append_line (world->fixture->random, lines);
      made_response_append_line (&response, lines);
      g_array_append_val (place->responses, response);
    }
}

static void
write_object (World *world, Place *place, guint n)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  g_array_set_size (place->responses, 0);
  append_responses (world, place, n, lines);
  sync_fixture_put (world->fixture, place->key, lines->str);
  place->damaged = FALSE;
}

static void
add_object (World *world, guint n)
{
  Place *place = add_place (world);
  g_autofree char *name = g_strdup_printf ("%u.json%s", world->n_made, roll_dice (world, 2) == 0 ? ".gz" : "");

  place->key = sync_fixture_make_key (SOBRE_DATASET_RESPONSES, place->dt, name);
  write_object (world, place, n);
}

static void
add_object_of_others (World *world)
{
  SobreDataset dataset = roll_dice (world, 2) == 0 ? SOBRE_DATASET_EVENTS : SOBRE_DATASET_ORDERS;
  g_autofree char *name = g_strdup_printf ("%u.json.gz", ++world->n_made);
  g_autofree char *key = sync_fixture_make_key (dataset, get_today (world) - roll_dice (world, 3), name);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (gint n = roll_dice (world, 12); n >= 0; n--)
    (dataset == SOBRE_DATASET_EVENTS ? made_event_append_line : made_order_append_line) (world->fixture->random,
                                                                                         SYNC_FIXTURE_DAY, lines);
  sync_fixture_put (world->fixture, key, lines->str);
}

/* Whole lines, and now and then a part of one more, which the next call makes whole. */
static void
grow_segment (World *world)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  Place *place = NULL;

  for (guint i = 0; i < world->places->len && place == NULL; i++)
    {
      Place *candidate = world->places->pdata[i];

      if (candidate->open && roll_dice (world, 2) == 0)
        place = candidate;
    }
  if (place == NULL)
    {
      place = add_place (world);
      place->open = TRUE;
      place->dt = get_today (world);
      place->segment = g_strdup_printf ("01890a5d-0000-7000-8000-%012x", world->n_made);
    }
  g_string_append (lines, place->torn->str);
  g_string_truncate (place->torn, 0);
  append_responses (world, place, 1 + (guint) roll_dice (world, 12), lines);
  if (roll_dice (world, 3) == 0)
    {
      gsize cut = lines->len - (gsize) (1 + roll_dice (world, 60));

      g_string_append (place->torn, lines->str + cut);
      g_string_truncate (lines, cut);
    }
  sync_fixture_append (world->fixture, place->dt, place->segment, lines->str);
}

static void
close_segment (World *world, Place *place)
{
  g_autofree char *name = g_strconcat (place->segment, ".json.gz", NULL);

  if (place->torn->len > 0)
    sync_fixture_append (world->fixture, place->dt, place->segment, place->torn->str);
  g_string_truncate (place->torn, 0);
  sync_fixture_close (world->fixture, place->dt, place->segment);
  place->open = FALSE;
  place->key = sync_fixture_make_key (SOBRE_DATASET_RESPONSES, place->dt, name);
}

static void
damage (World *world, Place *place)
{
  sync_fixture_put (world->fixture, place->key, "\x1F\x8B\x08 no gzip");
  if (g_str_has_suffix (place->key, ".gz"))
    fixture_write (world->fixture->raw, place->key, "\x1F\x8B\x08 no gzip", 11);
  place->damaged = TRUE;
}

static void
touch (World *world, const Place *place)
{
  g_autofree char *path = g_build_filename (world->fixture->raw, place->key, NULL);
  const struct utimbuf times = { 1000000000 + roll_dice (world, 1000), 1000000000 + roll_dice (world, 1000) };

  g_assert_cmpint (utime (path, &times), ==, 0);
}

static void
forget (World *world, const Place *place)
{
  const MadeResponse *response =
      &g_array_index (place->responses, MadeResponse, (guint) roll_dice (world, (gint) place->responses->len));
  char id[SOBRE_ID_STRING_LENGTH + 1];

  sobre_id_format (&response->id, id);
  g_hash_table_add (world->forgotten, g_strdup (id));
  sync_fixture_forget (world->fixture, &response->id);
}

/* Forgetting may have removed the whole object. */
static gboolean
is_in_lake (World *world, const Place *place)
{
  g_autofree char *path = place->key != NULL ? g_build_filename (world->fixture->raw, place->key, NULL) : NULL;

  return path != NULL && g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Something happens to an object that lies in the lake, or to a segment. */
static void
change_place (World *world)
{
  guint index = (guint) roll_dice (world, (gint) world->places->len);
  Place *place = world->places->pdata[index];

  if (place->open)
    {
      if (roll_dice (world, 2) == 0)
        close_segment (world, place);
      return;
    }
  if (!world->rough || !is_in_lake (world, place))
    return;
  switch (roll_dice (world, 6))
    {
    case 0:
    case 1:
      write_object (world, place, 1 + (guint) roll_dice (world, 12));
      break;
    case 2:
      damage (world, place);
      break;
    case 3:
      touch (world, place);
      break;
    case 4:
      forget (world, place);
      break;
    default:
      sync_fixture_remove (world->fixture, place->key);
      g_ptr_array_remove_index (world->places, index);
      break;
    }
}

static void
change (World *world)
{
  switch (roll_dice (world, 16))
    {
    case 0:
      if (world->rough)
        sobre_manual_clock_advance (world->fixture->clock, roll_dice (world, 5) * SOBRE_DAY_MS);
      break;
    case 1:
    case 2:
    case 3:
      if (world->places->len > 0)
        change_place (world);
      break;
    case 4:
      add_object_of_others (world);
      break;
    case 5:
    case 6:
    case 7:
    case 8:
      add_object (world, 1 + (guint) roll_dice (world, 12));
      break;
    default:
      grow_segment (world);
      break;
    }
}

static gboolean
is_expired (World *world, const Place *place)
{
  return !place->open && place->dt < get_today (world) - SYNC_FIXTURE_RETENTION;
}

/* The last line of a segment does not count before it is whole; what is torn off is shorter than a line. */
static guint
count_whole (const Place *place)
{
  return place->responses->len - (place->torn->len > 0 ? 1 : 0);
}

static guint
count_ids (World *world)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = world->places->len; i > 0; i--)
    {
      const Place *place = world->places->pdata[i - 1];

      if (is_expired (world, place))
        {
          g_ptr_array_remove_index (world->places, i - 1);
          continue;
        }
      for (guint j = 0; j < count_whole (place) && !place->damaged; j++)
        {
          char id[SOBRE_ID_STRING_LENGTH + 1];

          sobre_id_format (&g_array_index (place->responses, MadeResponse, j).id, id);
          if (!g_hash_table_contains (world->forgotten, id))
            g_hash_table_add (ids, g_strdup (id));
        }
    }
  return g_hash_table_size (ids);
}

static void
sync_and_compare (World *world)
{
  SobreSyncPass *pass = roll_dice (world, 3) > 0 ? &world->fixture->pass : &world->fixture->other;
  SobreCacheInspection grown, rebuilt;
  SobreSyncReport report;

  if (roll_dice (world, 4) == 0)
    sobre_sync_pass_clear (pass);
  if (roll_dice (world, 3) == 0)
    {
      g_autoptr (GError) error = NULL;
      gboolean changed;

      sobre_sync_pass_glance (&world->fixture->pass, &changed, &error);
      g_assert_no_error (error);
    }
  report = sync_fixture_run (world->fixture, pass);
  g_assert_false (report.rebuilt && !world->rough);
  grown = sync_fixture_inspect (world->fixture);
  g_assert_cmpuint (grown.n_rows[SOBRE_TABLE_RESPONSES], ==, count_ids (world));
  rebuilt = sync_fixture_inspect_rebuilt (world->fixture);
  for (SobreTableKind table = SOBRE_TABLE_RESPONSES; table <= SOBRE_TABLE_ORDERS; table++)
    g_assert_cmpuint (grown.n_rows[table], ==, rebuilt.n_rows[table]);
  g_assert_cmpuint (grown.n_conflicts, ==, rebuilt.n_conflicts);
  g_assert_cmpuint (grown.hash[0], ==, rebuilt.hash[0]);
  g_assert_cmpuint (grown.hash[1], ==, rebuilt.hash[1]);
}

static void
test_random_sequences (SyncFixture *fixture, gconstpointer data)
{
  World world = { .fixture = fixture, .rough = GPOINTER_TO_INT (data) };
  guint sealing_at = (guint) g_rand_int_range (fixture->random, 0, STEPS / 2);

  world.places = g_ptr_array_new_with_free_func (place_free);
  world.forgotten = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint step = 0; step < STEPS; step++)
    {
      for (gint n = roll_dice (&world, 5); n >= 0; n--)
        change (&world);
      if (step == sealing_at)
        add_object (&world, SEALING);
      sync_and_compare (&world);
    }
  g_ptr_array_unref (world.places);
  g_hash_table_unref (world.forgotten);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();

  for (guint i = 0; i < SEQUENCES; i++)
    {
      gboolean rough = i % 2 == 1;
      g_autofree char *name = g_strdup_printf ("/incremental/%s/%u", rough ? "rough" : "calm", i);

      g_test_add (name, SyncFixture, GINT_TO_POINTER (rough), sync_fixture_set_up, test_random_sequences,
                  sync_fixture_tear_down);
    }
  return g_test_run ();
}
