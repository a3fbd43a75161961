/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cache/sobre-cache.h"

#include <stdlib.h>

G_DEFINE_QUARK (sobre-cache-error-quark, sobre_cache_error)

char *
sobre_cache_folder_for_workspace (const char *workspace)
{
  char *real = realpath (workspace, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, real != NULL ? real : workspace, -1);

  free (real);
  return g_build_filename (g_get_user_cache_dir (), "sobremesa", digest, NULL);
}
