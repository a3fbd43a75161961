/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/**
 * sobre_language_choose:
 * @languages: (array zero-terminated=1): what there is, at least one
 * @wanted: (nullable): ?lang= of the request
 * @accept_language: (nullable): the header's value (RFC 9110, section 12.5.4; lookup as in RFC 4647, section 3.4)
 *
 * Returns: (transfer none): the one of @languages to use, the first where nothing fits
 */
const char *sobre_language_choose (const char *const *languages, const char *wanted, const char *accept_language);
