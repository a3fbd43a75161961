/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "aws/sobre-s3-private.h"

static const char digits[] = "123456789";

/* The check values of the two algorithms' definitions. */
static void
test_check_values (void)
{
  g_assert_cmphex (sobre_crc32c ((const guint8 *) digits, 9), ==, 0xe3069283);
  g_assert_cmphex (sobre_crc64nvme ((const guint8 *) digits, 9), ==, G_GUINT64_CONSTANT (0xae8b14860a799888));
}

static gboolean
matches (const char *name, const char *value, const char *etag, const char *body)
{
  g_autoptr (SobreHttpReply) reply = sobre_http_reply_new ();
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  if (name != NULL)
    g_hash_table_insert (reply->headers, g_strdup (name), g_strdup (value));
  return sobre_s3_checksum_matches (reply, etag, bytes);
}

static void
test_each_algorithm (void)
{
  static const struct
  {
    const char *name;
    const char *value;
  } cases[] = {
    { "x-amz-checksum-sha256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=" },
    { "x-amz-checksum-sha1", "98O8HYCOBHMq32eZZczDTKeuNEE=" },
    { "x-amz-checksum-crc32", "y/Q5Jg==" },
    { "x-amz-checksum-crc32c", "4waSgw==" },
    { "x-amz-checksum-crc64nvme", "rosUhgp5mIg=" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].name);
      g_assert_true (matches (cases[i].name, cases[i].value, NULL, digits));
      g_assert_false (matches (cases[i].name, cases[i].value, NULL, "123456780"));
    }
}

static void
test_etag_is_md5_only_sometimes (void)
{
  const char *md5 = "25f9e794323b453885f5181f1b624d0b";

  g_assert_true (matches (NULL, NULL, md5, digits));
  g_assert_false (matches (NULL, NULL, md5, "123456780"));
  g_assert_true (matches (NULL, NULL, "25f9e794323b453885f5181f1b624d0b-4", "123456780"));
  g_assert_true (matches ("x-amz-server-side-encryption", "aws:kms", md5, "123456780"));
  g_assert_false (matches ("x-amz-server-side-encryption", "AES256", md5, "123456780"));
  g_assert_true (matches ("x-amz-checksum-sha256", "AAAA-3", NULL, digits));
}

/* One bit of many objects flips: each is found, by whichever checksum there is. */
static void
test_every_flipped_bit_is_found (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint i = 0; i < 10000; i++)
    {
      guint8 bytes[64];
      guint at = (guint) g_rand_int_range (rand, 0, 512);
      guint32 crc32c;
      guint64 crc64;

      for (guint n = 0; n < sizeof bytes; n++)
        bytes[n] = (guint8) g_rand_int (rand);
      crc32c = sobre_crc32c (bytes, sizeof bytes);
      crc64 = sobre_crc64nvme (bytes, sizeof bytes);
      bytes[at / 8] ^= (guint8) (1 << at % 8);
      g_assert_cmphex (sobre_crc32c (bytes, sizeof bytes), !=, crc32c);
      g_assert_cmphex (sobre_crc64nvme (bytes, sizeof bytes), !=, crc64);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/aws/s3-checksum/check-values", test_check_values);
  g_test_add_func ("/aws/s3-checksum/each-algorithm", test_each_algorithm);
  g_test_add_func ("/aws/s3-checksum/etag-is-md5-only-sometimes", test_etag_is_md5_only_sometimes);
  g_test_add_func ("/aws/s3-checksum/every-flipped-bit-is-found", test_every_flipped_bit_is_found);
  return g_test_run ();
}
