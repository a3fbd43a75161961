/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* workspace.json:
 *
 *   { "version": 1, "name": "Casa Pepa", "stores": [{"id": "centro", "name": "Centro"}], "time_zone": "Europe/Madrid",
 *     "day_cutoff": "04:00", "currency": "EUR", "languages": ["es", "en"],
 *     "guest_url": "https://…", "card_epoch": 1, "retention_days": 1095,
 *     "aws": {"profile": "night", "region": "eu-central-1", "bucket": "casa-pepa-lake",
 *             "sync": {"connections": 16, "mb_per_second": 0, "price_per_gb": 0.09, "price_per_1000_gets": 0.0004},
 *             "athena": {"database": "sobremesa", "workgroup": "sobremesa", "results": "s3://…", "price_per_tb": 5, "reuse_minutes": 0,
 *                        "max_scan_mb": 10240}} }
 *
 * The last four are optional, and so is each member of "aws", "sync" and "athena". People edit this file by hand, so a member that is not known is refused by its name: a typing
 * error would else be a setting that silently does nothing. */

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "model/sobre-language.h"
#include "model/sobre-service-calendar.h"
#include "model/sobre-settings-private.h"
#include "model/sobre-table.h"

#define SETTINGS_VERSION 1
#define MAX_FILE_BYTES (1024 * 1024)
#define MAX_NAME_BYTES 200
#define MAX_STORES 1000
#define DEFAULT_CARD_EPOCH 1
#define DEFAULT_RETENTION_DAYS 1095
#define MAX_RETENTION_DAYS 36500

G_DEFINE_QUARK (sobre-settings-error-quark, sobre_settings_error)

gboolean
sobre_settings_refuse (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (SOBRE_SETTINGS_ERROR, SOBRE_SETTINGS_ERROR_INVALID, format, arguments);
  va_end (arguments);
  return FALSE;
}

static void
free_store (gpointer data)
{
  SobreStore *store = data;

  g_free (store->id);
  g_free (store->name);
  g_free (store);
}

void
sobre_settings_free (SobreSettings *self)
{
  g_free (self->name);
  g_clear_pointer (&self->stores, g_ptr_array_unref);
  g_free (self->time_zone);
  g_free (self->currency);
  g_strfreev (self->languages);
  g_free (self->guest_url);
  g_free (self->aws_profile);
  g_free (self->aws_region);
  g_free (self->lake_bucket);
  g_free (self->athena.database);
  g_free (self->athena.workgroup);
  g_free (self->athena.results);
  g_free (self);
}

/* Readers of one member each. @path names it in messages. */

gboolean
sobre_settings_read_text (JsonObject *object, const char *member, const char *path, char **text, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  const char *value;

  if (node == NULL)
    return sobre_settings_refuse (error, _ ("“%s” is missing"), path);
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return sobre_settings_refuse (error, _ ("“%s” has to be a text"), path);

  value = json_node_get_string (node);
  if (value[0] == '\0' || strlen (value) > MAX_NAME_BYTES)
    return sobre_settings_refuse (error, _ ("“%s” has to be 1 to %d bytes long"), path, MAX_NAME_BYTES);

  *text = g_strdup (value);
  return TRUE;
}

static gboolean
read_number (JsonObject *object, const char *member, guint minimum, guint maximum, guint *number, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return sobre_settings_refuse (error, _ ("“%s” is missing"), member);
  if (json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) < minimum ||
      json_node_get_int (node) > maximum)
    return sobre_settings_refuse (error, _ ("“%s” has to be a whole number from %u to %u"), member, minimum, maximum);

  *number = (guint) json_node_get_int (node);
  return TRUE;
}

static gboolean
read_array (JsonObject *object, const char *member, JsonArray **array, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return sobre_settings_refuse (error, _ ("“%s” is missing"), member);
  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) == 0)
    return sobre_settings_refuse (error, _ ("“%s” has to be a list with at least one entry"), member);

  *array = json_node_get_array (node);
  return TRUE;
}

gboolean
sobre_settings_check_members (JsonObject *object, const char *const *known, const char *path, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *link = members; link != NULL; link = link->next)
    {
      if (!g_strv_contains (known, link->data))
        return sobre_settings_refuse (error, _ ("“%s%s” is not a known setting; check its spelling"), path,
                                      (const char *) link->data);
    }
  return TRUE;
}

