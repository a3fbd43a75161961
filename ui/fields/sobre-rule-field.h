/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fields/sobre-field.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_RULE_FIELD (sobre_rule_field_get_type ())

/**
 * SobreRuleField: after which answer to which earlier question a question is asked: the member "show_if".
 */
G_DECLARE_FINAL_TYPE (SobreRuleField, sobre_rule_field, SOBRE, RULE_FIELD, SobreField)

/** sobre_question_rule_say: Returns: (transfer full) (nullable): "Asked when “Overall” is at most 3"; %NULL for a question that is always asked */
char *sobre_question_rule_say (JsonObject *question, JsonNode *root, const char *language);

G_END_DECLS
