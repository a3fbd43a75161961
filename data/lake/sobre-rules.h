/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* What a valid record is, said once: data/lake/rules.json. The reader of the lake, intake's gate and the transform in front of a
 * bucket all run the same file, so it holds data only, nothing that a program would have to be written for.
 *
 * A dataset's members each have a name, a type (integer, number, boolean, text, id, time, array) and limits:
 *
 *   required             the member has to be there; null counts as absent
 *   minimum, maximum     of an integer, a number or a time, both inclusive
 *   min_bytes, max_bytes of a text in UTF-8
 *   values               the only texts allowed
 *   max_items, items     of an array: how many, and the members of each
 *   by: "collector"      set by whoever takes the record in; what a guest sends under this name is dropped
 *   stored: false        sent by the guest's page, checked, and not kept
 *   cases                what else holds when a member has a value: further members required or forbidden, a number's range
 *
 * Members that no rule names are kept in the lake and ignored.
 *
 * A record that breaks a rule is named by the first rule it breaks: the member's path, a dot and what is wrong with it:
 * "missing", "type", "form" (of an id or a time), "length", "range", "value", "count" (of items), "forbidden", so "id.missing" or
 * "answers.score.range". Rules that concern the line as a whole are "line.length", "utf8", "nul", "depth", "json", "string" (an
 * escape that stands for no character), "number" (malformed or not finite), "object" (the line is another value) and "duplicate" (a
 * known member stands there twice). */

/** SobreRules: rules.json, compiled. Immutable; may be used from any thread. */
typedef struct _SobreRules SobreRules;

/** sobre_rules_new: Returns: (transfer full): the rules that are part of the library */
SobreRules *sobre_rules_new (void);
SobreRules *sobre_rules_ref (SobreRules *self);
void sobre_rules_unref (SobreRules *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreRules, sobre_rules_unref)
