/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/**
 * sobre_html_append_text:
 * @text: (nullable): anything
 *
 * Appends @text so that it is text between tags and in quoted attributes alike: the five characters of markup are escaped, controls
 * and marks that turn the direction of what follows are left out, and bytes that are no UTF-8 become U+FFFD. This is the only way by
 * which a text gets into a page.
 */
void sobre_html_append_text (GString *html, const char *text);

/** Appends @text between @open and @close, which are constants of the program. */
void sobre_html_append_element (GString *html, const char *open, const char *text, const char *close);

/** Appends ' name="value"' with the value escaped; @name is a constant of the program. */
void sobre_html_append_attribute (GString *html, const char *name, const char *value);

/** Appends JSON so that it is data inside a script element, whatever its texts hold. */
void sobre_html_append_json (GString *html, const char *json);

/** sobre_html_fill: Returns: (transfer full): @text with each "{name}" replaced by @value; the result is not escaped */
char *sobre_html_fill (const char *text, const char *name, const char *value);
