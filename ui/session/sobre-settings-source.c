/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-settings-source.h"

#include "sobre-config.h"

GSettings *
sobre_settings_source_load (void)
{
  GSettingsSchemaSource *system = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchemaSource) installed =
      g_settings_schema_source_new_from_directory (SOBRE_SCHEMADIR, system, FALSE, NULL);
  g_autoptr (GSettingsSchema) schema =
      g_settings_schema_source_lookup (installed != NULL ? installed : system, SOBRE_APP_ID, TRUE);

  if (schema == NULL)
    g_error ("The settings schema %s is not installed", SOBRE_APP_ID);
  return g_settings_new_full (schema, NULL, NULL);
}
