/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "workspace/sobre-sample.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "model/sobre-id.h"
#include "workspace/sobre-phrases.h"
#include "workspace/sobre-sample-guest.h"
#include "workspace/sobre-sample-questions.h"
#include "workspace/sobre-sample-visits.h"
#include "workspace/sobre-workspace-files.h"

#define SAMPLE_SEED 20261124
#define VISITS_SEED 20261125
#define FRIDAY 4
#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define BYTES_PER_ANSWER 1024

/* What stays the same for all answers. */
typedef struct
{
  SobreWorkspace *workspace;
  SobreDice dice;
  SobrePhrases *phrases;
  SobreSampleVisits *visits;
  GArray *questions;
  GPtrArray *main_tables;
  GPtrArray *other_tables;
  gint32 last_day;
  gint32 bad_day;
} Sample;

static void
sample_free (Sample *self)
{
  g_clear_pointer (&self->questions, g_array_unref);
  g_clear_object (&self->dice.random);
  g_clear_pointer (&self->phrases, sobre_phrases_free);
  g_clear_pointer (&self->visits, sobre_sample_visits_free);
  g_clear_pointer (&self->main_tables, g_ptr_array_unref);
  g_clear_pointer (&self->other_tables, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sample, sample_free)

static char *
dup_sample_path (void)
{
  return g_build_filename (SOBRE_PKGDATADIR, "sample", NULL);
}

static char *
read_sample_file (const char *name, gsize *length, GError **error)
{
  g_autofree char *source = dup_sample_path ();
  char *text = sobre_workspace_read_file (source, name, length, error);

  if (text == NULL)
    g_prefix_error (error, _ ("The installed sample in “%s” is not whole: "), source);
  return text;
}

gboolean
sobre_sample_copy_file (const char *folder, const char *name, GError **error)
{
  gsize length;
  g_autofree char *text = read_sample_file (name, &length, error);

  return text != NULL && sobre_workspace_write_file (folder, name, text, length, error);
}

gboolean
sobre_sample_write_form (const char *folder, GError **error)
{
  gsize length;
  g_autofree char *text = read_sample_file (SOBRE_FORM_FILE, &length, error);
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) cause = NULL;
  g_autofree char *form = NULL;

  if (text == NULL)
    return FALSE;
  root = json_from_string (text, &cause);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_FAILED,
                   _ ("The installed sample's form cannot be read: %s"), cause != NULL ? cause->message : SOBRE_FORM_FILE);
      return FALSE;
    }
  json_object_remove_member (json_node_get_object (root), "review_link");
  form = json_to_string (root, TRUE);
  return sobre_workspace_write_file (folder, SOBRE_FORM_FILE, form, -1, error);
}

static void
sort_tables (Sample *self)
{
  GListModel *tables = sobre_workspace_get_tables (self->workspace);
  const SobreStore *store = g_ptr_array_index (sobre_workspace_get_settings (self->workspace)->stores, 0);

  self->main_tables = g_ptr_array_new_with_free_func (g_object_unref);
  self->other_tables = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (tables); i++)
    {
      SobreTable *table = g_list_model_get_item (tables, i);

      g_ptr_array_add (g_str_equal (sobre_table_get_store_id (table), store->id) ? self->main_tables : self->other_tables,
                       table);
    }
}

static gboolean
read_menu (Sample *self, GError **error)
{
  gsize length;
  g_autofree char *text = read_sample_file (SOBRE_MENU_FILE, &length, error);
  g_autoptr (SobreMenu) menu = NULL;

  if (text == NULL)
    return FALSE;
  menu = sobre_menu_parse (text, (gssize) length, sobre_workspace_get_settings (self->workspace)->currency, NULL, error);
  if (menu == NULL)
    return FALSE;
  self->visits = sobre_sample_visits_new (menu, sobre_workspace_get_form (self->workspace), VISITS_SEED);
  return TRUE;
}

