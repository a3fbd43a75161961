/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When a failed call is repeated, and how long that waits: the "standard" mode that all AWS SDKs share, with the figures that have been
 * the default since November 2026 (AWS SDKs and Tools Reference Guide, "Retry behavior"). docs/aws.md has the table. */

/** SobreRetryKind: @SOBRE_RETRY_TRANSIENT: the service or the way to it stumbled · @SOBRE_RETRY_THROTTLING: too many calls */
typedef enum
{
  SOBRE_RETRY_NEVER,
  SOBRE_RETRY_TRANSIENT,
  SOBRE_RETRY_THROTTLING,
} SobreRetryKind;

#define SOBRE_RETRY_ATTEMPTS 3 /* the first one included */

/**
 * sobre_retry_classify:
 * @status: HTTP status of the reply
 * @aws_code: (nullable): the service's code, which decides before the status
 */
SobreRetryKind sobre_retry_classify (guint status, const char *aws_code);

/**
 * sobre_retry_get_delay:
 * @kind: not %SOBRE_RETRY_NEVER
 * @retry: 1 for the first repeat
 * @random: 0 to 1
 * @hint_ms: what the server asks for, 0 for nothing
 *
 * Full jitter: @random times the step, which doubles up to 20 s. A hint can lengthen it, by 5 s at most.
 *
 * Returns: milliseconds
 */
gint64 sobre_retry_get_delay (SobreRetryKind kind, guint retry, double random, gint64 hint_ms);

/**
 * sobre_retry_read_hint:
 * @amz_header: (nullable): x-amz-retry-after, milliseconds
 * @http_header: (nullable): Retry-After, seconds
 *
 * Returns: milliseconds; 0 where there is none or it is no number
 */
gint64 sobre_retry_read_hint (const char *amz_header, const char *http_header);

/**
 * SobreRetryQuota:
 *
 * What one client may spend on repeats, so that a service that fails for everybody is not buried by its callers: 500 tokens, of which
 * a transient repeat takes 14 and a throttled one 5. May be used from several threads.
 */
typedef struct _SobreRetryQuota SobreRetryQuota;

SobreRetryQuota *sobre_retry_quota_new (void);
void sobre_retry_quota_free (SobreRetryQuota *self);

/** sobre_retry_quota_take: Returns: what the repeat cost, which a success gives back; 0 when there is too little left: do not repeat */
guint sobre_retry_quota_take (SobreRetryQuota *self, SobreRetryKind kind);

/** sobre_retry_quota_give_back: after a success; @cost: of the last repeat, 0 when there was none, which gives one token */
void sobre_retry_quota_give_back (SobreRetryQuota *self, guint cost);
guint sobre_retry_quota_get_left (SobreRetryQuota *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SobreRetryQuota, sobre_retry_quota_free)

G_END_DECLS
