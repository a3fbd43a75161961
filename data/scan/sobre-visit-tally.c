/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scan/sobre-visit-tally-private.h"

#include <string.h>

#include "model/sobre-time.h"

SobreVisitTally *
sobre_visit_tally_new (SobreCacheReader *reader, SobreTally *filter, const SobreVisitQuery *query)
{
  SobreVisitTally *self = g_new0 (SobreVisitTally, 1);
  SobreDictionary *dictionary = sobre_cache_reader_peek_dictionary (reader);

  self->filter = filter;
  self->question.any = query->question == NULL;
  if (query->question != NULL)
    self->question.code = sobre_dictionary_find (dictionary, SOBRE_DICTIONARY_QUESTION, sobre_text (query->question));
  self->texts = g_string_chunk_new (1 << 16);
  self->visits = g_hash_table_new (g_str_hash, g_str_equal);
  self->marks = g_array_new (FALSE, TRUE, sizeof (guint32));
  self->hours_open = g_array_new (FALSE, TRUE, sizeof (guint32));
  self->questions = g_hash_table_new (g_str_hash, g_str_equal);
  self->question_names = g_ptr_array_new ();
  self->question_visits = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->dishes = g_hash_table_new (g_str_hash, g_str_equal);
  self->dish_names = g_ptr_array_new ();
  self->dish_visits = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->dish_tallies = g_array_new (FALSE, TRUE, sizeof (SobreVisitDish));
  self->slots = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return self;
}

void
sobre_visit_tally_free (SobreVisitTally *self)
{
  g_string_chunk_free (self->texts);
  g_hash_table_unref (self->visits);
  g_array_unref (self->marks);
  g_array_unref (self->hours_open);
  g_hash_table_unref (self->questions);
  g_ptr_array_unref (self->question_names);
  g_array_unref (self->question_visits);
  g_hash_table_unref (self->dishes);
  g_ptr_array_unref (self->dish_names);
  g_array_unref (self->dish_visits);
  g_array_unref (self->dish_tallies);
  g_hash_table_unref (self->slots);
  g_free (self);
}

/* The number of a text from 1; @names gets it when it is new. No record holds NUL, and none a longer target. */
static guint
number_text (SobreVisitTally *self, GHashTable *numbers, GPtrArray *names, SobreText text)
{
  char key[SOBRE_VISIT_MAX_TEXT + 1];
  gsize length = MIN (text.length, SOBRE_VISIT_MAX_TEXT);
  guint number;

  memcpy (key, text.data, length);
  key[length] = '\0';
  number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, key));
  if (number == 0)
    {
      char *kept = g_string_chunk_insert (self->texts, key);

      number = g_hash_table_size (numbers) + 1;
      g_hash_table_insert (numbers, kept, GUINT_TO_POINTER (number));
      if (names != NULL)
        g_ptr_array_add (names, kept);
    }
  return number;
}

static guint
need_dish_number (SobreVisitTally *self, SobreText item)
{
  guint number = number_text (self, self->dishes, self->dish_names, item);

  if (number > self->dish_tallies->len)
    g_array_set_size (self->dish_tallies, number);
  return number;
}

SobreVisitDish *
sobre_visit_tally_need_dish (SobreVisitTally *self, SobreText item)
{
  guint number = need_dish_number (self, item); /* the array may move */

  return &g_array_index (self->dish_tallies, SobreVisitDish, number - 1);
}

SobreVisitSlot *
sobre_visit_tally_need_slot (SobreVisitTally *self, guint32 store, gint32 day, guint hour)
{
  gint64 key = (gint64) store << 32 | (gint64) (guint32) (day - self->filter->from) << 5 | hour;
  SobreVisitSlot *slot = g_hash_table_lookup (self->slots, &key);

  if (slot == NULL)
    {
      slot = g_new0 (SobreVisitSlot, 1);
      g_hash_table_insert (self->slots, g_memdup2 (&key, sizeof key), slot);
    }
  return slot;
}

/** Place: where and when a row of events or orders counts. */
typedef struct
{
  gint32 day;
  gint32 hour;
  guint32 store;
  guint32 table;
} Place;

/* The first four columns of both scans. */
#define PLACE_COLUMNS SOBRE_COLUMN_SERVICE_DAY, SOBRE_COLUMN_LOCAL_HOUR, SOBRE_COLUMN_STORE_ID, SOBRE_COLUMN_TABLE_ID
#define N_PLACE_COLUMNS 4

static gboolean
choose_row (const SobreTally *filter, const SobreScanBatch *batch, guint row, Place *place)
{
  place->day = (gint32) ((const gint64 *) batch->columns[0].values)[row];
  place->hour = (gint32) ((const gint64 *) batch->columns[1].values)[row];
  place->store = ((const guint32 *) batch->columns[2].values)[row];
  place->table = ((const guint32 *) batch->columns[3].values)[row];
  return place->day >= filter->from && place->day <= filter->to && place->hour >= 0 && place->hour < 24 &&
         sobre_tally_code_matches (filter->store, place->store) && sobre_tally_code_matches (filter->table, place->table) &&
         (filter->hour < 0 || filter->hour == place->hour) &&
         (filter->weekday < 0 || filter->weekday == sobre_day_get_weekday (place->day));
}

/* @dictionary: of the column's codes */
static SobreText
get_coded (const SobreScanBatch *batch, guint column, guint row, const SobreText *dictionary)
{
  return dictionary[((const guint32 *) batch->columns[column].values)[row]];
}

static const SobreText *
get_dictionary (SobreCacheReader *reader, SobreScanColumn column)
{
  guint n;

  return sobre_cache_reader_get_dictionary (reader, column, &n);
}

