/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model/sobre-formula.h"

gboolean
sobre_text_is_formula (SobreText text)
{
  static const char *const starts[] = { "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%" };
  static const char *const blanks[] = { " ", "\xc2\xa0", "\xe3\x80\x80", "\xef\xbb\xbf" };
  gboolean blank = TRUE;

  while (blank)
    {
      blank = FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (blanks) && !blank; i++)
        {
          gsize n = strlen (blanks[i]);

          blank = text.length >= n && memcmp (text.data, blanks[i], n) == 0;
          if (blank)
            text = (SobreText) { text.data + n, text.length - n };
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      if (text.length >= strlen (starts[i]) && memcmp (text.data, starts[i], strlen (starts[i])) == 0)
        return TRUE;
    }
  return FALSE;
}
