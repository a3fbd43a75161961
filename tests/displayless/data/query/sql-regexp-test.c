/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

#include "sql-cases.h"
#include "sql-regexp-cases.h"

/* Regular expressions: what they find, and which are refused. */

int
main (int argc, char **argv)
{
  return sql_cases_run (argc, argv, "regexp", cases, G_N_ELEMENTS (cases));
}
