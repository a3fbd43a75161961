/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the gate lets through, the lake's reader takes; and a stored record is recognised as the one that was submitted. */

#include <string.h>

#include "lake/sobre-lake-reader.h"
#include "lake/sobre-submission.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
count_response_cb (const SobreResponse *response, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
count_event_cb (const SobreEvent *event, gpointer user_data)
{
  (*(guint *) user_data)++;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  static const SobreRecordSink sink = { .response = count_response_cb, .event = count_event_cb };
  SobreDataset dataset = size > 0 && data[0] & 1 ? SOBRE_DATASET_EVENTS : SOBRE_DATASET_RESPONSES;
  g_autoptr (SobreRules) rules = NULL;
  g_autoptr (SobreLakeReader) reader = NULL;
  g_autoptr (SobreSubmission) submission = NULL;
  g_autoptr (SobreSubmission) stored = NULL;
  guint8 digest[SOBRE_SUBMISSION_DIGEST_LENGTH], digest_again[SOBRE_SUBMISSION_DIGEST_LENGTH];
  g_autofree char *line = NULL;
  const char *reason;
  guint n_records = 0;
  gsize length;

  if (size == 0)
    return 0;
  rules = sobre_rules_new ();
  submission = sobre_submission_parse (rules, dataset, (const char *) data + 1, size - 1, &reason);
  g_assert_cmpint (submission == NULL, ==, reason != NULL);
  if (submission == NULL)
    return 0;

  line = sobre_submission_format (submission, G_GINT64_CONSTANT (1795548601000), TRUE, SOBRE_CHANNEL_LOCAL, &length);
  g_assert_true (memchr (line, '\n', length) == line + length - 1);
  reader = sobre_lake_reader_new ();
  g_assert_cmpuint (sobre_lake_reader_read_lines (reader, dataset, (const guint8 *) line, length, &sink, &n_records), ==,
                    length);
  g_assert_cmpuint (n_records, ==, 1);

  stored = sobre_submission_parse_stored (rules, dataset, line, length, &reason);
  g_assert_nonnull (stored);
  sobre_submission_get_digest (submission, digest);
  sobre_submission_get_digest (stored, digest_again);
  g_assert_cmpmem (digest, sizeof digest, digest_again, sizeof digest_again);
  return 0;
}
