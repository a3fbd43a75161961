/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli-menu.h"
#include "cli/sobre-cli-stack-site.h"

#include <glib/gi18n-lib.h>

#include "model/sobre-json-members.h"
#include "workspace/sobre-workspace-files.h"

gboolean
sobre_cli_menu_place_open (SobreCliMenuPlace *self, SobreCli *cli, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) cause = NULL;
  gsize length;

  self->path = sobre_workspace_resolve_path (cli->workspace_option);
  self->folder = g_build_filename (self->path, SOBRE_PUBLISHED_FOLDER, SOBRE_MENU_FOLDER, NULL);
  text = sobre_workspace_read_file (self->path, SOBRE_WORKSPACE_FILE, &length, error);
  if (text == NULL)
    return FALSE;
  self->settings = sobre_settings_parse (text, length, &cause);
  if (self->settings == NULL)
    g_set_error (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID, "%s: %s", SOBRE_WORKSPACE_FILE, cause->message);
  return self->settings != NULL;
}

void
sobre_cli_menu_place_clear (SobreCliMenuPlace *self)
{
  g_free (self->path);
  g_free (self->folder);
  g_clear_pointer (&self->settings, sobre_settings_free);
}

/* Draft: menu.json as it is. @menu: (nullable): %NULL when it cannot be used; @fault then says why */
typedef struct
{
  GBytes *document;
  SobreMenu *menu;
  GPtrArray *issues;
  GError *fault;
} Draft;

static void
draft_clear (Draft *self)
{
  g_clear_pointer (&self->document, g_bytes_unref);
  g_clear_object (&self->menu);
  g_clear_pointer (&self->issues, g_ptr_array_unref);
  g_clear_error (&self->fault);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draft, draft_clear)

static gboolean
draft_read (Draft *self, const SobreCliMenuPlace *place, GError **error)
{
  gsize length;
  char *text = sobre_workspace_read_file (place->path, SOBRE_MENU_FILE, &length, error);

  if (text == NULL)
    return FALSE;
  self->document = g_bytes_new_take (text, length);
  self->menu = sobre_menu_parse (text, (gssize) length, place->settings->currency, &self->issues, &self->fault);
  return TRUE;
}

static void
compare_with_published (Draft *draft, const SobreCliMenuPlace *place)
{
  g_autoptr (SobreMenu) published = NULL;
  g_autoptr (SobreMenuPointer) pointer = sobre_menu_store_look (place->folder, &published, NULL);

  if (pointer != NULL && published != NULL && draft->menu != NULL)
    g_ptr_array_extend_and_steal (draft->issues, sobre_menu_list_number_changes (published, draft->menu));
}

static void
print_document (SobreCli *self, JsonBuilder *builder)
{
  g_autoptr (JsonNode) document = NULL;

  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
}

static void
print_check (SobreCli *self, const Draft *draft)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "usable");
  json_builder_add_boolean_value (builder, draft->menu != NULL);
  sobre_cli_print_issues (self, builder, SOBRE_MENU_FILE, draft->issues);
  if (draft->menu != NULL)
    {
      guint n_dishes = sobre_menu_get_n_dishes (draft->menu);

      sobre_json_add_number (builder, "sections", sobre_menu_get_sections (draft->menu)->len);
      sobre_json_add_number (builder, "dishes", n_dishes);
      sobre_cli_output_print (
          self->output,
          g_dngettext (GETTEXT_PACKAGE, "%s: %u dish: it can be published", "%s: %u dishes: it can be published", n_dishes),
          SOBRE_MENU_FILE, n_dishes);
    }
  print_document (self, builder);
}

