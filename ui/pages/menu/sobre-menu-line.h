/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "session/sobre-menu-desk.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_MENU_LINE (sobre_menu_line_get_type ())

/** SobreMenuLineState: a dish that is being written beside the one that guests see. */
typedef enum
{
  SOBRE_MENU_LINE_SAME,
  SOBRE_MENU_LINE_CHANGED,
  SOBRE_MENU_LINE_NEW,
} SobreMenuLineState;

/**
 * SobreMenuLine:
 *
 * A section or a dish of the menu that is being written, as the list shows it: made of the tree as it is, right or wrong. Property:
 * "words" (string): what it can be found by, in all languages. The signal "changed" says that it shows something else.
 */
G_DECLARE_FINAL_TYPE (SobreMenuLine, sobre_menu_line, SOBRE, MENU_LINE, GObject)

/** sobre_menu_line_new: @key: "dish/cod", the same for the same thing in another tree */
SobreMenuLine *sobre_menu_line_new (const char *key, gboolean is_section);

/**
 * sobre_menu_line_set_place:
 * @path: where it is in the tree
 * @node: what is there
 * @language: the house's own
 * @currency: of the prices
 */
void
sobre_menu_line_set_place (SobreMenuLine *self, const char *path, JsonNode *node, const char *language, const char *currency);

/** sobre_menu_line_set_state: @published: what guests see */
void sobre_menu_line_set_state (SobreMenuLine *self, SobrePublishedMenu *published);

/** sobre_menu_line_set_issues: @issues: of the whole document */
void sobre_menu_line_set_issues (SobreMenuLine *self, const GPtrArray *issues);

const char *sobre_menu_line_get_key (SobreMenuLine *self);
gboolean sobre_menu_line_is_section (SobreMenuLine *self);
const char *sobre_menu_line_get_path (SobreMenuLine *self);
const char *sobre_menu_line_get_id (SobreMenuLine *self);
const char *sobre_menu_line_get_name (SobreMenuLine *self);

/** "12", "" for none */
const char *sobre_menu_line_get_number (SobreMenuLine *self);

/** What it contains, or of a section how many dishes it has. */
const char *sobre_menu_line_get_subtitle (SobreMenuLine *self);
const char *sobre_menu_line_get_price (SobreMenuLine *self);

/** (nullable): what is wrong with it */
const char *sobre_menu_line_get_fault (SobreMenuLine *self);
SobreMenuLineState sobre_menu_line_get_state (SobreMenuLine *self);
gboolean sobre_menu_line_is_sold_out (SobreMenuLine *self);

G_END_DECLS
