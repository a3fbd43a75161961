/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "stack/sobre-stack-preflight-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-aws-error.h"
#include "stack/sobre-stack-rights.h"

/* Every account has it, and it cannot be switched off. */
#define HOME_REGION "us-east-1"

const char *
sobre_finding_subject_get_name (SobreFindingSubject subject)
{
  static const char *const names[SOBRE_N_FINDING_SUBJECTS] = { N_ ("Account"), N_ ("Region"), N_ ("Names"), N_ ("Limits"),
                                                               N_ ("Rights") };

  return _ (names[subject]);
}

const char *
sobre_finding_subject_get_nick (SobreFindingSubject subject)
{
  static const char *const nicks[SOBRE_N_FINDING_SUBJECTS] = { "identity", "region", "names", "limits", "rights" };

  return nicks[subject];
}

const char *
sobre_finding_state_get_nick (SobreFindingState state)
{
  static const char *const nicks[] = { "good", "unknown", "warning", "bad" };

  return nicks[state];
}

static void
free_finding (gpointer data)
{
  SobreFinding *self = data;

  g_free (self->words);
  g_free (self->advice);
  g_free (self);
}

static void
clear_preflight (gpointer data)
{
  SobreStackPreflight *self = data;

  g_clear_pointer (&self->identity, sobre_caller_identity_free);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
}

