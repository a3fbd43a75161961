/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the page shows of what was seen. */

#include "pages/cloud/sobre-cloud-page-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pages/cloud/sobre-cloud-rows.h"
#include "pages/cloud/sobre-health-card.h"
#include "stack/sobre-stack-follow.h"
#include "widgets/sobre-moment.h"

static char *
format_moment (SobreCloudPage *self, gint64 time_ms)
{
  SobreWorkspace *workspace = self->session != NULL ? sobre_session_get_workspace (self->session) : NULL;

  return time_ms > 0 && workspace != NULL ? sobre_moment_format (time_ms, sobre_workspace_get_calendar (workspace)) : NULL;
}

static void
show_health (SobreCloudPage *self, const SobreHealth *health)
{
  g_autofree char *until = format_moment (self, health->answers_until);
  g_autofree char *title = until != NULL ? g_strdup_printf (_ ("Answers up to %s"), until) : g_strdup (_ ("No answers yet"));

  adw_preferences_group_set_title (self->health_group, title);
  for (guint i = 0; i < SOBRE_N_HEALTH_STAGES; i++)
    {
      g_autofree char *last = format_moment (self, health->stages[i].last_success);

      adw_wrap_box_append (self->cards, sobre_health_card_new (i, &health->stages[i], last));
    }
}

static void
show_alarms (SobreCloudPage *self, const SobreHealth *health)
{
  guint n = 0;

  gtk_list_box_remove_all (self->alarm_list);
  for (guint i = 0; i < health->alarms->len; i++)
    {
      const SobreHealthAlarm *alarm = g_ptr_array_index (health->alarms, i);
      g_autofree char *uri = NULL;
      GtkWidget *row;

      if (!alarm->is_raised)
        continue;
      uri = sobre_cloud_page_dup_alarm_uri (self, alarm);
      row = sobre_cloud_row_new (sobre_health_alarm_get_words (alarm), alarm->reason);
      sobre_cloud_row_add_icon (row, "dialog-warning-symbolic", "warning", NULL);
      sobre_cloud_row_add_link (row, uri);
      gtk_list_box_append (self->alarm_list, row);
      n++;
    }
  gtk_widget_set_visible (self->alarms_group, n > 0);
}

void
sobre_cloud_page_add_row (SobreCloudPage *self, AdwExpanderRow *expander, GtkWidget *row)
{
  g_object_set_data (G_OBJECT (row), "expander", expander);
  adw_expander_row_add_row (expander, row);
  g_ptr_array_add (self->rows, row);
}

static void
clear_rows (SobreCloudPage *self, AdwExpanderRow *expander)
{
  for (guint i = self->rows->len; i > 0; i--)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i - 1);

      if (g_object_get_data (G_OBJECT (row), "expander") != expander)
        continue;
      adw_expander_row_remove (expander, row);
      g_ptr_array_remove_index (self->rows, i - 1);
    }
}

/* How much of what was sent in the last hour. */
static void
show_rejects (SobreCloudPage *self, const SobreHealth *health)
{
  guint n = health != NULL ? (guint) health->rejected : 0;
  g_autofree char *text = n > 0 ? g_strdup_printf (ngettext ("%u in the last hour", "%u in the last hour", n), n)
                                : g_strdup (_ ("None in the last hour"));

  adw_action_row_set_subtitle (self->rejects_row, health != NULL ? text : "");
}

static void
show_cost (SobreCloudPage *self)
{
  const SobreStackCost *cost = self->sight->cost;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *moment = NULL;

  clear_rows (self, self->cost_row);
  gtk_widget_set_visible (self->cost_group, cost != NULL);
  if (cost == NULL)
    return;
  moment = format_moment (self, self->sight->cost_at);
  title = g_strdup_printf (_ ("$%.2f so far"), cost->until_now);
  subtitle = g_strdup_printf (_ ("about $%.2f if the month goes on so · metered %s"), cost->whole_month, moment);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->cost_row), title);
  adw_expander_row_set_subtitle (self->cost_row, subtitle);
  for (guint i = 0; i < cost->lines->len; i++)
    {
      const SobreStackCostLine *line = g_ptr_array_index (cost->lines, i);
      g_autofree char *dollars = line->is_known ? g_strdup_printf ("$%.2f", line->dollars) : g_strdup ("–");
      GtkWidget *row = sobre_cloud_row_new (line->what, line->formula);

      sobre_cloud_row_add_figure (row, dollars);
      sobre_cloud_page_add_row (self, self->cost_row, row);
    }
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
show_stack (SobreCloudPage *self)
{
  const SobreStack *stack = self->sight->stack;
  g_autoptr (GPtrArray) names = g_hash_table_get_keys_as_ptr_array (stack->outputs);
  const char *site = g_hash_table_lookup (stack->outputs, "SiteUrl");
  g_autofree char *where = g_strdup_printf (_ ("%s in %s"), self->sight->name, self->sight->region);

  clear_rows (self, self->outputs_row);
  clear_rows (self, self->links_row);
  adw_expander_row_set_subtitle (self->outputs_row, where);
  gtk_widget_set_visible (GTK_WIDGET (self->site_row), site != NULL);
  adw_action_row_set_subtitle (self->site_row, site != NULL ? site : "");
  g_ptr_array_sort (names, compare_texts);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      GtkWidget *row = sobre_cloud_row_new (name, g_hash_table_lookup (stack->outputs, name));

      gtk_widget_add_css_class (row, "property");
      sobre_cloud_page_add_row (self, self->outputs_row, row);
    }
  sobre_cloud_page_show_links (self);
}

