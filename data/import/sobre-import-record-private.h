/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "import/sobre-import-record.h"
#include "import/sobre-import-keys.h"
#include "lake/sobre-record-checker.h"
#include "model/sobre-service-calendar.h"

#define SOBRE_IMPORT_ID_PREFIX "{\"v\":1,\"id\":\""

/** SobreImportPlan: a field of the mapping and where it stands. @place: of the column, -1 where it has a value · @milliseconds: of a duration */
typedef struct
{
  const SobreImportField *field;
  int place;
  gboolean milliseconds;
} SobreImportPlan;

/**
 * SobreImportRecorder:
 * @single: the plan of each field that is there once; no field where it is not there
 * @answers: (element-type SobreImportPlan)
 * @identifying: places of the columns that make up a row's identity, by their names
 * @seen: how often each identity came
 * @tables: from "store/table" in small letters to the table's id · @stores: from id or name in small letters to the store's id
 */
struct _SobreImportRecorder
{
  const SobreImportMapping *mapping;
  const SobreImportSurvey *survey;
  gint64 latest;
  guint decimal;
  SobreImportPlan single[SOBRE_IMPORT_N_FIELDS];
  GArray *answers;
  GArray *identifying;
  SobreImportKeys *seen;
  GHashTable *stores;
  GHashTable *tables;
  SobreServiceCalendar *zone;
  SobreRecordChecker *checker;
  GChecksum *checksum;
  GString *line;
  GString *scratch;
  SobreImportRecord record;
};

/* What the parts of a record are read with. Each returns the reason, or NULL; the column and value are noted with it. */
const char *sobre_import_refuse (SobreImportRecorder *self, const SobreImportPlan *plan, SobreText value, const char *reason);

/** The cell or value of a field without blanks around it; absent where it is empty. */
SobreText sobre_import_get (const SobreImportRecorder *self, const SobreImportRow *row, const SobreImportPlan *plan);
const char *sobre_import_read_time (SobreImportRecorder *self,
                                    const SobreImportRow *row,
                                    const SobreImportPlan *plan,
                                    const SobreImportPlan *clock,
                                    gint64 *time);
const char *sobre_import_read_number (SobreImportRecorder *self,
                                      const SobreImportPlan *plan,
                                      SobreText text,
                                      const char *reason,
                                      SobreImportNumber *number);

/** The store's id; it lives as long as the recorder. */
const char *sobre_import_read_store (SobreImportRecorder *self, const SobreImportRow *row, SobreText *store);

/** The table as tables.csv calls it, if it knows it; valid until the next call. */
SobreText sobre_import_read_table (SobreImportRecorder *self, const SobreImportRow *row, SobreText store);

/** Writes a string of JSON. */
void sobre_import_append_string (GString *json, SobreText text);
void sobre_import_append_member (GString *json, const char *name, SobreText text);

/** The members behind the id. */
const char *sobre_import_write_order (SobreImportRecorder *self, const SobreImportRow *row, SobreText store);
const char *sobre_import_write_response (SobreImportRecorder *self, const SobreImportRow *row, SobreText store);