SobreStackPreflight *
sobre_stack_preflight_ref (SobreStackPreflight *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_stack_preflight_unref (SobreStackPreflight *self)
{
  g_atomic_rc_box_release_full (self, clear_preflight);
}

G_DEFINE_BOXED_TYPE (SobreStackPreflight, sobre_stack_preflight, sobre_stack_preflight_ref, sobre_stack_preflight_unref)

static void
look_free (gpointer data)
{
  SobrePreflightLook *self = data;

  sobre_stack_work_unref (self->work);
  g_hash_table_unref (self->parameters);
  for (guint part = 0; part < SOBRE_N_STACK_PARTS; part++)
    g_clear_pointer (&self->stacks[part], sobre_stack_unref);
  g_clear_pointer (&self->preflight, sobre_stack_preflight_unref);
  g_free (self);
}

void
sobre_preflight_add (SobrePreflightLook *self, SobreFindingSubject subject, SobreFindingState state, char *words, char *advice)
{
  SobreFinding *finding = g_new0 (SobreFinding, 1);

  *finding = (SobreFinding) { subject, state, words, advice };
  g_ptr_array_add (self->preflight->findings, finding);
  self->preflight->worst = MAX (self->preflight->worst, state);
}

void
sobre_preflight_add_unknown (SobrePreflightLook *self, SobreFindingSubject subject, const char *what, const GError *failure)
{
  sobre_preflight_add (self, subject, SOBRE_FINDING_UNKNOWN, g_strdup_printf (_ ("Could not be checked: %s"), what),
                       g_strdup (failure->message));
}

const char *
sobre_preflight_get (const SobrePreflightLook *self, const char *parameter)
{
  const char *value = g_hash_table_lookup (self->parameters, parameter);

  for (guint part = 0; part < SOBRE_N_STACK_PARTS && value == NULL; part++)
    if (self->stacks[part] != NULL)
      value = g_hash_table_lookup (self->stacks[part]->parameters, parameter);
  return value;
}

static SobreCallerIdentity *
identify (SobrePreflightLook *self, SobreAwsClient *client, GError **error)
{
  return dex_await_boxed (sobre_sts_get_caller_identity (client, self->work->cancellable), error);
}

/* A region that is switched off knows nobody, and one that is not there does not answer. Whether the keys are good, another region tells. */
static gboolean
look_elsewhere (SobrePreflightLook *self, const GError *failure)
{
  const char *region = sobre_aws_account_get_region (self->work->account);
  g_autoptr (SobreAwsClient) client = NULL;

  if (strcmp (region, HOME_REGION) == 0 || g_str_has_prefix (region, "cn-") || g_str_has_prefix (region, "us-gov-"))
    return FALSE;
  client = sobre_aws_account_new_client (self->work->account, SOBRE_AWS_STS, HOME_REGION);
  self->preflight->identity = identify (self, client, NULL);
  if (self->preflight->identity == NULL)
    return FALSE;
  sobre_preflight_add (
      self, SOBRE_FINDING_REGION, SOBRE_FINDING_BAD,
      g_strdup_printf (_ ("The region %s does not answer, or is not switched on for this account: %s"), region,
                       failure->message),
      g_strdup (_ ("In the AWS console, “Account”, “AWS Regions” switches a region on; or choose another one for the "
                   "workspace, or by AWS_REGION")));
  return TRUE;
}

static gboolean
look_at_identity (SobrePreflightLook *self, GError **error)
{
  GError *failure = NULL;

  self->preflight->identity = identify (self, sobre_aws_account_get_client (self->work->account, SOBRE_AWS_STS), &failure);
  if (self->preflight->identity == NULL && !g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      look_elsewhere (self, failure))
    g_clear_error (&failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  sobre_preflight_add (
      self, SOBRE_FINDING_IDENTITY, SOBRE_FINDING_GOOD,
      g_strdup_printf (_ ("Account %s as %s"), self->preflight->identity->account, self->preflight->identity->arn), NULL);
  return TRUE;
}

/* What the parameters leave out needs no rights. */
static DexFuture *
ask_for_rights (SobrePreflightLook *self)
{
  gboolean is_api = g_strcmp0 (sobre_preflight_get (self, "IngestPath"), "Api") == 0;
  const char *spared[4] = { NULL };
  guint n = 0;

  spared[n++] = is_api ? "cognito-identity" : "apigateway";
  if (g_strcmp0 (sobre_preflight_get (self, "UseCmk"), "Yes") != 0)
    spared[n++] = "kms";
  if (g_strcmp0 (sobre_preflight_get (self, "Site"), "No") == 0)
    spared[n++] = "cloudfront";
  return sobre_stack_look_at_rights (self->work, self->preflight->identity, spared);
}

static void
look_at_rights (SobrePreflightLook *self)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (SobreStackRights) rights = dex_await_boxed (ask_for_rights (self), &failure);

  if (rights == NULL)
    sobre_preflight_add_unknown (self, SOBRE_FINDING_RIGHTS, _ ("what these keys may do"), failure);
  else if (rights->is_root)
    sobre_preflight_add (self, SOBRE_FINDING_RIGHTS, SOBRE_FINDING_GOOD, g_strdup (_ ("These keys may do everything")),
                         g_strdup (_ ("They are the account's own. A user with the rights that “sobremesa stack policy” "
                                      "lists is safer")));
  else if (rights->missing->len == 0)
    sobre_preflight_add (self, SOBRE_FINDING_RIGHTS, SOBRE_FINDING_GOOD,
                         g_strdup_printf (_ ("None of %u rights that were asked for is missing"), rights->n_checked), NULL);
  for (guint i = 0; rights != NULL && i < rights->missing->len; i++)
    sobre_preflight_add (
        self, SOBRE_FINDING_RIGHTS, SOBRE_FINDING_WARNING,
        g_strdup_printf (_ ("May not, on %s"), (const char *) g_ptr_array_index (rights->missing, i)),
        g_strdup_printf (_ ("“sobremesa stack policy --stack %s” writes the whole policy, for whoever gives rights"),
                         self->work->name));
}

static int
compare_findings (gconstpointer a, gconstpointer b)
{
  const SobreFinding *one = *(const SobreFinding *const *) a;
  const SobreFinding *other = *(const SobreFinding *const *) b;

  return (int) one->subject - (int) other->subject;
}

static DexFuture *
preflight_fiber (gpointer data)
{
  SobrePreflightLook *self = data;
  GError *error = NULL;

  if (!look_at_identity (self, &error))
    return dex_future_new_for_error (error);
  if (self->preflight->worst < SOBRE_FINDING_BAD)
    {
      sobre_preflight_add (self, SOBRE_FINDING_REGION, SOBRE_FINDING_GOOD,
                           g_strdup_printf (_ ("The region %s answers"), sobre_aws_account_get_region (self->work->account)),
                           NULL);
      sobre_preflight_look_at_names (self);
      sobre_preflight_look_at_limits (self);
      look_at_rights (self);
    }
  if (self->work->cancellable != NULL && g_cancellable_set_error_if_cancelled (self->work->cancellable, &error))
    return dex_future_new_for_error (error);
  g_ptr_array_sort (self->preflight->findings, compare_findings);
  return dex_future_new_take_boxed (SOBRE_TYPE_STACK_PREFLIGHT, g_steal_pointer (&self->preflight));
}

DexFuture *
sobre_stack_preflight (SobreStackWork *work, GHashTable *parameters)
{
  SobrePreflightLook *self = g_new0 (SobrePreflightLook, 1);

  self->work = sobre_stack_work_ref (work);
  self->parameters = g_hash_table_ref (parameters);
  self->preflight = g_atomic_rc_box_new0 (SobreStackPreflight);
  self->preflight->findings = g_ptr_array_new_with_free_func (free_finding);
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, preflight_fiber, self, look_free);
}
