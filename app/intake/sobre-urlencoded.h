/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#define SOBRE_URLENCODED_FIELDS_MAX 512

/** SobreField: one field of a form post, decoded, valid UTF-8 without NUL. */
typedef struct
{
  char *name;
  char *value;
} SobreField;

/**
 * sobre_urlencoded_parse:
 * @body: application/x-www-form-urlencoded (WHATWG URL, section 5.1), any bytes
 * @rule: (out): the broken rule's name, static, when %NULL is returned: "form.escape" (% without two hexadecimal digits), "form.utf8",
 *   "form.nul", "form.count" (more than %SOBRE_URLENCODED_FIELDS_MAX fields)
 *
 * Stricter than the standard, which keeps a broken escape as it is: a browser never sends one.
 *
 * Returns: (transfer full) (nullable) (element-type SobreField): the fields in their order, names may repeat
 */
GPtrArray *sobre_urlencoded_parse (const char *body, gsize length, const char **rule);

/** sobre_urlencoded_get: Returns: (transfer none) (nullable): the first value called @name */
const char *sobre_urlencoded_get (GPtrArray *fields, const char *name);
