/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-s3-lake.h"
#include "workspace/sobre-workspace.h"

G_BEGIN_DECLS

#define SOBRE_COMPACT_ERROR (sobre_compact_error_quark ())
GQuark sobre_compact_error_quark (void);

/**
 * SobreCompactError:
 * @SOBRE_COMPACT_ERROR_BUSY: another computer compacts, or writes objects of earlier days; the message says until when it may
 * @SOBRE_COMPACT_ERROR_CHANGED: somebody changed meanwhile which days are read from where; another run goes on
 */
typedef enum
{
  SOBRE_COMPACT_ERROR_BUSY,
  SOBRE_COMPACT_ERROR_CHANGED,
} SobreCompactError;

/** How many days after its end a day is taken for closed. */
#define SOBRE_COMPACT_CLOSED_DAYS 2

/**
 * SobreCompactReport:
 * @through: the last day that is read from Parquet, days since the epoch; %SOBRE_LAKE_NO_DAY where none is
 * @holes: days up to it that are read from their raw files
 * @written: days that were compacted and proved
 * @left: closed days that were not looked at, because max_days are
 * @unproved: (element-type gint32): days whose files did not say what the cache says
 */
typedef struct
{
  gint32 through;
  guint holes;
  guint written;
  guint left;
  GArray *unproved;
} SobreCompactReport;

#define SOBRE_TYPE_COMPACT_REPORT (sobre_compact_report_get_type ())
GType sobre_compact_report_get_type (void);

/** sobre_compact_report_new: Returns: (transfer full): one that says nothing was done */
SobreCompactReport *sobre_compact_report_new (void);
void sobre_compact_report_free (SobreCompactReport *self);

/** SobreCompactTell: is told of progress on a thread of the pool. @fraction: of the days that are to be done */
typedef void (*SobreCompactTell) (double fraction, gpointer user_data);

/**
 * SobreCompactWork: what compacting works with.
 * @workspace: whose settings say where Athena is, whose calendar the views have, and whose cache a day is proved against; brought up to date beforehand
 * @lake: its lake
 * @max_days: how many days are done at most, those that were never compacted before others; 0 for all
 * @tell: (nullable)
 * @cancellable: (nullable)
 * @athena: (nullable): where Athena is, instead of what the settings say
 */
typedef struct
{
  SobreWorkspace *workspace;
  SobreS3Lake *lake;
  guint max_days;
  SobreCompactTell tell;
  gpointer tell_data;
  GCancellable *cancellable;
  const SobreAthenaSettings *athena;
} SobreCompactWork;

/**
 * sobre_compact:
 * @work: copied, with references to what it points to; what is told has to live until the future settles
 *
 * Writes each day of the lake that has been over for %SOBRE_COMPACT_CLOSED_DAYS as Parquet, proves it against the cache and has it read from there, and makes the
 * views anew. A day that is not proved, or that got another object since, is read from its raw files. Whatever ends it half-way changes no figure: a day counts
 * from the moment on at which state/lake.json says so.
 *
 * Returns: (transfer full): resolves to a SobreCompactReport; rejects with %SOBRE_COMPACT_ERROR, %SOBRE_AWS_ERROR, %SOBRE_QUERY_ERROR, %SOBRE_LAKE_ERROR or
 *   G_IO_ERROR_CANCELLED
 */
DexFuture *sobre_compact (const SobreCompactWork *work);

/**
 * sobre_compact_put_views:
 * @work: as for sobre_compact()
 *
 * Makes the views anew, so that they read each day from where the state in the bucket says.
 *
 * Returns: (transfer full): resolves to the lake's first day, an int, days since the epoch; today where nothing is in it yet; rejects as sobre_compact()
 */
DexFuture *sobre_compact_put_views (const SobreCompactWork *work);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreCompactReport, sobre_compact_report_free)

G_END_DECLS