static void
show_events (SobreCloudPage *self)
{
  const SobreStack *stack = self->sight->stack;
  GPtrArray *events = self->sight->events;

  clear_rows (self, self->events_row);
  adw_expander_row_set_subtitle (self->events_row, stack->status);
  for (guint i = events->len; i > 0; i--)
    {
      GtkWidget *row = sobre_cloud_row_new_for_event (g_ptr_array_index (events, i - 1));

      sobre_cloud_page_add_row (self, self->events_row, row);
    }
}

/* Something that was left half done, that AWS cannot be asked, something that is going on, else the first cause of what went wrong with the last change. */
void
sobre_cloud_page_show_banner (SobreCloudPage *self, const char *message)
{
  const SobreStack *stack = self->sight != NULL ? self->sight->stack : NULL;
  const SobreStackEvent *cause = stack != NULL ? self->sight->cause : NULL;
  g_autofree char *text = NULL;

  if (self->is_unfinished)
    text = g_strdup (_ ("A deployment was begun here and nobody saw its end"));
  else if (message != NULL)
    text = g_strdup (message);
  else if (stack != NULL && sobre_stack_is_busy (stack))
    text = g_strdup_printf (_ ("AWS is working on it: %s"), stack->status);
  else if (cause != NULL)
    text = g_strdup_printf (_ ("The last change failed at %s: %s"), cause->logical_id,
                            cause->reason != NULL ? cause->reason : cause->status);
  adw_banner_set_button_label (self->banner, self->is_unfinished ? _ ("_Go On") : NULL);
  adw_banner_set_title (self->banner, text != NULL ? text : "");
  adw_banner_set_revealed (self->banner, text != NULL);
}

static void
clear_cards (SobreCloudPage *self)
{
  GtkWidget *card;

  while ((card = gtk_widget_get_first_child (GTK_WIDGET (self->cards))) != NULL)
    adw_wrap_box_remove (self->cards, card);
}

static const char *
get_newest (const SobreCloudSight *sight)
{
  return sight->events->len > 0 ? ((SobreStackEvent *) g_ptr_array_index (sight->events, sight->events->len - 1))->id : NULL;
}

/* Rows stay as they are while nothing about them has changed, so that whoever reads them, or stands on one with the keyboard, is left alone. */
static void
show_deployed (SobreCloudPage *self, const SobreCloudSight *before)
{
  const SobreCloudSight *now = self->sight;
  gboolean is_same = before != NULL && before->stack != NULL && strcmp (before->stack->id, now->stack->id) == 0 &&
                     strcmp (before->stack->status, now->stack->status) == 0 &&
                     g_strcmp0 (before->stack->changed_at, now->stack->changed_at) == 0;

  if (!is_same)
    show_stack (self);
  if (!is_same || g_strcmp0 (get_newest (before), get_newest (now)) != 0)
    show_events (self);
  if (!is_same || before->cost != now->cost)
    show_cost (self);
}

void
sobre_cloud_page_show_sight (SobreCloudPage *self, SobreCloudSight *sight)
{
  const SobreHealth *health = sight->health;
  g_autoptr (SobreCloudSight) before = g_steal_pointer (&self->sight);

  clear_cards (self);
  self->sight = sobre_cloud_sight_ref (sight);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cloud.open-site", sight->stack != NULL);
  sobre_cloud_page_show_banner (self, NULL);
  if (sight->stack == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "none");
      return;
    }
  self->showing = TRUE;
  adw_switch_row_set_active (self->door_row, sight->is_open);
  self->showing = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->door_row), health != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->health_group), health != NULL);
  gtk_widget_set_visible (self->alarms_group, FALSE);
  if (health != NULL)
    {
      show_health (self, health);
      show_alarms (self, health);
    }
  show_rejects (self, health);
  show_deployed (self, before);
  gtk_stack_set_visible_child_name (self->stack, "shown");
}
