/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/sobre-document-reader.h"
#include "model/sobre-menu.h"

struct _SobreMenu
{
  GObject parent_instance;

  char *currency;
  char **languages;
  SobreDocumentText *words[SOBRE_MENU_N_WORDS];
  GPtrArray *parts;    /* (element-type SobreMenuPart) */
  GPtrArray *sections; /* (element-type SobreMenuSection) */
  GHashTable *dishes;  /* id → SobreMenuDish, borrowed from the sections */
};

/* Freed with their arrays, however far they were read. */
SobreMenuPart *sobre_menu_add_part (SobreMenu *self);
SobreMenuSection *sobre_menu_add_section (SobreMenu *self);
SobreMenuDish *sobre_menu_section_add_dish (SobreMenuSection *section);
SobreMenuSize *sobre_menu_dish_add_size (SobreMenuDish *dish);
SobreMenuOption *sobre_menu_dish_add_option (SobreMenuDish *dish);
