/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/cloud/sobre-cloud-page.h"

G_BEGIN_DECLS

struct _SobreCloudPage
{
  AdwBin parent_instance;

  GtkStack *stack;
  AdwStatusPage *failed_page;
  AdwBanner *banner;
  AdwPreferencesGroup *health_group;
  AdwWrapBox *cards;
  AdwNavigationView *navigation;
  AdwSwitchRow *door_row;
  AdwActionRow *rejects_row;
  GtkWidget *alarms_group;
  GtkListBox *alarm_list;
  GtkWidget *cost_group;
  AdwExpanderRow *cost_row;
  AdwActionRow *site_row;
  AdwExpanderRow *outputs_row;
  AdwExpanderRow *events_row;
  AdwExpanderRow *links_row;

  SobreSession *session;
  SobreCloudSight *sight;
  GPtrArray *rows; /* that were put into the expanders */
  GCancellable *looking;
  guint timer;
  gboolean showing;
  gboolean is_unfinished; /* a deployment was begun here and nobody saw its end */
};

/** sobre_cloud_page_show_banner: what is most worth knowing now; %NULL for nothing. @message: (nullable): why AWS could not be asked */
void sobre_cloud_page_show_banner (SobreCloudPage *self, const char *message);

/** sobre_cloud_page_add_row: @row: of @expander, until something else is shown */
void sobre_cloud_page_add_row (SobreCloudPage *self, AdwExpanderRow *expander, GtkWidget *row);

/** sobre_cloud_page_show_links: to AWS's pages of what was seen */
void sobre_cloud_page_show_links (SobreCloudPage *self);

/** sobre_cloud_page_dup_alarm_uri: Returns: (transfer full): where AWS shows an alarm */
char *sobre_cloud_page_dup_alarm_uri (SobreCloudPage *self, const SobreHealthAlarm *alarm);

G_END_DECLS
