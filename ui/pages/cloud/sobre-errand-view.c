/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/cloud/sobre-errand-view.h"

#include <glib/gi18n-lib.h>

#include "pages/cloud/sobre-cloud-rows.h"
#include "pages/cloud/sobre-errand-question.h"
#include "stack/sobre-stack-follow.h"

/* More than anyone reads; the whole is in AWS. */
#define MOST_ROWS 200

struct _SobreErrandView
{
  AdwBin parent_instance;

  GtkWidget *going_group;
  AdwPreferencesRow *step_row;
  GtkWidget *ended_group;
  AdwActionRow *ended_row;
  GtkImage *ended_image;
  AdwActionRow *site_row;
  AdwActionRow *published_row;
  AdwActionRow *tables_row;
  GtkWidget *again_row;
  GtkWidget *cause_group;
  AdwActionRow *cause_row;
  GtkWidget *events_group;
  GtkListBox *event_list;

  SobreErrand *errand;
  guint n_rows;
};

G_DEFINE_FINAL_TYPE (SobreErrandView, sobre_errand_view, ADW_TYPE_BIN)

static void
show_cause (SobreErrandView *self)
{
  const SobreStackEvent *cause = sobre_stack_find_cause (sobre_errand_get_events (self->errand));

  gtk_widget_set_visible (self->cause_group, cause != NULL);
  if (cause == NULL)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->cause_row), cause->logical_id);
  adw_action_row_set_subtitle (self->cause_row, cause->reason != NULL ? cause->reason : cause->status);
}

static void
add_event (SobreErrandView *self, const SobreStackEvent *event)
{
  gtk_list_box_prepend (self->event_list, sobre_cloud_row_new_for_event (event));
  if (++self->n_rows > MOST_ROWS)
    gtk_list_box_remove (self->event_list, GTK_WIDGET (gtk_list_box_get_row_at_index (self->event_list, MOST_ROWS)));
  gtk_widget_set_visible (self->events_group, TRUE);
}

static void
show_step (SobreErrandView *self)
{
  const char *step = sobre_errand_get_step (self->errand);

  adw_preferences_row_set_title (self->step_row, step != NULL ? step : _ ("Asking AWS…"));
}

static void
told_cb (SobreErrandView *self, guint kind)
{
  GPtrArray *events = sobre_errand_get_events (self->errand);

  if (kind == SOBRE_STACK_NEWS_STEP)
    show_step (self);
  if (kind != SOBRE_STACK_NEWS_EVENT)
    return;
  add_event (self, g_ptr_array_index (events, events->len - 1));
  show_cause (self);
}

static void
asked_cb (SobreErrandView *self)
{
  sobre_errand_question_present (self->errand, GTK_WIDGET (self));
}

static void
show_site (SobreErrandView *self, const SobreStackDeployment *deployment)
{
  const char *url = deployment != NULL ? g_hash_table_lookup (deployment->stack->outputs, "SiteUrl") : NULL;
  const SobreStackSite *site = deployment != NULL ? deployment->site : NULL;
  const char *problem = deployment != NULL ? deployment->tables_problem : NULL;
  g_autofree char *published = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->site_row), url != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->published_row), site != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->tables_row), problem != NULL);
  if (url != NULL)
    {
      adw_action_row_set_subtitle (self->site_row, url);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->site_row), "s", url);
    }
  if (problem != NULL)
    adw_action_row_set_subtitle (self->tables_row, problem);
  if (site == NULL)
    return;
  published = site->menu_version > 0 ? g_strdup_printf (_ ("Form of version %d and menu of version %u are published"),
                                                        site->form_version, site->menu_version)
                                     : g_strdup_printf (_ ("Form of version %d is published"), site->form_version);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->published_row), published);
}

static const char *
get_end (SobreErrand *errand)
{
  switch (sobre_errand_get_kind (errand))
    {
    case SOBRE_ERRAND_REMOVE:
      return _ ("Removed; the lake is kept");
    case SOBRE_ERRAND_REMOVE_ALL:
      return _ ("Removed, with the lake");
    case SOBRE_ERRAND_PLAN:
    case SOBRE_ERRAND_DEPLOY:
    default:
      return _ ("Deployed");
    }
}

