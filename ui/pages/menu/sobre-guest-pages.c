/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sobre-config.h"

#include "pages/menu/sobre-guest-pages.h"

#include <glib/gi18n-lib.h>

#include "fields/sobre-language-name.h"
#include "pages/menu/sobre-form-panel.h"
#include "pages/menu/sobre-form-sketch.h"
#include "pages/menu/sobre-menu-panel.h"
#include "pages/menu/sobre-menu-sketch.h"
#include "publish/sobre-site-assets.h"
#include "session/sobre-job.h"
#include "widgets/sobre-phone-view.h"

#define SITE SOBRE_PKGDATADIR "/site"

struct _SobreGuestPages
{
  AdwBin parent_instance;

  AdwOverlaySplitView *split;
  AdwViewStack *stack;
  SobreMenuPanel *menu;
  SobreFormPanel *form;
  GtkDropDown *language_drop_down;
  GtkStack *preview_stack;
  SobrePhoneView *phone;
  SobreSession *session;
  SobreSiteAssets *assets; /* (nullable): until they are read */
  gboolean reading;
  gboolean previewing;
};

enum
{
  PROP_SESSION = 1,
  PROP_SHOWN,
};

G_DEFINE_FINAL_TYPE (SobreGuestPages, sobre_guest_pages, ADW_TYPE_BIN)

static void preview (SobreGuestPages *self);

static gboolean
read_worker (gpointer data, GValue *result, GError **error)
{
  SobreSiteAssets *assets = sobre_site_assets_load (SITE, error);

  if (assets == NULL)
    return FALSE;
  g_value_init (result, G_TYPE_POINTER);
  g_value_set_pointer (result, assets);
  return TRUE;
}

static DexFuture *
read_cb (DexFuture *future, gpointer user_data)
{
  SobreGuestPages *self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value == NULL)
    g_debug ("No preview: %s", error->message);
  else
    self->assets = g_value_get_pointer (value);
  if (self->session != NULL)
    preview (self);
  return NULL;
}

static void
read_assets (SobreGuestPages *self)
{
  if (self->reading)
    return;
  self->reading = TRUE;
  dex_future_disown (
      dex_future_finally (sobre_job_run ("site", read_worker, NULL, NULL), read_cb, g_object_ref (self), g_object_unref));
}

/* The tag behind each name of the drop-down is the data of its model. */
static const char *
show_languages (SobreGuestPages *self, const char *const *languages)
{
  GListModel *model = gtk_drop_down_get_model (self->language_drop_down);
  char **shown = model != NULL ? g_object_get_data (G_OBJECT (model), "tags") : NULL;
  guint selected = gtk_drop_down_get_selected (self->language_drop_down);
  g_autoptr (GtkStringList) names = NULL;

  if (shown == NULL || !g_strv_equal ((const char *const *) shown, languages))
    {
      names = gtk_string_list_new (NULL);
      for (guint i = 0; languages[i] != NULL; i++)
        gtk_string_list_take (names, sobre_language_name_dup (languages[i]));
      g_object_set_data_full (G_OBJECT (names), "tags", g_strdupv ((char **) languages), (GDestroyNotify) g_strfreev);
      gtk_drop_down_set_model (self->language_drop_down, G_LIST_MODEL (names));
      selected = 0;
    }
  return languages[MIN (selected, g_strv_length ((char **) languages) - 1)];
}

static SobrePhoneSketch *
sketch_menu (SobreGuestPages *self)
{
  SobreMenu *menu = sobre_menu_panel_get_menu (self->menu);
  SobrePublishedMenu *published = sobre_menu_panel_get_published (self->menu);
  SobreMenuSpeech speech;

  if (menu == NULL || self->assets == NULL)
    return NULL;
  speech = (SobreMenuSpeech) { menu, sobre_site_assets_get_menu_words (self->assets),
                               show_languages (self, sobre_menu_get_languages (menu)) };
  return sobre_menu_sketch (gtk_widget_get_pango_context (GTK_WIDGET (self->phone)), &speech,
                            published != NULL && published->pointer != NULL ? (const char *const *) published->pointer->sold_out
                                                                            : NULL,
                            sobre_workspace_get_settings (sobre_session_get_workspace (self->session))->name);
}

static SobrePhoneSketch *
sketch_form (SobreGuestPages *self)
{
  SobreForm *form = sobre_form_panel_get_form (self->form);
  const SobreSettings *settings = sobre_workspace_get_settings (sobre_session_get_workspace (self->session));

  if (form == NULL || self->assets == NULL)
    return NULL;
  return sobre_form_sketch (gtk_widget_get_pango_context (GTK_WIDGET (self->phone)), form, self->assets,
                            show_languages (self, sobre_form_get_languages (form)), settings->name, settings->retention_days);
}

static void
preview (SobreGuestPages *self)
{
  gboolean of_form = adw_view_stack_get_visible_child (self->stack) == GTK_WIDGET (self->form);
  SobrePhoneSketch *sketch;

  /* Showing other languages selects one, which asks for a preview. */
  if (self->session == NULL || self->previewing)
    return;
  self->previewing = TRUE;
  sketch = of_form ? sketch_form (self) : sketch_menu (self);
  gtk_stack_set_visible_child_name (self->preview_stack, sketch != NULL ? "phone" : "none");
  gtk_widget_set_visible (GTK_WIDGET (self->language_drop_down), sketch != NULL);
  sobre_phone_view_set_sketch (self->phone, sketch,
                               of_form ? _ ("The form on a guest's phone") : _ ("The menu on a guest's phone"));
  self->previewing = FALSE;
}

