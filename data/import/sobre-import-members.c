/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "import/sobre-import-record-private.h"
#include "model/sobre-language.h"
#include "model/sobre-time.h"

#define MAX_NAME_BYTES 256
#define STAR "★"

const char *
sobre_import_refuse (SobreImportRecorder *self, const SobreImportPlan *plan, SobreText value, const char *reason)
{
  self->record.column = plan != NULL && plan->field != NULL ? plan->field->column : NULL;
  self->record.value = value;
  return reason;
}

SobreText
sobre_import_get (const SobreImportRecorder *self, const SobreImportRow *row, const SobreImportPlan *plan)
{
  SobreText text = SOBRE_TEXT_NONE;

  if (plan->field == NULL)
    return text;
  if (plan->place < 0)
    text = sobre_text (plan->field->value);
  else if ((guint) plan->place < row->n_cells)
    text = row->cells[plan->place];
  while (text.length > 0 && g_ascii_isspace (text.data[0]))
    text = (SobreText) { text.data + 1, text.length - 1 };
  while (text.length > 0 && g_ascii_isspace (text.data[text.length - 1]))
    text.length--;
  return text.length > 0 ? text : SOBRE_TEXT_NONE;
}

/* The instant at which the clocks of the zone show @local: the first of two in autumn; in the hour that spring leaves out, as far behind the
 * last minute before it. */
static gint64
find_instant (const SobreServiceCalendar *zone, gint64 local)
{
  gint64 before = sobre_service_calendar_get_offset (zone, local - SOBRE_DAY_MS);
  gint64 after = sobre_service_calendar_get_offset (zone, local + SOBRE_DAY_MS);
  gint64 first = local - MAX (before, after);
  gint64 second = local - MIN (before, after);

  if (first + sobre_service_calendar_get_offset (zone, first) == local)
    return first;
  if (second + sobre_service_calendar_get_offset (zone, second) == local)
    return second;
  return local - before;
}

/* Where nothing says which order it is, every order that fits comes to the same. */
static gboolean
parse_time (const SobreImportRecorder *self, SobreText text, SobreImportTime *time)
{
  if (self->mapping->order != 0)
    return sobre_import_time_parse (text, self->mapping->order, time);
  return sobre_import_time_parse (text, SOBRE_DATE_DMY, time) || sobre_import_time_parse (text, SOBRE_DATE_MDY, time) ||
         sobre_import_time_parse (text, SOBRE_DATE_YMD, time);
}

const char *
sobre_import_read_time (SobreImportRecorder *self,
                        const SobreImportRow *row,
                        const SobreImportPlan *plan,
                        const SobreImportPlan *clock,
                        gint64 *time)
{
  gboolean orders = self->mapping->dataset == SOBRE_DATASET_ORDERS;
  SobreText text = sobre_import_get (self, row, plan);
  SobreImportTime read;

  if (text.data == NULL)
    return sobre_import_refuse (self, plan, text, orders ? "at.missing" : "submitted_at.missing");
  if (!parse_time (self, text, &read))
    return sobre_import_refuse (self, plan, text, orders ? "at.form" : "submitted_at.form");
  if (clock != NULL && clock->field != NULL)
    {
      SobreText of_day = sobre_import_get (self, row, clock);
      gint64 ms;

      if (of_day.data == NULL || !sobre_import_clock_parse (of_day, &ms))
        return sobre_import_refuse (self, clock, of_day, of_day.data == NULL ? "clock.missing" : "clock.form");
      read.local -= (read.local % SOBRE_DAY_MS + SOBRE_DAY_MS) % SOBRE_DAY_MS;
      read.local += ms;
    }
  *time = read.has_zone ? read.local - read.offset : find_instant (self->zone, read.local);
  return NULL;
}

const char *
sobre_import_read_number (SobreImportRecorder *self,
                          const SobreImportPlan *plan,
                          SobreText text,
                          const char *reason,
                          SobreImportNumber *number)
{
  if (sobre_import_number_parse (text, self->decimal, number))
    return NULL;
  return sobre_import_refuse (self, plan, text, reason);
}

const char *
sobre_import_read_store (SobreImportRecorder *self, const SobreImportRow *row, SobreText *store)
{
  const SobreImportPlan *plan = &self->single[SOBRE_IMPORT_STORE];
  SobreText text = sobre_import_get (self, row, plan);
  g_autofree char *folded = NULL;

  if (text.data == NULL)
    return sobre_import_refuse (self, plan, text, "store_id.missing");
  if (text.length <= MAX_NAME_BYTES)
    folded = g_utf8_casefold (text.data, (gssize) text.length);
  *store = sobre_text (folded != NULL ? g_hash_table_lookup (self->stores, folded) : NULL);
  return store->data != NULL ? NULL : sobre_import_refuse (self, plan, text, "store_id.unknown");
}

