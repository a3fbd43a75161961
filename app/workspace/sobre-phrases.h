/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "workspace/sobre-dice.h"

/** SobrePhrases: what guests of the sample restaurant write: the installed sample/phrases.json. Immutable. */
typedef struct _SobrePhrases SobrePhrases;

/** sobre_phrases_load: Blocks. Returns: (transfer full) (nullable): %NULL with %SOBRE_WORKSPACE_ERROR */
SobrePhrases *sobre_phrases_load (GError **error);
void sobre_phrases_free (SobrePhrases *self);

/**
 * sobre_phrases_pick:
 * @language: the guest's
 * @about: "food", "service", "place", "value", "waiting" or "all"
 * @good: whether the guest is pleased
 *
 * Returns: (transfer full) (nullable): a sentence; %NULL when the bank has none for that
 */
char *sobre_phrases_pick (SobrePhrases *self, SobreDice *dice, const char *language, const char *about, gboolean good);

/** Whether the bank has sentences in @language at all. */
gboolean sobre_phrases_has_language (SobrePhrases *self, const char *language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobrePhrases, sobre_phrases_free)
