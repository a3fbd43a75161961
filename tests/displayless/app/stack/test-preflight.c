/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What speaks against deploying is found before anything is begun, and says what to do. */

#include <string.h>

#include "aws/sobre-aws-error.h"
#include "fake-account.h"

#define S3_ERROR(code) "<Error><Code>" code "</Code><Message>of the test</Message></Error>"

static SobreStackPreflight *
look (FakeAccount *account, const char *const *pairs, GError **error)
{
  g_autoptr (GHashTable) parameters = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (DexFuture) future = NULL;
  const GValue *value;

  g_hash_table_insert (parameters, (gpointer) "Database", (gpointer) "x");
  for (guint i = 0; pairs != NULL && pairs[i] != NULL; i += 2)
    g_hash_table_insert (parameters, (gpointer) pairs[i], (gpointer) pairs[i + 1]);
  future = sobre_stack_preflight (account->work, parameters);
  value = fake_account_wait (future, error);
  return value != NULL ? g_value_dup_boxed (value) : NULL;
}

/* The first finding of a subject that is as bad as @state. */
static const SobreFinding *
find (const SobreStackPreflight *preflight, SobreFindingSubject subject, SobreFindingState state)
{
  for (guint i = 0; i < preflight->findings->len; i++)
    {
      const SobreFinding *finding = g_ptr_array_index (preflight->findings, i);

      if (finding->subject == subject && finding->state == state)
        return finding;
    }
  return NULL;
}

/* Looks, and expects one finding that is not good, which says both words. */
static void
assert_one (FakeAccount *account,
            const char *const *pairs,
            SobreFindingSubject subject,
            SobreFindingState state,
            const char *word,
            const char *advice)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreStackPreflight) preflight = look (account, pairs, &error);
  const SobreFinding *finding;
  guint n = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < preflight->findings->len; i++)
    n += ((SobreFinding *) g_ptr_array_index (preflight->findings, i))->state != SOBRE_FINDING_GOOD;
  finding = find (preflight, subject, state);
  g_assert_cmpuint (n, ==, 1);
  g_assert_nonnull (finding);
  g_assert_cmpint (preflight->worst, ==, state);
  g_assert_nonnull (strstr (finding->words, word));
  g_assert_nonnull (finding->advice);
  g_assert_nonnull (strstr (finding->advice, advice));
}

static void
test_all_is_well (FakeAccount *account, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreStackPreflight) preflight = look (account, NULL, &error);
  g_autofree char *bodies = fake_account_dup_bodies (account);

  g_assert_no_error (error);
  g_assert_cmpint (preflight->worst, ==, SOBRE_FINDING_GOOD);
  for (guint subject = 0; subject < SOBRE_N_FINDING_SUBJECTS; subject++)
    g_assert_nonnull (find (preflight, subject, SOBRE_FINDING_GOOD));
  g_assert_cmpstr (preflight->identity->arn, ==, "arn:aws:iam::123456789012:user/maria");
  /* A name stands for those that AWS chooses; a right with an asterisk cannot be asked for, and one that is not needed is not. */
  g_assert_nonnull (strstr (bodies, "ResourceArns.member.1=arn%3Aaws%3As3%3A%3A%3Ax-check"));
  g_assert_nonnull (strstr (bodies, "ActionNames.member.1=cloudfront%3ACreateDistribution"));
  g_assert_null (strstr (bodies, "s3%3AGet"));
  g_assert_null (strstr (bodies, "kms%3A"));
}

static void
test_names (FakeAccount *account, gconstpointer data)
{
  fake_account_add_stack (account, "x", "CREATE_COMPLETE", "somebody");
  assert_one (account, NULL, SOBRE_FINDING_NAMES, SOBRE_FINDING_BAD, "a stack x that is not", "--stack");
}

static void
test_stuck (FakeAccount *account, gconstpointer data)
{
  fake_account_add_stack (account, "x", "UPDATE_ROLLBACK_FAILED", "sobremesa");
  assert_one (account, NULL, SOBRE_FINDING_NAMES, SOBRE_FINDING_BAD, "UPDATE_ROLLBACK_FAILED", "Continue update rollback");
}

static void
test_database_of_somebody_else (FakeAccount *account, gconstpointer data)
{
  fake_account_reply (account, "GetDatabase", 200, "{\"Database\":{\"Name\":\"x\"}}");
  assert_one (account, NULL, SOBRE_FINDING_NAMES, SOBRE_FINDING_BAD, "database x", "Database=NAME");
}