static SobreText
find_table (SobreImportRecorder *self, SobreText store, SobreText table)
{
  g_autofree char *folded = NULL;

  g_string_truncate (self->scratch, 0);
  g_string_append_len (self->scratch, store.data, (gssize) store.length);
  g_string_append_c (self->scratch, '/');
  g_string_append_len (self->scratch, table.data, (gssize) table.length);
  folded = g_utf8_casefold (self->scratch->str, (gssize) self->scratch->len);
  return sobre_text (g_hash_table_lookup (self->tables, folded));
}

SobreText
sobre_import_read_table (SobreImportRecorder *self, const SobreImportRow *row, SobreText store)
{
  SobreText text = sobre_import_get (self, row, &self->single[SOBRE_IMPORT_TABLE]);
  SobreText last = text;
  SobreText found;

  if (text.data == NULL || text.length > MAX_NAME_BYTES)
    return text;
  found = find_table (self, store, text);
  if (found.data != NULL)
    return found;
  /* "Table 12", "Tisch 12": the last word, if there is such a table. */
  for (gsize i = text.length; i > 0 && last.length == text.length; i--)
    {
      if (text.data[i - 1] == ' ')
        last = (SobreText) { text.data + i, text.length - i };
    }
  found = last.length < text.length ? find_table (self, store, last) : SOBRE_TEXT_NONE;
  return found.data != NULL ? found : text;
}

void
sobre_import_append_string (GString *json, SobreText text)
{
  gsize from = 0;

  g_string_append_c (json, '"');
  for (gsize i = 0; i < text.length; i++)
    {
      guint8 character = (guint8) text.data[i];

      if (character >= 0x20 && character != '"' && character != '\\')
        continue;
      g_string_append_len (json, text.data + from, (gssize) (i - from));
      from = i + 1;
      if (character == '"' || character == '\\')
        {
          g_string_append_c (json, '\\');
          g_string_append_c (json, (char) character);
        }
      else if (character == '\n')
        g_string_append (json, "\\n");
      else
        g_string_append_printf (json, "\\u%04x", character);
    }
  g_string_append_len (json, text.data + from, (gssize) (text.length - from));
  g_string_append_c (json, '"');
}

void
sobre_import_append_member (GString *json, const char *name, SobreText text)
{
  if (text.data == NULL)
    return;
  g_string_append (json, ",\"");
  g_string_append (json, name);
  g_string_append (json, "\":");
  sobre_import_append_string (json, text);
}

static void
append_number (GString *json, const char *name, const SobreImportNumber *number)
{
  g_string_append (json, ",\"");
  g_string_append (json, name);
  g_string_append (json, "\":");
  sobre_import_number_append (json, number);
}

/* "$" is the house's own money where that is called dollar or peso, and the United States' elsewhere. */
static const char *
resolve_dollar (const char *own)
{
  static const char *const dollars[] = { "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN",
                                         "ARS", "CLP", "COP", "TWD", "UYU", "BBD" };

  for (gsize i = 0; i < G_N_ELEMENTS (dollars); i++)
    {
      if (strcmp (dollars[i], own) == 0)
        return dollars[i];
    }
  return "USD";
}

/* The currency that the row's own column says, else that beside the amount, else the mapping's. */
static const char *
read_currency (SobreImportRecorder *self, const SobreImportRow *row, const SobreImportNumber *amount, char currency[4])
{
  const SobreImportPlan *plan = &self->single[SOBRE_IMPORT_CURRENCY];
  SobreText text = sobre_import_get (self, row, plan);

  if (text.length != 3)
    return sobre_import_refuse (self, plan, text, "currency.form");
  for (guint i = 0; i < 3; i++)
    {
      currency[i] = g_ascii_toupper (text.data[i]);
      if (!g_ascii_isupper (currency[i]))
        return sobre_import_refuse (self, plan, text, "currency.form");
    }
  currency[3] = '\0';
  if (amount->currency[0] != '\0')
    {
      const char *beside = amount->currency[0] == '$' ? resolve_dollar (currency) : amount->currency;

      if (plan->place >= 0 && strcmp (beside, currency) != 0)
        return sobre_import_refuse (self, plan, text, "currency.conflict");
      g_strlcpy (currency, beside, 4);
    }
  return NULL;
}

