/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "intake/sobre-gate.h"

#include "lake/sobre-submission.h"

#define HONEYPOT "website"
#define HONEYPOT_SCORE 0.7
#define HASTE_SCORE 0.3
#define HASTE_MS 2000

struct _SobreGate
{
  SobreRules *rules;
  const SobrePlaces *places;
  SobreClock *clock;
  SobreChannel channel;
};

SobreGate *
sobre_gate_new (const SobrePlaces *places, SobreClock *clock)
{
  SobreGate *self = g_new0 (SobreGate, 1);

  self->rules = sobre_rules_new ();
  self->places = places;
  self->clock = clock;
  self->channel = SOBRE_CHANNEL_LOCAL;
  return self;
}

void
sobre_gate_set_channel (SobreGate *self, SobreChannel channel)
{
  self->channel = channel;
}

void
sobre_gate_free (SobreGate *self)
{
  sobre_rules_unref (self->rules);
  g_free (self);
}

/* In hundredths, so that the score reads well in the lake. */
static double
score_suspicion (const SobreSubmission *submission)
{
  gint64 duration = sobre_submission_get_duration (submission);
  double score = sobre_submission_get_text (submission, HONEYPOT).length > 0 ? HONEYPOT_SCORE : 0;

  if (duration >= 0 && duration < HASTE_MS)
    score += HASTE_SCORE * (double) (HASTE_MS - duration) / HASTE_MS;
  return (double) (gint64) (score * 100 + 0.5) / 100;
}

static SobrePassed
identify (const SobreSubmission *submission)
{
  guint8 digest[SOBRE_SUBMISSION_DIGEST_LENGTH];
  SobrePassed record = { .id = *sobre_submission_get_id (submission) };

  sobre_submission_get_digest (submission, digest);
  memcpy (&record.hash, digest, sizeof record.hash);
  return record;
}

static const char *
check_record (SobreGate *self, SobreDataset dataset, const char *json, gsize length, SobreGateResult *result)
{
  const char *rule = NULL;
  g_autoptr (SobreSubmission) submission = sobre_submission_parse (self->rules, dataset, json, length, &rule);
  g_autofree char *line = NULL;
  SobreTable *table;
  SobrePassed record;
  gboolean verified;
  gsize line_length;

  if (submission == NULL)
    return rule;
  table = sobre_places_find (self->places, sobre_submission_get_text (submission, "store_id"),
                             sobre_submission_get_text (submission, "table_id"));
  verified = table != NULL && sobre_places_verify (self->places, table, sobre_submission_get_text (submission, "key"));
  if (table != NULL)
    {
      sobre_submission_set_text (submission, "store_id", sobre_table_get_store_id (table));
      sobre_submission_set_text (submission, "table_id", sobre_table_get_table_id (table));
    }
  if (dataset == SOBRE_DATASET_RESPONSES)
    sobre_submission_set_suspicion (submission, score_suspicion (submission));
  record = identify (submission);
  line = sobre_submission_format (submission, sobre_clock_now (self->clock), verified, self->channel, &line_length);
  g_string_append_len (result->lines, line, line_length);
  g_array_append_val (result->records, record);
  return NULL;
}

SobreGateResult
sobre_gate_check (SobreGate *self, SobreDataset dataset, const char *body, gsize length)
{
  SobreGateResult result = {
    .lines = g_string_sized_new (length + 256),
    .records = g_array_new (FALSE, FALSE, sizeof (SobrePassed)),
  };
  const char *end = body + length;

  if (dataset == SOBRE_DATASET_RESPONSES)
    {
      result.line = 1;
      result.rule = check_record (self, dataset, body, length, &result);
      return result;
    }
  while (body < end && result.rule == NULL)
    {
      const char *newline = memchr (body, '\n', end - body);
      const char *stop = newline != NULL ? newline : end;

      result.line++;
      if (stop > body)
        result.rule = check_record (self, dataset, body, stop - body, &result);
      body = stop + 1;
    }
  if (result.rule == NULL && result.records->len == 0)
    result.rule = "json";
  return result;
}

gboolean
sobre_gate_check_stored (SobreGate *self, SobreDataset dataset, const char *line, gsize length, SobrePassed *record)
{
  const char *rule;
  g_autoptr (SobreSubmission) submission = NULL;

  submission = sobre_submission_parse_stored (self->rules, dataset, line, length, &rule);
  if (submission == NULL)
    return FALSE;
  *record = identify (submission);
  return TRUE;
}

void
sobre_gate_result_clear (SobreGateResult *result)
{
  g_string_free (g_steal_pointer (&result->lines), TRUE);
  g_clear_pointer (&result->records, g_array_unref);
}
