/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A list of tables that is accepted is written as a text that reads back as the same list. */

#include "model/sobre-table.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) tables = sobre_table_list_parse ((const char *) data, (gssize) size, &error);
  g_autoptr (GListModel) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;

  g_assert_cmpint (tables == NULL, ==, error != NULL);
  if (tables == NULL)
    return 0;
  text = sobre_table_list_format (tables);
  again = sobre_table_list_parse (text, -1, NULL);
  g_assert_nonnull (again);
  text_again = sobre_table_list_format (again);
  g_assert_cmpstr (text, ==, text_again);
  return 0;
}
