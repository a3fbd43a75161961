/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/menu/sobre-menu-words.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#include "model/sobre-money.h"

const char *
sobre_allergen_say (SobreAllergen allergen)
{
  static const char *const names[SOBRE_N_ALLERGENS] = {
    N_ ("Gluten"), N_ ("Crustaceans"), N_ ("Eggs"),    N_ ("Fish"),   N_ ("Peanuts"),   N_ ("Soybeans"), N_ ("Milk"),
    N_ ("Nuts"),   N_ ("Celery"),      N_ ("Mustard"), N_ ("Sesame"), N_ ("Sulphites"), N_ ("Lupin"),    N_ ("Molluscs"),
  };

  return _ (names[allergen]);
}

const char *
sobre_diet_say (SobreDiet diet)
{
  static const char *const names[SOBRE_N_DIETS] = {
    N_ ("Vegetarian"), N_ ("Vegan"), N_ ("Halal"), N_ ("Kosher"), N_ ("Gluten-free"), N_ ("Lactose-free"),
  };

  return _ (names[diet]);
}

char *
sobre_allergen_change_say (const SobreAllergenChange *change)
{
  static const char *const names[] = { N_ ("not on the menu"), N_ ("none"), N_ ("traces"), N_ ("contains") };

  return g_strdup_printf ("%s: %s → %s", sobre_allergen_say (change->allergen), _ (names[change->was]), _ (names[change->is]));
}

char *
sobre_price_say (const char *text, const char *currency)
{
  const SobreMoneyStyle style = {
    /* Translators: how an amount of money is written; keep the two words in braces. */
    .pattern = _ ("{currency}{amount}"),
    .point = localeconv ()->decimal_point,
    .group = "",
  };
  gint64 amount;

  return sobre_money_parse (text, currency, &amount) ? sobre_money_format_for_people (amount, currency, &style)
                                                     : g_strdup (text);
}

char *
sobre_issues_say (const GPtrArray *issues, guint *n_faults, guint *n_warnings)
{
  guint faults = 0;
  guint warnings;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  for (guint i = 0; i < issues->len; i++)
    faults += ((const SobreDocumentIssue *) g_ptr_array_index (issues, i))->fatal;
  warnings = issues->len - faults;
  if (n_faults != NULL)
    *n_faults = faults;
  if (n_warnings != NULL)
    *n_warnings = warnings;
  first = g_strdup_printf (ngettext ("%u fault", "%u faults", faults), faults);
  second = g_strdup_printf (ngettext ("%u warning", "%u warnings", warnings), warnings);
  if (faults > 0 && warnings > 0)
    /* Translators: faults, then warnings: “2 faults, 1 warning” */
    return g_strdup_printf (_ ("%s, %s"), first, second);
  if (faults > 0)
    return g_steal_pointer (&first);
  return warnings > 0 ? g_steal_pointer (&second) : g_strdup (_ ("No faults"));
}
