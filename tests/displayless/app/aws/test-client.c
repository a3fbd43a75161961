/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "fake-service.h"

#define NOW G_GINT64_CONSTANT (1795867200000) /* 2026-11-28 12:00:00 UTC */
#define DATE_NOW "Date: Sat, 28 Nov 2026 12:00:00 GMT\r\n"

static SobreAwsClient *
make_client (FakeService *service, const SobreAwsMeans *means, SobreCredentialsProvider *provider)
{
  return sobre_aws_client_new (means, SOBRE_AWS_ATHENA, "eu-central-1", fake_service_get_endpoint (service), provider, 3);
}

static char *
call (SobreAwsClient *client, GError **error)
{
  g_autoptr (SobreAwsRequest) request = sobre_aws_request_new_json (SOBRE_AWS_ATHENA, "GetQueryExecution", g_strdup ("{}"));
  g_autoptr (DexFuture) future = sobre_aws_client_send (client, request, NULL);
  const GValue *value = wait_for (future, error);
  const SobreHttpReply *reply = value != NULL ? g_value_get_boxed (value) : NULL;

  return reply != NULL ? g_strndup (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body)) : NULL;
}

static void
fail_twice_cb (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  fake_service_append (reply, number <= 2 ? 503 : 200, NULL, number <= 2 ? "" : "{\"done\": true}");
}

static void
test_repeats_until_it_works (void)
{
  g_autoptr (FakeService) service = fake_service_new (fail_twice_cb, NULL);
  g_autoptr (SobreAwsMeans) means = fake_means_new (NOW);
  g_autoptr (SobreCredentialsProvider) provider = fixed_provider_new ();
  g_autoptr (SobreAwsClient) client = make_client (service, means, provider);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = call (client, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "{\"done\": true}");
  g_assert_cmpuint (fake_service_get_n_requests (service), ==, 3);
}

static void
fail_cb (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  const char *code = user_data;
  g_autofree char *text = g_strdup_printf ("{\"__type\": \"com.amazonaws.athena#%s\", \"message\": \"no\"}", code);

  fake_service_append (reply, strcmp (code, "ThrottlingException") == 0 ? 400 : 503, NULL, text);
}

/* 1,000 calls to a service that always fails: the quota keeps them from becoming 3,000 requests. */
static void
count_requests (const char *code, SobreAwsErrorCode expected, guint at_most)
{
  g_autoptr (FakeService) service = fake_service_new (fail_cb, (gpointer) code);
  g_autoptr (SobreAwsMeans) means = fake_means_new (NOW);
  g_autoptr (SobreCredentialsProvider) provider = fixed_provider_new ();
  g_autoptr (SobreAwsClient) client = make_client (service, means, provider);

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = call (client, &error);

      g_assert_null (text);
      g_assert_error (error, SOBRE_AWS_ERROR, (int) expected);
      g_assert_cmpstr (sobre_aws_error_get_aws_code (error), ==, code);
    }
  g_test_message ("1,000 calls that always meet %s: %u requests", code, fake_service_get_n_requests (service));
  g_assert_cmpuint (fake_service_get_n_requests (service), >, 1000);
  g_assert_cmpuint (fake_service_get_n_requests (service), <=, at_most);
}

static void
test_quota_bounds_the_repeats (void)
{
  count_requests ("InternalServerException", SOBRE_AWS_ERROR_UNAVAILABLE, 1035);
  count_requests ("ThrottlingException", SOBRE_AWS_ERROR_UNAVAILABLE, 1100);
  count_requests ("SlowDown", SOBRE_AWS_ERROR_UNAVAILABLE, 1100);
}

static void
refuse_cb (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  fake_service_append (reply, 400, NULL,
                       "{\"__type\": \"InvalidRequestException\", \"message\": \"line 1: \\u001b[31mmismatched\"}");
}

