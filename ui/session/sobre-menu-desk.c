/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "session/sobre-menu-desk.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "lake/sobre-lake-files.h"
#include "session/sobre-job.h"
#include "workspace/sobre-workspace-files.h"

#define MAX_BYTES (1024 * 1024)

/* What one of the jobs needs; each uses what is its own. */
typedef struct
{
  SobreWorkspace *workspace;
  SobreClock *clock;
  JsonNode *root;
  SobrePublishedMenu *published;
  char *item;
  gboolean sold_out;
  guint version;
} Task;

static void
task_free (gpointer data)
{
  Task *self = data;

  g_clear_object (&self->workspace);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->published, sobre_published_menu_unref);
  g_free (self->item);
  g_free (self);
}

static Task *
task_new (SobreWorkspace *workspace, SobreClock *clock, JsonNode *root)
{
  Task *self = g_new0 (Task, 1);

  self->workspace = g_object_ref (workspace);
  g_set_object (&self->clock, clock);
  self->root = root != NULL ? json_node_ref (root) : NULL;
  return self;
}

static void
published_clear (gpointer data)
{
  SobrePublishedMenu *self = data;

  g_clear_pointer (&self->pointer, sobre_menu_pointer_free);
  g_clear_object (&self->menu);
  g_clear_pointer (&self->root, json_node_unref);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  g_free (self->message);
}

