/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-aws-service.h"

const SobreAwsServiceInfo *
sobre_aws_service_get_info (SobreAwsService service)
{
  static const SobreAwsServiceInfo infos[SOBRE_N_AWS_SERVICES] = {
    [SOBRE_AWS_S3] = { "s3", "s3", "s3", SOBRE_AWS_REST_XML, NULL, NULL },
    [SOBRE_AWS_STS] = { "sts", "sts", "sts", SOBRE_AWS_QUERY, NULL, "2011-06-15" },
    [SOBRE_AWS_SSO] = { "sso", "portal.sso", "sso", SOBRE_AWS_REST_JSON, NULL, NULL },
    [SOBRE_AWS_SSO_OIDC] = { "sso-oauth", "oidc", "sso_oidc", SOBRE_AWS_REST_JSON, NULL, NULL },
    [SOBRE_AWS_ATHENA] = { "athena", "athena", "athena", SOBRE_AWS_JSON_1_1, "AmazonAthena", NULL },
    [SOBRE_AWS_CLOUDFORMATION] = { "cloudformation", "cloudformation", "cloudformation", SOBRE_AWS_QUERY, NULL, "2010-05-15" },
    [SOBRE_AWS_IAM] = { "iam", "iam", "iam", SOBRE_AWS_QUERY, NULL, "2010-05-08", TRUE },
    [SOBRE_AWS_SSM] = { "ssm", "ssm", "ssm", SOBRE_AWS_JSON_1_1, "AmazonSSM", NULL },
    [SOBRE_AWS_COGNITO] = { "cognito-identity", "cognito-identity", "cognito_identity", SOBRE_AWS_JSON_1_1,
                            "AWSCognitoIdentityService", NULL },
    [SOBRE_AWS_FIREHOSE] = { "firehose", "firehose", "firehose", SOBRE_AWS_JSON_1_1, "Firehose_20150804", NULL },
    [SOBRE_AWS_CLOUDWATCH] = { "monitoring", "monitoring", "cloudwatch", SOBRE_AWS_QUERY, NULL, "2010-08-01" },
    [SOBRE_AWS_QUICKSIGHT] = { "quicksight", "quicksight", "quicksight", SOBRE_AWS_REST_JSON, NULL, NULL },
    [SOBRE_AWS_GLUE] = { "glue", "glue", "glue", SOBRE_AWS_JSON_1_1, "AWSGlue", NULL },
    [SOBRE_AWS_LAMBDA] = { "lambda", "lambda", "lambda", SOBRE_AWS_REST_JSON, NULL, NULL },
  };

  g_return_val_if_fail ((guint) service < SOBRE_N_AWS_SERVICES, NULL);
  return &infos[service];
}

/* ^[a-z]{2}(-[a-z]+)+-[0-9]{1,2}$ */
gboolean
sobre_aws_region_is_valid (const char *region)
{
  g_auto (GStrv) parts = g_strsplit (region != NULL ? region : "", "-", -1);
  guint n = g_strv_length (parts);

  if (n < 3 || n > 5)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      gsize length = 0;

      while (i + 1 < n ? g_ascii_islower (parts[i][length]) : g_ascii_isdigit (parts[i][length]))
        length++;
      if (parts[i][length] != '\0' || length == 0 || length > 12 || (i == 0 && length != 2) || (i + 1 == n && length > 2))
        return FALSE;
    }
  return TRUE;
}

const char *
sobre_aws_service_get_region (SobreAwsService service, const char *region)
{
  if (!sobre_aws_service_get_info (service)->is_global)
    return region;
  if (g_str_has_prefix (region, "cn-"))
    return "cn-north-1";
  return g_str_has_prefix (region, "us-gov-") ? "us-gov-west-1" : "us-east-1";
}

/* The endpoints of IAM have no region in their names, but in China. */
static char *
dup_global_endpoint (const SobreAwsServiceInfo *info, const char *region)
{
  if (g_str_has_prefix (region, "cn-"))
    return g_strdup_printf ("https://%s.cn-north-1.amazonaws.com.cn", info->host);
  return g_strdup_printf ("https://%s.%samazonaws.com", info->host, g_str_has_prefix (region, "us-gov-") ? "us-gov." : "");
}

char *
sobre_aws_service_dup_endpoint (SobreAwsService service, const char *region, const char *host_prefix)
{
  const SobreAwsServiceInfo *info = sobre_aws_service_get_info (service);

  g_return_val_if_fail (sobre_aws_region_is_valid (region), NULL);
  if (info->is_global)
    return dup_global_endpoint (info, region);
  return g_strdup_printf ("https://%s%s%s.%s.amazonaws.com%s", host_prefix != NULL ? host_prefix : "",
                          host_prefix != NULL ? "." : "", info->host, region, g_str_has_prefix (region, "cn-") ? ".cn" : "");
}

char *
sobre_aws_uri_encode (const char *text, gboolean keep_slashes)
{
  GString *encoded = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_isalnum (*at) || *at == '-' || *at == '.' || *at == '_' || *at == '~' || (keep_slashes && *at == '/'))
      g_string_append_c (encoded, *at);
    else
      g_string_append_printf (encoded, "%%%02X", (guint8) *at);
  return g_string_free_and_steal (encoded);
}
