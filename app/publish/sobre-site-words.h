/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/**
 * SobreSiteWords: a page's own words in the languages that the program knows: texts by key, and lists of texts. Every language has what
 * English has, of the same shape, so that a page never lacks a word. Immutable, so that any thread may read it.
 */
typedef struct _SobreSiteWords SobreSiteWords;

/**
 * sobre_site_words_load:
 * @folder: the installed site
 * @name: "words.json"
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): %NULL with a GIOError, or with %SOBRE_SETTINGS_ERROR when the file cannot be used
 */
SobreSiteWords *sobre_site_words_load (const char *folder, const char *name, GError **error);
void sobre_site_words_free (SobreSiteWords *self);

/** sobre_site_words_get: @key: "send". In English where there are none in @language. (transfer none) */
const char *sobre_site_words_get (const SobreSiteWords *self, const char *language, const char *key);

/** sobre_site_words_get_item: one text of a list. (transfer none) */
const char *sobre_site_words_get_item (const SobreSiteWords *self, const char *language, const char *key, guint index);

/** sobre_site_words_find: (transfer none) (nullable): the text in exactly @language, whatever its case; %NULL where there are no words in it */
const char *sobre_site_words_find (const SobreSiteWords *self, const char *language, const char *key);

/** sobre_site_words_get_json: (transfer none): the words of a language that a script says, as compact JSON */
const char *sobre_site_words_get_json (const SobreSiteWords *self, const char *language);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreSiteWords, sobre_site_words_free)
