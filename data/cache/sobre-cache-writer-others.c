/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Events and orders: plain rows of their tables, and sheets made of those (sobre-cache-writer-sheets.c). Of two copies of one id the smaller (received_at, at, dt, body) counts for events, (at, dt,
 * body) for orders, where body is a hash over all the rest; so it does not matter which one comes first. */

#include "cache/sobre-cache-writer-private.h"
#include "model/sobre-hash.h"

static void
bind_code (SobreCacheWriter *self, SobreWriterStatement which, int parameter, SobreDictionaryKind kind, SobreText text)
{
  sqlite3_bind_int64 (sobre_writer_statement (self, which), parameter, sobre_dictionary_intern (self->dictionary, kind, text));
}

static guint32
hash_event (const SobreEvent *event)
{
  const SobreText texts[] = { event->visit, event->store_id, event->table_id, event->page, event->action, event->target };
  guint64 state = sobre_hash_bytes (0, &event->ms, sizeof event->ms);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    state = sobre_hash_text (state, texts[i]);
  return sobre_hash_finish (state);
}

/* Returns: the service day */
static gint32
bind_event (SobreCacheWriter *self, SobreWriterStatement which, const SobreEvent *event, gint32 dt)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, which);
  gint64 instant = sobre_service_calendar_clamp (event->at, event->received_at);
  SobreServiceTime time = sobre_service_calendar_locate (self->calendar, instant);
  const gint64 numbers[] = { event->at, event->received_at, dt, time.day, time.hour };

  sqlite3_bind_blob (statement, 1, event->id.bytes, sizeof event->id.bytes, SQLITE_STATIC);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    sqlite3_bind_int64 (statement, (int) i + 2, numbers[i]);
  sqlite3_bind_text (statement, 7, event->visit.data, (int) event->visit.length, SQLITE_STATIC);
  bind_code (self, which, 8, SOBRE_DICTIONARY_STORE, event->store_id);
  bind_code (self, which, 9, SOBRE_DICTIONARY_TABLE, event->table_id);
  bind_code (self, which, 10, SOBRE_DICTIONARY_PAGE, event->page);
  bind_code (self, which, 11, SOBRE_DICTIONARY_ACTION, event->action);
  bind_code (self, which, 12, SOBRE_DICTIONARY_TARGET, event->target);
  if (event->ms < 0)
    sqlite3_bind_null (statement, 13);
  else
    sqlite3_bind_int64 (statement, 13, event->ms);
  sqlite3_bind_int64 (statement, 14, hash_event (event));
  return time.day;
}

static guint32
hash_order (const SobreOrder *order)
{
  const SobreText texts[] = { order->store_id, order->table_id, order->item_id, order->item, order->currency };
  guint64 state = sobre_hash_bytes (0, &order->quantity, sizeof order->quantity);

  state = sobre_hash_bytes (state, &order->amount, sizeof order->amount);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    state = sobre_hash_text (state, texts[i]);
  return sobre_hash_finish (state);
}

/* Returns: the service day */
static gint32
bind_order (SobreCacheWriter *self, SobreWriterStatement which, const SobreOrder *order, gint32 dt)
{
  sqlite3_stmt *statement = sobre_writer_statement (self, which);
  SobreServiceTime time = sobre_service_calendar_locate (self->calendar, order->at);
  const gint64 numbers[] = { order->at, dt, time.day, time.hour };

  sqlite3_bind_blob (statement, 1, order->id.bytes, sizeof order->id.bytes, SQLITE_STATIC);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    sqlite3_bind_int64 (statement, (int) i + 2, numbers[i]);
  bind_code (self, which, 6, SOBRE_DICTIONARY_STORE, order->store_id);
  bind_code (self, which, 7, SOBRE_DICTIONARY_TABLE, order->table_id);
  bind_code (self, which, 8, SOBRE_DICTIONARY_ITEM, order->item_id);
  bind_code (self, which, 9, SOBRE_DICTIONARY_ITEM, order->item);
  sqlite3_bind_int64 (statement, 10, order->quantity);
  sqlite3_bind_double (statement, 11, order->amount);
  bind_code (self, which, 12, SOBRE_DICTIONARY_CURRENCY, order->currency);
  sqlite3_bind_int64 (statement, 13, hash_order (order));
  return time.day;
}

/* Runs the statement that adds; @added tells whether the id was new. */
static gboolean
add (SobreCacheWriter *self, SobreWriterStatement which, gboolean *added, GError **error)
{
  if (!sobre_cache_db_run (sobre_writer_statement (self, which), error))
    return FALSE;
  *added = sqlite3_changes64 (self->db) > 0;
  *(*added ? &self->tally.rows : &self->tally.duplicates) += 1;
  self->n_pending++;
  return TRUE;
}

/* Runs the statement that replaces the copy that is there by one of @day, if that one counts. */
static gboolean
replace (SobreCacheWriter *self,
         SobreWriterStatement which,
         SobreSheetTable table,
         const SobreId *id,
         gint32 day,
         GError **error)
{
  sqlite3_stmt *find =
      sobre_writer_statement (self, table == SOBRE_SHEET_EVENTS ? SOBRE_WRITER_FIND_EVENT : SOBRE_WRITER_FIND_PURCHASE);
  gint32 old_day;
  gboolean found;

  sqlite3_bind_blob (find, 1, id->bytes, sizeof id->bytes, SQLITE_STATIC);
  if (!sobre_cache_db_step (find, &found, error))
    return FALSE;
  old_day = (gint32) sqlite3_column_int64 (find, 0);
  sqlite3_reset (find);
  if (!sobre_cache_db_run (sobre_writer_statement (self, which), error))
    return FALSE;
  if (sqlite3_changes64 (self->db) == 0)
    return TRUE;
  sobre_writer_touch_day (self, table, old_day);
  sobre_writer_touch_day (self, table, day);
  return TRUE;
}

gboolean
sobre_cache_writer_take_event (SobreCacheWriter *self, const SobreEvent *event, gint32 dt, GError **error)
{
  gint32 day = bind_event (self, SOBRE_WRITER_ADD_EVENT, event, dt);
  gboolean added;

  if (!add (self, SOBRE_WRITER_ADD_EVENT, &added, error))
    return FALSE;
  if (!added)
    {
      bind_event (self, SOBRE_WRITER_REPLACE_EVENT, event, dt);
      return replace (self, SOBRE_WRITER_REPLACE_EVENT, SOBRE_SHEET_EVENTS, &event->id, day, error);
    }
  sobre_writer_touch_day (self, SOBRE_SHEET_EVENTS, day);
  return TRUE;
}

gboolean
sobre_cache_writer_take_order (SobreCacheWriter *self, const SobreOrder *order, gint32 dt, GError **error)
{
  gint32 day = bind_order (self, SOBRE_WRITER_ADD_PURCHASE, order, dt);
  gboolean added;

  if (!add (self, SOBRE_WRITER_ADD_PURCHASE, &added, error))
    return FALSE;
  if (!added)
    {
      bind_order (self, SOBRE_WRITER_REPLACE_PURCHASE, order, dt);
      return replace (self, SOBRE_WRITER_REPLACE_PURCHASE, SOBRE_SHEET_ORDERS, &order->id, day, error);
    }
  sobre_writer_touch_day (self, SOBRE_SHEET_ORDERS, day);
  return TRUE;
}