static gboolean
read_store (JsonNode *node, guint index, SobreSettings *self, GError **error)
{
  static const char *const known[] = { "id", "name", NULL };
  g_autofree char *path = g_strdup_printf ("stores[%u].", index);
  g_autofree char *id_path = g_strconcat (path, "id", NULL);
  g_autofree char *name_path = g_strconcat (path, "name", NULL);
  SobreStore *store;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return sobre_settings_refuse (error, _ ("“stores[%u]” has to be an object with “id” and “name”"), index);
  if (!sobre_settings_check_members (json_node_get_object (node), known, path, error))
    return FALSE;

  store = g_new0 (SobreStore, 1);
  g_ptr_array_add (self->stores, store);
  if (!sobre_settings_read_text (json_node_get_object (node), "id", id_path, &store->id, error) ||
      !sobre_settings_read_text (json_node_get_object (node), "name", name_path, &store->name, error))
    return FALSE;
  if (!sobre_place_id_is_valid (store->id))
    return sobre_settings_refuse (error, _ ("“%s” has to be 1 to 32 letters, digits, dots and dashes, for example “centro-1”"),
                                  id_path);

  for (guint i = 0; i < index; i++)
    {
      const SobreStore *other = g_ptr_array_index (self->stores, i);

      if (g_ascii_strcasecmp (other->id, store->id) == 0)
        return sobre_settings_refuse (error, _ ("“%s” is “%s”, which is already taken; upper and lower case count as the same"),
                                      id_path, store->id);
    }
  return TRUE;
}

static gboolean
read_stores (JsonObject *object, SobreSettings *self, GError **error)
{
  JsonArray *array;

  if (!read_array (object, "stores", &array, error))
    return FALSE;
  if (json_array_get_length (array) > MAX_STORES)
    return sobre_settings_refuse (error, _ ("“stores” has more than %d entries"), MAX_STORES);

  self->stores = g_ptr_array_new_with_free_func (free_store);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (!read_store (json_array_get_element (array, i), i, self, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_languages (JsonObject *object, SobreSettings *self, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array;

  if (!read_array (object, "languages", &array, error))
    return FALSE;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *tag = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : "";

      if (!sobre_language_is_valid (tag))
        return sobre_settings_refuse (error, _ ("“languages[%u]” has to be a language tag such as “es” or “pt-BR”"), i);
      if (!g_hash_table_add (seen, (gpointer) tag))
        return sobre_settings_refuse (error, _ ("“languages[%u]” names “%s” a second time"), i, tag);
      g_strv_builder_add (builder, tag);
    }

  self->languages = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_cutoff (JsonObject *object, SobreSettings *self, GError **error)
{
  g_autofree char *text = NULL;

  if (!sobre_settings_read_text (object, "day_cutoff", "day_cutoff", &text, error))
    return FALSE;
  if (strlen (text) != 5 || text[2] != ':' || !g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]) ||
      !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4]) || atoi (text) > 23 || atoi (text + 3) > 59)
    return sobre_settings_refuse (error, _ ("“day_cutoff” has to be a time of day from “00:00” to “23:59”"));

  self->cutoff_minutes = (guint) (atoi (text) * 60 + atoi (text + 3));
  return TRUE;
}

static gboolean
read_time_zone (JsonObject *object, SobreSettings *self, GError **error)
{
  g_autoptr (SobreServiceCalendar) calendar = NULL;

  if (!sobre_settings_read_text (object, "time_zone", "time_zone", &self->time_zone, error))
    return FALSE;

  calendar = sobre_service_calendar_new (self->time_zone, 0);
  return calendar != NULL ||
         sobre_settings_refuse (error, _ ("“time_zone” is “%s”, which is no time zone known here; write, for example, “%s”"),
                                self->time_zone, "Europe/Madrid");
}

