/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What has never been seen on real AWS, as docs/aws.md lists it: what a program can look at is looked at, the rest is said with how a person sees it. */

#include "stack/sobre-stack-test-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-aws-query.h"

static SobreCheckState
from_flag (gboolean holds)
{
  return holds ? SOBRE_CHECK_HOLDS : SOBRE_CHECK_FAILS;
}

/* What was asked for has to be refused; a break of the network shows nothing. */
static SobreCheckState
from_refusal (const GError *failure)
{
  if (failure == NULL)
    return SOBRE_CHECK_FAILS;
  return g_error_matches (failure, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_UNAVAILABLE) ? SOBRE_CHECK_UNSEEN : SOBRE_CHECK_HOLDS;
}

static void
prove_packing (SobreGuestTest *self)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (self->object, &length);

  sobre_guest_test_note (self, "gzip", _ ("The stream packs what it writes"),
                         from_flag (length > 2 && bytes[0] == 0x1f && bytes[1] == 0x8b), NULL);
}

static void
prove_classic_flow (SobreGuestTest *self)
{
  g_autoptr (SobreAwsClient) cognito = sobre_guest_test_client (self, SOBRE_AWS_COGNITO, NULL);
  g_autoptr (GError) failure = NULL;
  g_autoptr (SobreHttpReply) reply = NULL;

  if (self->identity == NULL)
    return;
  reply = sobre_guest_test_call (cognito, SOBRE_AWS_COGNITO, "GetOpenIdToken",
                                 g_strdup_printf ("{\"IdentityId\":\"%s\"}", self->identity), &failure);
  sobre_guest_test_note (self, "classic-flow", _ ("The way around the enhanced flow is shut"), from_refusal (failure),
                         failure != NULL ? g_strdup (failure->message) : NULL);
}

static void
prove_rejects (SobreGuestTest *self)
{
  const char *words = _ ("What is no answer is kept under errors/, as it came");
  g_autofree char *body = g_strdup_printf ("{\"sobremesa\":\"test\",\"id\":\"%s\"}", self->id);
  g_autofree char *data = g_base64_encode ((const guchar *) body, strlen (body));
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) object = NULL;

  /* The API would not let it through. */
  if (self->guest == NULL)
    return;
  if (sobre_guest_test_put (self, body, &failure))
    object = sobre_guest_test_find (self, "errors/responses/", data, &failure);
  sobre_guest_test_note (self, "rejects", words, failure != NULL ? SOBRE_CHECK_UNSEEN : from_flag (object != NULL),
                         failure != NULL ? g_strdup (failure->message) : NULL);
}

static void
prove_policy (SobreGuestTest *self)
{
  GPtrArray *parameters = sobre_aws_query_parameters ();
  g_autoptr (SobreAwsElement) result = NULL;
  g_autoptr (GError) failure = NULL;

  sobre_aws_query_add (parameters, "StackName", self->stack->name);
  result = dex_await_boxed (sobre_aws_query (sobre_stack_work_get_client (self->work), SOBRE_AWS_CLOUDFORMATION,
                                             "GetStackPolicy", parameters, self->work->cancellable),
                            &failure);
  sobre_guest_test_note (self, "stack-policy", _ ("An update may not replace or remove what holds data"),
                         failure != NULL ? SOBRE_CHECK_UNSEEN
                                         : from_flag (strstr (sobre_aws_element_get (result, "StackPolicyBody") != NULL
                                                                  ? sobre_aws_element_get (result, "StackPolicyBody")
                                                                  : "",
                                                              "AWS::S3::Bucket") != NULL),
                         failure != NULL ? g_strdup (failure->message) : NULL);
}

