/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* A column of integers as bytes: the smallest value, then each value's distance from it in 0, 1, 2, 4 or 8 bytes (frame of reference). A
 * constant column therefore takes 16 bytes, whatever its length.
 *
 *   offset 0   guint8   width
 *   offset 8   gint64   base, in the machine's byte order
 *   offset 16  values
 */

#define SOBRE_INTEGERS_HEADER 16

/** Appends @n values to @bytes, whose length is a multiple of 8 before and after. */
void sobre_integers_encode (GByteArray *bytes, const gint64 *values, guint n);

/** How many bytes the encoded column at @bytes takes, padded to 8; 0 when it does not fit into @length. */
gsize sobre_integers_measure (const guint8 *bytes, gsize length, guint n);

/**
 * sobre_integers_decode_int64: (and its like for other types)
 *
 * Decodes @n values of a column that sobre_integers_measure() accepted. Values that do not fit the narrower type are cut.
 */
void sobre_integers_decode_int64 (const guint8 *bytes, guint n, gint64 *values);
void sobre_integers_decode_int32 (const guint8 *bytes, guint n, gint32 *values);
void sobre_integers_decode_uint8 (const guint8 *bytes, guint n, guint8 *values);

/**
 * sobre_integers_pick_int64: (and its like for other types)
 * @picked: (array length=n): places in the column
 *
 * Decodes those values alone, in the order of @picked.
 */
void sobre_integers_pick_int64 (const guint8 *bytes, const guint16 *picked, guint n, gint64 *values);
void sobre_integers_pick_int32 (const guint8 *bytes, const guint16 *picked, guint n, gint32 *values);
void sobre_integers_pick_uint8 (const guint8 *bytes, const guint16 *picked, guint n, guint8 *values);

/** Whether the column's form says that all its values are the same; one that is short may be so and not say it. */
gboolean sobre_integers_are_constant (const guint8 *bytes);

/** One value of the column. */
gint64 sobre_integers_get (const guint8 *bytes, guint index);
