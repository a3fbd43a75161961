/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fake-account.h"

#include <string.h>

#include "workspace/sobre-workspace-files.h"

#define NOW G_GINT64_CONSTANT (1795867200000)
#define ARN "arn:aws:cloudformation:eu-central-1:123456789012:stack/"
#define TEMPLATE                                                                                                               \
  "{\"Parameters\":{\"Languages\":{},\"Site\":{},\"Database\":{},\"Bucket\":{},\"UseCmk\":{},\"FunctionConcurrency\":{}}}"
#define POLICY                                                                                                                 \
  "{\"Statement\":[{\"Action\":[\"s3:CreateBucket\",\"s3:Get*\"],\"Resource\":[\"arn:@PARTITION@:s3:::@STACK@-*\"]},"          \
  "{\"Action\":[\"kms:CreateKey\",\"cloudfront:CreateDistribution\"],\"Resource\":[\"*\"]}]}"
#define ADDED                                                                                                                  \
  "<member><ResourceChange><Action>Add</Action><LogicalResourceId>Menu</LogicalResourceId>"                                    \
  "<ResourceType>AWS::Lambda::Function</ResourceType></ResourceChange></member>"

typedef struct
{
  guint status;
  char *body;
} Reply;

/** Stack: one of CloudFormation's. */
typedef struct
{
  char *status;
  char *tag;
} Stack;

static void
reply_free (gpointer data)
{
  g_free (((Reply *) data)->body);
  g_free (data);
}

static void
stack_free (gpointer data)
{
  g_free (((Stack *) data)->status);
  g_free (((Stack *) data)->tag);
  g_free (data);
}

static char *
dup_parameter (const char *body, const char *name)
{
  g_autofree char *start = g_strconcat (name, "=", NULL);
  g_auto (GStrv) pairs = g_strsplit (body, "&", -1);

  for (guint i = 0; pairs[i] != NULL; i++)
    if (g_str_has_prefix (pairs[i], start))
      return g_uri_unescape_string (pairs[i] + strlen (start), NULL);
  return NULL;
}

static char *
dup_call (const char *head, const char *body)
{
  g_autofree char *target = fake_service_dup_header (head, "x-amz-target");
  g_auto (GStrv) words = NULL;
  char *action;

  if (target != NULL)
    return g_strdup (strrchr (target, '.') + 1);
  action = dup_parameter (body, "Action");
  if (action != NULL)
    return action;
  words = g_strsplit_set (head, " ?", 3);
  return g_strdup_printf ("%s %s", words[0], words[1]);
}

static char *
dup_region (const char *head)
{
  g_autofree char *authorization = fake_service_dup_header (head, "authorization");
  g_auto (GStrv) scope = g_strsplit (authorization != NULL ? authorization : "", "/", 5);

  return g_strdup (g_strv_length (scope) > 2 ? scope[2] : "");
}

/* Whatever a stack is called by: its name or its id. */
static char *
dup_name (const char *body)
{
  g_autofree char *name = dup_parameter (body, "StackName");

  return g_strdup (name != NULL && g_str_has_prefix (name, ARN) ? name + strlen (ARN) : name);
}

static void
describe_stack (Stack *stack, const char *name, GString *reply)
{
  g_autofree char *body = NULL;

  if (stack == NULL)
    {
      fake_service_append (reply, 400, NULL,
                           "<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack does not exist</Message></Error></"
                           "ErrorResponse>");
      return;
    }
  body = g_strdup_printf (
      "<R><DescribeStacksResult><Stacks><member><StackId>" ARN "%s</StackId><StackName>%s</StackName>"
      "<StackStatus>%s</StackStatus><CreationTime>2026-11-28T12:00:00Z</CreationTime>"
      "<Outputs><member><OutputKey>LakeBucket</OutputKey><OutputValue>the-lake</OutputValue></member>"
      "<member><OutputKey>LogBucket</OutputKey><OutputValue>the-log</OutputValue></member>"
      "<member><OutputKey>Database</OutputKey><OutputValue>x</OutputValue></member>"
      "<member><OutputKey>WorkGroup</OutputKey><OutputValue>x-lake</OutputValue></member></Outputs>"
      "<Tags><member><Key>%s</Key><Value>x</Value></member></Tags></member></Stacks></DescribeStacksResult></R>",
      name, name, stack->status, stack->tag);
  fake_service_append (reply, 200, NULL, body);
}

