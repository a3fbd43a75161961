/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bench-records.h"

/* The events and order lines beside the bench lake's answers: visits of ten events each, bills of four lines each, at the same stores,
 * tables and hours. Like records, each is a pure function of seed and place. Two of a thousand stand in the lake twice. */

#define BENCH_EVENTS_PER_VISIT 10
#define BENCH_LINES_PER_BILL 4

/** bench_events_append: the ten events of visit @place of @records. Returns: lines, doubles too */
guint bench_events_append (const BenchRecords *records, guint64 place, GString *lines);

/** bench_orders_append: the four lines of bill @place of @records. Returns: lines, doubles too */
guint bench_orders_append (const BenchRecords *records, guint64 place, GString *lines);
