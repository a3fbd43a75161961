/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/menu/sobre-editor-panel-private.h"

#include <glib/gi18n-lib.h>

#include "pages/menu/sobre-menu-words.h"

#define TOAST_SECONDS 5

enum
{
  PROP_SESSION = 1,
  PROP_NARROW,
  PROP_BUSY,
  PROP_TITLE,
  PROP_MENU_NAME,
  PROP_MENU_MODEL,
  PROP_BROKEN_TITLE,
  PROP_START_PAGE,
  PROP_LIST_CHILD,
};

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SobreEditorPanel, sobre_editor_panel, ADW_TYPE_BIN)

SobreEditorPanelPrivate *
sobre_editor_panel_get_private (SobreEditorPanel *self)
{
  return sobre_editor_panel_get_instance_private (self);
}

static void
undo_cb (SobreEditorPanel *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "editor.undo", NULL);
}

void
sobre_editor_panel_say (SobreEditorPanel *self, const char *message, gboolean undo)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast;

  if (overlay == NULL)
    return;
  toast = adw_toast_new (message);
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_timeout (toast, TOAST_SECONDS);
  if (undo)
    {
      adw_toast_set_button_label (toast, _ ("Undo"));
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, G_CONNECT_SWAPPED);
    }
  adw_toast_overlay_dismiss_all (ADW_TOAST_OVERLAY (overlay));
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

void
sobre_editor_panel_show_published (SobreEditorPanel *self)
{
  SobreEditorPanelPrivate *priv = sobre_editor_panel_get_private (self);
  g_autofree char *words = SOBRE_EDITOR_PANEL_GET_CLASS (self)->say_published (self);

  if (words == NULL)
    return;
  gtk_label_set_text (priv->published_label, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (priv->published_label), words);
}

static void
show_check (SobreEditorPanel *self)
{
  static const char *const worst[] = { "flat", "success", NULL, "flat", "warning", NULL, "flat", "error", NULL };
  SobreEditorPanelPrivate *priv = sobre_editor_panel_get_private (self);
  guint n_faults, n_warnings;
  g_autofree char *found = sobre_issues_say (sobre_document_book_get_issues (priv->book), &n_faults, &n_warnings);
  const char *draft;

  gtk_button_set_label (priv->check_button, found);
  gtk_widget_set_css_classes (GTK_WIDGET (priv->check_button), (const char **) worst + (n_faults > 0     ? 6
                                                                                        : n_warnings > 0 ? 3
                                                                                                         : 0));
  if (!priv->sight.is_usable)
    draft = _ ("What is written here cannot be published before its faults are mended");
  else if (priv->sight.differs)
    draft = _ ("What is written here is not published yet");
  else
    draft = _ ("What is written here is what guests get");
  gtk_label_set_text (priv->draft_label, draft);
}

static void
show_book (SobreEditorPanel *self)
{
  SobreEditorPanelPrivate *priv = sobre_editor_panel_get_private (self);
  g_autofree char *message = NULL;
  gboolean missing;
  JsonNode *root = sobre_document_book_get_root (priv->book);

  g_object_get (priv->book, "message", &message, "missing", &missing, NULL);
  if (root != NULL)
    gtk_stack_set_visible_child_name (priv->stack, "list");
  else if (missing && priv->start_page != NULL)
    gtk_stack_set_visible_child_name (priv->stack, "none");
  else if (message != NULL)
    gtk_stack_set_visible_child_name (priv->stack, "broken");
  adw_status_page_set_description (priv->broken_page, message);
  adw_banner_set_title (priv->banner, message != NULL ? message : "");
  adw_banner_set_button_label (priv->banner, sobre_document_book_is_saved (priv->book) ? NULL : _ ("Save Again"));
  adw_banner_set_revealed (priv->banner, root != NULL && message != NULL);
  sobre_editor_panel_update_actions (self);
}