static void
describe_change_set (FakeAccount *self, const Stack *stack, GString *reply)
{
  gboolean is_new = stack != NULL && strcmp (stack->status, "REVIEW_IN_PROGRESS") == 0;
  const char *changes = is_new ? (self->changes != NULL ? self->changes : ADDED) : self->updates;
  g_autofree char *body = g_strdup_printf (
      "<R><DescribeChangeSetResult><Status>%s</Status><StatusReason>%s</StatusReason><Changes>%s</Changes>"
      "</DescribeChangeSetResult></R>",
      changes != NULL ? "CREATE_COMPLETE" : "FAILED",
      changes != NULL ? "" : "The submitted information didn't contain changes.", changes != NULL ? changes : "");

  fake_service_append (reply, 200, NULL, body);
}

static void
list_events (FakeAccount *self, const char *name, GString *reply)
{
  g_autoptr (GString) body = g_string_new ("<R><DescribeStackEventsResult><StackEvents>");

  for (guint i = self->n_events; i > 0; i--)
    g_string_append_printf (
        body,
        "<member><EventId>%s-%u</EventId><Timestamp>2026-11-28T12:00:00Z</Timestamp><LogicalResourceId>Menu</"
        "LogicalResourceId><ResourceType>AWS::Lambda::Function</ResourceType>"
        "<ResourceStatus>CREATE_COMPLETE</ResourceStatus></member>",
        name, i);
  g_string_append (body, "</StackEvents></DescribeStackEventsResult></R>");
  fake_service_append (reply, 200, NULL, body->str);
}

static void
execute (FakeAccount *self, Stack *stack)
{
  gboolean is_new = strcmp (stack->status, "REVIEW_IN_PROGRESS") == 0;

  g_set_str (&stack->status, self->is_slow ? (is_new ? "CREATE_IN_PROGRESS" : "UPDATE_IN_PROGRESS")
                                           : (is_new ? "CREATE_COMPLETE" : "UPDATE_COMPLETE"));
  self->n_events++;
}

/* Returns whether it is one of CloudFormation's. */
static gboolean
answer_cloudformation (FakeAccount *self, const char *call, const char *body, GString *reply)
{
  static const char *const others[] = { "DeleteChangeSet",
                                        "SetStackPolicy",
                                        "UpdateTerminationProtection",
                                        "DeleteStack",
                                        "CreateChangeSet",
                                        "ExecuteChangeSet",
                                        NULL };
  g_autofree char *name = dup_name (body);
  Stack *stack = name != NULL ? g_hash_table_lookup (self->stacks, name) : NULL;
  g_autofree char *done = NULL;

  if (stack != NULL && !self->is_slow && g_str_has_prefix (stack->status, "UPDATE_IN_PROGRESS"))
    g_set_str (&stack->status, "UPDATE_COMPLETE");
  if (stack != NULL && !self->is_slow && g_str_has_prefix (stack->status, "CREATE_IN_PROGRESS"))
    g_set_str (&stack->status, "CREATE_COMPLETE");
  if (strcmp (call, "DescribeStacks") == 0)
    describe_stack (stack, name, reply);
  else if (strcmp (call, "DescribeChangeSet") == 0)
    describe_change_set (self, stack, reply);
  else if (strcmp (call, "DescribeStackEvents") == 0)
    list_events (self, name, reply);
  else if (strcmp (call, "ListStackResources") == 0)
    fake_service_append (reply, 200, NULL, "<R><ListStackResourcesResult></ListStackResourcesResult></R>");
  else if (!g_strv_contains (others, call))
    return FALSE;
  else
    {
      if (strcmp (call, "CreateChangeSet") == 0 && stack == NULL)
        {
          stack = g_new0 (Stack, 1);
          *stack = (Stack) { g_strdup ("REVIEW_IN_PROGRESS"), g_strdup ("sobremesa") };
          g_hash_table_insert (self->stacks, g_strdup (name), stack);
        }
      else if (strcmp (call, "ExecuteChangeSet") == 0)
        execute (self, stack);
      else if (strcmp (call, "DeleteStack") == 0 && stack != NULL)
        g_set_str (&stack->status, "DELETE_COMPLETE");
      /* By its id a stack is found when it is gone, by its name it is not. */
      if (strcmp (call, "DeleteStack") == 0 && stack != NULL && strstr (body, "stack%2F") == NULL)
        g_hash_table_remove (self->stacks, name);
      done = g_strdup_printf ("<R><%sResult><StackId>" ARN "%s</StackId></%sResult></R>", call, name, call);
      fake_service_append (reply, 200, NULL, done);
    }
  return TRUE;
}

