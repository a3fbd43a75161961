/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-s3.h"

G_BEGIN_DECLS

/** SOBRE_LAKE_STATE_KEY: of the object that says which days of a bucket's lake are read from their Parquet files. */
#define SOBRE_LAKE_STATE_KEY "state/lake.json"

/** SOBRE_LAKE_NO_DAY: where no day is meant. */
#define SOBRE_LAKE_NO_DAY G_MININT32

/**
 * SobreLakeState:
 * @through: the last day that is read from Parquet, days since the epoch; %SOBRE_LAKE_NO_DAY where none is
 * @holes: (element-type gint32): days up to it that are read from their raw files all the same, ascending
 * @by: (nullable): who compacts at the moment
 * @until: until when nobody else may, milliseconds since the epoch
 * @etag: (nullable): the version that was read; %NULL where there is none yet
 *
 * It is only ever written where it is still the version that was read, so of two computers that change it at once one has to look again.
 */
typedef struct
{
  gint32 through;
  GArray *holes;
  char *by;
  gint64 until;
  char *etag;
} SobreLakeState;

SobreLakeState *sobre_lake_state_new (void);
void sobre_lake_state_free (SobreLakeState *self);

/** sobre_lake_state_parse: Returns: (transfer full) (nullable): %NULL with %SOBRE_AWS_ERROR_PROTOCOL */
SobreLakeState *sobre_lake_state_parse (const char *text, gsize length, GError **error);

/** sobre_lake_state_format: Returns: (transfer full) */
char *sobre_lake_state_format (const SobreLakeState *self);

/** sobre_lake_state_is_cold: Returns: whether @day is read from Parquet */
gboolean sobre_lake_state_is_cold (const SobreLakeState *self, gint32 day);

/** sobre_lake_state_set_hole: @is_hole: whether @day is to be one; days behind @through are none. Returns: whether that is a change */
gboolean sobre_lake_state_set_hole (SobreLakeState *self, gint32 day, gboolean is_hole);

/** sobre_lake_state_load: For fibers. Returns: (transfer full) (nullable): a new one where there is none; %NULL with %SOBRE_AWS_ERROR */
SobreLakeState *sobre_lake_state_load (SobreAwsClient *s3, const char *bucket, GCancellable *cancellable, GError **error);

/** sobre_lake_state_store: For fibers. @self knows its new version then. Returns: %FALSE with %SOBRE_AWS_ERROR, _CONFLICT where another one was written */
gboolean sobre_lake_state_store (SobreLakeState *self, SobreAwsClient *s3, const char *bucket, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreLakeState, sobre_lake_state_free)

G_END_DECLS
