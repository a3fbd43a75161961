/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Settings that are accepted are written as a text that reads back as the same settings. */

#include "model/sobre-settings.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreSettings) settings = sobre_settings_parse ((const char *) data, (gssize) size, &error);
  g_autoptr (SobreSettings) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;

  g_assert_cmpint (settings == NULL, ==, error != NULL);
  if (settings == NULL)
    return 0;
  text = sobre_settings_format (settings);
  again = sobre_settings_parse (text, -1, NULL);
  g_assert_nonnull (again);
  text_again = sobre_settings_format (again);
  g_assert_cmpstr (text, ==, text_again);
  return 0;
}