static const char *
read_amount (SobreImportRecorder *self, const SobreImportRow *row, const SobreImportNumber *quantity, SobreImportNumber *amount)
{
  const SobreImportPlan *plan = &self->single[SOBRE_IMPORT_AMOUNT];
  SobreText text = sobre_import_get (self, row, plan);
  const char *reason;

  if (text.data != NULL)
    return sobre_import_read_number (self, plan, text, "amount.form", amount);
  plan = &self->single[SOBRE_IMPORT_PRICE];
  text = sobre_import_get (self, row, plan);
  if (text.data == NULL)
    return sobre_import_refuse (self, plan, text, "amount.missing");
  reason = sobre_import_read_number (self, plan, text, "amount.form", amount);
  if (reason == NULL && __builtin_mul_overflow (amount->mantissa, quantity->mantissa, &amount->mantissa))
    reason = sobre_import_refuse (self, plan, text, "amount.range");
  while (reason == NULL && amount->scale > 0 && amount->mantissa % 10 == 0)
    {
      amount->mantissa /= 10;
      amount->scale--;
    }
  return reason;
}

const char *
sobre_import_write_order (SobreImportRecorder *self, const SobreImportRow *row, SobreText store)
{
  const SobreImportPlan *plan = &self->single[SOBRE_IMPORT_QUANTITY];
  SobreText text = sobre_import_get (self, row, plan);
  SobreImportNumber quantity, amount;
  const char *reason;
  char currency[4];

  reason = sobre_import_read_number (self, plan, text.data != NULL ? text : sobre_text ("1"), "quantity.form", &quantity);
  if (reason == NULL && quantity.scale > 0)
    reason = sobre_import_refuse (self, plan, text, "quantity.form");
  if (reason == NULL)
    reason = read_amount (self, row, &quantity, &amount);
  if (reason == NULL)
    reason = read_currency (self, row, &amount, currency);
  if (reason != NULL)
    return reason;

  sobre_import_append_member (self->line, "store_id", store);
  sobre_import_append_member (self->line, "table_id", sobre_import_read_table (self, row, store));
  sobre_import_append_member (self->line, "item_id", sobre_import_get (self, row, &self->single[SOBRE_IMPORT_ITEM_ID]));
  sobre_import_append_member (self->line, "item", sobre_import_get (self, row, &self->single[SOBRE_IMPORT_ITEM]));
  append_number (self->line, "quantity", &quantity);
  append_number (self->line, "amount", &amount);
  sobre_import_append_member (self->line, "currency", sobre_text (currency));
  sobre_import_append_member (self->line, "order", sobre_import_get (self, row, &self->single[SOBRE_IMPORT_ORDER]));
  return NULL;
}

/* "4", "4,5", "4/5", "4 of 5", "★★★★". */
static const char *
read_score (SobreImportRecorder *self, const SobreImportPlan *plan, SobreText text, SobreImportNumber *score)
{
  static const char *const parts[] = { "/", " of ", " von ", " de ", " sur ", " su " };
  SobreText rest = text;
  guint n_stars = 0;

  while (rest.length >= strlen (STAR) && memcmp (rest.data, STAR, strlen (STAR)) == 0)
    {
      rest = (SobreText) { rest.data + strlen (STAR), rest.length - strlen (STAR) };
      n_stars++;
    }
  if (n_stars > 0 && (rest.length == 0 || (rest.length % strlen ("☆") == 0 && memcmp (rest.data, "☆", strlen ("☆")) == 0)))
    {
      *score = (SobreImportNumber) { .mantissa = n_stars };
      return NULL;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *part = memmem (text.data, text.length, parts[i], strlen (parts[i]));
      SobreText before, behind;
      SobreImportNumber most;

      if (part == NULL)
        continue;
      before = (SobreText) { text.data, (gsize) (part - text.data) };
      behind = (SobreText) { part + strlen (parts[i]), text.length - before.length - strlen (parts[i]) };
      /* Out of five, or out of ten for a recommendation: any other scale would need another figure. */
      if (sobre_import_number_parse (behind, self->decimal, &most) && most.scale == 0 &&
          most.mantissa == (plan->field->answer == SOBRE_ANSWER_NPS ? 10 : 5))
        return sobre_import_read_number (self, plan, before, "answers.score.form", score);
    }
  return sobre_import_read_number (self, plan, text, "answers.score.form", score);
}

static const char *
write_answer (SobreImportRecorder *self, const SobreImportPlan *plan, SobreText text, gboolean first)
{
  SobreAnswerKind kind = plan->field->answer;
  SobreImportNumber score;

  if (kind != SOBRE_ANSWER_CHOICE && kind != SOBRE_ANSWER_TEXT)
    {
      const char *reason = read_score (self, plan, text, &score);

      if (reason != NULL)
        return reason;
    }
  g_string_append (self->line, first ? "{\"question\":" : ",{\"question\":");
  sobre_import_append_string (self->line, sobre_text (plan->field->question));
  sobre_import_append_member (self->line, "kind", sobre_text (sobre_answer_kind_get_name (kind)));
  if (kind == SOBRE_ANSWER_CHOICE)
    sobre_import_append_member (self->line, "choice", text);
  else if (kind == SOBRE_ANSWER_TEXT)
    sobre_import_append_member (self->line, "text", text);
  else
    append_number (self->line, "score", &score);
  g_string_append_c (self->line, '}');
  return NULL;
}

