/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Bringing form and menu to the site in AWS: with a deployment, by "form publish", and after what "menu" did in the workspace. */

#include "sobre-config.h"

#include "cli/sobre-cli-stack-site.h"

#include <glib/gi18n-lib.h>

#include "model/sobre-json-members.h"
#include "stack/sobre-stack-send.h"
#include "stack/sobre-stack-workspace.h"
#include "workspace/sobre-workspace-files.h"

void
sobre_cli_stack_print_site (SobreCli *self,
                            JsonBuilder *builder,
                            const SobreStackSite *site,
                            SobreSiteParts parts,
                            gboolean dry)
{
  json_builder_set_member_name (builder, "site");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "url");
  if (site->url != NULL)
    json_builder_add_string_value (builder, site->url);
  else
    json_builder_add_null_value (builder);
  sobre_json_add_flag (builder, "written", !dry);
  sobre_json_add_number (builder, "files", site->n_files);
  sobre_json_add_number (builder, "form_version", site->form_version);
  sobre_json_add_number (builder, "menu_version", site->menu_version);
  sobre_json_add_flag (builder, "menu_changed", site->is_menu_new);
  json_builder_end_object (builder);
  if (site->is_form_raised)
    sobre_cli_output_print (self->output,
                            dry ? _ ("%s would get the version %d, because what it says has changed")
                                : _ ("%s has the version %d now, because what it says has changed"),
                            SOBRE_FORM_FILE, site->form_version);
  if (site->n_files == 0 && !site->is_menu_new)
    sobre_cli_output_print (self->output, "%s", _ ("Site in AWS: nothing to do"));
  else if (dry)
    sobre_cli_output_print (self->output, _ ("Site in AWS: %u files would be written"), site->n_files);
  else if ((parts & SOBRE_SITE_FORM) != 0)
    sobre_cli_output_print (self->output, _ ("Site in AWS: %u files written; guests get the form of version %d"), site->n_files,
                            site->form_version);
  if (site->is_menu_new && !dry)
    sobre_cli_output_print (self->output, _ ("Site in AWS: guests see the menu of version %u within 5 seconds"),
                            site->menu_version);
}

SobreStackSite *
sobre_cli_stack_publish (SobreCliStack *self, SobreSiteParts parts, gboolean dry, GError **error)
{
  g_autoptr (DexFuture) future = sobre_stack_publish (self->work, self->workspace, parts, dry);

  if (!sobre_cli_await (self->cli, dex_ref (future), error))
    return NULL;
  return g_value_dup_boxed (dex_future_get_value (future, NULL));
}

SobreCliStatus
sobre_cli_form_publish (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_autofree char *name = NULL;
  gboolean dry = FALSE;
  const GOptionEntry entries[] = {
    { "stack", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("The stacks' name; else the one deployed from here, else sobremesa"),
      "NAME" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry, N_ ("Only tell what would change"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) words = g_strdupv (argv);
  g_autoptr (SobreCliStack) stack = NULL;
  g_autoptr (SobreStackSite) site = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;
  SobreCliStatus status;
  GError *error = NULL;

  if (!sobre_cli_parse (self, command, entries, &words, 0, 0, &status))
    return status;
  stack = sobre_cli_stack_open (self, command, name, NULL, &status);
  if (stack == NULL)
    return status;
  site = sobre_cli_stack_publish (stack, SOBRE_SITE_FORM | SOBRE_SITE_MENU, dry, &error);
  if (site == NULL)
    return sobre_cli_fail (self, error);
  json_builder_begin_object (builder);
  sobre_cli_stack_print_site (self, builder, site, SOBRE_SITE_FORM | SOBRE_SITE_MENU, dry);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
  return SOBRE_CLI_DONE;
}

gboolean
sobre_cli_stack_send_menu (SobreCli *self,
                           const SobreCliCommand *command,
                           const char *workspace,
                           const char *name,
                           SobreStackSite **site,
                           SobreCliStatus *status)
{
  g_autofree char *deployed = sobre_stack_dup_deployed (workspace);
  g_autoptr (SobreWorkspace) opened = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DexFuture) future = NULL;
  const SobreSiteSent *sent;
  GError *error = NULL;

  *site = NULL;
  *status = SOBRE_CLI_FAILED;
  if (name == NULL && deployed == NULL)
    return TRUE;
  if (!sobre_cli_stack_check_name (self, command, name, status))
    return FALSE;
  sobre_cli_output_note (self->output, "%s", _ ("Published in the workspace; now in AWS…"));
  opened = sobre_cli_open_workspace (self);
  if (opened == NULL)
    return FALSE;
  future = sobre_stack_send_site (opened, name, SOBRE_SITE_MENU, NULL, NULL, cancellable);
  if (!sobre_cli_await (self, dex_ref (future), &error))
    {
      g_cancellable_cancel (cancellable);
      *status = sobre_cli_fail (self, error);
      return FALSE;
    }
  sent = g_value_get_boxed (dex_future_get_value (future, NULL));
  if (sent->site != NULL)
    *site = g_boxed_copy (SOBRE_TYPE_STACK_SITE, sent->site);
  if (sent->note != NULL)
    sobre_cli_output_note (self->output, "%s", sent->note);
  return TRUE;
}
