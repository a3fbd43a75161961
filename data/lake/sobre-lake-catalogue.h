/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lake/sobre-lake-source.h"

G_BEGIN_DECLS

/** SobreLakeCount: what was found in an object. @etag: of the bytes that were read · @n_rows: records · @n_rejects: lines that are none */
typedef struct
{
  char *etag;
  guint64 n_rows;
  guint64 n_rejects;
} SobreLakeCount;

void sobre_lake_count_free (SobreLakeCount *self);

/**
 * SobreLakeDay: one day's folder of one dataset.
 * @n_bytes: as stored
 * @last_arrival: when its newest object was written, milliseconds since the epoch
 * @n_counted: objects whose records somebody has counted
 * @n_rows: records in those
 * @n_rejects: lines in those that are no record
 */
typedef struct
{
  SobreDataset dataset;
  gint32 dt;
  guint64 n_objects;
  guint64 n_bytes;
  gint64 last_arrival;
  guint64 n_counted;
  guint64 n_rows;
  guint64 n_rejects;
} SobreLakeDay;

/**
 * sobre_lake_catalogue:
 * @counts: (nullable) (element-type utf8 SobreLakeCount): by key, what is known of objects that were read; not changed any more. A count of
 *   other bytes than the listed ones does not count
 *
 * Lists what a lake holds, without opening an object.
 *
 * Returns: (transfer full): resolves to a #GPtrArray (boxed, element-type SobreLakeDay), by dataset and day; rejects with
 *   %SOBRE_LAKE_ERROR
 */
DexFuture *sobre_lake_catalogue (SobreLakeSource *lake, GHashTable *counts);

G_END_DECLS
