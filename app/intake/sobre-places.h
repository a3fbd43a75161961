/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/sobre-table.h"
#include "model/sobre-text.h"

/**
 * SobrePlaces:
 *
 * The tables of the workspace by their ids without regard to case: cards carry ids in upper case, records hold them as tables.csv
 * has them. It also knows the cards' secret, so it says whether a key is a table's own.
 */
typedef struct _SobrePlaces SobrePlaces;

/**
 * sobre_places_new:
 * @tables: a GListModel of SobreTable
 * @secret: the 32 bytes of the cards' secret
 * @epoch: the cards' epoch, from the settings
 */
SobrePlaces *sobre_places_new (GListModel *tables, GBytes *secret, guint epoch);
void sobre_places_free (SobrePlaces *self);

/** sobre_places_find: Returns: (transfer none) (nullable): the table, whatever the case of the ids */
SobreTable *sobre_places_find (const SobrePlaces *self, SobreText store, SobreText table);

/** Whether @key is what @table's card carries; any case of the letters. */
gboolean sobre_places_verify (const SobrePlaces *self, SobreTable *table, SobreText key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobrePlaces, sobre_places_free)
