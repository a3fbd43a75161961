/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Of the limits of an account two can be asked for with a call each, and are met in practice: a full house of roles, and the executions of functions, of which a new account has
 * ten in all. */

#include "stack/sobre-stack-preflight-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-aws-query.h"
#include "aws/sobre-aws-reply.h"

#define NEW_ROLES 4
#define N_FUNCTIONS 2

static void
add (SobrePreflightLook *self, SobreFindingState state, char *words, char *advice)
{
  sobre_preflight_add (self, SOBRE_FINDING_LIMITS, state, words, advice);
}

/* Returns %FALSE where there is no such number. */
static gboolean
find_number (const SobreAwsElement *reply, const char *key, guint64 *number)
{
  for (guint i = 0; i < sobre_aws_element_count (reply, "SummaryMap"); i++)
    {
      const SobreAwsElement *entry = sobre_aws_element_child (reply, "SummaryMap", i);
      const char *value = sobre_aws_element_get (entry, "value");

      if (g_strcmp0 (sobre_aws_element_get (entry, "key"), key) == 0 && value != NULL)
        return g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT32, number, NULL);
    }
  return FALSE;
}

static void
look_at_roles (SobrePreflightLook *self)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (SobreAwsElement) reply =
      dex_await_boxed (sobre_aws_query (sobre_aws_account_get_client (self->work->account, SOBRE_AWS_IAM), SOBRE_AWS_IAM,
                                        "GetAccountSummary", sobre_aws_query_parameters (), self->work->cancellable),
                       &failure);
  guint64 roles, quota;

  if (reply == NULL)
    sobre_preflight_add_unknown (self, SOBRE_FINDING_LIMITS, _ ("how many roles the account may still have"), failure);
  else if (!find_number (reply, "Roles", &roles) || !find_number (reply, "RolesQuota", &quota))
    add (self, SOBRE_FINDING_UNKNOWN, g_strdup (_ ("IAM does not say how many roles the account may still have")), NULL);
  else if (self->stacks[SOBRE_STACK_MAIN] == NULL && roles + NEW_ROLES > quota)
    add (self, SOBRE_FINDING_WARNING,
         g_strdup_printf (_ ("The account has %u of %u roles, and up to %d are made"), (guint) roles, (guint) quota, NEW_ROLES),
         g_strdup (_ ("Remove roles that nobody needs, or ask for more in the AWS console under “Service Quotas”")));
  else
    add (self, SOBRE_FINDING_GOOD, g_strdup_printf (_ ("The account has %u of %u roles"), (guint) roles, (guint) quota), NULL);
}

static JsonObject *
ask_lambda (SobrePreflightLook *self, GError **error)
{
  SobreAwsRequest *request = sobre_aws_request_new ("GET", "/2016-08-19/account-settings/");
  g_autoptr (SobreHttpReply) reply =
      dex_await_boxed (sobre_aws_client_send (sobre_aws_account_get_client (self->work->account, SOBRE_AWS_LAMBDA), request,
                                              self->work->cancellable),
                       error);

  sobre_aws_request_unref (request);
  return reply != NULL ? sobre_aws_reply_parse_json (reply, error) : NULL;
}

/* Of what functions reserve, AWS keeps a hundred for all others; where an account has less than a thousand, ten. */
static void
judge_executions (SobrePreflightLook *self, gint64 all, gint64 unreserved)
{
  const char *wanted = g_hash_table_lookup (self->parameters, "FunctionConcurrency");
  gint64 reserved = wanted != NULL ? N_FUNCTIONS * g_ascii_strtoll (wanted, NULL, 10) : 0;
  gint64 kept = all < 1000 ? 10 : 100;

  if (reserved > 0 && unreserved - reserved < kept)
    add (self, SOBRE_FINDING_WARNING,
         g_strdup_printf (
             _ ("FunctionConcurrency=%s reserves %d executions of functions, of %d that are free, and AWS keeps %d"), wanted,
             (int) reserved, (int) unreserved, (int) kept),
         g_strdup (_ ("Leave FunctionConcurrency at 0, or ask for more in the AWS console under “Service Quotas”")));
  else
    add (self, SOBRE_FINDING_GOOD, g_strdup_printf (_ ("%d functions may run at once in the account"), (int) all), NULL);
}

static void
look_at_executions (SobrePreflightLook *self)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (JsonObject) reply = ask_lambda (self, &failure);
  JsonNode *node = reply != NULL ? json_object_get_member (reply, "AccountLimit") : NULL;
  JsonObject *limit = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  gint64 all = limit != NULL ? json_object_get_int_member_with_default (limit, "ConcurrentExecutions", 0) : 0;
  gint64 unreserved =
      limit != NULL ? json_object_get_int_member_with_default (limit, "UnreservedConcurrentExecutions", all) : 0;

  if (reply == NULL)
    sobre_preflight_add_unknown (self, SOBRE_FINDING_LIMITS, _ ("how many functions may run at once"), failure);
  else if (all <= 0 || all > G_MAXINT32 || unreserved < 0 || unreserved > G_MAXINT32)
    add (self, SOBRE_FINDING_UNKNOWN, g_strdup (_ ("Lambda does not say how many functions may run at once")), NULL);
  else
    judge_executions (self, all, unreserved);
}

void
sobre_preflight_look_at_limits (SobrePreflightLook *self)
{
  look_at_roles (self);
  look_at_executions (self);
}
