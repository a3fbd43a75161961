/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Deploying against a CloudFormation that a test writes, with the faults that a real one has. */

#include <string.h>

#include "aws/sobre-aws-error.h"
#include "fake-service.h"
#include "stack/sobre-stack-follow.h"
#include "stack/sobre-stack-plan.h"
#include "workspace/sobre-workspace-files.h"

#define NOW G_GINT64_CONSTANT (1795867200000)
#define TEMPLATE "{\"Parameters\":{\"Languages\":{},\"Site\":{}},\"Resources\":{}}"

/** Cloud: what the service does. @states: what DescribeStacks says, one after the other; the last one stays · @actions: of all requests, separated by spaces
 * · @changes: elements of DescribeChangeSet · @events: elements of DescribeStackEvents, the newest first, which grow with each state */
typedef struct
{
  char *folder;
  FakeService *service;
  SobreAwsMeans *means;
  SobreAwsAccount *account;
  SobreStackWork *work;
  const char *const *states;
  guint n_looks;
  guint n_faults;
  GMutex mutex;
  GString *actions;
  GString *told;
  const char *changes;
  const char *change_set_status;
  const char *const *events;
  gboolean journal_was_running;
  char *execute_body;
  char *create_body;
} Cloud;

static char *
dup_action (const char *body)
{
  const char *at = strstr (body, "Action=");

  return at != NULL ? g_strndup (at + strlen ("Action="), strcspn (at + strlen ("Action="), "&")) : g_strdup ("");
}

static void
describe (Cloud *cloud, GString *reply)
{
  const char *state = cloud->states[cloud->n_looks];
  g_autofree char *body = NULL;

  if (cloud->states[cloud->n_looks + 1] != NULL)
    cloud->n_looks++;
  if (strcmp (state, "MISSING") == 0)
    {
      fake_service_append (
          reply, 400, NULL,
          "<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack does not exist</Message></Error></ErrorResponse>");
      return;
    }
  body = g_strdup_printf (
      "<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackId>arn:x</StackId><StackName>x</StackName>"
      "<StackStatus>%s</StackStatus><CreationTime>2026-11-28T12:00:00Z</CreationTime>"
      "<Parameters><member><ParameterKey>Site</ParameterKey><ParameterValue>Yes</ParameterValue></member></Parameters>"
      "<Tags><member><Key>%s</Key><Value>x</Value></member></Tags>"
      "</member></Stacks></DescribeStacksResult></DescribeStacksResponse>",
      state, g_str_has_prefix (state, "THEIRS") ? "other" : "sobremesa");
  fake_service_append (reply, 200, NULL, body);
}

static void
list_events (Cloud *cloud, GString *reply)
{
  GString *body = g_string_new ("<DescribeStackEventsResponse><DescribeStackEventsResult><StackEvents>");

  for (guint i = 0; cloud->events != NULL && cloud->events[i] != NULL; i += 4)
    g_string_append_printf (
        body,
        "<member><EventId>%s</EventId><Timestamp>2026-11-28T12:00:00Z</Timestamp><LogicalResourceId>%s</LogicalResourceId>"
        "<ResourceType>AWS::SNS::Topic</ResourceType><ResourceStatus>%s</ResourceStatus>"
        "<ResourceStatusReason>%s</ResourceStatusReason></member>",
        cloud->events[i], cloud->events[i + 1], cloud->events[i + 2], cloud->events[i + 3]);
  g_string_append (body, "</StackEvents></DescribeStackEventsResult></DescribeStackEventsResponse>");
  fake_service_append (reply, 200, NULL, body->str);
  g_string_free (body, TRUE);
}

