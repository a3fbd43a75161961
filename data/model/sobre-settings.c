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
#include "model/sobre-settings.h"
#include "model/sobre-table.h"

#define SETTINGS_VERSION 1
#define MAX_FILE_BYTES (1024 * 1024)
#define MAX_NAME_BYTES 200
#define MAX_STORES 1000
#define DEFAULT_CARD_EPOCH 1
#define DEFAULT_RETENTION_DAYS 1095
#define MAX_RETENTION_DAYS 36500
#define DEFAULT_ATHENA_NAME "sobremesa" /* what the stack calls database and workgroup */
#define DEFAULT_PRICE_PER_TB 5.0
#define MAX_REUSE_MINUTES 10080 /* Athena takes no more */
#define MIN_SCAN_MB 10
#define DEFAULT_SCAN_MB 10240
#define DEFAULT_CONNECTIONS 16
#define DEFAULT_PRICE_PER_GB 0.09 /* S3's list prices in us-east-1 */
#define DEFAULT_PRICE_PER_1000_GETS 0.0004
#define MAX_PRICE 1000

G_DEFINE_QUARK (sobre-settings-error-quark, sobre_settings_error)

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
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

static gboolean
read_text (JsonObject *object, const char *member, const char *path, char **text, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);
  const char *value;

  if (node == NULL)
    return refuse (error, _ ("“%s” is missing"), path);
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return refuse (error, _ ("“%s” has to be a text"), path);

  value = json_node_get_string (node);
  if (value[0] == '\0' || strlen (value) > MAX_NAME_BYTES)
    return refuse (error, _ ("“%s” has to be 1 to %d bytes long"), path, MAX_NAME_BYTES);

  *text = g_strdup (value);
  return TRUE;
}

static gboolean
read_number (JsonObject *object, const char *member, guint minimum, guint maximum, guint *number, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return refuse (error, _ ("“%s” is missing"), member);
  if (json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) < minimum ||
      json_node_get_int (node) > maximum)
    return refuse (error, _ ("“%s” has to be a whole number from %u to %u"), member, minimum, maximum);

  *number = (guint) json_node_get_int (node);
  return TRUE;
}

static gboolean
read_array (JsonObject *object, const char *member, JsonArray **array, GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL)
    return refuse (error, _ ("“%s” is missing"), member);
  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) == 0)
    return refuse (error, _ ("“%s” has to be a list with at least one entry"), member);

  *array = json_node_get_array (node);
  return TRUE;
}

static gboolean
check_members (JsonObject *object, const char *const *known, const char *path, GError **error)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *link = members; link != NULL; link = link->next)
    {
      if (!g_strv_contains (known, link->data))
        return refuse (error, _ ("“%s%s” is not a known setting; check its spelling"), path, (const char *) link->data);
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
    return refuse (error, _ ("“stores[%u]” has to be an object with “id” and “name”"), index);
  if (!check_members (json_node_get_object (node), known, path, error))
    return FALSE;

  store = g_new0 (SobreStore, 1);
  g_ptr_array_add (self->stores, store);
  if (!read_text (json_node_get_object (node), "id", id_path, &store->id, error) ||
      !read_text (json_node_get_object (node), "name", name_path, &store->name, error))
    return FALSE;
  if (!sobre_place_id_is_valid (store->id))
    return refuse (error, _ ("“%s” has to be 1 to 32 letters, digits, dots and dashes, for example “centro-1”"), id_path);

  for (guint i = 0; i < index; i++)
    {
      const SobreStore *other = g_ptr_array_index (self->stores, i);

      if (g_ascii_strcasecmp (other->id, store->id) == 0)
        return refuse (error, _ ("“%s” is “%s”, which is already taken; upper and lower case count as the same"), id_path,
                       store->id);
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
    return refuse (error, _ ("“stores” has more than %d entries"), MAX_STORES);

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
        return refuse (error, _ ("“languages[%u]” has to be a language tag such as “es” or “pt-BR”"), i);
      if (!g_hash_table_add (seen, (gpointer) tag))
        return refuse (error, _ ("“languages[%u]” names “%s” a second time"), i, tag);
      g_strv_builder_add (builder, tag);
    }

  self->languages = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
read_cutoff (JsonObject *object, SobreSettings *self, GError **error)
{
  g_autofree char *text = NULL;

  if (!read_text (object, "day_cutoff", "day_cutoff", &text, error))
    return FALSE;
  if (strlen (text) != 5 || text[2] != ':' || !g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]) ||
      !g_ascii_isdigit (text[3]) || !g_ascii_isdigit (text[4]) || atoi (text) > 23 || atoi (text + 3) > 59)
    return refuse (error, _ ("“day_cutoff” has to be a time of day from “00:00” to “23:59”"));

  self->cutoff_minutes = (guint) (atoi (text) * 60 + atoi (text + 3));
  return TRUE;
}

