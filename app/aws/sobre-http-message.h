/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-credentials.h"

G_BEGIN_DECLS

#define SOBRE_HTTP_MAX_REPLY ((gsize) 16 << 20) /* bytes of a reply's body, unless the request allows more */

/**
 * SobreHttpRequest:
 * @method: "GET"
 * @url: whole, with everything percent-encoded that has to be
 * @headers: (element-type utf8): "name: value"
 * @body: (nullable)
 * @max_reply: bytes of the reply's body at most
 * @deadline_ms: for the whole exchange
 * @max_bytes_per_second: how fast the reply may come; 0 for as fast as it does
 *
 * One exchange. It must not change once it is sent.
 */
typedef struct
{
  char *method;
  char *url;
  GPtrArray *headers;
  GBytes *body;
  gsize max_reply;
  guint deadline_ms;
  guint64 max_bytes_per_second;
  gatomicrefcount ref_count;
} SobreHttpRequest;

SobreHttpRequest *sobre_http_request_new (const char *method, const char *url);
SobreHttpRequest *sobre_http_request_ref (SobreHttpRequest *self);
void sobre_http_request_unref (SobreHttpRequest *self);

/** sobre_http_request_add_header: @value: printable ASCII; a line's end in it is a programming error */
void sobre_http_request_add_header (SobreHttpRequest *self, const char *name, const char *value);

/**
 * sobre_http_request_sign:
 * @now_ms: when it is signed, by the service's clock, milliseconds since the epoch
 *
 * Adds the headers of AWS Signature Version 4. The last thing before it is sent: what is added later is not signed.
 */
void sobre_http_request_sign (SobreHttpRequest *self,
                              const SobreCredentials *credentials,
                              const char *service,
                              const char *region,
                              gint64 now_ms);

/**
 * SobreHttpFailure: how an exchange broke.
 * @SOBRE_HTTP_FAILURE_NONE: it did not: status, headers and body are whole
 * @SOBRE_HTTP_FAILURE_NETWORK: no connection, a reset, a time-out, a body that is too short; may pass
 * @SOBRE_HTTP_FAILURE_TLS: the peer is not who it should be
 * @SOBRE_HTTP_FAILURE_TOO_LARGE: the body is larger than the request allows
 * @SOBRE_HTTP_FAILURE_REFUSED: the address is none that may be asked
 */
typedef enum
{
  SOBRE_HTTP_FAILURE_NONE,
  SOBRE_HTTP_FAILURE_NETWORK,
  SOBRE_HTTP_FAILURE_TLS,
  SOBRE_HTTP_FAILURE_TOO_LARGE,
  SOBRE_HTTP_FAILURE_REFUSED,
} SobreHttpFailure;

/**
 * SobreHttpReply:
 * @failure: whether the exchange came to its end
 * @message: (nullable): what broke, for people
 * @status: 0 when no reply came
 * @headers: (element-type utf8 utf8): by name in lower case; of a repeated header the last one
 * @body: what came of it: after a failure perhaps only its beginning
 *
 * Immutable.
 */
typedef struct
{
  SobreHttpFailure failure;
  char *message;
  guint status;
  GHashTable *headers;
  GBytes *body;
  gatomicrefcount ref_count;
} SobreHttpReply;

#define SOBRE_TYPE_HTTP_REPLY (sobre_http_reply_get_type ())
GType sobre_http_reply_get_type (void);
SobreHttpReply *sobre_http_reply_new (void);
SobreHttpReply *sobre_http_reply_ref (SobreHttpReply *self);
void sobre_http_reply_unref (SobreHttpReply *self);

/** sobre_http_reply_get_header: @name: in lower case. Returns: (nullable) */
const char *sobre_http_reply_get_header (const SobreHttpReply *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreHttpRequest, sobre_http_request_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreHttpReply, sobre_http_reply_unref)

G_END_DECLS
