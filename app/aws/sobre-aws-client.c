/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-aws-client.h"

#include <curl/curl.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-aws-reply.h"
#include "aws/sobre-retry.h"

#define MAX_SKEW_MS (300 * 1000) /* below this a refusal has another reason than the clock */

#define PROGRESS_BYTES 65536 /* an attempt that brings as much was no failure */

struct _SobreAwsClient
{
  GObject parent_instance;

  SobreAwsMeans means;
  SobreAwsService service;
  char *region;
  char *endpoint;
  SobreCredentialsProvider *provider;
  guint max_attempts;
  SobreRetryQuota *quota;
  gint64 clock_offset; /* atomic */
};

G_DEFINE_FINAL_TYPE (SobreAwsClient, sobre_aws_client, G_TYPE_OBJECT)

/**
 * Call: one call and what has happened to it.
 * @cost: of the last repeat
 * @broken: (nullable): of a resumable call the reply that broke first, whose headers speak of the whole
 * @received: what has come of its body
 * @credentials: (nullable): what the last attempt was signed with
 * @renewed: (nullable): what the next one is to be signed with
 * @clock_offset: what was added to our clock when the last attempt was signed, milliseconds
 * @mended_clock: each of these is done once at most
 */
typedef struct
{
  SobreAwsClient *client;
  SobreAwsRequest *request;
  GCancellable *cancellable;
  char *region;
  guint attempt;
  guint cost;
  SobreHttpReply *broken;
  GByteArray *received;
  SobreCredentials *credentials;
  SobreCredentials *renewed;
  gint64 clock_offset;
  gboolean mended_clock;
  gboolean mended_credentials;
  gboolean mended_region;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_object_unref (call->client);
  sobre_aws_request_unref (call->request);
  g_clear_object (&call->cancellable);
  g_clear_pointer (&call->broken, sobre_http_reply_unref);
  g_clear_pointer (&call->credentials, sobre_credentials_unref);
  g_clear_pointer (&call->renewed, sobre_credentials_unref);
  g_byte_array_unref (call->received);
  g_free (call->region);
  g_free (call);
}

static SobreHttpRequest *
make_http_request (Call *call, SobreCredentials *credentials)
{
  SobreAwsClient *self = call->client;
  g_autofree char *endpoint = self->endpoint != NULL
                                  ? g_strdup (self->endpoint)
                                  : sobre_aws_service_dup_endpoint (self->service, call->region, call->request->host_prefix);
  g_autofree char *url = sobre_aws_request_dup_url (call->request, endpoint);
  SobreHttpRequest *made = sobre_http_request_new (call->request->method, url);

  made->max_reply = call->request->max_reply;
  made->deadline_ms = call->request->deadline_ms;
  made->max_bytes_per_second = call->request->max_bytes_per_second;
  made->body = call->request->body != NULL ? g_bytes_ref (call->request->body) : NULL;
  for (guint i = 0; i + 1 < call->request->headers->len; i += 2)
    sobre_http_request_add_header (made, g_ptr_array_index (call->request->headers, i),
                                   g_ptr_array_index (call->request->headers, i + 1));
  if (call->received->len > 0)
    {
      g_autofree char *range = g_strdup_printf ("bytes=%u-", call->received->len);

      sobre_http_request_add_header (made, "range", range);
    }
  call->clock_offset = sobre_aws_client_get_clock_offset (self);
  if (credentials != NULL)
    sobre_http_request_sign (made, credentials, sobre_aws_service_get_info (self->service)->name, call->region,
                             sobre_clock_now (self->means.clock) + call->clock_offset);
  return made;
}

/* One attempt, signed anew: an old signature is itself a clock that is behind. */
static SobreHttpReply *
attempt (Call *call, GError **error)
{
  SobreAwsClient *self = call->client;
  g_autoptr (SobreCredentials) credentials = NULL;
  g_autoptr (SobreHttpRequest) request = NULL;

  if (g_cancellable_set_error_if_cancelled (call->cancellable, error))
    return NULL;
  if (self->provider != NULL)
    {
      credentials = g_steal_pointer (&call->renewed);
      if (credentials == NULL)
        credentials = dex_await_boxed (sobre_credentials_provider_provide (self->provider), error);
      if (credentials == NULL)
        return NULL;
      g_clear_pointer (&call->credentials, sobre_credentials_unref);
      call->credentials = sobre_credentials_ref (credentials);
    }
  request = make_http_request (call, credentials);
  return dex_await_boxed (sobre_http_send (self->means.http, request, call->cancellable), error);
}

