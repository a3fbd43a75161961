/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cache/sobre-integers.h"

#include <string.h>

static guint
width_of (guint64 range)
{
  return range == 0 ? 0 : range <= G_MAXUINT8 ? 1 : range <= G_MAXUINT16 ? 2 : range <= G_MAXUINT32 ? 4 : 8;
}

void
sobre_integers_encode (GByteArray *bytes, const gint64 *values, guint n)
{
  gint64 base = n > 0 ? values[0] : 0, top = base;
  guint8 header[SOBRE_INTEGERS_HEADER] = { 0 };
  gsize begin = bytes->len;
  guint width;
  guint8 *data;

  for (guint i = 1; i < n; i++)
    {
      base = MIN (base, values[i]);
      top = MAX (top, values[i]);
    }
  width = width_of ((guint64) top - (guint64) base);
  header[0] = (guint8) width;
  memcpy (header + 8, &base, sizeof base);
  g_byte_array_append (bytes, header, sizeof header);
  g_byte_array_set_size (bytes, (guint) (begin + SOBRE_INTEGERS_HEADER + (((gsize) n * width + 7) & ~(gsize) 7)));
  data = bytes->data + begin + SOBRE_INTEGERS_HEADER;
  memset (data + (gsize) n * width, 0, bytes->len - begin - SOBRE_INTEGERS_HEADER - (gsize) n * width);

  for (guint i = 0; i < n; i++)
    {
      guint64 distance = (guint64) values[i] - (guint64) base;

      /* Little-endian machines only, which meson.build makes sure of: the low bytes come first. */
      memcpy (data + (gsize) i * width, &distance, width);
    }
}

gsize
sobre_integers_measure (const guint8 *bytes, gsize length, guint n)
{
  gsize size;

  if (length < SOBRE_INTEGERS_HEADER || (bytes[0] != 0 && bytes[0] != 1 && bytes[0] != 2 && bytes[0] != 4 && bytes[0] != 8))
    return 0;
  size = SOBRE_INTEGERS_HEADER + (((gsize) n * bytes[0] + 7) & ~(gsize) 7);
  return size <= length ? size : 0;
}

/* @place: which of the stored values is the i-th wanted one */
#define TAKE(n, values, base, data, Stored, Wanted, place)                                                                     \
  for (guint i = 0; i < (n); i++)                                                                                              \
    {                                                                                                                          \
      Stored stored;                                                                                                           \
      memcpy (&stored, (data) + (gsize) (place) * sizeof stored, sizeof stored);                                               \
      (values)[i] = (Wanted) ((guint64) (base) + stored);                                                                      \
    }

#define TAKE_ANY(bytes, n, values, Wanted, place)                                                                              \
  const guint8 *data = (bytes) + SOBRE_INTEGERS_HEADER;                                                                        \
  gint64 base;                                                                                                                 \
                                                                                                                               \
  memcpy (&base, (bytes) + 8, sizeof base);                                                                                    \
  switch ((bytes)[0])                                                                                                          \
    {                                                                                                                          \
    case 0:                                                                                                                    \
      for (guint i = 0; i < (n); i++)                                                                                          \
        (values)[i] = (Wanted) base;                                                                                           \
      break;                                                                                                                   \
    case 1:                                                                                                                    \
      TAKE (n, values, base, data, guint8, Wanted, place);                                                                     \
      break;                                                                                                                   \
    case 2:                                                                                                                    \
      TAKE (n, values, base, data, guint16, Wanted, place);                                                                    \
      break;                                                                                                                   \
    case 4:                                                                                                                    \
      TAKE (n, values, base, data, guint32, Wanted, place);                                                                    \
      break;                                                                                                                   \
    default:                                                                                                                   \
      TAKE (n, values, base, data, guint64, Wanted, place);                                                                    \
      break;                                                                                                                   \
    }

#define DEFINE_DECODER(name, Wanted)                                                                                           \
  void sobre_integers_decode_##name (const guint8 *bytes, guint n, Wanted *values) { TAKE_ANY (bytes, n, values, Wanted, i) }  \
                                                                                                                               \
  void sobre_integers_pick_##name (const guint8 *bytes, const guint16 *picked, guint n, Wanted *values)                        \
  {                                                                                                                            \
    TAKE_ANY (bytes, n, values, Wanted, picked[i])                                                                             \
  }

DEFINE_DECODER (int64, gint64)
DEFINE_DECODER (int32, gint32)
DEFINE_DECODER (uint8, guint8)

gboolean
sobre_integers_are_constant (const guint8 *bytes)
{
  return bytes[0] == 0;
}

#define GET(data, index, Stored, value)                                                                                        \
  {                                                                                                                            \
    Stored stored;                                                                                                             \
    memcpy (&stored, (data) + (gsize) (index) * sizeof stored, sizeof stored);                                                 \
    (value) = stored;                                                                                                          \
  }

gint64
sobre_integers_get (const guint8 *bytes, guint index)
{
  const guint8 *data = bytes + SOBRE_INTEGERS_HEADER;
  guint64 distance = 0;
  gint64 base;

  memcpy (&base, bytes + 8, sizeof base);
  switch (bytes[0])
    {
    case 0:
      break;
    case 1:
      distance = data[index];
      break;
    case 2:
      GET (data, index, guint16, distance);
      break;
    case 4:
      GET (data, index, guint32, distance);
      break;
    default:
      GET (data, index, guint64, distance);
      break;
    }
  return (gint64) ((guint64) base + distance);
}
