/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/cloud/sobre-dashboards-panel.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "aws/sobre-quicksight.h"
#include "model/sobre-time.h"
#include "pages/cloud/sobre-cloud-rows.h"
#include "session/sobre-stack-desk.h"
#include "sobre-format.h"
#include "stack/sobre-stack-console.h"
#include "widgets/sobre-moment.h"

#define TAG "dashboards"

struct _SobreDashboardsPanel
{
  SobreCloudPanel parent_instance;

  SobreDashboards *found;
};

G_DEFINE_FINAL_TYPE (SobreDashboardsPanel, sobre_dashboards_panel, SOBRE_TYPE_CLOUD_PANEL)

static DexFuture *
sobre_dashboards_panel_ask (SobreCloudPanel *panel, GCancellable *cancellable)
{
  return sobre_stack_desk_list_dashboards (sobre_session_get_workspace (sobre_cloud_panel_get_session (panel)), cancellable);
}

/* The filter may have changed since the list was shown: what counts is what it is now. */
static void
open_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreDashboardsPanel *self = SOBRE_DASHBOARDS_PANEL (widget);
  const SobreFilter *filter = sobre_session_get_filter (sobre_cloud_panel_get_session (SOBRE_CLOUD_PANEL (self)));
  char from[SOBRE_DAY_STRING_LENGTH + 1];
  char to[SOBRE_DAY_STRING_LENGTH + 1];
  g_autofree char *uri = NULL;

  sobre_day_format (filter->from_day, from);
  sobre_day_format (filter->to_day, to);
  uri = sobre_quicksight_dup_uri (self->found->region, g_variant_get_string (parameter, NULL), filter->store_id, from, to);
  sobre_cloud_open (widget, uri);
}

static char *
dup_filter_words (SobreSession *session)
{
  const SobreFilter *filter = sobre_session_get_filter (session);
  const SobreSettings *settings = sobre_workspace_get_settings (sobre_session_get_workspace (session));
  g_autofree char *from = sobre_format_day (filter->from_day, TRUE);
  g_autofree char *to = sobre_format_day (filter->to_day, TRUE);
  const char *store = _ ("every store");

  for (guint i = 0; filter->store_id != NULL && i < settings->stores->len; i++)
    {
      SobreStore *each = g_ptr_array_index (settings->stores, i);

      if (strcmp (each->id, filter->store_id) == 0)
        store = each->name;
    }
  return g_strdup_printf (
      _ ("Opened as the overview is: %s, %s to %s. A dashboard that has parameters “store”, “from” and “to” shows that."),
      store, from, to);
}

static GtkWidget *
make_row (SobreDashboardsPanel *self, const SobreDashboard *dashboard)
{
  SobreSession *session = sobre_cloud_panel_get_session (SOBRE_CLOUD_PANEL (self));
  SobreServiceCalendar *calendar = sobre_workspace_get_calendar (sobre_session_get_workspace (session));
  g_autofree char *moment = dashboard->published_at > 0 ? sobre_moment_format (dashboard->published_at, calendar) : NULL;
  g_autofree char *subtitle = moment != NULL ? g_strdup_printf (_ ("Published %s"), moment) : NULL;
  GtkWidget *row = sobre_cloud_row_new (dashboard->name, subtitle);

  sobre_cloud_row_add_link (row, dashboard->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "dashboards.open");
  return row;
}

static void
show_list (SobreDashboardsPanel *self)
{
  SobreSession *session = sobre_cloud_panel_get_session (SOBRE_CLOUD_PANEL (self));
  g_autofree char *words = dup_filter_words (session);
  g_autofree char *text = g_markup_escape_text (words, -1);
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Dashboards"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), text);
  for (guint i = 0; i < self->found->list->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (self, g_ptr_array_index (self->found->list, i)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  sobre_cloud_panel_show_page (SOBRE_CLOUD_PANEL (self), page);
}

static void
sobre_dashboards_panel_show (SobreCloudPanel *panel, const GValue *answer)
{
  SobreDashboardsPanel *self = SOBRE_DASHBOARDS_PANEL (panel);
  g_autofree char *uri = NULL;
  g_autofree char *text = NULL;

  g_clear_pointer (&self->found, sobre_dashboards_unref);
  self->found = g_value_dup_boxed (answer);
  uri = sobre_quicksight_dup_uri (self->found->region, NULL, NULL, NULL, NULL);
  if (self->found->list == NULL)
    {
      text = g_strdup_printf (_ ("The account %s has not signed up for QuickSight in %s. It costs something for each user, and "
                                 "nothing here needs it."),
                              self->found->account, self->found->region);
      sobre_cloud_panel_show_nothing (panel, "sobre-overview-symbolic", _ ("QuickSight Is Not Subscribed"), text,
                                      _ ("Look at QuickSight"), uri);
    }
  else if (self->found->list->len == 0)
    {
      text = g_strdup_printf (
          _ ("QuickSight in %s has none. “quicksight.json” makes data sets of the lake, of which dashboards are made there."),
          self->found->region);
      sobre_cloud_panel_show_nothing (panel, "sobre-overview-symbolic", _ ("No Dashboards Yet"), text, _ ("Open QuickSight"),
                                      uri);
    }
  else
    show_list (self);
}

static void
sobre_dashboards_panel_finalize (GObject *object)
{
  g_clear_pointer (&SOBRE_DASHBOARDS_PANEL (object)->found, sobre_dashboards_unref);
  G_OBJECT_CLASS (sobre_dashboards_panel_parent_class)->finalize (object);
}

static void
sobre_dashboards_panel_class_init (SobreDashboardsPanelClass *klass)
{
  SobreCloudPanelClass *panel_class = SOBRE_CLOUD_PANEL_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sobre_dashboards_panel_finalize;
  panel_class->ask = sobre_dashboards_panel_ask;
  panel_class->show = sobre_dashboards_panel_show;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "dashboards.open", "s", open_action);
}

static void
sobre_dashboards_panel_init (SobreDashboardsPanel *self)
{
}

GtkWidget *
sobre_dashboards_panel_new (SobreSession *session)
{
  return g_object_new (SOBRE_TYPE_DASHBOARDS_PANEL, "session", session, "title", "QuickSight", "tag", TAG, NULL);
}
