/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "workspace/sobre-workspace-files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "workspace/sobre-workspace.h"

#define MAX_FILE_BYTES (4 << 20)

static char *
fail_read (const char *name, int code, GError **error)
{
  if (code == ENOENT)
    g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID,
                 _ ("%s: the file is missing: restore it, or make a new workspace with “sobremesa init”"), name);
  else
    g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_FAILED, _ ("%s: could not be read: %s"), name,
                 g_strerror (code));
  return NULL;
}

/* Reads until the end or the cap: what lies behind a file descriptor may grow while it is read. */
static char *
read_capped (int fd, const char *name, gsize *length, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 block[16384];
  gssize n;

  while ((n = read (fd, block, sizeof block)) != 0)
    {
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail_read (name, errno, error);
      g_byte_array_append (bytes, block, n);
      if (bytes->len > MAX_FILE_BYTES)
        {
          g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID, _ ("%s: the file is larger than %d MiB"),
                       name, MAX_FILE_BYTES >> 20);
          return NULL;
        }
    }
  *length = bytes->len;
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  return (char *) g_byte_array_free (g_steal_pointer (&bytes), FALSE);
}

char *
sobre_workspace_read_file (const char *folder, const char *name, gsize *length, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  struct stat status;
  const char *end;
  gsize n_bytes = 0;
  int fd;

  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    return fail_read (name, errno, error);
  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    {
      g_close (fd, NULL);
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID, _ ("%s: this is not a regular file"), name);
      return NULL;
    }
  text = read_capped (fd, name, &n_bytes, error);
  g_close (fd, NULL);
  if (text == NULL)
    return NULL;

  if (!g_utf8_validate_len (text, n_bytes, &end))
    {
      guint line = 1;

      for (const char *p = text; p < end; p++)
        line += *p == '\n';
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID,
                   _ ("%s: line %u is not UTF-8 text: save the file as UTF-8"), name, line);
      return NULL;
    }
  if (length != NULL)
    *length = n_bytes;
  return g_steal_pointer (&text);
}

gboolean
sobre_workspace_write_file (const char *folder, const char *name, const char *text, gssize length, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) cause = NULL;

  if (g_file_set_contents_full (path, text, length, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &cause))
    return TRUE;
  g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_FAILED, _ ("%s: could not be written: %s"), name,
               cause->message);
  return FALSE;
}

gboolean
sobre_workspace_make_folder (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;
  g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_FAILED, _ ("The folder “%s” could not be made: %s"), path,
               g_strerror (errno));
  return FALSE;
}

void
sobre_workspace_remove_tree (const char *path)
{
  struct stat status;

  if (lstat (path, &status) == 0 && S_ISDIR (status.st_mode))
    {
      g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
      const char *name;

      while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          sobre_workspace_remove_tree (child);
        }
    }
  g_remove (path);
}