/* An editor has no banner: it is said there too. */
static void
message_changed_cb (SobreEditorPanel *self)
{
  SobreEditorPanelPrivate *priv = sobre_editor_panel_get_private (self);
  g_autofree char *message = NULL;

  g_object_get (priv->book, "message", &message, NULL);
  show_book (self);
  if (message != NULL && adw_navigation_view_get_visible_page (priv->navigation) != priv->list_page)
    sobre_editor_panel_say (self, message, FALSE);
}

static DexFuture *
checked_cb (DexFuture *future, gpointer user_data)
{
  SobreEditorPanel *self = user_data;
  SobreEditorPanelClass *klass = SOBRE_EDITOR_PANEL_GET_CLASS (self);
  SobreEditorPanelPrivate *priv = sobre_editor_panel_get_private (self);
  const GValue *value = dex_future_get_value (future, NULL);

  priv->checking = FALSE;
  if (priv->session == NULL || value == NULL)
    return NULL;
  if (priv->outdated)
    {
      sobre_editor_panel_check (self);
      return NULL;
    }
  klass->take_check (self, value, &priv->sight);
  priv->is_checked = TRUE;
  sobre_document_book_set_issues (priv->book, g_steal_pointer (&priv->sight.issues));
  klass->fill (self);
  show_check (self);
  sobre_editor_panel_show_published (self);
  sobre_editor_panel_update_actions (self);
  g_signal_emit_by_name (self, "shown");
  return NULL;
}

/* One is under way at a time: what is typed meanwhile makes its answer outdated. */
void
sobre_editor_panel_check (SobreEditorPanel *self)
{
  SobreEditorPanelPrivate *priv = sobre_editor_panel_get_private (self);
  JsonNode *root = sobre_document_book_get_root (priv->book);

  priv->outdated = priv->checking;
  if (root == NULL || priv->checking)
    return;
  priv->checking = TRUE;
  dex_future_disown (dex_future_finally (SOBRE_EDITOR_PANEL_GET_CLASS (self)->check (self, root), checked_cb,
                                         g_object_ref (self), g_object_unref));
}

static void
root_changed_cb (SobreEditorPanel *self)
{
  show_book (self);
  SOBRE_EDITOR_PANEL_GET_CLASS (self)->fill (self);
  sobre_editor_panel_check (self);
}

static void
banner_clicked_cb (SobreEditorPanel *self)
{
  sobre_document_book_load (sobre_editor_panel_get_book (self));
}

/* What arrived may have raised the form's version here, too. */
static void
sent_cb (SobreEditorPanel *self)
{
  if (sobre_editor_panel_get_session (self) != NULL)
    sobre_editor_panel_reload (self);
}

