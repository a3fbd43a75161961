/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-cloudformation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-aws-error.h"
#include "aws/sobre-aws-query.h"

#define MAX_PAGES 200
#define CAPABILITY "CAPABILITY_IAM"

/** Job: what a flow of several calls works with. @after: an event's id, or a change set's name */
typedef struct
{
  SobreAwsClient *client;
  char *stack;
  char *after;
  guint most;
  GCancellable *cancellable;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->client);
  g_free (job->stack);
  g_free (job->after);
  g_clear_object (&job->cancellable);
  g_free (job);
}

static DexFuture *
spawn (SobreAwsClient *client, const char *stack, const char *after, guint most, GCancellable *cancellable, DexFiberFunc fiber)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job) { g_object_ref (client), g_strdup (stack), g_strdup (after), most,
                 cancellable != NULL ? g_object_ref (cancellable) : NULL };
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, fiber, job, job_free);
}

/* Asks for a list page by page. @names: (nullable): what the job's @after is called in the call */
static gboolean
ask_pages (Job *job, const char *action, const char *names, SobreAwsPageFunction function, gpointer user_data, GError **error)
{
  g_autoptr (GPtrArray) parameters = sobre_aws_query_parameters ();

  sobre_aws_query_add (parameters, "StackName", job->stack);
  if (names != NULL)
    sobre_aws_query_add (parameters, names, job->after);
  return sobre_aws_query_await_pages (job->client, SOBRE_AWS_CLOUDFORMATION, action, parameters, MAX_PAGES, function, user_data,
                                      job->cancellable, error);
}

static char *
dup_text (const SobreAwsElement *element, const char *path)
{
  const char *text = sobre_aws_element_get (element, path);

  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static void
clear_stack (gpointer data)
{
  SobreStack *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->status);
  g_free (self->reason);
  g_free (self->description);
  g_free (self->changed_at);
  g_hash_table_unref (self->outputs);
  g_hash_table_unref (self->parameters);
  g_hash_table_unref (self->tags);
}

SobreStack *
sobre_stack_ref (SobreStack *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_stack_unref (SobreStack *self)
{
  g_atomic_rc_box_release_full (self, clear_stack);
}

G_DEFINE_BOXED_TYPE (SobreStack, sobre_stack, sobre_stack_ref, sobre_stack_unref)

gboolean
sobre_stack_is_busy (const SobreStack *self)
{
  return g_str_has_suffix (self->status, "_IN_PROGRESS") && strcmp (self->status, "REVIEW_IN_PROGRESS") != 0;
}

static GHashTable *
read_pairs (const SobreAwsElement *stack, const char *list, const char *key, const char *value)
{
  GHashTable *pairs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < sobre_aws_element_count (stack, list); i++)
    {
      const SobreAwsElement *pair = sobre_aws_element_child (stack, list, i);
      const char *name = sobre_aws_element_get (pair, key);
      const char *text = sobre_aws_element_get (pair, value);

      if (name != NULL && text != NULL)
        g_hash_table_insert (pairs, g_strdup (name), g_strdup (text));
    }
  return pairs;
}

static SobreStack *
read_stack (const SobreAwsElement *element)
{
  SobreStack *self = g_atomic_rc_box_new0 (SobreStack);

  self->id = dup_text (element, "StackId");
  self->name = dup_text (element, "StackName");
  self->status = dup_text (element, "StackStatus");
  self->reason = dup_text (element, "StackStatusReason");
  self->description = dup_text (element, "Description");
  self->changed_at = dup_text (element, "LastUpdatedTime");
  if (self->changed_at == NULL)
    self->changed_at = dup_text (element, "CreationTime");
  self->outputs = read_pairs (element, "Outputs", "OutputKey", "OutputValue");
  self->parameters = read_pairs (element, "Parameters", "ParameterKey", "ParameterValue");
  self->tags = read_pairs (element, "Tags", "Key", "Value");
  return self;
}