static gboolean
read_time_zone (JsonObject *object, SobreSettings *self, GError **error)
{
  g_autoptr (SobreServiceCalendar) calendar = NULL;

  if (!read_text (object, "time_zone", "time_zone", &self->time_zone, error))
    return FALSE;

  calendar = sobre_service_calendar_new (self->time_zone, 0);
  return calendar != NULL ||
         refuse (error, _ ("“time_zone” is “%s”, which is no time zone known here; write, for example, “%s”"), self->time_zone,
                 "Europe/Madrid");
}

static gboolean
read_currency (JsonObject *object, SobreSettings *self, GError **error)
{
  if (!read_text (object, "currency", "currency", &self->currency, error))
    return FALSE;
  if (strlen (self->currency) != 3 || !g_ascii_isupper (self->currency[0]) || !g_ascii_isupper (self->currency[1]) ||
      !g_ascii_isupper (self->currency[2]))
    return refuse (error, _ ("“currency” has to be three capital letters such as “EUR”"));
  return TRUE;
}

/* Guests' phones open it, and the card's path is put behind it: a scheme and a host, perhaps a port, nothing else. */
static gboolean
read_guest_url (JsonObject *object, SobreSettings *self, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  if (!json_object_has_member (object, "guest_url"))
    return TRUE;
  if (!read_text (object, "guest_url", "guest_url", &self->guest_url, error))
    return FALSE;

  uri = g_uri_parse (self->guest_url, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0' || g_uri_get_userinfo (uri) != NULL ||
      g_uri_get_path (uri)[0] != '\0' || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL ||
      (strcmp (g_uri_get_scheme (uri), "https") != 0 && strcmp (g_uri_get_scheme (uri), "http") != 0))
    return refuse (error, _ ("“guest_url” has to be “https://” or “http://” and a host, with no path behind it"));
  return TRUE;
}

static gboolean
read_optional_text (JsonObject *object, const char *member, const char *path, char **text, GError **error)
{
  return !json_object_has_member (object, member) || read_text (object, member, path, text, error);
}

static gboolean
read_optional_number (JsonObject *object,
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

/* A number with decimals that may be missing; @path names it in messages. */
static gboolean
read_optional_amount (JsonObject *object,
                      const char *member,
                      const char *path,
                      double maximum,
                      double otherwise,
                      double *amount,
                      GError **error)
{
  JsonNode *node = json_object_get_member (object, member);

  *amount = otherwise;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) ||
      (json_node_get_value_type (node) != G_TYPE_INT64 && json_node_get_value_type (node) != G_TYPE_DOUBLE) ||
      !(json_node_get_double (node) >= 0 && json_node_get_double (node) <= maximum))
    return refuse (error, _ ("“%s” has to be a number from 0 to %g"), path, maximum);
  *amount = json_node_get_double (node);
  return TRUE;
}

