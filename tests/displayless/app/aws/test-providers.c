/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "aws/sobre-aws-account.h"
#include "aws/sobre-cached-provider.h"
#include "aws/sobre-process-provider.h"
#include "aws/sobre-sso.h"
#include "fake-service.h"

#define NOW G_GINT64_CONSTANT (1795867200000) /* 2026-11-28 12:00:00 UTC */

/** House: a home folder and a service, which a test's account lives in. @denied: what the service answers with */
typedef struct
{
  char *home;
  FakeService *service;
  SobreAwsMeans *means;
  guint n_roles;
} House;

static void
serve_cb (guint number, const char *head, const char *body, GString *reply, gpointer user_data)
{
  House *house = user_data;

  if (strstr (body, "Action=AssumeRole") != NULL)
    {
      house->n_roles++;
      g_assert_nonnull (strstr (body, "RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fnight"));
      if (strstr (body, "SerialNumber=") != NULL && strstr (body, "TokenCode=123456") == NULL)
        fake_service_append (reply, 403, NULL,
                             "<ErrorResponse><Error><Code>AccessDenied</Code><Message>MultiFactorAuthentication "
                             "failed</Message></Error></ErrorResponse>");
      else
        fake_service_append (
            reply, 200, NULL,
            "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>rolesecret"
            "</SecretAccessKey><SessionToken>roletoken</SessionToken><Expiration>2026-11-28T13:00:00Z</Expiration></"
            "Credentials>"
            "</AssumeRoleResult></AssumeRoleResponse>");
    }
  else if (g_str_has_prefix (head, "GET /federation/credentials?role_name=reader&account_id=123456789012 "))
    {
      g_autofree char *token = fake_service_dup_header (head, "x-amz-sso_bearer_token");

      if (g_strcmp0 (token, "new-token") == 0)
        fake_service_append (
            reply, 200, NULL,
            "{\"roleCredentials\": {\"accessKeyId\": \"ASIASSO\", \"secretAccessKey\": \"ssosecret\", \"sessionToken\": "
            "\"ssotoken\", \"expiration\": 1795870800000}}");
      else
        fake_service_append (reply, 401, NULL,
                             "{\"__type\": \"UnauthorizedException\", \"message\": \"Session token not found or invalid\"}");
    }
  else if (g_str_has_prefix (head, "POST /client/register "))
    fake_service_append (reply, 200, NULL,
                         "{\"clientId\": \"me\", \"clientSecret\": \"mine\", \"clientSecretExpiresAt\": 1803000000}");
  else if (g_str_has_prefix (head, "POST /device_authorization "))
    fake_service_append (
        reply, 200, NULL,
        "{\"deviceCode\": \"device\", \"userCode\": \"ABCD-EFGH\", \"verificationUri\": \"https://device.sso.eu-central-1."
        "amazonaws.com/\", \"verificationUriComplete\": "
        "\"https://device.sso.eu-central-1.amazonaws.com/?user_code=ABCD-EFGH\", "
        "\"interval\": 1, \"expiresIn\": 600}");
  else if (g_str_has_prefix (head, "POST /token ") && number < 5)
    fake_service_append (reply, 400, NULL, "{\"error\": \"authorization_pending\"}");
  else if (g_str_has_prefix (head, "POST /token "))
    fake_service_append (reply, 200, NULL,
                         "{\"accessToken\": \"new-token\", \"refreshToken\": \"again\", \"expiresIn\": 28800}");
  else
    fake_service_append (reply, 404, NULL, "");
}

static void
house_set_up (House *house, gconstpointer data)
{
  house->home = g_dir_make_tmp ("sobremesa-XXXXXX", NULL);
  house->service = fake_service_new (serve_cb, house);
  house->means = fake_means_new (NOW);
  house->n_roles = 0;
}

