/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "cli/sobre-cli-menu.h"
#include "cli/sobre-cli-stack-site.h"

#include <glib/gi18n-lib.h>

#include "model/sobre-json-members.h"
#include "model/sobre-time.h"
#include "workspace/sobre-workspace-files.h"

static void
add_change (JsonBuilder *builder, const SobreAllergenChange *change)
{
  sobre_json_add_text (builder, "item", change->item);
  sobre_json_add_text (builder, "name", change->name);
  sobre_json_add_text (builder, "allergen", sobre_allergen_get_name (change->allergen));
  sobre_json_add_text (builder, "was", sobre_presence_get_name (change->was));
  sobre_json_add_text (builder, "is", sobre_presence_get_name (change->is));
}

void
sobre_cli_menu_add_changes (JsonBuilder *builder, GPtrArray *changes)
{
  json_builder_set_member_name (builder, "allergens");
  json_builder_begin_array (builder);
  for (guint i = 0; i < changes->len; i++)
    {
      json_builder_begin_object (builder);
      add_change (builder, g_ptr_array_index (changes, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

char *
sobre_cli_menu_dup_change (const SobreAllergenChange *change)
{
  static const char *const presences[] = { N_ ("not on the menu"), N_ ("none"), N_ ("traces"), N_ ("contains") };

  return g_strdup_printf ("%s, %s: %s, %s → %s", change->item, change->name, sobre_allergen_get_name (change->allergen),
                          _ (presences[change->was]), _ (presences[change->is]));
}

static void
print_document (SobreCli *self, JsonBuilder *builder)
{
  g_autoptr (JsonNode) document = NULL;

  json_builder_end_array (builder);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
}

static JsonBuilder *
begin_list (const char *name)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  return builder;
}

/* An instant as the restaurant's clock shows it. */
static char *
dup_local_time (const SobreCliMenuPlace *place, gint64 at)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (place->settings->time_zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at / 1000);
  g_autoptr (GDateTime) local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);

  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

static guint
get_current_version (const SobreCliMenuPlace *place)
{
  g_autoptr (SobreMenuPointer) pointer = sobre_menu_store_look (place->folder, NULL, NULL);

  return pointer != NULL ? pointer->version : 0;
}

static void
print_version (SobreCli *self,
               JsonBuilder *builder,
               const SobreCliMenuPlace *place,
               const SobreMenuEntry *entry,
               gboolean current)
{
  g_autofree char *local = dup_local_time (place, entry->at);
  char at[SOBRE_TIME_STRING_LENGTH + 1];

  sobre_time_format (entry->at, at);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, entry->version);
  sobre_json_add_text (builder, "at", at);
  sobre_json_add_text (builder, "action", entry->action == SOBRE_MENU_PUBLISHED ? "publish" : "rollback");
  sobre_json_add_text (builder, "menu", entry->file);
  sobre_json_add_text (builder, "sha256", entry->sha256);
  json_builder_set_member_name (builder, "dishes");
  json_builder_add_int_value (builder, entry->n_dishes);
  json_builder_set_member_name (builder, "allergen_changes");
  json_builder_add_int_value (builder, entry->changes->len);
  json_builder_set_member_name (builder, "current");
  json_builder_add_boolean_value (builder, current);
  json_builder_end_object (builder);
  sobre_cli_output_print (self->output, "%s %4u  %s  %-10s  %s", current ? "*" : " ", entry->version, local,
                          entry->action == SOBRE_MENU_PUBLISHED ? _ ("published") : _ ("rolled back"), entry->file);
}

SobreCliStatus
sobre_cli_menu_versions (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_auto (GStrv) words = g_strdupv (argv);
  g_auto (SobreCliMenuPlace) place = { 0 };
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  GError *error = NULL;
  SobreCliStatus status;
  guint current;

  if (!sobre_cli_parse (self, command, NULL, &words, 0, 0, &status))
    return status;
  if (!sobre_cli_menu_place_open (&place, self, &error))
    return sobre_cli_fail (self, error);
  entries = sobre_menu_store_list_history (place.folder, &error);
  if (entries == NULL)
    return sobre_cli_fail (self, error);
  current = get_current_version (&place);
  builder = begin_list ("versions");
  for (guint i = entries->len; i > 0; i--)
    {
      const SobreMenuEntry *entry = g_ptr_array_index (entries, i - 1);

      print_version (self, builder, &place, entry, i == entries->len && entry->version == current);
    }
  print_document (self, builder);
  return SOBRE_CLI_DONE;
}

static gboolean
parse_version (const char *text, guint *version)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT, &number, NULL))
    return FALSE;
  *version = (guint) number;
  return TRUE;
}

