/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * SobrePeriod: a span of service days that ends today. Every length but a year's and a single day's is whole weeks, so that the
 * period before it, which changes are measured against, has the same weekdays.
 */
typedef enum
{
  SOBRE_PERIOD_TODAY,
  SOBRE_PERIOD_WEEK,
  SOBRE_PERIOD_MONTH,
  SOBRE_PERIOD_YEAR,
} SobrePeriod;

#define SOBRE_N_PERIODS (SOBRE_PERIOD_YEAR + 1)

/** How many days it has. */
gint32 sobre_period_get_length (SobrePeriod self);

/** "Last 7 days", translated. */
const char *sobre_period_get_title (SobrePeriod self);

/** "week": as it is written in settings and in the page's switch. */
const char *sobre_period_get_name (SobrePeriod self);

/** %SOBRE_PERIOD_WEEK for a name that there is not. */
SobrePeriod sobre_period_from_name (const char *name);

G_END_DECLS