static gboolean
read_currency (JsonObject *object, SobreSettings *self, GError **error)
{
  if (!sobre_settings_read_text (object, "currency", "currency", &self->currency, error))
    return FALSE;
  if (strlen (self->currency) != 3 || !g_ascii_isupper (self->currency[0]) || !g_ascii_isupper (self->currency[1]) ||
      !g_ascii_isupper (self->currency[2]))
    return sobre_settings_refuse (error, _ ("“currency” has to be three capital letters such as “EUR”"));
  return TRUE;
}

/* Guests' phones open it, and the card's path is put behind it: a scheme and a host, perhaps a port, nothing else. */
static gboolean
read_guest_url (JsonObject *object, SobreSettings *self, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  if (!json_object_has_member (object, "guest_url"))
    return TRUE;
  if (!sobre_settings_read_text (object, "guest_url", "guest_url", &self->guest_url, error))
    return FALSE;

  uri = g_uri_parse (self->guest_url, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0' || g_uri_get_userinfo (uri) != NULL ||
      g_uri_get_path (uri)[0] != '\0' || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL ||
      (strcmp (g_uri_get_scheme (uri), "https") != 0 && strcmp (g_uri_get_scheme (uri), "http") != 0))
    return sobre_settings_refuse (error,
                                  _ ("“guest_url” has to be “https://” or “http://” and a host, with no path behind it"));
  return TRUE;
}

gboolean
sobre_settings_read_optional_number (JsonObject *object,
                                     const char *member,
                                     guint minimum,
                                     guint maximum,
                                     guint otherwise,
                                     guint *number,
                                     GError **error)
{
  *number = otherwise;
  return !json_object_has_member (object, member) || read_number (object, member, minimum, maximum, number, error);
}

static gboolean
read_document (JsonObject *object, SobreSettings *self, GError **error)
{
  static const char *const known[] = { "version",   "name",      "stores",     "time_zone",      "day_cutoff", "currency",
                                       "languages", "guest_url", "card_epoch", "retention_days", "aws",        NULL };

  /* The version first: a file of a later version may well have members that are not known here. */
  return read_number (object, "version", SETTINGS_VERSION, SETTINGS_VERSION, &self->version, error) &&
         sobre_settings_check_members (object, known, "", error) &&
         sobre_settings_read_text (object, "name", "name", &self->name, error) && read_stores (object, self, error) &&
         read_time_zone (object, self, error) && read_cutoff (object, self, error) && read_currency (object, self, error) &&
         read_languages (object, self, error) && read_guest_url (object, self, error) &&
         sobre_settings_read_optional_number (object, "card_epoch", 0, G_MAXINT32, DEFAULT_CARD_EPOCH, &self->card_epoch,
                                              error) &&
         sobre_settings_read_optional_number (object, "retention_days", 1, MAX_RETENTION_DAYS, DEFAULT_RETENTION_DAYS,
                                              &self->retention_days, error) &&
         sobre_settings_read_aws (object, self, error);
}

SobreSettings *
sobre_settings_parse (const char *json, gssize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (SobreSettings) self = g_new0 (SobreSettings, 1);
  g_autoptr (GError) parse_error = NULL;
  gsize n_bytes = length < 0 ? strlen (json) : (gsize) length;

  if (n_bytes > MAX_FILE_BYTES || !g_utf8_validate_len (json, n_bytes, NULL))
    {
      sobre_settings_refuse (error, _ ("The file is larger than 1 MiB or is not UTF-8 text"));
      return NULL;
    }

  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_data (parser, json, (gssize) n_bytes, &parse_error))
    {
      sobre_settings_refuse (error, _ ("The file is no valid JSON: %s"), parse_error->message);
      return NULL;
    }
  if (json_parser_get_root (parser) == NULL || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      sobre_settings_refuse (error, _ ("The file has to hold one JSON object"));
      return NULL;
    }

  return read_document (json_node_get_object (json_parser_get_root (parser)), self, error) ? g_steal_pointer (&self) : NULL;
}

const char *
sobre_settings_find_restaurant (const SobreSettings *self, const char *store_id)
{
  if (self == NULL)
    return NULL;
  for (guint i = 0; store_id != NULL && i < self->stores->len; i++)
    {
      const SobreStore *store = g_ptr_array_index (self->stores, i);

      if (g_ascii_strcasecmp (store->id, store_id) == 0)
        return store->name;
    }
  return self->name;
}
