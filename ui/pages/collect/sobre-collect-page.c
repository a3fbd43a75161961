/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/collect/sobre-collect-page.h"

#include <glib/gi18n-lib.h>

#include "pages/overview/sobre-comment-row.h"
#include "session/sobre-card-desk.h"
#include "sobre-format.h"
#include "widgets/sobre-qr-view.h"

#define N_LAST_COMMENTS 5

struct _SobreCollectPage
{
  AdwBin parent_instance;

  AdwBanner *banner;
  AdwSwitchRow *collect_row;
  GtkStack *code_stack;
  SobreQrView *code;
  GtkLabel *url_label;
  GtkLabel *today_label;
  GtkLabel *accepted_label;
  GtkWidget *comments_group;
  GtkListBox *comment_list;
  SobreSession *session;
  GListStore *comments;
  DexFuture *preparing;
  DexFuture *counting;
  gboolean showing_state;
};

enum
{
  PROP_SESSION = 1,
};

G_DEFINE_FINAL_TYPE (SobreCollectPage, sobre_collect_page, ADW_TYPE_BIN)

static SobreCollector *
get_collector (SobreCollectPage *self)
{
  return sobre_session_get_collector (self->session);
}

static void
show_counts (SobreCollectPage *self)
{
  g_autofree char *accepted = sobre_format_count ((gint64) sobre_collector_get_accepted (get_collector (self)));

  gtk_label_set_text (self->accepted_label, accepted);
}

/* An error stays until collecting starts again; a warning as long as guests are served. */
static void
show_banner (SobreCollectPage *self)
{
  const GError *error = sobre_collector_get_error (get_collector (self));
  g_autofree char *warning = sobre_collector_dup_warning (get_collector (self));
  const char *text = error != NULL ? error->message : warning;

  adw_banner_set_title (self->banner, text != NULL ? text : "");
  adw_banner_set_revealed (self->banner, text != NULL);
}

/* A line ends after a slash, where one is too short for the whole address. */
static void
show_address (SobreCollectPage *self, const char *url)
{
  g_auto (GStrv) parts = g_strsplit (url, "/", -1);
  g_autofree char *breakable = g_strjoinv ("/\342\200\213", parts);

  gtk_label_set_text (self->url_label, breakable);
}

static DexFuture *
prepared_cb (DexFuture *future, gpointer user_data)
{
  SobreCollectPage *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self->session == NULL)
    return NULL;
  if (value != NULL)
    {
      const char *url = sobre_card_job_get_url (g_value_get_boxed (value), 0);

      sobre_qr_view_set_text (self->code, url);
      show_address (self, url);
      gtk_stack_set_visible_child_name (self->code_stack, "on");
    }
  else
    {
      adw_banner_set_title (self->banner, error->message);
      adw_banner_set_revealed (self->banner, TRUE);
    }
  return NULL;
}

static void
prepare_code (SobreCollectPage *self)
{
  SobreWorkspace *workspace = sobre_session_get_workspace (self->session);
  g_autofree char *base = sobre_collector_dup_base_url (get_collector (self));
  g_autoptr (GListModel) first = NULL;

  dex_clear (&self->preparing);
  if (base == NULL || g_list_model_get_n_items (sobre_workspace_get_tables (workspace)) == 0)
    {
      gtk_stack_set_visible_child_name (self->code_stack, "off");
      return;
    }
  first = G_LIST_MODEL (gtk_slice_list_model_new (g_object_ref (sobre_workspace_get_tables (workspace)), 0, 1));
  self->preparing = dex_future_finally (sobre_card_desk_prepare (workspace, first, &(SobreCardSetup) { .base = base }),
                                        prepared_cb, g_object_ref (self), g_object_unref);
}

static void
show_state (SobreCollectPage *self)
{
  SobreCollectorState state = sobre_collector_get_state (get_collector (self));
  g_autofree char *base = sobre_collector_dup_base_url (get_collector (self));
  g_autofree char *lower = base != NULL ? g_ascii_strdown (base, -1) : NULL;

  self->showing_state = TRUE;
  adw_switch_row_set_active (self->collect_row, state == SOBRE_COLLECTOR_STARTING || state == SOBRE_COLLECTOR_LISTENING);
  self->showing_state = FALSE;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->collect_row), FALSE);
  if (lower != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->collect_row), lower);
  else
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self->collect_row), state == SOBRE_COLLECTOR_STARTING
                                                                         ? _ ("Starting…")
                                                                         : _ ("Off: phones cannot open the form from here"));
  show_banner (self);
  show_counts (self);
  prepare_code (self);
}

static void
switched_cb (SobreCollectPage *self)
{
  if (self->session == NULL || self->showing_state)
    return;
  if (adw_switch_row_get_active (self->collect_row))
    dex_future_disown (sobre_collector_start (get_collector (self), NULL));
  else
    dex_future_disown (sobre_collector_stop (get_collector (self)));
}

