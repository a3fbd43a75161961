/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "shell/sobre-window-private.h"

#include <glib/gi18n-lib.h>

#include "pages/cards/sobre-cards-page.h"
#include "pages/cloud/sobre-cloud-page.h"
#include "pages/collect/sobre-collect-page.h"
#include "pages/menu/sobre-guest-pages.h"
#include "pages/overview/sobre-overview-page.h"
#include "pages/queries/sobre-queries-page.h"
#include "pages/welcome/sobre-welcome-page.h"
#include "session/sobre-job.h"
#include "session/sobre-workspace-labels.h"
#include "shell/sobre-code-dialog.h"
#include "shell/sobre-page-row.h"

enum
{
  PROP_SESSION = 1,
  PROP_RESTAURANT,
  PROP_FIGURES_AS_TABLES,
};

G_DEFINE_FINAL_TYPE (SobreWindow, sobre_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
has_text (SobreWindow *self, const char *text)
{
  return text != NULL && *text != '\0';
}

static void
show_age (SobreWindow *self)
{
  SobreFigures *figures = sobre_session_get_figures (self->session);
  SobreFiguresLabels labels = sobre_workspace_get_labels (sobre_session_get_workspace (self->session));
  g_autofree char *age = figures != NULL ? sobre_figures_describe_age (figures, &labels) : NULL;

  gtk_label_set_text (self->age_label, age != NULL ? age : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->age_label), age);
}

/* Benches wait for this line: it is written when figures have been painted for the first time. */
static void
painted_cb (GdkFrameClock *clock, SobreWindow *self)
{
  g_signal_handlers_disconnect_by_func (clock, painted_cb, self);
  g_debug ("figures painted");
}

