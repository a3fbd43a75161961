/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* preflight ─▶ the lake ─▶ the rest without a site ─▶ the guests' parameters ─▶ form and menu ─▶ the site ─▶ the tables for queries
 *
 * The lake comes first, because the rest is given its bucket; the site last, because new accounts may not have one yet and AWS takes back a whole stack of which one
 * resource fails. What there is already is given its site at once. */

#include "stack/sobre-stack-deploy.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-aws-error.h"
#include "stack/sobre-stack-guests.h"
#include "stack/sobre-stack-journal.h"
#include "stack/sobre-stack-tables.h"
#include "stack/sobre-stack-talk-private.h"
#include "stack/sobre-stack-workspace.h"

/** Flow: one run. @tables: of the restaurant, our own list · @is_sure: whether somebody has said yes to the plan · @is_kept: whether the wish is written down */
typedef struct
{
  SobreStackWork *work;
  SobreWorkspace *workspace;
  GListStore *tables;
  SobreStackWish wish;
  SobreStackTalk *talk;
  gboolean is_sure;
  gboolean is_kept;
  SobreStackDeployment *deployment;
} Flow;

static void
clear_deployment (gpointer data)
{
  SobreStackDeployment *self = data;

  g_clear_pointer (&self->stack, sobre_stack_unref);
  g_clear_pointer (&self->site, sobre_stack_site_free);
  g_free (self->tables_problem);
}

SobreStackDeployment *
sobre_stack_deployment_ref (SobreStackDeployment *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
sobre_stack_deployment_unref (SobreStackDeployment *self)
{
  g_atomic_rc_box_release_full (self, clear_deployment);
}

G_DEFINE_BOXED_TYPE (SobreStackDeployment, sobre_stack_deployment, sobre_stack_deployment_ref, sobre_stack_deployment_unref)

static void
flow_free (gpointer data)
{
  Flow *self = data;

  sobre_stack_work_unref (self->work);
  g_object_unref (self->workspace);
  g_object_unref (self->tables);
  sobre_stack_wish_clear (&self->wish);
  g_clear_pointer (&self->deployment, sobre_stack_deployment_unref);
  sobre_stack_talk_unref (self->talk);
  g_free (self);
}

/* A list model remembers where it was read last, so a thread of the pool reads one of its own. */
static GListStore *
copy_tables (SobreWorkspace *workspace)
{
  GListModel *tables = sobre_workspace_get_tables (workspace);
  GListStore *copy = g_list_store_new (SOBRE_TYPE_TABLE);

  for (guint i = 0; i < g_list_model_get_n_items (tables); i++)
    {
      g_autoptr (SobreTable) table = g_list_model_get_item (tables, i);

      g_list_store_append (copy, table);
    }
  return copy;
}

static DexFuture *
spawn (SobreStackWork *work,
       SobreWorkspace *workspace,
       const SobreStackWish *wish,
       const SobreStackListener *listener,
       DexFiberFunc fiber)
{
  Flow *self = g_new0 (Flow, 1);

  self->talk = sobre_stack_talk_new (listener);
  self->work = sobre_stack_work_new_telling (work, sobre_stack_talk_tell_event, sobre_stack_talk_ref (self->talk),
                                             (GDestroyNotify) sobre_stack_talk_unref);
  self->workspace = g_object_ref (workspace);
  self->tables = copy_tables (workspace);
  sobre_stack_wish_init (&self->wish, wish);
  self->deployment = g_atomic_rc_box_new0 (SobreStackDeployment);
  return sobre_stack_talk_spawn (fiber, self, flow_free);
}

static GHashTable *
make_parameters (Flow *self, SobreStackPart part, const SobreStack *lake, gboolean site)
{
  return sobre_stack_wish_make_parameters (&self->wish, self->work, self->workspace, part, lake, site);
}

/* The state of a part that may not be there. Returns %FALSE with an error other than that. */
static gboolean
look (Flow *self, SobreStackPart part, SobreStack **stack, GError **error)
{
  GError *failure = NULL;

  *stack = dex_await_boxed (sobre_stack_work_describe (self->work, part), &failure);
  if (*stack != NULL || g_error_matches (failure, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING))
    {
      g_clear_error (&failure);
      return TRUE;
    }
  g_propagate_error (error, failure);
  return FALSE;
}

static SobreStackPlan *
prepare (Flow *self, SobreStackPart part, GHashTable *parameters, GError **error)
{
  SobreStackPlan *made = dex_await_boxed (sobre_stack_prepare (self->work, part, parameters), error);

  if (made != NULL)
    sobre_stack_talk_tell (self->talk, &(SobreStackNews) { .kind = SOBRE_STACK_NEWS_PLAN, .plan = made });
  return made;
}

/* What is to be set of both parts, as far as that is known before the lake is. */
static GHashTable *
make_all_parameters (Flow *self)
{
  GHashTable *all = make_parameters (self, SOBRE_STACK_LAKE, NULL, FALSE);
  g_autoptr (GHashTable) others = make_parameters (self, SOBRE_STACK_MAIN, NULL, !self->wish.without_site);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, others);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (all, g_strdup (name), g_strdup (value));
  return all;
}

