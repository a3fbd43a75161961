/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-athena-price.h"

#define TERABYTE 1e12

guint64
sobre_athena_get_billed (guint64 bytes)
{
  guint64 megabytes = bytes / SOBRE_ATHENA_MEGABYTE + (bytes % SOBRE_ATHENA_MEGABYTE > 0 ? 1 : 0);

  return bytes == 0 ? 0 : MAX (megabytes * SOBRE_ATHENA_MEGABYTE, SOBRE_ATHENA_MINIMUM);
}

double
sobre_athena_get_price (guint64 bytes, double price_per_tb)
{
  return (double) sobre_athena_get_billed (bytes) / TERABYTE * price_per_tb;
}

char *
sobre_athena_format_price (double dollars)
{
  return g_strdup_printf ("$%.6f", dollars);
}
