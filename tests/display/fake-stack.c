/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "fake-service.h"
#include "fake-stack-private.h"

#define REFUSED 3
#define MINUTE (G_GINT64_CONSTANT (60))
#define OUTPUT(name, value) "<member><OutputKey>" name "</OutputKey><OutputValue>" value "</OutputValue></member>"
#define RESOURCE(name, type)                                                                                                   \
  "<member><LogicalResourceId>" name "</LogicalResourceId><PhysicalResourceId>sobremesa-" name "</PhysicalResourceId>"         \
  "<ResourceType>" type "</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus></member>"
#define OUTPUTS                                                                                                                \
  OUTPUT ("DoorRole", "sobremesa-GuestRole")                                                                                   \
  OUTPUT ("IdentityPool", "eu-central-1:pool")                                                                                 \
  OUTPUT ("IngestPath", "Direct")                                                                                              \
  OUTPUT ("ResponsesStream", FAKE_STREAM)                                                                                      \
  OUTPUT ("EventsStream", "sobremesa-Events")                                                                                  \
  OUTPUT ("SiteBucket", "sobremesa-site-bucket")                                                                               \
  OUTPUT ("LakeBucket", FAKE_LAKE) OUTPUT ("SiteUrl", "https://d111111abcdef8.cloudfront.net")
#define STACK_ID "arn:aws:cloudformation:eu-central-1:123456789012:stack/%s/1a2b"
#define LAKE_OUTPUTS                                                                                                           \
  OUTPUT ("LakeBucket", FAKE_LAKE) OUTPUT ("LogBucket", "sobremesa-log-bucket") OUTPUT ("WorkGroup", "sobremesa-lake")
#define LAKE_RESOURCES                                                                                                         \
  RESOURCE ("LakeBucket", "AWS::S3::Bucket")                                                                                   \
  RESOURCE ("LogBucket", "AWS::S3::Bucket")                                                                                    \
  RESOURCE ("Catalogue", "AWS::Glue::Database") RESOURCE ("WorkGroup", "AWS::Athena::WorkGroup")
#define RESOURCES                                                                                                              \
  RESOURCE ("Transform", "AWS::Lambda::Function")                                                                              \
  RESOURCE ("LateResponses", "AWS::CloudWatch::Alarm")                                                                         \
  RESOURCE ("LateEvents", "AWS::CloudWatch::Alarm") RESOURCE ("TransformErrors", "AWS::CloudWatch::Alarm")

char *
fake_stack_format_ago (gint64 seconds)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_seconds (now, (double) -seconds);

  return g_date_time_format (then, "%Y-%m-%dT%H:%M:%SZ");
}

static char *
describe_stack (FakeStack *self, const char *body)
{
  gboolean is_lake = fake_stack_is_lake (body);
  const char *status = fake_stack_get_status (self, body);
  const char *name = is_lake ? "sobremesa-lake" : "sobremesa";
  gboolean is_whole = g_str_has_suffix (status, "_COMPLETE");

  return g_strdup_printf (
      "<Stacks><member><StackId>" STACK_ID "</StackId><StackName>%s</StackName><StackStatus>%s</StackStatus>"
      "<CreationTime>2026-11-28T12:00:00Z</CreationTime><Outputs>%s</Outputs><Tags><member><Key>sobremesa</Key>"
      "<Value>sobremesa</Value></member></Tags><Parameters><member><ParameterKey>BufferSeconds</ParameterKey>"
      "<ParameterValue>300</ParameterValue></member></Parameters></member></Stacks>",
      name, name, status, is_whole ? (is_lake ? LAKE_OUTPUTS : OUTPUTS) : "");
}

