/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "publish/sobre-language-choice.h"

#include <string.h>

#include "model/sobre-language.h"

#define MAX_HEADER_BYTES 1024

static const char *
find_language (const char *const *languages, const char *tag)
{
  for (guint i = 0; languages[i] != NULL; i++)
    if (g_ascii_strcasecmp (languages[i], tag) == 0)
      return languages[i];
  return NULL;
}

/* Lookup (RFC 4647, section 3.4): cut subtags off the wanted tag until one fits; then a document's "pt-BR" serves "pt" as well. */
static const char *
look_up (const char *const *languages, const char *wanted)
{
  g_autofree char *tag = g_strdup (wanted);
  gsize length;

  while (*tag != '\0')
    {
      char *dash = strrchr (tag, '-');
      const char *found = find_language (languages, tag);

      if (found != NULL)
        return found;
      if (dash == NULL)
        break;
      *dash = '\0';
    }
  length = strlen (tag);
  for (guint i = 0; length > 0 && languages[i] != NULL; i++)
    if (g_ascii_strncasecmp (languages[i], tag, length) == 0 && languages[i][length] == '-')
      return languages[i];
  return NULL;
}

/* The weight of one entry, "de;q=0.8", whose parameters are cut off; -1 where it says nothing usable. */
static double
split_weight (char *entry)
{
  char *parameter = strchr (entry, ';');
  double weight = 1;

  if (parameter != NULL)
    {
      *parameter++ = '\0';
      g_strstrip (parameter);
      if (!g_str_has_prefix (parameter, "q="))
        return -1;
      weight = g_ascii_strtod (parameter + 2, NULL);
    }
  g_strstrip (entry);
  return weight > 0 && weight <= 1 && sobre_language_is_valid (entry) ? weight : -1;
}

const char *
sobre_language_choose (const char *const *languages, const char *wanted, const char *accept_language)
{
  const char *best = wanted != NULL && strlen (wanted) < MAX_HEADER_BYTES ? look_up (languages, wanted) : NULL;
  double best_weight = 0;
  g_auto (GStrv) entries = NULL;

  if (best != NULL)
    return best;
  if (accept_language == NULL || strlen (accept_language) > MAX_HEADER_BYTES)
    return languages[0];

  entries = g_strsplit (accept_language, ",", -1);
  for (guint i = 0; entries[i] != NULL; i++)
    {
      double weight = split_weight (entries[i]);
      const char *found = weight > best_weight ? look_up (languages, entries[i]) : NULL;

      if (found == NULL)
        continue;
      best = found;
      best_weight = weight;
    }
  return best != NULL ? best : languages[0];
}