SobreCliStatus
sobre_cli_menu_rollback (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_autofree char *name = NULL;
  const GOptionEntry options[] = {
    { "stack", 0, 0, G_OPTION_ARG_STRING, &name, N_ ("Also in this stack of AWS; else in the one deployed from here"), "NAME" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (argv);
  g_auto (SobreCliMenuPlace) place = { 0 };
  g_autoptr (SobreMenuPointer) pointer = NULL;
  g_autoptr (SobreStackSite) site = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) document = NULL;
  guint version = 0;
  GError *error = NULL;
  SobreCliStatus status;

  if (!sobre_cli_parse (self, command, options, &words, 0, 1, &status))
    return status;
  if (words[1] != NULL && !parse_version (words[1], &version))
    return sobre_cli_refuse_usage (self, command, _ ("“%s” is no version: write a number, such as 7"), words[1]);
  if (!sobre_cli_menu_place_open (&place, self, &error))
    return sobre_cli_fail (self, error);
  pointer = sobre_menu_store_roll_back (place.folder, version, sobre_clock_now (self->clock), &error);
  if (pointer == NULL)
    return sobre_cli_fail (self, error);
  if (!sobre_cli_stack_send_menu (self, command, place.path, name, &site, &status))
    return status;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, pointer->version);
  sobre_json_add_text (builder, "menu", pointer->file);
  sobre_json_add_text (builder, "sha256", pointer->sha256);
  if (site != NULL)
    sobre_cli_stack_print_site (self, builder, site, SOBRE_SITE_MENU, FALSE);
  json_builder_end_object (builder);
  document = json_builder_get_root (builder);
  sobre_cli_output_print_document (self->output, document);
  sobre_cli_output_print (self->output, _ ("Guests see version %u again, byte for byte"), pointer->version);
  sobre_cli_output_note (self->output, _ ("%s was not changed: the next publish takes it as it is"), SOBRE_MENU_FILE);
  return SOBRE_CLI_DONE;
}

static void
print_entry_changes (SobreCli *self,
                     JsonBuilder *builder,
                     const SobreCliMenuPlace *place,
                     const SobreMenuEntry *entry,
                     const char *item)
{
  g_autofree char *local = dup_local_time (place, entry->at);
  char at[SOBRE_TIME_STRING_LENGTH + 1];

  sobre_time_format (entry->at, at);
  for (guint i = 0; i < entry->changes->len; i++)
    {
      const SobreAllergenChange *change = g_ptr_array_index (entry->changes, i);
      g_autofree char *text = sobre_cli_menu_dup_change (change);

      if (item != NULL && !g_str_equal (change->item, item))
        continue;
      json_builder_begin_object (builder);
      sobre_json_add_text (builder, "at", at);
      json_builder_set_member_name (builder, "version");
      json_builder_add_int_value (builder, entry->version);
      add_change (builder, change);
      json_builder_end_object (builder);
      sobre_cli_output_print (self->output, "%s  %4u  %s", local, entry->version, text);
    }
}

SobreCliStatus
sobre_cli_menu_log (SobreCli *self, const SobreCliCommand *command, char **argv)
{
  g_autofree char *item = NULL;
  const GOptionEntry entries[] = {
    { "item", 0, 0, G_OPTION_ARG_STRING, &item, N_ ("Only this dish, or DISH/OPTION"), "ITEM" },
    { NULL },
  };
  g_auto (GStrv) words = g_strdupv (argv);
  g_auto (SobreCliMenuPlace) place = { 0 };
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  GError *error = NULL;
  SobreCliStatus status;

  if (!sobre_cli_parse (self, command, entries, &words, 0, 0, &status))
    return status;
  if (!sobre_cli_menu_place_open (&place, self, &error))
    return sobre_cli_fail (self, error);
  history = sobre_menu_store_list_history (place.folder, &error);
  if (history == NULL)
    return sobre_cli_fail (self, error);
  builder = begin_list ("allergens");
  for (guint i = 0; i < history->len; i++)
    print_entry_changes (self, builder, &place, g_ptr_array_index (history, i), item);
  print_document (self, builder);
  return SOBRE_CLI_DONE;
}
