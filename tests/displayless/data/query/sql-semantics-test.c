/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

#include "sql-cases.h"
#include "sql-semantics-cases.h"

/* Literals, operators, functions, single tables: values and types written down from Trino's documented behaviour. */

int
main (int argc, char **argv)
{
  return sql_cases_run (argc, argv, "semantics", cases, G_N_ELEMENTS (cases));
}