static void
answer (Cloud *cloud, const char *action, const char *body, GString *reply)
{
  g_autoptr (SobreStackJournal) journal = NULL;
  g_autofree char *text = NULL;

  if (strcmp (action, "DescribeStacks") == 0)
    describe (cloud, reply);
  else if (strcmp (action, "DescribeStackEvents") == 0)
    list_events (cloud, reply);
  else if (strcmp (action, "DescribeChangeSet") == 0)
    {
      text =
          g_strdup_printf ("<R><DescribeChangeSetResult><Status>%s</Status><StatusReason>%s</StatusReason><Changes>%s</"
                           "Changes></DescribeChangeSetResult></R>",
                           cloud->change_set_status,
                           *cloud->changes == '\0' ? "The submitted information didn't contain changes." : "", cloud->changes);
      fake_service_append (reply, 200, NULL, text);
    }
  else
    {
      if (strcmp (action, "ExecuteChangeSet") == 0)
        {
          journal = sobre_stack_journal_read (cloud->work->journals, "x");
          cloud->journal_was_running = journal->is_running && strstr (body, journal->token) != NULL;
          g_set_str (&cloud->execute_body, body);
        }
      if (strcmp (action, "CreateChangeSet") == 0)
        g_set_str (&cloud->create_body, body);
      text = g_strdup_printf ("<R><%sResult><StackId>arn:x</StackId></%sResult></R>", action, action);
      fake_service_append (reply, 200, NULL, text);
    }
}

static void
serve_cb (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  Cloud *cloud = user_data;
  g_autofree char *action = dup_action (body);

  g_mutex_lock (&cloud->mutex);
  if (cloud->n_faults > 0)
    {
      cloud->n_faults--;
      if (cloud->n_faults % 2 == 0)
        fake_service_append (reply, 503, NULL, "");
      else
        fake_service_append (
            reply, 400, NULL,
            "<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>");
    }
  else
    {
      g_string_append_printf (cloud->actions, "%s ", action);
      answer (cloud, action, body, reply);
    }
  g_mutex_unlock (&cloud->mutex);
}

static void
tell_cb (const SobreStackEvent *event, gpointer user_data)
{
  g_string_append_printf (((Cloud *) user_data)->told, "%s ", event->id);
}

static void
set_up (Cloud *cloud, gconstpointer data)
{
  g_autofree char *endpoint = NULL;
  g_autofree char *home = NULL;
  g_autofree char *journals = NULL;
  const char *environment[7] = { NULL };
  g_autoptr (GError) error = NULL;

  cloud->folder = g_dir_make_tmp ("sobremesa-stack-XXXXXX", NULL);
  cloud->service = fake_service_new (serve_cb, cloud);
  cloud->means = fake_means_new (NOW);
  cloud->actions = g_string_new (NULL);
  cloud->told = g_string_new (NULL);
  cloud->changes = "";
  cloud->change_set_status = "FAILED";
  endpoint = g_strconcat ("AWS_ENDPOINT_URL=", fake_service_get_endpoint (cloud->service), NULL);
  home = g_strconcat ("HOME=", cloud->folder, NULL);
  environment[0] = endpoint;
  environment[1] = home;
  environment[2] = "AWS_ACCESS_KEY_ID=AKIDEXAMPLE";
  environment[3] = "AWS_SECRET_ACCESS_KEY=secret";
  environment[4] = "AWS_REGION=eu-central-1";
  cloud->account = sobre_aws_account_open (cloud->means, &(SobreAwsChoice) { 0 }, environment, &error);
  g_assert_no_error (error);
  journals = g_build_filename (cloud->folder, "journals", NULL);
  cloud->work = sobre_stack_work_new (cloud->account, "x", cloud->folder, journals, tell_cb, cloud, NULL);
  g_assert_true (sobre_workspace_write_file (cloud->folder, "template.json", TEMPLATE, -1, NULL));
}

static void
tear_down (Cloud *cloud, gconstpointer data)
{
  sobre_stack_work_unref (cloud->work);
  g_object_unref (cloud->account);
  fake_service_free (cloud->service);
  fake_means_free (cloud->means);
  g_string_free (cloud->actions, TRUE);
  g_string_free (cloud->told, TRUE);
  g_free (cloud->execute_body);
  g_free (cloud->create_body);
  sobre_workspace_remove_tree (cloud->folder);
  g_free (cloud->folder);
}

static SobreStackPlan *
prepare (Cloud *cloud, GError **error)
{
  g_autoptr (GHashTable) parameters = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (DexFuture) future = NULL;
  const GValue *value;

  g_hash_table_insert (parameters, (gpointer) "Languages", (gpointer) "en,de");
  g_hash_table_insert (parameters, (gpointer) "Elsewhere", (gpointer) "1");
  future = sobre_stack_prepare (cloud->work, SOBRE_STACK_MAIN, parameters);
  value = wait_for (future, error);
  return value != NULL ? g_value_dup_boxed (value) : NULL;
}

