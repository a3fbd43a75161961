/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "aws/sobre-retry.h"

/* Over many draws the mean is half the step, and nothing is outside of it. */
static void
test_full_jitter (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint retry = 1; retry <= 12; retry++)
    {
      gint64 cap = MIN ((gint64) 1000 << (retry - 1), 20000);
      double sum = 0;

      for (guint i = 0; i < 100000; i++)
        {
          gint64 delay = sobre_retry_get_delay (SOBRE_RETRY_THROTTLING, retry, g_rand_double (rand), 0);

          g_assert_cmpint (delay, >=, 0);
          g_assert_cmpint (delay, <=, cap);
          sum += (double) delay;
        }
      g_assert_cmpfloat_with_epsilon (sum / 100000, (double) cap / 2, (double) cap / 100);
    }
  g_assert_cmpint (sobre_retry_get_delay (SOBRE_RETRY_TRANSIENT, 1, 1.0, 0), ==, 50);
  g_assert_cmpint (sobre_retry_get_delay (SOBRE_RETRY_TRANSIENT, 1000, 1.0, 0), ==, 20000);
}

static void
test_hint_lengthens_a_little (void)
{
  g_assert_cmpint (sobre_retry_get_delay (SOBRE_RETRY_THROTTLING, 1, 0.5, 3000), ==, 3000);
  g_assert_cmpint (sobre_retry_get_delay (SOBRE_RETRY_THROTTLING, 1, 0.5, 60000), ==, 5500);
  g_assert_cmpint (sobre_retry_get_delay (SOBRE_RETRY_THROTTLING, 1, 0.5, 100), ==, 500);
  g_assert_cmpint (sobre_retry_read_hint ("1500", "9"), ==, 1500);
  g_assert_cmpint (sobre_retry_read_hint (NULL, "9"), ==, 9000);
  g_assert_cmpint (sobre_retry_read_hint ("soon", NULL), ==, 0);
  g_assert_cmpint (sobre_retry_read_hint ("-5", "Wed, 21 Oct 2026 07:28:00 GMT"), ==, 0);
}

static void
test_code_decides_before_status (void)
{
  g_assert_cmpint (sobre_retry_classify (503, "SlowDown"), ==, SOBRE_RETRY_THROTTLING);
  g_assert_cmpint (sobre_retry_classify (400, "ThrottlingException"), ==, SOBRE_RETRY_THROTTLING);
  g_assert_cmpint (sobre_retry_classify (400, "RequestTimeout"), ==, SOBRE_RETRY_TRANSIENT);
  g_assert_cmpint (sobre_retry_classify (503, NULL), ==, SOBRE_RETRY_TRANSIENT);
  g_assert_cmpint (sobre_retry_classify (429, NULL), ==, SOBRE_RETRY_THROTTLING);
  g_assert_cmpint (sobre_retry_classify (501, NULL), ==, SOBRE_RETRY_NEVER);
  g_assert_cmpint (sobre_retry_classify (403, "AccessDenied"), ==, SOBRE_RETRY_NEVER);
  g_assert_cmpint (sobre_retry_classify (404, NULL), ==, SOBRE_RETRY_NEVER);
}

/* The bucket against a model of it. */
static void
test_quota_is_a_bucket (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (SobreRetryQuota) quota = sobre_retry_quota_new ();
  guint left = 500;

  for (guint i = 0; i < 100000; i++)
    {
      gboolean throttled = g_rand_boolean (rand);
      guint cost = throttled ? 5 : 14;

      if (g_rand_int_range (rand, 0, 3) > 0)
        {
          guint taken = sobre_retry_quota_take (quota, throttled ? SOBRE_RETRY_THROTTLING : SOBRE_RETRY_TRANSIENT);

          g_assert_cmpuint (taken, ==, left >= cost ? cost : 0);
          left -= taken;
        }
      else
        {
          guint back = g_rand_boolean (rand) ? cost : 0;

          sobre_retry_quota_give_back (quota, back);
          left = MIN (left + MAX (back, 1), 500);
        }
      g_assert_cmpuint (sobre_retry_quota_get_left (quota), ==, left);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/aws/retry/full-jitter", test_full_jitter);
  g_test_add_func ("/aws/retry/hint-lengthens-a-little", test_hint_lengthens_a_little);
  g_test_add_func ("/aws/retry/code-decides-before-status", test_code_decides_before_status);
  g_test_add_func ("/aws/retry/quota-is-a-bucket", test_quota_is_a_bucket);
  return g_test_run ();
}
