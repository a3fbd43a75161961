/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fields/sobre-language-name.h"

char *
sobre_language_name_dup (const char *tag)
{
  static const struct
  {
    const char *tag;
    const char *name;
  } known[] = {
    { "ar", "العربية" },    { "ca", "Català" },  { "cs", "Čeština" }, { "da", "Dansk" },      { "de", "Deutsch" },
    { "el", "Ελληνικά" },   { "en", "English" }, { "es", "Español" }, { "eu", "Euskara" },    { "fi", "Suomi" },
    { "fr", "Français" },   { "gl", "Galego" },  { "he", "עברית" },   { "hu", "Magyar" },     { "it", "Italiano" },
    { "ja", "日本語" },     { "ko", "한국어" },  { "nb", "Norsk" },   { "nl", "Nederlands" }, { "pl", "Polski" },
    { "pt", "Português" },  { "ro", "Română" },  { "ru", "Русский" }, { "sv", "Svenska" },    { "tr", "Türkçe" },
    { "uk", "Українська" }, { "zh", "中文" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (known[i].tag, tag) == 0)
      return g_strdup (known[i].name);
  return g_strdup (tag);
}