static Sample *
sample_new (SobreWorkspace *workspace, SobreClock *clock, GError **error)
{
  g_autoptr (Sample) self = g_new0 (Sample, 1);
  SobreServiceCalendar *calendar = sobre_workspace_get_calendar (workspace);

  self->workspace = workspace;
  self->dice.random = sobre_seeded_random_new (SAMPLE_SEED);
  self->last_day = sobre_service_calendar_locate (calendar, sobre_clock_now (clock)).day - 1;
  self->bad_day = self->last_day;
  while (sobre_day_get_weekday (self->bad_day) != FRIDAY)
    self->bad_day--;
  sort_tables (self);
  self->phrases = sobre_phrases_load (error);
  if (self->phrases == NULL)
    return NULL;
  self->questions = sobre_sample_questions_read (sobre_workspace_get_form (workspace), error);
  if (self->questions == NULL || !read_menu (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
append_string (GString *line, const char *text)
{
  g_string_append_c (line, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (line, '\\');
      g_string_append_c (line, *p);
    }
  g_string_append_c (line, '"');
}

static const char *
pick_language (Sample *self)
{
  static const double weights[] = { 9, 6, 2.5, 1.5, 1, 1, 1, 1 };
  const char *const *languages = (const char *const *) sobre_workspace_get_settings (self->workspace)->languages;
  guint n = MIN (g_strv_length ((char **) languages), G_N_ELEMENTS (weights));

  return languages[sobre_dice_pick (&self->dice, weights, n)];
}

static char *
make_comment (Sample *self, const SobreSampleGuest *guest, const char *language)
{
  SobreSampleAspect lowest = SOBRE_SAMPLE_FOOD, highest = SOBRE_SAMPLE_FOOD;
  gboolean good;
  const char *about;

  for (SobreSampleAspect i = SOBRE_SAMPLE_FOOD; i < SOBRE_N_SAMPLE_ASPECTS; i++)
    {
      if (guest->moods[i] < guest->moods[lowest])
        lowest = i;
      if (guest->moods[i] > guest->moods[highest])
        highest = i;
    }
  good = !guest->waited && guest->moods[lowest] > 3.2;
  if (!sobre_dice_chance (&self->dice, good ? 0.18 : 0.5))
    return NULL;
  about = guest->waited ? "waiting" : sobre_sample_aspect_get_name (good ? highest : lowest);
  if (good && sobre_dice_chance (&self->dice, 0.2))
    about = "all";
  return sobre_phrases_pick (self->phrases, &self->dice, language, about, good);
}

/* A question of choices asks what went wrong: waiting is named by those who waited, and what is listed first more often than the rest. */
static const char *
pick_choice (Sample *self, const SobreSampleQuestion *question, const SobreSampleGuest *guest)
{
  guint n = g_strv_length (question->choices);

  for (guint i = 0; guest->waited && i < n; i++)
    {
      if (strstr (question->choices[i], "wait") != NULL)
        return question->choices[i];
    }
  return question->choices[(guint) (n * sobre_dice_unit (&self->dice) * (0.4 + 0.6 * sobre_dice_unit (&self->dice)))];
}

static gboolean
append_answer (Sample *self,
               GString *line,
               const SobreSampleQuestion *question,
               const SobreSampleGuest *guest,
               const char *language)
{
  g_autofree char *text = NULL;

  if (question->kind == SOBRE_ANSWER_TEXT)
    {
      text = make_comment (self, guest, language);
      if (text == NULL)
        return FALSE;
    }
  g_string_append (line, "{\"question\":");
  append_string (line, question->id);
  g_string_append_printf (line, ",\"kind\":\"%s\",", sobre_answer_kind_get_name (question->kind));
  switch (question->kind)
    {
    case SOBRE_ANSWER_NPS:
      g_string_append_printf (line, "\"score\":%d}", sobre_sample_make_nps (&self->dice, guest));
      break;
    case SOBRE_ANSWER_CHOICE:
      g_string_append (line, "\"choice\":");
      append_string (line, pick_choice (self, question, guest));
      g_string_append_c (line, '}');
      break;
    case SOBRE_ANSWER_TEXT:
      g_string_append (line, "\"text\":");
      append_string (line, text);
      g_string_append_c (line, '}');
      break;
    case SOBRE_ANSWER_STARS:
    case SOBRE_ANSWER_SMILEY:
    default:
      g_string_append_printf (line, "\"score\":%d}", sobre_sample_round_score (guest->moods[question->aspect], 1, 5));
      break;
    }
  return TRUE;
}

/* The first question is always answered, the later ones by fewer and fewer guests. @stars: what was said of dishes */
static void
append_answers (Sample *self, GString *line, const SobreSampleGuest *guest, const char *stars, const char *language)
{
  gboolean first = TRUE;

  g_string_append (line, ",\"answers\":[");
  for (guint i = 0; i < self->questions->len; i++)
    {
      gsize length = line->len;

      const SobreSampleQuestion *question = &g_array_index (self->questions, SobreSampleQuestion, i);

      if (question->dishes)
        continue;
      if (!sobre_sample_question_is_asked (question, self->questions, guest) ||
          (i > 0 && !sobre_dice_chance (&self->dice, 0.99 - 0.015 * i)))
        continue;
      if (!first)
        g_string_append_c (line, ',');
      if (append_answer (self, line, question, guest, language))
        first = FALSE;
      else
        g_string_truncate (line, length);
    }
  if (*stars != '\0')
    g_string_append_printf (line, "%s%s", first ? "" : ",", stars);
  g_string_append_c (line, ']');
}

/* The instant of a local time of day. Local noon finds the day's offset: no clock changes then. */
static gint64
find_instant (Sample *self, gint32 day, guint minute)
{
  gint64 noon = day * SOBRE_DAY_MS + SOBRE_DAY_MS / 2;
  gint64 offset = sobre_service_calendar_get_offset (sobre_workspace_get_calendar (self->workspace), noon);

  return day * SOBRE_DAY_MS + minute * MINUTE_MS - offset;
}

static SobreSampleLine *
make_answer (Sample *self, const SobreSampleDay *day, const SobreSampleGuest *guest)
{
  g_autoptr (GString) line = g_string_sized_new (BYTES_PER_ANSWER);
  SobreForm *form = sobre_workspace_get_form (self->workspace);
  gint64 submitted_at = find_instant (self, day->day, guest->minute) + sobre_dice_roll (&self->dice, MINUTE_MS);
  g_autoptr (SobreClock) clock = sobre_manual_clock_new (submitted_at);
  SobreId id = sobre_id_make_v7 (clock, self->dice.random);
  const char *language = pick_language (self);
  g_autofree char *comment = NULL;
  char id_text[SOBRE_ID_STRING_LENGTH + 1], submitted[SOBRE_TIME_STRING_LENGTH + 1], received[SOBRE_TIME_STRING_LENGTH + 1];
  SobreSampleLine *answer = g_new0 (SobreSampleLine, 1);
  g_autofree char *stars = NULL;

  answer->received_at = submitted_at + 60 + sobre_dice_roll (&self->dice, 400);
  if (sobre_dice_chance (&self->dice, 0.02))
    answer->received_at += sobre_dice_roll (&self->dice, 20 * MINUTE_MS);
  sobre_id_format (&id, id_text);
  sobre_time_format (submitted_at, submitted);
  sobre_time_format (answer->received_at, received);
  comment = make_comment (self, guest, language);

  g_string_append_printf (line, "{\"v\":1,\"id\":\"%s\",\"submitted_at\":\"%s\",\"received_at\":\"%s\"", id_text, submitted,
                          received);
  g_string_append_printf (line, ",\"store_id\":\"%s\",\"table_id\":\"%s\",\"verified\":%s",
                          sobre_table_get_store_id (guest->table), sobre_table_get_table_id (guest->table),
                          sobre_dice_chance (&self->dice, 0.985) ? "true" : "false");
  g_string_append_printf (line, ",\"form_id\":\"%s\",\"form_version\":%d,\"language\":\"%s\"", sobre_form_get_id (form),
                          sobre_form_get_version (form), language);
  stars =
      day->age < SOBRE_SAMPLE_VISIT_DAYS ? sobre_sample_visits_serve (self->visits, guest, submitted_at, TRUE) : g_strdup ("");
  append_answers (self, line, guest, stars, language);
  if (comment != NULL)
    {
      g_string_append (line, ",\"comment\":");
      append_string (line, comment);
    }
  g_string_append_printf (line, ",\"duration_ms\":%u,\"channel\":\"local\"}\n", 9000 + sobre_dice_roll (&self->dice, 70000));
  answer->line = g_string_free (g_steal_pointer (&line), FALSE);
  return answer;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const SobreSampleLine *one = *(const SobreSampleLine *const *) a, *other = *(const SobreSampleLine *const *) b;

  return (one->received_at > other->received_at) - (one->received_at < other->received_at);
}

/* Guests who look and eat and say nothing: @n others did. */
static void
serve_silent_guests (Sample *self, const SobreSampleDay *day, GPtrArray *tables, gboolean main_store, guint n)
{
  guint n_silent = sobre_sample_visits_count_silent (self->visits, n);

  for (guint i = 0; i < n_silent; i++)
    {
      SobreSampleGuest guest = sobre_sample_visits_make_guest (self->visits, day, tables, main_store);

      g_free (sobre_sample_visits_serve (self->visits, &guest, find_instant (self, day->day, guest.minute), FALSE));
    }
}

static void
add_store_answers (Sample *self, const SobreSampleDay *day, gboolean main_store, GPtrArray *answers)
{
  GPtrArray *tables = main_store ? self->main_tables : self->other_tables;
  guint n = tables->len > 0 ? sobre_sample_count_guests (&self->dice, day, main_store) : 0;

  for (guint i = 0; i < n; i++)
    {
      SobreSampleGuest guest = sobre_sample_make_guest (&self->dice, day, tables, main_store);

      g_ptr_array_add (answers, make_answer (self, day, &guest));
    }
  if (n > 0 && day->age < SOBRE_SAMPLE_VISIT_DAYS)
    serve_silent_guests (self, day, tables, main_store, n);
}

static GBytes *
pack (GPtrArray *lines, GError **error)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GConverter) gzip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, gzip);

  for (guint i = 0; i < lines->len; i++)
    {
      const SobreSampleLine *line = g_ptr_array_index (lines, i);

      if (!g_output_stream_write_all (stream, line->line, strlen (line->line), NULL, NULL, error))
        return NULL;
    }
  if (!g_output_stream_close (stream, NULL, error))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* One object of the lake. @random: names it */
static gboolean
put_lines (Sample *self, SobreDataset dataset, GPtrArray *lines, SobreRandom *random, GError **error)
{
  g_autoptr (SobreClock) clock = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) cause = NULL;
  g_autofree char *key = NULL;
  char date[SOBRE_DAY_STRING_LENGTH + 1], name[SOBRE_ID_STRING_LENGTH + 1];
  const SobreSampleLine *oldest;
  SobreId id;

  if (lines->len == 0)
    return TRUE;
  g_ptr_array_sort (lines, compare_lines);
  oldest = g_ptr_array_index (lines, 0);
  clock = sobre_manual_clock_new (oldest->received_at);
  id = sobre_id_make_v7 (clock, random);
  sobre_id_format (&id, name);
  sobre_day_format ((gint32) (oldest->received_at / SOBRE_DAY_MS), date);
  key = g_strdup_printf ("raw/%s/dt=%s/%s.json.gz", sobre_dataset_get_name (dataset), date, name);

  bytes = pack (lines, &cause);
  if (bytes != NULL && sobre_dir_lake_put (sobre_workspace_get_lake (self->workspace), key, bytes, &cause))
    return TRUE;
  g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_FAILED, "%s/%s: %s", SOBRE_LAKE_FOLDER, key, cause->message);
  return FALSE;
}

