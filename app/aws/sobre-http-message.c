/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-http-message.h"

#include <string.h>

#include "aws/sobre-aws-signature.h"

#define DEADLINE_MS 60000

G_DEFINE_BOXED_TYPE (SobreHttpReply, sobre_http_reply, sobre_http_reply_ref, sobre_http_reply_unref)

/* Headers may hold a session token. */
static void
free_header (gpointer data)
{
  char *header = data;

  explicit_bzero (header, strlen (header));
  g_free (header);
}

SobreHttpRequest *
sobre_http_request_new (const char *method, const char *url)
{
  SobreHttpRequest *self = g_new0 (SobreHttpRequest, 1);

  self->method = g_strdup (method);
  self->url = g_strdup (url);
  self->headers = g_ptr_array_new_with_free_func (free_header);
  self->max_reply = SOBRE_HTTP_MAX_REPLY;
  self->deadline_ms = DEADLINE_MS;
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

SobreHttpRequest *
sobre_http_request_ref (SobreHttpRequest *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sobre_http_request_unref (SobreHttpRequest *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->method);
  g_free (self->url);
  g_ptr_array_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

void
sobre_http_request_add_header (SobreHttpRequest *self, const char *name, const char *value)
{
  g_return_if_fail (strpbrk (value, "\r\n") == NULL);

  g_ptr_array_add (self->headers, g_strdup_printf ("%s: %s", name, value));
}

void
sobre_http_request_sign (SobreHttpRequest *self,
                         const SobreCredentials *credentials,
                         const char *service,
                         const char *region,
                         gint64 now_ms)
{
  SobreAwsSignable signable = { self->method, self->url, self->headers, self->body, service, region, now_ms };
  GPtrArray *added = sobre_aws_signature_make (&signable, credentials);

  g_ptr_array_extend_and_steal (self->headers, added);
}

SobreHttpReply *
sobre_http_reply_new (void)
{
  SobreHttpReply *self = g_new0 (SobreHttpReply, 1);

  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

SobreHttpReply *
sobre_http_reply_ref (SobreHttpReply *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sobre_http_reply_unref (SobreHttpReply *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->message);
  g_hash_table_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

const char *
sobre_http_reply_get_header (const SobreHttpReply *self, const char *name)
{
  return g_hash_table_lookup (self->headers, name);
}
