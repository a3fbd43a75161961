/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "session/sobre-cloud-watch.h"

#include "session/sobre-cloud-desk.h"

/** @known: (element-type utf8): alarms that are on, by their resources' names */
struct _SobreCloudWatch
{
  GObject parent_instance;

  SobreWorkspace *workspace;
  GHashTable *known;
  guint seconds;
  guint timer;
};

G_DEFINE_FINAL_TYPE (SobreCloudWatch, sobre_cloud_watch, G_TYPE_OBJECT)

static void
compare (SobreCloudWatch *self, GPtrArray *alarms)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&self->known);

  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < alarms->len; i++)
    {
      const SobreHealthAlarm *alarm = g_ptr_array_index (alarms, i);

      if (!alarm->is_raised)
        continue;
      g_hash_table_add (self->known, g_strdup (alarm->resource));
      if (!g_hash_table_contains (before, alarm->resource))
        g_signal_emit_by_name (self, "raised", sobre_health_alarm_get_words (alarm),
                               alarm->reason != NULL ? alarm->reason : "");
    }
  if (g_hash_table_size (self->known) == 0 && g_hash_table_size (before) > 0)
    g_signal_emit_by_name (self, "lowered");
}

static void rest (SobreCloudWatch *self);

/* A network that is away says nothing about alarms: it is asked again next time. */
static DexFuture *
looked_cb (DexFuture *future, gpointer user_data)
{
  SobreCloudWatch *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);

  if (self->workspace == NULL)
    return NULL;
  if (value != NULL)
    compare (self, g_value_get_boxed (value));
  rest (self);
  return NULL;
}

static void
timer_cb (gpointer user_data)
{
  SobreCloudWatch *self = user_data;

  self->timer = 0;
  dex_future_disown (
      dex_future_finally (sobre_cloud_desk_list_alarms (self->workspace), looked_cb, g_object_ref (self), g_object_unref));
}

static void
rest (SobreCloudWatch *self)
{
  self->timer = g_timeout_add_seconds_once (self->seconds, timer_cb, self);
}

static void
sobre_cloud_watch_dispose (GObject *object)
{
  SobreCloudWatch *self = SOBRE_CLOUD_WATCH (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->known, g_hash_table_unref);
  G_OBJECT_CLASS (sobre_cloud_watch_parent_class)->dispose (object);
}

static void
sobre_cloud_watch_class_init (SobreCloudWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sobre_cloud_watch_dispose;
  g_signal_new ("raised", SOBRE_TYPE_CLOUD_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                G_TYPE_STRING);
  g_signal_new ("lowered", SOBRE_TYPE_CLOUD_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sobre_cloud_watch_init (SobreCloudWatch *self)
{
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

SobreCloudWatch *
sobre_cloud_watch_new (SobreWorkspace *workspace, guint seconds)
{
  SobreCloudWatch *self = g_object_new (SOBRE_TYPE_CLOUD_WATCH, NULL);

  self->workspace = g_object_ref (workspace);
  self->seconds = seconds;
  rest (self);
  return self;
}
