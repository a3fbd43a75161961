/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>

#include "qr/sobre-qr-code.h"

/**
 * SobreCardFace: what stands on one card.
 * @name: the restaurant's
 * @languages: (array zero-terminated=1): the first is the card's
 * @table_id: as the guests are told
 * @address: in clear
 * @code: to scan
 */
typedef struct
{
  const char *name;
  const char *const *languages;
  const char *table_id;
  const char *address;
  const SobreQrCode *code;
} SobreCardFace;

/** SobreCardBox: where something was drawn, mm. */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} SobreCardBox;

/**
 * sobre_card_template_place_code:
 *
 * The code's place on the card, about half the card's width. Its modules are whole multiples of 1/150 inch and its corner is on
 * that grid, so at 150, 300, 600 and 1200 dots per inch each module is whole dots.
 */
SobreCardBox sobre_card_template_place_code (const SobreQrCode *code);

/**
 * sobre_card_template_draw:
 * @cr: user units are points; the card's corner is the origin
 * @boxes: (nullable) (element-type SobreCardBox): gets the place of each text and of the code with its quiet zone
 *
 * Draws an A6 card. Text that is too long is set smaller, then shortened; nothing overlaps and nothing leaves the card.
 */
void sobre_card_template_draw (const SobreCardFace *face, cairo_t *cr, GArray *boxes);
