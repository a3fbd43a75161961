/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "records-fixture.h"

#include <math.h>
#include <string.h>

#include "model/sobre-time.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)

static const char *const STORES[] = { "centro", "playa", "10", "2" };
static const char *const TABLES[] = { "t1", "t2", "t10", "Terraza 1" };
static const char *const FORMS[] = { "main", "short" };
static const char *const LANGUAGES[] = { "es", "en", "ar" };
static const char *const DISHES[] = { "flan", "paella", "" };
static const char *const ITEMS[] = { "m1", "m2" };
static const char *const WORDS[] = { "más pan", "fast \"and\" loud", "", "\\ back\nnew line" };
static const char *const COMMENTS[] = {
  "Muy rico", "muy rico", "slow", "الطعام لذيذ", "a\tb", "", "Zum Glück satt", "cold soup"
};

#define PICK(random, array) ((array)[g_rand_int_range ((random), 0, (gint32) G_N_ELEMENTS (array))])

static gboolean throw (GRand * random, guint per_cent) { return g_rand_int_range (random, 0, 100) < (gint32) per_cent; }

SobreId
made_id (GRand *random, gint64 time_ms)
{
  static const guint8 versions[] = { 0x70, 0x70, 0x70, 0x80, 0x40 };
  SobreId id;
  guint8 version = PICK (random, versions);

  for (guint i = 0; i < sizeof id.bytes; i++)
    id.bytes[i] = (guint8) g_rand_int (random);
  for (guint i = 0; i < 6 && version != 0x40; i++)
    id.bytes[i] = (guint8) (time_ms >> (40 - 8 * i));
  id.bytes[6] = (id.bytes[6] & 0x0F) | version;
  id.bytes[8] = (id.bytes[8] & 0x3F) | 0x80;
  if (throw (random, 60))
    id.bytes[14] = id.bytes[15] = 7;
  return id;
}

static MadeAnswer
make_answer (GRand *random, guint place)
{
  static const char *const questions[] = { "food", "service", "recommend", "place", "dish", "wish" };
  static const SobreAnswerKind kinds[] = { SOBRE_ANSWER_STARS,  SOBRE_ANSWER_STARS,  SOBRE_ANSWER_NPS,
                                           SOBRE_ANSWER_SMILEY, SOBRE_ANSWER_CHOICE, SOBRE_ANSWER_TEXT };
  MadeAnswer answer = { .question = questions[place], .kind = kinds[place], .score = NAN };

  if (answer.kind == SOBRE_ANSWER_NPS)
    answer.score = g_rand_int_range (random, 0, 11);
  else if (answer.kind == SOBRE_ANSWER_CHOICE)
    answer.choice = PICK (random, DISHES);
  else if (answer.kind == SOBRE_ANSWER_TEXT)
    answer.text = PICK (random, WORDS);
  else
    answer.score = throw (random, 10) ? g_rand_int_range (random, 10, 50) / 10.0 : g_rand_int_range (random, 1, 6);
  if (throw (random, 20))
    answer.item = PICK (random, ITEMS);
  return answer;
}

/* Most are sent at once, some from a phone whose clock is wrong, some late. */
static gint64
make_received_at (GRand *random, gint64 submitted_at)
{
  static const gint64 lags[] = { 0, 80, 1500, 47 * HOUR_MS, 31 * 24 * HOUR_MS, -4 * 60000, -6 * 60000, -400 * 24 * HOUR_MS };

  return submitted_at + (throw (random, 70) ? g_rand_int_range (random, 0, 3) : PICK (random, lags));
}

MadeResponse
made_response (GRand *random, gint32 first_day)
{
  MadeResponse self = { 0 };
  gint32 day = first_day + g_rand_int_range (random, 0, 20);

  /* Whole hours and a few milliseconds: equal times are common, and so are the edges of days and hours. */
  self.submitted_at = day * SOBRE_DAY_MS + g_rand_int_range (random, 0, 24) * HOUR_MS + g_rand_int_range (random, -1, 3);
  self.id = made_id (random, self.submitted_at - self.submitted_at % HOUR_MS);
  self.received_at = make_received_at (random, self.submitted_at);
  self.duration_ms = throw (random, 20) ? -1 : g_rand_int_range (random, 0, 4);
  self.dt = first_day + g_rand_int_range (random, 0, 20);
  self.store = PICK (random, STORES);
  self.table = PICK (random, TABLES);
  self.form = PICK (random, FORMS);
  self.form_version = g_rand_int_range (random, 0, 3);
  self.language = PICK (random, LANGUAGES);
  self.verified = throw (random, 85);
  self.channel = (SobreChannel) g_rand_int_range (random, 0, 4);
  self.comment = throw (random, 50) ? PICK (random, COMMENTS) : NULL;
  for (guint place = 0; place < MADE_MAX_ANSWERS; place++)
    {
      if (throw (random, 60))
        self.answers[self.n_answers++] = make_answer (random, place);
    }
  return self;
}

