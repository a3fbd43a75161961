/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SOBRE_TYPE_VERSIONS_DIALOG (sobre_versions_dialog_get_type ())

/** SobreVersionsDialog: what was published, and the way back to it. Emits "roll-back" (uint) once somebody has agreed to it; it closes then. */
G_DECLARE_FINAL_TYPE (SobreVersionsDialog, sobre_versions_dialog, SOBRE, VERSIONS_DIALOG, AdwDialog)

/** sobre_versions_dialog_new: @consequence: what going back means, a sentence or two, translated */
SobreVersionsDialog *sobre_versions_dialog_new (const char *consequence);

/**
 * sobre_versions_dialog_add:
 * @subtitle: when, and how much
 * @details: (array zero-terminated=1): what it changed
 * @who: (nullable): who gets it
 * @current: whether there is nothing to roll back
 *
 * Adds a version below those that are there.
 */
void sobre_versions_dialog_add (SobreVersionsDialog *self,
                                guint version,
                                const char *subtitle,
                                const char *const *details,
                                const char *who,
                                gboolean current);

/** Whether a version was added. */
gboolean sobre_versions_dialog_has (SobreVersionsDialog *self, guint version);

/** sobre_versions_dialog_add_consequence: @words: another sentence of what going back means */
void sobre_versions_dialog_add_consequence (SobreVersionsDialog *self, const char *words);

/** sobre_versions_dialog_add_note: @words: another sentence above the list */
void sobre_versions_dialog_add_note (SobreVersionsDialog *self, const char *words);

G_END_DECLS