static void
house_tear_down (House *house, gconstpointer data)
{
  g_autofree char *sso = g_build_filename (house->home, ".aws", "sso", NULL);
  g_autofree char *cache = g_build_filename (sso, "cache", NULL);
  g_autofree char *aws = g_build_filename (house->home, ".aws", NULL);
  g_autofree char *config = g_build_filename (aws, "config", NULL);
  g_autoptr (GDir) dir = g_dir_open (cache, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (cache, name, NULL);

      g_unlink (path);
    }
  g_unlink (config);
  g_rmdir (cache);
  g_rmdir (sso);
  g_rmdir (aws);
  g_rmdir (house->home);
  fake_means_free (house->means);
  fake_service_free (house->service);
  g_free (house->home);
}

static void
write_config (House *house, const char *text)
{
  g_autofree char *folder = g_build_filename (house->home, ".aws", NULL);
  g_autofree char *path = g_build_filename (folder, "config", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static SobreAwsAccount *
open_account (House *house, const char *profile, SobreMfa *mfa, GError **error)
{
  g_autofree char *home = g_strconcat ("HOME=", house->home, NULL);
  g_autofree char *endpoint = g_strconcat ("AWS_ENDPOINT_URL=", fake_service_get_endpoint (house->service), NULL);
  const char *environment[] = { home, endpoint, "AWS_REGION=eu-central-1", NULL };

  return sobre_aws_account_open (house->means, &(SobreAwsChoice) { .profile = profile, .mfa = mfa }, environment, error);
}

static SobreCredentials *
provide (SobreAwsAccount *account, GError **error)
{
  g_autoptr (DexFuture) future = sobre_credentials_provider_provide (sobre_aws_account_get_provider (account));
  const GValue *value = wait_for (future, error);

  return value != NULL ? g_value_dup_boxed (value) : NULL;
}

static const char role_config[] = "[profile keys]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = secret\n"
                                  "[profile night]\nrole_arn = arn:aws:iam::123456789012:role/night\nsource_profile = keys\n"
                                  "[profile guarded]\nrole_arn = arn:aws:iam::123456789012:role/night\nsource_profile = keys\n"
                                  "mfa_serial = arn:aws:iam::123456789012:mfa/maria\n"
                                  "[profile a]\nrole_arn = arn:aws:iam::123456789012:role/night\nsource_profile = b\n"
                                  "[profile b]\nrole_arn = arn:aws:iam::123456789012:role/night\nsource_profile = a\n"
                                  "[profile half]\naws_access_key_id = AKIDEXAMPLE\n";

static void
test_role_is_taken_and_kept (House *house, gconstpointer data)
{
  g_autoptr (SobreAwsAccount) account = NULL;
  g_autoptr (GError) error = NULL;

  write_config (house, role_config);
  account = open_account (house, "night", NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SobreCredentials) given = provide (account, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (sobre_credentials_get_access_key_id (given), ==, "ASIAROLE");
      g_assert_cmpstr (sobre_credentials_get_session_token (given), ==, "roletoken");
    }
  g_assert_cmpuint (house->n_roles, ==, 1);
  /* Six minutes before they run out they are renewed at the latest. */
  sobre_manual_clock_advance (house->means->clock, 55 * 60 * 1000);
  {
    g_autoptr (SobreCredentials) given = provide (account, &error);

    g_assert_no_error (error);
  }
  g_assert_cmpuint (house->n_roles, ==, 2);
}

/** Person: who types codes. @right_at: the question that gets the right one · @leaves_at: the one that gets none · @n_asked: atomic */
typedef struct
{
  guint right_at;
  guint leaves_at;
  guint n_asked;
} Person;

static DexFuture *
ask_cb (const char *serial, const char *problem, gpointer user_data)
{
  Person *person = user_data;

  g_assert_cmpstr (serial, ==, "arn:aws:iam::123456789012:mfa/maria");
  g_assert_true ((problem != NULL) == (person->n_asked > 0));
  g_assert_true (problem == NULL || strstr (problem, "MultiFactorAuthentication") != NULL);
  person->n_asked++;
  if (person->n_asked == person->leaves_at)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_CANCELLED, "no code");
  return dex_future_new_for_string (person->n_asked == person->right_at ? "123456" : "000000");
}

/* What a person's answers lead to. Returns: (transfer full) (nullable) */
static SobreCredentials *
provide_to (House *house, Person *person, GError **error)
{
  g_autoptr (SobreMfa) mfa = sobre_mfa_new (ask_cb, person, NULL);
  g_autoptr (SobreAwsAccount) account = open_account (house, "guarded", mfa, NULL);

  return provide (account, error);
}

static void
test_role_with_a_device (House *house, gconstpointer data)
{
  g_autoptr (SobreAwsAccount) alone = NULL;
  g_autoptr (SobreCredentials) given = NULL;
  Person person = { .right_at = 1 };
  g_autoptr (GError) error = NULL;

  write_config (house, role_config);
  alone = open_account (house, "guarded", NULL, NULL);
  g_assert_null (provide (alone, &error));
  g_assert_error (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CREDENTIALS);
  g_clear_error (&error);
  given = provide_to (house, &person, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sobre_credentials_get_access_key_id (given), ==, "ASIAROLE");
  g_assert_cmpuint (person.n_asked, ==, 1);
}

/* A code that is not taken is asked for again, with the reason; three times at most, and not when nobody answers. */
static void
test_device_with_a_wrong_code (House *house, gconstpointer data)
{
  g_autoptr (SobreCredentials) given = NULL;
  g_autoptr (GError) error = NULL;
  Person mistaken = { .right_at = 3 }, ignorant = { 0 }, leaving = { .leaves_at = 2 };

  write_config (house, role_config);
  given = provide_to (house, &mistaken, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (house->n_roles, ==, 3);

  g_assert_null (provide_to (house, &ignorant, &error));
  g_assert_error (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_DENIED);
  g_assert_cmpuint (ignorant.n_asked, ==, 3);
  g_clear_error (&error);

  g_assert_null (provide_to (house, &leaving, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (leaving.n_asked, ==, 2);
  g_assert_cmpuint (house->n_roles, ==, 7);
}

static void
test_profiles_that_cannot_be_followed (House *house, gconstpointer data)
{
  static const char *const profiles[] = { "a", "half", "nobody" };

  write_config (house, role_config);
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (open_account (house, profiles[i], NULL, &error));
      g_assert_error (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CONFIGURATION);
    }
}

static void
invite_cb (const SobreSsoInvitation *invitation, gpointer user_data)
{
  g_assert_cmpstr (invitation->user_code, ==, "ABCD-EFGH");
  *(gboolean *) user_data = TRUE;
}

static const char sso_config[] =
    "[sso-session house]\nsso_start_url = https://house.awsapps.com/start\nsso_region = eu-central-1\n"
    "[profile house]\nsso_session = house\nsso_account_id = 123456789012\nsso_role_name = reader\n";

static void
test_signing_in (House *house, gconstpointer data)
{
  g_autoptr (SobreAwsAccount) account = NULL;
  g_autoptr (SobreSsoSettings) settings = NULL;
  g_autoptr (DexFuture) login = NULL;
  g_autoptr (SobreCredentials) given = NULL;
  g_autoptr (GError) error = NULL;
  gboolean invited = FALSE;
  const GValue *path;
  GStatBuf status;

  write_config (house, sso_config);
  account = open_account (house, "house", NULL, &error);
  g_assert_no_error (error);
  g_assert_null (provide (account, &error));
  g_assert_error (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CREDENTIALS);
  g_clear_error (&error);

  settings = sobre_sso_settings_find (sobre_aws_account_get_config (account), "house", &error);
  g_assert_no_error (error);
  login = sobre_sso_login (house->means, sobre_aws_account_get_config (account), "house", settings, house->home, invite_cb,
                           &invited, NULL);
  path = wait_for (login, &error);
  g_assert_no_error (error);
  g_assert_true (invited);
  g_assert_true (g_str_has_suffix (g_value_get_string (path), "/.aws/sso/cache/5be93480bd8b743454a93dca084849202af43af5.json"));
  g_assert_cmpint (g_stat (g_value_get_string (path), &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  given = provide (account, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sobre_credentials_get_access_key_id (given), ==, "ASIASSO");
}

/* The file is the AWS CLI's: what it writes is read, and what is written parses back. */
static void
test_token_of_the_aws_cli (void)
{
  static const char text[] =
      "{\"startUrl\": \"https://house.awsapps.com/start\", \"region\": \"eu-central-1\", \"accessToken\": \"t\", "
      "\"expiresAt\": \"2026-11-28T20:00:00UTC\", \"clientId\": \"c\", \"clientSecret\": \"s\", "
      "\"registrationExpiresAt\": \"2027-02-20T00:00:00Z\", \"refreshToken\": \"r\"}";
  g_autoptr (SobreSsoToken) token = sobre_sso_token_parse (text, strlen (text));
  SobreSsoSettings settings = { (char *) "house", (char *) "https://house.awsapps.com/start", (char *) "eu-central-1",
                                (char *) "1", (char *) "reader" };
  g_autofree char *written = sobre_sso_token_format (token, &settings);
  g_autoptr (SobreSsoToken) again = sobre_sso_token_parse (written, strlen (written));
  g_autofree char *path = sobre_sso_token_dup_path (&settings, "/home/maria");

  g_assert_cmpint (token->expires_at, ==, NOW + 8 * 3600 * 1000);
  g_assert_cmpint (again->expires_at, ==, token->expires_at);
  g_assert_cmpstr (again->refresh_token, ==, "r");
  /* SHA-1 of "house" */
  g_assert_cmpstr (path, ==, "/home/maria/.aws/sso/cache/5be93480bd8b743454a93dca084849202af43af5.json");
  g_assert_null (sobre_sso_token_parse ("[]", 2));
  g_assert_null (sobre_sso_token_parse ("{\"accessToken\": \"t\"}", 20));
}

static void
test_process_documents (void)
{
  static const char good[] =
      "{\"Version\": 1, \"AccessKeyId\": \"AKID\", \"SecretAccessKey\": \"s\", \"Expiration\": \"2026-11-28T12:00:00Z\"}";
  static const char *const bad[] = {
    "",
    "{}",
    "[1]",
    "{\"Version\": 2, \"AccessKeyId\": \"AKID\", \"SecretAccessKey\": \"s\"}",
    "{\"Version\": 1, \"AccessKeyId\": \"AKID\"}",
    "not json hunter2",
    "{\"Version\": 1, \"AccessKeyId\": \"AKID\", \"SecretAccessKey\": \"s\", \"Expiration\": \"soon\"}"
  };
  g_autoptr (SobreCredentials) credentials = sobre_process_provider_parse (good, strlen (good), "p", NULL);

  g_assert_cmpstr (sobre_credentials_get_access_key_id (credentials), ==, "AKID");
  g_assert_cmpint (sobre_credentials_get_expires_at (credentials), ==, NOW);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sobre_process_provider_parse (bad[i], strlen (bad[i]), "p", &error));
      g_assert_error (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CREDENTIALS);
      g_assert_null (strstr (error->message, "hunter2"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  g_test_add ("/aws/providers/role-is-taken-and-kept", House, NULL, house_set_up, test_role_is_taken_and_kept, house_tear_down);
  g_test_add ("/aws/providers/role-with-a-device", House, NULL, house_set_up, test_role_with_a_device, house_tear_down);
  g_test_add ("/aws/providers/device-with-a-wrong-code", House, NULL, house_set_up, test_device_with_a_wrong_code,
              house_tear_down);
  g_test_add ("/aws/providers/profiles-that-cannot-be-followed", House, NULL, house_set_up,
              test_profiles_that_cannot_be_followed, house_tear_down);
  g_test_add ("/aws/providers/signing-in", House, NULL, house_set_up, test_signing_in, house_tear_down);
  g_test_add_func ("/aws/providers/token-of-the-aws-cli", test_token_of_the_aws_cli);
  g_test_add_func ("/aws/providers/process-documents", test_process_documents);
  return g_test_run ();
}