static DexFuture *
describe_fiber (gpointer data)
{
  Job *job = data;
  GPtrArray *parameters = sobre_aws_query_parameters ();
  GError *error = NULL;
  g_autoptr (SobreAwsElement) reply = NULL;
  g_autoptr (SobreStack) stack = NULL;

  sobre_aws_query_add (parameters, "StackName", job->stack);
  reply = dex_await_boxed (
      sobre_aws_query (job->client, SOBRE_AWS_CLOUDFORMATION, "DescribeStacks", parameters, job->cancellable), &error);

  /* Of a valid name there is only one thing that this call finds wrong, and it has no code of its own for it. */
  if (g_strcmp0 (sobre_aws_error_get_aws_code (error), "ValidationError") == 0)
    {
      g_clear_error (&error);
      return dex_future_new_for_error (
          sobre_aws_error_new (SOBRE_AWS_ERROR_NOT_FOUND, 400, "ValidationError", _ ("There is no stack %s"), job->stack));
    }
  if (reply == NULL)
    return dex_future_new_for_error (error);
  if (sobre_aws_element_count (reply, "Stacks") == 1)
    stack = read_stack (sobre_aws_element_child (reply, "Stacks", 0));
  if (stack == NULL || stack->id == NULL || stack->name == NULL || stack->status == NULL)
    return dex_future_new_for_error (
        sobre_aws_error_new (SOBRE_AWS_ERROR_PROTOCOL, 200, NULL, "%s", _ ("The reply does not describe the stack")));
  return dex_future_new_take_boxed (SOBRE_TYPE_STACK, g_steal_pointer (&stack));
}

DexFuture *
sobre_cloudformation_describe (SobreAwsClient *client, const char *name, GCancellable *cancellable)
{
  return spawn (client, name, NULL, 0, cancellable, describe_fiber);
}

static void
free_change (gpointer data)
{
  SobreChange *self = data;

  g_free (self->action);
  g_free (self->logical_id);
  g_free (self->physical_id);
  g_free (self->type);
  g_free (self->replacement);
  g_free (self->properties);
  g_free (self);
}

static void
clear_change_set (gpointer data)
{
  SobreChangeSet *self = data;

  g_free (self->status);
  g_free (self->reason);
  g_ptr_array_unref (self->changes);
}

SobreChangeSet *
sobre_change_set_ref (SobreChangeSet *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_change_set_unref (SobreChangeSet *self)
{
  g_atomic_rc_box_release_full (self, clear_change_set);
}

G_DEFINE_BOXED_TYPE (SobreChangeSet, sobre_change_set, sobre_change_set_ref, sobre_change_set_unref)

static char *
read_properties (const SobreAwsElement *change)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < sobre_aws_element_count (change, "Details"); i++)
    {
      const char *name = sobre_aws_element_get (sobre_aws_element_child (change, "Details", i), "Target/Name");

      if (name != NULL && *name != '\0' && strstr (names->str, name) == NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
    }
  return g_string_free_and_steal (names);
}

static gboolean
read_changes_cb (const SobreAwsElement *reply, gpointer user_data)
{
  SobreChangeSet *set = user_data;

  if (set->status == NULL)
    {
      set->status = dup_text (reply, "Status");
      set->reason = dup_text (reply, "StatusReason");
    }
  for (guint i = 0; i < sobre_aws_element_count (reply, "Changes"); i++)
    {
      const SobreAwsElement *element = sobre_aws_element_find (sobre_aws_element_child (reply, "Changes", i), "ResourceChange");
      SobreChange *change;

      if (element == NULL)
        continue;
      change = g_new0 (SobreChange, 1);
      change->action = dup_text (element, "Action");
      change->logical_id = dup_text (element, "LogicalResourceId");
      change->physical_id = dup_text (element, "PhysicalResourceId");
      change->type = dup_text (element, "ResourceType");
      change->replacement = dup_text (element, "Replacement");
      change->properties = read_properties (element);
      if (change->action != NULL && change->logical_id != NULL && change->type != NULL)
        g_ptr_array_add (set->changes, change);
      else
        free_change (change);
    }
  return TRUE;
}

static DexFuture *
describe_change_set_fiber (gpointer data)
{
  GError *error = NULL;
  g_autoptr (SobreChangeSet) set = g_atomic_rc_box_new0 (SobreChangeSet);

  set->changes = g_ptr_array_new_with_free_func (free_change);
  if (!ask_pages (data, "DescribeChangeSet", "ChangeSetName", read_changes_cb, set, &error))
    return dex_future_new_for_error (error);
  if (set->status == NULL)
    return dex_future_new_for_error (
        sobre_aws_error_new (SOBRE_AWS_ERROR_PROTOCOL, 200, NULL, "%s", _ ("The reply does not describe the change set")));
  return dex_future_new_take_boxed (SOBRE_TYPE_CHANGE_SET, g_steal_pointer (&set));
}

