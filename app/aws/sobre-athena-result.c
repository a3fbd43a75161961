/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-athena-result.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-athena.h"
#include "aws/sobre-s3.h"
#include "query/sobre-result-csv.h"

#define PART_BYTES (G_GUINT64_CONSTANT (8) << 20)

/** Job: a result on its way. */
typedef struct
{
  SobreAwsClient *athena;
  SobreAwsClient *s3;
  char *id;
  char *bucket;
  char *key;
  guint64 max_rows;
  GCancellable *cancellable;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->athena);
  g_object_unref (job->s3);
  g_free (job->id);
  g_free (job->bucket);
  g_free (job->key);
  g_clear_object (&job->cancellable);
  g_free (job);
}

static SobreResultCsv *
make_reader (GPtrArray *columns, guint64 max_rows)
{
  g_autoptr (GArray) described = g_array_new (FALSE, FALSE, sizeof (SobreResultCsvColumn));

  for (guint i = 0; i < columns->len; i++)
    {
      const SobreAthenaColumn *column = g_ptr_array_index (columns, i);
      SobreResultCsvColumn description = { column->name, column->type, column->precision, column->scale };

      g_array_append_val (described, description);
    }
  return sobre_result_csv_new ((const SobreResultCsvColumn *) (gpointer) described->data, described->len, max_rows);
}

/* Every part is asked for by the ETag of the first: a result is never put together of two versions. */
static gboolean
read_parts (Job *job, SobreResultCsv *csv, GError **error)
{
  g_autofree char *etag = NULL;
  guint64 at = 0, total = 0;

  do
    {
      g_autoptr (SobreS3Part) part =
          dex_await_boxed (sobre_s3_get_part (job->s3, job->bucket, job->key, etag, at, PART_BYTES, job->cancellable), error);
      gsize length;
      const char *bytes;

      if (part == NULL)
        return FALSE;
      bytes = g_bytes_get_data (part->bytes, &length);
      if (!sobre_result_csv_feed (csv, bytes, length, error))
        return FALSE;
      g_set_str (&etag, part->etag);
      total = part->total;
      at += length;
    }
  while (at < total && !sobre_result_csv_is_full (csv));
  return TRUE;
}

static DexFuture *
fetch_fiber (gpointer data)
{
  Job *job = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) columns = dex_await_boxed (sobre_athena_get_columns (job->athena, job->id, job->cancellable), &error);
  g_autoptr (SobreResultCsv) csv = NULL;
  SobreResultTable *table = NULL;

  if (columns == NULL)
    return dex_future_new_for_error (error);
  csv = make_reader (columns, job->max_rows);
  if (read_parts (job, csv, &error))
    table = sobre_result_csv_finish (csv, &error);
  return table != NULL ? dex_future_new_take_object (table) : dex_future_new_for_error (error);
}

DexFuture *
sobre_athena_fetch_result (SobreAwsClient *athena,
                           SobreAwsClient *s3,
                           const char *id,
                           const char *output,
                           guint64 max_rows,
                           GCancellable *cancellable)
{
  const char *path = output != NULL && g_str_has_prefix (output, "s3://") ? output + strlen ("s3://") : NULL;
  const char *slash = path != NULL ? strchr (path, '/') : NULL;
  g_autofree char *bucket = slash != NULL ? g_strndup (path, (gsize) (slash - path)) : NULL;
  Job *job;

  if (bucket == NULL || slash[1] == '\0' || !sobre_s3_bucket_is_valid (bucket))
    return dex_future_new_for_error (
        sobre_aws_error_new (SOBRE_AWS_ERROR_PROTOCOL, 200, NULL, "%s", _ ("Athena does not say where the result is")));
  job = g_new0 (Job, 1);
  job->athena = g_object_ref (athena);
  job->s3 = g_object_ref (s3);
  job->id = g_strdup (id);
  job->bucket = g_steal_pointer (&bucket);
  job->key = g_strdup (slash + 1);
  job->max_rows = max_rows;
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, fetch_fiber, job, job_free);
}
