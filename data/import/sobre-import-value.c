/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "import/sobre-import-value.h"

const char *
sobre_date_order_get_name (guint order)
{
  return order == SOBRE_DATE_DMY ? "dmy" : order == SOBRE_DATE_MDY ? "mdy" : order == SOBRE_DATE_YMD ? "ymd" : NULL;
}

gboolean
sobre_date_order_parse (const char *name, guint *order)
{
  for (guint candidate = SOBRE_DATE_DMY; candidate <= SOBRE_DATE_YMD; candidate <<= 1)
    {
      if (strcmp (sobre_date_order_get_name (candidate), name) == 0)
        {
          *order = candidate;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
sobre_decimal_get_name (guint decimal)
{
  return decimal == SOBRE_DECIMAL_POINT ? "point" : decimal == SOBRE_DECIMAL_COMMA ? "comma" : NULL;
}

gboolean
sobre_decimal_parse (const char *name, guint *decimal)
{
  if (strcmp (name, "point") == 0 || strcmp (name, ".") == 0)
    *decimal = SOBRE_DECIMAL_POINT;
  else if (strcmp (name, "comma") == 0 || strcmp (name, ",") == 0)
    *decimal = SOBRE_DECIMAL_COMMA;
  else
    return FALSE;
  return TRUE;
}