static gboolean
is_success (const SobreHttpReply *reply)
{
  return reply->failure == SOBRE_HTTP_FAILURE_NONE && ((reply->status >= 200 && reply->status < 300) || reply->status == 304);
}

/* Keeps what came before a transfer broke. A transfer that gets on is not one that fails again and again. */
static void
keep_beginning (Call *call, SobreHttpReply *reply)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (reply->body, &length);
  guint wanted = call->received->len > 0 ? 206 : 200;

  if (!call->request->is_resumable || reply->failure != SOBRE_HTTP_FAILURE_NETWORK || reply->status != wanted ||
      length > call->request->max_reply - call->received->len)
    return;
  g_byte_array_append (call->received, bytes, (guint) length);
  if (call->broken == NULL)
    call->broken = sobre_http_reply_ref (reply);
  if (length >= PROGRESS_BYTES)
    call->attempt = 1;
}

/* The whole of a reply that came in pieces. */
static SobreHttpReply *
join_pieces (Call *call, SobreHttpReply *last)
{
  SobreHttpReply *joined;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (last->body, &length);

  if (call->broken == NULL || last->status != 206)
    return sobre_http_reply_ref (last);
  joined = sobre_http_reply_new ();
  joined->status = call->broken->status;
  g_clear_pointer (&joined->headers, g_hash_table_unref);
  joined->headers = g_hash_table_ref (call->broken->headers);
  g_byte_array_append (call->received, bytes, (guint) length);
  joined->body = g_byte_array_free_to_bytes (g_steal_pointer (&call->received));
  call->received = g_byte_array_new ();
  return joined;
}

static gboolean
is_one_of (const char *code, const char *const *codes)
{
  return code != NULL && g_strv_contains (codes, code);
}

/* The service's clock in milliseconds since the epoch, from the Date header; 0 when it says none. */
static gint64
read_date (const SobreHttpReply *reply)
{
  const char *header = sobre_http_reply_get_header (reply, "date");
  gint64 seconds = header != NULL ? (gint64) curl_getdate (header, NULL) : -1;

  return seconds > 0 ? seconds * 1000 : 0;
}

/* A signature is refused when our clock is wrong: then the service's is taken, once a call. What counts is the time that this call was signed for: of calls
 * that were under way together, each is refused, though the first of them has set the clock right. */
static gboolean
mend_clock (Call *call, const SobreHttpReply *reply, const SobreAwsFault *fault)
{
  static const char *const codes[] = { "RequestTimeTooSkewed",
                                       "RequestExpired",
                                       "RequestInTheFuture",
                                       "InvalidSignatureException",
                                       "SignatureDoesNotMatch",
                                       "AuthFailure",
                                       NULL };
  SobreAwsClient *self = call->client;
  gint64 theirs = read_date (reply);
  gint64 ours = sobre_clock_now (self->means.clock);

  if (call->mended_clock || theirs == 0 || !is_one_of (fault->code, codes) ||
      ABS (theirs - ours - call->clock_offset) <= MAX_SKEW_MS)
    return FALSE;
  __atomic_store_n (&self->clock_offset, theirs - ours, __ATOMIC_SEQ_CST);
  call->mended_clock = TRUE;
  return TRUE;
}

static gboolean
are_the_same (const SobreCredentials *a, const SobreCredentials *b)
{
  return strcmp (sobre_credentials_get_access_key_id (a), sobre_credentials_get_access_key_id (b)) == 0 &&
         g_strcmp0 (sobre_credentials_get_session_token (a), sobre_credentials_get_session_token (b)) == 0;
}