static void
test_refusal_is_not_repeated (void)
{
  g_autoptr (FakeService) service = fake_service_new (refuse_cb, NULL);
  g_autoptr (SobreAwsMeans) means = fake_means_new (NOW);
  g_autoptr (SobreCredentialsProvider) provider = fixed_provider_new ();
  g_autoptr (SobreAwsClient) client = make_client (service, means, provider);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = call (client, &error);

  g_assert_null (text);
  g_assert_error (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_REFUSED);
  g_assert_cmpstr (error->message, ==, "athena answered InvalidRequestException: line 1:  [31mmismatched");
  g_assert_cmpuint (fake_service_get_n_requests (service), ==, 1);
}

static void
skew_cb (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  g_autofree char *date = fake_service_dup_header (head, "x-amz-date");

  if (g_strcmp0 (date, "20261128T120000Z") == 0)
    fake_service_append (reply, 200, DATE_NOW, "{}");
  else
    fake_service_append (reply, 400, DATE_NOW,
                         "{\"__type\": \"InvalidSignatureException\", \"message\": \"Signature expired\"}");
}

/* A clock that is off costs one request more, and only the first time. */
static void
test_wrong_clock_is_mended_once (void)
{
  static const gint64 offs[] = { -1200000, 1200000, -2 * 86400000, 2 * 86400000 };

  for (guint i = 0; i < G_N_ELEMENTS (offs); i++)
    {
      g_autoptr (FakeService) service = fake_service_new (skew_cb, NULL);
      g_autoptr (SobreAwsMeans) means = fake_means_new (NOW + offs[i]);
      g_autoptr (SobreCredentialsProvider) provider = fixed_provider_new ();
      g_autoptr (SobreAwsClient) client = make_client (service, means, provider);

      for (guint n = 0; n < 3; n++)
        {
          g_autoptr (GError) error = NULL;
          g_autofree char *text = call (client, &error);

          g_assert_no_error (error);
        }
      g_assert_cmpuint (fake_service_get_n_requests (service), ==, 4);
      g_assert_cmpint (sobre_aws_client_get_clock_offset (client), ==, -offs[i]);
    }
}

/* With the right time a refused signature is a wrong secret: said at once. */
static void
test_wrong_secret_is_not_repeated (void)
{
  g_autoptr (FakeService) service = fake_service_new (skew_cb, NULL);
  g_autoptr (SobreAwsMeans) means = fake_means_new (NOW + 60000);
  g_autoptr (SobreCredentialsProvider) provider = fixed_provider_new ();
  g_autoptr (SobreAwsClient) client = make_client (service, means, provider);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = call (client, &error);

  g_assert_null (text);
  g_assert_error (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CREDENTIALS);
  g_assert_cmpuint (fake_service_get_n_requests (service), ==, 1);
}

static void
expire_once_cb (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  if (number == 1)
    fake_service_append (reply, 400, DATE_NOW, "{\"__type\": \"ExpiredTokenException\"}");
  else
    fake_service_append (reply, 200, NULL, "{}");
}

