/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "import/sobre-import-source.h"
#include "model/sobre-record.h"

/** SobreImportFieldKind: what a column can be. The first ones are of either dataset. */
typedef enum
{
  SOBRE_IMPORT_ID,       /* what tells a row from all others, across files */
  SOBRE_IMPORT_TIME,     /* when it was sold or answered; a date and a time of day, or the date alone */
  SOBRE_IMPORT_CLOCK,    /* the time of day where the date stands apart */
  SOBRE_IMPORT_STORE,    /* id or name */
  SOBRE_IMPORT_TABLE,    /* the table */
  SOBRE_IMPORT_ORDER,    /* the order's or ticket's number; kept in the lake, not in the tables */
  SOBRE_IMPORT_ITEM,     /* what was sold */
  SOBRE_IMPORT_ITEM_ID,  /* its number */
  SOBRE_IMPORT_QUANTITY, /* a whole number; 1 where there is none */
  SOBRE_IMPORT_AMOUNT,   /* of the whole line */
  SOBRE_IMPORT_PRICE,    /* of one piece */
  SOBRE_IMPORT_CURRENCY, /* ISO 4217 */
  SOBRE_IMPORT_LANGUAGE, /* of the guest */
  SOBRE_IMPORT_COMMENT,  /* the open comment */
  SOBRE_IMPORT_STARTED,  /* when the guest began */
  SOBRE_IMPORT_DURATION, /* seconds; milliseconds where the column's name says so */
  SOBRE_IMPORT_FORM,     /* the form's id */
  SOBRE_IMPORT_ANSWER,   /* the answer to a question; may be there several times */
} SobreImportFieldKind;

#define SOBRE_IMPORT_N_FIELDS (SOBRE_IMPORT_ANSWER + 1)

/** SobreImportField: @answer, @question: of an answer · @column: (nullable): where it stands, or @value: (nullable): what it is in every row */
typedef struct
{
  SobreImportFieldKind kind;
  SobreAnswerKind answer;
  char *question;
  char *column;
  char *value;
} SobreImportField;

/**
 * SobreImportMapping: how the columns of a file become members of records.
 * @dataset: responses or orders
 * @source: a word for where the rows come from; ids are made from it, so two tills with the same numbers need two of them
 * @fields: (element-type SobreImportField)
 * @order: one %SobreDateOrder, 0 where the dates leave no choice
 * @decimal: one %SobreDecimal, likewise
 * @time_zone: IANA name, for times without an offset
 * @reading: how the file is read
 */
typedef struct
{
  SobreDataset dataset;
  char *source;
  GPtrArray *fields;
  guint order;
  guint decimal;
  char *time_zone;
  SobreImportReading reading;
} SobreImportMapping;

SobreImportMapping *sobre_import_mapping_new (SobreDataset dataset);
void sobre_import_mapping_free (SobreImportMapping *self);

/** (transfer full) */
SobreImportMapping *sobre_import_mapping_copy (const SobreImportMapping *self);

/** "answers" and "orders": as options, mappings and their files call what is imported. */
const char *sobre_import_dataset_get_name (SobreDataset dataset);
gboolean sobre_import_dataset_parse (const char *name, SobreDataset *dataset);

/** Whether records of @dataset have such a member. */
gboolean sobre_import_field_belongs (SobreImportFieldKind kind, SobreDataset dataset);

/** sobre_import_field_dup_name: Returns: (transfer full): "time", "table", "stars:food": as options and mappings call it */
char *sobre_import_field_dup_name (const SobreImportField *field);

/**
 * sobre_import_mapping_set:
 * @name: a field's name
 * @column: (nullable): where it stands
 * @value: (nullable): what it is in every row; without either, the field is taken out
 *
 * Returns: %FALSE with %SOBRE_IMPORT_ERROR_MAPPING when there is no such field, or not in this dataset
 */
gboolean
sobre_import_mapping_set (SobreImportMapping *self, const char *name, const char *column, const char *value, GError **error);

/** sobre_import_mapping_find: Returns: (transfer none) (nullable): the field, the first one of answers */
const SobreImportField *sobre_import_mapping_find (const SobreImportMapping *self, SobreImportFieldKind kind);

/** sobre_import_mapping_find_column: Returns: (transfer none) (nullable): the field that stands in @column */
const SobreImportField *sobre_import_mapping_find_column (const SobreImportMapping *self, const char *column);

/** sobre_import_mapping_parse: @json: a mapping's file. Returns: (transfer full) (nullable): %NULL with %SOBRE_SETTINGS_ERROR */
SobreImportMapping *sobre_import_mapping_parse (const char *json, gssize length, GError **error);

/** sobre_import_mapping_format: Returns: (transfer full): pretty JSON that parses back to the same */
char *sobre_import_mapping_format (const SobreImportMapping *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreImportMapping, sobre_import_mapping_free)
