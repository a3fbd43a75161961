/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "stack/sobre-stack-tables.h"

#include <glib/gi18n-lib.h>

#include "sync/sobre-compact.h"
#include "workspace/sobre-workspace-files.h"

/** Job: @athena: the workspace's settings with the names that count */
typedef struct
{
  SobreStackWork *work;
  SobreWorkspace *workspace;
  SobreStack *stack;
  SobreAthenaSettings athena;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  sobre_stack_work_unref (job->work);
  g_object_unref (job->workspace);
  sobre_stack_unref (job->stack);
  g_free (job);
}

/* Somebody may have changed the file since the workspace was opened. */
static gboolean
write_names (Job *job, const char *database, const char *workgroup, GError **error)
{
  const char *folder = sobre_workspace_get_path (job->workspace);
  gsize length;
  g_autofree char *text = sobre_workspace_read_file (folder, SOBRE_WORKSPACE_FILE, &length, error);
  g_autoptr (SobreSettings) settings = text != NULL ? sobre_settings_parse (text, (gssize) length, error) : NULL;
  g_autofree char *changed = NULL;

  if (settings == NULL)
    return FALSE;
  if (settings->has_athena)
    return TRUE;
  g_set_str (&settings->athena.database, database);
  g_set_str (&settings->athena.workgroup, workgroup);
  settings->has_athena = TRUE;
  changed = sobre_settings_format (settings);
  return sobre_workspace_write_file (folder, SOBRE_WORKSPACE_FILE, changed, -1, error);
}

/* What a person wrote of Athena counts more than what the stack says. */
static gboolean
choose_names (Job *job, GError **error)
{
  const SobreSettings *settings = sobre_workspace_get_settings (job->workspace);
  const char *database = g_hash_table_lookup (job->stack->outputs, "Database");
  const char *workgroup = g_hash_table_lookup (job->stack->outputs, "WorkGroup");

  job->athena = settings->athena;
  if (settings->has_athena)
    return TRUE;
  if (database == NULL || workgroup == NULL)
    {
      g_set_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING, _ ("The stack %s names no database and no workgroup"),
                   job->stack->name);
      return FALSE;
    }
  job->athena.database = (char *) database;
  job->athena.workgroup = (char *) workgroup;
  return write_names (job, database, workgroup, error);
}

static DexFuture *
put_fiber (gpointer data)
{
  Job *job = data;
  const char *bucket = g_hash_table_lookup (job->stack->outputs, "LakeBucket");
  g_autoptr (SobreS3Lake) lake = NULL;
  g_autoptr (DexFuture) future = NULL;
  SobreCompactWork work;
  GError *error = NULL;

  if (bucket == NULL)
    return dex_future_new_reject (SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING, _ ("The stack %s is %s and has no lake"),
                                  job->stack->name, job->stack->status);
  if (!choose_names (job, &error))
    return dex_future_new_for_error (error);
  lake = sobre_s3_lake_new (sobre_aws_account_get_client (job->work->account, SOBRE_AWS_S3), bucket);
  work = (SobreCompactWork) {
    .workspace = job->workspace, .lake = lake, .cancellable = job->work->cancellable, .athena = &job->athena
  };
  future = sobre_compact_put_views (&work);
  if (!dex_await (dex_ref (future), &error))
    return dex_future_new_for_error (error);
  return g_steal_pointer (&future);
}

DexFuture *
sobre_stack_put_tables (SobreStackWork *work, SobreWorkspace *workspace, const SobreStack *lake)
{
  Job *job = g_new0 (Job, 1);

  job->work = sobre_stack_work_ref (work);
  job->workspace = g_object_ref (workspace);
  job->stack = sobre_stack_ref ((SobreStack *) lake);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, put_fiber, job, job_free);
}