static void
show_end (SobreErrandView *self)
{
  const GError *error = sobre_errand_get_error (self->errand);
  gboolean is_stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  gboolean is_declined = g_error_matches (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_DECLINED) ||
                         g_error_matches (error, SOBRE_STACK_ERROR, SOBRE_STACK_ERROR_LOSS);
  const char *title = error == NULL ? get_end (self->errand) : _ ("It did not come to its end");

  if (is_stopped)
    title = _ ("No longer followed; AWS goes on");
  else if (is_declined)
    title = _ ("Nothing was changed");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->ended_row), title);
  adw_action_row_set_subtitle (self->ended_row, error != NULL && !is_stopped && !is_declined ? error->message : "");
  gtk_image_set_from_icon_name (self->ended_image, error == NULL ? "object-select-symbolic" : "dialog-error-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->ended_image), !is_stopped && !is_declined);
  gtk_widget_remove_css_class (GTK_WIDGET (self->ended_image), error == NULL ? "error" : "success");
  gtk_widget_add_css_class (GTK_WIDGET (self->ended_image), error == NULL ? "success" : "error");
  gtk_widget_set_visible (self->again_row, error != NULL);
  show_site (self, sobre_errand_get_deployment (self->errand));
}

static void
update (SobreErrandView *self)
{
  gboolean is_going = self->errand != NULL && sobre_errand_is_going (self->errand);

  gtk_widget_set_visible (self->going_group, is_going);
  gtk_widget_set_visible (self->ended_group, self->errand != NULL && !is_going);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "errand.stop", is_going);
  if (self->errand != NULL && !is_going)
    show_end (self);
}

static void
stop_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreErrandView *self = SOBRE_ERRAND_VIEW (widget);

  if (self->errand != NULL)
    sobre_errand_stop (self->errand);
}

static void
forget (SobreErrandView *self)
{
  if (self->errand == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->errand, self);
  sobre_errand_stop (self->errand);
  g_clear_object (&self->errand);
}

static void
sobre_errand_view_dispose (GObject *object)
{
  forget (SOBRE_ERRAND_VIEW (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), SOBRE_TYPE_ERRAND_VIEW);
  G_OBJECT_CLASS (sobre_errand_view_parent_class)->dispose (object);
}

static void
sobre_errand_view_class_init (SobreErrandViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_errand_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-errand-view.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreErrandView, going_group);
  gtk_widget_class_bind_template_child (widget_class, SobreErrandView, step_row);
  gtk_widget_class_bind_template_child (widget_class, SobreErrandView, ended_group);
  gtk_widget_class_bind_template_child (widget_class, SobreErrandView, ended_row);
  gtk_widget_class_bind_template_child (widget_class, SobreErrandView, ended_image);
  gtk_widget_class_bind_template_child (widget_class, SobreErrandView, site_row);
  gtk_widget_class_bind_template_child (widget_class, SobreErrandView, published_row);
  gtk_widget_class_bind_template_child (widget_class, SobreErrandView, tables_row);
  gtk_widget_class_bind_template_child (widget_class, SobreErrandView, again_row);
  gtk_widget_class_bind_template_child (widget_class, SobreErrandView, cause_group);
  gtk_widget_class_bind_template_child (widget_class, SobreErrandView, cause_row);
  gtk_widget_class_bind_template_child (widget_class, SobreErrandView, events_group);
  gtk_widget_class_bind_template_child (widget_class, SobreErrandView, event_list);
  gtk_widget_class_install_action (widget_class, "errand.stop", NULL, stop_action);
}

static void
sobre_errand_view_init (SobreErrandView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

void
sobre_errand_view_show (SobreErrandView *self, SobreErrand *errand)
{
  GPtrArray *events;

  forget (self);
  gtk_list_box_remove_all (self->event_list);
  self->n_rows = 0;
  gtk_widget_set_visible (self->events_group, FALSE);
  gtk_widget_set_visible (self->cause_group, FALSE);
  if (errand != NULL)
    {
      self->errand = g_object_ref (errand);
      g_signal_connect_object (errand, "told", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (errand, "asked", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (errand, "ended", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      events = sobre_errand_get_events (errand);
      for (guint i = 0; i < events->len; i++)
        add_event (self, g_ptr_array_index (events, i));
      show_cause (self);
      show_step (self);
    }
  update (self);
}
