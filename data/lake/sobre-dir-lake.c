/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* raw/<dataset>/dt=YYYY-MM-DD/<name>, as files. Keys are in the order of their bytes, which is that of the folders' names and then
 * that of the files' in each, because all folders' names are equally long. What is no regular file, or begins with a dot, is no object. */

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "lake/sobre-dir-lake.h"
#include "lake/sobre-lake-files.h"
#include "model/sobre-time.h"

#define PAGE_OBJECTS 1000
#define MAX_OBJECT_BYTES (G_GUINT64_CONSTANT (256) << 20)

struct _SobreDirLake
{
  GObject parent_instance;

  char *path;
};

static DexFuture *sobre_dir_lake_list (SobreLakeSource *source, SobreDataset dataset, const char *after);
static DexFuture *sobre_dir_lake_fetch (SobreLakeSource *source, const SobreLakeObject *object);

static void
source_iface_init (SobreLakeSourceInterface *iface)
{
  iface->list = sobre_dir_lake_list;
  iface->fetch = sobre_dir_lake_fetch;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SobreDirLake,
                               sobre_dir_lake,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SOBRE_TYPE_LAKE_SOURCE, source_iface_init))

/* Puts an error of the file system into the words of a lake: a missing file is gone, anything else may pass. */
static void
translate_error (GError **error, GError *cause)
{
  gboolean gone = g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
                  g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE) ||
                  g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY) ||
                  g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS);

  g_set_error_literal (error, SOBRE_LAKE_ERROR, gone ? SOBRE_LAKE_ERROR_GONE : SOBRE_LAKE_ERROR_UNAVAILABLE, cause->message);
  g_error_free (cause);
}

static int
open_dataset (SobreDirLake *self, SobreDataset dataset, GError **error)
{
  const char *steps[] = { "raw", sobre_dataset_get_name (dataset), NULL };
  g_autofd int root = sobre_files_open_folder (self->path, FALSE, error);

  return root >= 0 ? sobre_files_open_below (root, steps, FALSE, error) : -1;
}

/* Opens the folder of @key, and gives the name in it. */
static int
open_key_folder (SobreDirLake *self, const char *key, gboolean make, const char **name, GError **error)
{
  g_autofd int root = -1;
  g_auto (GStrv) steps = NULL;
  SobreDataset dataset;
  gint32 dt;

  if (!sobre_lake_key_parse (key, &dataset, &dt))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME, _ ("“%s” is no key of a lake's object"), key);
      return -1;
    }

  steps = g_strsplit (key, "/", -1);
  g_clear_pointer (&steps[3], g_free);
  *name = strrchr (key, '/') + 1;
  root = sobre_files_open_folder (self->path, make, error);
  return root >= 0 ? sobre_files_open_below (root, (const char *const *) steps, make, error) : -1;
}

static char *
make_etag (const struct stat *status)
{
  return g_strdup_printf ("%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x%08lx-%" G_GINT64_MODIFIER "x",
                          (guint64) status->st_size, (guint64) status->st_mtim.tv_sec, (gulong) status->st_mtim.tv_nsec,
                          (guint64) status->st_ino);
}

static gboolean
is_no_folder (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TOO_MANY_LINKS);
}

/* The names in the folder of a day; none for what is no folder. A folder that cannot be read is an error: were it passed over, its objects
 * would count as gone and their records would leave the cache. (nullable) */
static GPtrArray *
list_names (int dataset_folder, const char *day, int *folder, GError **error)
{
  const char *steps[] = { day, NULL };
  g_autoptr (GError) cause = NULL;
  g_autoptr (GPtrArray) names = NULL;

  *folder = sobre_files_open_below (dataset_folder, steps, FALSE, &cause);
  if (*folder >= 0)
    names = sobre_files_list (*folder, &cause);
  else if (is_no_folder (cause))
    names = g_ptr_array_new ();
  if (names == NULL)
    g_set_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_UNAVAILABLE, _ ("The folder “%s” of the lake cannot be read: %s"),
                 day, cause->message);
  return g_steal_pointer (&names);
}

