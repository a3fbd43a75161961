/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-aws-config.h"

static const char config[] = "# the house's\n"
                             "[default]\n"
                             "region = eu-central-1 ; Frankfurt\n"
                             "[profile night]\n"
                             "region=us-west-2\n"
                             "role_arn = arn:aws:iam::123456789012:role/night\n"
                             "source_profile = default\n"
                             "services = local\n"
                             "MAX_ATTEMPTS = 5\n"
                             "[profile \"two words\"]\n"
                             "region = eu-west-1\n"
                             "endpoint_url = http://127.0.0.1:9000\n"
                             "[sso-session house]\n"
                             "sso_start_url = https://house.awsapps.com/start#/\n"
                             "[services local]\n"
                             "s3 =\n"
                             "  endpoint_url = http://127.0.0.1:4566\n"
                             "athena =\r\n"
                             "\tendpoint_url = http://127.0.0.1:4567\r\n"
                             "[plugins]\n"
                             "x = y\n";
static const char credentials[] =
    "[default]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = a=b#c/d\n[night]\nregion = eu-north-1\n";
static const char *const nothing[] = { NULL };

static SobreAwsConfig *
parse (const char *const *environment)
{
  g_autoptr (GError) error = NULL;
  SobreAwsConfig *self = sobre_aws_config_parse (config, credentials, environment, &error);

  g_assert_no_error (error);
  return self;
}

static void
test_files_are_read (void)
{
  g_autoptr (SobreAwsConfig) self = parse (nothing);
  g_auto (GStrv) profiles = sobre_aws_config_list_profiles (self);
  g_autofree char *joined = g_strjoinv (",", profiles);

  g_assert_cmpstr (joined, ==, "default,night,two words");
  g_assert_cmpstr (sobre_aws_config_get_region (self, "default"), ==, "eu-central-1");
  g_assert_cmpstr (sobre_aws_config_get (self, SOBRE_AWS_SECTION_PROFILE, "default", "aws_secret_access_key"), ==, "a=b#c/d");
  g_assert_cmpstr (sobre_aws_config_get (self, SOBRE_AWS_SECTION_SSO_SESSION, "house", "sso_start_url"), ==,
                   "https://house.awsapps.com/start#/");
  g_assert_null (sobre_aws_config_get (self, SOBRE_AWS_SECTION_PROFILE, "nobody", "region"));
  g_assert_false (sobre_aws_config_has (self, SOBRE_AWS_SECTION_PROFILE, "plugins"));
  g_assert_cmpuint (sobre_aws_config_get_max_attempts (self, "night"), ==, 5);
  g_assert_cmpuint (sobre_aws_config_get_max_attempts (self, "default"), ==, 3);
}

static void
test_credentials_file_counts_more (void)
{
  g_autoptr (SobreAwsConfig) self = parse (nothing);

  g_assert_cmpstr (sobre_aws_config_get_region (self, "night"), ==, "eu-north-1");
}

static void
test_environment_counts_most (void)
{
  static const char *const environment[] = { "AWS_REGION=sa-east-1", "AWS_PROFILE=night", "AWS_MAX_ATTEMPTS=7",
                                             "AWS_ENDPOINT_URL_ATHENA=http://127.0.0.1:1", NULL };
  g_autoptr (SobreAwsConfig) self = parse (environment);

  g_assert_cmpstr (sobre_aws_config_get_profile (self, NULL), ==, "night");
  g_assert_cmpstr (sobre_aws_config_get_profile (self, "two words"), ==, "two words");
  g_assert_cmpstr (sobre_aws_config_get_region (self, "night"), ==, "sa-east-1");
  g_assert_cmpuint (sobre_aws_config_get_max_attempts (self, "night"), ==, 7);
  g_assert_cmpstr (sobre_aws_config_get_endpoint (self, "night", SOBRE_AWS_ATHENA), ==, "http://127.0.0.1:1");
  g_assert_cmpstr (sobre_aws_config_get_endpoint (self, "night", SOBRE_AWS_S3), ==, "http://127.0.0.1:4566");
}

static void
test_endpoints (void)
{
  static const char *const ignoring[] = { "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true", "AWS_ENDPOINT_URL=http://127.0.0.1:1",
                                          NULL };
  g_autoptr (SobreAwsConfig) self = parse (nothing);
  g_autoptr (SobreAwsConfig) ignores = parse (ignoring);

  g_assert_cmpstr (sobre_aws_config_get_endpoint (self, "night", SOBRE_AWS_ATHENA), ==, "http://127.0.0.1:4567");
  g_assert_cmpstr (sobre_aws_config_get_endpoint (self, "two words", SOBRE_AWS_STS), ==, "http://127.0.0.1:9000");
  g_assert_null (sobre_aws_config_get_endpoint (self, "default", SOBRE_AWS_STS));
  g_assert_null (sobre_aws_config_get_endpoint (ignores, "night", SOBRE_AWS_S3));
}

static void
test_wrong_files_name_the_line (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "[default\nregion = x\n", "the AWS config file, line 1: a section's name ends with “]”" },
    { "[default]\nregion\n", "the AWS config file, line 2: neither a section nor “name = value”" },
    { "[default]\n\n = x\n", "the AWS config file, line 3: a setting without a name" },
    { "[profile \"night]\n", "the AWS config file, line 1: the section's name cannot be read" },
    { "\xff\n", "the AWS config file, line 1: the file is not UTF-8 text" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sobre_aws_config_parse (cases[i].text, NULL, nothing, &error));
      g_assert_error (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CONFIGURATION);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_regions (void)
{
  g_autofree char *endpoint = sobre_aws_service_dup_endpoint (SOBRE_AWS_S3, "eu-central-1", "cellar");
  g_autofree char *china = sobre_aws_service_dup_endpoint (SOBRE_AWS_STS, "cn-north-1", NULL);

  g_assert_cmpstr (endpoint, ==, "https://cellar.s3.eu-central-1.amazonaws.com");
  g_assert_cmpstr (china, ==, "https://sts.cn-north-1.amazonaws.com.cn");
  g_assert_true (sobre_aws_region_is_valid ("us-gov-west-1"));
  g_assert_true (sobre_aws_region_is_valid ("ap-southeast-2"));
  g_assert_false (sobre_aws_region_is_valid ("eu-central"));
  g_assert_false (sobre_aws_region_is_valid ("evil.example/eu-central-1"));
  g_assert_false (sobre_aws_region_is_valid ("eu-central-1.evil"));
  g_assert_false (sobre_aws_region_is_valid ("EU-CENTRAL-1"));
  g_assert_false (sobre_aws_region_is_valid (""));
  g_assert_false (sobre_aws_region_is_valid (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/aws/config/files-are-read", test_files_are_read);
  g_test_add_func ("/aws/config/credentials-file-counts-more", test_credentials_file_counts_more);
  g_test_add_func ("/aws/config/environment-counts-most", test_environment_counts_most);
  g_test_add_func ("/aws/config/endpoints", test_endpoints);
  g_test_add_func ("/aws/config/wrong-files-name-the-line", test_wrong_files_name_the_line);
  g_test_add_func ("/aws/config/regions", test_regions);
  return g_test_run ();
}