/* What was refused is not sent again with the same keys: those of the environment, say, are nobody's to renew. @error: where there are none any more */
static gboolean
mend_credentials (Call *call, const SobreAwsFault *fault, GError **error)
{
  static const char *const codes[] = { "ExpiredToken", "ExpiredTokenException", "RequestExpired", "UnrecognizedClientException",
                                       NULL };
  SobreCredentialsProvider *provider = call->client->provider;

  if (call->mended_credentials || call->credentials == NULL || !is_one_of (fault->code, codes))
    return FALSE;
  call->mended_credentials = TRUE;
  sobre_credentials_provider_renew (provider, call->credentials);
  call->renewed = dex_await_boxed (sobre_credentials_provider_provide (provider), error);
  return call->renewed != NULL && !are_the_same (call->renewed, call->credentials);
}

/* The host is built from the region's name and never taken from a reply. */
static gboolean
mend_region (Call *call, const SobreHttpReply *reply, const SobreAwsFault *fault)
{
  static const char *const codes[] = { "PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed",
                                       "IllegalLocationConstraintException", NULL };
  gboolean redirected = reply->status == 301 || reply->status == 307 || is_one_of (fault->code, codes);

  if (call->mended_region || !redirected || !sobre_aws_region_is_valid (fault->region) ||
      strcmp (fault->region, call->region) == 0)
    return FALSE;
  g_set_str (&call->region, fault->region);
  call->mended_region = TRUE;
  return TRUE;
}

static double
draw (SobreRandom *random)
{
  guint32 number;

  sobre_random_fill (random, &number, sizeof number);
  return (double) number / (double) G_MAXUINT32;
}

/* Whoever waits for a repeat may be called off. */
static void
sleep_unless_cancelled (Call *call, gint64 milliseconds)
{
  DexFuture *slept = sobre_clock_sleep (call->client->means.clock, milliseconds);

  if (call->cancellable != NULL)
    slept = dex_future_first (slept, dex_cancellable_new_from_cancellable (call->cancellable), NULL);
  dex_await (slept, NULL);
}

/* Whether there is another attempt; waits for it. */
static gboolean
wait_for_repeat (Call *call, SobreRetryKind kind, const SobreHttpReply *reply)
{
  SobreAwsClient *self = call->client;
  gint64 hint = sobre_retry_read_hint (sobre_http_reply_get_header (reply, "x-amz-retry-after"),
                                       sobre_http_reply_get_header (reply, "retry-after"));

  if (kind == SOBRE_RETRY_NEVER || call->attempt >= self->max_attempts)
    return FALSE;
  call->cost = sobre_retry_quota_take (self->quota, kind);
  if (call->cost == 0)
    return FALSE;
  sleep_unless_cancelled (call, sobre_retry_get_delay (kind, call->attempt, draw (self->means.random), hint));
  call->attempt++;
  return TRUE;
}

/* A service that refuses a signature repeats what should have been signed, the token among it. */
static char *
redact (const char *message, const SobreCredentials *credentials)
{
  const char *secrets[] = { sobre_credentials_get_secret_access_key (credentials),
                            sobre_credentials_get_session_token (credentials) };
  g_autoptr (GString) text = g_string_new (message);

  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++)
    if (secrets[i] != NULL && secrets[i][0] != '\0')
      g_string_replace (text, secrets[i], "…", 0);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static GError *
make_error (const Call *call, const SobreHttpReply *reply, const SobreAwsFault *fault)
{
  const char *service = sobre_aws_service_get_info (call->client->service)->name;
  g_autofree char *said = fault->message != NULL && call->credentials != NULL ? redact (fault->message, call->credentials)
                                                                              : g_strdup (fault->message);

  switch (reply->failure)
    {
    case SOBRE_HTTP_FAILURE_NETWORK:
      return sobre_aws_error_new (SOBRE_AWS_ERROR_UNAVAILABLE, 0, NULL, _ ("%s cannot be reached: %s"), service,
                                  reply->message);
    case SOBRE_HTTP_FAILURE_TLS:
      return sobre_aws_error_new (SOBRE_AWS_ERROR_UNAVAILABLE, 0, NULL,
                                  _ ("the connection to %s is not safe and was not used: %s"), service, reply->message);
    case SOBRE_HTTP_FAILURE_TOO_LARGE:
      return sobre_aws_error_new (SOBRE_AWS_ERROR_PROTOCOL, reply->status, NULL, _ ("%s answered more than is taken"), service);
    case SOBRE_HTTP_FAILURE_REFUSED:
      return sobre_aws_error_new (SOBRE_AWS_ERROR_CONFIGURATION, 0, NULL, _ ("the address of %s cannot be used: %s"), service,
                                  reply->message);
    case SOBRE_HTTP_FAILURE_NONE:
    default:
      return sobre_aws_error_new_for_reply (service, reply->status, fault->code, said);
    }
}

