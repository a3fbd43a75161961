/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "intake/sobre-inbox.h"

#include <unistd.h>

#include "intake/sobre-gate.h"
#include "intake/sobre-id-memory.h"

/* Together 13 MB, some weeks of a busy house. */
#define RESPONSES_REMEMBERED 262144
#define EVENTS_REMEMBERED 65536

/* Somebody who is told when a submission is done. */
typedef struct
{
  SobreInboxDone done;
  gpointer user_data;
  SobreVerdict success;
} Waiter;

/* What is on its way to the disk. */
typedef struct
{
  SobreInbox *inbox;
  SobreDataset dataset;
  GArray *records;
  GArray *waiters;
} Submission;

struct _SobreInbox
{
  SobreGate *gate;
  SobreIdMemory *memories[SOBRE_N_DATASETS];
  SobreSpoolWriter *writer;
  /* SobreId → Submission: responses on their way. */
  GHashTable *on_the_way;
  /* Whether the last try to store failed: it is said when that changes, not for each answer. */
  gboolean failing;
};

static guint
hash_id (gconstpointer key)
{
  guint32 words[4];

  memcpy (words, key, sizeof words);
  return words[0] ^ words[1] ^ words[2] ^ words[3];
}

static gboolean
equal_ids (gconstpointer a, gconstpointer b)
{
  return sobre_id_compare (a, b) == 0;
}

static void
submission_free (Submission *submission)
{
  g_array_unref (submission->records);
  g_array_unref (submission->waiters);
  g_free (submission);
}

static void
remember_line (SobreDataset dataset, const char *line, gsize length, gpointer user_data)
{
  SobreInbox *self = user_data;
  SobrePassed record;

  if (self->memories[dataset] != NULL && sobre_gate_check_stored (self->gate, dataset, line, length, &record))
    sobre_id_memory_add (self->memories[dataset], &record.id, record.hash);
}

SobreInbox *
sobre_inbox_new (const char *folder,
                 const SobrePlaces *places,
                 SobreClock *clock,
                 SobreRandom *random,
                 const SobreSpoolLimits *limits,
                 GError **error)
{
  g_autoptr (SobreInbox) self = NULL;
  int spool = sobre_spool_open (folder, error);

  if (spool < 0)
    return NULL;
  self = g_new0 (SobreInbox, 1);
  self->gate = sobre_gate_new (places, clock);
  self->memories[SOBRE_DATASET_RESPONSES] = sobre_id_memory_new (RESPONSES_REMEMBERED, random);
  self->memories[SOBRE_DATASET_EVENTS] = sobre_id_memory_new (EVENTS_REMEMBERED, random);
  self->on_the_way = g_hash_table_new (hash_id, equal_ids);
  if (!sobre_spool_recover (spool, remember_line, self, error))
    {
      close (spool);
      return NULL;
    }
  self->writer = sobre_spool_writer_new (spool, clock, random, limits);
  return g_steal_pointer (&self);
}

