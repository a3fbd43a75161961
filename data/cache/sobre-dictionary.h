/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "model/sobre-text.h"

struct sqlite3;

/** SobreDictionaryKind: which texts are kept as codes. */
typedef enum
{
  SOBRE_DICTIONARY_STORE,
  SOBRE_DICTIONARY_TABLE,
  SOBRE_DICTIONARY_FORM,
  SOBRE_DICTIONARY_LANGUAGE,
  SOBRE_DICTIONARY_QUESTION,
  SOBRE_DICTIONARY_CHOICE,
  SOBRE_DICTIONARY_ITEM,
  SOBRE_DICTIONARY_PAGE,
  SOBRE_DICTIONARY_ACTION,
  SOBRE_DICTIONARY_TARGET,
  SOBRE_DICTIONARY_CURRENCY,
} SobreDictionaryKind;

#define SOBRE_N_DICTIONARIES (SOBRE_DICTIONARY_CURRENCY + 1)

/**
 * SobreDictionary:
 *
 * Texts that recur, as codes from 1 on; code 0 is "absent". It only grows. Any thread may use one.
 */
typedef struct _SobreDictionary SobreDictionary;

SobreDictionary *sobre_dictionary_new (void);
SobreDictionary *sobre_dictionary_ref (SobreDictionary *self);
void sobre_dictionary_unref (SobreDictionary *self);

/** The code of @text, a new one if need be; 0 for an absent text. */
guint32 sobre_dictionary_intern (SobreDictionary *self, SobreDictionaryKind kind, SobreText text);

/** The code of @text, 0 when it has none. */
guint32 sobre_dictionary_find (SobreDictionary *self, SobreDictionaryKind kind, SobreText text);

/** The text of @code; absent for unknown codes. It lives as long as the dictionary. */
SobreText sobre_dictionary_get (SobreDictionary *self, SobreDictionaryKind kind, guint32 code);

/**
 * sobre_dictionary_get_all:
 * @n: (out): entries, code 0 included
 *
 * Returns: (transfer none) (array length=n): valid until the next intern or load
 */
const SobreText *sobre_dictionary_get_all (SobreDictionary *self, SobreDictionaryKind kind, guint *n);

/** Reads what the file has beyond what is known. */
gboolean sobre_dictionary_load (SobreDictionary *self, struct sqlite3 *db, GError **error);

/** Writes what the file does not have yet, in the transaction that is open; it counts as saved after sobre_dictionary_saved(). */
gboolean sobre_dictionary_save (SobreDictionary *self, struct sqlite3 *db, GError **error);
void sobre_dictionary_saved (SobreDictionary *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreDictionary, sobre_dictionary_unref)
