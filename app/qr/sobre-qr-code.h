/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>
#include <glib.h>

#define SOBRE_QR_QUIET_MODULES 4 /* white modules that ISO/IEC 18004 wants on each side */

/** SobreQrLevel: how much of a symbol may be lost: 7, 15, 25 or 30 per cent of its codewords. */
typedef enum
{
  SOBRE_QR_LEVEL_L,
  SOBRE_QR_LEVEL_M,
  SOBRE_QR_LEVEL_Q,
  SOBRE_QR_LEVEL_H,
} SobreQrLevel;

/** SobreQrCode: one QR symbol. Immutable; may be used from any thread. */
typedef struct _SobreQrCode SobreQrCode;

/**
 * sobre_qr_code_new:
 * @text: what a reader shall see, UTF-8; digits, A–Z and " $%*+-./:" alone take the least room
 * @floor: the level that the symbol has at least
 *
 * The smallest symbol that holds @text at @floor, at the highest level that does not make it larger.
 *
 * Returns: (transfer full) (nullable): %NULL with %SOBRE_CARD_ERROR_TOO_LONG when no symbol holds @text
 */
SobreQrCode *sobre_qr_code_new (const char *text, SobreQrLevel floor, GError **error);
SobreQrCode *sobre_qr_code_ref (SobreQrCode *self);
void sobre_qr_code_unref (SobreQrCode *self);

/** Modules on a side, without the quiet zone: 21, 25, … 177. */
guint sobre_qr_code_get_size (const SobreQrCode *self);
SobreQrLevel sobre_qr_code_get_level (const SobreQrCode *self);

/** Whether the module in @column and @row is dark; outside the symbol it is not. */
gboolean sobre_qr_code_is_dark (const SobreQrCode *self, int column, int row);

/**
 * sobre_qr_code_draw:
 * @cr: the source is the colour of the dark modules
 * @x: left edge of the symbol, without quiet zone, user units
 * @y: top edge
 * @size: width and height in user units
 *
 * Fills the dark modules as one path, each region of them once around, so that no renderer leaves hairlines between
 * neighbours. On a raster surface the modules are whole device pixels; the symbol then is centred in its place and at most one
 * module's share smaller.
 */
void sobre_qr_code_draw (const SobreQrCode *self, cairo_t *cr, double x, double y, double size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreQrCode, sobre_qr_code_unref)
