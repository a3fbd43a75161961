/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "stack/sobre-health.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How long behind its buffer Firehose may be before that is worth saying. It retries by itself for 24 hours. */
#define LATE_MS G_GINT64_CONSTANT (900000)
#define MUCH_REJECTED 0.2
#define FEW 5

/** Kind: an alarm that the template has. @is_bad: whether its stage does not do what it is for while it is on */
typedef struct
{
  const char *resource;
  SobreHealthStage stage;
  gboolean is_bad;
  const char *words;
} Kind;

static const Kind *
find_kind (const char *resource)
{
  static const Kind kinds[] = {
    { "LateResponses", SOBRE_HEALTH_LAKE, TRUE, N_ ("Answers reach the lake late") },
    { "LateEvents", SOBRE_HEALTH_LAKE, FALSE, N_ ("Records of visits reach the lake late") },
    { "ThrottledResponses", SOBRE_HEALTH_INGEST, FALSE,
      N_ ("More answers come than the stream takes; phones send them again") },
    { "ThrottledEvents", SOBRE_HEALTH_INGEST, FALSE,
      N_ ("More records of visits come than the stream takes; phones send them again") },
    { "FloodOfResponses", SOBRE_HEALTH_INGEST, FALSE, N_ ("Unusually many answers come in; a pause shuts the door") },
    { "FloodOfEvents", SOBRE_HEALTH_INGEST, FALSE, N_ ("Unusually many records of visits come in; a pause shuts the door") },
    { "TransformErrors", SOBRE_HEALTH_INGEST, TRUE, N_ ("The gate that checks answers fails; Firehose tries again") },
    { "MenuErrors", SOBRE_HEALTH_FORM, FALSE, N_ ("The last menu was not published; the one before is still there") },
    { "Rejected", SOBRE_HEALTH_INGEST, FALSE, N_ ("Many answers are refused: form and gate may not fit each other") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].resource, resource) == 0)
      return &kinds[i];
  return NULL;
}

SobreHealthAlarm *
sobre_health_alarm_new (const char *resource, gboolean is_raised, const char *reason, const char *since)
{
  SobreHealthAlarm *self = g_new0 (SobreHealthAlarm, 1);

  *self = (SobreHealthAlarm) { g_strdup (resource), is_raised, g_strdup (reason), g_strdup (since) };
  return self;
}

void
sobre_health_alarm_free (SobreHealthAlarm *self)
{
  g_free (self->resource);
  g_free (self->reason);
  g_free (self->since);
  g_free (self);
}

const char *
sobre_health_alarm_get_words (const SobreHealthAlarm *alarm)
{
  const Kind *kind = find_kind (alarm->resource);

  return kind != NULL ? _ (kind->words) : alarm->resource;
}

SobreHealthStage
sobre_health_alarm_get_stage (const SobreHealthAlarm *alarm)
{
  const Kind *kind = find_kind (alarm->resource);

  return kind != NULL ? kind->stage : SOBRE_HEALTH_INGEST;
}

static void
clear_health (gpointer data)
{
  SobreHealth *self = data;

  for (guint i = 0; i < SOBRE_N_HEALTH_STAGES; i++)
    g_free (self->stages[i].why);
  g_ptr_array_unref (self->alarms);
}

