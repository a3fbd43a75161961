/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lake/sobre-lake-reader.h"
#include "lake/sobre-lake-verify.h"

#define MAX_LINE_FINDINGS 1000

static void
free_finding (gpointer data)
{
  SobreLakeFinding *finding = data;

  g_free (finding->key);
  g_free (finding->reason);
  g_free (finding);
}

static SobreLakeReport *
new_report (void)
{
  SobreLakeReport *self = g_atomic_rc_box_new0 (SobreLakeReport);

  self->reasons = g_hash_table_new (g_str_hash, g_str_equal);
  self->findings = g_ptr_array_new_with_free_func (free_finding);
  return self;
}

static void
clear (gpointer data)
{
  SobreLakeReport *self = data;

  g_hash_table_unref (self->reasons);
  g_ptr_array_unref (self->findings);
}

SobreLakeReport *
sobre_lake_report_ref (SobreLakeReport *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_lake_report_unref (SobreLakeReport *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

G_DEFINE_BOXED_TYPE (SobreLakeReport, sobre_lake_report, sobre_lake_report_ref, sobre_lake_report_unref)

/**
 * Verification: one run.
 * @object: what is being read
 * @n_records: of @object, added to the report when it was read to its end
 * @rejects: (element-type SobreLakeFinding): of @object likewise
 * @n_line_findings: lines in the report
 */
typedef struct
{
  SobreLakeSource *lake;
  SobreLakeProgress progress;
  gpointer user_data;
  GDestroyNotify user_data_free;

  SobreLakeReader *reader;
  SobreLakeReport *report;
  const SobreLakeObject *object;
  guint64 n_records;
  GHashTable *reasons;
  GPtrArray *rejects;
  guint n_line_findings;
} Verification;

static void
free_verification (gpointer data)
{
  Verification *self = data;

  if (self->user_data_free != NULL)
    self->user_data_free (self->user_data);
  g_object_unref (self->lake);
  sobre_lake_reader_free (self->reader);
  g_clear_pointer (&self->report, sobre_lake_report_unref);
  g_hash_table_unref (self->reasons);
  g_ptr_array_unref (self->rejects);
  g_free (self);
}

static SobreLakeFinding *
new_finding (const char *key, guint64 line, const char *reason)
{
  SobreLakeFinding *finding = g_new (SobreLakeFinding, 1);

  finding->key = g_strdup (key);
  finding->line = line;
  finding->reason = g_strdup (reason);
  return finding;
}

static void
take_response_cb (const SobreResponse *response, gpointer user_data)
{
  ((Verification *) user_data)->n_records++;
}

static void
take_event_cb (const SobreEvent *event, gpointer user_data)
{
  ((Verification *) user_data)->n_records++;
}

static void
take_order_cb (const SobreOrder *order, gpointer user_data)
{
  ((Verification *) user_data)->n_records++;
}

static void
add_count (GHashTable *counts, const char *reason, guint n)
{
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (counts, reason));

  g_hash_table_insert (counts, (gpointer) reason, GUINT_TO_POINTER (before + n));
}

static void
take_reject_cb (const SobreReject *reject, gpointer user_data)
{
  Verification *self = user_data;

  add_count (self->reasons, reject->reason, 1);
  if (self->n_line_findings + self->rejects->len < MAX_LINE_FINDINGS)
    g_ptr_array_add (self->rejects, new_finding (self->object->key, reject->line, reject->reason));
}

static void
count_object (Verification *self)
{
  GHashTableIter iter;
  gpointer reason, n;

  self->report->n_records += self->n_records;
  g_hash_table_iter_init (&iter, self->reasons);
  while (g_hash_table_iter_next (&iter, &reason, &n))
    {
      self->report->n_rejects += GPOINTER_TO_UINT (n);
      add_count (self->report->reasons, reason, GPOINTER_TO_UINT (n));
    }
  self->n_line_findings += self->rejects->len;
  for (guint i = 0; i < self->rejects->len; i++)
    {
      const SobreLakeFinding *finding = g_ptr_array_index (self->rejects, i);

      g_ptr_array_add (self->report->findings, new_finding (finding->key, finding->line, finding->reason));
    }
}

static void
count_failure (Verification *self, const char *message)
{
  self->report->n_failed++;
  g_ptr_array_add (self->report->findings, new_finding (self->object->key, 0, message));
}

/* Reads one object. @error is set only when the lake as a whole is out of reach. */
static gboolean
verify_object (Verification *self, const SobreLakeObject *object, GError **error)
{
  static const SobreRecordSink sink = { take_response_cb, take_event_cb, take_order_cb, take_reject_cb };
  g_autoptr (GError) cause = NULL;
  g_autoptr (GBytes) bytes = dex_await_boxed (sobre_lake_source_fetch (self->lake, object), &cause);

  self->object = object;
  if (bytes == NULL && !g_error_matches (cause, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_GONE) &&
      !g_error_matches (cause, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_REFUSED))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }

  self->report->n_objects++;
  self->report->n_bytes += object->size;
  self->n_records = 0;
  g_hash_table_remove_all (self->reasons);
  g_ptr_array_set_size (self->rejects, 0);
  if (g_error_matches (cause, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_GONE))
    self->report->n_vanished++;
  else if (bytes != NULL && sobre_lake_reader_read (self->reader, object->dataset, g_bytes_get_data (bytes, NULL),
                                                    g_bytes_get_size (bytes), &sink, self, &cause))
    count_object (self);
  else
    count_failure (self, cause->message);

  if (self->progress != NULL)
    self->progress (self->report, self->user_data);
  return TRUE;
}

static DexFuture *
verify_worker (gpointer data)
{
  Verification *self = data;

  for (guint dataset = 0; dataset < SOBRE_N_DATASETS; dataset++)
    {
      g_autofree char *after = NULL;

      do
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (SobreLakePage) page =
              dex_await_boxed (sobre_lake_source_list (self->lake, (SobreDataset) dataset, after), &error);

          for (guint i = 0; page != NULL && error == NULL && i < page->objects->len; i++)
            verify_object (self, g_ptr_array_index (page->objects, i), &error);
          if (error != NULL)
            return dex_future_new_for_error (g_steal_pointer (&error));
          g_free (after);
          after = g_strdup (page->next);
        }
      while (after != NULL);
    }

  return dex_future_new_take_boxed (SOBRE_TYPE_LAKE_REPORT, g_steal_pointer (&self->report));
}

DexFuture *
sobre_lake_verify (SobreLakeSource *lake, SobreLakeProgress progress, gpointer user_data, GDestroyNotify user_data_free)
{
  Verification *self = g_new0 (Verification, 1);

  self->lake = g_object_ref (lake);
  self->progress = progress;
  self->user_data = user_data;
  self->user_data_free = user_data_free;
  self->reader = sobre_lake_reader_new ();
  self->report = new_report ();
  self->reasons = g_hash_table_new (g_str_hash, g_str_equal);
  self->rejects = g_ptr_array_new_with_free_func (free_finding);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, verify_worker, self, free_verification);
}
