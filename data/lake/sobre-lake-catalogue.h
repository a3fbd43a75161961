/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lake/sobre-lake-source.h"

G_BEGIN_DECLS

/**
 * SobreLakeDay: one day's folder of one dataset.
 * @n_bytes: as stored
 * @last_arrival: when its newest object was written, milliseconds since the epoch
 */
typedef struct
{
  SobreDataset dataset;
  gint32 dt;
  guint64 n_objects;
  guint64 n_bytes;
  gint64 last_arrival;
} SobreLakeDay;

/**
 * sobre_lake_catalogue:
 *
 * Lists what a lake holds, without opening an object.
 *
 * Returns: (transfer full): resolves to a #GPtrArray (boxed, element-type SobreLakeDay), by dataset and day; rejects with
 *   %SOBRE_LAKE_ERROR
 */
DexFuture *sobre_lake_catalogue (SobreLakeSource *lake);

G_END_DECLS