SobreHealth *
sobre_health_ref (SobreHealth *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_health_unref (SobreHealth *self)
{
  g_atomic_rc_box_release_full (self, clear_health);
}

G_DEFINE_BOXED_TYPE (SobreHealth, sobre_health, sobre_health_ref, sobre_health_unref)

/* A later finding counts only if it is worse. */
static void
find (SobreHealthReport *report, SobreHealthState state, const char *why)
{
  if (report->why != NULL && state <= report->state)
    return;
  report->state = state;
  g_set_str (&report->why, why);
}

static void
judge_form (const SobreHealthFacts *facts, SobreHealthReport *report)
{
  report->last_success = facts->last_visit;
  if (!facts->has_site)
    find (report, SOBRE_HEALTH_ATTENTION, _ ("Form and menu have no address yet: the stack was made without its site"));
  else if (facts->last_visit == 0)
    find (report, SOBRE_HEALTH_GOOD, _ ("No guest has opened form or menu in the last seven days"));
  else
    find (report, SOBRE_HEALTH_GOOD, _ ("Guests open form and menu"));
}

static void
judge_ingest (const SobreHealthFacts *facts, SobreHealthReport *report)
{
  double all = facts->accepted + facts->rejected;

  report->last_success = facts->last_record;
  if (!facts->is_open)
    find (report, SOBRE_HEALTH_ATTENTION, _ ("Paused: answers wait on the guests' phones"));
  if (all > 0 && facts->accepted < 1)
    find (report, SOBRE_HEALTH_BAD, _ ("Every answer of the last hour was refused; “lake errors” says why"));
  else if (facts->rejected >= FEW && facts->rejected > MUCH_REJECTED * all)
    find (report, SOBRE_HEALTH_ATTENTION, _ ("Many answers of the last hour were refused; “lake errors” says why"));
  find (report, SOBRE_HEALTH_GOOD,
        facts->last_record > 0 ? _ ("Answers come in") : _ ("No answer has come in for the last seven days"));
}

static void
judge_lake (const SobreHealthFacts *facts, SobreHealthReport *report)
{
  gboolean waits = facts->last_record > facts->newest_object;

  report->last_success = facts->newest_object;
  if (waits && facts->last_record + facts->buffer + LATE_MS < facts->now)
    find (report, SOBRE_HEALTH_BAD, _ ("Answers came in and are not in the lake yet; Firehose keeps them for 24 hours"));
  find (report, SOBRE_HEALTH_GOOD,
        facts->newest_object > 0 ? _ ("What comes in is in the lake") : _ ("Nothing was to be written in the last seven days"));
}

static void
judge_query (const SobreHealthFacts *facts, SobreHealthReport *report)
{
  report->last_success = facts->last_query;
  if (facts->last_failure > facts->last_query)
    find (report, SOBRE_HEALTH_ATTENTION, _ ("The last query on Athena failed; “query --history” has it"));
  find (report, SOBRE_HEALTH_GOOD,
        facts->last_query > 0 ? _ ("Queries are answered") : _ ("No query was run on Athena from here yet"));
}

SobreHealth *
sobre_health_judge (const SobreHealthFacts *facts)
{
  SobreHealth *self = g_atomic_rc_box_new0 (SobreHealth);

  self->seen_at = facts->now;
  self->answers_until = facts->newest_object;
  self->accepted = facts->accepted;
  self->rejected = facts->rejected;
  self->alarms = g_ptr_array_ref (facts->alarms);
  for (guint i = 0; i < facts->alarms->len; i++)
    {
      const SobreHealthAlarm *alarm = g_ptr_array_index (facts->alarms, i);
      const Kind *kind = find_kind (alarm->resource);

      if (alarm->is_raised)
        find (&self->stages[sobre_health_alarm_get_stage (alarm)],
              kind != NULL && kind->is_bad ? SOBRE_HEALTH_BAD : SOBRE_HEALTH_ATTENTION, sobre_health_alarm_get_words (alarm));
    }
  judge_form (facts, &self->stages[SOBRE_HEALTH_FORM]);
  judge_ingest (facts, &self->stages[SOBRE_HEALTH_INGEST]);
  judge_lake (facts, &self->stages[SOBRE_HEALTH_LAKE]);
  judge_query (facts, &self->stages[SOBRE_HEALTH_QUERY]);
  for (guint i = 0; i < SOBRE_N_HEALTH_STAGES; i++)
    if (self->stages[i].state == SOBRE_HEALTH_GOOD && (facts->unseen & (1u << i)) != 0)
      find (&self->stages[i], SOBRE_HEALTH_UNKNOWN, _ ("This account may not look at it; “stack policy” lists the rights"));
  return self;
}

SobreHealthState
sobre_health_get_worst (const SobreHealth *self)
{
  SobreHealthState worst = SOBRE_HEALTH_GOOD;

  for (guint i = 0; i < SOBRE_N_HEALTH_STAGES; i++)
    {
      SobreHealthState state = self->stages[i].state;

      worst = MAX (worst, state == SOBRE_HEALTH_UNKNOWN ? SOBRE_HEALTH_ATTENTION : state);
    }
  return worst;
}

const char *
sobre_health_stage_get_name (SobreHealthStage stage)
{
  static const char *const names[SOBRE_N_HEALTH_STAGES] = { N_ ("Form"), N_ ("Intake"), N_ ("Lake"), N_ ("Queries") };

  return _ (names[stage]);
}

const char *
sobre_health_stage_get_nick (SobreHealthStage stage)
{
  static const char *const nicks[SOBRE_N_HEALTH_STAGES] = { "form", "ingest", "lake", "query" };

  return nicks[stage];
}

const char *
sobre_health_state_get_name (SobreHealthState state)
{
  static const char *const names[] = { N_ ("works"), N_ ("attention"), N_ ("does not work"), N_ ("not known") };

  return _ (names[state]);
}

const char *
sobre_health_state_get_nick (SobreHealthState state)
{
  static const char *const nicks[] = { "good", "attention", "bad", "unknown" };

  return nicks[state];
}
