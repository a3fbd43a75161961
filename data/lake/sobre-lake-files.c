/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "lake/sobre-lake-files.h"

/* Answers are the guests' words: only the owner reads them. */
#define FOLDER_MODE 0700
#define FILE_MODE 0600
#define LOCK_WAIT_MS 10000
#define LOCK_STEP_MS 2

#define FOLDER_FLAGS (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

/* Says what failed on @name from errno. */
static gboolean
fail (GError **error, const char *name)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (code), "%s: %s", name, g_strerror (code));
  return FALSE;
}

/* A signal may interrupt a call on some file systems. */
static gboolean
sync_file (int file)
{
  int result;

  while ((result = fsync (file)) < 0 && errno == EINTR)
    ;
  return result == 0;
}

int
sobre_files_open_folder (const char *path, gboolean make, GError **error)
{
  int folder;

  if (make && g_mkdir_with_parents (path, FOLDER_MODE) < 0)
    {
      fail (error, path);
      return -1;
    }
  /* The folder itself may be reached through links: its path is the user's word. */
  folder = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0)
    fail (error, path);
  return folder;
}

static gboolean
make_folder (int parent, const char *name)
{
  if (mkdirat (parent, name, FOLDER_MODE) == 0)
    return sync_file (parent);
  return errno == EEXIST;
}

int
sobre_files_open_below (int folder, const char *const *steps, gboolean make, GError **error)
{
  g_autofd int current = fcntl (folder, F_DUPFD_CLOEXEC, 0);

  for (guint i = 0; steps[i] != NULL; i++)
    {
      g_autofd int parent = g_steal_fd (&current);

      current = openat (parent, steps[i], FOLDER_FLAGS);
      if (current < 0 && errno == ENOENT && make && make_folder (parent, steps[i]))
        current = openat (parent, steps[i], FOLDER_FLAGS);
      if (current < 0)
        {
          fail (error, steps[i]);
          return -1;
        }
    }
  return g_steal_fd (&current);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
sobre_files_list (int folder, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  int descriptor = openat (folder, ".", FOLDER_FLAGS);
  DIR *entries = descriptor >= 0 ? fdopendir (descriptor) : NULL;
  struct dirent *entry;

  if (entries == NULL)
    {
      fail (error, ".");
      g_clear_fd (&descriptor, NULL);
      return NULL;
    }

  while ((errno = 0, entry = readdir (entries)) != NULL)
    {
      if (entry->d_name[0] != '.')
        g_ptr_array_add (names, g_strdup (entry->d_name));
    }
  if (errno != 0)
    {
      fail (error, ".");
      closedir (entries);
      return NULL;
    }
  closedir (entries);
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

int
sobre_files_open_file (int folder, const char *name, struct stat *status, GError **error)
{
  /* Not blocking, or a pipe of that name would hold us up. */
  g_autofd int file = openat (folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

  if (file < 0 || fstat (file, status) < 0)
    {
      fail (error, name);
      return -1;
    }
  if (!S_ISREG (status->st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, _ ("%s is not a file"), name);
      return -1;
    }
  return g_steal_fd (&file);
}

GBytes *
sobre_files_read (int file, guint64 size, GError **error)
{
  g_autofree guint8 *bytes = g_try_malloc (MAX (size, 1));
  gsize n_read = 0;

  if (bytes == NULL)
    {
      errno = ENOMEM;
      fail (error, "read");
      return NULL;
    }
  while (n_read < size)
    {
      ssize_t n = pread (file, bytes + n_read, size - n_read, (off_t) n_read);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          fail (error, "read");
          return NULL;
        }
      if (n == 0)
        break;
      n_read += (gsize) n;
    }
  return g_bytes_new_take (g_steal_pointer (&bytes), n_read);
}

static gboolean
write_all (int file, GBytes *bytes)
{
  gsize length;
  const guint8 *at = g_bytes_get_data (bytes, &length);

  while (length > 0)
    {
      ssize_t n = write (file, at, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      at += n;
      length -= (gsize) n;
    }
  return TRUE;
}

/* Gives the temporary file its name. Where the file system has no rename that spares the target, a link does the same. */
static gboolean
publish (int folder, const char *temporary, const char *name, gboolean replace)
{
  if (replace)
    return renameat (folder, temporary, folder, name) == 0;
  if (renameat2 (folder, temporary, folder, name, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;
  return linkat (folder, temporary, folder, name, 0) == 0 && unlinkat (folder, temporary, 0) == 0;
}

/* Folders are locked because their locks never leave the kernel, not even where the file system passes on none of files. One that knows no locks at
 * all is written as if nobody else did. */
gboolean
sobre_files_lock (int folder, GError **error)
{
  for (guint waited = 0; flock (folder, LOCK_EX | LOCK_NB) != 0;)
    {
      if (errno == ENOSYS || errno == EOPNOTSUPP || errno == ENOLCK)
        return TRUE;
      if (errno == EINTR)
        continue;
      if (errno != EWOULDBLOCK)
        return fail (error, "flock");
      if (waited >= LOCK_WAIT_MS)
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK,
                               _ ("Another program is writing there: try again when it is done"));
          return FALSE;
        }
      g_usleep (LOCK_STEP_MS * 1000);
      waited += LOCK_STEP_MS;
    }
  return TRUE;
}

void
sobre_files_unlock (int folder)
{
  flock (folder, LOCK_UN);
}

gboolean
sobre_files_write_locked (int folder, const char *name, GBytes *bytes, gboolean replace, GError **error)
{
  /* Always the same name, so that what a crash left behind is found and removed by the next try. */
  g_autofree char *temporary = g_strconcat (".", name, ".new", NULL);
  g_autofd int file = -1;

  if (unlinkat (folder, temporary, 0) < 0 && errno != ENOENT)
    return fail (error, temporary);
  file = openat (folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
  if (file < 0)
    return fail (error, name);

  if (!write_all (file, bytes) || !sync_file (file) || !publish (folder, temporary, name, replace))
    {
      fail (error, name);
      unlinkat (folder, temporary, 0);
      return FALSE;
    }
  return sync_file (folder) || fail (error, name);
}

gboolean
sobre_files_write_whole (int folder, const char *name, GBytes *bytes, gboolean replace, GError **error)
{
  gboolean written;

  if (!sobre_files_lock (folder, error))
    return FALSE;
  written = sobre_files_write_locked (folder, name, bytes, replace, error);
  sobre_files_unlock (folder);
  return written;
}

gboolean
sobre_files_remove (int folder, const char *name, GError **error)
{
  if (unlinkat (folder, name, 0) < 0 && errno != ENOENT)
    return fail (error, name);
  return sync_file (folder) || fail (error, name);
}

gboolean
sobre_files_remove_all (int folder, GPtrArray *names, guint *n_removed, GError **error)
{
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (unlinkat (folder, name, 0) == 0)
        (*n_removed)++;
      else if (errno != ENOENT && errno != EISDIR)
        return fail (error, name);
    }
  return sync_file (folder) || fail (error, "fsync");
}

void
sobre_files_remove_folder (int parent, const char *name)
{
  unlinkat (parent, name, AT_REMOVEDIR);
}