SobrePublishedMenu *
sobre_published_menu_ref (SobrePublishedMenu *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_published_menu_unref (SobrePublishedMenu *self)
{
  g_atomic_rc_box_release_full (self, published_clear);
}

G_DEFINE_BOXED_TYPE (SobrePublishedMenu, sobre_published_menu, sobre_published_menu_ref, sobre_published_menu_unref)

gboolean
sobre_published_menu_is_sold_out (const SobrePublishedMenu *self, const char *item)
{
  return self->pointer != NULL && g_strv_contains ((const char *const *) self->pointer->sold_out, item);
}

static void
check_clear (gpointer data)
{
  SobreMenuCheck *self = data;

  g_clear_object (&self->menu);
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
}

SobreMenuCheck *
sobre_menu_check_ref (SobreMenuCheck *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_menu_check_unref (SobreMenuCheck *self)
{
  g_atomic_rc_box_release_full (self, check_clear);
}

G_DEFINE_BOXED_TYPE (SobreMenuCheck, sobre_menu_check, sobre_menu_check_ref, sobre_menu_check_unref)

/* The document behind the pointer, read twice: for what it means, and for comparing it with one that is being written. */
static void
read_document (SobrePublishedMenu *self, int folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = sobre_menu_store_read_document (folder, self->pointer, &error);
  gsize length;
  const char *json;

  if (bytes != NULL)
    {
      json = g_bytes_get_data (bytes, &length);
      self->menu = sobre_menu_parse (json, (gssize) length, self->pointer->currency, NULL, &error);
      self->root = sobre_document_open (json, length, MAX_BYTES, NULL);
    }
  if (error != NULL)
    self->message = g_strdup (error->message);
}

static void
look (SobrePublishedMenu *self, const char *path)
{
  g_autofd int folder = sobre_files_open_folder (path, FALSE, NULL);
  g_autoptr (GError) error = NULL;

  if (folder < 0)
    return;
  self->pointer = sobre_menu_store_read_pointer (folder, &error);
  if (self->pointer != NULL)
    {
      read_document (self, folder);
      g_ptr_array_unref (self->history);
      self->history = sobre_menu_store_list_history (path, &error);
    }
  if (self->history == NULL)
    self->history = g_ptr_array_new ();
  if (error != NULL && !g_error_matches (error, SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_NONE) && self->message == NULL)
    self->message = g_strdup (error->message);
}

static gboolean
look_worker (gpointer data, GValue *result, GError **error)
{
  Task *task = data;
  SobrePublishedMenu *self = g_atomic_rc_box_new0 (SobrePublishedMenu);

  self->history = g_ptr_array_new ();
  look (self, sobre_workspace_get_menu_folder (task->workspace));
  g_value_init (result, SOBRE_TYPE_PUBLISHED_MENU);
  g_value_take_boxed (result, self);
  return TRUE;
}

static gboolean
differs (const Task *task)
{
  const SobrePublishedMenu *published = task->published;
  const SobreSettings *settings = sobre_workspace_get_settings (task->workspace);

  return published == NULL || published->pointer == NULL || !sobre_document_is_same (published->root, task->root) ||
         !g_str_equal (published->pointer->currency, settings->currency) ||
         !g_str_equal (published->pointer->time_zone, settings->time_zone);
}

static gboolean
check_worker (gpointer data, GValue *result, GError **error)
{
  Task *task = data;
  SobreMenuCheck *self = g_atomic_rc_box_new0 (SobreMenuCheck);
  SobreMenu *before = task->published != NULL ? task->published->menu : NULL;
  g_autofree char *text = sobre_document_format (task->root);

  self->menu = sobre_menu_parse (text, -1, sobre_workspace_get_settings (task->workspace)->currency, &self->issues, NULL);
  self->differs = differs (task);
  if (self->menu != NULL && before != NULL)
    g_ptr_array_extend_and_steal (self->issues, sobre_menu_list_number_changes (before, self->menu));
  self->changes = self->menu != NULL ? sobre_menu_list_allergen_changes (before, self->menu) : g_ptr_array_new ();
  g_value_init (result, SOBRE_TYPE_MENU_CHECK);
  g_value_take_boxed (result, self);
  return TRUE;
}

static gboolean
give_version (SobreMenuPointer *pointer, GValue *result)
{
  if (pointer == NULL)
    return FALSE;
  g_value_init (result, G_TYPE_UINT);
  g_value_set_uint (result, pointer->version);
  sobre_menu_pointer_free (pointer);
  return TRUE;
}

static gboolean
publish_worker (gpointer data, GValue *result, GError **error)
{
  Task *task = data;
  const SobreSettings *settings = sobre_workspace_get_settings (task->workspace);
  g_autoptr (JsonNode) there = NULL;
  g_autoptr (GBytes) document = NULL;
  char *text;
  gsize length;

  text = sobre_workspace_read_file (sobre_workspace_get_path (task->workspace), SOBRE_MENU_FILE, &length, error);
  if (text == NULL)
    return FALSE;
  document = g_bytes_new_take (text, length);
  there = sobre_document_open (text, length, MAX_BYTES, NULL);
  if (there == NULL || !sobre_document_is_same (there, task->root))
    {
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_CHANGED,
                   _ ("%s was changed by another program meanwhile, so nothing was published. Look at it and publish again"),
                   SOBRE_MENU_FILE);
      return FALSE;
    }
  return give_version (sobre_menu_store_publish (sobre_workspace_get_menu_folder (task->workspace), document,
                                                 settings->currency, settings->time_zone, sobre_clock_now (task->clock), error),
                       result);
}

static gboolean
roll_back_worker (gpointer data, GValue *result, GError **error)
{
  Task *task = data;

  return give_version (sobre_menu_store_roll_back (sobre_workspace_get_menu_folder (task->workspace), task->version,
                                                   sobre_clock_now (task->clock), error),
                       result);
}

static gboolean
mark_worker (gpointer data, GValue *result, GError **error)
{
  Task *task = data;
  const char *const items[] = { task->item, NULL };

  return give_version (sobre_menu_store_mark (sobre_workspace_get_menu_folder (task->workspace), items, task->sold_out, error),
                       result);
}

DexFuture *
sobre_menu_desk_look (SobreWorkspace *workspace)
{
  return sobre_job_run ("menu-look", look_worker, task_new (workspace, NULL, NULL), task_free);
}

DexFuture *
sobre_menu_desk_check (SobreWorkspace *workspace, JsonNode *root, SobrePublishedMenu *published)
{
  Task *task = task_new (workspace, NULL, root);

  task->published = published != NULL ? sobre_published_menu_ref (published) : NULL;
  return sobre_job_run ("menu-check", check_worker, task, task_free);
}

DexFuture *
sobre_menu_desk_publish (SobreWorkspace *workspace, SobreClock *clock, JsonNode *root)
{
  return sobre_job_run ("menu-publish", publish_worker, task_new (workspace, clock, root), task_free);
}

DexFuture *
sobre_menu_desk_roll_back (SobreWorkspace *workspace, SobreClock *clock, guint version)
{
  Task *task = task_new (workspace, clock, NULL);

  task->version = version;
  return sobre_job_run ("menu-rollback", roll_back_worker, task, task_free);
}

DexFuture *
sobre_menu_desk_mark (SobreWorkspace *workspace, const char *item, gboolean sold_out)
{
  Task *task = task_new (workspace, NULL, NULL);

  task->item = g_strdup (item);
  task->sold_out = sold_out;
  return sobre_job_run ("menu-mark", mark_worker, task, task_free);
}
