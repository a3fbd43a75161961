/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A deployment tells and asks in order, on the thread of whoever began it, does nothing unasked, and is gone on with after it was broken off. */

#include <string.h>

#include "aws/sobre-aws-error.h"
#include "fake-account.h"
#include "stack/sobre-stack-delete.h"
#include "stack/sobre-stack-deploy.h"
#include "stack/sobre-stack-take-back.h"

#define LOST                                                                                                                   \
  "<member><ResourceChange><Action>Remove</Action><LogicalResourceId>LakeBucket</LogicalResourceId>"                           \
  "<ResourceType>AWS::S3::Bucket</ResourceType></ResourceChange></member>"

/** Talk: what a listener heard, and says. @answers: (nullable): what comes back of each question, "=" for its word; then nothing does · @is_dead: whether destroy was called */
typedef struct
{
  FakeAccount *account;
  GThread *thread;
  GString *heard;
  const char *const *answers;
  guint n_asked;
  gboolean cancels;
  gboolean is_dead;
} Talk;

static void
tell_cb (const SobreStackNews *news, gpointer user_data)
{
  Talk *talk = user_data;

  g_assert_true (g_thread_self () == talk->thread);
  switch (news->kind)
    {
    case SOBRE_STACK_NEWS_IDENTITY:
      g_string_append_printf (talk->heard, "identity:%s ", news->identity->account);
      break;
    case SOBRE_STACK_NEWS_PREFLIGHT:
      g_string_append_printf (talk->heard, "preflight:%s ", sobre_finding_state_get_nick (news->preflight->worst));
      break;
    case SOBRE_STACK_NEWS_PLAN:
      g_string_append_printf (talk->heard, "plan:%s:%u ", news->plan->stack, news->plan->changes->len);
      break;
    case SOBRE_STACK_NEWS_EVENT:
      g_string_append_printf (talk->heard, "event:%s ", news->event->logical_id);
      break;
    case SOBRE_STACK_NEWS_STEP:
      break;
    }
}

static DexFuture *
ask_cb (const SobreStackQuestion *question, gpointer user_data)
{
  static const char *const names[] = { "go", "loss", "remove", "remove-lake" };
  Talk *talk = user_data;
  const char *answer = talk->answers != NULL ? talk->answers[talk->n_asked] : NULL;

  g_assert_true (g_thread_self () == talk->thread);
  g_string_append_printf (talk->heard, "%s?%s ", names[question->kind], question->word);
  talk->n_asked += answer != NULL;
  if (talk->cancels)
    g_cancellable_cancel (talk->account->cancellable);
  if (answer == NULL)
    return DEX_FUTURE (dex_promise_new ());
  if (*answer == '!')
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "%s", answer);
  return dex_future_new_for_string (*answer == '=' ? question->word : answer);
}

static void
destroy_cb (gpointer user_data)
{
  ((Talk *) user_data)->is_dead = TRUE;
}

static Talk
begin (FakeAccount *account, const char *const *answers)
{
  return (Talk) { account, g_thread_self (), g_string_new (NULL), answers, 0, FALSE, FALSE };
}

static void
end (Talk *talk)
{
  while (!talk->is_dead)
    g_main_context_iteration (NULL, TRUE);
  g_string_free (talk->heard, TRUE);
}

static SobreStackDeployment *
deploy (FakeAccount *account, Talk *talk, GHashTable *parameters, GError **error)
{
  const SobreStackWish wish = { parameters, TRUE };
  const SobreStackListener listener = { tell_cb, ask_cb, talk, destroy_cb };
  g_autoptr (DexFuture) future = sobre_stack_deploy (account->work, account->workspace, &wish, &listener);
  const GValue *value = fake_account_wait (future, error);

  return value != NULL ? g_value_dup_boxed (value) : NULL;
}

static gboolean
called (FakeAccount *account, const char *call)
{
  g_autofree char *calls = fake_account_dup_calls (account);

  return strstr (calls, call) != NULL;
}

static void
test_from_nothing (FakeAccount *account, gconstpointer data)
{
  static const char *const answers[] = { "=", NULL };
  Talk talk = begin (account, answers);
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreStackDeployment) made = deploy (account, &talk, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (talk.heard->str, ==,
                   "identity:123456789012 preflight:good plan:x-lake:1 go?yes event:Menu plan:x:1 event:Menu ");
  g_assert_cmpstr (made->stack->status, ==, "CREATE_COMPLETE");
  g_assert_null (made->site);
  g_assert_nonnull (made->tables_problem);
  g_assert_true (called (account, "PutParameter"));
  g_assert_null (sobre_stack_dup_unfinished (account->workspace, NULL));
  end (&talk);
}

