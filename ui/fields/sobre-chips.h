/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SOBRE_TYPE_CHIPS (sobre_chips_get_type ())

/** SobreChips: a set of up to 32 things, a button that stays pressed for each. Emits "toggled" (uint) when a person has changed the set. */
G_DECLARE_FINAL_TYPE (SobreChips, sobre_chips, SOBRE, CHIPS, AdwBin)

/** Takes all things away. */
void sobre_chips_clear (SobreChips *self);

/** sobre_chips_add: @label: on the button · @words: what a screen reader says */
void sobre_chips_add (SobreChips *self, const char *label, const char *words);
guint sobre_chips_get_n (SobreChips *self);

/** Bits 1 << place. Setting them is no change by a person. */
guint32 sobre_chips_get_set (SobreChips *self);
void sobre_chips_set_set (SobreChips *self, guint32 set);

G_END_DECLS