static void
figures_changed_cb (SobreWindow *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  show_age (self);
  if (self->painted || clock == NULL || sobre_session_get_figures (self->session)->newest == 0)
    return;
  self->painted = TRUE;
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (painted_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
show_collecting (SobreWindow *self)
{
  static const char *const off[] = { "caption-heading", "dimmed", NULL };
  static const char *const on[] = { "caption-heading", "success", NULL };
  static const char *const broken[] = { "caption-heading", "error", NULL };
  const char *text = _ ("○ Not collecting");
  const char *const *classes = off;

  switch (sobre_collector_get_state (sobre_session_get_collector (self->session)))
    {
    case SOBRE_COLLECTOR_LISTENING:
      text = _ ("● Collecting");
      classes = on;
      break;
    case SOBRE_COLLECTOR_STARTING:
      text = _ ("○ Starting…");
      break;
    case SOBRE_COLLECTOR_FAILED:
      text = _ ("✕ Collecting failed");
      classes = broken;
      break;
    case SOBRE_COLLECTOR_STOPPED:
      break;
    }
  gtk_label_set_text (self->collecting_label, text);
  gtk_widget_set_css_classes (GTK_WIDGET (self->collecting_label), (const char **) classes);
}

static void
page_activated_cb (SobreWindow *self, SobrePageRow *row)
{
  gtk_stack_set_visible_child_name (self->pages, sobre_page_row_get_page (row));
  adw_navigation_page_set_title (self->content_page, sobre_page_row_get_label (row));
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}

/* What is looked at moves on with the day while the window is not, and others may give names to questions and dishes. */
static void
active_changed_cb (SobreWindow *self)
{
  if (self->session == NULL || !gtk_window_is_active (GTK_WINDOW (self)))
    return;
  sobre_session_update_day (self->session);
  sobre_session_update_names (self->session);
}

static DexFuture *
opened_cb (DexFuture *future, gpointer user_data)
{
  SobreWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self->stack == NULL)
    return NULL;
  if (value != NULL)
    {
      sobre_window_set_workspace (self, g_value_get_object (value));
      return NULL;
    }
  sobre_welcome_page_set_path (self->welcome, self->path,
                               g_error_matches (error, SOBRE_WORKSPACE_ERROR, SOBRE_WORKSPACE_ERROR_MISSING) ? NULL
                                                                                                             : error->message);
  gtk_stack_set_visible_child_name (self->stack, "welcome");
  return NULL;
}

static gboolean
open_worker (gpointer path, GValue *result, GError **error)
{
  SobreWorkspace *workspace = sobre_workspace_open (path, error);

  if (workspace == NULL)
    return FALSE;
  g_value_init (result, SOBRE_TYPE_WORKSPACE);
  g_value_take_object (result, workspace);
  return TRUE;
}

static void
sobre_window_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  SobreWindow *self = SOBRE_WINDOW (object);

  switch (property_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_RESTAURANT:
      g_value_set_string (value, self->restaurant);
      break;
    case PROP_FIGURES_AS_TABLES:
      g_value_set_boolean (value, self->figures_as_tables);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_window_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_FIGURES_AS_TABLES)
    SOBRE_WINDOW (object)->figures_as_tables = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static gboolean
sobre_window_close_request (GtkWindow *window)
{
  return sobre_window_wait_for_changes (SOBRE_WINDOW (window)) || sobre_window_enter_background (SOBRE_WINDOW (window)) ||
         GTK_WINDOW_CLASS (sobre_window_parent_class)->close_request (window);
}

static void
sobre_window_dispose (GObject *object)
{
  SobreWindow *self = SOBRE_WINDOW (object);

  if (self->session != NULL)
    sobre_session_stop (self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_WINDOW);
  g_clear_object (&self->session);
  g_clear_object (&self->cloud_watch);
  g_clear_object (&self->settings);
  g_clear_object (&self->wanted);
  G_OBJECT_CLASS (sobre_window_parent_class)->dispose (object);
}

static void
sobre_window_finalize (GObject *object)
{
  SobreWindow *self = SOBRE_WINDOW (object);

  g_free (self->path);
  g_free (self->restaurant);
  g_free (self->listen);
  g_free (self->wanted_words);
  G_OBJECT_CLASS (sobre_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SobreWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SobreWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, SobreWindow, welcome);
  gtk_widget_class_bind_template_child (widget_class, SobreWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, SobreWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, SobreWindow, page_list);
  gtk_widget_class_bind_template_child (widget_class, SobreWindow, collecting_label);
  gtk_widget_class_bind_template_child (widget_class, SobreWindow, age_label);
  gtk_widget_class_bind_template_child (widget_class, SobreWindow, content_page);
  gtk_widget_class_bind_template_child (widget_class, SobreWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, SobreWindow, overview);
  gtk_widget_class_bind_template_child (widget_class, SobreWindow, cards);
  gtk_widget_class_bind_template_child (widget_class, SobreWindow, queries);
  gtk_widget_class_bind_template_child (widget_class, SobreWindow, guest_pages);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, page_activated_cb);
}

