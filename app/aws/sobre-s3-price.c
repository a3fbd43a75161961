/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-s3-price.h"

#define PRICE_PER_1000_LISTS 0.005

double
sobre_s3_price_compute (const SobreTransferSettings *prices, guint64 n_lists, guint64 n_objects, guint64 n_bytes)
{
  return PRICE_PER_1000_LISTS * (double) n_lists / 1e3 + prices->price_per_1000_gets * (double) n_objects / 1e3 +
         prices->price_per_gb * (double) n_bytes / 1e9;
}
