/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-card-desk.h"

#include "session/sobre-job.h"

/* Everything that one of the jobs needs; a job uses what is its own. */
typedef struct
{
  SobreWorkspace *workspace;
  GListModel *tables;
  SobreCardJob *job;
  SobreCardSetup setup;
  char *base;
  char *path;
} Task;

static void
task_free (gpointer data)
{
  Task *self = data;

  g_clear_object (&self->workspace);
  g_clear_object (&self->tables);
  g_clear_pointer (&self->job, sobre_card_job_unref);
  g_free (self->base);
  g_free (self->path);
  g_free (self);
}

static gboolean
prepare_worker (gpointer data, GValue *result, GError **error)
{
  Task *self = data;
  const SobreSettings *settings = sobre_workspace_get_settings (self->workspace);
  g_autoptr (GBytes) secret = sobre_workspace_load_card_secret (self->workspace, error);
  SobreCardJob *job;

  if (secret == NULL)
    return FALSE;
  job = sobre_card_job_new (
      &(SobreCardOrder) {
          .name = settings->name,
          .languages = (const char *const *) settings->languages,
          .tables = self->tables,
          .secret = secret,
          .epoch = settings->card_epoch,
          .base = self->base,
          .paper = self->setup.paper,
          .offset_x = self->setup.offset_x,
          .offset_y = self->setup.offset_y,
          .scale = self->setup.scale,
      },
      error);
  if (job == NULL)
    return FALSE;
  g_value_init (result, SOBRE_TYPE_CARD_JOB);
  g_value_take_boxed (result, job);
  return TRUE;
}

static gboolean
check_worker (gpointer data, GValue *result, GError **error)
{
  return sobre_card_job_check (((Task *) data)->job, error);
}

static gboolean
write_worker (gpointer data, GValue *result, GError **error)
{
  Task *self = data;

  return sobre_card_job_write (self->job, self->path, NULL, error);
}

static gboolean
load_printed_worker (gpointer data, GValue *result, GError **error)
{
  g_value_init (result, G_TYPE_STRING);
  g_value_take_string (result, sobre_workspace_dup_printed_base (((Task *) data)->workspace));
  return TRUE;
}

static gboolean
store_printed_worker (gpointer data, GValue *result, GError **error)
{
  Task *self = data;

  return sobre_workspace_set_printed_base (self->workspace, self->base, error);
}

/* The thread gets a list of its own: items are immutable, the list is not. */
static GListModel *
copy_list (GListModel *list)
{
  GListStore *copy = g_list_store_new (SOBRE_TYPE_TABLE);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (SobreTable) table = g_list_model_get_item (list, i);

      g_list_store_append (copy, table);
    }
  return G_LIST_MODEL (copy);
}

DexFuture *
sobre_card_desk_prepare (SobreWorkspace *workspace, GListModel *tables, const SobreCardSetup *setup)
{
  Task *task = g_new0 (Task, 1);

  task->workspace = g_object_ref (workspace);
  task->tables = copy_list (tables);
  task->setup = *setup;
  task->base = g_strdup (setup->base);
  return sobre_job_run ("cards", prepare_worker, task, task_free);
}

DexFuture *
sobre_card_desk_check (SobreCardJob *job)
{
  Task *task = g_new0 (Task, 1);

  task->job = sobre_card_job_ref (job);
  return sobre_job_run ("card-check", check_worker, task, task_free);
}

DexFuture *
sobre_card_desk_write (SobreCardJob *job, const char *path)
{
  Task *task = g_new0 (Task, 1);

  task->job = sobre_card_job_ref (job);
  task->path = g_strdup (path);
  return sobre_job_run ("card-write", write_worker, task, task_free);
}

DexFuture *
sobre_card_desk_load_printed (SobreWorkspace *workspace)
{
  Task *task = g_new0 (Task, 1);

  task->workspace = g_object_ref (workspace);
  return sobre_job_run ("printed-base", load_printed_worker, task, task_free);
}

DexFuture *
sobre_card_desk_store_printed (SobreWorkspace *workspace, const char *base)
{
  Task *task = g_new0 (Task, 1);

  task->workspace = g_object_ref (workspace);
  task->base = g_strdup (base);
  return sobre_job_run ("printed-base", store_printed_worker, task, task_free);
}
