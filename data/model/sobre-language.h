/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/** Whether @tag has the form of a language tag (RFC 5646): letters, then subtags. Whether it is registered is not checked. */
gboolean sobre_language_is_valid (const char *tag);

/** Whether @tag, "ar" or "pa-Arab" say, is written from right to left. */
gboolean sobre_language_is_right_to_left (const char *tag);
