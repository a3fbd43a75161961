/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fields/sobre-field.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_OBJECT_FIELD (sobre_object_field_get_type ())

/**
 * SobreObjectField: an object with fields of its own that may be there or not. Properties: "fields" (string: name of the resource whose object
 * "fields" holds them), "label" (string: of the box that is ticked where it is there).
 */
G_DECLARE_FINAL_TYPE (SobreObjectField, sobre_object_field, SOBRE, OBJECT_FIELD, SobreField)

G_END_DECLS