MadeResponse
made_response_vary (GRand *random, const MadeResponse *from)
{
  MadeResponse self = *from;

  switch (g_rand_int_range (random, 0, 9))
    {
    case 0:
      break;
    case 1:
    case 2:
      self.received_at += g_rand_int_range (random, -2, 3);
      break;
    case 3:
      self.submitted_at += g_rand_int_range (random, -1, 2);
      break;
    case 4:
      self.duration_ms = g_rand_int_range (random, -1, 3);
      break;
    case 5:
    case 6:
      self.comment = throw (random, 70) ? PICK (random, COMMENTS) : NULL;
      break;
    case 7:
      self.dt += g_rand_int_range (random, -1, 2);
      break;
    default:
      self.table = PICK (random, TABLES);
      if (self.n_answers > 0)
        self.answers[0] = make_answer (random, (guint) g_rand_int_range (random, 0, MADE_MAX_ANSWERS));
      self.n_answers = MIN (self.n_answers, 1);
      break;
    }
  return self;
}

static void
append_text (GString *line, const char *name, const char *text)
{
  if (text == NULL)
    return;
  g_string_append_printf (line, ",\"%s\":\"", name);
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_printf (line, "\\%c", *c);
      else if ((guchar) *c < 0x20)
        g_string_append_printf (line, "\\u%04x", (guint) *c);
      else
        g_string_append_c (line, *c);
    }
  g_string_append_c (line, '"');
}

static void
append_time (GString *line, const char *name, gint64 time_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (time_ms / 1000);
  g_autofree char *text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");

  g_string_append_printf (line, ",\"%s\":\"%s.%03dZ\"", name, text, (int) (time_ms % 1000));
}

static void
append_number (GString *line, const char *name, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isnan (number))
    g_string_append_printf (line, ",\"%s\":%s", name, g_ascii_dtostr (text, sizeof text, number));
}

static void
append_head (GString *line, const SobreId *id)
{
  char text[SOBRE_ID_STRING_LENGTH + 1];

  sobre_id_format (id, text);
  g_string_append_printf (line, "{\"v\":1,\"id\":\"%s\"", text);
}

void
made_response_append_line (const MadeResponse *self, GString *lines)
{
  append_head (lines, &self->id);
  append_time (lines, "submitted_at", self->submitted_at);
  append_time (lines, "received_at", self->received_at);
  append_text (lines, "store_id", self->store);
  append_text (lines, "table_id", self->table);
  g_string_append_printf (lines, ",\"verified\":%s", self->verified ? "true" : "false");
  append_text (lines, "form_id", self->form);
  append_number (lines, "form_version", self->form_version);
  append_text (lines, "language", self->language);
  g_string_append (lines, ",\"answers\":[");
  for (guint i = 0; i < self->n_answers; i++)
    {
      const MadeAnswer *answer = &self->answers[i];

      g_string_append_printf (lines, "%s{\"question\":\"%s\"", i > 0 ? "," : "", answer->question);
      append_text (lines, "kind", sobre_answer_kind_get_name (answer->kind));
      append_number (lines, "score", answer->score);
      append_text (lines, "choice", answer->choice);
      append_text (lines, "text", answer->text);
      append_text (lines, "item", answer->item);
      g_string_append_c (lines, '}');
    }
  g_string_append_c (lines, ']');
  append_text (lines, "comment", self->comment);
  if (self->duration_ms >= 0)
    append_number (lines, "duration_ms", (double) self->duration_ms);
  append_text (lines, "channel", sobre_channel_get_name (self->channel));
  g_string_append (lines, "}\n");
}

static int
compare_answers (gconstpointer a, gconstpointer b)
{
  return strcmp (((const MadeAnswer *) a)->question, ((const MadeAnswer *) b)->question);
}

static void
describe_text (GString *text, const char *value)
{
  if (value != NULL)
    g_string_append_printf (text, "%zu:%s|", strlen (value), value);
  else
    g_string_append (text, "-|");
}

