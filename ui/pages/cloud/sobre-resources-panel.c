/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/cloud/sobre-resources-panel.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pages/cloud/sobre-cloud-rows.h"
#include "session/sobre-stack-desk.h"
#include "stack/sobre-stack-console.h"
#include "stack/sobre-stack-plan.h"

#define TAG "resources"

struct _SobreResourcesPanel
{
  SobreCloudPanel parent_instance;
};

G_DEFINE_FINAL_TYPE (SobreResourcesPanel, sobre_resources_panel, SOBRE_TYPE_CLOUD_PANEL)

static DexFuture *
sobre_resources_panel_ask (SobreCloudPanel *panel, GCancellable *cancellable)
{
  return sobre_stack_desk_list_resources (sobre_session_get_workspace (sobre_cloud_panel_get_session (panel)), cancellable);
}

/* Where AWS shows a resource; %NULL for those that have no page worth a look. */
static char *
dup_uri (const SobreStackResource *resource, const char *region)
{
  if (resource->physical_id == NULL)
    return NULL;
  if (strcmp (resource->type, "AWS::S3::Bucket") == 0)
    return sobre_console_dup_uri (SOBRE_CONSOLE_BUCKET, region, resource->physical_id);
  if (strcmp (resource->type, "AWS::Athena::WorkGroup") == 0)
    return sobre_console_dup_uri (SOBRE_CONSOLE_WORKGROUP, region, resource->physical_id);
  if (strcmp (resource->type, "AWS::CloudWatch::Alarm") == 0)
    return sobre_console_dup_uri (SOBRE_CONSOLE_ALARM, region, resource->physical_id);
  return NULL;
}

static GtkWidget *
make_row (const SobreStackResource *resource, const char *region)
{
  gboolean is_done = g_str_has_suffix (resource->status, "_COMPLETE");
  gboolean is_failed = g_str_has_suffix (resource->status, "_FAILED");
  g_autofree char *title = g_strdup_printf ("%s · %s", resource->logical_id, sobre_resource_type_get_word (resource->type));
  g_autofree char *subtitle = g_strdup_printf ("%s%s%s", resource->physical_id != NULL ? resource->physical_id : "",
                                               is_done ? "" : "\n", is_done ? "" : resource->status);
  g_autofree char *uri = dup_uri (resource, region);
  GtkWidget *row = sobre_cloud_row_new (title, subtitle);

  if (is_failed)
    sobre_cloud_row_add_icon (row, "dialog-error-symbolic", "error", NULL);
  if (uri != NULL)
    sobre_cloud_row_add_link (row, uri);
  return row;
}

static int
compare_resources (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const SobreStackResource *const *) a)->logical_id, (*(const SobreStackResource *const *) b)->logical_id);
}

static void
add_part (AdwPreferencesPage *page, const SobreStackParts *parts, SobreStackPart part)
{
  const GPtrArray *resources = parts->resources[part];
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  g_autofree char *count = NULL;
  GtkWidget *group = adw_preferences_group_new ();

  if (resources == NULL)
    return;
  for (guint i = 0; i < resources->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (resources, i));
  g_ptr_array_sort (sorted, compare_resources);
  count = g_strdup_printf (ngettext ("%u resource", "%u resources", sorted->len), sorted->len);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), part == SOBRE_STACK_LAKE ? _ ("Lake") : _ ("Collector"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), count);
  for (guint i = 0; i < sorted->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (g_ptr_array_index (sorted, i), parts->region));
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
}

static void
sobre_resources_panel_show (SobreCloudPanel *panel, const GValue *answer)
{
  GtkWidget *page = adw_preferences_page_new ();

  add_part (ADW_PREFERENCES_PAGE (page), g_value_get_boxed (answer), SOBRE_STACK_MAIN);
  add_part (ADW_PREFERENCES_PAGE (page), g_value_get_boxed (answer), SOBRE_STACK_LAKE);
  sobre_cloud_panel_show_page (panel, page);
}

static void
sobre_resources_panel_class_init (SobreResourcesPanelClass *klass)
{
  SobreCloudPanelClass *panel_class = SOBRE_CLOUD_PANEL_CLASS (klass);

  panel_class->ask = sobre_resources_panel_ask;
  panel_class->show = sobre_resources_panel_show;
}

static void
sobre_resources_panel_init (SobreResourcesPanel *self)
{
}

GtkWidget *
sobre_resources_panel_new (SobreSession *session)
{
  return g_object_new (SOBRE_TYPE_RESOURCES_PANEL, "session", session, "title", _ ("Resources"), "tag", TAG, NULL);
}
