/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/**
 * SobreFilter:
 * @from_day: first service day, days since the epoch
 * @to_day: last service day, inclusive
 * @store_id: (nullable): one store; %NULL for all
 * @table_id: (nullable): one table of @store_id; %NULL for all
 * @language: (nullable): one language; %NULL for all
 * @weekday: 0 for Monday to 6 for Sunday, -1 for all
 * @hour: local hour 0–23, -1 for all
 * @unverified: whether answers without a valid card key count too
 *
 * What a dashboard shows. A value: copy it to keep it.
 */
typedef struct
{
  gint32 from_day;
  gint32 to_day;
  char *store_id;
  char *table_id;
  char *language;
  gint8 weekday;
  gint8 hour;
  gboolean unverified;
} SobreFilter;

SobreFilter *sobre_filter_new (gint32 from_day, gint32 to_day);
SobreFilter *sobre_filter_copy (const SobreFilter *self);
void sobre_filter_free (SobreFilter *self);
gboolean sobre_filter_equal (const SobreFilter *a, const SobreFilter *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreFilter, sobre_filter_free)