/* Appends the objects of one day behind @after, until the page is full. */
static gboolean
list_day (int dataset_folder, const char *prefix, const char *day, const char *after, SobreLakePage *page, GError **error)
{
  g_autofd int folder = -1;
  g_autoptr (GPtrArray) names = list_names (dataset_folder, day, &folder, error);

  for (guint i = 0; names != NULL && i < names->len && page->next == NULL; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autoptr (SobreLakeObject) object = g_new0 (SobreLakeObject, 1);
      struct stat status;

      object->key = g_strconcat (prefix, day, "/", name, NULL);
      if ((after != NULL && strcmp (object->key, after) <= 0) ||
          !sobre_lake_key_parse (object->key, &object->dataset, &object->dt))
        continue;
      if (fstatat (folder, name, &status, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISREG (status.st_mode))
        continue;

      if (page->objects->len == PAGE_OBJECTS)
        {
          const SobreLakeObject *last = g_ptr_array_index (page->objects, page->objects->len - 1);

          page->next = g_strdup (last->key);
          break;
        }
      object->etag = make_etag (&status);
      object->size = (guint64) status.st_size;
      object->modified_at = (gint64) status.st_mtim.tv_sec * 1000 + status.st_mtim.tv_nsec / 1000000;
      g_ptr_array_add (page->objects, g_steal_pointer (&object));
    }
  return names != NULL;
}

SobreLakePage *
sobre_dir_lake_list_page (SobreDirLake *self, SobreDataset dataset, const char *after, GError **error)
{
  SobreLakePage *page = g_new0 (SobreLakePage, 1);
  g_autofree char *prefix = g_strconcat ("raw/", sobre_dataset_get_name (dataset), "/", NULL);
  g_autoptr (GPtrArray) days = NULL;
  g_autoptr (GError) cause = NULL;
  g_autofd int folder = open_dataset (self, dataset, &cause);

  page->objects = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_lake_object_free);
  /* A lake where nothing has arrived yet is an empty one. */
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return page;
  if (folder >= 0)
    days = sobre_files_list (folder, &cause);
  if (days == NULL)
    {
      g_set_error_literal (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_UNAVAILABLE, cause->message);
      sobre_lake_page_free (page);
      return NULL;
    }

  for (guint i = 0; i < days->len && page->next == NULL; i++)
    {
      const char *day = g_ptr_array_index (days, i);
      g_autofree char *end = g_strconcat (prefix, day, "0", NULL); /* '0' is the byte behind '/' */

      if ((after == NULL || strcmp (end, after) > 0) && !list_day (folder, prefix, day, after, page, error))
        {
          sobre_lake_page_free (page);
          return NULL;
        }
    }
  return page;
}

/* Reads the object of @key, if it is still the one with @etag; any will do when that is %NULL. */
static GBytes *
read_object (SobreDirLake *self, const char *key, const char *etag, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *etag_now = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const char *name;
  struct stat status;
  g_autofd int folder = open_key_folder (self, key, FALSE, &name, &cause);
  g_autofd int file = folder >= 0 ? sobre_files_open_file (folder, name, &status, &cause) : -1;

  if (file < 0)
    {
      translate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  if ((guint64) status.st_size > MAX_OBJECT_BYTES)
    {
      g_set_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_REFUSED, _ ("%s is larger than 256 MiB"), key);
      return NULL;
    }

  etag_now = make_etag (&status);
  if (etag == NULL || strcmp (etag_now, etag) == 0)
    {
      bytes = sobre_files_read (file, (guint64) status.st_size, &cause);
      if (bytes == NULL)
        {
          translate_error (error, g_steal_pointer (&cause));
          return NULL;
        }
    }
  if (bytes == NULL || g_bytes_get_size (bytes) != (gsize) status.st_size)
    {
      g_set_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_GONE, _ ("%s has changed since it was listed"), key);
      return NULL;
    }
  return g_steal_pointer (&bytes);
}

GBytes *
sobre_dir_lake_read (SobreDirLake *self, const SobreLakeObject *object, GError **error)
{
  return read_object (self, object->key, object->etag, error);
}

GBytes *
sobre_dir_lake_read_key (SobreDirLake *self, const char *key, GError **error)
{
  return read_object (self, key, NULL, error);
}

static gboolean
holds_same (int folder, const char *name, GBytes *bytes)
{
  struct stat status;
  g_autofd int file = sobre_files_open_file (folder, name, &status, NULL);
  g_autoptr (GBytes) there = NULL;

  if (file < 0 || (guint64) status.st_size != g_bytes_get_size (bytes))
    return FALSE;
  there = sobre_files_read (file, (guint64) status.st_size, NULL);
  return there != NULL && g_bytes_equal (there, bytes);
}

