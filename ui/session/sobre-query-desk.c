/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-query-desk.h"

#include <string.h>

#include "session/sobre-job.h"

#define TITLE_LINE "-- title:"
#define UNNAMED "query"
#define MAX_NAME 60

/* What one of the jobs needs; each uses what is its own. */
typedef struct
{
  char **folders; /* the workspace's own first */
  char *name;
  char *text;
  SobreResultTable *table;
  SobreResultFormat format;
  GFile *file;
} Task;

static void
task_free (gpointer data)
{
  Task *self = data;

  g_strfreev (self->folders);
  g_free (self->name);
  g_free (self->text);
  g_clear_object (&self->table);
  g_clear_object (&self->file);
  g_free (self);
}

static Task *
task_new (SobreWorkspace *workspace)
{
  Task *self = g_new0 (Task, 1);

  if (workspace != NULL)
    self->folders = sobre_workspace_dup_query_folders (sobre_workspace_get_path (workspace));
  return self;
}

static char *
make_path (const Task *self)
{
  g_autofree char *file = g_strconcat (self->name, ".sql", NULL);

  return g_build_filename (self->folders[0], file, NULL);
}

static int
compare_entries (gconstpointer a, gconstpointer b, gpointer data)
{
  SobreQueryEntry *one = (SobreQueryEntry *) a, *other = (SobreQueryEntry *) b;

  if (sobre_query_entry_is_own (one) != sobre_query_entry_is_own (other))
    return sobre_query_entry_is_own (one) ? -1 : 1;
  return g_utf8_collate (sobre_saved_query_get_title (sobre_query_entry_get_query (one)),
                         sobre_saved_query_get_title (sobre_query_entry_get_query (other)));
}

static gboolean
list_worker (gpointer data, GValue *result, GError **error)
{
  Task *self = data;
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (GListModel) queries = sobre_saved_query_list ((const char *const *) self->folders, &errors);
  GListStore *entries = g_list_store_new (SOBRE_TYPE_QUERY_ENTRY);

  for (guint i = 0; i < g_list_model_get_n_items (queries); i++)
    {
      g_autoptr (SobreSavedQuery) query = g_list_model_get_item (queries, i);
      g_autoptr (SobreQueryEntry) entry = NULL;
      g_autofree char *path = NULL;

      g_set_str (&self->name, sobre_saved_query_get_name (query));
      path = make_path (self);
      entry = sobre_query_entry_new (query, g_file_test (path, G_FILE_TEST_EXISTS));
      g_list_store_append (entries, entry);
    }
  g_list_store_sort (entries, compare_entries, NULL);
  if (errors->len > 0)
    {
      g_ptr_array_add (errors, NULL);
      g_object_set_data_full (G_OBJECT (entries), "errors", g_strjoinv ("\n", (char **) errors->pdata), g_free);
    }
  g_value_init (result, G_TYPE_LIST_MODEL);
  g_value_take_object (result, entries);
  return TRUE;
}

static gboolean
save_worker (gpointer data, GValue *result, GError **error)
{
  Task *self = data;
  g_autoptr (SobreSavedQuery) query = sobre_saved_query_parse (self->name, self->text, error);
  g_autofree char *path = make_path (self);
  g_autoptr (GFile) folder = g_file_new_for_path (self->folders[0]);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) failure = NULL;

  if (query == NULL)
    return FALSE;
  if (!g_file_make_directory_with_parents (folder, NULL, &failure) && !g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!g_file_replace_contents (file, self->text, strlen (self->text), NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, error))
    return FALSE;
  g_value_init (result, SOBRE_TYPE_SAVED_QUERY);
  g_value_take_object (result, g_steal_pointer (&query));
  return TRUE;
}

static gboolean
remove_worker (gpointer data, GValue *result, GError **error)
{
  g_autofree char *path = make_path (data);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return g_file_delete (file, NULL, error);
}

static gboolean
export_worker (gpointer data, GValue *result, GError **error)
{
  Task *self = data;
  g_autoptr (GFileOutputStream) stream = g_file_replace (self->file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, error);

  return stream != NULL && sobre_result_table_write (self->table, self->format, G_OUTPUT_STREAM (stream), NULL, error) &&
         g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, error);
}

DexFuture *
sobre_query_desk_list (SobreWorkspace *workspace)
{
  return sobre_job_run ("queries", list_worker, task_new (workspace), task_free);
}

char *
sobre_query_desk_make_name (const char *title)
{
  g_autofree char *plain = g_str_to_ascii (title, NULL);
  GString *name = g_string_new (NULL);

  for (const char *c = plain; *c != '\0' && name->len < MAX_NAME; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (name, g_ascii_tolower (*c));
    else if (name->len > 0 && name->str[name->len - 1] != '-')
      g_string_append_c (name, '-');
  while (name->len > 0 && name->str[name->len - 1] == '-')
    g_string_truncate (name, name->len - 1);
  if (name->len == 0)
    g_string_append (name, UNNAMED);
  return g_string_free (name, FALSE);
}

char *
sobre_query_desk_set_title (const char *text, const char *title)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL && g_str_has_prefix (lines[i], "--"); i++)
    if (g_str_has_prefix (lines[i], TITLE_LINE))
      {
        g_free (lines[i]);
        lines[i] = g_strconcat (TITLE_LINE " ", title, NULL);
        return g_strjoinv ("\n", lines);
      }
  return g_strconcat (TITLE_LINE " ", title, "\n", text, NULL);
}

DexFuture *
sobre_query_desk_save (SobreWorkspace *workspace, const char *name, const char *text)
{
  Task *task = task_new (workspace);

  task->name = g_strdup (name);
  task->text = g_strdup (text);
  return sobre_job_run ("query-save", save_worker, task, task_free);
}

DexFuture *
sobre_query_desk_remove (SobreWorkspace *workspace, const char *name)
{
  Task *task = task_new (workspace);

  task->name = g_strdup (name);
  return sobre_job_run ("query-remove", remove_worker, task, task_free);
}

DexFuture *
sobre_query_desk_export (SobreResultTable *table, SobreResultFormat format, GFile *file)
{
  Task *task = task_new (NULL);

  task->table = g_object_ref (table);
  task->format = format;
  task->file = g_object_ref (file);
  return sobre_job_run ("query-export", export_worker, task, task_free);
}
