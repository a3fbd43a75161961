/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ingest/sobre-parser.h"

#include <math.h>
#include <string.h>

#include "model/sobre-hash.h"

#define MAX_REJECTS 1000
#define MEMO_ENTRIES 256

/** Memo: a text seen lately and its code. The dictionary has a lock; a form's few dozen texts need not take it millions of times. */
typedef struct
{
  SobreText text; /* the dictionary's own copy */
  guint32 code;
} Memo;

struct _SobreParser
{
  SobreLakeReader *reader;
  SobreDictionary *dictionary;
  SobreServiceCalendar *calendar;
  const SobreForgotten *forgotten;
  gint64 secret;
  Memo memo[SOBRE_N_DICTIONARIES][MEMO_ENTRIES];
  SobreParsed *parsed; /* the one being filled */
  gint32 dt;
};

void
sobre_parsed_free (SobreParsed *self)
{
  g_clear_pointer (&self->batch, sobre_row_batch_unref);
  g_array_unref (self->events);
  g_array_unref (self->orders);
  g_array_unref (self->rejects);
  g_string_chunk_free (self->texts);
  g_clear_error (&self->error);
  g_free (self);
}

static SobreParsed *
parsed_new (void)
{
  SobreParsed *self = g_new0 (SobreParsed, 1);

  self->batch = sobre_row_batch_new ();
  self->events = g_array_new (FALSE, FALSE, sizeof (SobreEvent));
  self->orders = g_array_new (FALSE, FALSE, sizeof (SobreOrder));
  self->rejects = g_array_new (FALSE, FALSE, sizeof (SobreReject));
  self->texts = g_string_chunk_new (1024);
  return self;
}

static guint32
hash_body (const SobreResponse *response)
{
  const gint64 numbers[] = { response->submitted_at, response->duration_ms, response->form_version, response->verified,
                             response->channel };
  const SobreText texts[] = { response->store_id, response->table_id, response->form_id, response->language,
                              response->comment };
  guint64 state = sobre_hash_bytes (0, numbers, sizeof numbers);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    state = sobre_hash_text (state, texts[i]);
  for (guint i = 0; i < response->n_answers; i++)
    {
      const SobreAnswer *answer = &response->answers[i];
      double score = answer->has_score ? answer->score : -1;

      state = sobre_hash_text (sobre_hash_bytes (state ^ answer->kind, &score, sizeof score), answer->question);
      state = sobre_hash_text (sobre_hash_text (sobre_hash_text (state, answer->choice), answer->text), answer->item);
    }
  return sobre_hash_finish (state);
}

static guint32
intern (SobreParser *self, SobreDictionaryKind kind, SobreText text)
{
  Memo *memo;

  if (text.data == NULL)
    return SOBRE_CODE_NONE;
  memo = &self->memo[kind][sobre_hash_bytes (0, text.data, text.length) & (MEMO_ENTRIES - 1)];
  if (memo->code == 0 || !sobre_text_equal (memo->text, text))
    {
      memo->code = sobre_dictionary_intern (self->dictionary, kind, text);
      memo->text = sobre_dictionary_get (self->dictionary, kind, memo->code);
    }
  return memo->code;
}

static gint32
append_text (SobreRowBatch *batch, SobreText text, guint32 *offset)
{
  *offset = batch->text->len;
  if (text.data == NULL)
    return SOBRE_TEXT_ABSENT;
  g_byte_array_append (batch->text, (const guint8 *) text.data, (guint) text.length);
  return (gint32) text.length;
}

static void
append_answers (SobreParser *self, const SobreResponse *response)
{
  SobreRowBatch *batch = self->parsed->batch;

  for (guint i = 0; i < response->n_answers; i++)
    {
      const SobreAnswer *answer = &response->answers[i];
      SobreRowAnswer row = {
        .score = answer->has_score ? answer->score : NAN,
        .question = intern (self, SOBRE_DICTIONARY_QUESTION, answer->question),
        .choice = intern (self, SOBRE_DICTIONARY_CHOICE, answer->choice),
        .item = intern (self, SOBRE_DICTIONARY_ITEM, answer->item),
        .kind = answer->kind,
      };

      row.text_length = append_text (batch, answer->text, &row.text_offset);
      g_array_append_val (batch->answers, row);
    }
}