void
sobre_inbox_free (SobreInbox *self)
{
  g_clear_pointer (&self->writer, sobre_spool_writer_free);
  g_assert (g_hash_table_size (self->on_the_way) == 0);
  g_hash_table_unref (self->on_the_way);
  for (SobreDataset dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    g_clear_pointer (&self->memories[dataset], sobre_id_memory_free);
  sobre_gate_free (self->gate);
  g_free (self);
}

static void
settle (SobreInboxDone done, gpointer user_data, SobreVerdict verdict, guint n_stored, const SobreId *id)
{
  const SobreOutcome outcome = { .verdict = verdict, .n_stored = n_stored, .id = *id };

  done (&outcome, user_data);
}

static void
tell_change (SobreInbox *self, const GError *error)
{
  if (error != NULL && !self->failing)
    g_warning ("answers cannot be stored, and none is acknowledged: %s", error->message);
  if (error == NULL && self->failing)
    g_message ("answers are stored again");
  self->failing = error != NULL;
}

static void
written_cb (gpointer user_data, const GError *error)
{
  Submission *submission = user_data;
  SobreInbox *self = submission->inbox;

  if (submission->dataset == SOBRE_DATASET_RESPONSES)
    g_hash_table_remove (self->on_the_way, &g_array_index (submission->records, SobrePassed, 0).id);
  tell_change (self, error);
  if (error == NULL)
    for (guint i = 0; i < submission->records->len; i++)
      {
        const SobrePassed *record = &g_array_index (submission->records, SobrePassed, i);

        sobre_id_memory_add (self->memories[submission->dataset], &record->id, record->hash);
      }
  for (guint i = 0; i < submission->waiters->len; i++)
    {
      const Waiter *waiter = &g_array_index (submission->waiters, Waiter, i);
      SobreVerdict verdict = error != NULL ? SOBRE_VERDICT_FAILED : waiter->success;

      settle (waiter->done, waiter->user_data, verdict, verdict == SOBRE_VERDICT_STORED ? submission->records->len : 0,
              &g_array_index (submission->records, SobrePassed, 0).id);
    }
  submission_free (submission);
}

static void
add_waiter (Submission *submission, SobreInboxDone done, gpointer user_data, SobreVerdict success)
{
  const Waiter waiter = { done, user_data, success };

  g_array_append_val (submission->waiters, waiter);
}

static void
store (SobreInbox *self, SobreDataset dataset, SobreGateResult *result, SobreInboxDone done, gpointer user_data)
{
  Submission *submission = g_new0 (Submission, 1);

  submission->inbox = self;
  submission->dataset = dataset;
  submission->records = g_array_ref (result->records);
  submission->waiters = g_array_new (FALSE, FALSE, sizeof (Waiter));
  add_waiter (submission, done, user_data, SOBRE_VERDICT_STORED);
  if (dataset == SOBRE_DATASET_RESPONSES)
    g_hash_table_insert (self->on_the_way, &g_array_index (submission->records, SobrePassed, 0).id, submission);
  sobre_spool_writer_append (self->writer, dataset, result->lines->str, result->lines->len, written_cb, submission);
}

static void
submit_response (SobreInbox *self, SobreGateResult *result, SobreInboxDone done, gpointer user_data)
{
  const SobrePassed *record = &g_array_index (result->records, SobrePassed, 0);
  Submission *first = g_hash_table_lookup (self->on_the_way, &record->id);
  SobreBodyHash known;

  if (first != NULL)
    {
      gboolean same = g_array_index (first->records, SobrePassed, 0).hash == record->hash;

      add_waiter (first, done, user_data, same ? SOBRE_VERDICT_KNOWN : SOBRE_VERDICT_CONFLICT);
    }
  else if (sobre_id_memory_find (self->memories[SOBRE_DATASET_RESPONSES], &record->id, &known))
    settle (done, user_data, known == record->hash ? SOBRE_VERDICT_KNOWN : SOBRE_VERDICT_CONFLICT, 0, &record->id);
  else
    store (self, SOBRE_DATASET_RESPONSES, result, done, user_data);
}

/* Events are stored as they come when any of them is new: what stands there twice is dropped by its id later. */
static void
submit_events (SobreInbox *self, SobreGateResult *result, SobreInboxDone done, gpointer user_data)
{
  gboolean conflict = FALSE;

  for (guint i = 0; i < result->records->len; i++)
    {
      const SobrePassed *record = &g_array_index (result->records, SobrePassed, i);
      SobreBodyHash known;

      if (!sobre_id_memory_find (self->memories[SOBRE_DATASET_EVENTS], &record->id, &known))
        {
          store (self, SOBRE_DATASET_EVENTS, result, done, user_data);
          return;
        }
      conflict = conflict || known != record->hash;
    }
  settle (done, user_data, conflict ? SOBRE_VERDICT_CONFLICT : SOBRE_VERDICT_KNOWN, 0,
          &g_array_index (result->records, SobrePassed, 0).id);
}

void
sobre_inbox_submit (SobreInbox *self,
                    SobreDataset dataset,
                    const char *body,
                    gsize length,
                    SobreInboxDone done,
                    gpointer user_data)
{
  g_auto (SobreGateResult) result = sobre_gate_check (self->gate, dataset, body, length);

  g_assert (length <= SOBRE_INBOX_BODY_MAX);

  if (result.rule != NULL)
    {
      const SobreOutcome outcome = { .verdict = SOBRE_VERDICT_REFUSED, .rule = result.rule, .line = result.line };

      done (&outcome, user_data);
    }
  else if (dataset == SOBRE_DATASET_RESPONSES)
    submit_response (self, &result, done, user_data);
  else
    submit_events (self, &result, done, user_data);
}
