/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "visits-fixture.h"

#include "model/sobre-time.h"

#define N_RESPONSES 300
#define N_EVENTS 1500
#define N_VISITS 90
#define HOUR_MS G_GINT64_CONSTANT (3600000)

static const char *const stores[] = { "centro", "playa", "2" };
static const char *const tables[] = { "t1", "t2", "t10", NULL };
static const char *const items[] = { "m1", "m2", "cake", "O'Brien", NULL };
const char *const visits_questions[] = { "food", "service", "recommend", NULL };

#define PICK(random, texts) ((texts)[g_rand_int_range ((random), 0, G_N_ELEMENTS (texts))])

static void
append_member (GString *line, const char *name, const char *text)
{
  if (text != NULL)
    g_string_append_printf (line, ",\"%s\":\"%s\"", name, text);
}

static void
append_time (GString *line, const char *name, gint64 time)
{
  char text[SOBRE_TIME_STRING_LENGTH + 1];

  sobre_time_format (time, text);
  append_member (line, name, text);
}

static void
begin_line (GRand *random, const Row *row, GString *line)
{
  SobreId id = made_id (random, row->at);
  char text[SOBRE_ID_STRING_LENGTH + 1];

  sobre_id_format (&id, text);
  g_string_append_printf (line, "{\"v\":1,\"id\":\"%s\"", text);
  append_time (line, "at", row->at);
  append_member (line, "store_id", row->store);
  append_member (line, "table_id", row->table);
}

static void
place (GRand *random, Row *row)
{
  MadeResponse like;

  row->at = (VISITS_FIRST_DAY + g_rand_int_range (random, 0, VISITS_N_DAYS)) * SOBRE_DAY_MS +
            g_rand_int_range (random, 0, 24) * HOUR_MS + g_rand_int_range (random, -1, 2);
  row->received_at = row->at + g_rand_int_range (random, 0, 5000);
  row->store = PICK (random, stores);
  row->table = PICK (random, tables);
  like = (MadeResponse) { .submitted_at = row->at, .received_at = row->received_at };
  cache_fixture_locate (&like, &row->day, &row->hour);
}

/* A phone's clock that is half a year ahead: the event counts when it came. */
static void
spoil_clock (Row *row)
{
  MadeResponse like = { .submitted_at = row->at + 180 * SOBRE_DAY_MS, .received_at = row->received_at };

  row->at = like.submitted_at;
  cache_fixture_locate (&like, &row->day, &row->hour);
}

static GArray *
send_events (CacheFixture *fixture)
{
  static const char *const pages[] = { "menu", "form" };
  static const char *const actions[] = { "open", "item", "language", "start", "question", "submit", "leave" };
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < N_EVENTS; i++)
    {
      Row row = { 0 };

      place (fixture->random, &row);
      if (g_rand_int_range (fixture->random, 0, 20) == 0)
        spoil_clock (&row);
      row.page = PICK (fixture->random, pages);
      row.action = PICK (fixture->random, actions);
      row.target =
          g_str_equal (row.action, "question") ? PICK (fixture->random, visits_questions) : PICK (fixture->random, items);
      g_snprintf (row.visit, sizeof row.visit, "v%d", g_rand_int_range (fixture->random, 0, N_VISITS));
      begin_line (fixture->random, &row, lines);
      append_time (lines, "received_at", row.received_at);
      append_member (lines, "visit", row.visit);
      append_member (lines, "page", row.page);
      append_member (lines, "action", row.action);
      append_member (lines, "target", row.target);
      g_string_append (lines, "}\n");
      g_array_append_val (rows, row);
    }
  cache_fixture_write (fixture, SOBRE_DATASET_EVENTS, VISITS_FIRST_DAY, lines->str);
  return rows;
}

void
visits_send_submit (CacheFixture *fixture, const char *visit)
{
  g_autoptr (GString) line = g_string_new (NULL);
  Row row = { 0 };

  place (fixture->random, &row);
  begin_line (fixture->random, &row, line);
  append_time (line, "received_at", row.received_at);
  append_member (line, "visit", visit);
  g_string_append (line, ",\"page\":\"form\",\"action\":\"submit\"}\n");
  cache_fixture_write (fixture, SOBRE_DATASET_EVENTS, VISITS_FIRST_DAY, line->str);
}

static GArray *
send_orders (CacheFixture *fixture)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < VISITS_N_ORDERS; i++)
    {
      Row row = { 0 };

      place (fixture->random, &row);
      row.received_at = row.at;
      row.target = PICK (fixture->random, items);
      row.quantity = g_rand_int_range (fixture->random, -1, 4);
      begin_line (fixture->random, &row, lines);
      append_member (lines, "item_id", row.target);
      g_string_append_printf (lines, ",\"item\":\"x\",\"quantity\":%d,\"amount\":1.5,\"currency\":\"EUR\"}\n", row.quantity);
      g_array_append_val (rows, row);
    }
  cache_fixture_write (fixture, SOBRE_DATASET_ORDERS, VISITS_FIRST_DAY, lines->str);
  return rows;
}

static GArray *
send_responses (CacheFixture *fixture)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Answered));
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < N_RESPONSES; i++)
    {
      Answered row = { .response = made_response (fixture->random, VISITS_FIRST_DAY) };

      row.response.dt = VISITS_FIRST_DAY;
      cache_fixture_locate (&row.response, &row.day, &row.hour);
      made_response_append_line (&row.response, lines);
      g_array_append_val (rows, row);
    }
  cache_fixture_write (fixture, SOBRE_DATASET_RESPONSES, VISITS_FIRST_DAY, lines->str);
  return rows;
}

Sent
visits_send (CacheFixture *fixture)
{
  return (Sent) { send_events (fixture), send_orders (fixture), send_responses (fixture) };
}

void
sent_clear (Sent *self)
{
  g_array_unref (self->events);
  g_array_unref (self->orders);
  g_array_unref (self->responses);
}
