/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* "stack test" of a stack whose door is an API, which no emulator has whole: the API, the lake and CloudFormation are a service that the test writes. */

#include <string.h>

#include "fake-service.h"
#include "stack/sobre-stack-test.h"
#include "workspace/sobre-workspace-files.h"

#define NOW G_GINT64_CONSTANT (1795867200000)
#define ID "01930000-0000-7000-8000-000000000001"
#define RECORD "{\"id\":\"" ID "\",\"answers\":[]}"

/** Cloud: @status: of the API for an answer · @other_status: for what is none · @written: whether what was sent comes to the lake · @was_sent: whether an answer was taken · @wrong: (nullable): the head of a request that is not as a page sends it */
typedef struct
{
  char *folder;
  FakeService *service;
  SobreAwsMeans *means;
  SobreAwsAccount *account;
  SobreStackWork *work;
  GCancellable *cancellable;
  guint status;
  guint other_status;
  gboolean written;
  gboolean was_sent;
  GMutex mutex;
  char *wrong;
} Cloud;

static void
describe (Cloud *cloud, GString *reply)
{
  g_autofree char *body = g_strdup_printf (
      "<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackId>arn:x</StackId><StackName>x</StackName>"
      "<StackStatus>UPDATE_COMPLETE</StackStatus><CreationTime>2026-11-28T12:00:00Z</CreationTime>"
      "<Parameters><member><ParameterKey>BufferSeconds</ParameterKey><ParameterValue>60</ParameterValue></member></Parameters>"
      "<Outputs><member><OutputKey>ResponsesStream</OutputKey><OutputValue>x-responses</OutputValue></member>"
      "<member><OutputKey>LakeBucket</OutputKey><OutputValue>cellar</OutputValue></member>"
      "<member><OutputKey>ApiUrl</OutputKey><OutputValue>%s/v1</OutputValue></member></Outputs>"
      "<Tags><member><Key>sobremesa</Key><Value>x</Value></member></Tags>"
      "</member></Stacks></DescribeStacksResult></DescribeStacksResponse>",
      fake_service_get_endpoint (cloud->service));

  fake_service_append (reply, 200, NULL, body);
}

static void
take (Cloud *cloud, const char *head, const char *body, GString *reply)
{
  g_autofree char *type = fake_service_dup_header (head, "content-type");
  gboolean is_answer = strcmp (body, RECORD) == 0;

  if (g_strcmp0 (type, "text/plain") != 0 || strstr (head, "uthorization:") != NULL)
    g_set_str (&cloud->wrong, head);
  cloud->was_sent |= is_answer && cloud->status == 200;
  fake_service_append (reply, is_answer ? cloud->status : cloud->other_status, NULL, "{}");
}

static void
serve_cb (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  static const char *const object =
      "<Contents><Key>raw/responses/dt=2026-11-28/a</Key><ETag>&quot;one&quot;</ETag><Size>%u</Size>"
      "<LastModified>2026-11-28T12:00:00Z</LastModified></Contents>";
  Cloud *cloud = user_data;
  g_autofree char *contents = NULL;
  g_autofree char *text = NULL;

  g_mutex_lock (&cloud->mutex);
  if (g_str_has_prefix (head, "POST /v1/responses "))
    take (cloud, head, body, reply);
  else if (strstr (body, "Action=DescribeStacks") != NULL)
    describe (cloud, reply);
  else if (g_str_has_prefix (head, "GET /cellar/raw/responses/"))
    fake_service_append (reply, 200, "ETag: \"one\"\r\n", RECORD);
  else if (g_str_has_prefix (head, "GET /cellar/?list-type=2"))
    {
      contents = cloud->written && cloud->was_sent ? g_strdup_printf (object, (guint) strlen (RECORD)) : g_strdup ("");
      text = g_strdup_printf ("<ListBucketResult><IsTruncated>false</IsTruncated>%s</ListBucketResult>", contents);
      fake_service_append (reply, 200, NULL, text);
    }
  else
    fake_service_append (reply, 400, NULL, "<ErrorResponse><Error><Code>Unknown</Code></Error></ErrorResponse>");
  g_mutex_unlock (&cloud->mutex);
}

static void
set_up (Cloud *cloud, gconstpointer data)
{
  g_autofree char *endpoint = NULL;
  g_autofree char *home = NULL;
  const char *environment[6] = { NULL };
  g_autoptr (GError) error = NULL;

  cloud->folder = g_dir_make_tmp ("sobremesa-guest-XXXXXX", NULL);
  cloud->service = fake_service_new (serve_cb, cloud);
  cloud->means = fake_means_new (NOW);
  cloud->status = 200;
  cloud->other_status = 400;
  cloud->written = TRUE;
  endpoint = g_strconcat ("AWS_ENDPOINT_URL=", fake_service_get_endpoint (cloud->service), NULL);
  home = g_strconcat ("HOME=", cloud->folder, NULL);
  environment[0] = endpoint;
  environment[1] = home;
  environment[2] = "AWS_ACCESS_KEY_ID=AKIDEXAMPLE";
  environment[3] = "AWS_SECRET_ACCESS_KEY=secret";
  environment[4] = "AWS_REGION=eu-central-1";
  cloud->account = sobre_aws_account_open (cloud->means, &(SobreAwsChoice) { 0 }, environment, &error);
  g_assert_no_error (error);
  cloud->cancellable = g_cancellable_new ();
  cloud->work = sobre_stack_work_new (cloud->account, "x", cloud->folder, cloud->folder, NULL, NULL, cloud->cancellable);
}