static void
test_declined (FakeAccount *account, gconstpointer data)
{
  static const char *const answers[] = { "no", "!own", NULL };
  Talk talk = begin (account, answers);
  g_autoptr (GError) error = NULL;

  g_assert_null (deploy (account, &talk, NULL, &error));
  g_assert_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_DECLINED);
  g_clear_error (&error);
  end (&talk);
  talk = begin (account, answers + 1);
  g_assert_null (deploy (account, &talk, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_assert_false (called (account, "ExecuteChangeSet"));
  g_assert_true (called (account, "DeleteChangeSet DeleteStack"));
  g_assert_null (sobre_stack_dup_unfinished (account->workspace, NULL));
  end (&talk);
}

static void
test_data_wants_its_name (FakeAccount *account, gconstpointer data)
{
  static const char *const wrong[] = { "yes", NULL };
  static const char *const right[] = { "=", "=", NULL };
  Talk talk = begin (account, wrong);
  g_autoptr (GError) error = NULL;
  g_autoptr (SobreStackDeployment) made = NULL;

  fake_account_add_stack (account, "x-lake", "CREATE_COMPLETE", "sobremesa");
  fake_account_add_stack (account, "x", "CREATE_COMPLETE", "sobremesa");
  account->updates = LOST;
  g_assert_null (deploy (account, &talk, NULL, &error));
  g_assert_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_LOSS);
  g_assert_nonnull (strstr (talk.heard->str, "plan:x-lake:1 loss?x-lake "));
  g_assert_false (called (account, "ExecuteChangeSet"));
  g_clear_error (&error);
  end (&talk);
  talk = begin (account, right);
  made = deploy (account, &talk, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (talk.heard->str, "loss?x-lake "));
  g_assert_nonnull (strstr (talk.heard->str, "loss?x "));
  end (&talk);
}

static void
test_nothing_is_begun_that_would_fail (FakeAccount *account, gconstpointer data)
{
  static const char *const answers[] = { "=", NULL };
  Talk talk = begin (account, answers);
  g_autoptr (GError) error = NULL;

  fake_account_add_stack (account, "x", "CREATE_COMPLETE", "somebody");
  g_assert_null (deploy (account, &talk, NULL, &error));
  g_assert_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_PREFLIGHT);
  g_assert_nonnull (strstr (error->message, "--stack NAME"));
  g_assert_cmpstr (talk.heard->str, ==, "identity:123456789012 preflight:bad ");
  g_assert_false (called (account, "CreateChangeSet"));
  end (&talk);
}

static void
test_unknown_parameter (FakeAccount *account, gconstpointer data)
{
  g_autoptr (GHashTable) parameters = g_hash_table_new (g_str_hash, g_str_equal);
  Talk talk = begin (account, NULL);
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (parameters, (gpointer) "Colour", (gpointer) "red");
  g_assert_null (deploy (account, &talk, parameters, &error));
  g_assert_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_PARAMETER);
  g_assert_cmpuint (fake_service_get_n_requests (account->service), ==, 0);
  end (&talk);
}

