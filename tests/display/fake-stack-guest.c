/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Guests and QuickSight at the AWS on loopback. */

#include <json-glib/json-glib.h>
#include <string.h>

#include "fake-service.h"
#include "fake-stack-private.h"

#define KEYS                                                                                                                   \
  "{\"IdentityId\":\"eu-central-1:guest\",\"Credentials\":{\"AccessKeyId\":\"" FAKE_GUEST_KEY "\",\"SecretKey\":\"secret\","   \
  "\"SessionToken\":\"token\"}}"

static void
refuse (GString *reply, const char *code, const char *message)
{
  g_autofree char *body = g_strdup_printf ("{\"__type\":\"%s\",\"Message\":\"%s\"}", code, message);

  fake_service_append (reply, 400, NULL, body);
}

/* Returns whether it was a record for the one stream that is a guest's. */
static gboolean
take_record (FakeStack *self, const char *body)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;
  gsize length;

  if (!json_parser_load_from_data (parser, body, -1, NULL))
    return FALSE;
  object = json_node_get_object (json_parser_get_root (parser));
  if (strcmp (json_object_get_string_member (object, "DeliveryStreamName"), FAKE_STREAM) != 0)
    return FALSE;
  g_free (self->sent);
  self->sent = (char *) g_base64_decode (
      json_object_get_string_member (json_object_get_object_member (object, "Record"), "Data"), &length);
  return TRUE;
}

static void
list_dashboards (FakeStack *self, GString *reply)
{
  g_autoptr (GString) list = g_string_new ("{\"DashboardSummaryList\":[");

  if (self->has_no_quicksight)
    {
      fake_service_append (reply, 403, "x-amzn-ErrorType: UnsupportedUserEditionException\r\n",
                           "{\"Message\":\"Account 123456789012 is not subscribed for QuickSight\"}");
      return;
    }
  for (guint i = 0; i < self->n_dashboards; i++)
    g_string_append_printf (list, "%s{\"DashboardId\":\"board-%u\",\"Name\":\"%s\",\"LastPublishedTime\":1795867200.5}",
                            i > 0 ? "," : "", i, i == 0 ? "Guests <b>by hour</b>" : "Dishes & words");
  g_string_append (list, "],\"Status\":200}");
  fake_service_append (reply, 200, NULL, list->str);
}

gboolean
fake_stack_answer_json (FakeStack *self, const char *head, const char *body, GString *reply)
{
  g_autofree char *target = fake_service_dup_header (head, "x-amz-target");
  gboolean is_guest = strstr (head, FAKE_GUEST_KEY) != NULL;

  if (target == NULL && strstr (head, "/accounts/") == NULL)
    return FALSE;
  if (target == NULL)
    list_dashboards (self, reply);
  else if (g_str_has_suffix (target, ".GetId"))
    fake_service_append (reply, 200, NULL, "{\"IdentityId\":\"eu-central-1:guest\"}");
  else if (g_str_has_suffix (target, ".GetCredentialsForIdentity"))
    fake_service_append (reply, 200, NULL, KEYS);
  else if (g_str_has_suffix (target, ".PutRecord") && take_record (self, body))
    fake_service_append (reply, 200, NULL, "{\"RecordId\":\"1\"}");
  else if (is_guest && !self->is_guest_free)
    refuse (reply, "AccessDeniedException", "not authorized");
  else if (g_str_has_suffix (target, ".DeleteParameter"))
    refuse (reply, "ParameterNotFound", "not found");
  /* What nobody deployed has no names either. */
  else if (self->is_missing && (strstr (target, ".Get") != NULL || strstr (target, ".Describe") != NULL))
    refuse (reply, "ResourceNotFoundException", "not found");
  else
    fake_service_append (reply, 200, NULL, "{}");
  return TRUE;
}
