/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "stack/sobre-stack-work.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "aws/sobre-aws-error.h"

#define MAX_NAME 20
#define POLL_MS 2000

G_DEFINE_QUARK (sobre-stack-error-quark, sobre_stack_error)

/** Look: a part that is looked at. */
typedef struct
{
  SobreStackWork *work;
  SobreStackPart part;
} Look;

gboolean
sobre_stack_name_is_valid (const char *name)
{
  gsize length = strlen (name);

  return length >= 1 && length <= MAX_NAME && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-") == length &&
         g_ascii_islower (name[0]) && name[length - 1] != '-';
}

SobreStackWork *
sobre_stack_work_new (SobreAwsAccount *account,
                      const char *name,
                      const char *templates,
                      const char *journals,
                      SobreStackTell tell,
                      gpointer tell_data,
                      GCancellable *cancellable)
{
  SobreStackWork *self = g_new0 (SobreStackWork, 1);

  g_return_val_if_fail (sobre_stack_name_is_valid (name), NULL);
  self->account = g_object_ref (account);
  self->name = g_strdup (name);
  self->templates = g_strdup (templates);
  self->journals = g_strdup (journals);
  self->poll_ms = POLL_MS;
  self->tell = tell;
  self->tell_data = tell_data;
  self->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

SobreStackWork *
sobre_stack_work_new_telling (const SobreStackWork *work, SobreStackTell tell, gpointer tell_data, GDestroyNotify tell_destroy)
{
  SobreStackWork *self =
      sobre_stack_work_new (work->account, work->name, work->templates, work->journals, tell, tell_data, work->cancellable);

  self->poll_ms = work->poll_ms;
  self->tell_destroy = tell_destroy;
  return self;
}

SobreStackWork *
sobre_stack_work_ref (SobreStackWork *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
sobre_stack_work_unref (SobreStackWork *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_object_unref (self->account);
  g_free (self->name);
  g_free (self->templates);
  g_free (self->journals);
  g_clear_object (&self->cancellable);
  if (self->tell_destroy != NULL)
    self->tell_destroy (self->tell_data);
  g_free (self);
}

char *
sobre_stack_work_dup_stack (const SobreStackWork *self, SobreStackPart part)
{
  return g_strconcat (self->name, part == SOBRE_STACK_LAKE ? "-lake" : "", NULL);
}

SobreAwsClient *
sobre_stack_work_get_client (const SobreStackWork *self)
{
  return sobre_aws_account_get_client (self->account, SOBRE_AWS_CLOUDFORMATION);
}

static void
look_free (gpointer data)
{
  Look *look = data;

  sobre_stack_work_unref (look->work);
  g_free (look);
}

static DexFuture *
describe_fiber (gpointer data)
{
  Look *look = data;
  GError *error = NULL;
  g_autofree char *name = sobre_stack_work_dup_stack (look->work, look->part);
  g_autoptr (SobreStack) stack = dex_await_boxed (
      sobre_cloudformation_describe (sobre_stack_work_get_client (look->work), name, look->work->cancellable), &error);

  if (g_error_matches (error, SOBRE_AWS_ERROR, SOBRE_AWS_ERROR_NOT_FOUND))
    {
      g_clear_error (&error);
      return dex_future_new_reject (SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_MISSING,
                                    _ ("No stack %s is deployed in %s; “sobremesa stack deploy” makes one"), name,
                                    sobre_aws_account_get_region (look->work->account));
    }
  if (stack == NULL)
    return dex_future_new_for_error (error);
  if (!g_hash_table_contains (stack->tags, SOBRE_STACK_TAG))
    return dex_future_new_reject (SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_NAME,
                                  _ ("The account has a stack %s that is not Sobremesa's; --stack NAME takes another name"),
                                  name);
  return dex_future_new_take_boxed (SOBRE_TYPE_STACK, g_steal_pointer (&stack));
}

DexFuture *
sobre_stack_work_describe (SobreStackWork *self, SobreStackPart part)
{
  Look *look = g_new0 (Look, 1);

  *look = (Look) { sobre_stack_work_ref (self), part };
  return dex_scheduler_spawn (dex_thread_pool_scheduler_get_default (), 0, describe_fiber, look, look_free);
}

gboolean
sobre_stack_work_sleep (SobreStackWork *self, guint milliseconds, GError **error)
{
  DexFuture *slept = sobre_clock_sleep (sobre_aws_account_get_means (self->account)->clock, milliseconds);

  if (self->cancellable != NULL)
    slept = dex_future_first (slept, dex_cancellable_new_from_cancellable (self->cancellable), NULL);
  return dex_await (slept, error) &&
         (self->cancellable == NULL || !g_cancellable_set_error_if_cancelled (self->cancellable, error));
}

char *
sobre_stack_work_load_template (const SobreStackWork *self, SobreStackPart part, GError **error)
{
  const char *name = part == SOBRE_STACK_LAKE ? "lake.json" : "template.json";
  g_autofree char *path = g_build_filename (self->templates, name, NULL);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, error) ? g_steal_pointer (&text) : NULL;
}

GHashTable *
sobre_stack_template_list_parameters (const char *template_body)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root = json_parser_load_from_data (parser, template_body, -1, NULL) ? json_parser_get_root (parser) : NULL;
  JsonNode *parameters =
      root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_object_get_member (json_node_get_object (root), "Parameters") : NULL;
  JsonObjectIter iter;
  const char *name;

  if (parameters == NULL || !JSON_NODE_HOLDS_OBJECT (parameters))
    return names;
  json_object_iter_init (&iter, json_node_get_object (parameters));
  while (json_object_iter_next (&iter, &name, NULL))
    g_hash_table_add (names, g_strdup (name));
  return names;
}
