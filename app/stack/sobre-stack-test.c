/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A guest's way through everything that is deployed: door, stream, gate, lake. */

#include "stack/sobre-stack-test-private.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "aws/sobre-aws-query.h"
#include "aws/sobre-fixed-provider.h"
#include "aws/sobre-s3.h"
#include "lake/sobre-lake-unpack.h"

#define MAX_OBJECT ((guint64) 256 << 20)
#define LIST_KEYS 1000
#define LOOK_MS 3000
/* How much longer than its buffer a stream may take, and how far AWS's clock may be from ours. */
#define GRACE_SECONDS 240
#define SKEW_MS 300000
#define DAY_MS ((gint64) 86400000)

SobreStackCheck *
sobre_stack_check_new (const char *name, const char *words, SobreCheckState state, char *detail)
{
  SobreStackCheck *self = g_new0 (SobreStackCheck, 1);

  *self = (SobreStackCheck) { name, words, state, detail };
  return self;
}

SobreStackCheck *
sobre_stack_check_copy (const SobreStackCheck *self)
{
  return sobre_stack_check_new (self->name, self->words, self->state, g_strdup (self->detail));
}

void
sobre_stack_check_free (SobreStackCheck *self)
{
  g_free (self->detail);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (SobreStackCheck, sobre_stack_check, sobre_stack_check_copy, sobre_stack_check_free)

static void
test_free (gpointer data)
{
  SobreGuestTest *self = data;

  sobre_stack_work_unref (self->work);
  g_free (self->record);
  g_free (self->id);
  g_clear_pointer (&self->stack, sobre_stack_unref);
  g_clear_object (&self->guest);
  g_free (self->identity);
  g_clear_pointer (&self->object, g_bytes_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_free (self);
}

gboolean
sobre_guest_test_note (SobreGuestTest *self, const char *name, const char *words, SobreCheckState state, char *detail)
{
  SobreStackCheck *check = sobre_stack_check_new (name, words, state, detail);

  g_ptr_array_add (self->checks, check);
  if (self->tell != NULL)
    self->tell (check, self->tell_data);
  return state == SOBRE_CHECK_HOLDS;
}

void
sobre_guest_test_begin (SobreGuestTest *self, const char *name, const char *words)
{
  const SobreStackCheck begun = { name, words, SOBRE_CHECK_BEGUN, NULL };

  if (self->tell != NULL)
    self->tell (&begun, self->tell_data);
}

/* Whoever stopped it has found nothing. */
static gboolean
note_failure (SobreGuestTest *self, const char *name, const char *words, GError *failure)
{
  gboolean is_stopped = g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  char *detail = g_strdup (failure->message);

  g_error_free (failure);
  return sobre_guest_test_note (self, name, words, is_stopped ? SOBRE_CHECK_UNSEEN : SOBRE_CHECK_FAILS, detail);
}

SobreAwsClient *
sobre_guest_test_client (SobreGuestTest *self, SobreAwsService service, SobreCredentialsProvider *provider)
{
  SobreAwsAccount *account = self->work->account;
  const char *endpoint =
      sobre_aws_config_get_endpoint (sobre_aws_account_get_config (account), sobre_aws_account_get_profile (account), service);

  return sobre_aws_client_new (sobre_aws_account_get_means (account), service,
                               sobre_aws_service_get_region (service, sobre_aws_account_get_region (account)), endpoint,
                               provider, 3);
}

SobreHttpReply *
sobre_guest_test_call (SobreAwsClient *client, SobreAwsService service, const char *operation, char *body, GError **error)
{
  g_autoptr (SobreAwsRequest) request = sobre_aws_request_new_json (service, operation, body);

  return dex_await_boxed (sobre_aws_client_send (client, request, NULL), error);
}

static JsonObject *
ask_cognito (SobreGuestTest *self, const char *operation, const char *member, const char *value, GError **error)
{
  g_autoptr (SobreAwsClient) cognito = sobre_guest_test_client (self, SOBRE_AWS_COGNITO, NULL);
  g_autoptr (SobreHttpReply) reply =
      sobre_guest_test_call (cognito, SOBRE_AWS_COGNITO, operation, g_strdup_printf ("{\"%s\":\"%s\"}", member, value), error);

  return reply != NULL ? sobre_aws_reply_parse_json (reply, error) : NULL;
}

static const char *
get_text (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

/* As the page does it: an identity that nobody knows, and keys of an hour. */
static gboolean
take_keys (SobreGuestTest *self)
{
  const char *words = _ ("A guest gets keys");
  const char *pool = g_hash_table_lookup (self->stack->outputs, "IdentityPool");
  g_autoptr (JsonObject) identity = NULL;
  g_autoptr (JsonObject) got = NULL;
  JsonObject *keys;
  GError *failure = NULL;

  sobre_guest_test_begin (self, "keys", words);
  identity = ask_cognito (self, "GetId", "IdentityPoolId", pool, &failure);
  if (identity == NULL)
    return note_failure (self, "keys", words, failure);
  self->identity = g_strdup (get_text (identity, "IdentityId"));
  got = self->identity != NULL ? ask_cognito (self, "GetCredentialsForIdentity", "IdentityId", self->identity, &failure) : NULL;
  if (failure != NULL)
    return note_failure (self, "keys", words, failure);
  keys = got != NULL && json_object_has_member (got, "Credentials") ? json_object_get_object_member (got, "Credentials") : NULL;
  if (keys == NULL || get_text (keys, "AccessKeyId") == NULL || get_text (keys, "SecretKey") == NULL)
    return sobre_guest_test_note (self, "keys", words, SOBRE_CHECK_FAILS, g_strdup (_ ("Cognito's reply has no keys")));
  {
    g_autoptr (SobreCredentials) credentials =
        sobre_credentials_new (get_text (keys, "AccessKeyId"), get_text (keys, "SecretKey"), get_text (keys, "SessionToken"),
                               SOBRE_CREDENTIALS_NEVER, "guest");

    self->guest = sobre_fixed_provider_new (credentials);
  }
  return sobre_guest_test_note (self, "keys", words, SOBRE_CHECK_HOLDS, NULL);
}

static char *
make_put (SobreGuestTest *self, const char *body)
{
  g_autofree char *data = g_base64_encode ((const guchar *) body, strlen (body));

  return g_strdup_printf ("{\"DeliveryStreamName\":\"%s\",\"Record\":{\"Data\":\"%s\"}}",
                          (const char *) g_hash_table_lookup (self->stack->outputs, "ResponsesStream"), data);
}

static gboolean
post (SobreGuestTest *self, const char *body, GError **error)
{
  g_autofree char *url = g_strconcat (g_hash_table_lookup (self->stack->outputs, "ApiUrl"), "/responses", NULL);
  g_autoptr (SobreHttpRequest) request = sobre_http_request_new ("POST", url);
  g_autoptr (SobreHttpReply) reply = NULL;

  request->body = g_bytes_new (body, strlen (body));
  sobre_http_request_add_header (request, "Content-Type", "text/plain");
  reply = dex_await_boxed (
      sobre_http_send (sobre_aws_account_get_means (self->work->account)->http, request, self->work->cancellable), error);
  if (reply == NULL)
    return FALSE;
  if (reply->status == 200)
    return TRUE;
  g_propagate_error (error, sobre_aws_error_new (reply->status == 0 ? SOBRE_AWS_ERROR_UNAVAILABLE : SOBRE_AWS_ERROR_REFUSED,
                                                 reply->status, NULL, _ ("The API answers with status %u"), reply->status));
  return FALSE;
}

gboolean
sobre_guest_test_put (SobreGuestTest *self, const char *body, GError **error)
{
  g_autoptr (SobreAwsClient) firehose = NULL;
  g_autoptr (SobreHttpReply) reply = NULL;

  if (self->guest == NULL)
    return post (self, body, error);
  firehose = sobre_guest_test_client (self, SOBRE_AWS_FIREHOSE, self->guest);
  reply = sobre_guest_test_call (firehose, SOBRE_AWS_FIREHOSE, "PutRecord", make_put (self, body), error);
  return reply != NULL;
}

/** Forbidden: what a guest's keys must not do. @body: of a JSON protocol; (nullable) for the others */
typedef struct
{
  const char *name;
  SobreAwsService service;
  const char *operation;
  const char *body;
} Forbidden;

static const Forbidden forbidden[] = {
  { "denied firehose:PutRecordBatch", SOBRE_AWS_FIREHOSE, "PutRecordBatch",
    "{\"DeliveryStreamName\":\"@\",\"Records\":[{\"Data\":\"e30K\"}]}" },
  { "denied firehose:ListDeliveryStreams", SOBRE_AWS_FIREHOSE, "ListDeliveryStreams", "{}" },
  { "denied firehose:PutRecord elsewhere", SOBRE_AWS_FIREHOSE, "PutRecord",
    "{\"DeliveryStreamName\":\"@-x\",\"Record\":{\"Data\":\"e30K\"}}" },
  { "denied ssm:GetParameter", SOBRE_AWS_SSM, "GetParameter",
    "{\"Name\":\"/sobremesa/@@/guests/card-key\",\"WithDecryption\":true}" },
  { "denied athena:ListWorkGroups", SOBRE_AWS_ATHENA, "ListWorkGroups", "{}" },
  { "denied cloudformation:DescribeStacks", SOBRE_AWS_CLOUDFORMATION, "DescribeStacks", NULL },
  { "denied iam:ListRoles", SOBRE_AWS_IAM, "ListRoles", NULL },
  { "denied s3:ListBucket", SOBRE_AWS_S3, NULL, NULL },
};

static DexFuture *
try_call (SobreGuestTest *self, const Forbidden *call, SobreAwsClient *client)
{
  g_autoptr (GString) body = g_string_new (call->body);
  SobreAwsRequest *request;
  DexFuture *future;

  if (call->service == SOBRE_AWS_S3)
    return sobre_s3_list (client, g_hash_table_lookup (self->stack->outputs, "LakeBucket"), "raw/", NULL, 1, NULL);
  if (call->body == NULL)
    return sobre_aws_query (client, call->service, call->operation, sobre_aws_query_parameters (), NULL);
  g_string_replace (body, "@@", self->work->name, 0);
  g_string_replace (body, "@", g_hash_table_lookup (self->stack->outputs, "ResponsesStream"), 0);
  request = sobre_aws_request_new_json (call->service, call->operation, g_strdup (body->str));
  future = sobre_aws_client_send (client, request, NULL);
  sobre_aws_request_unref (request);
  return future;
}

static void
try_forbidden (SobreGuestTest *self)
{
  const char *words = _ ("A guest may do nothing else");

  for (guint i = 0; self->guest != NULL && i < G_N_ELEMENTS (forbidden); i++)
    {
      g_autoptr (SobreAwsClient) client = sobre_guest_test_client (self, forbidden[i].service, self->guest);
      g_autoptr (GError) failure = NULL;

      sobre_guest_test_begin (self, forbidden[i].name, words);
      if (dex_await (try_call (self, &forbidden[i], client), &failure))
        sobre_guest_test_note (self, forbidden[i].name, words, SOBRE_CHECK_FAILS, g_strdup (_ ("It was allowed")));
      else if (g_error_matches (failure, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_DENIED))
        sobre_guest_test_note (self, forbidden[i].name, words, SOBRE_CHECK_HOLDS, NULL);
      else
        sobre_guest_test_note (self, forbidden[i].name, words, SOBRE_CHECK_UNSEEN, g_strdup (failure->message));
    }
  if (self->guest == NULL)
    {
      g_autoptr (GError) failure = NULL;
      gboolean taken = post (self, "{\"sobremesa\":\"test\"}", &failure);
      gboolean refused = failure != NULL && sobre_aws_error_get_status (failure) == 400;

      sobre_guest_test_note (self, "refused", _ ("The API refuses what is no answer"),
                             refused ? SOBRE_CHECK_HOLDS : (taken ? SOBRE_CHECK_FAILS : SOBRE_CHECK_UNSEEN),
                             failure != NULL && !refused ? g_strdup (failure->message) : NULL);
    }
}

static void
gather_cb (const guint8 *bytes, gsize length, gboolean last, gpointer user_data)
{
  g_string_append_len (user_data, (const char *) bytes, (gssize) length);
}

static gboolean
holds (GBytes *object, const char *needle)
{
  g_autoptr (SobreLakeUnpacker) unpacker = sobre_lake_unpacker_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (object, &length);

  return sobre_lake_unpacker_run (unpacker, bytes, length, gather_cb, text, NULL) && strstr (text->str, needle) != NULL;
}

/* One look at what was written since the test began; @seen holds what was read before. */
static GBytes *
look (SobreGuestTest *self, const char *prefix, const char *needle, GHashTable *seen, GError **error)
{
  SobreAwsClient *s3 = sobre_aws_account_get_client (self->work->account, SOBRE_AWS_S3);
  const char *bucket = g_hash_table_lookup (self->stack->outputs, "LakeBucket");
  g_autofree char *after = g_strdup (prefix);
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (SobreS3Page) page =
          dex_await_boxed (sobre_s3_list (s3, bucket, prefix, after, LIST_KEYS, self->work->cancellable), error);

      if (page == NULL)
        return NULL;
      for (guint i = 0; i < page->objects->len; i++)
        {
          const SobreS3Object *object = g_ptr_array_index (page->objects, i);
          g_autoptr (GBytes) bytes = NULL;

          g_set_str (&after, object->key);
          if (object->modified_at < self->started - SKEW_MS ||
              !g_hash_table_add (seen, g_strconcat (object->key, object->etag, NULL)))
            continue;
          bytes = dex_await_boxed (
              sobre_s3_get (s3, bucket, object->key, object->etag, object->size, MAX_OBJECT, 0, self->work->cancellable),
              error);
          if (bytes == NULL)
            return NULL;
          if (holds (bytes, needle))
            return g_steal_pointer (&bytes);
        }
      more = page->is_truncated;
    }
  return NULL;
}

GBytes *
sobre_guest_test_find (SobreGuestTest *self, const char *prefix, const char *needle, GError **error)
{
  SobreClock *clock = sobre_aws_account_get_means (self->work->account)->clock;
  const char *buffer = g_hash_table_lookup (self->stack->parameters, "BufferSeconds");
  gint64 most = ((buffer != NULL ? g_ascii_strtoll (buffer, NULL, 10) : 300) + GRACE_SECONDS) * 1000;
  gint64 from = sobre_clock_now (clock);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  while (TRUE)
    {
      GError *failure = NULL;
      GBytes *bytes = look (self, prefix, needle, seen, &failure);

      if (failure != NULL)
        g_propagate_error (error, failure);
      if (bytes != NULL || failure != NULL || sobre_clock_now (clock) - from > most)
        return bytes;
      if (!dex_await (sobre_clock_sleep (clock, MIN (LOOK_MS, 2 * self->work->poll_ms)), error) ||
          (self->work->cancellable != NULL && g_cancellable_set_error_if_cancelled (self->work->cancellable, error)))
        return NULL;
    }
}

static gboolean
follow (SobreGuestTest *self)
{
  const char *sent = _ ("The stream takes a guest's answer");
  const char *lake = _ ("The answer passes the gate and lies in the lake");
  GError *failure = NULL;

  if (g_hash_table_contains (self->stack->outputs, "IdentityPool") && !take_keys (self))
    return FALSE;
  sobre_guest_test_begin (self, "sent", sent);
  if (!sobre_guest_test_put (self, self->record, &failure))
    return note_failure (self, "sent", sent, failure);
  sobre_guest_test_note (self, "sent", sent, SOBRE_CHECK_HOLDS, NULL);
  try_forbidden (self);
  sobre_guest_test_begin (self, "lake", lake);
  self->object = sobre_guest_test_find (self, "raw/responses/", self->id, &failure);
  if (failure != NULL)
    return note_failure (self, "lake", lake, failure);
  return sobre_guest_test_note (
      self, "lake", lake, self->object != NULL ? SOBRE_CHECK_HOLDS : SOBRE_CHECK_FAILS,
      self->object != NULL ? NULL : g_strdup (_ ("It has not come; see the alarms, and errors/ in the lake")));
}

static DexFuture *
test_fiber (gpointer data)
{
  SobreGuestTest *self = data;
  GError *error = NULL;

  self->stack = dex_await_boxed (sobre_stack_work_describe (self->work, SOBRE_STACK_MAIN), &error);
  if (self->stack == NULL)
    return dex_future_new_for_error (error);
  if (g_hash_table_lookup (self->stack->outputs, "ResponsesStream") == NULL ||
      g_hash_table_lookup (self->stack->outputs, "LakeBucket") == NULL)
    return dex_future_new_reject (SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING,
                                  _ ("The stack %s is %s and has no door for guests"), self->stack->name, self->stack->status);
  if (follow (self) && self->prove)
    sobre_guest_test_prove (self);
  if (self->work->cancellable != NULL && g_cancellable_set_error_if_cancelled (self->work->cancellable, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&self->checks));
}

DexFuture *
sobre_stack_test (SobreStackWork *work,
                  const char *record,
                  const char *id,
                  gboolean prove,
                  SobreCheckTell tell,
                  gpointer tell_data)
{
  SobreGuestTest *self = g_new0 (SobreGuestTest, 1);

  self->work = sobre_stack_work_ref (work);
  self->record = g_strdup (record);
  self->id = g_strdup (id);
  self->prove = prove;
  self->tell = tell;
  self->tell_data = tell_data;
  self->started = sobre_clock_now (sobre_aws_account_get_means (work->account)->clock);
  self->checks = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_stack_check_free);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, test_fiber, self, test_free);
}
