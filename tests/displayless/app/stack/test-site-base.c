/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where cards lead once something is deployed, and no longer when it is removed. */

#include "fake-account.h"
#include "model/sobre-settings.h"
#include "stack/sobre-stack-journal.h"
#include "workspace/sobre-workspace-files.h"

#define URL "https://d111111abcdef8.cloudfront.net"

static void
assert_base (FakeAccount *account, const char *expected)
{
  g_autofree char *base = sobre_workspace_dup_guest_base (account->workspace);

  g_assert_cmpstr (base, ==, expected);
}

static void
test_it_comes_and_goes (FakeAccount *account, gconstpointer data)
{
  assert_base (account, NULL);
  sobre_stack_note_site (account->journals, "x", NULL);
  assert_base (account, NULL);
  sobre_stack_note_site (account->journals, "x", URL);
  assert_base (account, URL);
  sobre_stack_note_site (account->journals, "other", NULL);
  assert_base (account, URL);
  sobre_stack_note_site (account->journals, "x", NULL);
  assert_base (account, NULL);
}

/* The journals of stacks stay what they are. */
static void
test_it_is_no_stack (FakeAccount *account, gconstpointer data)
{
  g_autofree char *name = NULL;
  guint n;

  sobre_stack_note_site (account->journals, "x", URL);
  name = sobre_stack_find_name (account->journals, FALSE, &n);
  g_assert_null (name);
  g_assert_cmpuint (n, ==, 0);
}

static void
test_what_the_workspace_says_counts_more (FakeAccount *account, gconstpointer data)
{
  const char *path = sobre_workspace_get_path (account->workspace);
  SobreSettings settings = *sobre_workspace_get_settings (account->workspace);
  g_autofree char *text = NULL;
  g_autoptr (SobreWorkspace) opened = NULL;
  g_autofree char *base = NULL;

  sobre_stack_note_site (account->journals, "x", URL);
  settings.guest_url = (char *) "https://guests.example.org";
  text = sobre_settings_format (&settings);
  g_assert_true (sobre_workspace_write_file (path, SOBRE_WORKSPACE_FILE, text, -1, NULL));
  opened = sobre_workspace_open (path, NULL);
  base = sobre_workspace_dup_guest_base (opened);
  g_assert_cmpstr (base, ==, "https://guests.example.org");
}

static void
test_a_damaged_file_is_none (FakeAccount *account, gconstpointer data)
{
  static const char *const lines[] = { "",
                                       "x",
                                       "x \n",
                                       "x http://d1.cloudfront.net\n",
                                       "x https://\n",
                                       "x https://d1.cloudfront.net/path\n",
                                       "x https://d1.cloudfront.net?q\n",
                                       "x https://u@d1.cloudfront.net\n",
                                       "x javascript:alert(1)\n",
                                       NULL };

  g_assert_true (sobre_workspace_make_folder (account->journals, NULL));
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_true (sobre_workspace_write_file (account->journals, SOBRE_SITE_FILE, lines[i], -1, NULL));
      assert_base (account, NULL);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
#define TEST(name, function)                                                                                                   \
  g_test_add ("/stack/site-base/" name, FakeAccount, NULL, fake_account_set_up, function, fake_account_tear_down)
  TEST ("it-comes-and-goes", test_it_comes_and_goes);
  TEST ("it-is-no-stack", test_it_is_no_stack);
  TEST ("what-the-workspace-says-counts-more", test_what_the_workspace_says_counts_more);
  TEST ("a-damaged-file-is-none", test_a_damaged_file_is_none);
  return g_test_run ();
}
