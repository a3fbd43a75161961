/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cache/sobre-cache-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define WAIT_MS 5000
#define STEP_MS 20

static gboolean
set_busy (const char *path, GError **error)
{
  g_autofree char *holder = NULL;

  g_file_get_contents (path, &holder, NULL, NULL);
  g_strdelimit (g_strstrip (holder != NULL ? holder : (holder = g_strdup (""))), "\n", ' ');
  g_set_error (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_BUSY,
               _ ("Another program is writing to the cache (%s). Nothing was changed; try again when it is done."),
               holder[0] != '\0' ? holder : _ ("unknown"));
  return FALSE;
}

static gboolean
set_failed (const char *path, GError **error)
{
  g_set_error (error, SOBRE_CACHE_ERROR, errno == ENOSPC ? SOBRE_CACHE_ERROR_FULL : SOBRE_CACHE_ERROR_FAILED,
               _ ("The lock %s could not be taken: %s. Nothing was changed."), path, g_strerror (errno));
  return FALSE;
}

/* Only for the message that another program shows: whether it could be written does not matter. */
static void
sign (int file)
{
  g_autofree char *holder =
      g_strdup_printf ("%s, process %d\n", g_get_prgname () != NULL ? g_get_prgname () : "sobremesa", (int) getpid ());
  gssize written = ftruncate (file, 0) == 0 ? pwrite (file, holder, strlen (holder), 0) : -1;

  (void) written;
}

/* The file system through which a sandbox sees a folder that was chosen (the document portal's) passes on no locks of files. Those of folders never
 * leave the kernel, so there the file's folder is locked in its place. */
static gboolean
lock_folder_instead (int *file, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int opened = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (opened < 0)
    return FALSE;
  close (*file);
  *file = opened;
  return TRUE;
}

gboolean
sobre_cache_lock (int *file, const char *path, GError **error)
{
  guint waited = 0;
  gboolean tried_folder = FALSE;

  if (*file < 0)
    *file = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (*file < 0)
    return set_failed (path, error);
  while (flock (*file, LOCK_EX | LOCK_NB) != 0)
    {
      if (!tried_folder && (errno == ENOSYS || errno == EOPNOTSUPP || errno == ENOLCK))
        {
          tried_folder = TRUE;
          if (!lock_folder_instead (file, path))
            return set_failed (path, error);
          continue;
        }
      if (errno != EWOULDBLOCK && errno != EINTR)
        return set_failed (path, error);
      if (waited >= WAIT_MS)
        return set_busy (path, error);
      g_usleep (STEP_MS * 1000);
      waited += STEP_MS;
    }
  sign (*file);
  return TRUE;
}

void
sobre_cache_unlock (int file)
{
  if (file >= 0)
    flock (file, LOCK_UN);
}