static DexFuture *
call_fiber (gpointer data)
{
  Call *call = data;
  SobreAwsClient *self = call->client;
  SobreAwsProtocol protocol = sobre_aws_service_get_info (self->service)->protocol;

  for (;;)
    {
      GError *error = NULL;
      g_autoptr (SobreHttpReply) reply = attempt (call, &error);
      g_autoptr (SobreAwsFault) fault = NULL;
      SobreRetryKind kind;

      if (reply == NULL)
        return dex_future_new_for_error (error);
      if (is_success (reply))
        {
          sobre_retry_quota_give_back (self->quota, call->cost);
          return dex_future_new_take_boxed (SOBRE_TYPE_HTTP_REPLY, join_pieces (call, reply));
        }
      fault = sobre_aws_reply_read_fault (reply, protocol);
      if (reply->failure == SOBRE_HTTP_FAILURE_NONE &&
          (mend_clock (call, reply, fault) || mend_credentials (call, fault, &error) || mend_region (call, reply, fault)))
        continue;
      if (error != NULL)
        return dex_future_new_for_error (error);
      kind = reply->failure == SOBRE_HTTP_FAILURE_NETWORK ? SOBRE_RETRY_TRANSIENT
             : reply->failure != SOBRE_HTTP_FAILURE_NONE  ? SOBRE_RETRY_NEVER
                                                          : sobre_retry_classify (reply->status, fault->code);
      keep_beginning (call, reply);
      if (!wait_for_repeat (call, kind, reply))
        return dex_future_new_for_error (make_error (call, reply, fault));
    }
}

DexFuture *
sobre_aws_client_send (SobreAwsClient *self, SobreAwsRequest *request, GCancellable *cancellable)
{
  Call *call;

  g_return_val_if_fail (SOBRE_IS_AWS_CLIENT (self), NULL);

  call = g_new0 (Call, 1);
  call->client = g_object_ref (self);
  call->request = sobre_aws_request_ref (request);
  call->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  call->region = g_strdup (self->region);
  call->received = g_byte_array_new ();
  call->attempt = 1;
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, call_fiber, call, call_free);
}

static void
sobre_aws_client_finalize (GObject *object)
{
  SobreAwsClient *self = SOBRE_AWS_CLIENT (object);

  g_clear_object (&self->means.http);
  g_clear_object (&self->means.clock);
  g_clear_object (&self->means.random);
  g_clear_object (&self->provider);
  g_free (self->region);
  g_free (self->endpoint);
  sobre_retry_quota_free (self->quota);
  G_OBJECT_CLASS (sobre_aws_client_parent_class)->finalize (object);
}

static void
sobre_aws_client_class_init (SobreAwsClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_aws_client_finalize;
}

static void
sobre_aws_client_init (SobreAwsClient *self)
{
  self->quota = sobre_retry_quota_new ();
}

SobreAwsClient *
sobre_aws_client_new (const SobreAwsMeans *means,
                      SobreAwsService service,
                      const char *region,
                      const char *endpoint,
                      SobreCredentialsProvider *provider,
                      guint max_attempts)
{
  SobreAwsClient *self = g_object_new (SOBRE_TYPE_AWS_CLIENT, NULL);

  self->means.http = g_object_ref (means->http);
  self->means.clock = g_object_ref (means->clock);
  self->means.random = g_object_ref (means->random);
  self->service = service;
  self->region = g_strdup (region);
  self->endpoint = g_strdup (endpoint);
  self->provider = provider != NULL ? g_object_ref (provider) : NULL;
  self->max_attempts = MAX (max_attempts, 1);
  return self;
}

const char *
sobre_aws_client_get_region (SobreAwsClient *self)
{
  return self->region;
}

const char *
sobre_aws_client_get_endpoint (SobreAwsClient *self)
{
  return self->endpoint;
}

gint64
sobre_aws_client_get_clock_offset (SobreAwsClient *self)
{
  return __atomic_load_n (&self->clock_offset, __ATOMIC_SEQ_CST);
}
