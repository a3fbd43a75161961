/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "stack/sobre-stack-policy.h"

#define POLICY_FILE "deploy-policy.json"

char *
sobre_stack_policy_load (const char *folder, const char *name, const char *region, const char *account, GError **error)
{
  g_autofree char *path = g_build_filename (folder, POLICY_FILE, NULL);
  g_autofree char *text = NULL;
  GString *filled;

  if (!g_file_get_contents (path, &text, NULL, error))
    return NULL;
  filled = g_string_new (text);
  g_string_replace (filled, "@PARTITION@", g_str_has_prefix (region, "cn-") ? "aws-cn" : "aws", 0);
  g_string_replace (filled, "@REGION@", region, 0);
  g_string_replace (filled, "@ACCOUNT@", account, 0);
  g_string_replace (filled, "@STACK@", name, 0);
  return g_string_free_and_steal (filled);
}
