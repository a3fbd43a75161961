/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "import/sobre-import-mapping.h"

/* What tills and survey tools call their columns, in English, German, Spanish, French, Italian, Portuguese and Dutch. */

/** sobre_import_name_normalize: Returns: (transfer full): small letters without accents and digits, in words with one blank between */
char *sobre_import_name_normalize (const char *name);

/** sobre_import_name_rate: @name: normalized. Returns: how well it names a field, 0 for not at all; 1,000 where it is one of its names */
guint sobre_import_name_rate (const char *name, SobreImportFieldKind kind);

/** Whether @name, normalized, asks how likely it is that somebody recommends the house. */
gboolean sobre_import_name_is_recommendation (const char *name);

/** Whether @name, normalized, is that of a column that only numbers the rows of one file. */
gboolean sobre_import_name_is_counter (const char *name);

/** Whether @name, normalized, is that of something personal or technical that is no answer: it is never taken without being asked for. */
gboolean sobre_import_name_is_personal (const char *name);

/** Whether @name, normalized, is that of somebody who works there: a score for them is an answer, their name is not. */
gboolean sobre_import_name_is_staff (const char *name);