static SobreStackPreflight *
look_ahead (Flow *self, GError **error)
{
  g_autoptr (GHashTable) parameters = NULL;
  SobreStackPreflight *preflight;

  if (!sobre_stack_check_parameters (self->work, self->wish.parameters, error))
    return NULL;
  sobre_stack_talk_step (self->talk, _ ("Looking at what would keep it from being deployed"));
  parameters = make_all_parameters (self);
  preflight = dex_await_boxed (sobre_stack_preflight (self->work, parameters), error);
  if (preflight == NULL)
    return NULL;
  sobre_stack_talk_tell (self->talk, &(SobreStackNews) { .kind = SOBRE_STACK_NEWS_IDENTITY, .identity = preflight->identity });
  sobre_stack_talk_tell (self->talk, &(SobreStackNews) { .kind = SOBRE_STACK_NEWS_PREFLIGHT, .preflight = preflight });
  return preflight;
}

/* Nothing is begun that would fail. */
static gboolean
refuse_what_fails (const SobreStackPreflight *preflight, GError **error)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < preflight->findings->len; i++)
    {
      const SobreFinding *finding = g_ptr_array_index (preflight->findings, i);

      if (finding->state == SOBRE_FINDING_BAD)
        g_string_append_printf (words, "%s%s. %s", words->len > 0 ? ". " : "", finding->words, finding->advice);
    }
  if (words->len == 0)
    return TRUE;
  g_set_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_PREFLIGHT, _ ("Nothing was deployed. %s"), words->str);
  return FALSE;
}

static GPtrArray *
plan (Flow *self, GError **error)
{
  g_autoptr (GPtrArray) plans = g_ptr_array_new_with_free_func ((GDestroyNotify) sobre_stack_plan_unref);
  g_autoptr (SobreStackPreflight) preflight = look_ahead (self, error);
  g_autoptr (SobreStack) lake = NULL;

  if (preflight == NULL || !look (self, SOBRE_STACK_LAKE, &lake, error))
    return NULL;
  for (guint part = 0; part < SOBRE_N_STACK_PARTS; part++)
    {
      g_autoptr (GHashTable) parameters = make_parameters (self, part, lake, !self->wish.without_site);
      g_autoptr (SobreStackPlan) made = prepare (self, part, parameters, error);

      if (made == NULL || !dex_await (sobre_stack_discard (self->work, made), error))
        return NULL;
      g_ptr_array_add (plans, g_steal_pointer (&made));
    }
  return g_steal_pointer (&plans);
}

static DexFuture *
plan_fiber (gpointer data)
{
  Flow *self = data;
  GError *error = NULL;
  GPtrArray *plans = plan (self, &error);

  sobre_stack_talk_flush (self->talk);
  return plans != NULL ? dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, plans) : dex_future_new_for_error (error);
}

