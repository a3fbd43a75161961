/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <string.h>

/**
 * SobreText:
 * @data: (nullable): UTF-8 bytes, not terminated; %NULL stands for "absent"
 * @length: bytes
 *
 * A borrowed piece of text. It lives as long as the buffer it points into, which each function that hands one out names.
 */
typedef struct
{
  const char *data;
  gsize length;
} SobreText;

#define SOBRE_TEXT_NONE ((SobreText) { NULL, 0 })

static inline SobreText
sobre_text (const char *string)
{
  return (SobreText) { string, string != NULL ? strlen (string) : 0 };
}

static inline gboolean
sobre_text_equal (SobreText a, SobreText b)
{
  return a.length == b.length && (a.data == NULL) == (b.data == NULL) &&
         (a.length == 0 || memcmp (a.data, b.data, a.length) == 0);
}

/** Orders by bytes, absent first: the order that SQL's binary collation gives UTF-8 text. */
static inline int
sobre_text_compare (SobreText a, SobreText b)
{
  int order;

  if (a.data == NULL || b.data == NULL)
    return (a.data != NULL) - (b.data != NULL);
  order = memcmp (a.data, b.data, MIN (a.length, b.length));
  return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}
