/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli-menu.h"

#include <glib/gi18n-lib.h>

#include "publish/sobre-menu-print.h"

#define SITE SOBRE_PKGDATADIR "/site"

static gboolean
write_file (const char *path, GBytes *bytes, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0666, error);
}

static void
print_result (SobreCli *self, const char *output, const char *language, guint version, guint n_pages)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "output");
  json_builder_add_string_value (builder, output);
  json_builder_set_member_name (builder, "language");
  json_builder_add_string_value (builder, language);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, version);
  json_builder_set_member_name (builder, "pages");
  json_builder_add_int_value (builder, n_pages);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
  sobre_cli_output_print (
      self->output,
      g_dngettext (GETTEXT_PACKAGE, "Version %u of the menu, %u page: %s", "Version %u of the menu, %u pages: %s", n_pages),
      version, n_pages, output);
}

static SobreCliStatus
print (SobreCli *self, const SobreCliCommand *command, const char *output, const char *language)
{
  g_auto (SobreCliMenuPlace) place = { 0 };
  g_autoptr (SobreMenuPointer) pointer = NULL;
  g_autoptr (SobreMenu) menu = NULL;
  g_autoptr (SobreSiteWords) words = NULL;
  g_autoptr (GBytes) bytes = NULL;
  SobreMenuSpeech speech;
  guint n_pages;
  GError *error = NULL;

  if (!sobre_cli_menu_place_open (&place, self, &error))
    return sobre_cli_fail (self, error);
  pointer = sobre_menu_store_look (place.folder, &menu, &error);
  if (pointer == NULL)
    return sobre_cli_fail (self, error);
  if (menu == NULL)
    return sobre_cli_fail (self, g_error_new (SOBRE_MENU_ERROR, SOBRE_MENU_ERROR_DAMAGED,
                                              _ ("Version %u of the menu cannot be read: publish it anew"), pointer->version));
  if (language != NULL && !g_strv_contains (sobre_menu_get_languages (menu), language))
    return sobre_cli_refuse_usage (self, command, _ ("The menu is not there in “%s”"), language);
  words = sobre_site_words_load (SITE, "menu-words.json", &error);
  if (words == NULL)
    return sobre_cli_fail (self, error);
  speech = (SobreMenuSpeech) { menu, words, language != NULL ? language : sobre_menu_get_languages (menu)[0] };
  bytes = sobre_menu_print (&speech, place.settings->name, (const char *const *) pointer->sold_out, &n_pages);
  if (!write_file (output, bytes, &error))
    return sobre_cli_fail (self, error);
  print_result (self, output, speech.language, pointer->version, n_pages);
  return SOBRE_CLI_DONE;
}

SobreCliStatus
sobre_cli_menu_print (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_autofree char *output = NULL;
  g_autofree char *language = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, N_ ("Where to write"), "FILE.pdf" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &language, N_ ("One of the menu's; else the house's own"), "L" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (argv);
  SobreCliStatus status;

  if (!sobre_cli_parse (self, command, entries, &words, 0, 0, &status))
    return status;
  if (output == NULL)
    return sobre_cli_refuse_usage (self, command, _ ("An argument is missing: %s"), "--output");
  return print (self, command, output, language);
}