DexFuture *
sobre_stack_plan (SobreStackWork *work,
                  SobreWorkspace *workspace,
                  const SobreStackWish *wish,
                  const SobreStackListener *listener)
{
  return spawn (work, workspace, wish, listener, plan_fiber);
}

/* Whether what the plan says may be done. What loses data is asked for each time, by name. */
static gboolean
may_go_on (Flow *self, const SobreStackPlan *made, gboolean *allow_loss, GError **error)
{
  *allow_loss = FALSE;
  if (made->is_running || made->changes->len == 0)
    return TRUE;
  if (made->losses > 0)
    {
      const SobreStackQuestion question = { SOBRE_STACK_QUESTION_LOSS, made, made->stack };

      *allow_loss = sobre_stack_talk_ask (self->talk, &question, self->work->cancellable, error);
      return *allow_loss;
    }
  if (!self->is_sure)
    {
      const SobreStackQuestion question = { SOBRE_STACK_QUESTION_PLAN, made, "yes" };

      self->is_sure = sobre_stack_talk_ask (self->talk, &question, self->work->cancellable, error);
    }
  return self->is_sure;
}

/* From the first change on somebody else can tell that it was begun, and what was wished. */
static gboolean
keep_wish (Flow *self, GError **error)
{
  if (!self->is_kept)
    self->is_kept = sobre_stack_wish_keep (&self->wish, self->work, error);
  return self->is_kept;
}

/* Prepares, shows, asks, and does. @parameters: (transfer full). Returns (transfer full) the stack as it is then. */
static SobreStack *
converge (Flow *self, SobreStackPart part, GHashTable *parameters, GError **error)
{
  g_autoptr (GHashTable) owned = parameters;
  g_autoptr (SobreStackPlan) made = prepare (self, part, owned, error);
  g_autoptr (SobreStack) stack = NULL;
  gboolean allow_loss;

  if (made == NULL)
    return NULL;
  if (!may_go_on (self, made, &allow_loss, error))
    {
      dex_await (sobre_stack_discard (self->work, made), NULL);
      return NULL;
    }
  if (!keep_wish (self, error))
    return NULL;
  stack = dex_await_boxed (sobre_stack_execute (self->work, made, allow_loss), error);
  /* What somebody else had begun is at its end now; what is wanted may be something else. */
  if (stack != NULL && made->is_running)
    return converge (self, part, g_hash_table_ref (owned), error);
  return g_steal_pointer (&stack);
}

/* A site can be refused to a new account: what was there before the attempt stands, and the message says what helps. */
static SobreStack *
add_site (Flow *self, const SobreStack *lake, GError **error)
{
  GError *failure = NULL;
  SobreStack *stack = converge (self, SOBRE_STACK_MAIN, make_parameters (self, SOBRE_STACK_MAIN, lake, TRUE), &failure);

  if (g_error_matches (failure, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_FAILED))
    g_prefix_error_literal (&failure,
                            _ ("Everything but the site is deployed. AWS refuses CloudFront to some new accounts: a support "
                               "case “verify my account for CloudFront” opens it; then deploy again. What AWS said: "));
  if (failure != NULL)
    g_propagate_error (error, failure);
  return stack;
}

static gboolean
store_guests (Flow *self, GError **error)
{
  const SobreSettings *settings = sobre_workspace_get_settings (self->workspace);
  g_autoptr (GBytes) secret = sobre_workspace_load_card_secret (self->workspace, error);

  if (secret == NULL)
    return FALSE;
  sobre_stack_talk_step (self->talk, _ ("Storing the cards' key and the tables for the gate"));
  return dex_await (sobre_stack_store_guests (self->work, secret, (guint) settings->card_epoch, G_LIST_MODEL (self->tables)),
                    error);
}

/* What guests will find is there before the site is, which takes AWS a quarter of an hour to make. */
static gboolean
publish (Flow *self, GError **error)
{
  if (self->wish.without_site)
    return TRUE;
  sobre_stack_talk_step (self->talk, _ ("Bringing form and menu to the site"));
  self->deployment->site =
      dex_await_boxed (sobre_stack_publish (self->work, self->workspace, SOBRE_SITE_FORM | SOBRE_SITE_MENU, FALSE), error);
  return self->deployment->site != NULL;
}