/* Athena's names of databases and workgroups are what its API takes; the rest is looked at there. */
static gboolean
check_name (const char *name, const char *path, GError **error)
{
  gsize length = strlen (name);

  if (length > 0 && length <= 128 &&
      strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") == length)
    return TRUE;
  return refuse (error, _ ("“%s” has to be letters, digits, “_”, “-” and “.”"), path);
}

static gboolean
read_compact (JsonObject *object, SobreCompactWhen *when, GError **error)
{
  JsonNode *node = json_object_get_member (object, "compact");

  *when = SOBRE_COMPACT_WHERE_DEPLOYED;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return refuse (error, _ ("“%s” has to be true or false"), "aws.athena.compact");
  *when = json_node_get_boolean (node) ? SOBRE_COMPACT_AFTER_SYNC : SOBRE_COMPACT_BY_HAND;
  return TRUE;
}

static gboolean
read_athena_members (JsonObject *object, SobreAthenaSettings *self, GError **error)
{
  static const char *const known[] = { "database",      "workgroup",   "results", "price_per_tb",
                                       "reuse_minutes", "max_scan_mb", "compact", NULL };

  return check_members (object, known, "aws.athena.", error) &&
         read_optional_text (object, "database", "aws.athena.database", &self->database, error) &&
         (self->database == NULL || check_name (self->database, "aws.athena.database", error)) &&
         read_optional_text (object, "workgroup", "aws.athena.workgroup", &self->workgroup, error) &&
         (self->workgroup == NULL || check_name (self->workgroup, "aws.athena.workgroup", error)) &&
         read_optional_text (object, "results", "aws.athena.results", &self->results, error) &&
         (self->results == NULL || g_str_has_prefix (self->results, "s3://") ||
          refuse (error, _ ("“aws.athena.results” has to begin with s3://"))) &&
         read_optional_amount (object, "price_per_tb", "aws.athena.price_per_tb", MAX_PRICE, DEFAULT_PRICE_PER_TB,
                               &self->price_per_tb, error) &&
         read_optional_number (object, "reuse_minutes", 0, MAX_REUSE_MINUTES, 0, &self->reuse_minutes, error) &&
         read_optional_number (object, "max_scan_mb", MIN_SCAN_MB, G_MAXINT32, DEFAULT_SCAN_MB, &self->max_scan_mb, error) &&
         read_compact (object, &self->compact, error);
}

static gboolean
read_athena (JsonObject *aws, SobreSettings *self, GError **error)
{
  JsonNode *node = json_object_get_member (aws, "athena");

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, _ ("“aws.athena” has to be an object"));
  self->has_athena = TRUE;
  return read_athena_members (json_node_get_object (node), &self->athena, error);
}

static void
complete_athena (SobreAthenaSettings *self)
{
  if (self->database == NULL)
    self->database = g_strdup (DEFAULT_ATHENA_NAME);
  if (self->workgroup == NULL)
    self->workgroup = g_strdup (DEFAULT_ATHENA_NAME);
}

static gboolean
read_transfer_members (JsonObject *object, SobreTransferSettings *self, GError **error)
{
  static const char *const known[] = { "connections", "mb_per_second", "price_per_gb", "price_per_1000_gets", NULL };

  return check_members (object, known, "aws.sync.", error) &&
         read_optional_number (object, "connections", 1, SOBRE_TRANSFER_MAX_CONNECTIONS, DEFAULT_CONNECTIONS,
                               &self->connections, error) &&
         read_optional_amount (object, "mb_per_second", "aws.sync.mb_per_second", SOBRE_TRANSFER_MAX_MB_PER_SECOND, 0,
                               &self->mb_per_second, error) &&
         (self->mb_per_second == 0 || self->mb_per_second >= SOBRE_TRANSFER_MIN_MB_PER_SECOND ||
          refuse (error, _ ("“aws.sync.mb_per_second” has to be at least %g, or 0 for as fast as it goes"),
                  SOBRE_TRANSFER_MIN_MB_PER_SECOND)) &&
         read_optional_amount (object, "price_per_gb", "aws.sync.price_per_gb", MAX_PRICE, DEFAULT_PRICE_PER_GB,
                               &self->price_per_gb, error) &&
         read_optional_amount (object, "price_per_1000_gets", "aws.sync.price_per_1000_gets", MAX_PRICE,
                               DEFAULT_PRICE_PER_1000_GETS, &self->price_per_1000_gets, error);
}

