/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where AWS's own pages show what is deployed. */

#include "pages/cloud/sobre-cloud-page-private.h"

#include <glib/gi18n-lib.h>

#include "pages/cloud/sobre-cloud-rows.h"
#include "stack/sobre-stack-console.h"

static void
add_link (SobreCloudPage *self, SobreConsolePlace place, const char *title, const char *name)
{
  GtkWidget *row;
  g_autofree char *uri = NULL;

  if (name == NULL)
    return;
  uri = sobre_console_dup_uri (place, self->sight->region, name);
  row = sobre_cloud_row_new (title, name);
  sobre_cloud_row_add_link (row, uri);
  sobre_cloud_page_add_row (self, self->links_row, row);
}

static void
add_stack (SobreCloudPage *self, const char *title, const char *name, const char *id)
{
  g_autofree char *uri = sobre_console_dup_uri (SOBRE_CONSOLE_STACK, self->sight->region, id);
  GtkWidget *row = sobre_cloud_row_new (title, name);

  sobre_cloud_row_add_link (row, uri);
  sobre_cloud_page_add_row (self, self->links_row, row);
}

void
sobre_cloud_page_show_links (SobreCloudPage *self)
{
  const SobreStack *stack = self->sight->stack;
  g_autofree char *lake = g_strconcat (self->sight->name, "-lake", NULL);

  add_stack (self, _ ("Stack"), stack->name, stack->id);
  add_stack (self, _ ("Stack of the lake"), lake, lake);
  add_link (self, SOBRE_CONSOLE_BUCKET, _ ("Bucket of the lake"), g_hash_table_lookup (stack->outputs, "LakeBucket"));
  add_link (self, SOBRE_CONSOLE_BUCKET, _ ("Bucket of the site"), g_hash_table_lookup (stack->outputs, "SiteBucket"));
  /* lake.yaml calls it by the name of its stack. */
  add_link (self, SOBRE_CONSOLE_WORKGROUP, _ ("Limits of queries"), lake);
  add_link (self, SOBRE_CONSOLE_ALARMS, _ ("Alarms"), self->sight->name);
}

char *
sobre_cloud_page_dup_alarm_uri (SobreCloudPage *self, const SobreHealthAlarm *alarm)
{
  g_autofree char *name = g_strconcat (self->sight->name, "-", alarm->resource, NULL);

  return sobre_console_dup_uri (SOBRE_CONSOLE_ALARMS, self->sight->region, name);
}
