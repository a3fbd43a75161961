/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Gzip (RFC 1952), two ways. An object of ordinary size that says at its end how long it is gets a buffer of that length and is
 * unpacked at once by libdeflate. Everything else (large objects, several members, a wrong length) goes in pieces through
 * GZlibDecompressor, in bounded memory. What both accept and refuse is the same: what an object says about itself is never
 * believed, only tried.
 *
 * The ratio is that of the whole object, so it does not depend on the way. */

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "lake/sobre-lake-source.h"
#include "lake/sobre-lake-unpack.h"
#include "model/sobre-deflate.h"

#define MAX_PACKED_BYTES (G_GUINT64_CONSTANT (256) << 20)
#define MAX_UNPACKED_BYTES (G_GUINT64_CONSTANT (2) << 30)
#define MAX_RATIO 200
#define RATIO_FREE_BYTES (G_GUINT64_CONSTANT (1) << 20)
#define MAX_MEMBERS 65536

#define WHOLE_BYTES (32 << 20) /* up to here an object is unpacked at once */
#define KEPT_BYTES (8 << 20)   /* a larger buffer is given back after its object */
#define PIECE_BYTES (256 << 10)
#define MIN_MEMBER_BYTES 18 /* header and trailer */

struct _SobreLakeUnpacker
{
  struct libdeflate_decompressor *decompressor;
  GConverter *converter;
  guint8 *buffer;
  gsize buffer_size;
};

SobreLakeUnpacker *
sobre_lake_unpacker_new (void)
{
  SobreLakeUnpacker *self = g_new0 (SobreLakeUnpacker, 1);

  self->decompressor = sobre_deflate_decompressor_new ();
  self->converter = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  return self;
}

void
sobre_lake_unpacker_free (SobreLakeUnpacker *self)
{
  libdeflate_free_decompressor (self->decompressor);
  g_object_unref (self->converter);
  g_free (self->buffer);
  g_free (self);
}

static guint8 *
get_buffer (SobreLakeUnpacker *self, gsize size)
{
  if (size > self->buffer_size || self->buffer_size > KEPT_BYTES)
    {
      g_free (self->buffer);
      self->buffer_size = MAX (size, PIECE_BYTES);
      self->buffer = g_malloc (self->buffer_size);
    }
  return self->buffer;
}

static gboolean
is_gzip (const guint8 *bytes, gsize length)
{
  return length >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B;
}

static guint64
get_unpacked_cap (gsize packed)
{
  return MIN (MAX (RATIO_FREE_BYTES, (guint64) packed * MAX_RATIO), MAX_UNPACKED_BYTES);
}

static gboolean
damaged (GError **error, const char *message)
{
  g_set_error_literal (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_DAMAGED, message);
  return FALSE;
}

/* Tries to unpack the object at once. *@done tells whether that settled it. */
static gboolean
unpack_whole (SobreLakeUnpacker *self,
              const guint8 *packed,
              gsize length,
              SobreUnpackFunc func,
              gpointer user_data,
              gboolean *done,
              GError **error)
{
  enum libdeflate_result result;
  gsize n_in, n_out;
  guint32 claimed;

  *done = FALSE;
  if (length < MIN_MEMBER_BYTES)
    return TRUE;
  memcpy (&claimed, packed + length - sizeof claimed, sizeof claimed);
  claimed = GUINT32_FROM_LE (claimed);
  if (claimed > WHOLE_BYTES || claimed > get_unpacked_cap (length))
    return TRUE;

  result =
      libdeflate_gzip_decompress_ex (self->decompressor, packed, length, get_buffer (self, claimed), claimed, &n_in, &n_out);
  if (result == LIBDEFLATE_BAD_DATA)
    {
      *done = TRUE;
      return damaged (error, _ ("The gzip data is cut off or damaged"));
    }
  if (result != LIBDEFLATE_SUCCESS || n_in != length)
    return TRUE;

  *done = TRUE;
  func (self->buffer, n_out, TRUE, user_data);
  return TRUE;
}

static gboolean
unpack_member (SobreLakeUnpacker *self,
               const guint8 *packed,
               gsize length,
               gsize *position,
               guint64 *n_unpacked,
               SobreUnpackFunc func,
               gpointer user_data,
               GError **error)
{
  GConverterResult result;

  g_converter_reset (self->converter);
  do
    {
      g_autoptr (GError) convert_error = NULL;
      gsize n_in, n_out;

      result = g_converter_convert (self->converter, packed + *position, length - *position, self->buffer, PIECE_BYTES,
                                    G_CONVERTER_INPUT_AT_END, &n_in, &n_out, &convert_error);
      if (result == G_CONVERTER_ERROR)
        return damaged (error, _ ("The gzip data is cut off or damaged"));

      *position += n_in;
      *n_unpacked += n_out;
      if (*n_unpacked > get_unpacked_cap (length))
        {
          g_set_error_literal (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_REFUSED,
                               _ ("The object grows beyond 2 GiB or 200 times its size when unpacked"));
          return FALSE;
        }
      func (self->buffer, n_out, FALSE, user_data);
    }
  while (result != G_CONVERTER_FINISHED);

  return TRUE;
}

static gboolean
unpack_in_pieces (SobreLakeUnpacker *self,
                  const guint8 *packed,
                  gsize length,
                  SobreUnpackFunc func,
                  gpointer user_data,
                  GError **error)
{
  guint64 n_unpacked = 0;
  gsize position = 0;

  get_buffer (self, PIECE_BYTES);
  for (guint member = 0; position < length; member++)
    {
      if (member == MAX_MEMBERS)
        {
          g_set_error_literal (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_REFUSED, _ ("The object has too many gzip members"));
          return FALSE;
        }
      if (!is_gzip (packed + position, length - position))
        return damaged (error, _ ("Something that is not gzip follows the gzip data"));
      if (!unpack_member (self, packed, length, &position, &n_unpacked, func, user_data, error))
        return FALSE;
    }

  func (self->buffer, 0, TRUE, user_data);
  return TRUE;
}

gboolean
sobre_lake_unpacker_run (SobreLakeUnpacker *self,
                         const guint8 *packed,
                         gsize length,
                         SobreUnpackFunc func,
                         gpointer user_data,
                         GError **error)
{
  gboolean done;

  if (length > MAX_PACKED_BYTES)
    {
      g_set_error_literal (error, SOBRE_LAKE_ERROR, SOBRE_LAKE_ERROR_REFUSED, _ ("The object is larger than 256 MiB"));
      return FALSE;
    }
  if (!is_gzip (packed, length))
    {
      func (packed, length, TRUE, user_data);
      return TRUE;
    }

  if (!unpack_whole (self, packed, length, func, user_data, &done, error))
    return FALSE;
  return done || unpack_in_pieces (self, packed, length, func, user_data, error);
}
