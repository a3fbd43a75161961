/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* How an answer fares on its way through AWS, judged from what was seen there. Nothing here asks anybody; times are milliseconds since the epoch, 0 for never. */

/** SobreHealthStage: an answer's way. @SOBRE_HEALTH_FORM: pages that guests open · @SOBRE_HEALTH_INGEST: what takes answers · @SOBRE_HEALTH_QUERY: Athena */
typedef enum
{
  SOBRE_HEALTH_FORM,
  SOBRE_HEALTH_INGEST,
  SOBRE_HEALTH_LAKE,
  SOBRE_HEALTH_QUERY,
} SobreHealthStage;

#define SOBRE_N_HEALTH_STAGES (SOBRE_HEALTH_QUERY + 1)

/** SobreHealthState: @SOBRE_HEALTH_UNKNOWN: it was not allowed to look · @SOBRE_HEALTH_ATTENTION: it works, and something is to be known */
typedef enum
{
  SOBRE_HEALTH_GOOD,
  SOBRE_HEALTH_ATTENTION,
  SOBRE_HEALTH_BAD,
  SOBRE_HEALTH_UNKNOWN,
} SobreHealthState;

/**
 * SobreHealthAlarm: an alarm of the stack.
 * @resource: its name in the template: "LateResponses"
 * @is_raised: whether it is on
 * @since: (nullable): ISO 8601
 */
typedef struct
{
  char *resource;
  gboolean is_raised;
  char *reason;
  char *since;
} SobreHealthAlarm;

/**
 * SobreHealthFacts: what was seen.
 * @now: when
 * @has_site: whether form and menu have an address
 * @is_open: whether guests may send
 * @unseen: a bit for each stage of which something could not be looked at, for want of a permission
 * @last_visit: the last period in which a record of a visit came in
 * @last_record: the same of answers
 * @newest_object: when the newest object of answers was written to the lake
 * @buffer: how long the streams gather, milliseconds
 * @accepted: answers that passed the gate in the last hour
 * @rejected: answers that did not
 * @last_query: the last query on Athena that gave a result, from here
 * @last_failure: the last one that gave none
 * @alarms: (element-type SobreHealthAlarm)
 */
typedef struct
{
  gint64 now;
  gboolean has_site;
  gboolean is_open;
  guint unseen;
  gint64 last_visit;
  gint64 last_record;
  gint64 newest_object;
  gint64 buffer;
  double accepted;
  double rejected;
  gint64 last_query;
  gint64 last_failure;
  GPtrArray *alarms;
} SobreHealthFacts;

/** SobreHealthReport: of one stage. @last_success: when it last did what it is for · @why: in a sentence */
typedef struct
{
  SobreHealthState state;
  gint64 last_success;
  char *why;
} SobreHealthReport;

/** SobreHealth: Immutable. @answers_until: up to when answers are in the lake · @alarms: (element-type SobreHealthAlarm) */
typedef struct
{
  SobreHealthReport stages[SOBRE_N_HEALTH_STAGES];
  gint64 seen_at;
  gint64 answers_until;
  double accepted;
  double rejected;
  GPtrArray *alarms;
} SobreHealth;

#define SOBRE_TYPE_HEALTH (sobre_health_get_type ())
GType sobre_health_get_type (void);
SobreHealth *sobre_health_ref (SobreHealth *self);
void sobre_health_unref (SobreHealth *self);

/** sobre_health_judge: @facts: is read; its alarms are kept. Returns: (transfer full) */
SobreHealth *sobre_health_judge (const SobreHealthFacts *facts);

/** sobre_health_get_worst: Returns: the worst state of all stages; what is unknown is no worse than what wants attention */
SobreHealthState sobre_health_get_worst (const SobreHealth *self);

/** sobre_health_stage_get_name: Returns: (transfer none): for a reader: "Form" */
const char *sobre_health_stage_get_name (SobreHealthStage stage);

/** sobre_health_stage_get_nick: Returns: (transfer none): for a program: "form" */
const char *sobre_health_stage_get_nick (SobreHealthStage stage);

/** sobre_health_state_get_name: Returns: (transfer none): for a reader: "works" */
const char *sobre_health_state_get_name (SobreHealthState state);

/** sobre_health_state_get_nick: Returns: (transfer none): for a program: "good" */
const char *sobre_health_state_get_nick (SobreHealthState state);

/** sobre_health_alarm_get_words: Returns: (transfer none): what an alarm means, for a reader */
const char *sobre_health_alarm_get_words (const SobreHealthAlarm *alarm);

/** sobre_health_alarm_get_stage: Returns: the stage that an alarm is about */
SobreHealthStage sobre_health_alarm_get_stage (const SobreHealthAlarm *alarm);

SobreHealthAlarm *sobre_health_alarm_new (const char *resource, gboolean is_raised, const char *reason, const char *since);
void sobre_health_alarm_free (SobreHealthAlarm *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreHealth, sobre_health_unref)

G_END_DECLS
