/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/sobre-language.h"

#include <string.h>

gboolean
sobre_language_is_valid (const char *tag)
{
  gsize length = 0;
  gboolean first = TRUE;

  for (const char *c = tag;; c++)
    {
      if (*c == '-' || *c == '\0')
        {
          if (length < (first ? 2 : 1) || length > 8)
            return FALSE;
          if (*c == '\0')
            return TRUE;
          first = FALSE;
          length = 0;
        }
      else if (first ? g_ascii_isalpha (*c) : g_ascii_isalnum (*c))
        length++;
      else
        return FALSE;
    }
}

static gboolean
is_one_of (const char *subtag, const char *const *list)
{
  for (gsize i = 0; list[i] != NULL; i++)
    if (g_ascii_strcasecmp (subtag, list[i]) == 0)
      return TRUE;
  return FALSE;
}

/* A script subtag (four letters) decides; without one, the script that the language is usually written in. */
gboolean
sobre_language_is_right_to_left (const char *tag)
{
  static const char *const scripts[] = { "Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Syrc", "Thaa", NULL };
  static const char *const languages[] = { "ar", "arc", "ckb", "dv",  "fa", "he", "iw", "ks", "nqo",
                                           "ps", "rhg", "sd",  "syr", "ug", "ur", "yi", NULL };
  g_auto (GStrv) subtags = g_strsplit (tag, "-", -1);

  for (gsize i = 1; subtags[0] != NULL && subtags[i] != NULL; i++)
    if (strlen (subtags[i]) == 4 && g_ascii_isalpha (subtags[i][0]))
      return is_one_of (subtags[i], scripts);
  return subtags[0] != NULL && is_one_of (subtags[0], languages);
}
