/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-quicksight.h"

#include "aws/sobre-aws-reply.h"

#define PAGE "100"
#define MOST 1000
#define MOST_PAGES 20

/** Job: @found: (element-type SobreDashboard) · @next: (nullable): where the next page begins */
typedef struct
{
  SobreAwsClient *client;
  char *path;
  GCancellable *cancellable;
  GPtrArray *found;
  char *next;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_object_unref (self->client);
  g_free (self->path);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_free (self->next);
  g_free (self);
}

void
sobre_dashboard_free (SobreDashboard *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

/* Seconds, with or without a fraction. */
static gint64
get_time (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;
  double seconds = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : 0;

  return seconds > 0 && seconds < 1e11 ? (gint64) (seconds * 1000) : 0;
}

static void
take (Job *self, JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = object != NULL ? get_text (object, "DashboardId") : NULL;
  const char *name = object != NULL ? get_text (object, "Name") : NULL;
  SobreDashboard *dashboard;

  if (id == NULL || self->found->len == MOST)
    return;
  dashboard = g_new0 (SobreDashboard, 1);
  dashboard->id = g_strdup (id);
  dashboard->name = g_strdup (name != NULL ? name : id);
  dashboard->published_at = get_time (object, "LastPublishedTime");
  g_ptr_array_add (self->found, dashboard);
}

static gboolean
read_page (Job *self, GError **error)
{
  g_autoptr (SobreAwsRequest) request = sobre_aws_request_new ("GET", self->path);
  g_autoptr (SobreHttpReply) reply = NULL;
  g_autoptr (JsonObject) page = NULL;
  JsonNode *list;

  sobre_aws_request_add_query (request, "max-results", PAGE);
  if (self->next != NULL)
    sobre_aws_request_add_query (request, "next-token", self->next);
  reply = dex_await_boxed (sobre_aws_client_send (self->client, request, self->cancellable), error);
  page = reply != NULL ? sobre_aws_reply_parse_json (reply, error) : NULL;
  if (page == NULL)
    return FALSE;
  list = json_object_get_member (page, "DashboardSummaryList");
  if (list != NULL && JSON_NODE_HOLDS_ARRAY (list))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
      take (self, json_array_get_element (json_node_get_array (list), i));
  g_set_str (&self->next, get_text (page, "NextToken"));
  return TRUE;
}

static DexFuture *
list_fiber (gpointer data)
{
  Job *self = data;
  GError *error = NULL;

  for (guint i = 0; i < MOST_PAGES && (i == 0 || self->next != NULL) && self->found->len < MOST; i++)
    if (!read_page (self, &error))
      return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&self->found));
}

DexFuture *
sobre_quicksight_list_dashboards (SobreAwsClient *client, const char *account, GCancellable *cancellable)
{
  Job *self = g_new0 (Job, 1);

  self->client = g_object_ref (client);
  self->path = g_strdup_printf ("/accounts/%s/dashboards", account);
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  self->found = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_dashboard_free);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, list_fiber, self, job_free);
}

gboolean
sobre_quicksight_is_missing (const GError *error)
{
  const char *code = sobre_aws_error_get_aws_code (error);

  return g_strcmp0 (code, "UnsupportedUserEditionException") == 0 || g_strcmp0 (code, "ResourceNotFoundException") == 0;
}