static void
show_today (SobreCollectPage *self, const SobreFigures *figures)
{
  SobreServiceCalendar *calendar = sobre_workspace_get_calendar (sobre_session_get_workspace (self->session));
  g_autofree char *count = sobre_format_count (figures->n_responses);

  gtk_label_set_text (self->today_label, count);
  g_list_store_remove_all (self->comments);
  for (guint i = 0; i < MIN (figures->comments->len, N_LAST_COMMENTS); i++)
    {
      g_autoptr (SobreCommentItem) item = sobre_comment_item_new (g_ptr_array_index (figures->comments, i), calendar);

      g_list_store_append (self->comments, item);
    }
  gtk_widget_set_visible (self->comments_group, figures->comments->len > 0);
}

static DexFuture *
counted_cb (DexFuture *future, gpointer user_data)
{
  SobreCollectPage *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);

  if (self->session != NULL && value != NULL)
    show_today (self, g_value_get_boxed (value));
  return NULL;
}

/* The overview's period need not be today: the counter asks for itself whenever there is news. */
static void
count_today (SobreCollectPage *self)
{
  dex_clear (&self->counting);
  self->counting = dex_future_finally (sobre_session_compute_today (self->session, N_LAST_COMMENTS), counted_cb,
                                       g_object_ref (self), g_object_unref);
}

static GtkWidget *
make_comment_row (gpointer item, gpointer user_data)
{
  return g_object_new (SOBRE_TYPE_COMMENT_ROW, "item", item, NULL);
}

static void
copy_address_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreCollectPage *self = SOBRE_COLLECT_PAGE (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), sobre_qr_view_get_text (self->code));
  gtk_widget_activate_action (widget, "window.show-message", "s", _ ("Address copied"));
}

static void
take_session (SobreCollectPage *self, SobreSession *session)
{
  SobreCollector *collector;

  if (!g_set_object (&self->session, session) || session == NULL)
    return;
  collector = get_collector (self);
  g_signal_connect_object (collector, "notify::state", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (collector, "notify::base-url", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (collector, "notify::warning", G_CALLBACK (show_banner), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (collector, "notify::accepted", G_CALLBACK (show_counts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::figures", G_CALLBACK (count_today), self, G_CONNECT_SWAPPED);
  show_state (self);
  count_today (self);
}

static void
sobre_collect_page_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_SESSION)
    take_session (SOBRE_COLLECT_PAGE (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_collect_page_dispose (GObject *object)
{
  SobreCollectPage *self = SOBRE_COLLECT_PAGE (object);

  dex_clear (&self->preparing);
  dex_clear (&self->counting);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_COLLECT_PAGE);
  g_clear_object (&self->comments);
  G_OBJECT_CLASS (sobre_collect_page_parent_class)->dispose (object);
}

static void
sobre_collect_page_class_init (SobreCollectPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = sobre_collect_page_set_property;
  object_class->dispose = sobre_collect_page_dispose;
  g_object_class_install_property (
      object_class, PROP_SESSION,
      g_param_spec_object ("session", NULL, NULL, SOBRE_TYPE_SESSION, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));

  g_type_ensure (SOBRE_TYPE_QR_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-collect-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreCollectPage, banner);
  gtk_widget_class_bind_template_child (widget_class, SobreCollectPage, collect_row);
  gtk_widget_class_bind_template_child (widget_class, SobreCollectPage, code_stack);
  gtk_widget_class_bind_template_child (widget_class, SobreCollectPage, code);
  gtk_widget_class_bind_template_child (widget_class, SobreCollectPage, url_label);
  gtk_widget_class_bind_template_child (widget_class, SobreCollectPage, today_label);
  gtk_widget_class_bind_template_child (widget_class, SobreCollectPage, accepted_label);
  gtk_widget_class_bind_template_child (widget_class, SobreCollectPage, comments_group);
  gtk_widget_class_bind_template_child (widget_class, SobreCollectPage, comment_list);
  gtk_widget_class_install_action (widget_class, "collect.copy-address", NULL, copy_address_action);
}

static void
sobre_collect_page_init (SobreCollectPage *self)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new (); /* an address has no hyphens of its own */

  gtk_widget_init_template (GTK_WIDGET (self));
  self->comments = g_list_store_new (SOBRE_TYPE_COMMENT_ITEM);
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (self->url_label, attributes);
  gtk_list_box_bind_model (self->comment_list, G_LIST_MODEL (self->comments), make_comment_row, NULL, NULL);
  g_signal_connect_object (self->collect_row, "notify::active", G_CALLBACK (switched_cb), self, G_CONNECT_SWAPPED);
}
