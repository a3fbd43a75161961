/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "publish/sobre-form-version.h"

#include <string.h>

#define MEMBER "\"version\""
#define SPACE " \t\r\n"

/* Behind the string that begins at @at. */
static const char *
skip_string (const char *at)
{
  for (at++; *at != '"'; at++)
    if (*at == '\\')
      at++;
  return at + 1;
}

/* Where the value of the document's own member begins; a string that is no member's name has no colon behind it. */
static const char *
find_version (const char *json)
{
  guint depth = 0;

  for (const char *at = json; *at != '\0'; at++)
    {
      const char *end;

      depth += *at == '{' || *at == '[';
      depth -= *at == '}' || *at == ']';
      if (*at != '"')
        continue;
      end = skip_string (at);
      if (depth == 1 && (gsize) (end - at) == strlen (MEMBER) && g_str_has_prefix (at, MEMBER))
        {
          const char *colon = end + strspn (end, SPACE);

          if (*colon == ':')
            return colon + 1 + strspn (colon + 1, SPACE);
        }
      at = end - 1;
    }
  return NULL;
}

char *
sobre_form_version_raise (const char *json, int version)
{
  const char *value = find_version (json);
  gsize digits = value != NULL ? strspn (value, "0123456789") : 0;

  if (digits == 0)
    return NULL;
  return g_strdup_printf ("%.*s%d%s", (int) (value - json), json, version, value + digits);
}
