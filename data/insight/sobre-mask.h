/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/**
 * sobre_mask_contacts:
 * @text: UTF-8, @length bytes, need not be terminated
 * @length: bytes
 *
 * Hides what would let a reader reach or charge a guest: e-mail addresses, telephone numbers (8 to 15 digits with the usual
 * separators; ITU-T E.164 allows 15), and payment card numbers (13 to 19 digits that satisfy the Luhn check of ISO/IEC 7812-1,
 * annex B). Each is replaced by a bullet a character, so that the words around it keep their place. Dates, prices and times stay.
 *
 * Returns: (transfer full): the text with those parts hidden
 */
char *sobre_mask_contacts (const char *text, gsize length);
