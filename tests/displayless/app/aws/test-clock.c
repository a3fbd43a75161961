/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A computer whose clock is wrong: every service refuses what it signs, in its own words, and takes it when it is signed for the right time. */

#include <string.h>

#include "aws/sobre-s3.h"
#include "aws/sobre-sts.h"
#include "fake-service.h"

#define NOW G_GINT64_CONSTANT (1795867200000) /* 2026-11-28 12:00:00 UTC */
#define STAMP "20261128T120000Z"
#define DATE "Date: Sat, 28 Nov 2026 12:00:00 GMT\r\n"
#define BODY_BYTES 200000
#define N_AT_ONCE 6

/** Refusal: how a service says that the time is wrong. @answer: what it says to a request with the right time */
typedef struct
{
  SobreAwsService service;
  guint status;
  const char *refusal;
  const char *headers;
  const char *answer;
} Refusal;

#define JSON(code) "{\"__type\": \"com.amazonaws.athena#" code "\", \"message\": \"Signature expired\"}"
#define QUERY(code) "<ErrorResponse><Error><Type>Sender</Type><Code>" code "</Code><Message>m</Message></Error></ErrorResponse>"
#define XML(code) "<Error><Code>" code "</Code><Message>m</Message></Error>"
#define IDENTITY                                                                                                               \
  "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/a</Arn><UserId>u</UserId><Account>1</Account>" \
  "</GetCallerIdentityResult></GetCallerIdentityResponse>"

static const Refusal refusals[] = {
  { SOBRE_AWS_S3, 403, XML ("RequestTimeTooSkewed"), "ETag: \"e\"\r\n", "" },
  { SOBRE_AWS_S3, 403, XML ("SignatureDoesNotMatch"), "ETag: \"e\"\r\n", "" },
  { SOBRE_AWS_STS, 403, QUERY ("SignatureDoesNotMatch"), NULL, IDENTITY },
  { SOBRE_AWS_STS, 400, QUERY ("RequestExpired"), NULL, IDENTITY },
  { SOBRE_AWS_ATHENA, 400, JSON ("InvalidSignatureException"), NULL, "{}" },
  { SOBRE_AWS_ATHENA, 400, JSON ("RequestInTheFuture"), NULL, "{}" },
  { SOBRE_AWS_ATHENA, 401, JSON ("AuthFailure"), NULL, "{}" },
};

/** Seen: what the service saw. @bodies: (element-type utf8): a hash of each body, in their order */
typedef struct
{
  const Refusal *refusal;
  GPtrArray *bodies;
} Seen;

static void
judge_cb (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  Seen *seen = user_data;
  g_autofree char *stamp = fake_service_dup_header (head, "x-amz-date");
  g_autofree char *length = fake_service_dup_header (head, "content-length");
  gsize n = length != NULL ? (gsize) g_ascii_strtoull (length, NULL, 10) : 0;

  g_ptr_array_add (seen->bodies, g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) body, n));
  if (g_strcmp0 (stamp, STAMP) == 0)
    {
      g_autofree char *headers = g_strconcat (DATE, seen->refusal->headers, NULL);

      fake_service_append (reply, 200, headers, seen->refusal->answer);
    }
  else
    fake_service_append (reply, seen->refusal->status, DATE, seen->refusal->refusal);
}

static SobreAwsClient *
make_client (FakeService *service, const SobreAwsMeans *means, SobreCredentialsProvider *provider, SobreAwsService which)
{
  return sobre_aws_client_new (means, which, "eu-central-1", fake_service_get_endpoint (service), provider, 3);
}

/* A call with a body, as the service takes it. */
static DexFuture *
call (SobreAwsClient *client, SobreAwsService which)
{
  g_autofree char *text = g_strnfill (BODY_BYTES, 'x');
  g_autoptr (GBytes) body = NULL;
  g_autoptr (SobreAwsRequest) request = NULL;

  if (which == SOBRE_AWS_STS)
    return sobre_sts_get_caller_identity (client, NULL);
  if (which == SOBRE_AWS_S3)
    {
      body = g_bytes_new (text, BODY_BYTES);
      return sobre_s3_put (client, "bucket", "raw/a", body, NULL, NULL, NULL);
    }
  request = sobre_aws_request_new_json (which, "StartQueryExecution", g_strdup_printf ("{\"QueryString\": \"%s\"}", text));
  return sobre_aws_client_send (client, request, NULL);
}

