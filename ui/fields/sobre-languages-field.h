/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fields/sobre-field.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_LANGUAGES_FIELD (sobre_languages_field_get_type ())

/** SobreLanguagesField: the languages of a document, the house's own first. */
G_DECLARE_FINAL_TYPE (SobreLanguagesField, sobre_languages_field, SOBRE, LANGUAGES_FIELD, SobreField)

G_END_DECLS