static gboolean
read_transfer (JsonObject *aws, SobreSettings *self, GError **error)
{
  JsonNode *node = json_object_get_member (aws, "sync");

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, _ ("“aws.sync” has to be an object"));
  self->has_transfer = TRUE;
  return read_transfer_members (json_node_get_object (node), &self->transfer, error);
}

/* Names of regions and buckets are looked at by whoever builds hosts from them. */
static gboolean
read_aws (JsonObject *object, SobreSettings *self, GError **error)
{
  static const char *const known[] = { "profile", "region", "bucket", "sync", "athena", NULL };
  JsonNode *node = json_object_get_member (object, "aws");
  JsonObject *aws;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, _ ("“aws” has to be an object with “profile”, “region”, “bucket”, “sync” and “athena”"));
  aws = json_node_get_object (node);
  return check_members (aws, known, "aws.", error) &&
         read_optional_text (aws, "profile", "aws.profile", &self->aws_profile, error) &&
         read_optional_text (aws, "region", "aws.region", &self->aws_region, error) &&
         read_optional_text (aws, "bucket", "aws.bucket", &self->lake_bucket, error) && read_transfer (aws, self, error) &&
         read_athena (aws, self, error);
}

static gboolean
read_document (JsonObject *object, SobreSettings *self, GError **error)
{
  static const char *const known[] = { "version",   "name",      "stores",     "time_zone",      "day_cutoff", "currency",
                                       "languages", "guest_url", "card_epoch", "retention_days", "aws",        NULL };

  /* The version first: a file of a later version may well have members that are not known here. */
  return read_number (object, "version", SETTINGS_VERSION, SETTINGS_VERSION, &self->version, error) &&
         check_members (object, known, "", error) && read_text (object, "name", "name", &self->name, error) &&
         read_stores (object, self, error) && read_time_zone (object, self, error) && read_cutoff (object, self, error) &&
         read_currency (object, self, error) && read_languages (object, self, error) && read_guest_url (object, self, error) &&
         read_optional_number (object, "card_epoch", 0, G_MAXINT32, DEFAULT_CARD_EPOCH, &self->card_epoch, error) &&
         read_optional_number (object, "retention_days", 1, MAX_RETENTION_DAYS, DEFAULT_RETENTION_DAYS, &self->retention_days,
                               error) &&
         read_aws (object, self, error);
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
      refuse (error, _ ("The file is larger than 1 MiB or is not UTF-8 text"));
      return NULL;
    }

  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_data (parser, json, (gssize) n_bytes, &parse_error))
    {
      refuse (error, _ ("The file is no valid JSON: %s"), parse_error->message);
      return NULL;
    }
  if (json_parser_get_root (parser) == NULL || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      refuse (error, _ ("The file has to hold one JSON object"));
      return NULL;
    }

  self->transfer = (SobreTransferSettings) { .connections = DEFAULT_CONNECTIONS,
                                             .price_per_gb = DEFAULT_PRICE_PER_GB,
                                             .price_per_1000_gets = DEFAULT_PRICE_PER_1000_GETS };
  self->athena = (SobreAthenaSettings) { .price_per_tb = DEFAULT_PRICE_PER_TB, .max_scan_mb = DEFAULT_SCAN_MB };
  if (!read_document (json_node_get_object (json_parser_get_root (parser)), self, error))
    return NULL;
  complete_athena (&self->athena);
  return g_steal_pointer (&self);
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
