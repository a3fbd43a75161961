/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What somebody has to be allowed who deploys. Asks nobody: it is for whoever gives rights, before there are any. */

#include "sobre-config.h"

#include "cli/sobre-cli.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "stack/sobre-stack-policy.h"
#include "stack/sobre-stack-work.h"

#define TEMPLATES SOBRE_PKGDATADIR "/stack"
#define DEFAULT_NAME "sobremesa"

static gboolean
is_account (const char *text)
{
  return strlen (text) == 12 && strspn (text, "0123456789") == 12;
}

SobreCliStatus
sobre_cli_stack_policy (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_autofree char *name = NULL;
  g_autofree char *region = NULL;
  g_autofree char *account = NULL;
  const GOptionEntry entries[] = {
    { "stack", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("The stacks' name; else sobremesa"), "NAME" },
    { "region", 0, 0, G_OPTION_ARG_STRING, &region, N_ ("In this region only"), "REGION" },
    { "account", 0, 0, G_OPTION_ARG_STRING, &account, N_ ("In this account only; a policy counts in its own in any case"),
      "ID" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = g_strdupv (argv);
  g_autofree char *policy = NULL;
  g_autofree char *pretty = NULL;
  g_autoptr (JsonNode) document = NULL;
  SobreCliStatus status;
  GError *error = NULL;

  if (!sobre_cli_parse (self, command, entries, &words, 0, 0, &status))
    return status;
  if (name != NULL && !sobre_stack_name_is_valid (name))
    return sobre_cli_refuse_usage (
        self, command, _ ("“%s” cannot be a stack's name: 1 to 20 lower-case letters, digits and dashes can"), name);
  if ((region != NULL && !sobre_aws_region_is_valid (region)) || (account != NULL && !is_account (account)))
    return sobre_cli_refuse_usage (self, command, "%s",
                                   _ ("A region is one such as eu-central-1, an account has twelve digits"));
  policy =
      sobre_stack_policy_load (TEMPLATES, name != NULL ? name : DEFAULT_NAME, region != NULL ? region : SOBRE_STACK_POLICY_ANY,
                               account != NULL ? account : SOBRE_STACK_POLICY_ANY, &error);
  if (policy == NULL)
    return sobre_cli_fail (self, error);
  document = json_from_string (policy, &error);
  if (document == NULL)
    return sobre_cli_fail (self, error);
  pretty = json_to_string (document, TRUE);
  sobre_cli_output_print_document (self->output, document);
  sobre_cli_output_print (self->output, "%s", pretty);
  return SOBRE_CLI_DONE;
}
