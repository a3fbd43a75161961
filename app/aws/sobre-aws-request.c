/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-aws-request.h"

#include <string.h>

#include "aws/sobre-http-message.h"

#define DEADLINE_MS 60000

/* A body may hold a secret, such as a refresh token. */
static void
free_secret (gpointer data)
{
  explicit_bzero (data, strlen (data));
  g_free (data);
}

SobreAwsRequest *
sobre_aws_request_new (const char *method, const char *path)
{
  SobreAwsRequest *self = g_new0 (SobreAwsRequest, 1);

  self->method = g_strdup (method);
  self->path = g_strdup (path);
  self->query = g_ptr_array_new_with_free_func (g_free);
  self->headers = g_ptr_array_new_with_free_func (g_free);
  self->max_reply = SOBRE_HTTP_MAX_REPLY;
  self->deadline_ms = DEADLINE_MS;
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

static void
set_text_body (SobreAwsRequest *self, char *body)
{
  self->body = g_bytes_new_with_free_func (body, strlen (body), free_secret, body);
}

SobreAwsRequest *
sobre_aws_request_new_json (SobreAwsService service, const char *operation, char *body)
{
  const SobreAwsServiceInfo *info = sobre_aws_service_get_info (service);
  SobreAwsRequest *self = sobre_aws_request_new ("POST", "/");
  g_autofree char *target = g_strconcat (info->target, ".", operation, NULL);

  sobre_aws_request_add_header (self, "content-type", "application/x-amz-json-1.1");
  sobre_aws_request_add_header (self, "x-amz-target", target);
  set_text_body (self, body);
  return self;
}

SobreAwsRequest *
sobre_aws_request_new_query (SobreAwsService service, const char *operation, const char *const *parameters)
{
  const SobreAwsServiceInfo *info = sobre_aws_service_get_info (service);
  SobreAwsRequest *self = sobre_aws_request_new ("POST", "/");
  g_autoptr (GString) body = g_string_new (NULL);

  g_string_printf (body, "Action=%s&Version=%s", operation, info->version);
  for (guint i = 0; parameters[i] != NULL; i += 2)
    {
      g_autofree char *value = sobre_aws_uri_encode (parameters[i + 1], FALSE);

      g_string_append_printf (body, "&%s=%s", parameters[i], value);
    }
  sobre_aws_request_add_header (self, "content-type", "application/x-www-form-urlencoded; charset=utf-8");
  set_text_body (self, g_strdup (body->str));
  return self;
}

SobreAwsRequest *
sobre_aws_request_ref (SobreAwsRequest *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sobre_aws_request_unref (SobreAwsRequest *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->method);
  g_free (self->host_prefix);
  g_free (self->path);
  g_ptr_array_unref (self->query);
  g_ptr_array_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

void
sobre_aws_request_add_query (SobreAwsRequest *self, const char *name, const char *value)
{
  g_autofree char *left = sobre_aws_uri_encode (name, FALSE);
  g_autofree char *right = sobre_aws_uri_encode (value != NULL ? value : "", FALSE);

  g_ptr_array_add (self->query, g_strconcat (left, "=", right, NULL));
}

void
sobre_aws_request_add_header (SobreAwsRequest *self, const char *name, const char *value)
{
  g_ptr_array_add (self->headers, g_strdup (name));
  g_ptr_array_add (self->headers, g_strdup (value));
}

char *
sobre_aws_request_dup_url (const SobreAwsRequest *self, const char *endpoint)
{
  gboolean slash = g_str_has_suffix (endpoint, "/");
  GString *url = g_string_new_len (endpoint, (gssize) (strlen (endpoint) - (slash ? 1 : 0)));

  g_string_append (url, self->path);
  for (guint i = 0; i < self->query->len; i++)
    g_string_append_printf (url, "%c%s", i == 0 ? '?' : '&', (const char *) g_ptr_array_index (self->query, i));
  return g_string_free_and_steal (url);
}