static void
test_expired_credentials_are_renewed_once (void)
{
  g_autoptr (FakeService) service = fake_service_new (expire_once_cb, NULL);
  g_autoptr (SobreAwsMeans) means = fake_means_new (NOW);
  g_autoptr (SobreCredentialsProvider) provider = fixed_provider_new ();
  g_autoptr (SobreAwsClient) client = make_client (service, means, provider);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = call (client, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (fixed_provider_get_n_renewed (provider), ==, 1);
  g_assert_cmpuint (fake_service_get_n_requests (service), ==, 2);
}

/* What was refused is not sent again with the same keys. */
static void
test_expired_credentials_that_nobody_renews (void)
{
  g_autoptr (FakeService) service = fake_service_new (expire_once_cb, NULL);
  g_autoptr (SobreAwsMeans) means = fake_means_new (NOW);
  g_autoptr (SobreCredentialsProvider) provider = fixed_provider_new ();
  g_autoptr (SobreAwsClient) client = make_client (service, means, provider);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  fixed_provider_stay (provider);
  text = call (client, &error);
  g_assert_null (text);
  g_assert_error (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CREDENTIALS);
  g_assert_cmpuint (fake_service_get_n_requests (service), ==, 1);
}

static void
close_cb (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
}

static void
test_silence_is_unavailable (void)
{
  g_autoptr (FakeService) service = fake_service_new (close_cb, NULL);
  g_autoptr (SobreAwsMeans) means = fake_means_new (NOW);
  g_autoptr (SobreAwsClient) client = make_client (service, means, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = call (client, &error);

  g_assert_null (text);
  g_assert_error (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_UNAVAILABLE);
  g_assert_cmpuint (fake_service_get_n_requests (service), >=, 3);
}

static void
hang_cb (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  GCancellable *cancellable = user_data;

  g_cancellable_cancel (cancellable);
  g_usleep (G_USEC_PER_SEC / 2);
}

static void
test_cancel_ends_a_call (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (FakeService) service = fake_service_new (hang_cb, cancellable);
  g_autoptr (SobreAwsMeans) means = fake_means_new (NOW);
  g_autoptr (SobreAwsClient) client = make_client (service, means, NULL);
  g_autoptr (SobreAwsRequest) request = sobre_aws_request_new_json (SOBRE_AWS_ATHENA, "X", g_strdup ("{}"));
  g_autoptr (DexFuture) future = sobre_aws_client_send (client, request, cancellable);
  g_autoptr (GError) error = NULL;

  g_assert_null (wait_for (future, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fake_service_get_n_requests (service), <=, 1);
}

static void
test_only_safe_addresses (void)
{
  g_assert_true (sobre_http_url_is_allowed ("https://s3.eu-central-1.amazonaws.com/"));
  g_assert_true (sobre_http_url_is_allowed ("http://127.0.0.1:4566/x"));
  g_assert_true (sobre_http_url_is_allowed ("http://[::1]:4566/x"));
  g_assert_true (sobre_http_url_is_allowed ("http://localhost:4566"));
  g_assert_false (sobre_http_url_is_allowed ("http://169.254.169.254/latest/meta-data/"));
  g_assert_false (sobre_http_url_is_allowed ("http://localhost.evil.example/"));
  g_assert_false (sobre_http_url_is_allowed ("http://127.0.0.1@evil.example/"));
  g_assert_false (sobre_http_url_is_allowed ("https://user:word@host.example/"));
  g_assert_false (sobre_http_url_is_allowed ("file:///etc/passwd"));
  g_assert_false (sobre_http_url_is_allowed ("ftp://127.0.0.1/"));
  g_assert_false (sobre_http_url_is_allowed (""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add_func ("/aws/client/repeats-until-it-works", test_repeats_until_it_works);
  g_test_add_func ("/aws/client/quota-bounds-the-repeats", test_quota_bounds_the_repeats);
  g_test_add_func ("/aws/client/refusal-is-not-repeated", test_refusal_is_not_repeated);
  g_test_add_func ("/aws/client/wrong-clock-is-mended-once", test_wrong_clock_is_mended_once);
  g_test_add_func ("/aws/client/wrong-secret-is-not-repeated", test_wrong_secret_is_not_repeated);
  g_test_add_func ("/aws/client/expired-credentials-are-renewed-once", test_expired_credentials_are_renewed_once);
  g_test_add_func ("/aws/client/expired-credentials-that-nobody-renews", test_expired_credentials_that_nobody_renews);
  g_test_add_func ("/aws/client/silence-is-unavailable", test_silence_is_unavailable);
  g_test_add_func ("/aws/client/cancel-ends-a-call", test_cancel_ends_a_call);
  g_test_add_func ("/aws/client/only-safe-addresses", test_only_safe_addresses);
  return g_test_run ();
}
