/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "aws/sobre-aws-service.h"

G_BEGIN_DECLS

/**
 * SobreAwsRequest:
 * @host_prefix: (nullable): what stands before the service's own host, "bucket"; not before an endpoint that was given
 * @path: percent-encoded, begins with a slash
 * @query: (element-type utf8): "name=value", each side percent-encoded
 * @headers: (element-type utf8): name, value, name, value, …
 * @body: (nullable)
 * @max_reply: bytes of the reply's body at most
 * @deadline_ms: for one attempt
 * @max_bytes_per_second: how fast the reply may come; 0 for as fast as it does
 * @is_resumable: a repeat asks for what is still missing; the request must name the version it wants
 *
 * One call to a service, without host, time and signature, so that each attempt can be signed anew. It must not change once it is sent.
 */
typedef struct
{
  char *method;
  char *host_prefix;
  char *path;
  GPtrArray *query;
  GPtrArray *headers;
  GBytes *body;
  gsize max_reply;
  guint deadline_ms;
  guint64 max_bytes_per_second;
  gboolean is_resumable;
  gatomicrefcount ref_count;
} SobreAwsRequest;

/** sobre_aws_request_new: @path: percent-encoded */
SobreAwsRequest *sobre_aws_request_new (const char *method, const char *path);

/** sobre_aws_request_new_json: a call of a JSON protocol. @operation: "StartQueryExecution" · @body: (transfer full): its document's text */
SobreAwsRequest *sobre_aws_request_new_json (SobreAwsService service, const char *operation, char *body);

/** sobre_aws_request_new_query: a call of a query protocol. @parameters: (array zero-terminated=1): name, value, … as they are */
SobreAwsRequest *sobre_aws_request_new_query (SobreAwsService service, const char *operation, const char *const *parameters);

SobreAwsRequest *sobre_aws_request_ref (SobreAwsRequest *self);
void sobre_aws_request_unref (SobreAwsRequest *self);

/** sobre_aws_request_add_query: @name, @value: as they are; @value: (nullable) for a name alone */
void sobre_aws_request_add_query (SobreAwsRequest *self, const char *name, const char *value);
void sobre_aws_request_add_header (SobreAwsRequest *self, const char *name, const char *value);

/** sobre_aws_request_dup_url: @endpoint: scheme and host, perhaps with a path. Returns: (transfer full): the whole address */
char *sobre_aws_request_dup_url (const SobreAwsRequest *self, const char *endpoint);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreAwsRequest, sobre_aws_request_unref)

G_END_DECLS
