/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

#include "sql-cases.h"
#include "sql-lists-cases.h"

/* UNNEST, and the functions that give lists. */

int
main (int argc, char **argv)
{
  return sql_cases_run (argc, argv, "lists", cases, G_N_ELEMENTS (cases));
}
