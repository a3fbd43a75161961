/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lake/sobre-lake-source.h"

G_BEGIN_DECLS

/** SobreLakeFinding: something that is wrong. @line: from 1; 0 when it is the whole object · @reason: a rule's name or a message */
typedef struct
{
  char *key;
  guint64 line;
  char *reason;
} SobreLakeFinding;

/**
 * SobreLakeReport: what reading every byte of a lake found.
 * @n_bytes: as stored
 * @n_failed: objects that are damaged or refused
 * @n_vanished: objects that were removed while the lake was read, which is no failure
 * @reasons: (element-type utf8 guint): how many lines broke which rule
 * @findings: (element-type SobreLakeFinding): each failed object, and the first 1,000 lines that are no record
 */
typedef struct
{
  guint64 n_objects;
  guint64 n_bytes;
  guint64 n_records;
  guint64 n_rejects;
  guint64 n_failed;
  guint64 n_vanished;
  GHashTable *reasons;
  GPtrArray *findings;
} SobreLakeReport;

#define SOBRE_TYPE_LAKE_REPORT (sobre_lake_report_get_type ())
GType sobre_lake_report_get_type (void);
SobreLakeReport *sobre_lake_report_ref (SobreLakeReport *self);
void sobre_lake_report_unref (SobreLakeReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreLakeReport, sobre_lake_report_unref)

/** SobreLakeProgress: called on a pool thread after each object. @report: so far; valid during the call */
typedef void (*SobreLakeProgress) (const SobreLakeReport *report, gpointer user_data);

/**
 * sobre_lake_verify:
 * @progress: (nullable) (scope notified)
 * @user_data_free: (nullable): called when it is over
 *
 * Reads every object of a lake: checksums, caps, and each line against the rules.
 *
 * Returns: (transfer full): resolves to a SobreLakeReport (boxed), whatever it found; rejects with %SOBRE_LAKE_ERROR_UNAVAILABLE
 *   when the lake cannot be listed or an object can not be read
 */
DexFuture *
sobre_lake_verify (SobreLakeSource *lake, SobreLakeProgress progress, gpointer user_data, GDestroyNotify user_data_free);

G_END_DECLS
