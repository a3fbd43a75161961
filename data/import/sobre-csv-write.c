/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "import/sobre-csv-reader.h"
#include "model/sobre-formula.h"

void
sobre_csv_append_cell (GString *csv, SobreText text, char delimiter, gboolean quote_formulas)
{
  gboolean formula = quote_formulas && sobre_text_is_formula (text);
  gboolean plain = !formula && text.length > 0 && text.data[0] != ' ' && text.data[text.length - 1] != ' ';

  for (gsize i = 0; plain && i < text.length; i++)
    plain = strchr ("\"\r\n", text.data[i]) == NULL && text.data[i] != delimiter;
  if (plain)
    {
      g_string_append_len (csv, text.data, (gssize) text.length);
      return;
    }

  g_string_append (csv, formula ? "\"'" : "\"");
  for (gsize i = 0; i < text.length; i++)
    {
      if (text.data[i] == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, text.data[i]);
    }
  g_string_append_c (csv, '"');
}
