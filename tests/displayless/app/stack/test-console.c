/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Addresses of AWS's own pages: of each region's own host, with nothing in them that a name could break out of. */

#include "stack/sobre-stack-console.h"
#include "sync/sobre-rejects.h"

static void
test_places (void)
{
  const struct
  {
    SobreConsolePlace place;
    const char *region;
    const char *name;
    const char *uri;
  } cases[] = {
    { SOBRE_CONSOLE_STACK, "eu-central-1", "arn:aws:cloudformation:eu-central-1:123456789012:stack/x/1",
      "https://eu-central-1.console.aws.amazon.com/cloudformation/home?region=eu-central-1#/stacks/"
      "stackinfo?stackId=arn%3Aaws%3Acloudformation%3Aeu-central-1%3A123456789012%3Astack%2Fx%2F1" },
    { SOBRE_CONSOLE_BUCKET, "eu-central-1", "a.bucket",
      "https://eu-central-1.console.aws.amazon.com/s3/buckets/a.bucket?region=eu-central-1" },
    { SOBRE_CONSOLE_WORKGROUP, "cn-north-1", "x-lake",
      "https://cn-north-1.console.amazonaws.cn/athena/home?region=cn-north-1#/workgroups/details/x-lake" },
    { SOBRE_CONSOLE_ALARM, "us-gov-west-1", "x-Late",
      "https://us-gov-west-1.console.amazonaws-us-gov.com/cloudwatch/home?region=us-gov-west-1#alarmsV2:alarm/x-Late" },
    { SOBRE_CONSOLE_ALARMS, "us-east-1", "x",
      "https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#alarmsV2:?~(search~'x)" },
    { SOBRE_CONSOLE_BUCKET, "us-east-1", "a/../#?b",
      "https://us-east-1.console.aws.amazon.com/s3/buckets/a%2F..%2F%23%3Fb?region=us-east-1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *uri = sobre_console_dup_uri (cases[i].place, cases[i].region, cases[i].name);

      g_assert_cmpstr (uri, ==, cases[i].uri);
    }
}

static void
test_dashboards (void)
{
  g_autofree char *whole = sobre_quicksight_dup_uri ("eu-west-1", "ab-12", "North & South", "2026-11-01", "2026-11-28");
  g_autofree char *every = sobre_quicksight_dup_uri ("eu-west-1", "ab-12", NULL, "2026-11-01", NULL);
  g_autofree char *start = sobre_quicksight_dup_uri ("eu-west-1", NULL, NULL, NULL, NULL);

  g_assert_cmpstr (whole, ==,
                   "https://eu-west-1.quicksight.aws.amazon.com/sn/dashboards/ab-12#p.store=North%20%26%20South"
                   "&p.from=2026-11-01T00%3A00%3A00&p.to=2026-11-28T00%3A00%3A00");
  g_assert_cmpstr (every, ==, "https://eu-west-1.quicksight.aws.amazon.com/sn/dashboards/ab-12#p.from=2026-11-01T00%3A00%3A00");
  g_assert_cmpstr (start, ==, "https://eu-west-1.quicksight.aws.amazon.com/sn/start");
}

/* Every rule is said in words; one that is not known yet, by its name. */
static void
test_reject_words (void)
{
  const char *const cases[] = { "store_id.missing",
                                "“store_id” is missing",
                                "answers.score.range",
                                "“answers.score” is out of its range",
                                "line.length",
                                "It is too long",
                                "json",
                                "It is not JSON",
                                "some.newer",
                                "some.newer",
                                "100%s.missing",
                                "“100%s” is missing",
                                NULL };

  for (guint i = 0; cases[i] != NULL; i += 2)
    {
      g_autofree char *words = sobre_reject_dup_words (cases[i]);

      g_assert_cmpstr (words, ==, cases[i + 1]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/console/places", test_places);
  g_test_add_func ("/console/dashboards", test_dashboards);
  g_test_add_func ("/console/reject-words", test_reject_words);
  return g_test_run ();
}