static gboolean
execute (Cloud *cloud, SobreStackPlan *plan, gboolean allow_loss, GError **error)
{
  g_autoptr (DexFuture) future = sobre_stack_execute (cloud->work, plan, allow_loss);

  return wait_for (future, error) != NULL;
}

#define ADDED                                                                                                                  \
  "<member><ResourceChange><Action>Add</Action><LogicalResourceId>Menu</"                                                      \
  "LogicalResourceId><ResourceType>AWS::Lambda::Function</ResourceType></ResourceChange></member>"
#define LOST                                                                                                                   \
  "<member><ResourceChange><Action>Modify</Action><Replacement>True</Replacement><LogicalResourceId>LakeBucket</"              \
  "LogicalResourceId>"                                                                                                         \
  "<ResourceType>AWS::S3::Bucket</ResourceType><Details><member><Target><Name>BucketName</Name></Target></member></Details></" \
  "ResourceChange></member>"

static void
test_new (Cloud *cloud, gconstpointer data)
{
  static const char *const states[] = { "MISSING", "CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS", "CREATE_COMPLETE", NULL };
  static const char *const events[] = { "3", "Menu", "CREATE_COMPLETE", "", "2", "Menu", "CREATE_IN_PROGRESS", "", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreStackPlan) plan = NULL;

  cloud->states = states;
  cloud->changes = ADDED;
  cloud->change_set_status = "CREATE_COMPLETE";
  plan = prepare (cloud, &error);
  g_assert_no_error (error);
  g_assert_true (plan->is_new);
  g_assert_cmpuint (plan->changes->len, ==, 1);
  g_assert_nonnull (strstr (cloud->create_body, "ChangeSetType=CREATE"));
  g_assert_nonnull (strstr (cloud->create_body, "ParameterValue=en%2Cde"));
  g_assert_null (strstr (cloud->create_body, "Elsewhere"));
  g_assert_null (strstr (cloud->create_body, "UsePreviousValue"));
  g_assert_true (execute (cloud, plan, FALSE, &error));
  g_assert_no_error (error);
  g_assert_true (cloud->journal_was_running);
  cloud->events = events;
  g_assert_nonnull (strstr (cloud->actions->str, "SetStackPolicy UpdateTerminationProtection"));
}

static void
test_nothing_to_do (Cloud *cloud, gconstpointer data)
{
  static const char *const states[] = { "UPDATE_COMPLETE", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreStackPlan) plan = NULL;

  cloud->states = states;
  plan = prepare (cloud, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->changes->len, ==, 0);
  g_assert_nonnull (
      strstr (cloud->create_body, "Parameters.member.2.ParameterKey=Site&Parameters.member.2.UsePreviousValue=true"));
  g_assert_true (execute (cloud, plan, FALSE, &error));
  g_assert_null (strstr (cloud->actions->str, "ExecuteChangeSet"));
}

static void
test_data_is_guarded (Cloud *cloud, gconstpointer data)
{
  static const char *const states[] = { "UPDATE_COMPLETE", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreStackPlan) plan = NULL;

  cloud->states = states;
  cloud->changes = LOST ADDED;
  cloud->change_set_status = "CREATE_COMPLETE";
  plan = prepare (cloud, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->losses, ==, 1);
  g_assert_cmpstr (((SobreChange *) g_ptr_array_index (plan->changes, 0))->logical_id, ==, "Menu");
  g_assert_false (execute (cloud, plan, FALSE, &error));
  g_assert_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_LOSS);
  g_assert_null (strstr (cloud->actions->str, "ExecuteChangeSet"));
  g_clear_error (&error);
  g_assert_true (execute (cloud, plan, TRUE, &error));
  g_assert_nonnull (strstr (cloud->actions->str, "SetStackPolicy ExecuteChangeSet"));
}

