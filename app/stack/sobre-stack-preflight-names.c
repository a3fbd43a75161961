/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Names that AWS chooses clash with nobody's. Those that the templates give are looked at before their stack is made: afterwards they are its own. */

#include "stack/sobre-stack-preflight-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-aws-error.h"
#include "aws/sobre-s3.h"

/** Clash: something that may be there already under a name that the templates give. @body: of a call that finds it · @absent: what AWS answers where it is not there */
typedef struct
{
  SobreAwsService service;
  const char *operation;
  char *body;
  SobreAwsErrorCode absent;
  const char *kind;
  char *name;
  char *advice;
} Clash;

static void
add (SobrePreflightLook *self, SobreFindingState state, char *words, char *advice)
{
  sobre_preflight_add (self, SOBRE_FINDING_NAMES, state, words, advice);
}

static void
add_stack (SobrePreflightLook *self, const SobreStack *stack)
{
  static const char *const stuck[] = { "UPDATE_ROLLBACK_FAILED", "UPDATE_FAILED", "DELETE_FAILED", "IMPORT_ROLLBACK_FAILED",
                                       NULL };

  if (g_strv_contains (stuck, stack->status))
    add (self, SOBRE_FINDING_BAD, g_strdup_printf (_ ("The stack %s is %s"), stack->name, stack->status),
         g_strdup (_ ("In the AWS console, “Continue update rollback” or “Delete” with what is named there gets it out of "
                      "that")));
  else
    add (self, SOBRE_FINDING_GOOD, g_strdup_printf (_ ("The stack %s is there, %s"), stack->name, stack->status), NULL);
}

static void
look_at_stack (SobrePreflightLook *self, SobreStackPart part)
{
  g_autofree char *name = sobre_stack_work_dup_stack (self->work, part);
  g_autoptr (GError) failure = NULL;

  self->stacks[part] = dex_await_boxed (sobre_stack_work_describe (self->work, part), &failure);
  if (self->stacks[part] != NULL)
    add_stack (self, self->stacks[part]);
  else if (g_error_matches (failure, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING))
    add (self, SOBRE_FINDING_GOOD, g_strdup_printf (_ ("Nobody has a stack %s"), name), NULL);
  else if (g_error_matches (failure, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_NAME))
    add (self, SOBRE_FINDING_BAD, g_strdup_printf (_ ("The account has a stack %s that is not Sobremesa's"), name),
         g_strdup (_ ("Take another name with --stack NAME")));
  else
    sobre_preflight_add_unknown (self, SOBRE_FINDING_NAMES, name, failure);
}

/* A lake that is there already: it has to be there, and ours. */
static void
look_at_bucket (SobrePreflightLook *self)
{
  const char *bucket = sobre_preflight_get (self, "Bucket");
  g_autoptr (SobreS3Page) page = NULL;
  g_autoptr (GError) failure = NULL;

  if (bucket == NULL || *bucket == '\0' || self->stacks[SOBRE_STACK_LAKE] != NULL)
    return;
  page = dex_await_boxed (sobre_s3_list (sobre_aws_account_get_client (self->work->account, SOBRE_AWS_S3), bucket, "", NULL, 1,
                                         self->work->cancellable),
                          &failure);
  if (page != NULL)
    add (self, SOBRE_FINDING_GOOD, g_strdup_printf (_ ("The bucket %s is there and becomes the lake"), bucket), NULL);
  else if (g_error_matches (failure, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_NOT_FOUND))
    add (self, SOBRE_FINDING_BAD, g_strdup_printf (_ ("There is no bucket %s, which is to be the lake"), bucket),
         g_strdup (_ ("Make it, or leave the parameter Bucket and the workspace's own bucket out, so that AWS makes one")));
  else if (g_error_matches (failure, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_DENIED))
    add (self, SOBRE_FINDING_BAD,
         g_strdup_printf (_ ("The bucket %s, which is to be the lake, is somebody else's, or may not be read"), bucket),
         g_strdup (_ ("Take one of this account, or have these keys allowed to read it")));
  else
    sobre_preflight_add_unknown (self, SOBRE_FINDING_NAMES, bucket, failure);
}

static void
clash_clear (Clash *self)
{
  g_free (self->body);
  g_free (self->name);
  g_free (self->advice);
}

/* Takes @clash. */
static void
look_at_clash (SobrePreflightLook *self, Clash *clash)
{
  SobreAwsRequest *request = sobre_aws_request_new_json (clash->service, clash->operation, g_steal_pointer (&clash->body));
  g_autoptr (GError) failure = NULL;
  gboolean is_there = dex_await (sobre_aws_client_send (sobre_aws_account_get_client (self->work->account, clash->service),
                                                        request, self->work->cancellable),
                                 &failure);

  sobre_aws_request_unref (request);
  if (is_there)
    add (self, SOBRE_FINDING_BAD,
         g_strdup_printf (_ ("The account has a %s %s already, which no stack of ours made"), clash->kind, clash->name),
         g_steal_pointer (&clash->advice));
  else if (!g_error_matches (failure, SOBRE_AWS_ERROR, clash->absent))
    sobre_preflight_add_unknown (self, SOBRE_FINDING_NAMES, clash->name, failure);
  clash_clear (clash);
}

static void
look_beside_lake (SobrePreflightLook *self)
{
  const char *database = sobre_preflight_get (self, "Database");
  g_autofree char *name = sobre_stack_work_dup_stack (self->work, SOBRE_STACK_LAKE);
  Clash clash;

  if (database != NULL)
    {
      g_autofree char *quoted = g_strescape (database, NULL);

      clash = (Clash) { SOBRE_AWS_GLUE,
                        "GetDatabase",
                        g_strdup_printf ("{\"Name\":\"%s\"}", quoted),
                        SOBRE_AWS_ERROR_NOT_FOUND,
                        _ ("database"),
                        g_strdup (database),
                        g_strdup (_ ("Take another name with --parameter Database=NAME, or remove it from Glue")) };
      look_at_clash (self, &clash);
    }
  /* Athena has no word of its own for a workgroup that is not there. */
  clash = (Clash) { SOBRE_AWS_ATHENA,
                    "GetWorkGroup",
                    g_strdup_printf ("{\"WorkGroup\":\"%s\"}", name),
                    SOBRE_AWS_ERROR_REFUSED,
                    _ ("workgroup"),
                    g_strdup (name),
                    g_strdup (_ ("Take another name with --stack NAME, or remove it from Athena")) };
  look_at_clash (self, &clash);
}

static void
look_beside_main (SobrePreflightLook *self)
{
  Clash clash = { SOBRE_AWS_FIREHOSE,
                  "DescribeDeliveryStream",
                  g_strdup_printf ("{\"DeliveryStreamName\":\"%s-responses\"}", self->work->name),
                  SOBRE_AWS_ERROR_NOT_FOUND,
                  _ ("stream"),
                  g_strdup_printf ("%s-responses", self->work->name),
                  g_strdup (_ ("Take another name with --stack NAME, or remove it from Firehose")) };

  look_at_clash (self, &clash);
}

void
sobre_preflight_look_at_names (SobrePreflightLook *self)
{
  for (guint part = 0; part < SOBRE_N_STACK_PARTS; part++)
    look_at_stack (self, part);
  look_at_bucket (self);
  if (self->preflight->worst == SOBRE_FINDING_BAD)
    return;
  if (self->stacks[SOBRE_STACK_LAKE] == NULL)
    look_beside_lake (self);
  if (self->stacks[SOBRE_STACK_MAIN] == NULL)
    look_beside_main (self);
}
