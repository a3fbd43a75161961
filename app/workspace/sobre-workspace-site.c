/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "workspace/sobre-workspace-files.h"
#include "workspace/sobre-workspace.h"

/* Cards are printed with it, so what a file says is looked at. */
static gboolean
is_base (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && strcmp (g_uri_get_scheme (uri), "https") == 0 && g_uri_get_host (uri) != NULL &&
         *g_uri_get_host (uri) != '\0' && *g_uri_get_path (uri) == '\0' && g_uri_get_query (uri) == NULL &&
         g_uri_get_fragment (uri) == NULL && g_uri_get_userinfo (uri) == NULL;
}

char *
sobre_workspace_dup_site_base (SobreWorkspace *self)
{
  g_autofree char *folder = g_build_filename (sobre_workspace_get_path (self), SOBRE_STATE_FOLDER, SOBRE_JOURNALS_FOLDER, NULL);
  g_autofree char *line = sobre_workspace_read_file (folder, SOBRE_SITE_FILE, NULL, NULL);
  const char *url = line != NULL ? strchr (g_strchomp (line), ' ') : NULL;

  return url != NULL && is_base (url + 1) ? g_strdup (url + 1) : NULL;
}

char *
sobre_workspace_dup_guest_base (SobreWorkspace *self)
{
  const SobreSettings *settings = sobre_workspace_get_settings (self);

  return settings->guest_url != NULL ? g_strdup (settings->guest_url) : sobre_workspace_dup_site_base (self);
}
