/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "workspace/sobre-workspace-forms.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "workspace/sobre-workspace-files.h"

#define DRAFT SOBRE_STATE_FOLDER "/" SOBRE_FORM_FILE
#define FOLDER SOBRE_PUBLISHED_FOLDER "/" SOBRE_FORM_FOLDER
#define MAX_BYTES (256 * 1024)

static JsonNode *
load (SobreWorkspace *self, const char *name, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gsize length;
  g_autofree char *text = sobre_workspace_read_file (sobre_workspace_get_path (self), name, &length, error);
  JsonNode *root;

  if (text == NULL)
    return NULL;
  root = sobre_document_open (text, length, MAX_BYTES, &cause);
  if (root == NULL)
    g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID, "%s: %s", name, cause->message);
  return root;
}

JsonNode *
sobre_workspace_load_published_form (SobreWorkspace *self, GError **error)
{
  return load (self, SOBRE_FORM_FILE, error);
}

static guint
get_version (JsonNode *root)
{
  JsonNode *node = json_object_get_member (json_node_get_object (root), "version");

  return node != NULL && json_node_get_value_type (node) == G_TYPE_INT64 ? (guint) CLAMP (json_node_get_int (node), 0, G_MAXINT)
                                                                         : 0;
}

static JsonNode *
set_version (JsonNode *root, guint version)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);

  json_node_set_int (node, version);
  return sobre_document_set (root, "version", node);
}

gboolean
sobre_form_is_same (JsonNode *a, JsonNode *b)
{
  g_autoptr (JsonNode) first = sobre_document_set (a, "version", NULL);
  g_autoptr (JsonNode) second = sobre_document_set (b, "version", NULL);

  return sobre_document_is_same (first, second);
}

static char *
dup_name (guint version)
{
  return g_strdup_printf (FOLDER "/form.%u.json", version);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const SobreFormEntry *first = *(SobreFormEntry *const *) a;
  const SobreFormEntry *second = *(SobreFormEntry *const *) b;

  return first->version < second->version ? 1 : first->version > second->version ? -1 : 0;
}

static void
add_entry (SobreWorkspace *self, GPtrArray *entries, const char *name, gboolean current)
{
  g_autoptr (JsonNode) root = load (self, name, NULL);
  g_autofree char *path = g_build_filename (sobre_workspace_get_path (self), name, NULL);
  JsonArray *questions = root != NULL ? sobre_document_get_array (json_node_get_object (root), "questions") : NULL;
  SobreFormEntry *entry;
  struct stat status;

  if (root == NULL || stat (path, &status) != 0)
    return;
  for (guint i = 0; i < entries->len; i++)
    if (((SobreFormEntry *) g_ptr_array_index (entries, i))->version == get_version (root))
      return;
  entry = g_new0 (SobreFormEntry, 1);
  entry->version = get_version (root);
  entry->at = (gint64) status.st_mtim.tv_sec * 1000;
  entry->n_questions = questions != NULL ? json_array_get_length (questions) : 0;
  entry->current = current;
  g_ptr_array_add (entries, entry);
}

GPtrArray *
sobre_workspace_list_forms (SobreWorkspace *self)
{
  g_autofree char *path = g_build_filename (sobre_workspace_get_path (self), FOLDER, NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  add_entry (self, entries, SOBRE_FORM_FILE, TRUE);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_prefix (name, "form.") && g_str_has_suffix (name, ".json"))
      {
        g_autofree char *file = g_build_filename (FOLDER, name, NULL);

        add_entry (self, entries, file, FALSE);
      }
  g_ptr_array_sort (entries, compare_entries);
  return entries;
}

static gboolean
write_form (SobreWorkspace *self, const char *name, JsonNode *root, GError **error)
{
  g_autofree char *text = sobre_document_format (root);

  return sobre_workspace_write_file (sobre_workspace_get_path (self), name, text, -1, error);
}

/* A version's own file, which is never written twice. */
static gboolean
keep (SobreWorkspace *self, JsonNode *root, GError **error)
{
  g_autofree char *name = dup_name (get_version (root));
  g_autofree char *path = g_build_filename (sobre_workspace_get_path (self), name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  return g_file_test (path, G_FILE_TEST_EXISTS) ||
         (sobre_workspace_make_folder (folder, error) && write_form (self, name, root, error));
}

static gboolean
is_usable (JsonNode *root, GError **error)
{
  g_autofree char *text = sobre_document_format (root);
  g_autoptr (SobreForm) form = sobre_form_parse (text, -1, NULL, error);

  return form != NULL;
}

/* Makes @root form.json after @before, as the version after all that there were. */
static guint
put (SobreWorkspace *self, JsonNode *before, JsonNode *root, GError **error)
{
  g_autoptr (GPtrArray) entries = sobre_workspace_list_forms (self);
  guint last = get_version (before);
  g_autoptr (JsonNode) next = NULL;

  for (guint i = 0; i < entries->len; i++)
    last = MAX (last, ((SobreFormEntry *) g_ptr_array_index (entries, i))->version);
  next = set_version (root, last + 1);
  if (!is_usable (next, error) || !keep (self, before, error) || !keep (self, next, error) ||
      !write_form (self, SOBRE_FORM_FILE, next, error))
    return 0;
  return last + 1;
}

guint
sobre_workspace_publish_form (SobreWorkspace *self, JsonNode *root, GError **error)
{
  g_autoptr (JsonNode) before = load (self, SOBRE_FORM_FILE, error);
  guint version;

  if (before == NULL)
    return 0;
  if (get_version (root) != get_version (before))
    {
      g_set_error (
          error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_CHANGED,
          _ ("%s is version %u by now, and what is written here was made from version %u: discard it, or take over by hand "
             "what the other has"),
          SOBRE_FORM_FILE, get_version (before), get_version (root));
      return 0;
    }
  version = sobre_form_is_same (root, before) ? get_version (before) : put (self, before, root, error);
  return version > 0 && sobre_workspace_discard_form (self, error) ? version : 0;
}

guint
sobre_workspace_roll_back_form (SobreWorkspace *self, guint version, GError **error)
{
  g_autoptr (JsonNode) before = load (self, SOBRE_FORM_FILE, error);
  g_autofree char *name = dup_name (version);
  g_autoptr (JsonNode) earlier = before != NULL ? load (self, name, error) : NULL;
  g_autoptr (JsonNode) draft = load (self, DRAFT, NULL);
  guint next = earlier != NULL ? put (self, before, earlier, error) : 0;

  /* What is being written goes on from what guests answer now. */
  if (next > 0 && draft != NULL)
    {
      g_autoptr (JsonNode) moved = set_version (draft, next);

      return write_form (self, DRAFT, moved, error) ? next : 0;
    }
  return next;
}

gboolean
sobre_workspace_discard_form (SobreWorkspace *self, GError **error)
{
  g_autofree char *path = g_build_filename (sobre_workspace_get_path (self), DRAFT, NULL);

  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_FAILED, _ ("%s: could not be removed: %s"), DRAFT,
               g_strerror (errno));
  return FALSE;
}
