/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A menu is refused with an error or can be used; one that is used differs in nothing from itself. */

#include "model/sobre-menu-changes.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) issues = NULL;
  g_autoptr (SobreMenu) menu = sobre_menu_parse ((const char *) data, (gssize) size, "EUR", &issues, &error);
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GPtrArray) numbers = NULL;

  g_assert_cmpint (menu == NULL, ==, error != NULL);
  if (menu == NULL)
    return 0;
  changes = sobre_menu_list_allergen_changes (menu, menu);
  numbers = sobre_menu_list_number_changes (menu, menu);
  g_assert_cmpuint (changes->len, ==, 0);
  g_assert_cmpuint (numbers->len, ==, 0);
  return 0;
}
