/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-aws-query.h"

#include <string.h>

/** Job: a call on its way. */
typedef struct
{
  SobreAwsClient *client;
  SobreAwsRequest *request;
  GCancellable *cancellable;
  char *result;
} Job;

static void
clear_element (gpointer data)
{
  SobreAwsElement *self = data;

  g_free (self->name);
  g_free (self->text);
  g_ptr_array_unref (self->children);
}

SobreAwsElement *
sobre_aws_element_ref (SobreAwsElement *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_aws_element_unref (SobreAwsElement *self)
{
  g_atomic_rc_box_release_full (self, clear_element);
}

G_DEFINE_BOXED_TYPE (SobreAwsElement, sobre_aws_element, sobre_aws_element_ref, sobre_aws_element_unref)

static SobreAwsElement *
make_element (const char *name, gsize length)
{
  SobreAwsElement *self = g_atomic_rc_box_new0 (SobreAwsElement);

  self->name = g_strndup (name, length);
  self->text = g_strdup ("");
  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_aws_element_unref);
  self->is_open = TRUE;
  return self;
}

/* The element at @path that is being read: the last one of each name while it is open, a new one where it has ended. */
static SobreAwsElement *
open_element (SobreAwsElement *root, const char *path)
{
  SobreAwsElement *element = root;

  for (const char *at = path; at != NULL && *at != '\0'; at = strchr (at, '/') != NULL ? strchr (at, '/') + 1 : NULL)
    {
      gsize length = strcspn (at, "/");
      GPtrArray *children = element->children;
      SobreAwsElement *last = children->len > 0 ? g_ptr_array_index (children, children->len - 1) : NULL;

      if (last == NULL || !last->is_open || strlen (last->name) != length || strncmp (last->name, at, length) != 0)
        {
          last = make_element (at, length);
          g_ptr_array_add (children, last);
        }
      element = last;
    }
  return element;
}

static void
leaf_cb (const char *path, const char *text, gpointer user_data)
{
  SobreAwsElement *element = open_element (user_data, path);

  g_set_str (&element->text, text);
  element->is_open = FALSE;
}

static void
end_cb (const char *path, const char *text, gpointer user_data)
{
  open_element (user_data, path)->is_open = FALSE;
}

const SobreAwsElement *
sobre_aws_element_find (const SobreAwsElement *self, const char *path)
{
  gsize length = strcspn (path, "/");

  if (*path == '\0')
    return self;
  for (guint i = 0; i < self->children->len; i++)
    {
      const SobreAwsElement *child = g_ptr_array_index (self->children, i);

      if (strlen (child->name) == length && strncmp (child->name, path, length) == 0)
        return sobre_aws_element_find (child, path[length] == '/' ? path + length + 1 : path + length);
    }
  return NULL;
}

const char *
sobre_aws_element_get (const SobreAwsElement *self, const char *path)
{
  const SobreAwsElement *found = sobre_aws_element_find (self, path);

  return found != NULL ? found->text : NULL;
}

guint
sobre_aws_element_count (const SobreAwsElement *self, const char *path)
{
  const SobreAwsElement *found = sobre_aws_element_find (self, path);

  return found != NULL ? found->children->len : 0;
}

const SobreAwsElement *
sobre_aws_element_child (const SobreAwsElement *self, const char *path, guint index)
{
  return g_ptr_array_index (sobre_aws_element_find (self, path)->children, index);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_object_unref (job->client);
  sobre_aws_request_unref (job->request);
  g_clear_object (&job->cancellable);
  g_free (job->result);
  g_free (job);
}

static DexFuture *
query_fiber (gpointer data)
{
  Job *job = data;
  GError *error = NULL;
  g_autoptr (SobreAwsElement) root = make_element ("", 0);
  g_autoptr (SobreHttpReply) reply =
      dex_await_boxed (sobre_aws_client_send (job->client, job->request, job->cancellable), &error);
  const SobreAwsElement *result;

  if (reply == NULL || !sobre_aws_reply_read_xml (reply, NULL, leaf_cb, end_cb, root, &error))
    return dex_future_new_for_error (error);
  result = sobre_aws_element_find (root, job->result);
  return dex_future_new_take_boxed (SOBRE_TYPE_AWS_ELEMENT,
                                    sobre_aws_element_ref (result != NULL ? (SobreAwsElement *) result : root));
}

DexFuture *
sobre_aws_query (SobreAwsClient *client,
                 SobreAwsService service,
                 const char *action,
                 GPtrArray *parameters,
                 GCancellable *cancellable)
{
  g_autoptr (GPtrArray) owned = parameters;
  Job *job = g_new0 (Job, 1);

  g_ptr_array_add (owned, NULL);
  job->client = g_object_ref (client);
  job->request = sobre_aws_request_new_query (service, action, (const char *const *) owned->pdata);
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  job->result = g_strconcat (action, "Result", NULL);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, query_fiber, job, job_free);
}

gboolean
sobre_aws_query_await_pages (SobreAwsClient *client,
                             SobreAwsService service,
                             const char *action,
                             GPtrArray *parameters,
                             guint max_pages,
                             SobreAwsPageFunction function,
                             gpointer user_data,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autofree char *token = NULL;

  for (guint page = 0; page < max_pages && (page == 0 || token != NULL); page++)
    {
      GPtrArray *all = sobre_aws_query_parameters ();
      g_autoptr (SobreAwsElement) reply = NULL;
      const char *next;

      for (guint i = 0; i + 1 < parameters->len; i += 2)
        sobre_aws_query_add (all, g_ptr_array_index (parameters, i), g_ptr_array_index (parameters, i + 1));
      sobre_aws_query_add (all, "NextToken", token);
      reply = dex_await_boxed (sobre_aws_query (client, service, action, all, cancellable), error);
      if (reply == NULL)
        return FALSE;
      if (!function (reply, user_data))
        return TRUE;
      next = sobre_aws_element_get (reply, "NextToken");
      g_set_str (&token, next != NULL && *next != '\0' ? next : NULL);
    }
  return TRUE;
}

GPtrArray *
sobre_aws_query_parameters (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

void
sobre_aws_query_add (GPtrArray *parameters, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_ptr_array_add (parameters, g_strdup (name));
  g_ptr_array_add (parameters, g_strdup (value));
}

void
sobre_aws_query_add_indexed (GPtrArray *parameters, const char *list, guint index, const char *member, const char *value)
{
  g_autofree char *name =
      g_strdup_printf ("%s.member.%u%s%s", list, index + 1, member != NULL ? "." : "", member != NULL ? member : "");

  sobre_aws_query_add (parameters, name, value);
}
