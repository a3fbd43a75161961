/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cache/sobre-cache.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

#define SUSPECT "suspect"

G_DEFINE_QUARK (sobre-cache-error-quark, sobre_cache_error)

char *
sobre_cache_folder_for_workspace (const char *workspace)
{
  char *real = realpath (workspace, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, real != NULL ? real : workspace, -1);

  free (real);
  return g_build_filename (g_get_user_cache_dir (), "sobremesa", digest, NULL);
}

void
sobre_cache_suspect (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, SUSPECT, NULL);
  int file = open (path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  /* Where no note can be left, the reader's message is all there is. */
  if (file >= 0)
    close (file);
}

gboolean
sobre_cache_is_suspected (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, SUSPECT, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

gboolean
sobre_cache_trust (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, SUSPECT, NULL);

  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  g_set_error (error, SOBRE_CACHE_ERROR, SOBRE_CACHE_ERROR_FAILED, _ ("%s could not be removed: %s."), path,
               g_strerror (errno));
  return FALSE;
}