static gboolean
is_text (SobreText text, const char *other)
{
  return text.data != NULL && strlen (other) == text.length && memcmp (text.data, other, text.length) == 0;
}

/** The step that an event is; -1 for none. */
static int
find_step (SobreText page, SobreText action)
{
  static const struct
  {
    const char *page;
    const char *action;
  } steps[] = {
    [SOBRE_VISIT_MENU_OPENED] = { "menu", "open" },          [SOBRE_VISIT_DISH_LOOKED_AT] = { "menu", "item" },
    [SOBRE_VISIT_FORM_OPENED] = { "form", "open" },          [SOBRE_VISIT_FORM_BEGUN] = { "form", "start" },
    [SOBRE_VISIT_QUESTION_REACHED] = { "form", "question" }, [SOBRE_VISIT_ANSWER_SENT] = { "form", "submit" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (is_text (page, steps[i].page) && is_text (action, steps[i].action))
        return (int) i;
    }
  return -1;
}

enum
{
  EVENT_VISIT = N_PLACE_COLUMNS,
  EVENT_PAGE,
  EVENT_ACTION,
  EVENT_TARGET,
};

/** Event: what is counted of one. */
typedef struct
{
  SobreText visit;
  SobreText page;
  SobreText action;
  SobreText target;
} Event;

static void
feed_event (SobreVisitTally *self, const Event *event, const Place *place)
{
  int step = find_step (event->page, event->action);
  SobreText target = event->target;
  guint visit = number_text (self, self->visits, NULL, event->visit);
  guint64 pair = visit;

  if (visit > self->marks->len)
    {
      g_array_set_size (self->marks, visit);
      g_array_set_size (self->hours_open, visit);
    }
  if (step < 0)
    return;
  g_array_index (self->marks, guint32, visit - 1) |= 1u << step;
  if (step == SOBRE_VISIT_MENU_OPENED || step == SOBRE_VISIT_FORM_OPENED)
    {
      g_array_index (self->hours_open, guint32, visit - 1) |= 1u << place->hour;
      (*(step == SOBRE_VISIT_MENU_OPENED ? &self->hours[place->hour].menus : &self->hours[place->hour].forms))++;
    }
  if (target.data == NULL)
    return;
  if (step == SOBRE_VISIT_QUESTION_REACHED)
    {
      pair |= (guint64) number_text (self, self->questions, self->question_names, target) << 32;
      g_array_append_val (self->question_visits, pair);
    }
  else if (step == SOBRE_VISIT_DISH_LOOKED_AT)
    {
      pair |= (guint64) need_dish_number (self, target) << 32;
      g_array_append_val (self->dish_visits, pair);
    }
}

gboolean
sobre_visit_tally_feed_events (SobreVisitTally *self, SobreCacheReader *reader, GError **error)
{
  static const SobreScanColumn columns[] = { PLACE_COLUMNS, SOBRE_COLUMN_VISIT, SOBRE_COLUMN_PAGE, SOBRE_COLUMN_ACTION,
                                             SOBRE_COLUMN_TARGET };
  g_autoptr (SobreScan) scan = sobre_scan_new (reader, SOBRE_TABLE_EVENTS, columns, G_N_ELEMENTS (columns), self->filter->from,
                                               self->filter->to, 0, 1, error);
  const SobreText *pages, *actions, *targets;
  g_autoptr (GError) cause = NULL;
  SobreScanBatch batch;
  Place place;

  if (scan == NULL)
    return FALSE;
  pages = get_dictionary (reader, SOBRE_COLUMN_PAGE);
  actions = get_dictionary (reader, SOBRE_COLUMN_ACTION);
  targets = get_dictionary (reader, SOBRE_COLUMN_TARGET);
  while (sobre_scan_next (scan, &batch, &cause))
    {
      for (guint row = 0; row < batch.n_rows; row++)
        {
          const Event event = { ((const SobreText *) batch.columns[EVENT_VISIT].values)[row],
                                get_coded (&batch, EVENT_PAGE, row, pages), get_coded (&batch, EVENT_ACTION, row, actions),
                                get_coded (&batch, EVENT_TARGET, row, targets) };

          if (choose_row (self->filter, &batch, row, &place))
            feed_event (self, &event, &place);
        }
    }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

gboolean
sobre_visit_tally_feed_orders (SobreVisitTally *self, SobreCacheReader *reader, GError **error)
{
  static const SobreScanColumn columns[] = { PLACE_COLUMNS, SOBRE_COLUMN_ITEM_ID, SOBRE_COLUMN_QUANTITY };
  g_autoptr (SobreScan) scan = sobre_scan_new (reader, SOBRE_TABLE_ORDERS, columns, G_N_ELEMENTS (columns), self->filter->from,
                                               self->filter->to, 0, 1, error);
  const SobreText *items;
  g_autoptr (GError) cause = NULL;
  SobreScanBatch batch;
  Place place;

  if (scan == NULL)
    return FALSE;
  items = get_dictionary (reader, SOBRE_COLUMN_ITEM_ID);
  while (sobre_scan_next (scan, &batch, &cause))
    {
      for (guint row = 0; row < batch.n_rows; row++)
        {
          SobreText item = get_coded (&batch, N_PLACE_COLUMNS, row, items);

          if (!choose_row (self->filter, &batch, row, &place))
            continue;
          self->n_lines++;
          self->hours[place.hour].lines++;
          sobre_visit_tally_need_slot (self, place.store, place.day, (guint) place.hour)->lines++;
          if (item.data != NULL)
            sobre_visit_tally_need_dish (self, item)->sold += ((const gint64 *) batch.columns[N_PLACE_COLUMNS + 1].values)[row];
        }
    }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}
