/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "intake/sobre-gzip.h"

#include "model/sobre-deflate.h"

/* Pages are packed once a request. */
#define GZIP_LEVEL 6
#define CODINGS_MAX 32

GBytes *
sobre_gzip (GBytes *plain)
{
  struct libdeflate_compressor *compressor = sobre_deflate_compressor_new (GZIP_LEVEL);
  gsize size;
  const void *data = g_bytes_get_data (plain, &size);
  g_autofree guint8 *packed = g_malloc (size + 1);
  gsize packed_size = libdeflate_gzip_compress (compressor, data, size, packed, size);

  libdeflate_free_compressor (compressor);
  return packed_size > 0 && packed_size < size ? g_bytes_new (packed, packed_size) : NULL;
}

/* q is a weight; only zero turns a coding off. */
static gboolean
is_zero_weight (char *parameter)
{
  return parameter != NULL && g_str_has_prefix (g_strstrip (parameter), "q=") && g_ascii_strtod (parameter + 2, NULL) == 0;
}

gboolean
sobre_accepts_gzip (const char *accept_encoding)
{
  g_auto (GStrv) codings = g_strsplit (accept_encoding != NULL ? accept_encoding : "", ",", CODINGS_MAX);

  for (gsize i = 0; codings[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (codings[i], ";", 2);

      if (parts[0] != NULL && g_ascii_strcasecmp (g_strstrip (parts[0]), "gzip") == 0)
        return !is_zero_weight (parts[1]);
    }
  return FALSE;
}
