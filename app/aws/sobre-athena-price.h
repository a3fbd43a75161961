/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What Athena asks for a query ("Amazon Athena pricing"): so much for each terabyte that it read, megabytes rounded up, ten of them at least where anything
 * was read at all. Cancelled queries pay for what they had read. A megabyte is 10^6 bytes, a terabyte 10^12. */

#define SOBRE_ATHENA_MEGABYTE G_GUINT64_CONSTANT (1000000)
#define SOBRE_ATHENA_MINIMUM (10 * SOBRE_ATHENA_MEGABYTE)
#define SOBRE_ATHENA_PRICE_PER_TB 5.0 /* US dollars, in most regions */

/** sobre_athena_get_billed: @bytes: that were read. Returns: bytes that are paid for; 0 where nothing was read, as of a result that was used again */
guint64 sobre_athena_get_billed (guint64 bytes);

/** sobre_athena_get_price: @price_per_tb: US dollars. Returns: US dollars */
double sobre_athena_get_price (guint64 bytes, double price_per_tb);

/** sobre_athena_format_price: Returns: (transfer full): "$0.000050": with six digits behind the point, the least that is paid is not nothing */
char *sobre_athena_format_price (double dollars);

G_END_DECLS