static void
check_refusal (const Refusal *refusal, gint64 off)
{
  Seen seen = { refusal, g_ptr_array_new_with_free_func (g_free) };
  g_autoptr (FakeService) service = fake_service_new (judge_cb, &seen);
  g_autoptr (SobreAwsMeans) means = fake_means_new (NOW + off);
  g_autoptr (SobreCredentialsProvider) provider = fixed_provider_new ();
  g_autoptr (SobreAwsClient) client = make_client (service, means, provider, refusal->service);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (DexFuture) future = call (client, refusal->service);
      g_autoptr (GError) error = NULL;

      wait_for (future, &error);
      g_assert_no_error (error);
    }
  /* One request more than there are calls, and each with the whole body. */
  g_assert_cmpuint (fake_service_get_n_requests (service), ==, 3);
  for (guint i = 1; i < seen.bodies->len; i++)
    g_assert_cmpstr (g_ptr_array_index (seen.bodies, i), ==, g_ptr_array_index (seen.bodies, 0));
  g_ptr_array_unref (seen.bodies);
}

static void
test_every_service_is_asked_again (void)
{
  static const gint64 offs[] = { -1200000, 1200000, -2 * 86400000, 2 * 86400000 };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    for (guint j = 0; j < G_N_ELEMENTS (offs); j++)
      check_refusal (&refusals[i], offs[j]);
}

/* Calls that were under way together are all refused; all of them are sent again. */
static void
test_calls_that_were_under_way (void)
{
  Seen seen = { &refusals[4], g_ptr_array_new_with_free_func (g_free) };
  g_autoptr (FakeService) service = fake_service_new (judge_cb, &seen);
  g_autoptr (SobreAwsMeans) means = fake_means_new (NOW + 1200000);
  g_autoptr (SobreCredentialsProvider) provider = fixed_provider_new ();
  g_autoptr (SobreAwsClient) client = make_client (service, means, provider, SOBRE_AWS_ATHENA);
  DexFuture *futures[N_AT_ONCE];

  for (guint i = 0; i < N_AT_ONCE; i++)
    futures[i] = call (client, SOBRE_AWS_ATHENA);
  for (guint i = 0; i < N_AT_ONCE; i++)
    {
      g_autoptr (GError) error = NULL;

      wait_for (futures[i], &error);
      g_assert_no_error (error);
      dex_unref (futures[i]);
    }
  g_assert_cmpuint (fake_service_get_n_requests (service), <=, 2 * N_AT_ONCE);
  g_ptr_array_unref (seen.bodies);
}

/* A service that goes on refusing is not asked for ever. */
static void
stubborn_cb (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  fake_service_append (reply, 400, DATE, JSON ("InvalidSignatureException"));
}

static void
test_only_once_a_call (void)
{
  g_autoptr (FakeService) service = fake_service_new (stubborn_cb, NULL);
  g_autoptr (SobreAwsMeans) means = fake_means_new (NOW + 1200000);
  g_autoptr (SobreCredentialsProvider) provider = fixed_provider_new ();
  g_autoptr (SobreAwsClient) client = make_client (service, means, provider, SOBRE_AWS_ATHENA);
  g_autoptr (DexFuture) future = call (client, SOBRE_AWS_ATHENA);
  g_autoptr (GError) error = NULL;

  g_assert_null (wait_for (future, &error));
  g_assert_error (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CREDENTIALS);
  g_assert_cmpuint (fake_service_get_n_requests (service), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/aws/clock/every-service-is-asked-again", test_every_service_is_asked_again);
  g_test_add_func ("/aws/clock/calls-that-were-under-way", test_calls_that_were_under_way);
  g_test_add_func ("/aws/clock/only-once-a-call", test_only_once_a_call);
  return g_test_run ();
}