static char *
describe_events (FakeStack *self)
{
  g_autofree char *at = fake_stack_format_ago (20 * MINUTE);

  return g_strdup_printf (
      "<StackEvents><member><EventId>%u-2</EventId><Timestamp>%s</Timestamp><LogicalResourceId>Transform</LogicalResourceId>"
      "<ResourceType>AWS::Lambda::Function</ResourceType><ResourceStatus>%s</ResourceStatus><ResourceStatusReason>%s"
      "</ResourceStatusReason></member><member><EventId>%u-1</EventId><Timestamp>%s</Timestamp><LogicalResourceId>sobremesa"
      "</LogicalResourceId><ResourceType>AWS::CloudFormation::Stack</ResourceType>"
      "<ResourceStatus>UPDATE_IN_PROGRESS</ResourceStatus></member></StackEvents>",
      self->n_executed, at, self->cause != NULL ? "UPDATE_FAILED" : "UPDATE_COMPLETE", self->cause != NULL ? self->cause : "",
      self->n_executed, at);
}

/* Of whatever metric: something ten and fifteen minutes ago. Of four metrics, which is of the health, the last is what was refused. */
static char *
describe_metrics (FakeStack *self, const char *body)
{
  GString *text = g_string_new ("<MetricDataResults>");
  g_autofree char *first = fake_stack_format_ago (15 * MINUTE);
  g_autofree char *last = fake_stack_format_ago (10 * MINUTE);

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("MetricDataQueries.member.%u.Id", i + 1);

      if (strstr (body, name) != NULL && i == REFUSED && self->has_refused)
        g_string_append_printf (
            text,
            "<member><Id>m%u</Id><Timestamps><member>%s</member></Timestamps><Values><member>2</member></Values></member>", i,
            last);
      else if (strstr (body, name) != NULL && i != REFUSED)
        g_string_append_printf (text,
                                "<member><Id>m%u</Id><Timestamps><member>%s</member><member>%s</member></Timestamps>"
                                "<Values><member>12</member><member>3</member></Values></member>",
                                i, last, first);
    }
  g_string_append (text, "</MetricDataResults>");
  return g_string_free_and_steal (text);
}

static char *
describe_alarms (FakeStack *self)
{
  g_autofree char *at = fake_stack_format_ago (30 * MINUTE);

  return g_strdup_printf ("<MetricAlarms><member><AlarmName>sobremesa-%s</AlarmName><StateValue>%s</StateValue><StateReason>"
                          "Threshold crossed: 3 errors were greater than 0</StateReason><StateUpdatedTimestamp>%s"
                          "</StateUpdatedTimestamp></member></MetricAlarms>",
                          self->alarm != NULL ? self->alarm : "LateResponses", self->alarm != NULL ? "ALARM" : "OK", at);
}

static char *
describe_drift (FakeStack *self, const char *body)
{
  if (!self->is_drifted || fake_stack_is_lake (body))
    return g_strdup ("<StackResourceDrifts/>");
  return g_strdup (
      "<StackResourceDrifts><member><LogicalResourceId>Transform</LogicalResourceId><PhysicalResourceId>sobremesa-Transform"
      "</PhysicalResourceId><ResourceType>AWS::Lambda::Function</ResourceType><StackResourceDriftStatus>MODIFIED"
      "</StackResourceDriftStatus><PropertyDifferences><member><PropertyPath>/Timeout</PropertyPath><ExpectedValue>60"
      "</ExpectedValue><ActualValue>30</ActualValue><DifferenceType>NOT_EQUAL</DifferenceType></member></PropertyDifferences>"
      "</member></StackResourceDrifts>");
}