SobreCliStatus
sobre_cli_menu_check (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (GStrv) words = g_strdupv (argv);
  g_auto (SobreCliMenuPlace) place = { 0 };
  g_auto (Draft) draft = { 0 };
  GError *error = NULL;
  SobreCliStatus status;

  if (!sobre_cli_parse (self, command, NULL, &words, 0, 0, &status))
    return status;
  if (!sobre_cli_menu_place_open (&place, self, &error) || !draft_read (&draft, &place, &error))
    return sobre_cli_fail (self, error);
  compare_with_published (&draft, &place);
  print_check (self, &draft);
  if (draft.menu != NULL)
    return SOBRE_CLI_DONE;
  sobre_cli_output_warn (self->output, "%s: %s", SOBRE_MENU_FILE, draft.fault->message);
  return SOBRE_CLI_FAILED;
}

/** Publish: what publishing did, or would do. @before: the version that guests saw until then, 0 for none · @site: (nullable): what became of it in AWS */
typedef struct
{
  guint before;
  guint version;
  GPtrArray *changes;
  gboolean dry;
  const SobreStackSite *site;
} Publish;

static void
print_publish (SobreCli *self, const Draft *draft, const Publish *done)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  guint n_dishes = sobre_menu_get_n_dishes (draft->menu);

  json_builder_begin_object (builder);
  sobre_json_add_number (builder, "version", done->version);
  json_builder_set_member_name (builder, "changed");
  json_builder_add_boolean_value (builder, done->version != done->before);
  json_builder_set_member_name (builder, "published");
  json_builder_add_boolean_value (builder, !done->dry);
  sobre_json_add_number (builder, "dishes", n_dishes);
  sobre_cli_print_issues (self, builder, SOBRE_MENU_FILE, draft->issues);
  sobre_cli_menu_add_changes (builder, done->changes);
  if (done->site != NULL)
    sobre_cli_stack_print_site (self, builder, done->site, SOBRE_SITE_MENU, FALSE);
  print_document (self, builder);
  /* The first menu declares everything anew; what it says is in the log. */
  for (guint i = 0; done->before != 0 && i < done->changes->len; i++)
    {
      g_autofree char *text = sobre_cli_menu_dup_change (g_ptr_array_index (done->changes, i));

      sobre_cli_output_print (self->output, "%s", text);
    }
  if (done->version == done->before)
    sobre_cli_output_print (self->output, _ ("Nothing has changed: guests see version %u already"), done->version);
  else if (done->dry)
    sobre_cli_output_print (self->output, _ ("This would become version %u; nothing was published"), done->version);
  else
    sobre_cli_output_print (self->output,
                            g_dngettext (GETTEXT_PACKAGE, "Version %u is published: guests see %u dish",
                                         "Version %u is published: guests see %u dishes", n_dishes),
                            done->version, n_dishes);
}

static guint
guess_next_version (const SobreCliMenuPlace *place)
{
  g_autoptr (GPtrArray) history = sobre_menu_store_list_history (place->folder, NULL);
  guint last = 0;

  for (guint i = 0; history != NULL && i < history->len; i++)
    last = MAX (last, ((const SobreMenuEntry *) g_ptr_array_index (history, i))->version);
  return last + 1;
}

static SobreCliStatus
refuse_faulty (SobreCli *self, const Draft *draft)
{
  for (guint i = 0; i < draft->issues->len; i++)
    {
      const SobreDocumentIssue *issue = g_ptr_array_index (draft->issues, i);

      if (issue->fatal)
        sobre_cli_output_warn (self->output, "%s: %s: %s", SOBRE_MENU_FILE, issue->path, issue->message);
    }
  return sobre_cli_fail (self, g_error_new (SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_INVALID,
                                            _ ("%s has faults, so nothing was published and guests see what they saw: %s"),
                                            SOBRE_MENU_FILE, draft->fault->message));
}

static gboolean
is_same (const SobreMenuPointer *pointer, const SobreCliMenuPlace *place, GBytes *document)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, document);

  return pointer != NULL && g_str_equal (pointer->sha256, hash) && g_str_equal (pointer->currency, place->settings->currency) &&
         g_str_equal (pointer->time_zone, place->settings->time_zone);
}