static void
test_workgroup_and_stream_of_somebody_else (FakeAccount *account, gconstpointer data)
{
  g_autoptr (SobreStackPreflight) preflight = NULL;

  fake_account_reply (account, "GetWorkGroup", 200, "{\"WorkGroup\":{\"Name\":\"x-lake\"}}");
  assert_one (account, NULL, SOBRE_FINDING_NAMES, SOBRE_FINDING_BAD, "workgroup x-lake", "--stack");
  fake_account_reply (account, "GetWorkGroup", 400, "{\"__type\":\"InvalidRequestException\",\"message\":\"none\"}");
  fake_account_reply (account, "DescribeDeliveryStream", 200, "{\"DeliveryStreamDescription\":{}}");
  assert_one (account, NULL, SOBRE_FINDING_NAMES, SOBRE_FINDING_BAD, "stream x-responses", "--stack");
  /* Once the stacks are there, these are their own. */
  fake_account_add_stack (account, "x-lake", "CREATE_COMPLETE", "sobremesa");
  fake_account_add_stack (account, "x", "CREATE_COMPLETE", "sobremesa");
  preflight = look (account, NULL, NULL);
  g_assert_cmpint (preflight->worst, ==, SOBRE_FINDING_GOOD);
}

static void
test_bucket (FakeAccount *account, gconstpointer data)
{
  static const char *const bucket[] = { "Bucket", "given", NULL };
  g_autoptr (SobreStackPreflight) preflight = NULL;

  fake_account_reply (account, "GET /given/", 404, S3_ERROR ("NoSuchBucket"));
  assert_one (account, bucket, SOBRE_FINDING_NAMES, SOBRE_FINDING_BAD, "no bucket given", "AWS makes one");
  fake_account_reply (account, "GET /given/", 403, S3_ERROR ("AccessDenied"));
  assert_one (account, bucket, SOBRE_FINDING_NAMES, SOBRE_FINDING_BAD, "somebody else", "this account");
  fake_account_reply (account, "GET /given/", 200,
                      "<ListBucketResult><Name>given</Name><IsTruncated>false</IsTruncated></ListBucketResult>");
  preflight = look (account, bucket, NULL);
  g_assert_cmpint (preflight->worst, ==, SOBRE_FINDING_GOOD);
}

