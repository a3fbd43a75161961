/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "workspace/sobre-workspace.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "model/sobre-card-key.h"
#include "workspace/sobre-workspace-files.h"

#define MAX_BASE_LENGTH 200

GBytes *
sobre_workspace_load_card_secret (SobreWorkspace *self, GError **error)
{
  g_autofree char *path = g_build_filename (sobre_workspace_get_path (self), SOBRE_STATE_FOLDER, SOBRE_CARD_KEY_FILE, NULL);
  guint8 secret[SOBRE_CARD_SECRET_LENGTH + 1];
  gssize length;
  GBytes *bytes;
  int fd;

  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0 && errno == ENOENT)
    {
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_MISSING,
                   _ ("The cards' secret “%s” is missing: copy it from the computer that printed the cards"), path);
      return NULL;
    }
  if (fd < 0)
    {
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_FAILED, _ ("Could not open “%s”: %s"), path,
                   g_strerror (errno));
      return NULL;
    }
  length = read (fd, secret, sizeof secret);
  g_close (fd, NULL);
  if (length != SOBRE_CARD_SECRET_LENGTH)
    {
      explicit_bzero (secret, sizeof secret);
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID,
                   _ ("The cards' secret “%s” does not hold %d bytes: copy it again from the computer that printed the cards"),
                   path, SOBRE_CARD_SECRET_LENGTH);
      return NULL;
    }
  bytes = g_bytes_new (secret, SOBRE_CARD_SECRET_LENGTH);
  explicit_bzero (secret, sizeof secret);
  return bytes;
}

static gboolean
base_is_valid (const char *base)
{
  gboolean http = g_ascii_strncasecmp (base, "http://", 7) == 0;
  gboolean https = g_ascii_strncasecmp (base, "https://", 8) == 0;
  gsize length = strlen (base);

  if ((!http && !https) || length <= (http ? 7u : 8u) || length > MAX_BASE_LENGTH)
    return FALSE;
  for (const char *p = base; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p) || *p == '?' || *p == '#')
        return FALSE;
    }
  return base[length - 1] != '/';
}

char *
sobre_workspace_dup_printed_base (SobreWorkspace *self)
{
  g_autofree char *name = g_build_filename (SOBRE_STATE_FOLDER, SOBRE_PRINTED_FILE, NULL);
  g_autofree char *text = sobre_workspace_read_file (sobre_workspace_get_path (self), name, NULL, NULL);

  if (text == NULL)
    return NULL;
  g_strstrip (text);
  return base_is_valid (text) ? g_steal_pointer (&text) : NULL;
}

gboolean
sobre_workspace_set_printed_base (SobreWorkspace *self, const char *base, GError **error)
{
  g_autofree char *folder = g_build_filename (sobre_workspace_get_path (self), SOBRE_STATE_FOLDER, NULL);
  g_autofree char *line = NULL;

  g_return_val_if_fail (base != NULL, FALSE);

  if (!base_is_valid (base))
    {
      g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID,
                   _ ("“%s” is no address for cards: write scheme and host, such as http://192.168.1.20:8080"), base);
      return FALSE;
    }
  if (!sobre_workspace_make_folder (folder, error))
    return FALSE;
  line = g_strconcat (base, "\n", NULL);
  return sobre_workspace_write_file (folder, SOBRE_PRINTED_FILE, line, -1, error);
}
