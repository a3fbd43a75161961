/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "query/sql/sobre-sql-tally.h"

#include <string.h>

#define LANES 4

/* A number that is the same as the one before it would wait for that one's count to be in memory, so numbers take turns in several counts
 * of each kind. */
void
sobre_sql_tally (const guint32 *numbers, guint n, guint n_kinds, gint64 *counts)
{
  guint32 lanes[LANES][SOBRE_SQL_MOST_TALLIED];
  guint i = 0;

  for (guint lane = 0; lane < LANES; lane++)
    memset (lanes[lane], 0, n_kinds * sizeof *lanes[lane]);
  for (; i + LANES <= n; i += LANES)
    for (guint lane = 0; lane < LANES; lane++)
      lanes[lane][numbers[i + lane]]++;
  for (; i < n; i++)
    lanes[0][numbers[i]]++;
  for (guint kind = 0; kind < n_kinds; kind++)
    for (guint lane = 0; lane < LANES; lane++)
      counts[kind] += lanes[lane][kind];
}
