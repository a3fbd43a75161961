/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

/* Members of the object that a JsonBuilder is in, in one call each. */

/** sobre_json_add_text: @text: (nullable): UTF-8; null where there is none */
void sobre_json_add_text (JsonBuilder *builder, const char *member, const char *text);
void sobre_json_add_number (JsonBuilder *builder, const char *member, gint64 number);
void sobre_json_add_flag (JsonBuilder *builder, const char *member, gboolean flag);
