/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The first byte says which dataset, and whether the object is read as it is or as lines in memory. Whatever follows: every record
 * that comes out is what the rules promise, and reading twice gives the same. */

#include "lake/sobre-lake-reader.h"
#include "model/sobre-time.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

typedef struct
{
  guint n_records;
  guint n_rejects;
} Count;

static void
check_text (SobreText text)
{
  if (text.data != NULL)
    g_assert_true (g_utf8_validate_len (text.data, text.length, NULL));
}

static void
check_response_cb (const SobreResponse *response, gpointer user_data)
{
  ((Count *) user_data)->n_records++;
  g_assert_cmpint (response->submitted_at, >=, 0);
  g_assert_cmpint (response->received_at, >=, 0);
  g_assert_cmpuint (response->n_answers, <=, 200);
  g_assert_cmpint (response->duration_ms, >=, -1);
  g_assert_nonnull (response->store_id.data);
  check_text (response->store_id);
  check_text (response->comment);
  check_text (response->language);
  for (guint i = 0; i < response->n_answers; i++)
    {
      const SobreAnswer *answer = &response->answers[i];

      check_text (answer->question);
      check_text (answer->choice);
      check_text (answer->text);
      check_text (answer->item);
      g_assert_cmpint (answer->has_score, ==, answer->kind < SOBRE_ANSWER_CHOICE);
      g_assert_true (!answer->has_score || (answer->score >= 0 && answer->score <= 10));
    }
}

static void
check_event_cb (const SobreEvent *event, gpointer user_data)
{
  ((Count *) user_data)->n_records++;
  check_text (event->visit);
  check_text (event->target);
  g_assert_cmpuint (event->action.length, >, 0);
}

static void
check_order_cb (const SobreOrder *order, gpointer user_data)
{
  ((Count *) user_data)->n_records++;
  check_text (order->item);
  g_assert_cmpuint (order->currency.length, ==, 3);
}

static void
check_reject_cb (const SobreReject *reject, gpointer user_data)
{
  ((Count *) user_data)->n_rejects++;
  g_assert_nonnull (reject->reason);
  g_assert_cmpuint (reject->line, >=, 1);
  g_assert_cmpuint (reject->text.length, <=, 1024);
}

static void
read_input (SobreLakeReader *reader, guint8 choice, const guint8 *data, size_t size, Count *count)
{
  static const SobreRecordSink sink = { check_response_cb, check_event_cb, check_order_cb, check_reject_cb };
  SobreDataset dataset = (SobreDataset) (choice % SOBRE_N_DATASETS);

  if (choice & 0x80)
    g_assert_cmpuint (sobre_lake_reader_read_lines (reader, dataset, data, size, &sink, count), <=, size);
  else
    sobre_lake_reader_read (reader, dataset, data, size, &sink, count, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (SobreLakeReader) reader = NULL;
  Count first = { 0 }, second = { 0 };

  if (size == 0)
    return 0;
  reader = sobre_lake_reader_new ();
  read_input (reader, data[0], data + 1, size - 1, &first);
  read_input (reader, data[0], data + 1, size - 1, &second);
  g_assert_cmpuint (first.n_records, ==, second.n_records);
  g_assert_cmpuint (first.n_rejects, ==, second.n_rejects);
  return 0;
}
