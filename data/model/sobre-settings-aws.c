/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The member "aws" of workspace.json, as sobre-settings.c shows it. */

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "model/sobre-settings-private.h"

#define DEFAULT_ATHENA_NAME "sobremesa" /* what the stack calls database and workgroup */
#define DEFAULT_PRICE_PER_TB 5.0
#define MAX_REUSE_MINUTES 10080 /* Athena takes no more */
#define MIN_SCAN_MB 10
#define DEFAULT_SCAN_MB 10240
#define DEFAULT_CONNECTIONS 16
#define DEFAULT_PRICE_PER_GB 0.09 /* S3's list prices in us-east-1 */
#define DEFAULT_PRICE_PER_1000_GETS 0.0004
#define MAX_PRICE 1000

static gboolean
read_optional_text (JsonObject *object, const char *member, const char *path, char **text, GError **error)
{
  return !json_object_has_member (object, member) || sobre_settings_read_text (object, member, path, text, error);
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
    return sobre_settings_refuse (error, _ ("“%s” has to be a number from 0 to %g"), path, maximum);
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
  return sobre_settings_refuse (error, _ ("“%s” has to be letters, digits, “_”, “-” and “.”"), path);
}

static gboolean
read_compact (JsonObject *object, SobreCompactWhen *when, GError **error)
{
  JsonNode *node = json_object_get_member (object, "compact");

  *when = SOBRE_COMPACT_WHERE_DEPLOYED;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return sobre_settings_refuse (error, _ ("“%s” has to be true or false"), "aws.athena.compact");
  *when = json_node_get_boolean (node) ? SOBRE_COMPACT_AFTER_SYNC : SOBRE_COMPACT_BY_HAND;
  return TRUE;
}

static gboolean
read_athena_members (JsonObject *object, SobreAthenaSettings *self, GError **error)
{
  static const char *const known[] = { "database",      "workgroup",   "results", "price_per_tb",
                                       "reuse_minutes", "max_scan_mb", "compact", NULL };

  return sobre_settings_check_members (object, known, "aws.athena.", error) &&
         read_optional_text (object, "database", "aws.athena.database", &self->database, error) &&
         (self->database == NULL || check_name (self->database, "aws.athena.database", error)) &&
         read_optional_text (object, "workgroup", "aws.athena.workgroup", &self->workgroup, error) &&
         (self->workgroup == NULL || check_name (self->workgroup, "aws.athena.workgroup", error)) &&
         read_optional_text (object, "results", "aws.athena.results", &self->results, error) &&
         (self->results == NULL || g_str_has_prefix (self->results, "s3://") ||
          sobre_settings_refuse (error, _ ("“aws.athena.results” has to begin with s3://"))) &&
         read_optional_amount (object, "price_per_tb", "aws.athena.price_per_tb", MAX_PRICE, DEFAULT_PRICE_PER_TB,
                               &self->price_per_tb, error) &&
         sobre_settings_read_optional_number (object, "reuse_minutes", 0, MAX_REUSE_MINUTES, 0, &self->reuse_minutes, error) &&
         sobre_settings_read_optional_number (object, "max_scan_mb", MIN_SCAN_MB, G_MAXINT32, DEFAULT_SCAN_MB,
                                              &self->max_scan_mb, error) &&
         read_compact (object, &self->compact, error);
}

static gboolean
read_athena (JsonObject *aws, SobreSettings *self, GError **error)
{
  JsonNode *node = json_object_get_member (aws, "athena");

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return sobre_settings_refuse (error, _ ("“aws.athena” has to be an object"));
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

  return sobre_settings_check_members (object, known, "aws.sync.", error) &&
         sobre_settings_read_optional_number (object, "connections", 1, SOBRE_TRANSFER_MAX_CONNECTIONS, DEFAULT_CONNECTIONS,
                                              &self->connections, error) &&
         read_optional_amount (object, "mb_per_second", "aws.sync.mb_per_second", SOBRE_TRANSFER_MAX_MB_PER_SECOND, 0,
                               &self->mb_per_second, error) &&
         (self->mb_per_second == 0 || self->mb_per_second >= SOBRE_TRANSFER_MIN_MB_PER_SECOND ||
          sobre_settings_refuse (error, _ ("“aws.sync.mb_per_second” has to be at least %g, or 0 for as fast as it goes"),
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
    return sobre_settings_refuse (error, _ ("“aws.sync” has to be an object"));
  self->has_transfer = TRUE;
  return read_transfer_members (json_node_get_object (node), &self->transfer, error);
}

/* Names of regions and buckets are looked at by whoever builds hosts from them. */
static gboolean
read_members (JsonObject *aws, SobreSettings *self, GError **error)
{
  static const char *const known[] = { "profile", "region", "bucket", "sync", "athena", NULL };

  return sobre_settings_check_members (aws, known, "aws.", error) &&
         read_optional_text (aws, "profile", "aws.profile", &self->aws_profile, error) &&
         read_optional_text (aws, "region", "aws.region", &self->aws_region, error) &&
         read_optional_text (aws, "bucket", "aws.bucket", &self->lake_bucket, error) && read_transfer (aws, self, error) &&
         read_athena (aws, self, error);
}

gboolean
sobre_settings_read_aws (JsonObject *object, SobreSettings *self, GError **error)
{
  JsonNode *node = json_object_get_member (object, "aws");

  self->transfer = (SobreTransferSettings) { .connections = DEFAULT_CONNECTIONS,
                                             .price_per_gb = DEFAULT_PRICE_PER_GB,
                                             .price_per_1000_gets = DEFAULT_PRICE_PER_1000_GETS };
  self->athena = (SobreAthenaSettings) { .price_per_tb = DEFAULT_PRICE_PER_TB, .max_scan_mb = DEFAULT_SCAN_MB };
  if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
    return sobre_settings_refuse (error,
                                  _ ("“aws” has to be an object with “profile”, “region”, “bucket”, “sync” and “athena”"));
  if (node != NULL && !read_members (json_node_get_object (node), self, error))
    return FALSE;
  complete_athena (&self->athena);
  return TRUE;
}