static void
take_session (SobreEditorPanel *self, SobreSession *session)
{
  SobreEditorPanelClass *klass = SOBRE_EDITOR_PANEL_GET_CLASS (self);
  SobreEditorPanelPrivate *priv = sobre_editor_panel_get_private (self);

  if (!g_set_object (&priv->session, session) || session == NULL)
    return;
  sobre_site_line_set_courier (priv->site_line, sobre_session_get_site_courier (session), klass->parts);
  g_signal_connect_object (sobre_session_get_site_courier (session), "sent", G_CALLBACK (sent_cb), self, G_CONNECT_SWAPPED);
  g_clear_object (&priv->book);
  priv->is_checked = FALSE;
  klass->reset (self);
  adw_navigation_view_pop_to_tag (priv->navigation, "list");
  gtk_stack_set_visible_child_name (priv->stack, "opening");
  priv->book = sobre_document_book_new (sobre_session_get_workspace (session), klass->kind);
  g_signal_connect_object (priv->book, "notify::root", G_CALLBACK (root_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->book, "notify::message", G_CALLBACK (message_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (priv->book, "notify::saved", G_CALLBACK (sobre_editor_panel_update_actions), self,
                           G_CONNECT_SWAPPED);
  sobre_editor_panel_reload (self);
}

static void
sobre_editor_panel_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  SobreEditorPanelPrivate *priv = sobre_editor_panel_get_private (SOBRE_EDITOR_PANEL (object));

  switch (property_id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, priv->narrow);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, priv->busy);
      break;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_MENU_NAME:
      g_value_set_string (value, priv->menu_name);
      break;
    case PROP_MENU_MODEL:
      g_value_set_object (value, priv->menu_model);
      break;
    case PROP_BROKEN_TITLE:
      g_value_set_string (value, priv->broken_title);
      break;
    case PROP_START_PAGE:
      g_value_set_object (value, priv->start_page);
      break;
    case PROP_LIST_CHILD:
      g_value_set_object (value, priv->list_child);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_editor_panel_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  SobreEditorPanelPrivate *priv = sobre_editor_panel_get_private (SOBRE_EDITOR_PANEL (object));

  switch (property_id)
    {
    case PROP_SESSION:
      take_session (SOBRE_EDITOR_PANEL (object), g_value_get_object (value));
      break;
    case PROP_NARROW:
      priv->narrow = g_value_get_boolean (value);
      break;
    case PROP_TITLE:
      g_set_str (&priv->title, g_value_get_string (value));
      break;
    case PROP_MENU_NAME:
      g_set_str (&priv->menu_name, g_value_get_string (value));
      break;
    case PROP_MENU_MODEL:
      g_set_object (&priv->menu_model, g_value_get_object (value));
      break;
    case PROP_BROKEN_TITLE:
      g_set_str (&priv->broken_title, g_value_get_string (value));
      break;
    case PROP_START_PAGE:
      g_set_object (&priv->start_page, g_value_get_object (value));
      break;
    case PROP_LIST_CHILD:
      g_set_object (&priv->list_child, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

void
sobre_editor_panel_clear (SobreEditorPanel *self)
{
  SobreEditorPanelPrivate *priv = sobre_editor_panel_get_private (self);

  g_clear_object (&priv->session);
  /* Disposing of the template takes a child that it names away behind the bin's back. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&priv->start_page);
  g_clear_object (&priv->list_child);
}

static void
sobre_editor_panel_dispose (GObject *object)
{
  SobreEditorPanelPrivate *priv = sobre_editor_panel_get_private (SOBRE_EDITOR_PANEL (object));

  sobre_editor_panel_clear (SOBRE_EDITOR_PANEL (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), SOBRE_TYPE_EDITOR_PANEL);
  g_clear_object (&priv->menu_model);
  g_clear_object (&priv->book);
  G_OBJECT_CLASS (sobre_editor_panel_parent_class)->dispose (object);
}

static void
sobre_editor_panel_finalize (GObject *object)
{
  SobreEditorPanelPrivate *priv = sobre_editor_panel_get_private (SOBRE_EDITOR_PANEL (object));

  g_free (priv->title);
  g_free (priv->menu_name);
  g_free (priv->broken_title);
  G_OBJECT_CLASS (sobre_editor_panel_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  g_object_class_install_property (
      object_class, PROP_SESSION,
      g_param_spec_object ("session", NULL, NULL, SOBRE_TYPE_SESSION, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (object_class, PROP_NARROW, g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags));
  g_object_class_install_property (object_class, PROP_BUSY,
                                   g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (object_class, PROP_TITLE, g_param_spec_string ("title", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_MENU_NAME, g_param_spec_string ("menu-name", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_MENU_MODEL,
                                   g_param_spec_object ("menu-model", NULL, NULL, G_TYPE_MENU_MODEL, flags));
  g_object_class_install_property (object_class, PROP_BROKEN_TITLE,
                                   g_param_spec_string ("broken-title", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_START_PAGE,
                                   g_param_spec_object ("start-page", NULL, NULL, GTK_TYPE_WIDGET, flags));
  g_object_class_install_property (object_class, PROP_LIST_CHILD,
                                   g_param_spec_object ("list-child", NULL, NULL, GTK_TYPE_WIDGET, flags));
  g_signal_new ("shown", SOBRE_TYPE_EDITOR_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("looked-at", SOBRE_TYPE_EDITOR_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
sobre_editor_panel_class_init (SobreEditorPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sobre_editor_panel_get_property;
  object_class->set_property = sobre_editor_panel_set_property;
  object_class->dispose = sobre_editor_panel_dispose;
  object_class->finalize = sobre_editor_panel_finalize;
  install_properties (object_class);
  g_type_ensure (SOBRE_TYPE_SITE_LINE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-editor-panel.ui");
  gtk_widget_class_bind_template_child_private (widget_class, SobreEditorPanel, navigation);
  gtk_widget_class_bind_template_child_private (widget_class, SobreEditorPanel, list_page);
  gtk_widget_class_bind_template_child_private (widget_class, SobreEditorPanel, banner);
  gtk_widget_class_bind_template_child_private (widget_class, SobreEditorPanel, stack);
  gtk_widget_class_bind_template_child_private (widget_class, SobreEditorPanel, broken_page);
  gtk_widget_class_bind_template_child_private (widget_class, SobreEditorPanel, published_label);
  gtk_widget_class_bind_template_child_private (widget_class, SobreEditorPanel, draft_label);
  gtk_widget_class_bind_template_child_private (widget_class, SobreEditorPanel, check_button);
  gtk_widget_class_bind_template_child_private (widget_class, SobreEditorPanel, site_line);
  gtk_widget_class_bind_template_callback (widget_class, banner_clicked_cb);
  sobre_editor_panel_class_install_actions (widget_class);
}

static void
sobre_editor_panel_init (SobreEditorPanel *self)
{
  SobreEditorPanelPrivate *priv = sobre_editor_panel_get_private (self);

  /* A page has to have a title also before the subclass says which. */
  priv->title = g_strdup ("");
  priv->broken_title = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  sobre_editor_panel_update_actions (self);
}

SobreSession *
sobre_editor_panel_get_session (SobreEditorPanel *self)
{
  return sobre_editor_panel_get_private (self)->session;
}

SobreDocumentBook *
sobre_editor_panel_get_book (SobreEditorPanel *self)
{
  return sobre_editor_panel_get_private (self)->book;
}

JsonNode *
sobre_editor_panel_get_root (SobreEditorPanel *self)
{
  SobreDocumentBook *book = sobre_editor_panel_get_book (self);

  return book != NULL ? sobre_document_book_get_root (book) : NULL;
}

gboolean
sobre_editor_panel_is_busy (SobreEditorPanel *self)
{
  return sobre_editor_panel_get_private (self)->busy;
}

DexFuture *
sobre_editor_panel_read (SobreEditorPanel *self)
{
  SobreEditorPanelClass *klass = SOBRE_EDITOR_PANEL_GET_CLASS (self);

  if (sobre_editor_panel_get_session (self) == NULL)
    return dex_future_new_true ();
  sobre_document_book_load (sobre_editor_panel_get_book (self));
  if (klass->look != NULL)
    return klass->look (self);
  sobre_editor_panel_check (self);
  return dex_future_new_true ();
}

void
sobre_editor_panel_reload (SobreEditorPanel *self)
{
  dex_future_disown (sobre_editor_panel_read (self));
}

gboolean
sobre_editor_panel_is_saved (SobreEditorPanel *self)
{
  SobreDocumentBook *book = sobre_editor_panel_get_book (self);

  return book == NULL || sobre_document_book_is_saved (book);
}

DexFuture *
sobre_editor_panel_flush (SobreEditorPanel *self)
{
  SobreDocumentBook *book = sobre_editor_panel_get_book (self);

  return book != NULL ? sobre_document_book_flush (book) : dex_future_new_true ();
}

void
sobre_editor_panel_set_local (SobreEditorPanel *self, guint version, const char *const *sold_out)
{
  sobre_site_line_set_local (sobre_editor_panel_get_private (self)->site_line, version, sold_out);
}
