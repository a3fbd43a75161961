/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "stack/sobre-stack-follow.h"
#include "stack/sobre-stack-plan.h"
#include "workspace/sobre-workspace-files.h"

/* A resource that is called Thing. */
static SobreChange
change (const char *action, const char *type, const char *replacement)
{
  return (SobreChange) { (char *) action, (char *) "Thing", NULL, (char *) type, (char *) replacement, (char *) "" };
}

static SobreChangeGroup
group (SobreChange one)
{
  return sobre_change_get_group (&one);
}

static gboolean
loses (SobreChange one)
{
  return sobre_change_loses_data (&one);
}

static void
test_groups (void)
{
  g_assert_cmpint (group (change ("Add", "X", NULL)), ==, SOBRE_CHANGE_ADD);
  g_assert_cmpint (group (change ("Import", "X", NULL)), ==, SOBRE_CHANGE_ADD);
  g_assert_cmpint (group (change ("Modify", "X", "False")), ==, SOBRE_CHANGE_MODIFY);
  g_assert_cmpint (group (change ("Modify", "X", NULL)), ==, SOBRE_CHANGE_MODIFY);
  g_assert_cmpint (group (change ("Modify", "X", "True")), ==, SOBRE_CHANGE_REPLACE);
  g_assert_cmpint (group (change ("Modify", "X", "Conditional")), ==, SOBRE_CHANGE_REPLACE);
  g_assert_cmpint (group (change ("Remove", "X", NULL)), ==, SOBRE_CHANGE_REMOVE);
}

static void
test_losses (void)
{
  static const char *const holders[] = { "AWS::S3::Bucket", "AWS::KMS::Key", "AWS::KinesisFirehose::DeliveryStream" };

  for (guint i = 0; i < G_N_ELEMENTS (holders); i++)
    {
      g_assert_true (loses (change ("Remove", holders[i], NULL)));
      g_assert_true (loses (change ("Modify", holders[i], "True")));
      g_assert_true (loses (change ("Modify", holders[i], "Conditional")));
      g_assert_false (loses (change ("Modify", holders[i], "False")));
      g_assert_false (loses (change ("Add", holders[i], NULL)));
    }
  g_assert_false (loses (change ("Remove", "AWS::Lambda::Function", NULL)));
  g_assert_false (loses (change ("Remove", "AWS::S3::BucketPolicy", NULL)));
}

static void
test_words (void)
{
  SobreChange perhaps = change ("Modify", "AWS::S3::Bucket", "Conditional");
  SobreChange unknown = change ("Add", "AWS::New::Thing", NULL);
  g_autofree char *words = NULL;
  g_autofree char *others = sobre_change_dup_words (&unknown);

  perhaps.properties = (char *) "LifecycleConfiguration";
  words = sobre_change_dup_words (&perhaps);
  g_assert_cmpstr (words, ==, "bucket Thing: LifecycleConfiguration (perhaps)");
  g_assert_cmpstr (others, ==, "AWS::New::Thing Thing");
}

static void
test_names (void)
{
  static const char *const good[] = { "a", "sobremesa", "casa-pepa-2", "abcdefghijklmnopqrst" };
  static const char *const bad[] = { "", "A", "1a", "-a", "a-", "a_b", "a b", "abcdefghijklmnopqrstu", "ä", "a/b", "a\n" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (sobre_stack_name_is_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (sobre_stack_name_is_valid (bad[i]));
}

static void
add_event (GPtrArray *events, const char *logical_id, const char *type, const char *status, const char *reason)
{
  SobreStackEvent event = { NULL, NULL, (char *) logical_id, (char *) type, (char *) status, (char *) reason };

  g_ptr_array_add (events, g_memdup2 (&event, sizeof event));
}

/* The first failure of the newest change, not of an older one, and not what was cancelled because of it. */
static void
test_cause (void)
{
  static const char stack[] = "AWS::CloudFormation::Stack";
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func (g_free);

  add_event (events, "x", stack, "CREATE_IN_PROGRESS", NULL);
  add_event (events, "Old", "AWS::S3::Bucket", "CREATE_FAILED", "an old story");
  add_event (events, "x", stack, "CREATE_FAILED", "The following resource(s) failed to create: [Old]");
  g_assert_cmpstr (sobre_stack_find_cause (events)->logical_id, ==, "Old");
  add_event (events, "x", stack, "UPDATE_IN_PROGRESS", "User Initiated");
  g_assert_null (sobre_stack_find_cause (events));
  add_event (events, "Third", "AWS::Lambda::Function", "UPDATE_FAILED", "Resource update cancelled");
  add_event (events, "First", "AWS::IAM::Role", "UPDATE_FAILED", "Not authorized");
  add_event (events, "Second", "AWS::SNS::Topic", "UPDATE_FAILED", "Something else");
  add_event (events, "x", stack, "UPDATE_ROLLBACK_IN_PROGRESS", "The following resource(s) failed");
  g_assert_cmpstr (sobre_stack_find_cause (events)->logical_id, ==, "First");
}

static void
test_journal (void)
{
  g_autofree char *top = g_dir_make_tmp ("sobremesa-journal-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (top, "deploy-journal", NULL);
  char *buckets[] = { (char *) "one", (char *) "two", NULL };
  SobreStackJournal journal = { (char *) "arn:x", (char *) "token", (char *) "set", (char *) "event", TRUE, buckets };
  g_autoptr (SobreStackJournal) none = sobre_stack_journal_read (folder, "x");
  g_autoptr (SobreStackJournal) read = NULL;
  g_autoptr (SobreStackJournal) damaged = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (none->token);
  g_assert_false (none->is_running);
  g_assert_true (sobre_stack_journal_write (&journal, folder, "x", &error));
  g_assert_no_error (error);
  read = sobre_stack_journal_read (folder, "x");
  g_assert_cmpstr (read->stack_id, ==, "arn:x");
  g_assert_cmpstr (read->token, ==, "token");
  g_assert_cmpstr (read->change_set, ==, "set");
  g_assert_cmpstr (read->after, ==, "event");
  g_assert_true (read->is_running);
  g_assert_cmpuint (g_strv_length (read->buckets), ==, 2);
  g_assert_true (sobre_workspace_write_file (folder, "y.json", "{\"token\": ", -1, NULL));
  damaged = sobre_stack_journal_read (folder, "y");
  g_assert_null (damaged->token);
  sobre_workspace_remove_tree (top);
}

static void
test_template_parameters (void)
{
  g_autoptr (GHashTable) names = sobre_stack_template_list_parameters ("{\"Parameters\":{\"A\":{},\"B\":{}},\"Resources\":{}}");
  g_autoptr (GHashTable) none = sobre_stack_template_list_parameters ("{");

  g_assert_cmpuint (g_hash_table_size (names), ==, 2);
  g_assert_true (g_hash_table_contains (names, "A") && g_hash_table_contains (names, "B"));
  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stack/words/groups", test_groups);
  g_test_add_func ("/stack/words/losses", test_losses);
  g_test_add_func ("/stack/words/words", test_words);
  g_test_add_func ("/stack/words/names", test_names);
  g_test_add_func ("/stack/words/cause", test_cause);
  g_test_add_func ("/stack/words/journal", test_journal);
  g_test_add_func ("/stack/words/template-parameters", test_template_parameters);
  return g_test_run ();
}