static const char *
write_answers (SobreImportRecorder *self, const SobreImportRow *row, guint *n)
{
  *n = 0;
  g_string_append (self->line, ",\"answers\":[");
  for (guint i = 0; i < self->answers->len; i++)
    {
      const SobreImportPlan *plan = &g_array_index (self->answers, SobreImportPlan, i);
      SobreText text = sobre_import_get (self, row, plan);
      const char *reason;

      if (text.data == NULL)
        continue;
      reason = write_answer (self, plan, text, *n == 0);
      if (reason != NULL)
        return reason;
      (*n)++;
    }
  g_string_append_c (self->line, ']');
  return NULL;
}

/* How long the guest took, as its column says, or from when the guest began. */
static const char *
write_duration (SobreImportRecorder *self, const SobreImportRow *row)
{
  const SobreImportPlan *plan = &self->single[SOBRE_IMPORT_DURATION];
  SobreText text = sobre_import_get (self, row, plan);
  const char *reason;

  if (text.data != NULL)
    {
      SobreImportNumber number;
      double duration;

      reason = sobre_import_read_number (self, plan, text, "duration_ms.form", &number);
      if (reason != NULL)
        return reason;
      duration = (double) number.mantissa * (plan->milliseconds ? 1 : 1000);
      for (guint i = 0; i < number.scale; i++)
        duration /= 10;
      g_string_append_printf (self->line, ",\"duration_ms\":%" G_GINT64_FORMAT, (gint64) (duration + 0.5));
      return NULL;
    }
  plan = &self->single[SOBRE_IMPORT_STARTED];
  if (sobre_import_get (self, row, plan).data != NULL)
    {
      gint64 started;

      reason = sobre_import_read_time (self, row, plan, NULL, &started);
      if (reason != NULL)
        return "started.form";
      g_string_append_printf (self->line, ",\"duration_ms\":%" G_GINT64_FORMAT, self->record.time - started);
    }
  return NULL;
}

/* "pt_BR" is written as a tag. */
static const char *
write_language (SobreImportRecorder *self, const SobreImportRow *row)
{
  const SobreImportPlan *plan = &self->single[SOBRE_IMPORT_LANGUAGE];
  SobreText text = sobre_import_get (self, row, plan);

  if (text.data == NULL)
    text = sobre_text ("und");
  g_string_truncate (self->scratch, 0);
  g_string_append_len (self->scratch, text.data, (gssize) text.length);
  g_string_replace (self->scratch, "_", "-", 0);
  if (!sobre_language_is_valid (self->scratch->str))
    return sobre_import_refuse (self, plan, text, "language.form");
  sobre_import_append_member (self->line, "language", (SobreText) { self->scratch->str, self->scratch->len });
  return NULL;
}

const char *
sobre_import_write_response (SobreImportRecorder *self, const SobreImportRow *row, SobreText store)
{
  SobreText comment = sobre_import_get (self, row, &self->single[SOBRE_IMPORT_COMMENT]);
  char time[SOBRE_TIME_STRING_LENGTH + 1];
  const char *reason;
  guint n_answers;

  /* Received when it was sent: an old answer counts on its own day, and importing it again makes the same line. */
  sobre_time_format (self->record.time, time);
  sobre_import_append_member (self->line, "received_at", sobre_text (time));
  sobre_import_append_member (self->line, "store_id", store);
  sobre_import_append_member (self->line, "table_id", sobre_import_read_table (self, row, store));
  g_string_append (self->line, ",\"verified\":true");
  sobre_import_append_member (self->line, "form_id", sobre_import_get (self, row, &self->single[SOBRE_IMPORT_FORM]));
  g_string_append (self->line, ",\"form_version\":1");
  reason = write_language (self, row);
  if (reason == NULL)
    reason = write_answers (self, row, &n_answers);
  if (reason != NULL)
    return reason;
  if (n_answers == 0 && comment.data == NULL)
    return sobre_import_refuse (self, NULL, SOBRE_TEXT_NONE, "answers.missing");
  sobre_import_append_member (self->line, "comment", comment);
  reason = write_duration (self, row);
  sobre_import_append_member (self->line, "channel", sobre_text ("import"));
  return reason;
}
