/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cache/sobre-cache-db.h"
#include "model/sobre-text.h"

/* A sheet: up to SOBRE_SHEET_ROWS events or orders of one service day as columns, each column one blob. A day with more has several.
 *
 *   ID       16 bytes a row
 *   NUMBER   an integer column (sobre-integers.h); -1 where a number that cannot be negative is NULL, code 0 where a text is
 *   DOUBLE   8 bytes a row
 *   TEXT     guint32 n, guint32 0, then two integer columns: each row's text, from 1 on and 0 for NULL, and the lengths of the n different
 *            texts, which follow
 *
 * Blobs are read from a file that may have been damaged, so everything is measured before it is believed. */

#define SOBRE_SHEET_ROWS 8192
#define SOBRE_SHEET_MAX_COLUMNS 12

typedef enum
{
  SOBRE_SHEET_EVENTS,
  SOBRE_SHEET_ORDERS,
} SobreSheetTable;

#define SOBRE_N_SHEET_TABLES 2

typedef enum
{
  SOBRE_SHEET_ID,
  SOBRE_SHEET_NUMBER,
  SOBRE_SHEET_DOUBLE,
  SOBRE_SHEET_TEXT,
} SobreSheetKind;

/** SobreSheetColumn: @name: of the column in the table that the rows lie in. The day is none: a sheet has one. */
typedef struct
{
  const char *name;
  SobreSheetKind kind;
} SobreSheetColumn;

/** The name of the table that the rows lie in. */
const char *sobre_sheet_get_table_name (SobreSheetTable table);

/** sobre_sheet_get_columns: Returns: (transfer none) (array length=n): SOBRE_SHEET_MAX_COLUMNS at most */
const SobreSheetColumn *sobre_sheet_get_columns (SobreSheetTable table, guint *n);

/** The key of a day in the table "sheet". */
static inline gint64
sobre_sheet_get_day_key (SobreSheetTable table, gint32 day)
{
  return (gint64) day * SOBRE_N_SHEET_TABLES + table;
}

/** The day that is keyed by @key. */
static inline gint32
sobre_sheet_get_day (gint64 key, SobreSheetTable *table)
{
  *table = (SobreSheetTable) (key & 1);
  return (gint32) (key >> 1);
}

/** The key of a blob in the table "sheet_column"; @number: of the sheet in its day. Keys of a day of a table lie beside each other. */
static inline gint64
sobre_sheet_get_blob_key (SobreSheetTable table, gint32 day, guint number, guint column)
{
  return sobre_sheet_get_day_key (table, day) * (G_GINT64_CONSTANT (1) << 24) + ((gint64) number << 4) + column;
}

/** SobreSheetEncoder: collects rows and makes the columns of a sheet from them. */
typedef struct _SobreSheetEncoder SobreSheetEncoder;

SobreSheetEncoder *sobre_sheet_encoder_new (SobreSheetTable table);
void sobre_sheet_encoder_free (SobreSheetEncoder *self);

/** Adds the row that @statement is at: the table's columns in the order of sobre_sheet_get_columns(). There is room for SOBRE_SHEET_ROWS. */
void sobre_sheet_encoder_add (SobreSheetEncoder *self, sqlite3_stmt *statement);
guint sobre_sheet_encoder_get_n_rows (const SobreSheetEncoder *self);

/** sobre_sheet_encoder_make: Returns: (transfer full): one column of the rows so far */
GBytes *sobre_sheet_encoder_make (SobreSheetEncoder *self, guint column);

/** Forgets the rows. */
void sobre_sheet_encoder_clear (SobreSheetEncoder *self);

/** SobreSheetTexts: a TEXT column open for reading. @places: an integer column: each row's text, 0 for NULL · @texts: (array) */
typedef struct
{
  const guint8 *places;
  SobreText *texts; /* (owned) by place; the first is absent */
  guint n;
} SobreSheetTexts;

/** Whether @bytes is a column of @n_rows numbers, ids or doubles, as @kind says; texts are measured as they are opened. */
gboolean sobre_sheet_measure (SobreSheetKind kind, GBytes *bytes, guint n_rows);

/**
 * sobre_sheet_open_texts:
 * @texts: (out): points into @bytes; to be freed with g_free (texts->texts)
 *
 * Returns: %FALSE when the blob is damaged
 */
gboolean sobre_sheet_open_texts (GBytes *bytes, guint n_rows, SobreSheetTexts *texts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSheetEncoder, sobre_sheet_encoder_free)