static void
prove_lifecycle (SobreGuestTest *self)
{
  g_autofree char *path = g_strconcat ("/", g_hash_table_lookup (self->stack->outputs, "LakeBucket"), NULL);
  g_autoptr (SobreAwsRequest) request = sobre_aws_request_new ("GET", path);
  g_autoptr (SobreHttpReply) reply = NULL;
  g_autoptr (GError) failure = NULL;
  g_autofree char *text = NULL;

  sobre_aws_request_add_query (request, "lifecycle", NULL);
  reply = dex_await_boxed (sobre_aws_client_send (sobre_aws_account_get_client (self->work->account, SOBRE_AWS_S3), request,
                                                  self->work->cancellable),
                           &failure);
  if (reply != NULL)
    text = g_strndup (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body));
  sobre_guest_test_note (self, "lifecycle", _ ("The lake forgets by itself what is too old"),
                         g_error_matches (failure, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_UNAVAILABLE)
                             ? SOBRE_CHECK_UNSEEN
                             : from_flag (text != NULL && strstr (text, "results/") != NULL),
                         failure != NULL ? g_strdup (failure->message) : NULL);
}

/* A page that is not there comes with every header, from whatever place it lies in. */
static void
prove_site (SobreGuestTest *self)
{
  static const char *const wanted[] = { "content-security-policy", "strict-transport-security", "x-content-type-options",
                                        NULL };
  const char *words = _ ("The site answers, with headers that close its pages");
  const char *url = g_hash_table_lookup (self->stack->outputs, "SiteUrl");
  g_autofree char *card = url != NULL ? g_strconcat (url, "/T/X/1/K", NULL) : NULL;
  g_autoptr (SobreHttpRequest) request = NULL;
  g_autoptr (SobreHttpReply) reply = NULL;
  gboolean holds;

  if (card == NULL)
    return;
  request = sobre_http_request_new ("GET", card);
  reply = dex_await_boxed (
      sobre_http_send (sobre_aws_account_get_means (self->work->account)->http, request, self->work->cancellable), NULL);
  if (reply == NULL || reply->status == 0)
    {
      sobre_guest_test_note (self, "site", words, SOBRE_CHECK_UNSEEN, g_strdup (reply != NULL ? reply->message : NULL));
      return;
    }
  holds = reply->status == 200;
  for (guint i = 0; wanted[i] != NULL; i++)
    holds &= sobre_http_reply_get_header (reply, wanted[i]) != NULL;
  sobre_guest_test_note (self, "site", words, from_flag (holds), g_strdup_printf (_ ("Status %u"), reply->status));
}

/** Fact: what only a person sees. */
typedef struct
{
  const char *name;
  const char *words;
  const char *how;
} Fact;

static const Fact facts[] = {
  { "api-statuses", N_ ("A stream that is busy becomes a 503 of the API, never a 200"),
    N_ ("With IngestPath=Api: delete the stream, post an answer, look for 502; deploy again") },
  { "projection", N_ ("A query of one day reads that day"),
    N_ ("sobremesa query --engine athena --sql \"SELECT count(*) FROM raw_responses WHERE dt = '…'\": the bytes that were "
        "read") },
  { "metrics", N_ ("The gate's counts become metrics"),
    N_ ("CloudWatch, namespace Sobremesa: Accepted and Rejected of the last hour") },
  { "alarm-mail", N_ ("An alarm comes as mail"),
    N_ ("With AlarmEmail set and confirmed: sobremesa stack deploy --parameter FloodRecords=100, then 101 answers") },
  { "quicksight", N_ ("QuickSight reads the lake"), N_ ("Deploy quicksight.json, open the data set") },
  { "cost", N_ ("The bill is what “stack cost” says"), N_ ("Cost Explorer, by the tag sobremesa, after a month") },
};

void
sobre_guest_test_prove (SobreGuestTest *self)
{
  prove_packing (self);
  prove_classic_flow (self);
  prove_rejects (self);
  prove_policy (self);
  prove_lifecycle (self);
  prove_site (self);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    sobre_guest_test_note (self, facts[i].name, _ (facts[i].words), SOBRE_CHECK_UNSEEN, g_strdup (_ (facts[i].how)));
}
