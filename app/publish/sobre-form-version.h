/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * sobre_form_version_raise:
 * @json: a form.json that sobre_form_parse() takes
 * @version: the one that it is to have
 *
 * Returns: (transfer full) (nullable): the same text, every other byte as it was; %NULL where it writes the member in a way that a person has to change
 */
char *sobre_form_version_raise (const char *json, int version);

G_END_DECLS
