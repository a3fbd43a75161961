/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sync/sobre-forget-bucket.h"

#include "aws/sobre-aws-error.h"
#include "ingest/sobre-wait.h"
#include "sync/sobre-sync-listing.h"

#define N_UNDER_WAY 16

/* Whether it is only this object that is wrong, and not the bucket or the way to it. */
static gboolean
is_about_object (const GError *error)
{
  return (error->domain == SOBRE_LAKE_ERROR && error->code != SOBRE_LAKE_ERROR_UNAVAILABLE) ||
         g_error_matches (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CONFLICT);
}

static gboolean
blame (const SobreLakeObject *object, SobreForgetReport *report, GError *cause, GError **error)
{
  if (cause == NULL || is_about_object (cause))
    {
      g_ptr_array_add (report->unreadable, g_strdup (object->key));
      g_clear_error (&cause);
      return TRUE;
    }
  if (cause->domain == SOBRE_AWS_ERROR)
    {
      g_set_error_literal (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_UNAVAILABLE, cause->message);
      g_error_free (cause);
    }
  else
    g_propagate_error (error, cause);
  return FALSE;
}

/* @fetching: (transfer full) */
static gboolean
search_object (SobreLakeEraser *eraser,
               SobreS3Lake *bucket,
               SobreCompactOpening *opening,
               const SobreLakeObject *object,
               DexFuture *fetching,
               SobreForgetReport *report,
               GError **error)
{
  g_autoptr (DexFuture) owned = fetching;
  g_autoptr (DexFuture) writing = NULL;
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (gint32));
  GError *cause = NULL;
  const GValue *value = sobre_wait_for_future (fetching, &cause);
  guint n_dropped;

  if (value == NULL || !sobre_lake_eraser_run (eraser, object->dataset, g_value_get_boxed (value), &kept, &n_dropped))
    return blame (object, report, cause, error);
  if (kept == NULL)
    return TRUE;
  g_array_append_val (days, object->dt);
  if (!sobre_compact_opening_add (opening, days, error))
    return FALSE;
  writing = sobre_s3_lake_replace (bucket, object, kept, NULL);
  if (sobre_wait_for_future (writing, &cause) == NULL)
    return blame (object, report, cause, error);
  report->n_records += n_dropped;
  report->n_objects++;
  return TRUE;
}

gboolean
sobre_forget_in_bucket (SobreS3Lake *bucket,
                        const SobreId *id,
                        SobreCompactOpening *opening,
                        SobreForgetReport *report,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GPtrArray) objects = sobre_sync_list_lake (SOBRE_LAKE_SOURCE (bucket), error);
  g_autoptr (SobreLakeEraser) eraser = sobre_lake_eraser_new (id);
  DexFuture *fetching[N_UNDER_WAY] = { NULL };
  gboolean done = objects != NULL;
  guint n = objects != NULL ? objects->len : 0;

  for (guint i = 0; i < n + N_UNDER_WAY; i++)
    {
      DexFuture **place = &fetching[i % N_UNDER_WAY];

      if (i >= N_UNDER_WAY && *place != NULL)
        {
          done = done && !g_cancellable_set_error_if_cancelled (cancellable, error) &&
                 search_object (eraser, bucket, opening, g_ptr_array_index (objects, i - N_UNDER_WAY), g_steal_pointer (place),
                                report, error);
          dex_clear (place);
        }
      if (done && i < n)
        *place = sobre_lake_source_fetch (SOBRE_LAKE_SOURCE (bucket), g_ptr_array_index (objects, i));
    }
  return done;
}
