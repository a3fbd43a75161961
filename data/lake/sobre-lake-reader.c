/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* bytes ─unpacker─▶ pieces ─lines─▶ SobreRecordChecker ─▶ SobreRecord ─▶ sink
 *
 * An object that is unpacked at once is one piece, and its lines are checked where they lie. From an object in many pieces the line
 * that a piece ends in is put together in @partial, up to the longest allowed line; of a longer one only the beginning is kept,
 * to be shown with its reject. */

#include <string.h>

#include "lake/sobre-lake-reader.h"
#include "lake/sobre-lake-unpack.h"
#include "lake/sobre-record-checker.h"

#define REJECT_TEXT_BYTES 1024
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/** Fields: where the rules have the members that records are made of. The names are those of the structs' members. */
typedef struct
{
  guint8 id, submitted_at, at, received_at, store_id, table_id, verified, form_id, form_version, language, answers, comment,
      duration_ms, channel, visit, page, action, target, ms, item_id, item, quantity, amount, currency;
} Fields;

struct _SobreLakeReader
{
  SobreRules *rules;
  SobreRecordChecker *checker;
  SobreLakeUnpacker *unpacker;
  SobreAnswer *answers;
  Fields fields[SOBRE_N_DATASETS];
  struct
  {
    guint8 question, kind, score, choice, text, item;
  } answer_fields;

  SobreDataset dataset;
  const SobreRecordSink *sink;
  gpointer user_data;
  guint64 line;
  guint64 offset;
  gsize line_bytes;    /* of the line at @offset, as far as it was seen */
  GByteArray *partial; /* what earlier pieces had of it */
  gboolean skipping;   /* the rest of a line that is too long */
};

