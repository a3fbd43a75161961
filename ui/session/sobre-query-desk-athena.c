/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-query-desk.h"

#include <glib/gi18n-lib.h>

#include "aws/sobre-athena-price.h"
#include "aws/sobre-athena-scan.h"
#include "lake/sobre-lake-catalogue.h"
#include "model/sobre-time.h"
#include "session/sobre-job.h"

static gboolean
open_engine_worker (gpointer data, GValue *result, GError **error)
{
  SobreAthenaEngine *engine = sobre_workspace_new_athena_engine (data, error);

  if (engine == NULL)
    return FALSE;
  g_value_init (result, SOBRE_TYPE_ATHENA_ENGINE);
  g_value_take_object (result, engine);
  return TRUE;
}

static gboolean
open_lake_worker (gpointer data, GValue *result, GError **error)
{
  SobreLakeSource *lake = sobre_workspace_get_source (data, error);

  if (lake == NULL)
    return FALSE;
  g_value_init (result, SOBRE_TYPE_LAKE_SOURCE);
  g_value_set_object (result, lake);
  return TRUE;
}

gboolean
sobre_query_desk_has_athena (SobreWorkspace *workspace)
{
  const SobreSettings *settings = sobre_workspace_get_settings (workspace);

  return settings->lake_bucket != NULL || settings->has_athena;
}

DexFuture *
sobre_query_desk_open_athena (SobreWorkspace *workspace)
{
  return sobre_job_run ("athena", open_engine_worker, g_object_ref (workspace), g_object_unref);
}

/* An estimate on its way. */
typedef struct
{
  GPtrArray *reads;
  double price_per_tb;
} Estimate;

static void
estimate_free (gpointer data)
{
  Estimate *self = data;

  g_ptr_array_unref (self->reads);
  g_free (self);
}

static DexFuture *
list_cb (DexFuture *future, gpointer user_data)
{
  return sobre_lake_catalogue (g_value_get_object (dex_future_get_value (future, NULL)), NULL);
}

static DexFuture *
listed_cb (DexFuture *future, gpointer user_data)
{
  const Estimate *self = user_data;
  guint64 bytes = sobre_athena_estimate (self->reads, g_value_get_boxed (dex_future_get_value (future, NULL)));
  g_autofree char *size = g_format_size (bytes);
  g_autofree char *price = sobre_athena_format_price (sobre_athena_get_price (bytes, self->price_per_tb));
  g_autofree char *unbounded = sobre_athena_dup_unbounded (self->reads);

  if (unbounded == NULL)
    return dex_future_new_take_string (g_strdup_printf (_ ("Athena would read up to %s: about %s at most"), size, price));
  return dex_future_new_take_string (
      g_strdup_printf (_ ("Athena would read up to %s: about %s at most. Read whole, for want of a condition on dt: %s"), size,
                       price, unbounded));
}

DexFuture *
sobre_query_desk_estimate (SobreWorkspace *workspace, SobreQuery *query, gint64 now)
{
  GPtrArray *reads = sobre_athena_find_reads (query, (gint32) (now / SOBRE_DAY_MS));
  Estimate *estimate;
  GError *error = NULL;

  if (reads == NULL)
    {
      sobre_query_error_set (&error, SOBRE_QUERY_ERROR_UNSUPPORTED, SOBRE_SQL_NOWHERE, "%s",
                             _ ("What this query reads cannot be told beforehand."));
      return dex_future_new_for_error (error);
    }
  estimate = g_new0 (Estimate, 1);
  estimate->reads = reads;
  estimate->price_per_tb = sobre_workspace_get_settings (workspace)->athena.price_per_tb;
  return dex_future_then (
      dex_future_then (sobre_job_run ("estimate", open_lake_worker, g_object_ref (workspace), g_object_unref), list_cb, NULL,
                       NULL),
      listed_cb, estimate, estimate_free);
}

static gboolean
load_runs_worker (gpointer data, GValue *result, GError **error)
{
  g_autofree char *folder = sobre_workspace_dup_athena_folder (data);

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, sobre_athena_journal_load (folder));
  return TRUE;
}

DexFuture *
sobre_query_desk_load_runs (SobreWorkspace *workspace)
{
  return sobre_job_run ("runs", load_runs_worker, g_object_ref (workspace), g_object_unref);
}

char *
sobre_query_desk_describe_run (const SobreAthenaRun *run)
{
  g_autofree char *size = g_format_size (run->bytes);
  g_autofree char *price = sobre_athena_format_price (run->price);

  if (run->reused)
    return g_strdup (_ ("Athena took an earlier result: nothing was read"));
  return g_strdup_printf (_ ("Athena read %s: about %s"), size, price);
}

char *
sobre_query_desk_describe_cost (SobreAthenaEngine *engine)
{
  g_autoptr (SobreAthenaRun) run = sobre_athena_engine_get_last_run (engine);

  return run != NULL ? sobre_query_desk_describe_run (run) : NULL;
}
