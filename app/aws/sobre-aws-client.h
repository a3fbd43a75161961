/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "aws/sobre-aws-error.h"
#include "aws/sobre-aws-request.h"
#include "aws/sobre-http.h"
#include "model/sobre-clock.h"
#include "model/sobre-random.h"

G_BEGIN_DECLS

#define SOBRE_TYPE_AWS_CLIENT (sobre_aws_client_get_type ())

/**
 * SobreAwsClient:
 *
 * Calls one service in one region: signs each attempt anew, repeats what may pass by the rules of sobre-retry.h within its own quota,
 * and mends, once each, a wrong clock, credentials that have run out and a bucket that lives in another region. May be used from any thread.
 */
G_DECLARE_FINAL_TYPE (SobreAwsClient, sobre_aws_client, SOBRE, AWS_CLIENT, GObject)

/**
 * SobreAwsMeans: what all clients of a program share.
 * @http: the network
 * @clock: signs, and times the waits
 * @random: jitter
 */
typedef struct
{
  SobreHttp *http;
  SobreClock *clock;
  SobreRandom *random;
} SobreAwsMeans;

/**
 * sobre_aws_client_new:
 * @means: copied, with references
 * @service: which one
 * @region: valid
 * @endpoint: (nullable): scheme and host; %NULL for the service's own in @region
 * @provider: (nullable): what calls are signed with; %NULL for calls that are not signed
 * @max_attempts: the first one included, at least 1
 */
SobreAwsClient *sobre_aws_client_new (const SobreAwsMeans *means,
                                      SobreAwsService service,
                                      const char *region,
                                      const char *endpoint,
                                      SobreCredentialsProvider *provider,
                                      guint max_attempts);

/**
 * sobre_aws_client_send:
 * @request: one call
 * @cancellable: (nullable)
 *
 * Returns: (transfer full): resolves to a SobreHttpReply of status 2xx or 304; rejects with %SOBRE_AWS_ERROR, where
 *   %SOBRE_AWS_ERROR_UNAVAILABLE means that no repeat helped, or %G_IO_ERROR_CANCELLED
 */
DexFuture *sobre_aws_client_send (SobreAwsClient *self, SobreAwsRequest *request, GCancellable *cancellable);

const char *sobre_aws_client_get_region (SobreAwsClient *self);

/** sobre_aws_client_get_endpoint: Returns: (nullable): as it was given */
const char *sobre_aws_client_get_endpoint (SobreAwsClient *self);

/** sobre_aws_client_get_clock_offset: Returns: milliseconds that the service's clock was found to be ahead of ours */
gint64 sobre_aws_client_get_clock_offset (SobreAwsClient *self);

G_END_DECLS