static void
preview_cb (SobreGuestPages *self)
{
  if (self->phone != NULL)
    preview (self);
}

static void
switched_cb (SobreGuestPages *self)
{
  if (self->phone == NULL)
    return;
  g_object_notify (G_OBJECT (self), "shown");
  gtk_widget_child_focus (adw_view_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
  preview (self);
  sobre_phone_view_show (self->phone, "");
}

static void
looked_at_cb (SobreGuestPages *self, const char *id)
{
  sobre_phone_view_show (self->phone, id);
}

static void
close_preview_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  adw_overlay_split_view_set_show_sidebar (SOBRE_GUEST_PAGES (widget)->split, FALSE);
}

static void
toggle_preview_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  AdwOverlaySplitView *split = SOBRE_GUEST_PAGES (widget)->split;

  adw_overlay_split_view_set_show_sidebar (split, !adw_overlay_split_view_get_show_sidebar (split));
}

/* What others wrote while nobody looked at the page. */
static void
mapped_cb (SobreGuestPages *self)
{
  read_assets (self);
  if (self->session != NULL)
    {
      sobre_editor_panel_reload (SOBRE_EDITOR_PANEL (self->menu));
      sobre_editor_panel_reload (SOBRE_EDITOR_PANEL (self->form));
      dex_future_disown (sobre_site_courier_look (sobre_session_get_site_courier (self->session)));
    }
}

/* Figures are looked at next: they say what was written here. */
static void
unmapped_cb (SobreGuestPages *self)
{
  if (self->session != NULL)
    sobre_session_update_names (self->session);
}

static void
sobre_guest_pages_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  SobreGuestPages *self = SOBRE_GUEST_PAGES (object);

  if (property_id == PROP_SESSION)
    g_value_set_object (value, self->session);
  else if (property_id == PROP_SHOWN)
    g_value_set_string (value, self->stack != NULL ? adw_view_stack_get_visible_child_name (self->stack) : NULL);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_guest_pages_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  SobreGuestPages *self = SOBRE_GUEST_PAGES (object);

  if (property_id == PROP_SESSION)
    g_set_object (&self->session, g_value_get_object (value));
  else if (property_id == PROP_SHOWN)
    adw_view_stack_set_visible_child_name (self->stack, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_guest_pages_dispose (GObject *object)
{
  SobreGuestPages *self = SOBRE_GUEST_PAGES (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_GUEST_PAGES);
  G_OBJECT_CLASS (sobre_guest_pages_parent_class)->dispose (object);
}

static void
sobre_guest_pages_finalize (GObject *object)
{
  g_clear_pointer (&SOBRE_GUEST_PAGES (object)->assets, sobre_site_assets_free);
  G_OBJECT_CLASS (sobre_guest_pages_parent_class)->finalize (object);
}

static void
sobre_guest_pages_class_init (SobreGuestPagesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sobre_guest_pages_get_property;
  object_class->set_property = sobre_guest_pages_set_property;
  object_class->dispose = sobre_guest_pages_dispose;
  object_class->finalize = sobre_guest_pages_finalize;
  g_object_class_install_property (
      object_class, PROP_SESSION,
      g_param_spec_object ("session", NULL, NULL, SOBRE_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (
      object_class, PROP_SHOWN,
      g_param_spec_string ("shown", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));
  gtk_widget_class_install_property_action (widget_class, "page.show", "shown");
  g_type_ensure (SOBRE_TYPE_FORM_PANEL);
  g_type_ensure (SOBRE_TYPE_MENU_PANEL);
  g_type_ensure (SOBRE_TYPE_PHONE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-guest-pages.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreGuestPages, split);
  gtk_widget_class_bind_template_child (widget_class, SobreGuestPages, stack);
  gtk_widget_class_bind_template_child (widget_class, SobreGuestPages, menu);
  gtk_widget_class_bind_template_child (widget_class, SobreGuestPages, form);
  gtk_widget_class_bind_template_child (widget_class, SobreGuestPages, language_drop_down);
  gtk_widget_class_bind_template_child (widget_class, SobreGuestPages, preview_stack);
  gtk_widget_class_bind_template_child (widget_class, SobreGuestPages, phone);
  gtk_widget_class_bind_template_callback (widget_class, preview_cb);
  gtk_widget_class_bind_template_callback (widget_class, switched_cb);
  gtk_widget_class_bind_template_callback (widget_class, looked_at_cb);
  gtk_widget_class_install_action (widget_class, "page.close-preview", NULL, close_preview_action);
  gtk_widget_class_install_action (widget_class, "page.preview", NULL, toggle_preview_action);
}

static void
sobre_guest_pages_init (SobreGuestPages *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (unmapped_cb), NULL);
}

gboolean
sobre_guest_pages_is_saved (SobreGuestPages *self)
{
  return sobre_editor_panel_is_saved (SOBRE_EDITOR_PANEL (self->menu)) &&
         sobre_editor_panel_is_saved (SOBRE_EDITOR_PANEL (self->form));
}

DexFuture *
sobre_guest_pages_flush (SobreGuestPages *self)
{
  return dex_future_all (sobre_editor_panel_flush (SOBRE_EDITOR_PANEL (self->menu)),
                         sobre_editor_panel_flush (SOBRE_EDITOR_PANEL (self->form)), NULL);
}
