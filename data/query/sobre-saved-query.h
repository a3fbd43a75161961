/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "query/sobre-query.h"

G_BEGIN_DECLS

/* A saved query is a file NAME.sql: comment lines that describe it, then SQL.
 *
 *   -- title: Worst tables
 *   -- description: one line for the list
 *   -- param: NAME TYPE DEFAULT LABEL      TYPE: boolean, integer, bigint, double, varchar, date or timestamp
 *   -- chart: KIND X Y                     KIND: bar, line or table; X and Y name result columns
 *
 * The title is required and everything else may be left out. DEFAULT is a value of the type, in double quotes where it holds blanks;
 * a date may be today, today-N or today+N, counted in days; - means that the caller has to give a value. */

typedef enum
{
  SOBRE_CHART_NONE,
  SOBRE_CHART_TABLE,
  SOBRE_CHART_BAR,
  SOBRE_CHART_LINE,
} SobreChartKind;

/** SobreSavedParameter: @default_value: (nullable): as written · @label: for people */
typedef struct
{
  char *name;
  SobreValueType type;
  char *default_value;
  char *label;
} SobreSavedParameter;

#define SOBRE_TYPE_SAVED_QUERY (sobre_saved_query_get_type ())

/** SobreSavedQuery: one file, parsed. Immutable. */
G_DECLARE_FINAL_TYPE (SobreSavedQuery, sobre_saved_query, SOBRE, SAVED_QUERY, GObject)

/**
 * sobre_saved_query_parse:
 * @name: what the command line calls it: the file's name without .sql; letters, digits, - and _
 * @text: the file, UTF-8
 *
 * Returns: (transfer full) (nullable): %NULL with SOBRE_QUERY_ERROR_SYNTAX and the line
 */
SobreSavedQuery *sobre_saved_query_parse (const char *name, const char *text, GError **error);

/** sobre_saved_query_load: Blocks. Reads one file. Returns: (transfer full) (nullable) */
SobreSavedQuery *sobre_saved_query_load (const char *path, GError **error);

/**
 * sobre_saved_query_list:
 * @folders: (array zero-terminated=1): of two files of one name, the one in the earlier folder counts; a folder may be missing
 * @errors: (out) (optional) (element-type utf8): a line for each file that cannot be understood, the file's path first
 *
 * Blocks.
 *
 * Returns: (transfer full): a GListModel of SobreSavedQuery, by name
 */
GListModel *sobre_saved_query_list (const char *const *folders, GPtrArray **errors);

const char *sobre_saved_query_get_name (SobreSavedQuery *self);
const char *sobre_saved_query_get_title (SobreSavedQuery *self);

/** sobre_saved_query_get_description: Returns: (nullable) */
const char *sobre_saved_query_get_description (SobreSavedQuery *self);
const char *sobre_saved_query_get_sql (SobreSavedQuery *self);

/** sobre_saved_query_get_chart: @x, @y: (out) (optional) (nullable): result columns */
SobreChartKind sobre_saved_query_get_chart (SobreSavedQuery *self, const char **x, const char **y);

/** sobre_saved_query_get_parameters: Returns: (transfer none) (array length=n) */
const SobreSavedParameter *sobre_saved_query_get_parameters (SobreSavedQuery *self, guint *n);

/**
 * sobre_saved_query_bind:
 * @values: (nullable) (element-type utf8 utf8): what the caller gives, by parameter name
 * @today: days since the epoch, what "today" stands for
 *
 * Returns: (transfer full) (nullable): ready to run; %NULL with SOBRE_QUERY_ERROR_NAME for a name that is no parameter,
 *   _TYPE for a value that does not fit or is missing
 */
SobreQuery *sobre_saved_query_bind (SobreSavedQuery *self, GHashTable *values, gint32 today, GError **error);

G_END_DECLS
