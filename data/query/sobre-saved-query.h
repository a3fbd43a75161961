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
 *   -- chart: KIND X Y                     KIND: bar, line or table; X and Y name result columns, table has none
 *
 * The title is required and everything else may be left out. A comment line of the block is read as one of these where it begins with a
 * word in lower case and a colon; other comments are free. NAME is lower-case letters, digits and _. DEFAULT is a value of the type,
 * in double quotes where it holds blanks or is empty; a date may be today, today-N or today+N, counted in days; @time_zone is the
 * workspace's time zone; - means that the caller has to give a value. Each parameter is used in the SQL, and each :parameter of the
 * SQL has its line. */

typedef enum
{
  SOBRE_CHART_NONE,
  SOBRE_CHART_TABLE,
  SOBRE_CHART_BAR,
  SOBRE_CHART_LINE,
} SobreChartKind;

/**
 * SobreSavedParameter:
 * @default_value: (nullable): as written, without quotes
 * @is_literal: whether it stood in quotes and so is meant as it stands
 * @label: for people
 * @line: of the file, where it is declared
 */
typedef struct
{
  char *name;
  SobreValueType type;
  char *default_value;
  gboolean is_literal;
  char *label;
  guint line;
} SobreSavedParameter;

#define SOBRE_TYPE_SAVED_QUERY (sobre_saved_query_get_type ())

/** SobreSavedQuery: one file, parsed. Immutable. */
G_DECLARE_FINAL_TYPE (SobreSavedQuery, sobre_saved_query, SOBRE, SAVED_QUERY, GObject)

/**
 * SobreSavedContext: what a workspace puts in for defaults and values that are no plain ones.
 * @today: the service day that "today" stands for, days since the epoch
 * @time_zone: IANA name
 */
typedef struct
{
  gint32 today;
  const char *time_zone;
} SobreSavedContext;

/**
 * sobre_saved_query_parse:
 * @name: what the command line calls it: the file's name without .sql; letters, digits, - and _
 * @text: the file, UTF-8
 *
 * Returns: (transfer full) (nullable): %NULL with SOBRE_QUERY_ERROR_SYNTAX, _NAME, _TYPE or _LIMIT and the line
 */
SobreSavedQuery *sobre_saved_query_parse (const char *name, const char *text, GError **error);

/**
 * sobre_saved_query_load:
 *
 * Blocks. Reads one file.
 *
 * Returns: (transfer full) (nullable): %NULL with what sobre_saved_query_parse() gives, path and line before the message, or with
 *   %G_IO_ERROR or %G_FILE_ERROR
 */
SobreSavedQuery *sobre_saved_query_load (const char *path, GError **error);

/**
 * sobre_saved_query_find:
 * @folders: (array zero-terminated=1): the first that has NAME.sql counts, even if that file cannot be understood
 * @name: may be anything
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): %NULL with SOBRE_QUERY_ERROR_NAME where no folder has it, or with what
 *   sobre_saved_query_load() gives
 */
SobreSavedQuery *sobre_saved_query_find (const char *const *folders, const char *name, GError **error);

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

/** sobre_saved_query_get_sql: the whole text with its comments, so that a place in it is a place in the file. */
const char *sobre_saved_query_get_sql (SobreSavedQuery *self);

/** sobre_saved_query_get_chart: @x, @y: (out) (optional) (nullable): result columns */
SobreChartKind sobre_saved_query_get_chart (SobreSavedQuery *self, const char **x, const char **y);

/** sobre_saved_query_get_parameters: Returns: (transfer none) (array length=n) */
const SobreSavedParameter *sobre_saved_query_get_parameters (SobreSavedQuery *self, guint *n);

/** sobre_saved_query_dup_default: Returns: (transfer full) (nullable): the default as a plain value; %NULL where there is none */
char *sobre_saved_query_dup_default (const SobreSavedParameter *parameter, const SobreSavedContext *context);

/**
 * sobre_saved_query_bind:
 * @values: (nullable) (element-type utf8 utf8): what the caller gives, by parameter name; a date may be today, today-N or today+N
 *
 * Returns: (transfer full) (nullable): ready to run; %NULL with SOBRE_QUERY_ERROR_NAME for a name that is no parameter,
 *   _TYPE for a value that does not fit or is missing
 */
SobreQuery *
sobre_saved_query_bind (SobreSavedQuery *self, GHashTable *values, const SobreSavedContext *context, GError **error);

G_END_DECLS
