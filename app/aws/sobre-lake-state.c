/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-lake-state.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "aws/sobre-aws-error.h"
#include "model/sobre-json-members.h"
#include "model/sobre-time.h"

#define VERSION 1
#define MAX_BYTES 262144

SobreLakeState *
sobre_lake_state_new (void)
{
  SobreLakeState *self = g_new0 (SobreLakeState, 1);

  self->through = SOBRE_LAKE_NO_DAY;
  self->holes = g_array_new (FALSE, FALSE, sizeof (gint32));
  return self;
}

void
sobre_lake_state_free (SobreLakeState *self)
{
  g_array_unref (self->holes);
  g_free (self->by);
  g_free (self->etag);
  g_free (self);
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
read_day (const char *text, gint32 *day)
{
  return text != NULL && sobre_day_parse (text, strlen (text), day);
}

static gboolean
read_holes (SobreLakeState *self, JsonNode *node)
{
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      gint32 day;

      if (!JSON_NODE_HOLDS_VALUE (element) || !read_day (json_node_get_string (element), &day))
        return FALSE;
      sobre_lake_state_set_hole (self, day, TRUE);
    }
  return array != NULL;
}

static gboolean
read_lease (SobreLakeState *self, JsonNode *node)
{
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *until = get_text (object, "until");

  if (node == NULL)
    return TRUE;
  self->by = g_strdup (get_text (object, "by"));
  return self->by != NULL && until != NULL && sobre_time_parse (until, strlen (until), &self->until);
}

static gboolean
read_state (SobreLakeState *self, JsonObject *object)
{
  JsonNode *version = json_object_get_member (object, "version");
  JsonNode *through = json_object_get_member (object, "through");

  return version != NULL && JSON_NODE_HOLDS_VALUE (version) && json_node_get_int (version) == VERSION &&
         (through == NULL || read_day (get_text (object, "through"), &self->through)) &&
         read_holes (self, json_object_get_member (object, "holes")) &&
         read_lease (self, json_object_get_member (object, "compacting"));
}

SobreLakeState *
sobre_lake_state_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (SobreLakeState) self = sobre_lake_state_new ();
  JsonNode *root = json_parser_load_from_data (parser, text, (gssize) length, NULL) ? json_parser_get_root (parser) : NULL;

  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root) && read_state (self, json_node_get_object (root)))
    return g_steal_pointer (&self);
  g_propagate_error (error, sobre_aws_error_new (SOBRE_AWS_ERROR_PROTOCOL, 200, NULL,
                                                 _ ("%s of the bucket cannot be understood"), SOBRE_LAKE_STATE_KEY));
  return NULL;
}

static void
add_lease (JsonBuilder *builder, const SobreLakeState *self)
{
  char until[SOBRE_TIME_STRING_LENGTH + 1];

  sobre_time_format (self->until, until);
  json_builder_set_member_name (builder, "compacting");
  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "by", self->by);
  sobre_json_add_text (builder, "until", until);
  json_builder_end_object (builder);
}

char *
sobre_lake_state_format (const SobreLakeState *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char day[SOBRE_DAY_STRING_LENGTH + 1];

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, VERSION);
  sobre_day_format (self->through, day);
  if (self->through != SOBRE_LAKE_NO_DAY)
    sobre_json_add_text (builder, "through", day);
  json_builder_set_member_name (builder, "holes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->holes->len; i++)
    {
      sobre_day_format (g_array_index (self->holes, gint32, i), day);
      json_builder_add_string_value (builder, day);
    }
  json_builder_end_array (builder);
  if (self->by != NULL)
    add_lease (builder, self);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

/* Where @day is among the holes, or belongs. */
static guint
find_hole (const SobreLakeState *self, gint32 day, gboolean *is_there)
{
  guint place = 0;

  while (place < self->holes->len && g_array_index (self->holes, gint32, place) < day)
    place++;
  *is_there = place < self->holes->len && g_array_index (self->holes, gint32, place) == day;
  return place;
}

gboolean
sobre_lake_state_is_cold (const SobreLakeState *self, gint32 day)
{
  gboolean is_hole;

  find_hole (self, day, &is_hole);
  return day <= self->through && !is_hole;
}

gboolean
sobre_lake_state_set_hole (SobreLakeState *self, gint32 day, gboolean is_hole)
{
  gboolean was_hole;
  guint place = find_hole (self, day, &was_hole);

  if (day > self->through || was_hole == is_hole)
    return FALSE;
  if (is_hole)
    g_array_insert_val (self->holes, place, day);
  else
    g_array_remove_index (self->holes, place);
  return TRUE;
}

SobreLakeState *
sobre_lake_state_load (SobreAwsClient *s3, const char *bucket, GCancellable *cancellable, GError **error)
{
  GError *failure = NULL;
  g_autoptr (SobreS3Part) part =
      dex_await_boxed (sobre_s3_get_part (s3, bucket, SOBRE_LAKE_STATE_KEY, NULL, 0, MAX_BYTES, cancellable), &failure);
  SobreLakeState *self;
  const char *text;
  gsize length;

  if (g_error_matches (failure, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_NOT_FOUND))
    {
      g_error_free (failure);
      return sobre_lake_state_new ();
    }
  if (part == NULL)
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  text = g_bytes_get_data (part->bytes, &length);
  self = sobre_lake_state_parse (text, length, error);
  if (self != NULL)
    self->etag = g_strdup (part->etag);
  return self;
}

gboolean
sobre_lake_state_store (SobreLakeState *self, SobreAwsClient *s3, const char *bucket, GError **error)
{
  char *text = sobre_lake_state_format (self);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));
  char *etag =
      dex_await_string (sobre_s3_put (s3, bucket, SOBRE_LAKE_STATE_KEY, body, "application/json", self->etag, NULL), error);

  if (etag == NULL)
    return FALSE;
  g_free (self->etag);
  self->etag = etag;
  return TRUE;
}