static void
bind_fields (Fields *fields, const SobreRuleObject *object)
{
  const struct
  {
    const char *name;
    guint8 *place;
  } bindings[] = {
    { "id", &fields->id },
    { "submitted_at", &fields->submitted_at },
    { "at", &fields->at },
    { "received_at", &fields->received_at },
    { "store_id", &fields->store_id },
    { "table_id", &fields->table_id },
    { "verified", &fields->verified },
    { "form_id", &fields->form_id },
    { "form_version", &fields->form_version },
    { "language", &fields->language },
    { "answers", &fields->answers },
    { "comment", &fields->comment },
    { "duration_ms", &fields->duration_ms },
    { "channel", &fields->channel },
    { "visit", &fields->visit },
    { "page", &fields->page },
    { "action", &fields->action },
    { "target", &fields->target },
    { "ms", &fields->ms },
    { "item_id", &fields->item_id },
    { "item", &fields->item },
    { "quantity", &fields->quantity },
    { "amount", &fields->amount },
    { "currency", &fields->currency },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    *bindings[i].place = (guint8) sobre_rule_object_find (object, bindings[i].name, strlen (bindings[i].name));
}

/* The enumerations are stored by their index in the rules, which has to be that of the C type. */
static gboolean
values_match (const SobreRuleObject *object, guint8 place, guint n_values, const char *(*get_name) (guint value))
{
  const SobreRuleMember *member = &object->members[place];

  if (member->n_values != n_values)
    return FALSE;
  for (guint i = 0; i < n_values; i++)
    {
      if (!sobre_text_equal (member->values[i], sobre_text (get_name (i))))
        return FALSE;
    }
  return TRUE;
}

static const char *
get_kind_name (guint value)
{
  return sobre_answer_kind_get_name ((SobreAnswerKind) value);
}

static const char *
get_channel_name (guint value)
{
  return sobre_channel_get_name ((SobreChannel) value);
}

static guint8
find_field (const SobreRuleObject *object, const char *name)
{
  return (guint8) sobre_rule_object_find (object, name, strlen (name));
}

SobreLakeReader *
sobre_lake_reader_new (void)
{
  SobreLakeReader *self = g_new0 (SobreLakeReader, 1);
  const SobreRuleObject *response, *answer;

  self->rules = sobre_rules_new ();
  self->checker = sobre_record_checker_new (self->rules);
  self->unpacker = sobre_lake_unpacker_new ();
  self->partial = g_byte_array_new ();
  for (guint i = 0; i < SOBRE_N_DATASETS; i++)
    bind_fields (&self->fields[i], self->rules->datasets[i]);

  response = self->rules->datasets[SOBRE_DATASET_RESPONSES];
  answer = response->members[self->fields[SOBRE_DATASET_RESPONSES].answers].items;
  self->answers = g_new (SobreAnswer, response->members[self->fields[SOBRE_DATASET_RESPONSES].answers].max_items);
  self->answer_fields.question = find_field (answer, "question");
  self->answer_fields.kind = find_field (answer, "kind");
  self->answer_fields.score = find_field (answer, "score");
  self->answer_fields.choice = find_field (answer, "choice");
  self->answer_fields.text = find_field (answer, "text");
  self->answer_fields.item = find_field (answer, "item");

  g_assert (values_match (answer, self->answer_fields.kind, SOBRE_ANSWER_TEXT + 1, get_kind_name));
  g_assert (values_match (response, self->fields[SOBRE_DATASET_RESPONSES].channel, SOBRE_CHANNEL_IMPORT + 1, get_channel_name));

  return self;
}

void
sobre_lake_reader_free (SobreLakeReader *self)
{
  sobre_record_checker_free (self->checker);
  sobre_lake_unpacker_free (self->unpacker);
  g_byte_array_unref (self->partial);
  g_free (self->answers);
  sobre_rules_unref (self->rules);
  g_free (self);
}

static inline SobreText
get_text (guint32 present, const SobreRuleValue *values, guint8 place)
{
  return present & 1u << place ? values[place].text : SOBRE_TEXT_NONE;
}

static inline gint64
get_integer (guint32 present, const SobreRuleValue *values, guint8 place)
{
  return present & 1u << place ? values[place].integer : -1;
}

static void
emit_response (SobreLakeReader *self)
{
  const SobreRecordChecker *checker = self->checker;
  const SobreRuleValue *values = checker->record.values;
  guint32 present = checker->record.present;
  const Fields *fields = &self->fields[SOBRE_DATASET_RESPONSES];
  SobreResponse response;

  if (self->sink->response == NULL)
    return;

  for (guint i = 0; i < checker->n_items; i++)
    {
      const SobreRuleValue *item = checker->items + i * checker->item_width;
      guint32 there = checker->item_present[i];

      self->answers[i] = (SobreAnswer) {
        .question = item[self->answer_fields.question].text,
        .kind = (SobreAnswerKind) item[self->answer_fields.kind].integer,
        .has_score = (there & 1u << self->answer_fields.score) != 0,
        .score = there & 1u << self->answer_fields.score ? item[self->answer_fields.score].number : 0,
        .choice = get_text (there, item, self->answer_fields.choice),
        .text = get_text (there, item, self->answer_fields.text),
        .item = get_text (there, item, self->answer_fields.item),
      };
    }

  response = (SobreResponse) {
    .id = values[fields->id].id,
    .submitted_at = values[fields->submitted_at].integer,
    .received_at = values[fields->received_at].integer,
    .store_id = values[fields->store_id].text,
    .table_id = values[fields->table_id].text,
    .verified = values[fields->verified].integer != 0,
    .form_id = values[fields->form_id].text,
    .form_version = (gint32) values[fields->form_version].integer,
    .language = values[fields->language].text,
    .comment = get_text (present, values, fields->comment),
    .duration_ms = get_integer (present, values, fields->duration_ms),
    .channel = (SobreChannel) values[fields->channel].integer,
    .answers = self->answers,
    .n_answers = checker->n_items,
  };
  self->sink->response (&response, self->user_data);
}

static void
emit_event (SobreLakeReader *self)
{
  const SobreRuleValue *values = self->checker->record.values;
  guint32 present = self->checker->record.present;
  const Fields *fields = &self->fields[SOBRE_DATASET_EVENTS];
  const SobreEvent event = {
    .id = values[fields->id].id,
    .at = values[fields->at].integer,
    .received_at = values[fields->received_at].integer,
    .visit = values[fields->visit].text,
    .store_id = values[fields->store_id].text,
    .table_id = get_text (present, values, fields->table_id),
    .page = values[fields->page].text,
    .action = values[fields->action].text,
    .target = get_text (present, values, fields->target),
    .ms = get_integer (present, values, fields->ms),
  };

  if (self->sink->event != NULL)
    self->sink->event (&event, self->user_data);
}

static void
emit_order (SobreLakeReader *self)
{
  const SobreRuleValue *values = self->checker->record.values;
  guint32 present = self->checker->record.present;
  const Fields *fields = &self->fields[SOBRE_DATASET_ORDERS];
  const SobreOrder order = {
    .id = values[fields->id].id,
    .at = values[fields->at].integer,
    .store_id = values[fields->store_id].text,
    .table_id = get_text (present, values, fields->table_id),
    .item_id = get_text (present, values, fields->item_id),
    .item = values[fields->item].text,
    .quantity = values[fields->quantity].integer,
    .amount = values[fields->amount].number,
    .currency = values[fields->currency].text,
  };

  if (self->sink->order != NULL)
    self->sink->order (&order, self->user_data);
}

static void
emit_record (SobreLakeReader *self)
{
  switch (self->dataset)
    {
    case SOBRE_DATASET_RESPONSES:
      emit_response (self);
      break;

    case SOBRE_DATASET_EVENTS:
      emit_event (self);
      break;

    case SOBRE_DATASET_ORDERS:
      emit_order (self);
      break;

    default:
      g_assert_not_reached ();
    }
}

static void
emit_reject (SobreLakeReader *self, const char *reason, const char *text, gsize length)
{
  const SobreReject reject = {
    .line = self->line,
    .offset = self->offset,
    .reason = reason,
    .text = { text, MIN (length, REJECT_TEXT_BYTES) },
  };

  if (self->sink->reject != NULL)
    self->sink->reject (&reject, self->user_data);
}

static gboolean
is_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r')
        return FALSE;
    }
  return TRUE;
}