static void
simulate (FakeAccount *self, const char *body, GString *reply)
{
  g_autoptr (GString) results = g_string_new ("<R><SimulatePrincipalPolicyResult><EvaluationResults>");

  for (guint i = 1;; i++)
    {
      g_autofree char *name = g_strdup_printf ("ActionNames.member.%u", i);
      g_autofree char *action = dup_parameter (body, name);

      if (action == NULL)
        break;
      g_string_append_printf (results, "<member><EvalActionName>%s</EvalActionName><EvalDecision>%s</EvalDecision></member>",
                              action, g_hash_table_contains (self->denied, action) ? "implicitDeny" : "allowed");
    }
  g_string_append (results, "</EvaluationResults></SimulatePrincipalPolicyResult></R>");
  fake_service_append (reply, 200, NULL, results->str);
}

static void
serve_cb (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  FakeAccount *self = user_data;
  g_autofree char *call = dup_call (head, body);
  g_autofree char *region = dup_region (head);
  g_autofree char *there = g_strdup_printf ("%s %s", region, call);
  const Reply *said;

  g_mutex_lock (&self->mutex);
  g_string_append_printf (self->calls, "%s ", call);
  g_string_append_printf (self->bodies, "%s\n", body);
  said = g_hash_table_lookup (self->replies, there);
  if (said == NULL)
    said = g_hash_table_lookup (self->replies, call);
  if (said != NULL)
    fake_service_append (reply, said->status, NULL, said->body);
  else if (strcmp (call, "SimulatePrincipalPolicy") == 0)
    simulate (self, body, reply);
  else if (!answer_cloudformation (self, call, body, reply))
    fake_service_append (reply, 400, NULL, "{\"__type\":\"ValidationException\",\"message\":\"of the test\"}");
  g_mutex_unlock (&self->mutex);
}

void
fake_account_reply (FakeAccount *self, const char *call, guint status, const char *body)
{
  Reply *reply = g_new0 (Reply, 1);

  *reply = (Reply) { status, g_strdup (body) };
  g_mutex_lock (&self->mutex);
  g_hash_table_insert (self->replies, g_strdup (call), reply);
  g_mutex_unlock (&self->mutex);
}

void
fake_account_add_stack (FakeAccount *self, const char *name, const char *status, const char *tag)
{
  Stack *stack = g_new0 (Stack, 1);

  *stack = (Stack) { g_strdup (status), g_strdup (tag) };
  g_mutex_lock (&self->mutex);
  g_hash_table_insert (self->stacks, g_strdup (name), stack);
  g_mutex_unlock (&self->mutex);
}

void
fake_account_deny (FakeAccount *self, const char *action)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_add (self->denied, g_strdup (action));
  g_mutex_unlock (&self->mutex);
}

char *
fake_account_dup_calls (FakeAccount *self)
{
  char *copy;

  g_mutex_lock (&self->mutex);
  copy = g_strdup (self->calls->str);
  g_mutex_unlock (&self->mutex);
  return copy;
}

char *
fake_account_dup_bodies (FakeAccount *self)
{
  char *copy;

  g_mutex_lock (&self->mutex);
  copy = g_strdup (self->bodies->str);
  g_mutex_unlock (&self->mutex);
  return copy;
}

static DexFuture *
settled_cb (DexFuture *future, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return NULL;
}

const GValue *
fake_account_wait (DexFuture *future, GError **error)
{
  gboolean settled = FALSE;
  g_autoptr (DexFuture) watch = dex_future_finally (dex_ref (future), settled_cb, &settled, NULL);

  while (!settled)
    g_main_context_iteration (NULL, TRUE);
  return dex_future_get_value (future, error);
}

