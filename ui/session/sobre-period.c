/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-period.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *name;
  const char *title;
  gint32 length;
} Period;

static const Period periods[SOBRE_N_PERIODS] = {
  [SOBRE_PERIOD_TODAY] = { "today", N_ ("Today"), 1 },
  [SOBRE_PERIOD_WEEK] = { "week", N_ ("Last 7 days"), 7 },
  [SOBRE_PERIOD_MONTH] = { "month", N_ ("Last 4 weeks"), 28 },
  [SOBRE_PERIOD_YEAR] = { "year", N_ ("Last 365 days"), 365 },
};

gint32
sobre_period_get_length (SobrePeriod self)
{
  return periods[self].length;
}

const char *
sobre_period_get_title (SobrePeriod self)
{
  return _ (periods[self].title);
}

const char *
sobre_period_get_name (SobrePeriod self)
{
  return periods[self].name;
}

SobrePeriod
sobre_period_from_name (const char *name)
{
  for (guint i = 0; i < SOBRE_N_PERIODS; i++)
    if (g_strcmp0 (periods[i].name, name) == 0)
      return i;
  return SOBRE_PERIOD_WEEK;
}