char *
made_response_describe (const MadeResponse *self)
{
  MadeResponse sorted = *self;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT "|%d|%d|%d|%d|",
                          self->submitted_at, self->received_at, self->duration_ms, self->dt, self->form_version,
                          self->verified ? 1 : 0, (int) self->channel);
  describe_text (text, self->store);
  describe_text (text, self->table);
  describe_text (text, self->form);
  describe_text (text, self->language);
  describe_text (text, self->comment);
  qsort (sorted.answers, sorted.n_answers, sizeof *sorted.answers, compare_answers);
  for (guint i = 0; i < sorted.n_answers; i++)
    {
      const MadeAnswer *answer = &sorted.answers[i];

      g_string_append_printf (text, "\n%s %d %.6f ", answer->question, (int) answer->kind,
                              isnan (answer->score) ? -1 : answer->score);
      describe_text (text, answer->choice);
      describe_text (text, answer->text);
      describe_text (text, answer->item);
    }
  return g_string_free (text, FALSE);
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

int
made_response_compare (const MadeResponse *a, const MadeResponse *b)
{
  const gint64 orders[] = {
    compare_numbers (a->received_at, b->received_at),
    compare_numbers (a->submitted_at, b->submitted_at),
    /* Absent ones come last. */
    compare_numbers (a->duration_ms < 0 ? G_MAXINT64 : a->duration_ms, b->duration_ms < 0 ? G_MAXINT64 : b->duration_ms),
    (a->comment == NULL) - (b->comment == NULL),
    a->comment != NULL && b->comment != NULL ? strcmp (a->comment, b->comment) : 0,
    compare_numbers (a->dt, b->dt),
  };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      if (orders[i] != 0)
        return (int) CLAMP (orders[i], -1, 1);
    }
  return 0;
}

static SobreId
pick_pooled_id (GRand *random, guint8 pool)
{
  SobreId id = { { 0x01, 0x90, 0, 0, 0, pool, 0x70 } };

  id.bytes[8] = 0x80;
  id.bytes[15] = (guint8) g_rand_int_range (random, 0, 40);
  return id;
}

void
made_event_append_line (GRand *random, gint32 first_day, GString *lines)
{
  static const char *const pages[] = { "menu", "form" };
  static const char *const actions[] = { "open", "item", "submit" };
  SobreId id = pick_pooled_id (random, 1);
  gint64 at = first_day * SOBRE_DAY_MS + g_rand_int_range (random, 0, 2) * HOUR_MS;

  append_head (lines, &id);
  append_time (lines, "at", at);
  append_time (lines, "received_at", at + g_rand_int_range (random, 0, 2));
  append_text (lines, "visit", PICK (random, WORDS)[0] != '\0' ? "v1" : "v2");
  append_text (lines, "store_id", PICK (random, STORES));
  append_text (lines, "table_id", throw (random, 70) ? PICK (random, TABLES) : NULL);
  append_text (lines, "page", PICK (random, pages));
  append_text (lines, "action", PICK (random, actions));
  append_text (lines, "target", throw (random, 50) ? PICK (random, ITEMS) : NULL);
  if (throw (random, 50))
    append_number (lines, "ms", g_rand_int_range (random, 0, 3));
  g_string_append (lines, "}\n");
}

void
made_order_append_line (GRand *random, gint32 first_day, GString *lines)
{
  SobreId id = pick_pooled_id (random, 2);

  append_head (lines, &id);
  append_time (lines, "at", first_day * SOBRE_DAY_MS + g_rand_int_range (random, 0, 2) * HOUR_MS);
  append_text (lines, "store_id", PICK (random, STORES));
  append_text (lines, "table_id", throw (random, 70) ? PICK (random, TABLES) : NULL);
  append_text (lines, "item_id", throw (random, 50) ? PICK (random, ITEMS) : NULL);
  append_text (lines, "item", throw (random, 50) ? "Flan" : "Paella");
  append_number (lines, "quantity", g_rand_int_range (random, -1, 3));
  append_number (lines, "amount", g_rand_int_range (random, 0, 5) * 0.5);
  append_text (lines, "currency", "EUR");
  g_string_append (lines, "}\n");
}

void
made_bad_append_line (GRand *random, GString *lines)
{
  static const char *const bad[] = { "{\"v\":1", "no JSON", "[]", "{}", "{\"v\":1,\"id\":\"x\"}", "[[[[" };

  g_string_append (lines, PICK (random, bad));
  g_string_append_c (lines, '\n');
}
