/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fields/sobre-field.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_TEXTS_FIELD (sobre_texts_field_get_type ())

/** SobreTextsField: a text in the languages of its document, side by side; what guests read where one is missing stands in its place. Property "long" (boolean): it takes more than a few words. */
G_DECLARE_FINAL_TYPE (SobreTextsField, sobre_texts_field, SOBRE, TEXTS_FIELD, SobreField)

G_END_DECLS