static void
tear_down (Cloud *cloud, gconstpointer data)
{
  g_assert_cmpstr (cloud->wrong, ==, NULL);
  sobre_stack_work_unref (cloud->work);
  g_object_unref (cloud->account);
  g_object_unref (cloud->cancellable);
  fake_service_free (cloud->service);
  fake_means_free (cloud->means);
  sobre_workspace_remove_tree (cloud->folder);
  g_free (cloud->folder);
}

/* "sent:holds refused:holds …", without what only a person sees */
static char *
run (Cloud *cloud, gboolean prove)
{
  static const char *const nicks[] = { "holds", "fails", "unseen" };
  g_autoptr (DexFuture) future = sobre_stack_test (cloud->work, RECORD, ID, prove, NULL, NULL);
  g_autoptr (GError) error = NULL;
  const GValue *value = wait_for (future, &error);
  GPtrArray *checks;
  GString *told = g_string_new (NULL);

  g_assert_no_error (error);
  checks = g_value_get_boxed (value);
  for (guint i = 0; i < checks->len; i++)
    {
      const SobreStackCheck *check = g_ptr_array_index (checks, i);

      if (check->state != SOBRE_CHECK_UNSEEN)
        g_string_append_printf (told, "%s:%s ", check->name, nicks[check->state]);
      if (strcmp (check->name, "sent") == 0 && check->state == SOBRE_CHECK_FAILS)
        g_assert_nonnull (strstr (check->detail, "403"));
    }
  return g_string_free_and_steal (told);
}

static void
test_an_answer_goes_through (Cloud *cloud, gconstpointer data)
{
  g_autofree char *told = run (cloud, FALSE);

  g_assert_cmpstr (told, ==, "sent:holds refused:holds lake:holds ");
}

static void
test_a_door_that_takes_anything_is_found (Cloud *cloud, gconstpointer data)
{
  g_autofree char *told = NULL;

  cloud->other_status = 200;
  told = run (cloud, FALSE);
  g_assert_cmpstr (told, ==, "sent:holds refused:fails lake:holds ");
}

static void
test_behind_a_shut_door_nothing_is_looked_for (Cloud *cloud, gconstpointer data)
{
  g_autofree char *told = NULL;

  cloud->status = 403;
  told = run (cloud, TRUE);
  g_assert_cmpstr (told, ==, "sent:fails ");
}

static void
test_what_does_not_come_is_said (Cloud *cloud, gconstpointer data)
{
  g_autofree char *told = NULL;

  cloud->written = FALSE;
  told = run (cloud, FALSE);
  g_assert_cmpstr (told, ==, "sent:holds refused:holds lake:fails ");
}

/* What only a guest's own keys can show is not asked of an API. */
static void
test_what_is_proved_of_an_api (Cloud *cloud, gconstpointer data)
{
  g_autofree char *told = run (cloud, TRUE);

  g_assert_true (g_str_has_prefix (told, "sent:holds refused:holds lake:holds gzip:fails "));
  g_assert_null (strstr (told, "classic-flow"));
  g_assert_null (strstr (told, "rejects"));
  g_assert_null (strstr (told, "denied"));
}

static void
stop_cb (const SobreStackCheck *check, gpointer user_data)
{
  Cloud *cloud = user_data;

  g_assert_cmpint (check->state, !=, SOBRE_CHECK_FAILS);
  if (strcmp (check->name, "lake") == 0)
    g_cancellable_cancel (cloud->cancellable);
}

/* Whoever stops it is not told that something is broken. */
static void
test_stopped_it_has_found_nothing (Cloud *cloud, gconstpointer data)
{
  g_autoptr (DexFuture) future = sobre_stack_test (cloud->work, RECORD, ID, TRUE, stop_cb, cloud);
  g_autoptr (GError) error = NULL;

  g_assert_null (wait_for (future, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/stack-guest/" name, Cloud, NULL, set_up, function, tear_down)
  ADD ("through", test_an_answer_goes_through);
  ADD ("takes-anything", test_a_door_that_takes_anything_is_found);
  ADD ("shut", test_behind_a_shut_door_nothing_is_looked_for);
  ADD ("does-not-come", test_what_does_not_come_is_said);
  ADD ("proved", test_what_is_proved_of_an_api);
  ADD ("stopped", test_stopped_it_has_found_nothing);
  return g_test_run ();
}