DexFuture *
sobre_cloudformation_describe_change_set (SobreAwsClient *client,
                                          const char *stack,
                                          const char *name,
                                          GCancellable *cancellable)
{
  return spawn (client, stack, name, 0, cancellable, describe_change_set_fiber);
}

static DexFuture *
read_id_cb (DexFuture *future, gpointer user_data)
{
  const SobreAwsElement *reply = g_value_get_boxed (dex_future_get_value (future, NULL));
  const char *id = sobre_aws_element_get (reply, "StackId");

  return dex_future_new_take_string (g_strdup (id != NULL ? id : ""));
}

DexFuture *
sobre_cloudformation_create_change_set (SobreAwsClient *client, const SobreChangeRequest *request, GCancellable *cancellable)
{
  GPtrArray *parameters = sobre_aws_query_parameters ();
  GHashTableIter iter;
  gpointer key, value;
  guint n = 0;

  sobre_aws_query_add (parameters, "StackName", request->stack);
  sobre_aws_query_add (parameters, "ChangeSetName", request->name);
  sobre_aws_query_add (parameters, "ChangeSetType", request->is_new ? "CREATE" : "UPDATE");
  sobre_aws_query_add (parameters, "TemplateBody", request->template_body);
  sobre_aws_query_add (parameters, "ClientToken", request->token);
  sobre_aws_query_add (parameters, "Capabilities.member.1", CAPABILITY);
  sobre_aws_query_add (parameters, "Tags.member.1.Key", request->tag);
  sobre_aws_query_add (parameters, "Tags.member.1.Value", request->stack);
  g_hash_table_iter_init (&iter, request->parameters);
  for (; g_hash_table_iter_next (&iter, &key, &value); n++)
    {
      sobre_aws_query_add_indexed (parameters, "Parameters", n, "ParameterKey", key);
      sobre_aws_query_add_indexed (parameters, "Parameters", n, "ParameterValue", value);
    }
  for (guint i = 0; i < request->kept->len; i++, n++)
    {
      sobre_aws_query_add_indexed (parameters, "Parameters", n, "ParameterKey", g_ptr_array_index (request->kept, i));
      sobre_aws_query_add_indexed (parameters, "Parameters", n, "UsePreviousValue", "true");
    }
  return dex_future_then (sobre_aws_query (client, SOBRE_AWS_CLOUDFORMATION, "CreateChangeSet", parameters, cancellable),
                          read_id_cb, NULL, NULL);
}

/* A call that has nothing to tell but that it was taken. */
static DexFuture *
tell (SobreAwsClient *client, const char *action, const char *const *pairs, GCancellable *cancellable)
{
  GPtrArray *parameters = sobre_aws_query_parameters ();

  for (guint i = 0; pairs[i] != NULL; i += 2)
    sobre_aws_query_add (parameters, pairs[i], pairs[i + 1]);
  return sobre_aws_query (client, SOBRE_AWS_CLOUDFORMATION, action, parameters, cancellable);
}

DexFuture *
sobre_cloudformation_execute_change_set (SobreAwsClient *client,
                                         const char *stack,
                                         const char *name,
                                         const char *token,
                                         GCancellable *cancellable)
{
  const char *const pairs[] = { "StackName", stack, "ChangeSetName", name, "ClientRequestToken", token, NULL };

  return tell (client, "ExecuteChangeSet", pairs, cancellable);
}

DexFuture *
sobre_cloudformation_delete_change_set (SobreAwsClient *client, const char *stack, const char *name, GCancellable *cancellable)
{
  const char *const pairs[] = { "StackName", stack, "ChangeSetName", name, NULL };

  return tell (client, "DeleteChangeSet", pairs, cancellable);
}

DexFuture *
sobre_cloudformation_delete_stack (SobreAwsClient *client, const char *name, const char *token, GCancellable *cancellable)
{
  const char *const pairs[] = { "StackName", name, "ClientRequestToken", token, NULL };

  return tell (client, "DeleteStack", pairs, cancellable);
}