static void
response_cb (const SobreResponse *response, gpointer user_data)
{
  SobreParser *self = user_data;
  SobreRowBatch *batch = self->parsed->batch;
  gint64 instant = sobre_service_calendar_clamp (response->submitted_at, response->received_at);
  SobreServiceTime time = sobre_service_calendar_locate (self->calendar, instant);
  SobreRow row = { 0 };

  if (self->forgotten != NULL && sobre_forgotten_contains (self->forgotten, &response->id))
    return;
  row.id = response->id;
  row.key = sobre_row_make_key (&response->id, self->secret);
  row.submitted_at = response->submitted_at;
  row.received_at = response->received_at;
  row.duration_ms = response->duration_ms;
  row.dt = self->dt;
  row.day = time.day;
  row.hour = (guint8) time.hour;
  row.body = hash_body (response);
  row.store = intern (self, SOBRE_DICTIONARY_STORE, response->store_id);
  row.table = intern (self, SOBRE_DICTIONARY_TABLE, response->table_id);
  row.form = intern (self, SOBRE_DICTIONARY_FORM, response->form_id);
  row.form_version = response->form_version;
  row.language = intern (self, SOBRE_DICTIONARY_LANGUAGE, response->language);
  row.verified = response->verified ? 1 : 0;
  row.channel = (guint8) response->channel;
  row.comment_length = append_text (batch, response->comment, &row.comment_offset);
  row.first_answer = batch->answers->len;
  row.n_answers = response->n_answers;
  append_answers (self, response);
  g_array_append_val (batch->rows, row);
}

static SobreText
keep (SobreParser *self, SobreText text)
{
  if (text.data != NULL)
    text.data = g_string_chunk_insert_len (self->parsed->texts, text.data, (gssize) text.length);
  return text;
}

static void
event_cb (const SobreEvent *event, gpointer user_data)
{
  SobreParser *self = user_data;
  SobreEvent copy = *event;

  if (self->forgotten != NULL && sobre_forgotten_contains (self->forgotten, &event->id))
    return;
  copy.visit = keep (self, event->visit);
  copy.store_id = keep (self, event->store_id);
  copy.table_id = keep (self, event->table_id);
  copy.page = keep (self, event->page);
  copy.action = keep (self, event->action);
  copy.target = keep (self, event->target);
  g_array_append_val (self->parsed->events, copy);
}

static void
order_cb (const SobreOrder *order, gpointer user_data)
{
  SobreParser *self = user_data;
  SobreOrder copy = *order;

  if (self->forgotten != NULL && sobre_forgotten_contains (self->forgotten, &order->id))
    return;
  copy.store_id = keep (self, order->store_id);
  copy.table_id = keep (self, order->table_id);
  copy.item_id = keep (self, order->item_id);
  copy.item = keep (self, order->item);
  copy.currency = keep (self, order->currency);
  g_array_append_val (self->parsed->orders, copy);
}

static void
reject_cb (const SobreReject *reject, gpointer user_data)
{
  SobreParser *self = user_data;
  SobreReject copy = *reject;

  self->parsed->n_rejects++;
  if (self->parsed->rejects->len == MAX_REJECTS)
    return;
  copy.text = keep (self, reject->text);
  g_array_append_val (self->parsed->rejects, copy);
}

SobreParser *
sobre_parser_new (SobreDictionary *dictionary, SobreServiceCalendar *calendar, gint64 secret, const SobreForgotten *forgotten)
{
  SobreParser *self = g_new0 (SobreParser, 1);

  self->reader = sobre_lake_reader_new ();
  self->dictionary = sobre_dictionary_ref (dictionary);
  self->calendar = sobre_service_calendar_ref (calendar);
  self->secret = secret;
  self->forgotten = forgotten != NULL && !sobre_forgotten_is_empty (forgotten) ? forgotten : NULL;
  return self;
}

void
sobre_parser_free (SobreParser *self)
{
  sobre_lake_reader_free (self->reader);
  sobre_dictionary_unref (self->dictionary);
  sobre_service_calendar_unref (self->calendar);
  g_free (self);
}

static SobreRecordSink
make_sink (void)
{
  return (SobreRecordSink) { .response = response_cb, .event = event_cb, .order = order_cb, .reject = reject_cb };
}

SobreParsed *
sobre_parser_read_object (SobreParser *self, SobreDataset dataset, gint32 dt, GBytes *bytes)
{
  g_autoptr (SobreParsed) parsed = parsed_new ();
  SobreRecordSink sink = make_sink ();
  g_autoptr (GError) error = NULL;
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  self->parsed = parsed;
  self->dt = dt;
  if (!sobre_lake_reader_read (self->reader, dataset, data, length, &sink, self, &error))
    {
      /* What the reader took before it met the damage must not count: the object is read again when it changes. */
      g_clear_pointer (&parsed, sobre_parsed_free);
      parsed = parsed_new ();
      parsed->error = g_steal_pointer (&error);
    }
  parsed->n_read = length;
  return g_steal_pointer (&parsed);
}

SobreParsed *
sobre_parser_read_lines (SobreParser *self, SobreDataset dataset, gint32 dt, GBytes *lines)
{
  g_autoptr (SobreParsed) parsed = parsed_new ();
  SobreRecordSink sink = make_sink ();
  gsize length;
  const guint8 *data = g_bytes_get_data (lines, &length);

  self->parsed = parsed;
  self->dt = dt;
  parsed->n_read = sobre_lake_reader_read_lines (self->reader, dataset, data, length, &sink, self);
  return g_steal_pointer (&parsed);
}