/* Between faults of every kind each event is told once, in order, and the failure is the first. */
static void
test_faults_end_nothing (Cloud *cloud, gconstpointer data)
{
  static const char *const states[] = { "UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE", NULL };
  static const char *const events[] = { "4", "Second", "UPDATE_FAILED",   "Resource update cancelled",
                                        "3", "First",  "UPDATE_FAILED",   "No such thing",
                                        "2", "Alarms", "UPDATE_COMPLETE", "",
                                        "1", "Before", "CREATE_COMPLETE", "",
                                        NULL };
  g_autoptr (DexFuture) future = NULL;
  g_autoptr (GError) error = NULL;

  cloud->states = states;
  cloud->events = events;
  cloud->n_faults = 25;
  future = sobre_stack_follow (cloud->work, "x", "1");
  g_assert_null (wait_for (future, &error));
  g_assert_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_FAILED);
  g_assert_true (g_str_has_prefix (error->message, "First (AWS::SNS::Topic): No such thing. "));
  g_assert_nonnull (strstr (error->message, "nothing is lost"));
  g_assert_cmpstr (cloud->told->str, ==, "2 3 4 ");
}

static void
test_running_is_followed (Cloud *cloud, gconstpointer data)
{
  static const char *const states[] = { "UPDATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
                                        "UPDATE_COMPLETE", NULL };
  static const char *const events[] = {
    "3", "Menu", "UPDATE_COMPLETE", "", "2", "Menu", "UPDATE_IN_PROGRESS", "", "1", "Old", "CREATE_FAILED", "an old story", NULL
  };
  SobreStackJournal journal = { (char *) "arn:x", (char *) "token", (char *) "set", (char *) "1", TRUE, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreStackPlan) plan = NULL;

  g_assert_true (sobre_stack_journal_write (&journal, cloud->work->journals, "x", NULL));
  cloud->states = states;
  cloud->events = events;
  plan = prepare (cloud, &error);
  g_assert_no_error (error);
  g_assert_true (plan->is_running);
  g_assert_true (execute (cloud, plan, FALSE, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (cloud->told->str, ==, "2 3 ");
  g_assert_null (strstr (cloud->actions->str, "ExecuteChangeSet"));
  g_assert_null (strstr (cloud->actions->str, "CreateChangeSet"));
}

static void
test_failed_creation_makes_way (Cloud *cloud, gconstpointer data)
{
  static const char *const states[] = { "ROLLBACK_COMPLETE", "DELETE_COMPLETE", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreStackPlan) plan = NULL;

  cloud->states = states;
  cloud->changes = ADDED;
  cloud->change_set_status = "CREATE_COMPLETE";
  plan = prepare (cloud, &error);
  g_assert_no_error (error);
  g_assert_true (plan->is_new);
  g_assert_nonnull (strstr (cloud->actions->str, "DeleteStack "));
  g_assert_nonnull (strstr (cloud->create_body, "ChangeSetType=CREATE"));
}

static void
test_stuck_and_foreign (Cloud *cloud, gconstpointer data)
{
  static const char *const stuck[] = { "UPDATE_ROLLBACK_FAILED", NULL };
  static const char *const theirs[] = { "THEIRS_COMPLETE", NULL };
  g_autoptr (GError) error = NULL;

  cloud->states = stuck;
  g_assert_null (prepare (cloud, &error));
  g_assert_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_STUCK);
  g_clear_error (&error);
  cloud->states = theirs;
  cloud->n_looks = 0;
  g_assert_null (prepare (cloud, &error));
  g_assert_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_NAME);
  g_assert_null (strstr (cloud->actions->str, "CreateChangeSet"));
  g_assert_null (strstr (cloud->actions->str, "DeleteStack"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/stack/flow/new", Cloud, NULL, set_up, test_new, tear_down);
  g_test_add ("/stack/flow/nothing-to-do", Cloud, NULL, set_up, test_nothing_to_do, tear_down);
  g_test_add ("/stack/flow/data-is-guarded", Cloud, NULL, set_up, test_data_is_guarded, tear_down);
  g_test_add ("/stack/flow/faults-end-nothing", Cloud, NULL, set_up, test_faults_end_nothing, tear_down);
  g_test_add ("/stack/flow/running-is-followed", Cloud, NULL, set_up, test_running_is_followed, tear_down);
  g_test_add ("/stack/flow/failed-creation-makes-way", Cloud, NULL, set_up, test_failed_creation_makes_way, tear_down);
  g_test_add ("/stack/flow/stuck-and-foreign", Cloud, NULL, set_up, test_stuck_and_foreign, tear_down);
  return g_test_run ();
}