DexFuture *
sobre_cloudformation_protect (SobreAwsClient *client, const char *stack, gboolean is_protected, GCancellable *cancellable)
{
  const char *const pairs[] = { "StackName", stack, "EnableTerminationProtection", is_protected ? "true" : "false", NULL };

  return tell (client, "UpdateTerminationProtection", pairs, cancellable);
}

DexFuture *
sobre_cloudformation_set_policy (SobreAwsClient *client, const char *stack, const char *policy, GCancellable *cancellable)
{
  const char *const pairs[] = { "StackName", stack, "StackPolicyBody", policy, NULL };

  return tell (client, "SetStackPolicy", pairs, cancellable);
}

static void
free_event (gpointer data)
{
  SobreStackEvent *self = data;

  g_free (self->id);
  g_free (self->at);
  g_free (self->logical_id);
  g_free (self->type);
  g_free (self->status);
  g_free (self->reason);
  g_free (self);
}

/** Events: what is read of them, the newest last. @after: (nullable): the one that is known already · @most: of those that are wanted */
typedef struct
{
  GPtrArray *read;
  const char *after;
  guint most;
} Events;

static gboolean
read_events_cb (const SobreAwsElement *reply, gpointer user_data)
{
  const Events *events = user_data;

  for (guint i = 0; i < sobre_aws_element_count (reply, "StackEvents"); i++)
    {
      const SobreAwsElement *element = sobre_aws_element_child (reply, "StackEvents", i);
      SobreStackEvent *event;

      if (events->read->len >= events->most ||
          (events->after != NULL && g_strcmp0 (sobre_aws_element_get (element, "EventId"), events->after) == 0))
        return FALSE;
      event = g_new0 (SobreStackEvent, 1);
      event->id = dup_text (element, "EventId");
      event->at = dup_text (element, "Timestamp");
      event->logical_id = dup_text (element, "LogicalResourceId");
      event->type = dup_text (element, "ResourceType");
      event->status = dup_text (element, "ResourceStatus");
      event->reason = dup_text (element, "ResourceStatusReason");
      if (event->id != NULL && event->logical_id != NULL && event->type != NULL && event->status != NULL)
        g_ptr_array_insert (events->read, 0, event);
      else
        free_event (event);
    }
  return TRUE;
}

static DexFuture *
events_fiber (gpointer data)
{
  Job *job = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func (free_event);
  Events events = { read, job->after, job->most };

  if (!ask_pages (job, "DescribeStackEvents", NULL, read_events_cb, &events, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&read));
}

DexFuture *
sobre_cloudformation_list_events (SobreAwsClient *client,
                                  const char *stack,
                                  const char *after,
                                  guint most,
                                  GCancellable *cancellable)
{
  return spawn (client, stack, after, most, cancellable, events_fiber);
}

static void
free_resource (gpointer data)
{
  SobreStackResource *self = data;

  g_free (self->logical_id);
  g_free (self->physical_id);
  g_free (self->type);
  g_free (self->status);
  g_free (self);
}

static gboolean
read_resources_cb (const SobreAwsElement *reply, gpointer user_data)
{
  for (guint i = 0; i < sobre_aws_element_count (reply, "StackResourceSummaries"); i++)
    {
      const SobreAwsElement *element = sobre_aws_element_child (reply, "StackResourceSummaries", i);
      SobreStackResource *resource = g_new0 (SobreStackResource, 1);

      resource->logical_id = dup_text (element, "LogicalResourceId");
      resource->physical_id = dup_text (element, "PhysicalResourceId");
      resource->type = dup_text (element, "ResourceType");
      resource->status = dup_text (element, "ResourceStatus");
      g_ptr_array_add (user_data, resource);
    }
  return TRUE;
}

static DexFuture *
resources_fiber (gpointer data)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) resources = g_ptr_array_new_with_free_func (free_resource);

  return ask_pages (data, "ListStackResources", NULL, read_resources_cb, resources, &error)
             ? dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_ptr_array_ref (resources))
             : dex_future_new_for_error (error);
}

DexFuture *
sobre_cloudformation_list_resources (SobreAwsClient *client, const char *stack, GCancellable *cancellable)
{
  return spawn (client, stack, NULL, 0, cancellable, resources_fiber);
}
