/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fields/sobre-field.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_ALLERGENS_FIELD (sobre_allergens_field_get_type ())

/**
 * SobreAllergensField: what a dish contains and may contain of the 14 allergens: the members "allergens", which has to be declared, if only as none,
 * and "traces".
 */
G_DECLARE_FINAL_TYPE (SobreAllergensField, sobre_allergens_field, SOBRE, ALLERGENS_FIELD, SobreField)

G_END_DECLS
