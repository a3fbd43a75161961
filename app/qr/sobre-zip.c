/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* PKWARE's APPNOTE 6.3: for each member a local header and its bytes, then the central directory, which repeats the headers with
 * their places, then its end record. All numbers are little-endian. Members are stored as they are, because a PNG does not get
 * smaller and an archive of cards is small; every member is dated 1 January 1980, the format's first day, so the same cards give
 * the same archive. */
#include "qr/sobre-zip.h"

#include <string.h>

#define LOCAL_HEADER 0x04034b50
#define CENTRAL_HEADER 0x02014b50
#define END_RECORD 0x06054b50
#define VERSION_NEEDED 20
#define FLAG_UTF8 (1 << 11)
#define FIRST_DAY ((0 << 9) | (1 << 5) | 1)
#define CRC32_POLYNOMIAL 0xedb88320u /* IEEE 802.3, bits reversed */

struct _SobreZip
{
  GByteArray *bytes;
  GByteArray *directory;
  guint n_members;
};

SobreZip *
sobre_zip_new (void)
{
  SobreZip *self = g_new0 (SobreZip, 1);

  self->bytes = g_byte_array_new ();
  self->directory = g_byte_array_new ();
  return self;
}

void
sobre_zip_free (SobreZip *self)
{
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_byte_array_unref (self->directory);
  g_free (self);
}

static void
put16 (GByteArray *bytes, guint16 value)
{
  guint16 little = GUINT16_TO_LE (value);

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
}

static void
put32 (GByteArray *bytes, guint32 value)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
}

static guint32
compute_crc32 (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint32 table[256];
  guint32 crc = G_MAXUINT32;

  for (guint32 i = 0; i < G_N_ELEMENTS (table); i++)
    {
      table[i] = i;
      for (guint bit = 0; bit < 8; bit++)
        table[i] = (table[i] >> 1) ^ (table[i] & 1 ? CRC32_POLYNOMIAL : 0);
    }
  for (gsize i = 0; i < size; i++)
    crc = (crc >> 8) ^ table[(crc ^ data[i]) & 0xff];
  return ~crc;
}

/* The part that the local and the central header share. */
static void
put_member (GByteArray *bytes, guint32 crc, guint32 size, guint16 name_length)
{
  put16 (bytes, VERSION_NEEDED);
  put16 (bytes, FLAG_UTF8);
  put16 (bytes, 0); /* stored */
  put16 (bytes, 0); /* midnight */
  put16 (bytes, FIRST_DAY);
  put32 (bytes, crc);
  put32 (bytes, size);
  put32 (bytes, size);
  put16 (bytes, name_length);
  put16 (bytes, 0); /* no extra field */
}

void
sobre_zip_add (SobreZip *self, const char *name, GBytes *bytes)
{
  guint32 crc = compute_crc32 (bytes);
  gsize size = g_bytes_get_size (bytes);
  gsize name_length = strlen (name);
  guint32 offset = self->bytes->len;

  g_return_if_fail (name_length <= G_MAXUINT16 && self->n_members < G_MAXUINT16);

  put32 (self->bytes, LOCAL_HEADER);
  put_member (self->bytes, crc, size, name_length);
  g_byte_array_append (self->bytes, (const guint8 *) name, name_length);
  g_byte_array_append (self->bytes, g_bytes_get_data (bytes, NULL), size);

  put32 (self->directory, CENTRAL_HEADER);
  put16 (self->directory, VERSION_NEEDED);
  put_member (self->directory, crc, size, name_length);
  put16 (self->directory, 0); /* no comment */
  put16 (self->directory, 0); /* first disk */
  put16 (self->directory, 0); /* internal attributes */
  put32 (self->directory, 0); /* external attributes */
  put32 (self->directory, offset);
  g_byte_array_append (self->directory, (const guint8 *) name, name_length);
  self->n_members++;
}

GBytes *
sobre_zip_finish (SobreZip *self)
{
  guint32 directory_offset = self->bytes->len;

  g_byte_array_append (self->bytes, self->directory->data, self->directory->len);
  put32 (self->bytes, END_RECORD);
  put16 (self->bytes, 0); /* this disk */
  put16 (self->bytes, 0); /* the directory's disk */
  put16 (self->bytes, self->n_members);
  put16 (self->bytes, self->n_members);
  put32 (self->bytes, self->directory->len);
  put32 (self->bytes, directory_offset);
  put16 (self->bytes, 0); /* no comment */
  return g_byte_array_free_to_bytes (g_steal_pointer (&self->bytes));
}
