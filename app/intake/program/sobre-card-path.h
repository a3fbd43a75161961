/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "intake/sobre-places.h"
#include "model/sobre-settings.h"

/**
 * SobreCardPath: where a guest sits, as the path of a card's address says it: "/T/<STORE>/<TABLE>/<KEY>".
 * @store_id: as tables.csv has it, or as the card says where it is not known
 * @table_id: likewise
 * @key: as it came, right or wrong
 * @tail: "<STORE>/<TABLE>/<KEY>" as it came, for a link to the table's other page
 */
typedef struct
{
  char *store_id;
  char *table_id;
  char *key;
  char *tail;
} SobreCardPath;

/** sobre_card_path_parse: @page: "T" or so. Returns: %FALSE when @path has another shape; every part is letters, digits, dots and dashes */
gboolean sobre_card_path_parse (SobreCardPath *self, const char *path, const char *page, const SobrePlaces *places);
void sobre_card_path_clear (SobreCardPath *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SobreCardPath, sobre_card_path_clear)