SobreCliStatus
sobre_cli_menu_publish (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  gboolean dry = FALSE;
  g_autofree char *name = NULL;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry, N_ ("Only tell what would change"), NULL },
    { "stack", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("Also in this stack of AWS; else in the one deployed from here"), "NAME" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (argv);
  g_auto (SobreCliMenuPlace) place = { 0 };
  g_auto (Draft) draft = { 0 };
  g_autoptr (SobreMenuPointer) before = NULL;
  g_autoptr (SobreMenuPointer) after = NULL;
  g_autoptr (SobreMenu) published = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (SobreStackSite) site = NULL;
  guint version;
  GError *error = NULL;
  SobreCliStatus status;

  if (!sobre_cli_parse (self, command, entries, &words, 0, 0, &status))
    return status;
  if (!sobre_cli_menu_place_open (&place, self, &error) || !draft_read (&draft, &place, &error))
    return sobre_cli_fail (self, error);
  if (draft.menu == NULL)
    return refuse_faulty (self, &draft);
  compare_with_published (&draft, &place);
  before = sobre_menu_store_look (place.folder, &published, NULL);
  changes = sobre_menu_list_allergen_changes (published, draft.menu);
  version = is_same (before, &place, draft.document) ? before->version : guess_next_version (&place);
  if (!dry)
    {
      after = sobre_menu_store_publish (place.folder, draft.document, place.settings->currency, place.settings->time_zone,
                                        sobre_clock_now (self->clock), &error);
      if (after == NULL)
        return sobre_cli_fail (self, error);
      version = after->version;
    }
  if (!dry && !sobre_cli_stack_send_menu (self, command, place.path, name, &site, &status))
    return status;
  print_publish (self, &draft, &(Publish) { before != NULL ? before->version : 0, version, changes, dry, site });
  return SOBRE_CLI_DONE;
}

static void
print_sold_out (SobreCli *self, const SobreMenuPointer *pointer, const SobreStackSite *site)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sobre_json_add_number (builder, "version", pointer->version);
  json_builder_set_member_name (builder, "sold_out");
  json_builder_begin_array (builder);
  for (guint i = 0; pointer->sold_out[i] != NULL; i++)
    {
      json_builder_add_string_value (builder, pointer->sold_out[i]);
      sobre_cli_output_print (self->output, "%s", pointer->sold_out[i]);
    }
  json_builder_end_array (builder);
  if (site != NULL)
    sobre_cli_stack_print_site (self, builder, site, SOBRE_SITE_MENU, FALSE);
  print_document (self, builder);
}

SobreCliStatus
sobre_cli_menu_sold_out (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  gboolean back = FALSE;
  g_autofree char *name = NULL;
  const GOptionEntry entries[] = {
    { "back", 0, 0, G_OPTION_ARG_NONE, &back, N_ ("It is there again"), NULL },
    { "stack", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("Also in this stack of AWS; else in the one deployed from here"), "NAME" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (argv);
  g_auto (SobreCliMenuPlace) place = { 0 };
  g_autoptr (SobreMenuPointer) pointer = NULL;
  g_autoptr (SobreStackSite) site = NULL;
  GError *error = NULL;
  SobreCliStatus status;

  if (!sobre_cli_parse (self, command, entries, &words, 0, G_MAXUINT, &status))
    return status;
  if (back && words[1] == NULL)
    return sobre_cli_refuse_usage (self, command, _ ("An argument is missing: %s"), "ITEM");
  if (!sobre_cli_menu_place_open (&place, self, &error))
    return sobre_cli_fail (self, error);
  /* Without items nothing changes, and what is sold out is listed. */
  pointer = sobre_menu_store_mark (place.folder, (const char *const *) words + 1, !back, &error);
  if (pointer == NULL)
    return sobre_cli_fail (self, error);
  if (words[1] != NULL && !sobre_cli_stack_send_menu (self, command, place.path, name, &site, &status))
    return status;
  print_sold_out (self, pointer, site);
  if (words[1] != NULL)
    sobre_cli_output_note (self->output, _ ("Guests who look at the menu see it within 5 seconds"));
  return SOBRE_CLI_DONE;
}