gboolean
sobre_dir_lake_put (SobreDirLake *self, const char *key, GBytes *bytes, GError **error)
{
  g_autoptr (GError) cause = NULL;
  const char *name;
  g_autofd int folder = open_key_folder (self, key, TRUE, &name, &cause);
  gboolean refused;

  if (folder >= 0 && sobre_files_write_whole (folder, name, bytes, FALSE, &cause))
    return TRUE;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_EXISTS) && holds_same (folder, name, bytes))
    return TRUE;

  refused = g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_EXISTS) ||
            g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_INVALID_FILENAME);
  g_set_error_literal (error, SOBRE_LAKE_ERROR, refused ? SOBRE_LAKE_ERROR_REFUSED : SOBRE_LAKE_ERROR_UNAVAILABLE,
                       cause->message);
  return FALSE;
}

gboolean
sobre_dir_lake_replace (SobreDirLake *self, const SobreLakeObject *object, GBytes *bytes, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *etag = NULL;
  const char *name;
  struct stat status;
  g_autofd int folder = open_key_folder (self, object->key, FALSE, &name, &cause);
  gboolean locked = folder >= 0 && sobre_files_lock (folder, &cause);
  g_autofd int file = locked ? sobre_files_open_file (folder, name, &status, &cause) : -1;

  if (file < 0)
    {
      translate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  etag = make_etag (&status);
  if (strcmp (etag, object->etag) != 0)
    {
      g_set_error (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_GONE, _ ("%s has changed since it was listed"), object->key);
      return FALSE;
    }

  if (g_bytes_get_size (bytes) == 0 ? sobre_files_remove (folder, name, &cause)
                                    : sobre_files_write_locked (folder, name, bytes, TRUE, &cause))
    return TRUE;
  translate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* The same as futures: a fiber on a pool thread each. */

typedef struct
{
  SobreDirLake *lake;
  SobreDataset dataset;
  char *after;
  SobreLakeObject *object;
} Request;

static void
free_request (gpointer data)
{
  Request *request = data;

  g_object_unref (request->lake);
  g_free (request->after);
  g_clear_pointer (&request->object, sobre_lake_object_free);
  g_free (request);
}

static DexFuture *
list_worker (gpointer data)
{
  Request *request = data;
  GError *error = NULL;
  SobreLakePage *page = sobre_dir_lake_list_page (request->lake, request->dataset, request->after, &error);

  return page != NULL ? dex_future_new_take_boxed (SOBRE_TYPE_LAKE_PAGE, page) : dex_future_new_for_error (error);
}

static DexFuture *
fetch_worker (gpointer data)
{
  Request *request = data;
  GError *error = NULL;
  GBytes *bytes = sobre_dir_lake_read (request->lake, request->object, &error);

  return bytes != NULL ? dex_future_new_take_boxed (G_TYPE_BYTES, bytes) : dex_future_new_for_error (error);
}

static DexFuture *
sobre_dir_lake_list (SobreLakeSource *source, SobreDataset dataset, const char *after)
{
  Request *request = g_new0 (Request, 1);

  request->lake = g_object_ref (SOBRE_DIR_LAKE (source));
  request->dataset = dataset;
  request->after = g_strdup (after);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, list_worker, request, free_request);
}

static DexFuture *
sobre_dir_lake_fetch (SobreLakeSource *source, const SobreLakeObject *object)
{
  Request *request = g_new0 (Request, 1);

  request->lake = g_object_ref (SOBRE_DIR_LAKE (source));
  request->object = sobre_lake_object_copy (object);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, fetch_worker, request, free_request);
}

static void
sobre_dir_lake_finalize (GObject *object)
{
  SobreDirLake *self = SOBRE_DIR_LAKE (object);

  g_free (self->path);

  G_OBJECT_CLASS (sobre_dir_lake_parent_class)->finalize (object);
}

static void
sobre_dir_lake_class_init (SobreDirLakeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_dir_lake_finalize;
}

static void
sobre_dir_lake_init (SobreDirLake *self)
{
}

SobreDirLake *
sobre_dir_lake_new (const char *path)
{
  SobreDirLake *self = g_object_new (SOBRE_TYPE_DIR_LAKE, NULL);

  self->path = g_strdup (path);
  return self;
}

const char *
sobre_dir_lake_get_path (SobreDirLake *self)
{
  g_return_val_if_fail (SOBRE_IS_DIR_LAKE (self), NULL);
  return self->path;
}
