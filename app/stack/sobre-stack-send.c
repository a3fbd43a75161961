/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "stack/sobre-stack-send.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "aws/sobre-aws-error.h"
#include "aws/sobre-s3.h"
#include "aws/sobre-sts.h"
#include "stack/sobre-stack-workspace.h"

#define FORM_SOURCE "source/form.json"
#define MENU_POINTER "public/menu/current.json"
#define MAX_SOURCE ((guint64) 4 << 20)

/** Task: what one of the flows needs. */
typedef struct
{
  SobreWorkspace *workspace;
  char *name; /* (nullable) */
  SobreSiteParts parts;
  SobreStackTell tell;
  gpointer tell_data;
  GCancellable *cancellable;
} Task;

static void
task_free (gpointer data)
{
  Task *self = data;

  g_object_unref (self->workspace);
  g_free (self->name);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static SobreSiteSent *
sent_copy (SobreSiteSent *self)
{
  SobreSiteSent *copy = g_new0 (SobreSiteSent, 1);

  copy->site = self->site != NULL ? g_boxed_copy (SOBRE_TYPE_STACK_SITE, self->site) : NULL;
  copy->note = g_strdup (self->note);
  return copy;
}

void
sobre_site_sent_free (SobreSiteSent *self)
{
  g_clear_pointer (&self->site, sobre_stack_site_free);
  g_free (self->note);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (SobreSiteSent, sobre_site_sent, sent_copy, sobre_site_sent_free)

static void
clear_sight (gpointer data)
{
  SobreSiteSight *self = data;

  g_free (self->name);
  g_free (self->region);
  g_free (self->account);
  g_free (self->url);
  g_free (self->lack);
  g_strfreev (self->sold_out);
}

SobreSiteSight *
sobre_site_sight_ref (SobreSiteSight *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_site_sight_unref (SobreSiteSight *self)
{
  g_atomic_rc_box_release_full (self, clear_sight);
}

G_DEFINE_BOXED_TYPE (SobreSiteSight, sobre_site_sight, sobre_site_sight_ref, sobre_site_sight_unref)

/* @sent: what a stack that is not there any more is told in */
static gboolean
send_to (Task *task, const char *name, SobreSiteSent *sent, GError **error)
{
  g_autoptr (SobreStackWork) work =
      sobre_stack_work_open (task->workspace, name, task->tell, task->tell_data, task->cancellable, error);
  GError *failure = NULL;

  if (work == NULL)
    return FALSE;
  sent->site = dex_await_boxed (sobre_stack_publish (work, task->workspace, task->parts, FALSE), &failure);
  if (sent->site != NULL)
    return TRUE;
  if (task->name == NULL && g_error_matches (failure, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING))
    {
      sent->note = g_strdup (failure->message);
      g_error_free (failure);
      return TRUE;
    }
  g_propagate_error (error, failure);
  return FALSE;
}

static DexFuture *
send_fiber (gpointer data)
{
  Task *task = data;
  g_autofree char *deployed = sobre_stack_dup_deployed (sobre_workspace_get_path (task->workspace));
  const char *name = task->name != NULL ? task->name : deployed;
  g_autoptr (SobreSiteSent) sent = g_new0 (SobreSiteSent, 1);
  GError *error = NULL;

  if (name != NULL && !send_to (task, name, sent, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (SOBRE_TYPE_SITE_SENT, g_steal_pointer (&sent));
}

DexFuture *
sobre_stack_send_site (SobreWorkspace *workspace,
                       const char *name,
                       SobreSiteParts parts,
                       SobreStackTell tell,
                       gpointer tell_data,
                       GCancellable *cancellable)
{
  Task *task = g_new0 (Task, 1);

  *task = (Task) { g_object_ref (workspace), g_strdup (name), parts, tell, tell_data, NULL };
  g_set_object (&task->cancellable, cancellable);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, send_fiber, task, task_free);
}

/* Returns (transfer full) (nullable): an object of the site's bucket; %NULL without an error where there is none. */
static JsonNode *
read_object (SobreStackWork *work, const char *bucket, const char *key, GError **error)
{
  GError *failure = NULL;
  g_autoptr (GBytes) bytes = dex_await_boxed (sobre_s3_get (sobre_aws_account_get_client (work->account, SOBRE_AWS_S3), bucket,
                                                            key, NULL, 0, MAX_SOURCE, 0, work->cancellable),
                                              &failure);
  g_autoptr (JsonParser) parser = json_parser_new ();

  if (bytes == NULL)
    {
      if (g_error_matches (failure, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_NOT_FOUND))
        g_error_free (failure);
      else
        g_propagate_error (error, failure);
      return NULL;
    }
  if (!json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL) ||
      json_parser_get_root (parser) == NULL || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return json_node_new (JSON_NODE_OBJECT);
  return json_parser_steal_root (parser);
}

static guint
get_version (JsonNode *node)
{
  JsonNode *version = node != NULL && json_node_get_object (node) != NULL
                          ? json_object_get_member (json_node_get_object (node), "version")
                          : NULL;

  return version != NULL && json_node_get_value_type (version) == G_TYPE_INT64
             ? (guint) CLAMP (json_node_get_int (version), 0, G_MAXINT)
             : 0;
}

static char **
dup_sold_out (JsonNode *pointer)
{
  g_autoptr (GStrvBuilder) items = g_strv_builder_new ();
  JsonNode *list = pointer != NULL && json_node_get_object (pointer) != NULL
                       ? json_object_get_member (json_node_get_object (pointer), "sold_out")
                       : NULL;
  JsonArray *array = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (json_node_get_value_type (json_array_get_element (array, i)) == G_TYPE_STRING)
      g_strv_builder_add (items, json_array_get_string_element (array, i));
  return g_strv_builder_end (items);
}

static gboolean
look_at_bucket (SobreSiteSight *sight, SobreStackWork *work, const char *bucket, GError **error)
{
  GError *failure = NULL;
  g_autoptr (JsonNode) form = read_object (work, bucket, FORM_SOURCE, &failure);
  g_autoptr (JsonNode) pointer = failure == NULL ? read_object (work, bucket, MENU_POINTER, &failure) : NULL;

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  sight->form_version = get_version (form);
  sight->menu_version = get_version (pointer);
  g_strfreev (sight->sold_out);
  sight->sold_out = dup_sold_out (pointer);
  return TRUE;
}

static gboolean
look (SobreSiteSight *sight, SobreStackWork *work, GError **error)
{
  g_autoptr (SobreCallerIdentity) identity = dex_await_boxed (
      sobre_sts_get_caller_identity (sobre_aws_account_get_client (work->account, SOBRE_AWS_STS), work->cancellable), error);
  g_autoptr (SobreStack) stack = NULL;
  GError *failure = NULL;
  const char *bucket;

  if (identity == NULL)
    return FALSE;
  sight->account = g_strdup (identity->account);
  stack = dex_await_boxed (sobre_stack_work_describe (work, SOBRE_STACK_MAIN), &failure);
  if (g_error_matches (failure, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING))
    {
      sight->lack = g_strdup (failure->message);
      g_error_free (failure);
      return TRUE;
    }
  if (stack == NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  bucket = g_hash_table_lookup (stack->outputs, "SiteBucket");
  if (bucket == NULL)
    {
      sight->lack = g_strdup_printf (_ ("The stack %s is %s and has no place for a site yet"), stack->name, stack->status);
      return TRUE;
    }
  sight->url = g_strdup (g_hash_table_lookup (stack->outputs, "SiteUrl"));
  return look_at_bucket (sight, work, bucket, error);
}

static DexFuture *
look_fiber (gpointer data)
{
  Task *task = data;
  g_autofree char *name = sobre_stack_dup_deployed (sobre_workspace_get_path (task->workspace));
  g_autoptr (SobreSiteSight) sight = g_atomic_rc_box_new0 (SobreSiteSight);
  g_autoptr (SobreStackWork) work = NULL;
  GError *error = NULL;

  if (name == NULL)
    return dex_future_new_take_boxed (SOBRE_TYPE_SITE_SIGHT, NULL);
  work = sobre_stack_work_open (task->workspace, name, NULL, NULL, task->cancellable, &error);
  if (work == NULL)
    return dex_future_new_for_error (error);
  sight->name = g_strdup (name);
  sight->region = g_strdup (sobre_aws_account_get_region (work->account));
  sight->sold_out = g_new0 (char *, 1);
  if (!look (sight, work, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (SOBRE_TYPE_SITE_SIGHT, g_steal_pointer (&sight));
}

DexFuture *
sobre_stack_look_at_site (SobreWorkspace *workspace, GCancellable *cancellable)
{
  Task *task = g_new0 (Task, 1);

  task->workspace = g_object_ref (workspace);
  g_set_object (&task->cancellable, cancellable);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, look_fiber, task, task_free);
}
