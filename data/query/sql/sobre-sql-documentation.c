/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The functions as docs/sql.md lists them. A test holds the two together. */

#include "query/sql/sobre-sql-function.h"

#include <string.h>

static const char *
get_title (SobreSqlCategory category)
{
  static const char *const titles[SOBRE_SQL_N_CATEGORIES] = {
    [SOBRE_SQL_CONDITIONAL] = "Conditions",      [SOBRE_SQL_STRING] = "Texts",           [SOBRE_SQL_MATHS] = "Numbers",
    [SOBRE_SQL_DATE_TIME] = "Dates and times",   [SOBRE_SQL_AGGREGATION] = "Aggregates", [SOBRE_SQL_WINDOW] = "Windows",
    [SOBRE_SQL_LISTS] = "Lists, in UNNEST only",
  };

  return titles[category];
}

static const char *
get_letter_name (char letter)
{
  switch (letter)
    {
    case 'b':
      return "boolean";
    case 'i':
      return "integer";
    case 'I':
      return "bigint";
    case 'D':
      return "decimal";
    case 'd':
      return "double";
    case 's':
      return "varchar";
    case 'a':
      return "date";
    case 't':
      return "timestamp";
    case 'z':
      return "timestamp with time zone";
    case 'v':
      return "interval";
    case 'U':
      return "U";
    case 'T':
    default:
      return "T";
    }
}

/* "s:sII" is "varchar, bigint, bigint"; a star repeats what stands before it. */
static void
append_arguments (GString *text, const char *signature)
{
  const char *arguments = strchr (signature, ':') + 1;

  for (const char *at = arguments; *at != '\0'; at++)
    if (*at == '*')
      g_string_append (text, ", …");
    else
      g_string_append_printf (text, "%s%s", at > arguments ? ", " : "", get_letter_name (*at));
}

static void
append_function (GString *text, const SobreSqlFunction *functions, guint n, guint first)
{
  const SobreSqlFunction *function = &functions[first];

  g_string_append_printf (text, "| `%s` | ", function->name);
  for (guint i = first; i < n && strcmp (functions[i].name, function->name) == 0; i++)
    {
      g_string_append (text, i > first ? "; (" : "(");
      append_arguments (text, functions[i].signature);
      g_string_append_printf (text, ") → %s", get_letter_name (functions[i].signature[0]));
    }
  g_string_append_printf (text, " | %s |\n", function->documentation);
}

char *
sobre_sql_documentation_dup (void)
{
  GString *text = g_string_new (NULL);
  guint n;
  const SobreSqlFunction *functions = sobre_sql_functions_get (&n);

  for (guint category = 0; category < SOBRE_SQL_N_CATEGORIES; category++)
    {
      g_string_append_printf (text, "### %s\n\n| name | arguments → result | what it gives |\n|---|---|---|\n",
                              get_title (category));
      for (guint i = 0; i < n; i++)
        {
          gboolean again = i > 0 && strcmp (functions[i - 1].name, functions[i].name) == 0;

          if (functions[i].category == category && !(functions[i].flags & SOBRE_SQL_HIDDEN) && !again)
            append_function (text, functions, n, i);
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free_and_steal (text);
}
