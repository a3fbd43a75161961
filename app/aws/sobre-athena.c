/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Amazon Athena API Reference, AWS JSON 1.1. */

#include "aws/sobre-athena.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "aws/sobre-aws-reply.h"
#include "model/sobre-json-members.h"

#define MAX_COLUMNS 1000
#define MAX_ID 128

/** Job: a call on its way. */
typedef struct
{
  SobreAwsClient *client;
  SobreAwsRequest *request;
  GCancellable *cancellable;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->client);
  sobre_aws_request_unref (job->request);
  g_clear_object (&job->cancellable);
  g_free (job);
}

static SobreAthenaExecution *
execution_copy (SobreAthenaExecution *self)
{
  SobreAthenaExecution *copy = g_memdup2 (self, sizeof *self);

  copy->reason = g_strdup (self->reason);
  copy->output = g_strdup (self->output);
  return copy;
}

void
sobre_athena_execution_free (SobreAthenaExecution *self)
{
  g_free (self->reason);
  g_free (self->output);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (SobreAthenaExecution, sobre_athena_execution, execution_copy, sobre_athena_execution_free)

static void
column_free (gpointer data)
{
  SobreAthenaColumn *self = data;

  g_free (self->name);
  g_free (self->type);
  g_free (self);
}

/* @body: (transfer full) */
static DexFuture *
spawn (SobreAwsClient *client, const char *operation, JsonBuilder *body, GCancellable *cancellable, DexFiberFunc fiber)
{
  Job *job = g_new0 (Job, 1);
  g_autoptr (JsonNode) root = json_builder_get_root (body);

  job->client = g_object_ref (client);
  job->request = sobre_aws_request_new_json (SOBRE_AWS_ATHENA, operation, json_to_string (root, FALSE));
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  g_object_unref (body);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, fiber, job, job_free);
}

static JsonObject *
ask (Job *job, GError **error)
{
  g_autoptr (SobreHttpReply) reply =
      dex_await_boxed (sobre_aws_client_send (job->client, job->request, job->cancellable), error);

  return reply != NULL ? sobre_aws_reply_parse_json (reply, error) : NULL;
}

static DexFuture *
fail (const char *what)
{
  return dex_future_new_for_error (
      sobre_aws_error_new (SOBRE_AWS_ERROR_PROTOCOL, 200, NULL, _ ("The reply of Athena lacks %s"), what));
}

/* What is asked for by name, where it is there and of the kind that it should be. */

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static guint64
get_number (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  gint64 number = node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) != G_TYPE_STRING
                      ? json_node_get_int (node)
                      : 0;

  return number > 0 ? (guint64) number : 0;
}

static JsonBuilder *
begin_body (const char *id)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  if (id != NULL)
    sobre_json_add_text (builder, "QueryExecutionId", id);
  return builder;
}

static DexFuture *
start_fiber (gpointer data)
{
  GError *error = NULL;
  g_autoptr (JsonObject) reply = ask (data, &error);
  const char *id = get_text (reply, "QueryExecutionId");

  if (reply == NULL)
    return dex_future_new_for_error (error);
  return id != NULL && id[0] != '\0' && strlen (id) <= MAX_ID ? dex_future_new_take_string (g_strdup (id))
                                                              : fail ("QueryExecutionId");
}

static void
add_reuse (JsonBuilder *builder, guint minutes)
{
  json_builder_set_member_name (builder, "ResultReuseConfiguration");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "ResultReuseByAgeConfiguration");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "Enabled");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_set_member_name (builder, "MaxAgeInMinutes");
  json_builder_add_int_value (builder, minutes);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
}

static void
add_values (JsonBuilder *builder, GPtrArray *values)
{
  json_builder_set_member_name (builder, "ExecutionParameters");
  json_builder_begin_array (builder);
  for (guint i = 0; i < values->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (values, i));
  json_builder_end_array (builder);
}

DexFuture *
sobre_athena_start (SobreAwsClient *client, const SobreAthenaOrder *order, GCancellable *cancellable)
{
  JsonBuilder *builder = begin_body (NULL);

  sobre_json_add_text (builder, "QueryString", order->sql->text);
  sobre_json_add_text (builder, "ClientRequestToken", order->token);
  sobre_json_add_text (builder, "WorkGroup", order->workgroup);
  json_builder_set_member_name (builder, "QueryExecutionContext");
  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "Database", order->database);
  json_builder_end_object (builder);
  if (order->output != NULL)
    {
      json_builder_set_member_name (builder, "ResultConfiguration");
      json_builder_begin_object (builder);
      sobre_json_add_text (builder, "OutputLocation", order->output);
      json_builder_end_object (builder);
    }
  if (order->sql->values->len > 0)
    add_values (builder, order->sql->values);
  if (order->reuse_minutes > 0)
    add_reuse (builder, order->reuse_minutes);
  json_builder_end_object (builder);
  return spawn (client, "StartQueryExecution", builder, cancellable, start_fiber);
}

