/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SOBRE_SQL_MOST_TALLIED 1024

/** Whether sobre_sql_tally() is the quicker way to count @n numbers below @n_kinds, and may be used. */
static inline gboolean
sobre_sql_tally_pays (guint n, guint n_kinds)
{
  return n_kinds <= SOBRE_SQL_MOST_TALLIED && n_kinds <= n / 4;
}

/**
 * sobre_sql_tally:
 * @numbers: (array length=n): each below @n_kinds
 * @n_kinds: at most SOBRE_SQL_MOST_TALLIED
 * @counts: (inout) (array length=n_kinds): how often each was there is added
 */
void sobre_sql_tally (const guint32 *numbers, guint n, guint n_kinds, gint64 *counts);

G_END_DECLS
