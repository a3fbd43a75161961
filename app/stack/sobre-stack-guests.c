/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "stack/sobre-stack-guests.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "aws/sobre-aws-error.h"
#include "aws/sobre-aws-query.h"
#include "model/sobre-table.h"

#define MAX_VALUE 4000 /* bytes; a parameter of the standard tier has 4,096 */
#define PAUSE_POLICY "sobremesa-paused"

/* A denial counts more than whatever else the role may. */
#define PAUSE_DOCUMENT                                                                                                         \
  "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"firehose:*\",\"Resource\":\"*\"}]}"

/** Job: @values: (element-type utf8): of parameters to store: name, type, value, … */
typedef struct
{
  SobreStackWork *work;
  GPtrArray *values;
  gboolean is_open;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  sobre_stack_work_unref (job->work);
  g_clear_pointer (&job->values, g_ptr_array_unref);
  g_free (job);
}

static DexFuture *
spawn (SobreStackWork *work, GPtrArray *values, gboolean is_open, DexFiberFunc fiber)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job) { sobre_stack_work_ref (work), values, is_open };
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, fiber, job, job_free);
}

/* A secret may be in a text. */
static void
free_value (gpointer data)
{
  explicit_bzero (data, strlen (data));
  g_free (data);
}

static void
add_value (GPtrArray *values, const char *name, const char *type, char *value)
{
  g_ptr_array_add (values, g_strdup (name));
  g_ptr_array_add (values, g_strdup (type));
  g_ptr_array_add (values, value);
}

static char *
format_key (GBytes *secret, guint epoch)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (secret, &length);
  GString *text = g_string_new ("{\"secret\":\"");

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  g_string_append_printf (text, "\",\"epoch\":%u}", epoch);
  return g_string_free_and_steal (text);
}

static int
compare_stores (gconstpointer a, gconstpointer b)
{
  SobreTable *one = *(SobreTable *const *) a;
  SobreTable *other = *(SobreTable *const *) b;

  return strcmp (sobre_table_get_store_id (one), sobre_table_get_store_id (other));
}

/* {"store":["table",…],…}, each store once in a part. Ids have neither quotes nor backslashes (sobre_place_id_is_valid). */
static void
add_tables (GPtrArray *values, GListModel *tables)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) part = g_string_new (NULL);
  const char *store = "";
  guint n_parts = 0;

  for (guint i = 0; i < g_list_model_get_n_items (tables); i++)
    g_ptr_array_add (sorted, g_list_model_get_item (tables, i));
  g_ptr_array_sort (sorted, compare_stores);
  for (guint i = 0; i < sorted->len; i++)
    {
      SobreTable *table = g_ptr_array_index (sorted, i);
      gboolean is_last = i + 1 == sorted->len;

      if (part->len == 0)
        store = "";
      if (strcmp (sobre_table_get_store_id (table), store) != 0)
        g_string_append_printf (part, "%s\"%s\":[", part->len > 0 ? "]," : "{", sobre_table_get_store_id (table));
      g_string_append_printf (part, "%s\"%s\"", part->str[part->len - 1] == '[' ? "" : ",", sobre_table_get_table_id (table));
      store = sobre_table_get_store_id (table);
      if (is_last || part->len > MAX_VALUE - 200)
        {
          g_autofree char *name = g_strdup_printf ("tables-%u", ++n_parts);

          add_value (values, name, "String", g_strconcat (part->str, "]}", NULL));
          g_string_truncate (part, 0);
        }
    }
}

static gboolean
put_parameter (SobreStackWork *work, const char *name, const char *type, const char *value, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *path = g_strdup_printf ("/sobremesa/%s/guests/%s", work->name, name);
  SobreAwsRequest *request;
  DexFuture *future;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "Name");
  json_builder_add_string_value (builder, path);
  json_builder_set_member_name (builder, "Type");
  json_builder_add_string_value (builder, type);
  json_builder_set_member_name (builder, "Value");
  json_builder_add_string_value (builder, value);
  json_builder_set_member_name (builder, "Overwrite");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  request = sobre_aws_request_new_json (SOBRE_AWS_SSM, "PutParameter", json_to_string (root, FALSE));
  future = sobre_aws_client_send (sobre_aws_account_get_client (work->account, SOBRE_AWS_SSM), request, work->cancellable);
  sobre_aws_request_unref (request);
  return dex_await (future, error);
}

