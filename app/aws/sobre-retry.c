/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-retry.h"

#define TRANSIENT_BASE_MS 50
#define THROTTLING_BASE_MS 1000
#define CAP_MS 20000
#define HINT_MARGIN_MS 5000
#define QUOTA 500
#define TRANSIENT_COST 14
#define THROTTLING_COST 5
#define MAX_STEPS 20 /* doublings after which every base is over the cap */

struct _SobreRetryQuota
{
  GMutex mutex;
  guint left;
};

SobreRetryKind
sobre_retry_classify (guint status, const char *aws_code)
{
  static const char *const throttling[] = { "Throttling",
                                            "ThrottlingException",
                                            "ThrottledException",
                                            "RequestThrottledException",
                                            "RequestThrottled",
                                            "TooManyRequestsException",
                                            "ProvisionedThroughputExceededException",
                                            "TransactionInProgressException",
                                            "RequestLimitExceeded",
                                            "BandwidthLimitExceeded",
                                            "LimitExceededException",
                                            "SlowDown",
                                            "EC2ThrottledException",
                                            "PriorRequestNotComplete",
                                            NULL };
  static const char *const transient[] = { "RequestTimeout",
                                           "RequestTimeoutException",
                                           "InternalError",
                                           "InternalFailure",
                                           "InternalServerError",
                                           "ServiceUnavailable",
                                           "ServiceUnavailableException",
                                           "IDPCommunicationError",
                                           NULL };

  if (aws_code != NULL && g_strv_contains (throttling, aws_code))
    return SOBRE_RETRY_THROTTLING;
  if (aws_code != NULL && g_strv_contains (transient, aws_code))
    return SOBRE_RETRY_TRANSIENT;
  if (status == 429)
    return SOBRE_RETRY_THROTTLING;
  return status == 500 || status == 502 || status == 503 || status == 504 ? SOBRE_RETRY_TRANSIENT : SOBRE_RETRY_NEVER;
}

gint64
sobre_retry_get_delay (SobreRetryKind kind, guint retry, double random, gint64 hint_ms)
{
  gint64 base = kind == SOBRE_RETRY_THROTTLING ? THROTTLING_BASE_MS : TRANSIENT_BASE_MS;
  gint64 step = MIN (base << MIN (retry - 1, MAX_STEPS), CAP_MS);
  gint64 delay = (gint64) ((double) step * random);

  g_return_val_if_fail (retry >= 1, 0);
  return hint_ms > 0 ? MAX (delay, MIN (hint_ms, delay + HINT_MARGIN_MS)) : delay;
}

static gint64
read_number (const char *header)
{
  guint64 number;

  return header != NULL && g_ascii_string_to_unsigned (header, 10, 0, G_MAXINT32, &number, NULL) ? (gint64) number : 0;
}

gint64
sobre_retry_read_hint (const char *amz_header, const char *http_header)
{
  gint64 hint = read_number (amz_header);

  return hint > 0 ? hint : read_number (http_header) * 1000;
}

SobreRetryQuota *
sobre_retry_quota_new (void)
{
  SobreRetryQuota *self = g_new0 (SobreRetryQuota, 1);

  g_mutex_init (&self->mutex);
  self->left = QUOTA;
  return self;
}

void
sobre_retry_quota_free (SobreRetryQuota *self)
{
  g_mutex_clear (&self->mutex);
  g_free (self);
}

guint
sobre_retry_quota_take (SobreRetryQuota *self, SobreRetryKind kind)
{
  guint cost = kind == SOBRE_RETRY_THROTTLING ? THROTTLING_COST : TRANSIENT_COST;

  g_mutex_lock (&self->mutex);
  if (self->left >= cost)
    self->left -= cost;
  else
    cost = 0;
  g_mutex_unlock (&self->mutex);
  return cost;
}

void
sobre_retry_quota_give_back (SobreRetryQuota *self, guint cost)
{
  g_mutex_lock (&self->mutex);
  self->left = MIN (self->left + MAX (cost, 1), QUOTA);
  g_mutex_unlock (&self->mutex);
}

guint
sobre_retry_quota_get_left (SobreRetryQuota *self)
{
  guint left;

  g_mutex_lock (&self->mutex);
  left = self->left;
  g_mutex_unlock (&self->mutex);
  return left;
}
