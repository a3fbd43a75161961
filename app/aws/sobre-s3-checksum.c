/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The checksums that S3 keeps of an object ("Checking object integrity", Amazon S3 User Guide). Headers hold them in base64, of CRCs the big-endian bytes;
 * one that ends in "-N" is made of the checksums of N parts and says nothing that can be compared here. */

#include <libdeflate.h>
#include <string.h>

#include "aws/sobre-s3-private.h"

#define CRC32C_POLYNOMIAL 0x82f63b78u                                /* reflected; RFC 3720, B.4 */
#define CRC64NVME_POLYNOMIAL G_GUINT64_CONSTANT (0x9a6c9329ac4bc9b5) /* reflected; NVM Express Command Set, 5.2.1.3.4 */

guint32
sobre_crc32c (const guint8 *bytes, gsize length)
{
  guint32 table[256];
  guint32 crc = G_MAXUINT32;

  for (guint i = 0; i < 256; i++)
    {
      guint32 entry = i;

      for (guint bit = 0; bit < 8; bit++)
        entry = entry >> 1 ^ (entry & 1 ? CRC32C_POLYNOMIAL : 0);
      table[i] = entry;
    }
  for (gsize i = 0; i < length; i++)
    crc = crc >> 8 ^ table[(crc ^ bytes[i]) & 0xff];
  return ~crc;
}

guint64
sobre_crc64nvme (const guint8 *bytes, gsize length)
{
  guint64 table[256];
  guint64 crc = G_MAXUINT64;

  for (guint i = 0; i < 256; i++)
    {
      guint64 entry = i;

      for (guint bit = 0; bit < 8; bit++)
        entry = entry >> 1 ^ (entry & 1 ? CRC64NVME_POLYNOMIAL : 0);
      table[i] = entry;
    }
  for (gsize i = 0; i < length; i++)
    crc = crc >> 8 ^ table[(crc ^ bytes[i]) & 0xff];
  return ~crc;
}

static char *
encode_digest (GChecksumType type, const guint8 *bytes, gsize length)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (type);
  guint8 digest[32];
  gsize size = sizeof digest;

  g_checksum_update (checksum, bytes, (gssize) length);
  g_checksum_get_digest (checksum, digest, &size);
  return g_base64_encode (digest, size);
}

static char *
encode_number (guint64 number, guint n_bytes)
{
  guint8 big_endian[8];

  for (guint i = 0; i < n_bytes; i++)
    big_endian[i] = (guint8) (number >> (8 * (n_bytes - 1 - i)));
  return g_base64_encode (big_endian, n_bytes);
}

static char *
compute (const char *algorithm, const guint8 *bytes, gsize length)
{
  if (strcmp (algorithm, "sha256") == 0)
    return encode_digest (G_CHECKSUM_SHA256, bytes, length);
  if (strcmp (algorithm, "sha1") == 0)
    return encode_digest (G_CHECKSUM_SHA1, bytes, length);
  if (strcmp (algorithm, "crc64nvme") == 0)
    return encode_number (sobre_crc64nvme (bytes, length), 8);
  if (strcmp (algorithm, "crc32c") == 0)
    return encode_number (sobre_crc32c (bytes, length), 4);
  return encode_number (libdeflate_crc32 (0, bytes, length), 4);
}

static gboolean
is_md5 (const SobreHttpReply *reply, const char *etag)
{
  const char *encryption = sobre_http_reply_get_header (reply, "x-amz-server-side-encryption");

  if (etag == NULL || strlen (etag) != 32 || strspn (etag, "0123456789abcdef") != 32)
    return FALSE;
  return (encryption == NULL || strcmp (encryption, "AES256") == 0) &&
         sobre_http_reply_get_header (reply, "x-amz-server-side-encryption-customer-algorithm") == NULL;
}

gboolean
sobre_s3_checksum_matches (const SobreHttpReply *reply, const char *etag, GBytes *body)
{
  static const char *const algorithms[] = { "sha256", "crc64nvme", "crc32c", "crc32", "sha1" };
  gsize length;
  const guint8 *bytes = g_bytes_get_data (body, &length);

  for (guint i = 0; i < G_N_ELEMENTS (algorithms); i++)
    {
      g_autofree char *name = g_strconcat ("x-amz-checksum-", algorithms[i], NULL);
      const char *given = sobre_http_reply_get_header (reply, name);
      g_autofree char *computed = NULL;

      if (given == NULL || strchr (given, '-') != NULL)
        continue;
      computed = compute (algorithms[i], bytes, length);
      return strcmp (given, computed) == 0;
    }
  if (is_md5 (reply, etag))
    {
      g_autofree char *computed = g_compute_checksum_for_data (G_CHECKSUM_MD5, bytes, length);

      return strcmp (computed, etag) == 0;
    }
  return TRUE;
}
