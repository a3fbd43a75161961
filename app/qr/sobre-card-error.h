/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#define SOBRE_CARD_ERROR (sobre_card_error_quark ())
GQuark sobre_card_error_quark (void);

/**
 * SobreCardError:
 * @SOBRE_CARD_ERROR_ADDRESS: the address or an id cannot be in a card's URL
 * @SOBRE_CARD_ERROR_TOO_LONG: no QR symbol holds the text
 * @SOBRE_CARD_ERROR_EMPTY: there is no table to print a card for
 * @SOBRE_CARD_ERROR_UNREADABLE: a code on the drawn page does not read back as its URL; the message names the table
 * @SOBRE_CARD_ERROR_FORMAT: no such file format
 * @SOBRE_CARD_ERROR_FAILED: drawing or writing failed; nothing half-made is left
 */
typedef enum
{
  SOBRE_CARD_ERROR_ADDRESS,
  SOBRE_CARD_ERROR_TOO_LONG,
  SOBRE_CARD_ERROR_EMPTY,
  SOBRE_CARD_ERROR_UNREADABLE,
  SOBRE_CARD_ERROR_FORMAT,
  SOBRE_CARD_ERROR_FAILED,
} SobreCardError;