static void
sobre_window_class_init (SobreWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sobre_window_get_property;
  object_class->set_property = sobre_window_set_property;
  object_class->dispose = sobre_window_dispose;
  object_class->finalize = sobre_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = sobre_window_close_request;
  g_object_class_install_property (object_class, PROP_SESSION,
                                   g_param_spec_object ("session", NULL, NULL, SOBRE_TYPE_SESSION, readable));
  g_object_class_install_property (object_class, PROP_RESTAURANT,
                                   g_param_spec_string ("restaurant", NULL, NULL, NULL, readable));
  g_object_class_install_property (
      object_class, PROP_FIGURES_AS_TABLES,
      g_param_spec_boolean ("figures-as-tables", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  g_type_ensure (SOBRE_TYPE_CARDS_PAGE);
  g_type_ensure (SOBRE_TYPE_CLOUD_PAGE);
  g_type_ensure (SOBRE_TYPE_COLLECT_PAGE);
  g_type_ensure (SOBRE_TYPE_GUEST_PAGES);
  g_type_ensure (SOBRE_TYPE_OVERVIEW_PAGE);
  g_type_ensure (SOBRE_TYPE_PAGE_ROW);
  g_type_ensure (SOBRE_TYPE_QUERIES_PAGE);
  g_type_ensure (SOBRE_TYPE_WELCOME_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-window.ui");
  bind_children (widget_class);
  sobre_window_class_install_actions (widget_class);
}

static void
sobre_window_init (SobreWindow *self)
{
  self->restaurant = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_select_row (self->page_list, gtk_list_box_get_row_at_index (self->page_list, 0));
  g_signal_connect_object (self->welcome, "made", G_CALLBACK (sobre_window_set_workspace), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (sobre_window_leave_background), NULL);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (active_changed_cb), NULL);
  sobre_window_accept_drops (self);
  sobre_window_update_actions (self);
}

SobreWindow *
sobre_window_new (GtkApplication *application, GSettings *settings)
{
  SobreWindow *self = g_object_new (SOBRE_TYPE_WINDOW, "application", application, NULL);

  self->settings = g_object_ref (settings);
  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "figures-as-tables", self, "figures-as-tables", G_SETTINGS_BIND_DEFAULT);
  g_object_set (self->cards, "settings", settings, NULL);
  return self;
}

void
sobre_window_open (SobreWindow *self, const char *path)
{
  g_set_str (&self->path, path);
  dex_future_disown (dex_future_finally (sobre_job_run ("workspace", open_worker, g_strdup (path), g_free), opened_cb,
                                         g_object_ref (self), g_object_unref));
}

/* Done once: another workspace of this window starts with its switch off. */
static void
collect_if_wanted (SobreWindow *self)
{
  if (self->session == NULL || !self->collects)
    return;
  self->collects = FALSE;
  dex_future_disown (sobre_collector_start (sobre_session_get_collector (self->session), self->listen));
}

void
sobre_window_collect (SobreWindow *self, const char *listen)
{
  g_set_str (&self->listen, listen);
  self->collects = TRUE;
  collect_if_wanted (self);
}

void
sobre_window_set_workspace (SobreWindow *self, SobreWorkspace *workspace)
{
  g_autoptr (SobreClock) clock = sobre_system_clock_new ();

  if (self->session != NULL)
    sobre_session_stop (self->session);
  g_clear_object (&self->session);
  g_set_str (&self->path, sobre_workspace_get_path (workspace));
  g_set_str (&self->restaurant, sobre_workspace_get_settings (workspace)->name);
  self->session = sobre_session_new (workspace, clock);
  g_signal_connect_object (self->session, "notify::figures", G_CALLBACK (figures_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sobre_session_get_collector (self->session), "notify::state", G_CALLBACK (show_collecting), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (sobre_session_get_collector (self->session), "notify::state",
                           G_CALLBACK (sobre_window_watch_background), self, G_CONNECT_SWAPPED);
  sobre_code_dialog_attach (sobre_session_get_code_desk (self->session), GTK_WIDGET (self));
  gtk_window_set_title (GTK_WINDOW (self), self->restaurant);
  show_age (self);
  show_collecting (self);
  sobre_session_start (self->session);
  sobre_window_watch_cloud (self);
  g_object_notify (G_OBJECT (self), "session");
  g_object_notify (G_OBJECT (self), "restaurant");
  gtk_stack_set_visible_child_name (self->stack, "workspace");
  sobre_window_update_actions (self);
  collect_if_wanted (self);
  sobre_window_show_wanted (self);
}

const char *
sobre_window_get_path (SobreWindow *self)
{
  return self->path;
}

SobreSession *
sobre_window_get_session (SobreWindow *self)
{
  return self->session;
}

void
sobre_window_show_page (SobreWindow *self, const char *page)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->page_list, i)) != NULL; i++)
    if (g_str_equal (sobre_page_row_get_page (SOBRE_PAGE_ROW (row)), page))
      {
        gtk_list_box_select_row (self->page_list, row);
        page_activated_cb (self, SOBRE_PAGE_ROW (row));
      }
}
