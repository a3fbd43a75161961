/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A change set in the words of somebody who runs a restaurant. */

#include "stack/sobre-stack-plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/** Word: what a type of resource is called. */
typedef struct
{
  const char *type;
  const char *word;
} Word;

static const Word words[] = {
  { "AWS::ApiGateway::Deployment", N_ ("copy of the API that is in use") },
  { "AWS::ApiGateway::GatewayResponse", N_ ("refusal of the API") },
  { "AWS::ApiGateway::Method", N_ ("method of the API") },
  { "AWS::ApiGateway::Model", N_ ("model of what the API takes") },
  { "AWS::ApiGateway::RequestValidator", N_ ("check of the API") },
  { "AWS::ApiGateway::Resource", N_ ("path of the API") },
  { "AWS::ApiGateway::RestApi", N_ ("API that takes answers") },
  { "AWS::ApiGateway::Stage", N_ ("address of the API") },
  { "AWS::Athena::WorkGroup", N_ ("limits of queries") },
  { "AWS::CloudFront::Distribution", N_ ("site that guests open") },
  { "AWS::CloudFront::Function", N_ ("function of the site") },
  { "AWS::CloudFront::OriginAccessControl", N_ ("key of the site to its files") },
  { "AWS::CloudFront::ResponseHeadersPolicy", N_ ("headers of the site") },
  { "AWS::CloudWatch::Alarm", N_ ("alarm") },
  { "AWS::Cognito::IdentityPool", N_ ("door for guests") },
  { "AWS::Cognito::IdentityPoolRoleAttachment", N_ ("rights of the door") },
  { "AWS::Events::Rule", N_ ("rule that starts a function") },
  { "AWS::Glue::Database", N_ ("database of the lake") },
  { "AWS::Glue::Table", N_ ("table over the lake") },
  { "AWS::IAM::Role", N_ ("role with rights") },
  { "AWS::KinesisFirehose::DeliveryStream", N_ ("stream into the lake") },
  { "AWS::KMS::Key", N_ ("encryption key") },
  { "AWS::Lambda::Function", N_ ("function") },
  { "AWS::Lambda::Permission", N_ ("permission to call a function") },
  { "AWS::Logs::LogGroup", N_ ("log") },
  { "AWS::Logs::LogStream", N_ ("part of a log") },
  { "AWS::S3::Bucket", N_ ("bucket") },
  { "AWS::S3::BucketPolicy", N_ ("rules of a bucket") },
  { "AWS::SNS::Subscription", N_ ("address that is told of alarms") },
  { "AWS::SNS::Topic", N_ ("list of who is told of alarms") },
  { "AWS::SNS::TopicPolicy", N_ ("rules of that list") },
  { "AWS::SQS::Queue", N_ ("queue of what failed") },
  { "AWS::SQS::QueuePolicy", N_ ("rules of that queue") },
};

SobreChangeGroup
sobre_change_get_group (const SobreChange *change)
{
  if (strcmp (change->action, "Add") == 0 || strcmp (change->action, "Import") == 0)
    return SOBRE_CHANGE_ADD;
  if (strcmp (change->action, "Remove") == 0)
    return SOBRE_CHANGE_REMOVE;
  return change->replacement != NULL && strcmp (change->replacement, "False") != 0 ? SOBRE_CHANGE_REPLACE : SOBRE_CHANGE_MODIFY;
}

const char *
sobre_change_group_get_name (SobreChangeGroup group)
{
  static const char *const names[SOBRE_N_CHANGE_GROUPS] = {
    [SOBRE_CHANGE_ADD] = N_ ("Add"),
    [SOBRE_CHANGE_MODIFY] = N_ ("Modify"),
    [SOBRE_CHANGE_REPLACE] = N_ ("Replace"),
    [SOBRE_CHANGE_REMOVE] = N_ ("Remove"),
  };

  return _ (names[group]);
}

const char *
sobre_resource_type_get_word (const char *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].type, type) == 0)
      return _ (words[i].word);
  return type;
}

char *
sobre_change_dup_words (const SobreChange *change)
{
  const char *word = sobre_resource_type_get_word (change->type);
  gboolean perhaps = g_strcmp0 (change->replacement, "Conditional") == 0;

  return g_strdup_printf ("%s %s%s%s%s", word, change->logical_id, *change->properties != '\0' ? ": " : "", change->properties,
                          perhaps ? _ (" (perhaps)") : "");
}

/* A stream holds the answers of its last minutes. What a key encrypted cannot be read without it. */
gboolean
sobre_change_loses_data (const SobreChange *change)
{
  static const char *const holders[] = { "AWS::S3::Bucket", "AWS::KMS::Key", "AWS::KinesisFirehose::DeliveryStream", NULL };
  SobreChangeGroup group = sobre_change_get_group (change);

  return (group == SOBRE_CHANGE_REMOVE || group == SOBRE_CHANGE_REPLACE) && g_strv_contains (holders, change->type);
}
