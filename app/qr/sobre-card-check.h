/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <glib.h>

#include "qr/sobre-qr-code.h"

/** SobreCardDrawFunc: draws one page at the origin; user units are points. */
typedef void (*SobreCardDrawFunc) (cairo_t *cr, gpointer user_data);

/**
 * SobreCardExpectation: a code that a page has to show.
 * @url: what it says
 * @table_id: whose it is, for the message
 * @code: its modules
 * @x: where its upper left module's corner is on the page, points
 * @y: likewise
 * @size: its width and height without quiet zone, points
 */
typedef struct
{
  const char *url;
  const char *table_id;
  const SobreQrCode *code;
  double x;
  double y;
  double size;
} SobreCardExpectation;

/**
 * sobre_card_check_page:
 * @draw: draws the page as it will be printed
 * @width: of the page, points
 * @height: likewise
 * @dpi: of the printer
 * @expected: (array length=n_expected): all the codes on it
 *
 * Draws the page on a raster and reads it back: each code's place holds exactly one code that says exactly its URL, every
 * module of it has its colour (error correction would hide that a card is spoilt before a guest has touched it), the four
 * modules around it are white. Blocks.
 *
 * Returns: %FALSE with %SOBRE_CARD_ERROR_UNREADABLE that names the table, or %SOBRE_CARD_ERROR_FAILED
 */
gboolean sobre_card_check_page (SobreCardDrawFunc draw,
                                gpointer user_data,
                                double width,
                                double height,
                                double dpi,
                                const SobreCardExpectation *expected,
                                guint n_expected,
                                GError **error);
