/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <libdeflate.h>

/* libdeflate tells by NULL that there is no memory, which nobody could go on from: the program ends there as GLib ends it. */

static inline struct libdeflate_compressor *
sobre_deflate_compressor_new (int level)
{
  struct libdeflate_compressor *compressor = libdeflate_alloc_compressor (level);

  if (compressor == NULL)
    g_error ("There is no memory to compress with");
  return compressor;
}

static inline struct libdeflate_decompressor *
sobre_deflate_decompressor_new (void)
{
  struct libdeflate_decompressor *decompressor = libdeflate_alloc_decompressor ();

  if (decompressor == NULL)
    g_error ("There is no memory to decompress with");
  return decompressor;
}