static void
test_region_is_off (FakeAccount *account, gconstpointer data)
{
  g_autoptr (SobreStackPreflight) preflight = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *calls = NULL;

  fake_account_reply (account, "eu-central-1 GetCallerIdentity", 403, FAKE_ERROR ("InvalidClientTokenId"));
  preflight = look (account, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (find (preflight, SOBRE_FINDING_REGION, SOBRE_FINDING_BAD));
  g_assert_cmpstr (preflight->identity->account, ==, "123456789012");
  calls = fake_account_dup_calls (account);
  g_assert_null (strstr (calls, "DescribeStacks"));
}

static void
test_keys_are_wrong (FakeAccount *account, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fake_account_reply (account, "GetCallerIdentity", 403, FAKE_ERROR ("InvalidClientTokenId"));
  g_assert_null (look (account, NULL, &error));
  g_assert_error (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CREDENTIALS);
}

static void
test_limits (FakeAccount *account, gconstpointer data)
{
  static const char *const some[] = { "FunctionConcurrency", "5", NULL };

  fake_account_reply (account, "GetAccountSummary", 200,
                      "<R><GetAccountSummaryResult><SummaryMap><entry><key>Roles</key><value>998</value></entry>"
                      "<entry><key>RolesQuota</key><value>1000</value></entry></SummaryMap></GetAccountSummaryResult></R>");
  assert_one (account, NULL, SOBRE_FINDING_LIMITS, SOBRE_FINDING_WARNING, "998 of 1000", "Service Quotas");
  fake_account_reply (account, "GetAccountSummary", 403, FAKE_ERROR ("AccessDenied"));
  assert_one (account, NULL, SOBRE_FINDING_LIMITS, SOBRE_FINDING_UNKNOWN, "roles", "of the test");
  fake_account_reply (account, "GetAccountSummary", 200,
                      "<R><GetAccountSummaryResult><SummaryMap><entry><key>Roles</key><value>1</value></entry>"
                      "<entry><key>RolesQuota</key><value>1000</value></entry></SummaryMap></GetAccountSummaryResult></R>");
  fake_account_reply (account, "GET /2016-08-19/account-settings/", 200,
                      "{\"AccountLimit\":{\"ConcurrentExecutions\":10,\"UnreservedConcurrentExecutions\":10}}");
  assert_one (account, some, SOBRE_FINDING_LIMITS, SOBRE_FINDING_WARNING, "reserves 10", "FunctionConcurrency at 0");
  fake_account_reply (account, "GET /2016-08-19/account-settings/", 200, "[]");
  assert_one (account, NULL, SOBRE_FINDING_LIMITS, SOBRE_FINDING_UNKNOWN, "functions", "");
}

static void
test_rights (FakeAccount *account, gconstpointer data)
{
  static const char *const no_site[] = { "Site", "No", NULL };
  static const char *const own_key[] = { "UseCmk", "Yes", "Site", "No", NULL };
  g_autoptr (SobreStackPreflight) preflight = NULL;

  fake_account_deny (account, "s3:CreateBucket");
  assert_one (account, NULL, SOBRE_FINDING_RIGHTS, SOBRE_FINDING_WARNING, "arn:aws:s3:::x-*: s3:CreateBucket",
              "stack policy --stack x");
  fake_account_deny (account, "cloudfront:CreateDistribution");
  assert_one (account, no_site, SOBRE_FINDING_RIGHTS, SOBRE_FINDING_WARNING, "s3:CreateBucket", "stack policy");
  fake_account_deny (account, "kms:CreateKey");
  preflight = look (account, own_key, NULL);
  g_assert_cmpint (preflight->worst, ==, SOBRE_FINDING_WARNING);
  g_assert_nonnull (strstr (((SobreFinding *) g_ptr_array_index (preflight->findings, preflight->findings->len - 1))->words,
                            "kms:CreateKey"));
}

static void
test_rights_cannot_be_asked_for (FakeAccount *account, gconstpointer data)
{
  fake_account_reply (account, "SimulatePrincipalPolicy", 403, FAKE_ERROR ("AccessDenied"));
  assert_one (account, NULL, SOBRE_FINDING_RIGHTS, SOBRE_FINDING_UNKNOWN, "Could not be checked", "of the test");
}

static void
test_rights_of_a_role (FakeAccount *account, gconstpointer data)
{
  g_autofree char *bodies = NULL;
  g_autoptr (SobreStackPreflight) preflight = NULL;

  fake_account_reply (account, "GetCallerIdentity", 200,
                      "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::123456789012:assumed-role/Deploy/"
                      "maria</Arn><UserId>AROA</UserId>"
                      "<Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>");
  fake_account_reply (
      account, "GetRole", 200,
      "<R><GetRoleResult><Role><Arn>arn:aws:iam::123456789012:role/people/Deploy</Arn></Role></GetRoleResult></R>");
  preflight = look (account, NULL, NULL);
  g_assert_cmpint (preflight->worst, ==, SOBRE_FINDING_GOOD);
  bodies = fake_account_dup_bodies (account);
  g_assert_nonnull (strstr (bodies, "PolicySourceArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fpeople%2FDeploy"));
}

static void
test_root_may_everything (FakeAccount *account, gconstpointer data)
{
  g_autofree char *calls = NULL;
  g_autoptr (SobreStackPreflight) preflight = NULL;
  const SobreFinding *finding;

  fake_account_reply (
      account, "GetCallerIdentity", 200,
      "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:root</Arn><UserId>1</UserId>"
      "<Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>");
  preflight = look (account, NULL, NULL);
  finding = find (preflight, SOBRE_FINDING_RIGHTS, SOBRE_FINDING_GOOD);
  g_assert_nonnull (finding);
  g_assert_nonnull (strstr (finding->advice, "stack policy"));
  calls = fake_account_dup_calls (account);
  g_assert_null (strstr (calls, "SimulatePrincipalPolicy"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
#define TEST(name, function)                                                                                                   \
  g_test_add ("/stack/preflight/" name, FakeAccount, NULL, fake_account_set_up, function, fake_account_tear_down)
  TEST ("all-is-well", test_all_is_well);
  TEST ("names", test_names);
  TEST ("stuck", test_stuck);
  TEST ("database-of-somebody-else", test_database_of_somebody_else);
  TEST ("workgroup-and-stream-of-somebody-else", test_workgroup_and_stream_of_somebody_else);
  TEST ("bucket", test_bucket);
  TEST ("region-is-off", test_region_is_off);
  TEST ("keys-are-wrong", test_keys_are_wrong);
  TEST ("limits", test_limits);
  TEST ("rights", test_rights);
  TEST ("rights-cannot-be-asked-for", test_rights_cannot_be_asked_for);
  TEST ("rights-of-a-role", test_rights_of_a_role);
  TEST ("root-may-everything", test_root_may_everything);
  return g_test_run ();
}
