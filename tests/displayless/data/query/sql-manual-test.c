/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdio.h>
#include <string.h>

#include "query/sql/sobre-sql-function.h"

/* docs/sql.md says of each function what the engine's own table says. With "--print" the part is printed, to be put there. */
static void
test_manual_lists_the_functions (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SOBRE_TEST_SOURCE"), "docs", "sql.md", NULL);
  g_autofree char *manual = NULL;
  g_autofree char *expected = sobre_sql_documentation_dup ();

  g_assert_true (g_file_get_contents (path, &manual, NULL, NULL));
  g_assert_cmpuint (strlen (expected), >, 1000);
  g_assert_nonnull (strstr (manual, expected));
}

int
main (int argc, char **argv)
{
  if (argc == 2 && strcmp (argv[1], "--print") == 0)
    {
      g_autofree char *text = sobre_sql_documentation_dup ();

      fputs (text, stdout);
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query/sql-manual/lists-the-functions", test_manual_lists_the_functions);
  return g_test_run ();
}
