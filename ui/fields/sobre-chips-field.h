/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fields/sobre-field.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_CHIPS_FIELD (sobre_chips_field_get_type ())

/**
 * SobreChipsField: a list of names out of some, as buttons that stay pressed. Property "names": "diets", or "day_parts" for those of the document.
 */
G_DECLARE_FINAL_TYPE (SobreChipsField, sobre_chips_field, SOBRE, CHIPS_FIELD, SobreField)

G_END_DECLS
