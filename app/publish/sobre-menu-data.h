/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "publish/sobre-menu-page.h"

/** The page's surroundings as the JSON that the script reads, safe inside a script element. */
void sobre_menu_data_append (GString *html, const SobreMenuPage *page);

/** The menu in the vocabulary of schema.org (Menu, MenuSection, MenuItem), for machines that read pages: a data block, never executed. */
void sobre_menu_data_append_schema (GString *html, const SobreMenuPage *page);