static gboolean
read_state (const char *text, SobreAthenaState *state)
{
  static const struct
  {
    const char *name;
    SobreAthenaState state;
  } states[] = {
    { "QUEUED", SOBRE_ATHENA_WAITING }, { "RUNNING", SOBRE_ATHENA_WAITING },     { "SUCCEEDED", SOBRE_ATHENA_SUCCEEDED },
    { "FAILED", SOBRE_ATHENA_FAILED },  { "CANCELLED", SOBRE_ATHENA_CANCELLED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (text, states[i].name) == 0)
      {
        *state = states[i].state;
        return TRUE;
      }
  return FALSE;
}

static DexFuture *
get_fiber (gpointer data)
{
  GError *error = NULL;
  g_autoptr (JsonObject) reply = ask (data, &error);
  g_autoptr (SobreAthenaExecution) execution = g_new0 (SobreAthenaExecution, 1);
  JsonObject *object = get_object (reply, "QueryExecution");
  JsonObject *status = get_object (object, "Status");
  JsonObject *statistics = get_object (object, "Statistics");
  JsonNode *reused;

  if (reply == NULL)
    return dex_future_new_for_error (error);
  if (!read_state (get_text (status, "State"), &execution->state))
    return fail ("Status");
  execution->reason = g_strdup (get_text (status, "StateChangeReason"));
  execution->output = g_strdup (get_text (get_object (object, "ResultConfiguration"), "OutputLocation"));
  execution->bytes = get_number (statistics, "DataScannedInBytes");
  execution->milliseconds = get_number (statistics, "TotalExecutionTimeInMillis");
  reused = get_object (statistics, "ResultReuseInformation") != NULL
               ? json_object_get_member (get_object (statistics, "ResultReuseInformation"), "ReusedPreviousResult")
               : NULL;
  execution->reused = reused != NULL && JSON_NODE_HOLDS_VALUE (reused) && json_node_get_boolean (reused);
  return dex_future_new_take_boxed (SOBRE_TYPE_ATHENA_EXECUTION, g_steal_pointer (&execution));
}

DexFuture *
sobre_athena_get (SobreAwsClient *client, const char *id, GCancellable *cancellable)
{
  JsonBuilder *builder = begin_body (id);

  json_builder_end_object (builder);
  return spawn (client, "GetQueryExecution", builder, cancellable, get_fiber);
}

static DexFuture *
stop_fiber (gpointer data)
{
  GError *error = NULL;
  g_autoptr (JsonObject) reply = ask (data, &error);

  return reply != NULL ? dex_future_new_for_boolean (TRUE) : dex_future_new_for_error (error);
}

DexFuture *
sobre_athena_stop (SobreAwsClient *client, const char *id)
{
  JsonBuilder *builder = begin_body (id);

  json_builder_end_object (builder);
  return spawn (client, "StopQueryExecution", builder, NULL, stop_fiber);
}

static SobreAthenaColumn *
read_column (JsonNode *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *name = get_text (object, "Name");
  const char *type = get_text (object, "Type");
  SobreAthenaColumn *column;

  if (name == NULL || type == NULL)
    return NULL;
  column = g_new0 (SobreAthenaColumn, 1);
  column->name = g_strdup (name);
  column->type = g_strdup (type);
  column->precision = (guint) MIN (get_number (object, "Precision"), 38);
  column->scale = (guint) MIN (get_number (object, "Scale"), 38);
  return column;
}

static DexFuture *
columns_fiber (gpointer data)
{
  GError *error = NULL;
  g_autoptr (JsonObject) reply = ask (data, &error);
  JsonObject *metadata = get_object (get_object (reply, "ResultSet"), "ResultSetMetadata");
  JsonNode *node = metadata != NULL ? json_object_get_member (metadata, "ColumnInfo") : NULL;
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (column_free);
  JsonArray *array;

  if (reply == NULL)
    return dex_future_new_for_error (error);
  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return fail ("ColumnInfo");
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      SobreAthenaColumn *column = i < MAX_COLUMNS ? read_column (json_array_get_element (array, i)) : NULL;

      if (column == NULL)
        return fail ("ColumnInfo");
      g_ptr_array_add (columns, column);
    }
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&columns));
}

DexFuture *
sobre_athena_get_columns (SobreAwsClient *client, const char *id, GCancellable *cancellable)
{
  JsonBuilder *builder = begin_body (id);

  json_builder_set_member_name (builder, "MaxResults");
  json_builder_add_int_value (builder, 1);
  json_builder_end_object (builder);
  return spawn (client, "GetQueryResults", builder, cancellable, columns_fiber);
}
