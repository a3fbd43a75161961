/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "import/sobre-import-guess.h"
#include "import/sobre-import-record.h"

/** Table: a file in memory with its survey, in a restaurant with the stores "harbour" and "market" and the tables 1 to 3, 3 of harbour "T3". */
typedef struct
{
  SobreSettings *settings;
  GListModel *tables;
  SobreForm *form;
  SobreImportHouse house;
  SobreImportSource *source;
  SobreImportSurvey *survey;
} Table;

/** table_new: @one_store: whether "harbour" is the only one. */
Table *table_new (const char *text, gboolean one_store);
void table_free (Table *self);

/** table_guess: a complete mapping. Returns: (transfer full) (nullable): %NULL with the error */
SobreImportMapping *table_guess (Table *self, const SobreImportWishes *wishes, GError **error);

/** table_describe: Returns: (transfer full): "time=Datum store:=harbour …", in the mapping's order, constants with a colon */
char *table_describe (const SobreImportMapping *mapping);

/** table_take: Returns: (transfer full) (element-type utf8): each row as its line, or "LINE: reason" */
GPtrArray *table_take (Table *self, const SobreImportMapping *mapping);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Table, table_free)
