/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "import/sobre-import-mapping.h"
#include "import/sobre-import-survey.h"
#include "model/sobre-form.h"
#include "model/sobre-settings.h"

/** SobreImportHouse: what is known of the restaurant, borrowed. @tables: of SobreTable · @form: (nullable): its own questions */
typedef struct
{
  const SobreSettings *settings;
  GListModel *tables;
  SobreForm *form;
} SobreImportHouse;

/**
 * SobreImportWishes: what somebody says about a file; what is not said is guessed. Borrowed.
 * @kind: (nullable): "answers" or "orders"
 * @maps: (nullable) (array zero-terminated=1): FIELD=COLUMN; an empty COLUMN takes the field out
 * @sets: (nullable) (array zero-terminated=1): FIELD=VALUE, the same in each row
 * @order: one %SobreDateOrder or 0 · @decimal: one %SobreDecimal or 0
 * @store, @time_zone, @source: (nullable)
 */
typedef struct
{
  const char *kind;
  const char *const *maps;
  const char *const *sets;
  guint order;
  guint decimal;
  const char *store;
  const char *time_zone;
  const char *source;
} SobreImportWishes;

/**
 * sobre_import_mapping_guess:
 * @dataset: answers or orders
 *
 * Guesses what each column is by its name and by what it holds. A column with something personal in it is left out.
 *
 * Returns: (transfer full): what was found, which may lack what a record needs
 */
SobreImportMapping *
sobre_import_mapping_guess (const SobreImportSurvey *survey, const SobreImportHouse *house, SobreDataset dataset);

/** sobre_import_guess_dataset: whether a file holds answers or orders. Returns: %FALSE with %SOBRE_IMPORT_ERROR_MAPPING */
gboolean sobre_import_guess_dataset (const SobreImportSurvey *survey,
                                     const SobreImportHouse *house,
                                     SobreDataset *dataset,
                                     GError **error);

/**
 * sobre_import_mapping_complete:
 * @self: guessed or saved
 *
 * Puts the wishes over the mapping, then what the restaurant says where it is silent (store, currency, language, time zone), so that
 * it says everything that a record depends on; then checks it: every column is there, no required field is missing, and dates and
 * numbers can be read in one way only.
 *
 * Returns: %FALSE with %SOBRE_IMPORT_ERROR_MAPPING or %SOBRE_IMPORT_ERROR_AMBIGUOUS
 */
gboolean sobre_import_mapping_complete (SobreImportMapping *self,
                                        const SobreImportSurvey *survey,
                                        const SobreImportHouse *house,
                                        const SobreImportWishes *wishes,
                                        GError **error);