/* Whether the main stack has to be made first without a site. */
static gboolean
is_to_be_made (const SobreStack *before)
{
  return before == NULL || !g_str_has_suffix (before->status, "_COMPLETE") || strcmp (before->status, "ROLLBACK_COMPLETE") == 0;
}

static SobreStack *
deploy_main (Flow *self, const SobreStack *lake, const SobreStack *before, GError **error)
{
  gboolean is_new = is_to_be_made (before);
  g_autoptr (SobreStack) stack = NULL;

  if (is_new || self->wish.without_site)
    {
      stack = converge (self, SOBRE_STACK_MAIN, make_parameters (self, SOBRE_STACK_MAIN, lake, FALSE), error);
      if (stack == NULL || !store_guests (self, error) || !publish (self, error))
        return NULL;
    }
  if (!self->wish.without_site)
    {
      g_clear_pointer (&stack, sobre_stack_unref);
      stack = add_site (self, lake, error);
    }
  if (stack == NULL || (!is_new && !(store_guests (self, error) && publish (self, error))))
    return NULL;
  return g_steal_pointer (&stack);
}

/* Guests can answer without them, so what keeps them from being made ends nothing. */
static gboolean
make_tables (Flow *self, const SobreStack *lake, GError **error)
{
  g_autoptr (GError) failure = NULL;

  sobre_stack_talk_step (self->talk, _ ("Making the tables for queries on Athena"));
  self->deployment->tables_from = dex_await_int (sobre_stack_put_tables (self->work, self->workspace, lake), &failure);
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  self->deployment->tables_problem = failure != NULL ? g_strdup (failure->message) : NULL;
  return TRUE;
}

static gboolean
deploy (Flow *self, GError **error)
{
  SobreStackDeployment *deployment = self->deployment;
  g_autoptr (SobreStackPreflight) preflight = look_ahead (self, error);
  g_autoptr (SobreStack) lake = NULL;
  g_autoptr (SobreStack) before = NULL;
  g_autoptr (SobreStack) made = NULL;
  const char *url;

  if (preflight == NULL || !refuse_what_fails (preflight, error) || !look (self, SOBRE_STACK_LAKE, &lake, error) ||
      !look (self, SOBRE_STACK_MAIN, &before, error))
    return FALSE;
  made = converge (self, SOBRE_STACK_LAKE, make_parameters (self, SOBRE_STACK_LAKE, lake, FALSE), error);
  deployment->stack = made != NULL ? deploy_main (self, made, before, error) : NULL;
  if (deployment->stack == NULL)
    return FALSE;
  url = g_hash_table_lookup (deployment->stack->outputs, "SiteUrl");
  if (deployment->site != NULL)
    g_set_str (&deployment->site->url, url);
  sobre_stack_note_site (self->work->journals, self->work->name, url);
  return make_tables (self, made, error);
}

/* Of these nobody knows what AWS makes of it, or they are over soon: whoever comes back may want to go on. */
static gboolean
is_unfinished (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_UNAVAILABLE) ||
         g_error_matches (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_CREDENTIALS);
}

static DexFuture *
deploy_fiber (gpointer data)
{
  Flow *self = data;
  GError *error = NULL;
  gboolean done = deploy (self, &error);

  if (!is_unfinished (error))
    sobre_stack_wish_forget (self->work);
  sobre_stack_talk_flush (self->talk);
  return done ? dex_future_new_take_boxed (SOBRE_TYPE_STACK_DEPLOYMENT, g_steal_pointer (&self->deployment))
              : dex_future_new_for_error (error);
}

DexFuture *
sobre_stack_deploy (SobreStackWork *work,
                    SobreWorkspace *workspace,
                    const SobreStackWish *wish,
                    const SobreStackListener *listener)
{
  return spawn (work, workspace, wish, listener, deploy_fiber);
}