/* Reads one line without its newline. */
static void
read_line (SobreLakeReader *self, const char *line, gsize length)
{
  gsize mark = length >= strlen (BYTE_ORDER_MARK) && memcmp (line, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0
                   ? strlen (BYTE_ORDER_MARK)
                   : 0;
  const char *reason = length > self->rules->line_max_bytes ? "line.length" : NULL;
  gsize offset = 0;

  if (reason == NULL && is_blank (line + mark, length - mark))
    return;

  if (reason == NULL)
    reason = sobre_record_checker_load (self->checker, line + mark, length - mark);
  while (reason == NULL && offset < length - mark)
    {
      reason = sobre_record_checker_read (self->checker, self->dataset, FALSE, &offset, NULL);
      if (reason == NULL)
        emit_record (self);
    }
  if (reason != NULL)
    emit_reject (self, reason, line, length);
}

/* Adds what a piece has of a line that is not over yet. */
static void
extend_partial (SobreLakeReader *self, const char *bytes, gsize length)
{
  if (self->skipping)
    return;
  if (self->partial->len + length > self->rules->line_max_bytes)
    {
      gsize kept = MIN (length, REJECT_TEXT_BYTES);

      g_byte_array_append (self->partial, (const guint8 *) bytes, (guint) kept);
      self->skipping = TRUE;
    }
  else
    g_byte_array_append (self->partial, (const guint8 *) bytes, (guint) length);
}

static void
begin_line (SobreLakeReader *self, gboolean behind_newline)
{
  self->line++;
  self->offset += self->line_bytes + behind_newline;
  self->line_bytes = 0;
  g_byte_array_set_size (self->partial, 0);
}

static void
finish_partial (SobreLakeReader *self)
{
  const char *text = (const char *) self->partial->data;

  if (self->skipping)
    emit_reject (self, "line.length", text, self->partial->len);
  else
    read_line (self, text, self->partial->len);
  self->skipping = FALSE;
}

/* Takes the next piece: every line that ends in it is read, what is left is kept for the next piece. */
static void
read_piece (const guint8 *bytes, gsize length, gboolean last, gpointer user_data)
{
  SobreLakeReader *self = user_data;
  const char *at = (const char *) bytes;
  const char *end = at + length;

  while (at < end)
    {
      const char *newline = memchr (at, '\n', (gsize) (end - at));
      gsize n_bytes = (gsize) ((newline != NULL ? newline : end) - at);

      if (self->line_bytes > 0 || (newline == NULL && !last))
        extend_partial (self, at, n_bytes);
      self->line_bytes += n_bytes;
      if (newline == NULL && !last)
        return;

      if (self->line_bytes > n_bytes)
        finish_partial (self);
      else
        read_line (self, at, n_bytes);
      begin_line (self, newline != NULL);
      at += n_bytes + (newline != NULL);
    }

  if (last && self->line_bytes > 0)
    finish_partial (self);
}

static void
begin_object (SobreLakeReader *self, SobreDataset dataset, const SobreRecordSink *sink, gpointer user_data)
{
  self->dataset = dataset;
  self->sink = sink;
  self->user_data = user_data;
  self->line = 1;
  self->offset = 0;
  self->line_bytes = 0;
  self->skipping = FALSE;
  g_byte_array_set_size (self->partial, 0);
}

gboolean
sobre_lake_reader_read (SobreLakeReader *self,
                        SobreDataset dataset,
                        const guint8 *packed,
                        gsize length,
                        const SobreRecordSink *sink,
                        gpointer user_data,
                        GError **error)
{
  begin_object (self, dataset, sink, user_data);
  return sobre_lake_unpacker_run (self->unpacker, packed, length, read_piece, self, error);
}

gsize
sobre_lake_reader_read_lines (SobreLakeReader *self,
                              SobreDataset dataset,
                              const guint8 *lines,
                              gsize length,
                              const SobreRecordSink *sink,
                              gpointer user_data)
{
  const guint8 *newline = length > 0 ? memrchr (lines, '\n', length) : NULL;
  gsize n_bytes = newline != NULL ? (gsize) (newline - lines) + 1 : 0;

  begin_object (self, dataset, sink, user_data);
  read_piece (lines, n_bytes, TRUE, self);
  return n_bytes;
}
