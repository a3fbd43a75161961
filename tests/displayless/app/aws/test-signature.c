/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What AWS publishes: the cases of its Signature Version 4 test suite whose requests this program can make, and the examples of the Amazon S3 API
 * Reference ("Signature Calculations for the Authorization Header"). */

#include <string.h>

#include "aws/sobre-aws-signature.h"

#define SUITE_TIME G_GINT64_CONSTANT (1440938160000) /* 2015-08-30 12:36:00 UTC */
#define S3_TIME G_GINT64_CONSTANT (1369353600000)    /* 2013-05-24 00:00:00 UTC */
#define SUITE_SECRET "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
#define S3_SECRET "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
#define SUITE_URL "https://example.amazonaws.com"
#define S3_URL "https://examplebucket.s3.amazonaws.com"

/** Case: @headers: a line each · @token: (nullable) */
typedef struct
{
  const char *name;
  const char *method;
  const char *target;
  const char *headers;
  const char *body;
  const char *token;
  const char *signature;
} Case;

#define STS_TOKEN                                                                                                              \
  "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/"  \
  "qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+"           \
  "xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA=="
#define UNRESERVED "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define FORM_HASH "x-amz-content-sha256: 9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e\nContent-Length: 13\n"

static const Case suite_cases[] = {
  { "get-vanilla", "GET", "/", "", NULL, NULL, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
  { "get-header-key-duplicate", "GET", "/", "My-Header1:value2\nMy-Header1:value2\nMy-Header1:value1", NULL, NULL,
    "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea" },
  { "get-header-value-multiline", "GET", "/", "My-Header1:value1   value2      value3", NULL, NULL,
    "cfd34249e4b1c8d6b91ef74165d41a32e5fab3306300901bb65a51a73575eefd" },
  { "get-header-value-order", "GET", "/", "My-Header1:value4\nMy-Header1:value1\nMy-Header1:value3\nMy-Header1:value2", NULL,
    NULL, "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01" },
  { "get-header-value-trim", "GET", "/", "My-Header1: value1\nMy-Header2: \"a   b   c\"", NULL, NULL,
    "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736" },
  { "get-relative-normalized", "GET", "/example/..", "", NULL, NULL,
    "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
  { "get-relative-relative-normalized", "GET", "/example1/example2/../..", "", NULL, NULL,
    "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
  { "get-slash-dot-slash-normalized", "GET", "/./", "", NULL, NULL,
    "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
  { "get-slash-normalized", "GET", "//", "", NULL, NULL, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31" },
  { "get-slash-pointless-dot-normalized", "GET", "/./example", "", NULL, NULL,
    "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5" },
  { "get-slashes-normalized", "GET", "//example//", "", NULL, NULL,
    "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84" },
  { "get-space-unnormalized", "GET", "/example space/", "", NULL, NULL,
    "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741" },
  { "get-unreserved", "GET", "/" UNRESERVED, "", NULL, NULL,
    "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f" },
  { "get-utf8", "GET", "/\xe1\x88\xb4", "", NULL, NULL, "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85" },
  { "get-vanilla-empty-query-key", "GET", "/?Param1=value1", "", NULL, NULL,
    "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb" },
  { "get-vanilla-query-order-encoded", "GET", "/?Param-3=Value3&Param=Value2&%E1%88%B4=Value1", "", NULL, NULL,
    "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac" },
  { "get-vanilla-query-order-key-case", "GET", "/?Param2=value2&Param1=value1", "", NULL, NULL,
    "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500" },
  { "get-vanilla-query-unreserved", "GET", "/?" UNRESERVED "=" UNRESERVED, "", NULL, NULL,
    "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197" },
  { "get-vanilla-utf8-query", "GET", "/?%E1%88%B4=bar", "", NULL, NULL,
    "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04" },
  { "get-vanilla-with-session-token", "GET", "/", "", NULL, "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267",
    "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8" },
  { "post-header-key-sort", "POST", "/", "My-Header1:value1", NULL, NULL,
    "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c" },
  { "post-header-value-case", "POST", "/", "My-Header1:VALUE1", NULL, NULL,
    "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d" },
  { "post-sts-header-before", "POST", "/", "", NULL, STS_TOKEN,
    "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead" },
  { "post-vanilla", "POST", "/", "", NULL, NULL, "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b" },
  { "post-vanilla-query", "POST", "/?Param1=value1", "", NULL, NULL,
    "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11" },
  { "post-x-www-form-urlencoded", "POST", "/", FORM_HASH "Content-Type:application/x-www-form-urlencoded", "Param1=value1",
    NULL, "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b" },
  { "post-x-www-form-urlencoded-parameters", "POST", "/",
    FORM_HASH "Content-Type:application/x-www-form-urlencoded; charset=utf-8", "Param1=value1", NULL,
    "328d1b9eaadca9f5818ef05e8392801e091653bafec24fcab71e7344e7f51422" },
};

static const Case s3_cases[] = {
  { "get-object", "GET", "/test.txt", "Range: bytes=0-9", NULL, NULL,
    "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41" },
  { "put-object", "PUT", "/test%24file.text", "Date: Fri, 24 May 2013 00:00:00 GMT\nx-amz-storage-class: REDUCED_REDUNDANCY",
    "Welcome to Amazon S3.", NULL, "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd" },
  { "get-bucket-lifecycle", "GET", "/?lifecycle", "", NULL, NULL,
    "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543" },
  { "list-objects", "GET", "/?max-keys=2&prefix=J", "", NULL, NULL,
    "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7" },
};

static char *
sign (const Case *tested, const char *base, const char *key_id, const char *secret, const char *service, gint64 now_ms)
{
  g_autofree char *url = g_strconcat (base, tested->target, NULL);
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  g_auto (GStrv) lines = g_strsplit (tested->headers, "\n", -1);
  g_autoptr (GBytes) body = tested->body != NULL ? g_bytes_new (tested->body, strlen (tested->body)) : NULL;
  g_autoptr (SobreCredentials) credentials =
      sobre_credentials_new (key_id, secret, tested->token, SOBRE_CREDENTIALS_NEVER, "test");
  SobreAwsSignable signable = { tested->method, url, headers, body, service, "us-east-1", now_ms };
  g_autoptr (GPtrArray) made = NULL;
  const char *signature;

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0')
      g_ptr_array_add (headers, lines[i]);
  made = sobre_aws_signature_make (&signable, credentials);
  signature = strstr (g_ptr_array_index (made, made->len - 1), "Signature=");
  g_assert_nonnull (signature);
  return g_strdup (signature + strlen ("Signature="));
}

static void
test_suite_of_aws (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (suite_cases); i++)
    {
      g_autofree char *signature = sign (&suite_cases[i], SUITE_URL, "AKIDEXAMPLE", SUITE_SECRET, "service", SUITE_TIME);

      g_test_message ("%s", suite_cases[i].name);
      g_assert_cmpstr (signature, ==, suite_cases[i].signature);
    }
}

static void
test_examples_of_s3 (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (s3_cases); i++)
    {
      g_autofree char *signature = sign (&s3_cases[i], S3_URL, "AKIAIOSFODNN7EXAMPLE", S3_SECRET, "s3", S3_TIME);

      g_test_message ("%s", s3_cases[i].name);
      g_assert_cmpstr (signature, ==, s3_cases[i].signature);
    }
}

/* Another service's path is encoded once more than it stands on the request line; S3's is signed as it stands there. */
static void
test_path_by_service (void)
{
  static const struct
  {
    const char *service;
    const char *path;
  } expected[] = {
    { "lambda", "/functions/arn%253Aaws%253Alambda/invocations" },
    { "s3", "/functions//./arn%3Aaws%3Alambda/invocations" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GPtrArray) headers = g_ptr_array_new ();
      SobreAwsSignable signable = { "POST",
                                    "https://lambda.us-east-2.amazonaws.com/functions//./arn%3Aaws%3Alambda/invocations",
                                    headers,
                                    NULL,
                                    expected[i].service,
                                    "us-east-2",
                                    SUITE_TIME };
      g_autofree char *names = NULL;
      g_autofree char *canonical = sobre_aws_signature_dup_canonical (&signable, headers, &names);
      g_auto (GStrv) lines = g_strsplit (canonical, "\n", -1);

      g_assert_cmpstr (lines[1], ==, expected[i].path);
    }
}

/* The headers that are sent name the host without its scheme's port, and the time that the signature was made for. */
static void
test_headers_that_are_added (void)
{
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  g_autoptr (SobreCredentials) credentials = sobre_credentials_new ("ID", "secret", "token", SOBRE_CREDENTIALS_NEVER, "test");
  SobreAwsSignable signable = { "GET", "https://Bucket.example:443/a?b", headers, NULL, "s3", "us-east-1", SUITE_TIME };
  g_autoptr (GPtrArray) made = sobre_aws_signature_make (&signable, credentials);

  g_assert_cmpuint (made->len, ==, 5);
  g_assert_cmpstr (g_ptr_array_index (made, 0), ==, "host: bucket.example");
  g_assert_cmpstr (g_ptr_array_index (made, 1), ==, "x-amz-date: 20150830T123600Z");
  g_assert_cmpstr (g_ptr_array_index (made, 2), ==, "x-amz-security-token: token");
  g_assert_cmpstr (g_ptr_array_index (made, 3), ==,
                   "x-amz-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_nonnull (
      strstr (g_ptr_array_index (made, 4), "Credential=ID/20150830/us-east-1/s3/aws4_request, SignedHeaders=host;"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/aws/signature/suite-of-aws", test_suite_of_aws);
  g_test_add_func ("/aws/signature/examples-of-s3", test_examples_of_s3);
  g_test_add_func ("/aws/signature/path-by-service", test_path_by_service);
  g_test_add_func ("/aws/signature/headers-that-are-added", test_headers_that_are_added);
  return g_test_run ();
}
