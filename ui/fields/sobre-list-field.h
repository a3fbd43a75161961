/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fields/sobre-field.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_LIST_FIELD (sobre_list_field_get_type ())

/**
 * SobreListField: a list of objects, each with fields of its own. Properties: "fields" (string: name of the resource whose object "fields" holds them),
 * "noun" (string: heading of the question for a new one's name), "stem" (string: what ids without a usable name begin with), "name-member"
 * (string: the text that a new one's name becomes), "replaces" (string, nullable: the member that goes when the first one comes, and whose value that takes over).
 * Emits "opened" when an entry shows its fields, which have no issues yet.
 */
G_DECLARE_FINAL_TYPE (SobreListField, sobre_list_field, SOBRE, LIST_FIELD, SobreField)

/** Asks for the name of a new entry and adds it. */
void sobre_list_field_add (SobreListField *self);

G_END_DECLS
