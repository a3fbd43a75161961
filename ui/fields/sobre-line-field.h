/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fields/sobre-field.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_LINE_FIELD (sobre_line_field_get_type ())

/**
 * SobreLineField: a member that fits on a line. Property "content": "text", "number" (a whole one; what is none is kept as it was typed, for the
 * check to say so), "price" (a text with a point; a comma is taken for one) or "time" ("18:30"). An empty one is no member, unless "required" is set.
 */
G_DECLARE_FINAL_TYPE (SobreLineField, sobre_line_field, SOBRE, LINE_FIELD, SobreField)

G_END_DECLS
