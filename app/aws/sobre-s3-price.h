/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-settings.h"

/**
 * sobre_s3_price_compute:
 * @prices: what a gigabyte and a thousand requests cost
 * @n_lists: requests for lists, which cost $0.005 a thousand
 * @n_objects: objects that are fetched, one request each
 * @n_bytes: their size
 *
 * What fetching costs by Amazon S3's price list, "Requests and data retrievals" and "Data transfer out": every gigabyte counts, though an account's first hundred
 * of a month are free.
 *
 * Returns: US dollars
 */
double sobre_s3_price_compute (const SobreTransferSettings *prices, guint64 n_lists, guint64 n_objects, guint64 n_bytes);
