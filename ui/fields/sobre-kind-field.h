/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fields/sobre-field.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_KIND_FIELD (sobre_kind_field_get_type ())

/**
 * SobreKindField: the kind of a question. What belongs to another kind only goes with it.
 */
G_DECLARE_FINAL_TYPE (SobreKindField, sobre_kind_field, SOBRE, KIND_FIELD, SobreField)

/** sobre_question_kind_say: "Stars"; @kind: (nullable): as form.json has it. (transfer none) */
const char *sobre_question_kind_say (const char *kind);

G_END_DECLS