static gboolean
write_day (Sample *self, const SobreSampleDay *day, GError **error)
{
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (sobre_sample_line_free);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) orders = NULL;
  SobreRandom *random = sobre_sample_visits_get_random (self->visits);

  add_store_answers (self, day, TRUE, answers);
  add_store_answers (self, day, FALSE, answers);
  events = sobre_sample_visits_take (self->visits, SOBRE_DATASET_EVENTS);
  orders = sobre_sample_visits_take (self->visits, SOBRE_DATASET_ORDERS);
  return put_lines (self, SOBRE_DATASET_RESPONSES, answers, self->dice.random, error) &&
         put_lines (self, SOBRE_DATASET_EVENTS, events, random, error) &&
         put_lines (self, SOBRE_DATASET_ORDERS, orders, random, error);
}

gboolean
sobre_sample_write_answers (SobreWorkspace *workspace, SobreClock *clock, GError **error)
{
  g_autoptr (Sample) self = sample_new (workspace, clock, error);

  if (self == NULL)
    return FALSE;
  for (guint age = SOBRE_SAMPLE_DAYS; age > 0; age--)
    {
      SobreSampleDay day = { .day = self->last_day - (gint32) (age - 1), .age = age - 1 };

      day.incident = day.day == self->bad_day;
      if (!write_day (self, &day, error))
        return FALSE;
    }
  return TRUE;
}