static void
answer_well (FakeAccount *self)
{
  fake_account_reply (
      self, "GetCallerIdentity", 200,
      "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/maria</Arn><UserId>AIDA</UserId>"
      "<Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>");
  fake_account_reply (self, "GetAccountSummary", 200,
                      "<R><GetAccountSummaryResult><SummaryMap><entry><key>Roles</key><value>30</value></entry>"
                      "<entry><key>RolesQuota</key><value>1000</value></entry></SummaryMap></GetAccountSummaryResult></R>");
  fake_account_reply (self, "GET /2016-08-19/account-settings/", 200,
                      "{\"AccountLimit\":{\"ConcurrentExecutions\":1000,\"UnreservedConcurrentExecutions\":1000}}");
  fake_account_reply (self, "GetDatabase", 400, "{\"__type\":\"EntityNotFoundException\",\"message\":\"none\"}");
  fake_account_reply (self, "GetWorkGroup", 400, "{\"__type\":\"InvalidRequestException\",\"message\":\"none\"}");
  fake_account_reply (self, "DescribeDeliveryStream", 400, "{\"__type\":\"ResourceNotFoundException\",\"message\":\"none\"}");
  fake_account_reply (self, "PutParameter", 200, "{}");
  fake_account_reply (self, "DeleteParameter", 400, "{\"__type\":\"ParameterNotFound\",\"message\":\"none\"}");
}

/* The program's own settings count nowhere here. */
static void
open_account (FakeAccount *self)
{
  g_autofree char *endpoint = g_strconcat ("AWS_ENDPOINT_URL=", fake_service_get_endpoint (self->service), NULL);
  g_autofree char *home = g_strconcat ("HOME=", self->folder, NULL);
  const char *const environment[] = { endpoint,
                                      home,
                                      "AWS_ACCESS_KEY_ID=AKIDEXAMPLE",
                                      "AWS_SECRET_ACCESS_KEY=secret",
                                      "AWS_REGION=eu-central-1",
                                      "AWS_MAX_ATTEMPTS=1",
                                      NULL };
  g_autoptr (GError) error = NULL;

  self->account = sobre_aws_account_open (self->means, &(SobreAwsChoice) { 0 }, environment, &error);
  g_assert_no_error (error);
}

void
fake_account_set_up (FakeAccount *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("sobremesa-account-XXXXXX", NULL);
  self->service = fake_service_new (serve_cb, self);
  self->means = fake_means_new (NOW);
  self->replies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, reply_free);
  self->stacks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, stack_free);
  self->denied = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->calls = g_string_new (NULL);
  self->bodies = g_string_new (NULL);
  self->cancellable = g_cancellable_new ();
  answer_well (self);
  open_account (self);
  path = g_build_filename (self->folder, "workspace", NULL);
  self->workspace = sobre_workspace_create (path, FALSE, self->means->clock, self->means->random, &error);
  g_assert_no_error (error);
  self->journals = g_build_filename (path, SOBRE_STATE_FOLDER, SOBRE_JOURNALS_FOLDER, NULL);
  self->work = sobre_stack_work_new (self->account, "x", self->folder, self->journals, NULL, NULL, self->cancellable);
  g_assert_true (sobre_workspace_write_file (self->folder, "lake.json", TEMPLATE, -1, NULL));
  g_assert_true (sobre_workspace_write_file (self->folder, "template.json", TEMPLATE, -1, NULL));
  g_assert_true (sobre_workspace_write_file (self->folder, "deploy-policy.json", POLICY, -1, NULL));
}

void
fake_account_tear_down (FakeAccount *self, gconstpointer data)
{
  sobre_stack_work_unref (self->work);
  g_object_unref (self->workspace);
  g_object_unref (self->account);
  g_object_unref (self->cancellable);
  fake_service_free (self->service);
  fake_means_free (self->means);
  g_hash_table_unref (self->replies);
  g_hash_table_unref (self->stacks);
  g_hash_table_unref (self->denied);
  g_string_free (self->calls, TRUE);
  g_string_free (self->bodies, TRUE);
  sobre_workspace_remove_tree (self->folder);
  g_free (self->journals);
  g_free (self->folder);
}
