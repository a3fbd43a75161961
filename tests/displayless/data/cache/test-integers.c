/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What goes into a packed column comes out of it, whatever its range, all of it or some. */

#include <string.h>

#include "cache/sobre-integers.h"

static gint64 throw (guint bits)
{
  guint64 value = (guint64) (guint32) g_test_rand_int () << 32 | (guint32) g_test_rand_int ();

  return bits == 0 ? 0 : (gint64) (value >> (64 - bits));
}

static void
assert_inverse (const gint64 *values, guint n)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree gint64 *wide = g_new (gint64, n + 1);
  g_autofree gint32 *middle = g_new (gint32, n + 1);
  g_autofree guint8 *narrow = g_new (guint8, n + 1);

  sobre_integers_encode (bytes, values, n);
  g_assert_cmpuint (bytes->len % 8, ==, 0);
  g_assert_cmpuint (sobre_integers_measure (bytes->data, bytes->len, n), ==, bytes->len);
  g_assert_cmpuint (sobre_integers_measure (bytes->data, bytes->len - 1, n), ==, 0);
  sobre_integers_decode_int64 (bytes->data, n, wide);
  sobre_integers_decode_int32 (bytes->data, n, middle);
  sobre_integers_decode_uint8 (bytes->data, n, narrow);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (sobre_integers_get (bytes->data, i), ==, values[i]);
      g_assert_cmpint (wide[i], ==, values[i]);
      g_assert_cmpint (middle[i], ==, (gint32) values[i]);
      g_assert_cmpint (narrow[i], ==, (guint8) values[i]);
    }
}

/* Every third value, the last one first. */
static void
assert_picked (const gint64 *values, guint n)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint16 *picked = g_new (guint16, n + 1);
  g_autofree gint64 *wide = g_new (gint64, n + 1);
  g_autofree gint32 *middle = g_new (gint32, n + 1);
  g_autofree guint8 *narrow = g_new (guint8, n + 1);
  guint n_picked = 0;

  sobre_integers_encode (bytes, values, n);
  for (guint i = n; i > 0; i -= MIN (i, 3))
    picked[n_picked++] = (guint16) (i - 1);
  sobre_integers_pick_int64 (bytes->data, picked, n_picked, wide);
  sobre_integers_pick_int32 (bytes->data, picked, n_picked, middle);
  sobre_integers_pick_uint8 (bytes->data, picked, n_picked, narrow);
  for (guint i = 0; i < n_picked; i++)
    {
      g_assert_cmpint (wide[i], ==, values[picked[i]]);
      g_assert_cmpint (middle[i], ==, (gint32) values[picked[i]]);
      g_assert_cmpint (narrow[i], ==, (guint8) values[picked[i]]);
      if (sobre_integers_are_constant (bytes->data))
        g_assert_cmpint (wide[i], ==, values[0]);
    }
}

static void
test_every_width (void)
{
  for (guint bits = 0; bits <= 64; bits++)
    {
      gint64 values[100];
      gint64 base = throw (64) / 2;

      for (guint i = 0; i < G_N_ELEMENTS (values); i++)
        values[i] = (gint64) ((guint64) base + (guint64) throw (bits));
      for (guint n = 0; n <= G_N_ELEMENTS (values); n += 1 + n / 4)
        {
          assert_inverse (values, n);
          assert_picked (values, n);
        }
    }
}

static void
test_extremes (void)
{
  const gint64 values[] = { G_MININT64, G_MAXINT64, 0, -1, 1, G_MININT32, G_MAXUINT32 };

  for (guint n = 1; n <= G_N_ELEMENTS (values); n++)
    assert_inverse (values, n);
}

static void
test_constant_column_takes_16_bytes (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gint64 values[1000];

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = -7;
  sobre_integers_encode (bytes, values, G_N_ELEMENTS (values));
  g_assert_cmpuint (bytes->len, ==, SOBRE_INTEGERS_HEADER);
  g_assert_true (sobre_integers_are_constant (bytes->data));
}

/* A width that none is, and a column that says it is longer than the bytes are. */
static void
test_damage_is_measured (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const gint64 values[] = { 1, 2, 300 };

  sobre_integers_encode (bytes, values, G_N_ELEMENTS (values));
  for (guint width = 0; width < 256; width++)
    {
      gsize size;

      bytes->data[0] = (guint8) width;
      size = sobre_integers_measure (bytes->data, bytes->len, G_N_ELEMENTS (values));
      g_assert_cmpuint (size, <=, bytes->len);
      g_assert_true ((size > 0) == (width <= 2));
    }
  bytes->data[0] = 2;
  g_assert_cmpuint (sobre_integers_measure (bytes->data, bytes->len, 5), ==, 0);
  g_assert_cmpuint (sobre_integers_measure (bytes->data, bytes->len, G_MAXUINT32), ==, 0);
  g_assert_cmpuint (sobre_integers_measure (bytes->data, 0, 0), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/integers/every-width", test_every_width);
  g_test_add_func ("/integers/extremes", test_extremes);
  g_test_add_func ("/integers/constant-column-takes-16-bytes", test_constant_column_takes_16_bytes);
  g_test_add_func ("/integers/damage-is-measured", test_damage_is_measured);

  return g_test_run ();
}
