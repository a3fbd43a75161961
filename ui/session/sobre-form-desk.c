/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-form-desk.h"

#include "session/sobre-job.h"

/* What one of the jobs needs; each uses what is its own. */
typedef struct
{
  SobreWorkspace *workspace;
  JsonNode *root;
  guint version;
} Task;

static void
task_free (gpointer data)
{
  Task *self = data;

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->root, json_node_unref);
  g_free (self);
}

static Task *
task_new (SobreWorkspace *workspace, JsonNode *root)
{
  Task *self = g_new0 (Task, 1);

  self->workspace = g_object_ref (workspace);
  self->root = root != NULL ? json_node_ref (root) : NULL;
  return self;
}

static void
state_clear (gpointer data)
{
  SobreFormState *self = data;

  g_clear_object (&self->form);
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  g_clear_pointer (&self->published, json_node_unref);
  g_clear_pointer (&self->history, g_ptr_array_unref);
}

SobreFormState *
sobre_form_state_ref (SobreFormState *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_form_state_unref (SobreFormState *self)
{
  g_atomic_rc_box_release_full (self, state_clear);
}

G_DEFINE_BOXED_TYPE (SobreFormState, sobre_form_state, sobre_form_state_ref, sobre_form_state_unref)

static gboolean
check_worker (gpointer data, GValue *result, GError **error)
{
  Task *task = data;
  SobreFormState *self = g_atomic_rc_box_new0 (SobreFormState);
  g_autofree char *text = sobre_document_format (task->root);
  JsonNode *version;

  self->form = sobre_form_parse (text, -1, &self->issues, NULL);
  self->published = sobre_workspace_load_published_form (task->workspace, NULL);
  self->history = sobre_workspace_list_forms (task->workspace);
  if (self->published != NULL)
    {
      version = json_object_get_member (json_node_get_object (self->published), "version");
      if (version != NULL && json_node_get_value_type (version) == G_TYPE_INT64)
        self->version = (guint) json_node_get_int (version);
    }
  self->differs = self->published == NULL || !sobre_form_is_same (self->published, task->root);
  g_value_init (result, SOBRE_TYPE_FORM_STATE);
  g_value_take_boxed (result, self);
  return TRUE;
}

static gboolean
give_version (guint version, GValue *result)
{
  if (version == 0)
    return FALSE;
  g_value_init (result, G_TYPE_UINT);
  g_value_set_uint (result, version);
  return TRUE;
}

static gboolean
publish_worker (gpointer data, GValue *result, GError **error)
{
  Task *task = data;

  return give_version (sobre_workspace_publish_form (task->workspace, task->root, error), result);
}

static gboolean
roll_back_worker (gpointer data, GValue *result, GError **error)
{
  Task *task = data;

  return give_version (sobre_workspace_roll_back_form (task->workspace, task->version, error), result);
}

static gboolean
discard_worker (gpointer data, GValue *result, GError **error)
{
  return sobre_workspace_discard_form (((Task *) data)->workspace, error);
}

DexFuture *
sobre_form_desk_check (SobreWorkspace *workspace, JsonNode *root)
{
  return sobre_job_run ("form-check", check_worker, task_new (workspace, root), task_free);
}

DexFuture *
sobre_form_desk_publish (SobreWorkspace *workspace, JsonNode *root)
{
  return sobre_job_run ("form-publish", publish_worker, task_new (workspace, root), task_free);
}

DexFuture *
sobre_form_desk_roll_back (SobreWorkspace *workspace, guint version)
{
  Task *task = task_new (workspace, NULL);

  task->version = version;
  return sobre_job_run ("form-rollback", roll_back_worker, task, task_free);
}

DexFuture *
sobre_form_desk_discard (SobreWorkspace *workspace)
{
  return sobre_job_run ("form-discard", discard_worker, task_new (workspace, NULL), task_free);
}
