/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "stack/sobre-stack-mark.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "model/sobre-json-members.h"
#include "model/sobre-time.h"
#include "query/sobre-local-engine.h"
#include "sync/sobre-sync.h"

#define FORM_ID "sobremesa-test"

SobreStackMark *
sobre_stack_mark_new (SobreWorkspace *workspace, SobreClock *clock, SobreRandom *random)
{
  SobreStackMark *self = g_new0 (SobreStackMark, 1);
  SobreId id = sobre_id_make_v7 (clock, random);
  g_autoptr (SobreTable) table = g_list_model_get_item (sobre_workspace_get_tables (workspace), 0);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char now[SOBRE_TIME_STRING_LENGTH + 1];

  sobre_id_format (&id, self->id);
  sobre_time_format (sobre_clock_now (clock), now);
  json_builder_begin_object (builder);
  sobre_json_add_text (builder, "id", self->id);
  sobre_json_add_text (builder, "submitted_at", now);
  sobre_json_add_text (builder, "store_id", table != NULL ? sobre_table_get_store_id (table) : "test");
  sobre_json_add_text (builder, "table_id", table != NULL ? sobre_table_get_table_id (table) : "test");
  sobre_json_add_text (builder, "form_id", FORM_ID);
  json_builder_set_member_name (builder, "form_version");
  json_builder_add_int_value (builder, 0);
  sobre_json_add_text (builder, "language", "en");
  json_builder_set_member_name (builder, "answers");
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  self->record = json_to_string (root, FALSE);
  return self;
}

void
sobre_stack_mark_free (SobreStackMark *self)
{
  g_free (self->record);
  g_free (self);
}

const char *
sobre_stack_mark_get_words (void)
{
  return _ ("The answer comes to the cache, and no figure counts it");
}

typedef struct
{
  SobreStackWork *work;
  SobreWorkspace *workspace;
  char *id;
} Search;

static void
search_free (gpointer data)
{
  Search *self = data;

  sobre_stack_work_unref (self->work);
  g_object_unref (self->workspace);
  g_free (self->id);
  g_free (self);
}

static void
cancelled_cb (GCancellable *cancellable, SobreSync *sync)
{
  sobre_sync_cancel (sync);
}

static gboolean
synchronise (Search *self, GError **error)
{
  g_autoptr (SobreSync) sync = sobre_sync_new (self->workspace);
  GCancellable *cancellable = self->work->cancellable;
  gulong handler = cancellable != NULL
                       ? g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), g_object_ref (sync), g_object_unref)
                       : 0;
  gboolean done = dex_await (sobre_sync_run (sync, SOBRE_SYNC_DEFAULT), error);

  g_cancellable_disconnect (cancellable, handler);
  return done;
}

/* Whether the cache has the answer once it was synchronised. */
static gboolean
is_in_cache (Search *self, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM responses WHERE id = '%s' AND NOT verified", self->id);
  g_autoptr (SobreQuery) query = sobre_query_new (sql);
  g_autoptr (SobreLocalEngine) engine = NULL;
  g_autoptr (SobreResultTable) result = NULL;

  if (!synchronise (self, error))
    return FALSE;
  engine = sobre_local_engine_new (NULL, sobre_workspace_get_cache_folder (self->workspace),
                                   sobre_aws_account_get_means (self->work->account)->clock);
  result = dex_await_object (sobre_query_engine_run (SOBRE_QUERY_ENGINE (engine), query, self->work->cancellable), error);
  return result != NULL && sobre_result_table_get_n_rows (result) == 1;
}

static DexFuture *
find_fiber (gpointer data)
{
  Search *self = data;
  const SobreSettings *settings = sobre_workspace_get_settings (self->workspace);
  const char *bucket;
  g_autoptr (SobreStack) stack = NULL;
  GError *error = NULL;
  gboolean found;
  char *detail = NULL;

  stack = dex_await_boxed (sobre_stack_work_describe (self->work, SOBRE_STACK_MAIN), &error);
  if (stack == NULL)
    return dex_future_new_for_error (error);
  bucket = g_hash_table_lookup (stack->outputs, "LakeBucket");
  if (g_strcmp0 (settings->lake_bucket, bucket) != 0)
    {
      detail = g_strdup_printf (
          _ ("The workspace reads another lake; “sobremesa lake promote --bucket %s” makes it read this one"), bucket);
      return dex_future_new_take_boxed (
          SOBRE_TYPE_STACK_CHECK, sobre_stack_check_new ("cache", sobre_stack_mark_get_words (), SOBRE_CHECK_UNSEEN, detail));
    }
  found = is_in_cache (self, &error);
  if (error != NULL)
    return dex_future_new_for_error (error);
  return dex_future_new_take_boxed (
      SOBRE_TYPE_STACK_CHECK,
      sobre_stack_check_new ("cache", sobre_stack_mark_get_words (), found ? SOBRE_CHECK_HOLDS : SOBRE_CHECK_FAILS, NULL));
}

DexFuture *
sobre_stack_mark_find (SobreStackWork *work, SobreWorkspace *workspace, const char *id)
{
  Search *self = g_new0 (Search, 1);

  *self = (Search) { sobre_stack_work_ref (work), g_object_ref (workspace), g_strdup (id) };
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, find_fiber, self, search_free);
}
