/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Deploying to the AWS on loopback: a plan is there at once, and what it says is done as soon as it is told. */

#include <string.h>

#include "fake-stack-private.h"

#define CHANGE(action, name, type)                                                                                             \
  "<member><Type>Resource</Type><ResourceChange><Action>" action "</Action><LogicalResourceId>" name                           \
  "</LogicalResourceId><ResourceType>" type "</ResourceType></ResourceChange></member>"
#define NOTHING                                                                                                                \
  "<Status>FAILED</Status><StatusReason>The submitted information didn't contain changes.</StatusReason><Changes/>"
#define MADE "<Status>CREATE_COMPLETE</Status><Changes>"

gboolean
fake_stack_is_lake (const char *body)
{
  return strstr (body, "StackName=sobremesa-lake") != NULL || strstr (body, "stack%2Fsobremesa-lake") != NULL;
}

static guint *
get_part (FakeStack *self, const char *body)
{
  return &self->parts[fake_stack_is_lake (body) ? 0 : 1];
}

const char *
fake_stack_get_status (FakeStack *self, const char *body)
{
  guint part = *get_part (self, body);

  if (!self->is_missing)
    return self->status;
  /* By its id a stack is known also when it is gone. */
  if (part == 0)
    return strstr (body, "stack%2F") != NULL ? "DELETE_COMPLETE" : NULL;
  if (part == 1)
    return "REVIEW_IN_PROGRESS";
  if (self->is_slow)
    return "CREATE_IN_PROGRESS";
  return self->is_refused ? "ROLLBACK_COMPLETE" : "CREATE_COMPLETE";
}

static char *
describe_change_set (FakeStack *self, const char *body)
{
  gboolean is_lake = fake_stack_is_lake (body);

  if (self->is_missing && *get_part (self, body) < 2)
    return g_strdup (is_lake ? MADE CHANGE ("Add", "LakeBucket", "AWS::S3::Bucket")
                                   CHANGE ("Add", "WorkGroup", "AWS::Athena::WorkGroup") "</Changes>"
                             : MADE CHANGE ("Add", "Responses", "AWS::KinesisFirehose::DeliveryStream")
                                   CHANGE ("Add", "Transform", "AWS::Lambda::Function")
                                       CHANGE ("Add", "Distribution", "AWS::CloudFront::Distribution") "</Changes>");
  if (self->has_loss && is_lake && self->n_executed == 0)
    return g_strdup (MADE CHANGE ("Remove", "LakeBucket", "AWS::S3::Bucket") "</Changes>");
  return g_strdup (NOTHING);
}

char *
fake_stack_answer_deploy (FakeStack *self, const char *action, const char *body)
{
  guint *part = get_part (self, body);

  if (strcmp (action, "GetCallerIdentity") == 0)
    return g_strdup ("<Arn>arn:aws:iam::123456789012:user/maria</Arn><UserId>u</UserId><Account>123456789012</Account>");
  if (strcmp (action, "DescribeChangeSet") == 0)
    return describe_change_set (self, body);
  if (strcmp (action, "CreateChangeSet") == 0)
    {
      *part = MAX (*part, 1);
      return g_strdup_printf (
          "<Id>arn:set</Id><StackId>arn:aws:cloudformation:eu-central-1:123456789012:stack/sobremesa%s/1a2b</StackId>",
          fake_stack_is_lake (body) ? "-lake" : "");
    }
  if (strcmp (action, "ExecuteChangeSet") == 0)
    {
      *part = 2;
      self->n_executed++;
      return g_strdup ("");
    }
  if (strcmp (action, "DeleteStack") != 0)
    return NULL;
  /* The other one stays as it was. */
  if (!self->is_missing)
    self->parts[0] = self->parts[1] = 2;
  self->is_missing = TRUE;
  *part = 0;
  self->n_deleted++;
  return g_strdup ("");
}