static void
test_cancelled_while_asking (FakeAccount *account, gconstpointer data)
{
  Talk talk = begin (account, NULL);
  g_autoptr (GError) error = NULL;

  talk.cancels = TRUE;
  g_assert_null (deploy (account, &talk, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (called (account, "ExecuteChangeSet"));
  end (&talk);
}

static gboolean
cancel_cb (gpointer user_data)
{
  FakeAccount *account = user_data;

  if (!called (account, "ExecuteChangeSet DescribeStacks"))
    return G_SOURCE_CONTINUE;
  g_cancellable_cancel (account->cancellable);
  return G_SOURCE_REMOVE;
}

/* AWS goes on with what it was told; whoever comes back knows what was wished, and follows it to its end. */
static void
test_broken_off_it_is_gone_on_with (FakeAccount *account, gconstpointer data)
{
  static const char *const answers[] = { "=", "=", NULL };
  g_autoptr (GHashTable) parameters = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (SobreStackWish) wish = { NULL, FALSE };
  g_autofree char *name = NULL;
  Talk talk = begin (account, answers);
  g_autoptr (SobreStackDeployment) made = NULL;
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (parameters, (gpointer) "UseCmk", (gpointer) "Yes");
  account->is_slow = TRUE;
  g_timeout_add (5, cancel_cb, account);
  g_assert_null (deploy (account, &talk, parameters, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  end (&talk);
  name = sobre_stack_dup_unfinished (account->workspace, &wish);
  g_assert_cmpstr (name, ==, "x");
  g_assert_true (wish.without_site);
  g_assert_cmpstr (g_hash_table_lookup (wish.parameters, "UseCmk"), ==, "Yes");

  g_mutex_lock (&account->mutex);
  account->is_slow = FALSE;
  g_mutex_unlock (&account->mutex);
  g_cancellable_reset (account->cancellable);
  talk = begin (account, answers);
  made = deploy (account, &talk, wish.parameters, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (made->stack->name, ==, "x");
  g_assert_null (sobre_stack_dup_unfinished (account->workspace, NULL));
  end (&talk);
}

static void
test_plan_leaves_nothing (FakeAccount *account, gconstpointer data)
{
  Talk talk = begin (account, NULL);
  const SobreStackWish wish = { NULL, FALSE };
  const SobreStackListener listener = { tell_cb, ask_cb, &talk, destroy_cb };
  g_autoptr (DexFuture) future = sobre_stack_plan (account->work, account->workspace, &wish, &listener);
  g_autoptr (GError) error = NULL;
  const GValue *value = fake_account_wait (future, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (((GPtrArray *) g_value_get_boxed (value))->len, ==, 2);
  g_assert_cmpstr (talk.heard->str, ==, "identity:123456789012 preflight:good plan:x-lake:1 plan:x:1 ");
  g_assert_cmpuint (g_hash_table_size (account->stacks), ==, 0);
  g_clear_pointer (&future, dex_unref);
  end (&talk);
}

static gboolean
remove_all (FakeAccount *account, Talk *talk, gboolean lake, GError **error)
{
  const SobreStackListener listener = { tell_cb, ask_cb, talk, destroy_cb };
  g_autoptr (DexFuture) future = sobre_stack_remove (account->work, lake, &listener);

  return fake_account_wait (future, error) != NULL;
}

static void
test_removal_wants_both_names (FakeAccount *account, gconstpointer data)
{
  static const char *const half[] = { "=", "x-lake", NULL };
  static const char *const whole[] = { "=", "=", NULL };
  Talk talk = begin (account, half);
  g_autoptr (GError) error = NULL;

  fake_account_add_stack (account, "x-lake", "CREATE_COMPLETE", "sobremesa");
  fake_account_add_stack (account, "x", "CREATE_COMPLETE", "sobremesa");
  g_assert_false (remove_all (account, &talk, TRUE, &error));
  g_assert_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_LOSS);
  g_assert_cmpstr (talk.heard->str, ==, "identity:123456789012 remove?x remove-lake?the-lake ");
  g_assert_false (called (account, "DeleteStack"));
  g_clear_error (&error);
  end (&talk);
  talk = begin (account, whole);
  g_assert_true (remove_all (account, &talk, TRUE, &error));
  g_assert_no_error (error);
  g_assert_true (called (account, "DeleteStack"));
  end (&talk);
}

static gboolean
take_back (FakeAccount *account, GError **error)
{
  g_autoptr (DexFuture) future = sobre_stack_take_back (account->work);
  const GValue *value = fake_account_wait (future, error);

  if (value != NULL)
    g_assert_cmpstr (g_value_get_string (value), ==, "x");
  return value != NULL;
}

/* Only an update that is under way can be taken back. */
static void
test_taken_back (FakeAccount *account, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  account->is_slow = TRUE;
  fake_account_reply (account, "CancelUpdateStack", 200, "<R><CancelUpdateStackResult/></R>");
  fake_account_add_stack (account, "x-lake", "UPDATE_COMPLETE", "sobremesa");
  g_assert_false (take_back (account, &error));
  g_assert_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING);
  g_clear_error (&error);
  fake_account_add_stack (account, "x", "CREATE_IN_PROGRESS", "sobremesa");
  g_assert_false (take_back (account, &error));
  g_assert_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_STUCK);
  g_assert_false (called (account, "CancelUpdateStack"));
  g_clear_error (&error);
  fake_account_add_stack (account, "x", "UPDATE_IN_PROGRESS", "sobremesa");
  g_assert_true (take_back (account, &error));
  g_assert_no_error (error);
  g_assert_true (called (account, "CancelUpdateStack"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
#define TEST(name, function)                                                                                                   \
  g_test_add ("/stack/deploy/" name, FakeAccount, NULL, fake_account_set_up, function, fake_account_tear_down)
  TEST ("from-nothing", test_from_nothing);
  TEST ("declined", test_declined);
  TEST ("data-wants-its-name", test_data_wants_its_name);
  TEST ("nothing-is-begun-that-would-fail", test_nothing_is_begun_that_would_fail);
  TEST ("unknown-parameter", test_unknown_parameter);
  TEST ("cancelled-while-asking", test_cancelled_while_asking);
  TEST ("broken-off-it-is-gone-on-with", test_broken_off_it_is_gone_on_with);
  TEST ("plan-leaves-nothing", test_plan_leaves_nothing);
  TEST ("taken-back", test_taken_back);
  TEST ("removal-wants-both-names", test_removal_wants_both_names);
  return g_test_run ();
}
