/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/cloud/sobre-drift-panel.h"

#include <glib/gi18n-lib.h>

#include "pages/cloud/sobre-cloud-rows.h"
#include "session/sobre-stack-desk.h"
#include "stack/sobre-stack-drift.h"
#include "stack/sobre-stack-plan.h"

#define TAG "drift"

struct _SobreDriftPanel
{
  SobreCloudPanel parent_instance;
};

G_DEFINE_FINAL_TYPE (SobreDriftPanel, sobre_drift_panel, SOBRE_TYPE_CLOUD_PANEL)

static DexFuture *
sobre_drift_panel_ask (SobreCloudPanel *panel, GCancellable *cancellable)
{
  return sobre_stack_desk_find_drift (sobre_session_get_workspace (sobre_cloud_panel_get_session (panel)), cancellable);
}

static GtkWidget *
make_row (const SobreDrift *drift)
{
  g_autofree char *title = g_strdup_printf ("%s%s", drift->resource, drift->property != NULL ? drift->property : "");
  g_autofree char *subtitle = NULL;
  GtkWidget *row;

  if (drift->property == NULL)
    subtitle = g_strdup_printf (_ ("This %s is gone"), sobre_resource_type_get_word (drift->type));
  else
    subtitle = g_strdup_printf (_ ("%s, deployed as %s"), drift->found != NULL ? drift->found : "–",
                                drift->wanted != NULL ? drift->wanted : "–");
  row = sobre_cloud_row_new (title, subtitle);
  sobre_cloud_row_add_icon (row, drift->property == NULL ? "dialog-error-symbolic" : "dialog-warning-symbolic",
                            drift->property == NULL ? "error" : "warning", NULL);
  return row;
}

static void
sobre_drift_panel_show (SobreCloudPanel *panel, const GValue *answer)
{
  GPtrArray *found = g_value_get_boxed (answer);
  GtkWidget *page, *group;
  g_autofree char *title = NULL;

  if (found->len == 0)
    {
      sobre_cloud_panel_show_nothing (panel, "object-select-symbolic", _ ("Everything Is as It Was Deployed"),
                                      _ ("Nobody has changed what the templates set."), NULL, NULL);
      return;
    }
  page = adw_preferences_page_new ();
  group = adw_preferences_group_new ();
  title = g_strdup_printf (ngettext ("%u setting was changed", "%u settings were changed", found->len), found->len);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _ ("Somebody changed it in AWS. Deploying does not put it back by itself: change it "
                                            "there, or deploy with another value and then the right one."));
  for (guint i = 0; i < found->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (g_ptr_array_index (found, i)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  sobre_cloud_panel_show_page (panel, page);
}

static void
sobre_drift_panel_class_init (SobreDriftPanelClass *klass)
{
  SobreCloudPanelClass *panel_class = SOBRE_CLOUD_PANEL_CLASS (klass);

  panel_class->ask = sobre_drift_panel_ask;
  panel_class->show = sobre_drift_panel_show;
}

static void
sobre_drift_panel_init (SobreDriftPanel *self)
{
  sobre_cloud_panel_set_busy (SOBRE_CLOUD_PANEL (self), _ ("Comparing…"),
                              _ ("AWS compares everything with its template. That takes it a minute or two."));
}

GtkWidget *
sobre_drift_panel_new (SobreSession *session)
{
  return g_object_new (SOBRE_TYPE_DRIFT_PANEL, "session", session, "title", _ ("Comparison"), "tag", TAG, NULL);
}