/* Returns whether it was there; with @error set, that is not known. */
static gboolean
remove_parameter (SobreStackWork *work, const char *name, GError **error)
{
  g_autofree char *body = g_strdup_printf ("{\"Name\":\"/sobremesa/%s/guests/%s\"}", work->name, name);
  SobreAwsRequest *request = sobre_aws_request_new_json (SOBRE_AWS_SSM, "DeleteParameter", g_steal_pointer (&body));
  DexFuture *future =
      sobre_aws_client_send (sobre_aws_account_get_client (work->account, SOBRE_AWS_SSM), request, work->cancellable);
  g_autoptr (GError) failure = NULL;

  sobre_aws_request_unref (request);
  if (dex_await (future, &failure))
    return TRUE;
  if (!g_error_matches (failure, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Removes the parts from @first on. */
static gboolean
remove_tables (SobreStackWork *work, guint first, GError **error)
{
  GError *failure = NULL;
  gboolean more = TRUE;

  for (guint i = first; more; i++)
    {
      g_autofree char *name = g_strdup_printf ("tables-%u", i);

      more = remove_parameter (work, name, &failure);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

static DexFuture *
store_fiber (gpointer data)
{
  Job *job = data;
  GError *error = NULL;

  for (guint i = 0; i + 2 < job->values->len; i += 3)
    if (!put_parameter (job->work, g_ptr_array_index (job->values, i), g_ptr_array_index (job->values, i + 1),
                        g_ptr_array_index (job->values, i + 2), &error))
      return dex_future_new_for_error (error);
  if (!remove_tables (job->work, job->values->len / 3, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
sobre_stack_store_guests (SobreStackWork *work, GBytes *secret, guint epoch, GListModel *tables)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (free_value);

  add_value (values, "card-key", "SecureString", format_key (secret, epoch));
  add_tables (values, tables);
  return spawn (work, values, FALSE, store_fiber);
}

static DexFuture *
forget_fiber (gpointer data)
{
  Job *job = data;
  GError *error = NULL;

  remove_parameter (job->work, "card-key", &error);
  if (error != NULL || !remove_tables (job->work, 1, &error))
    return dex_future_new_for_error (error);
  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
sobre_stack_forget_guests (SobreStackWork *work)
{
  return spawn (work, NULL, FALSE, forget_fiber);
}

static DexFuture *
call_door (Job *job, const char *action, const char *document, GError **error)
{
  g_autoptr (SobreStack) stack = dex_await_boxed (sobre_stack_work_describe (job->work, SOBRE_STACK_MAIN), error);
  const char *role = stack != NULL ? g_hash_table_lookup (stack->outputs, "DoorRole") : NULL;
  GPtrArray *parameters;

  if (stack != NULL && role == NULL)
    g_set_error (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING, _ ("The stack %s is %s and has no door for guests"),
                 stack->name, stack->status);
  if (role == NULL)
    return NULL;
  parameters = sobre_aws_query_parameters ();
  sobre_aws_query_add (parameters, "RoleName", role);
  sobre_aws_query_add (parameters, "PolicyName", PAUSE_POLICY);
  sobre_aws_query_add (parameters, "PolicyDocument", document);
  return sobre_aws_query (sobre_aws_account_get_client (job->work->account, SOBRE_AWS_IAM), SOBRE_AWS_IAM, action, parameters,
                          job->work->cancellable);
}

static DexFuture *
set_door_fiber (gpointer data)
{
  Job *job = data;
  GError *error = NULL;
  DexFuture *future = job->is_open ? call_door (job, "DeleteRolePolicy", NULL, &error)
                                   : call_door (job, "PutRolePolicy", PAUSE_DOCUMENT, &error);

  if (future == NULL)
    return dex_future_new_for_error (error);
  /* A door that was not shut is open. */
  if (!dex_await (future, &error) && !(job->is_open && g_error_matches (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_NOT_FOUND)))
    return dex_future_new_for_error (error);
  g_clear_error (&error);
  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
sobre_stack_set_door (SobreStackWork *work, gboolean is_open)
{
  return spawn (work, NULL, is_open, set_door_fiber);
}

static DexFuture *
get_door_fiber (gpointer data)
{
  Job *job = data;
  GError *error = NULL;
  DexFuture *future = call_door (job, "GetRolePolicy", NULL, &error);

  if (future == NULL)
    return dex_future_new_for_error (error);
  if (dex_await (future, &error))
    return dex_future_new_for_boolean (FALSE);
  if (!g_error_matches (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_NOT_FOUND))
    return dex_future_new_for_error (error);
  g_error_free (error);
  return dex_future_new_for_boolean (TRUE);
}

DexFuture *
sobre_stack_get_door (SobreStackWork *work)
{
  return spawn (work, NULL, FALSE, get_door_fiber);
}
