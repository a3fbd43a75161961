/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/sobre-cli.h"
#include "publish/sobre-menu-store.h"

/**
 * SobreCliMenuPlace: what the menu's commands work on. The rest of the workspace is not looked at: a fault in the form keeps nobody from
 * telling guests that a dish is sold out.
 */
typedef struct
{
  char *path;
  char *folder;
  SobreSettings *settings;
} SobreCliMenuPlace;

gboolean sobre_cli_menu_place_open (SobreCliMenuPlace *self, SobreCli *cli, GError **error);
void sobre_cli_menu_place_clear (SobreCliMenuPlace *self);

/** sobre_cli_menu_add_changes: @builder: an object, which gets the member "allergens"; @changes: (element-type SobreAllergenChange) */
void sobre_cli_menu_add_changes (JsonBuilder *builder, GPtrArray *changes);

/** sobre_cli_menu_dup_change: "fish-soup, Harbour fish soup: milk, none → contains". (transfer full) */
char *sobre_cli_menu_dup_change (const SobreAllergenChange *change);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SobreCliMenuPlace, sobre_cli_menu_place_clear)