static char *
answer_action (FakeStack *self, const char *action, const char *body)
{
  if (strcmp (action, "DescribeStacks") == 0)
    return describe_stack (self, body);
  if (strcmp (action, "DescribeStackEvents") == 0)
    return describe_events (self);
  if (strcmp (action, "ListStackResources") == 0)
    return g_strdup (fake_stack_is_lake (body) ? "<StackResourceSummaries>" LAKE_RESOURCES "</StackResourceSummaries>"
                                               : "<StackResourceSummaries>" RESOURCES "</StackResourceSummaries>");
  if (strcmp (action, "GetMetricData") == 0)
    {
      self->n_metered += strstr (body, "BucketSizeBytes") != NULL;
      return describe_metrics (self, body);
    }
  if (strcmp (action, "DetectStackDrift") == 0)
    return g_strdup ("<StackDriftDetectionId>1</StackDriftDetectionId>");
  if (strcmp (action, "DescribeStackDriftDetectionStatus") == 0)
    return g_strdup ("<DetectionStatus>DETECTION_COMPLETE</DetectionStatus>");
  if (strcmp (action, "DescribeStackResourceDrifts") == 0)
    return describe_drift (self, body);
  if (strcmp (action, "DescribeAlarms") == 0)
    return describe_alarms (self);
  self->is_shut = strcmp (action, "PutRolePolicy") == 0 || (self->is_shut && strcmp (action, "DeleteRolePolicy") != 0);
  return g_strdup ("");
}

static void
refuse (GString *reply, const char *code)
{
  g_autofree char *body =
      g_strdup_printf ("<ErrorResponse><Error><Code>%s</Code><Message>no</Message></Error></ErrorResponse>", code);

  fake_service_append (reply, strcmp (code, "NoSuchEntity") == 0 ? 404 : 400, NULL, body);
}

static void
answer_cb (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  FakeStack *self = user_data;
  const char *at = strstr (body, "Action=");
  g_autofree char *action = at != NULL ? g_strndup (at + 7, strcspn (at + 7, "&")) : NULL;
  g_autofree char *inner = NULL;
  g_autofree char *text = NULL;

  g_mutex_lock (&self->mutex);
  if (!g_str_has_prefix (head, "POST") && strstr (head, "/" FAKE_SITE_BUCKET) != NULL)
    fake_site_answer (&self->site, head, body, reply);
  else if (fake_stack_answer_json (self, head, body, reply))
    ;
  else if (action == NULL)
    fake_stack_answer_lake (self, head, reply);
  else if (strstr (head, FAKE_GUEST_KEY) != NULL && !self->is_guest_free)
    refuse (reply, "AccessDenied");
  else if (strcmp (action, "DescribeStacks") == 0 && fake_stack_get_status (self, body) == NULL)
    refuse (reply, "ValidationError");
  else if (strcmp (action, "GetRolePolicy") == 0 && !self->is_shut)
    refuse (reply, "NoSuchEntity");
  else
    {
      inner = fake_stack_answer_deploy (self, action, body);
      if (inner == NULL)
        inner = answer_action (self, action, body);
      text = g_strdup_printf ("<%sResponse><%sResult>%s</%sResult></%sResponse>", action, action, inner, action, action);
      fake_service_append (reply, 200, NULL, text);
    }
  g_mutex_unlock (&self->mutex);
}

gpointer
fake_stack_start (FakeStack *self, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "aws-config", NULL);
  g_autofree char *none = g_build_filename (folder, "aws-credentials", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  FakeService *service;

  g_mutex_init (&self->mutex);
  service = fake_service_new (answer_cb, self);
  text = g_strdup_printf ("[default]\naws_access_key_id = AKIDGOOD00000000\naws_secret_access_key = wJalrXUtnFEMIK7MDENG\n"
                          "region = eu-central-1\nendpoint_url = %s\n",
                          fake_service_get_endpoint (service));
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  g_setenv ("AWS_CONFIG_FILE", path, TRUE);
  g_setenv ("AWS_SHARED_CREDENTIALS_FILE", none, TRUE);
  return service;
}

void
fake_stack_deploy (const char *workspace)
{
  static const char *const names[] = { "sobremesa-lake.json", "sobremesa.json" };
  g_autofree char *journals = g_build_filename (workspace, ".sobremesa", "deploy-journal", NULL);

  g_assert_cmpint (g_mkdir_with_parents (journals, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *journal = g_build_filename (journals, names[i], NULL);

      g_assert_true (g_file_set_contents (journal, "{\"stack_id\": \"arn:x\"}", -1, NULL));
    }
}
