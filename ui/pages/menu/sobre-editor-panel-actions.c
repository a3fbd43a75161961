/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/menu/sobre-editor-panel-private.h"

#include <glib/gi18n-lib.h>

#include "pages/menu/sobre-issues-dialog.h"

void
sobre_editor_panel_update_actions (SobreEditorPanel *self)
{
  SobreEditorPanelClass *klass = SOBRE_EDITOR_PANEL_GET_CLASS (self);
  SobreEditorPanelPrivate *priv = sobre_editor_panel_get_private (self);
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean has_root = sobre_editor_panel_get_root (self) != NULL;

  gtk_widget_action_set_enabled (widget, "editor.undo", has_root && sobre_document_book_get_can_undo (priv->book));
  gtk_widget_action_set_enabled (widget, "editor.redo", has_root && sobre_document_book_get_can_redo (priv->book));
  gtk_widget_action_set_enabled (widget, "editor.edit-head", has_root);
  gtk_widget_action_set_enabled (widget, "editor.check", has_root);
  gtk_widget_action_set_enabled (widget, "editor.versions", priv->is_checked && priv->sight.has_versions);
  gtk_widget_action_set_enabled (widget, "editor.publish",
                                 has_root && priv->is_checked && priv->sight.is_usable && priv->sight.differs && !priv->busy &&
                                     sobre_document_book_is_saved (priv->book));
  /* While it is being made it is of no class yet that has any. */
  if (klass->update_actions != NULL)
    klass->update_actions (self);
}

static void
set_busy (SobreEditorPanel *self, gboolean busy)
{
  SobreEditorPanelPrivate *priv = sobre_editor_panel_get_private (self);

  if (priv->busy == busy)
    return;
  priv->busy = busy;
  g_object_notify (G_OBJECT (self), "busy");
  sobre_editor_panel_update_actions (self);
}

/** Running: what of what guests get is being changed. */
typedef struct
{
  SobreEditorPanel *panel;
  SobreEditorWork work;
} Running;

static void
running_free (gpointer data)
{
  Running *self = data;

  g_object_unref (self->panel);
  g_free (self);
}

static SobreSiteCourier *
get_courier (SobreEditorPanel *self)
{
  return sobre_session_get_site_courier (sobre_editor_panel_get_session (self));
}

/* What of the site is known, where there is one that takes something; (nullable) */
static const SobreSiteSight *
get_site (SobreEditorPanel *self)
{
  const SobreSiteSight *sight = sobre_site_courier_get_sight (get_courier (self));

  return sight != NULL && sight->lack == NULL ? sight : NULL;
}

static guint
get_site_version (SobreEditorPanel *self, const SobreSiteSight *site)
{
  return SOBRE_EDITOR_PANEL_GET_CLASS (self)->kind == SOBRE_DOCUMENT_FORM ? site->form_version : site->menu_version;
}

const char *
sobre_editor_panel_say_who (SobreEditorPanel *self, guint version, gboolean is_current)
{
  const SobreSiteSight *site = get_site (self);
  gboolean is_there = site != NULL && get_site_version (self, site) == version;

  if (is_current)
    return site == NULL || is_there ? _ ("Guests see it") : _ ("On this computer");
  return is_there ? _ ("At the site") : NULL;
}

/* Where it goes beyond this computer: whose account, which site. (transfer full) (nullable) */
static char *
say_destination (SobreEditorPanel *self)
{
  const SobreSiteSight *site = get_site (self);

  if (site == NULL && sobre_site_courier_get_state (get_courier (self)) == SOBRE_COURIER_FAILED)
    return g_strdup (_ ("It also goes to the site in AWS, which cannot be asked now: it can be sent there later."));
  if (site == NULL)
    return NULL;
  if (site->url == NULL)
    /* Translators: the name of a stack, the number of an account, a region */
    return g_strdup_printf (_ ("It also goes to the site of “%s” in the AWS account %s, %s, which has no address yet."),
                            site->name, site->account, site->region);
  /* Translators: an address, the number of an account, a region */
  return g_strdup_printf (_ ("It also goes to %s, in the AWS account %s, %s."), site->url, site->account, site->region);
}

static DexFuture *
looked_cb (DexFuture *future, gpointer user_data)
{
  if (sobre_editor_panel_get_session (user_data) != NULL)
    set_busy (user_data, FALSE);
  return NULL;
}

/* What guests get has changed, or could not be: either way it is looked at again. */
static DexFuture *
done_cb (DexFuture *future, gpointer user_data)
{
  const Running *running = user_data;
  SobreEditorPanel *self = running->panel;
  SobreEditorPanelClass *klass = SOBRE_EDITOR_PANEL_GET_CLASS (self);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (sobre_editor_panel_get_session (self) == NULL)
    return NULL;
  if (value == NULL)
    sobre_editor_panel_say (self, error->message, FALSE);
  else
    klass->done (self, running->work, G_VALUE_HOLDS_UINT (value) ? g_value_get_uint (value) : 0);
  if (value != NULL && running->work != SOBRE_EDITOR_DISCARD)
    sobre_site_courier_send (get_courier (self), klass->parts);
  dex_future_disown (dex_future_finally (sobre_editor_panel_read (self), looked_cb, g_object_ref (self), g_object_unref));
  return NULL;
}

void
sobre_editor_panel_run (SobreEditorPanel *self, DexFuture *future, SobreEditorWork work)
{
  Running *running = g_new0 (Running, 1);

  *running = (Running) { g_object_ref (self), work };
  set_busy (self, TRUE);
  dex_future_disown (dex_future_finally (future, done_cb, running, running_free));
}

static void
publish_response_cb (SobreEditorPanel *self, const char *response)
{
  if (g_str_equal (response, "publish") && sobre_editor_panel_get_root (self) != NULL && !sobre_editor_panel_is_busy (self))
    sobre_editor_panel_run (self, SOBRE_EDITOR_PANEL_GET_CLASS (self)->publish (self), SOBRE_EDITOR_PUBLISH);
}

/* Asks once it is known where it goes. */
static DexFuture *
destination_cb (DexFuture *future, gpointer user_data)
{
  SobreEditorPanel *self = user_data;
  AdwAlertDialog *dialog;
  g_autofree char *destination = NULL;
  g_autofree char *body = NULL;

  if (sobre_editor_panel_get_session (self) == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return NULL;
  destination = say_destination (self);
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (NULL, NULL));
  SOBRE_EDITOR_PANEL_GET_CLASS (self)->ask (self, dialog);
  if (destination != NULL)
    {
      body = g_strdup_printf ("%s\n\n%s", adw_alert_dialog_get_body (dialog), destination);
      adw_alert_dialog_set_body (dialog, body);
    }
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "publish", _ ("_Publish"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "publish", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "publish");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (publish_response_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
  return NULL;
}

static void
publish_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreEditorPanel *self = SOBRE_EDITOR_PANEL (widget);

  if (sobre_site_courier_get_state (get_courier (self)) == SOBRE_COURIER_LOOKING)
    dex_future_disown (
        dex_future_finally (sobre_site_courier_look (get_courier (self)), destination_cb, g_object_ref (self), g_object_unref));
  else
    destination_cb (NULL, self);
}

static void
roll_back_cb (SobreEditorPanel *self, guint version)
{
  if (sobre_editor_panel_get_session (self) != NULL && !sobre_editor_panel_is_busy (self))
    sobre_editor_panel_run (self, SOBRE_EDITOR_PANEL_GET_CLASS (self)->roll_back (self, version), SOBRE_EDITOR_ROLL_BACK);
}

static void
versions_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreEditorPanel *self = SOBRE_EDITOR_PANEL (widget);
  SobreVersionsDialog *dialog = SOBRE_EDITOR_PANEL_GET_CLASS (self)->make_versions (self);
  const SobreSiteSight *site = get_site (self);
  guint version = site != NULL ? get_site_version (self, site) : 0;
  g_autofree char *destination = say_destination (self);

  if (destination != NULL)
    sobre_versions_dialog_add_consequence (dialog, destination);
  if (version > 0 && !sobre_versions_dialog_has (dialog, version))
    {
      g_autofree char *note =
          g_strdup_printf (_ ("The site has version %u, which was published from another computer."), version);

      sobre_versions_dialog_add_note (dialog, note);
    }
  g_signal_connect_object (dialog, "roll-back", G_CALLBACK (roll_back_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static char *
say_place (const SobreDocumentIssue *issue, gpointer user_data)
{
  SobreEditorPanelClass *klass = SOBRE_EDITOR_PANEL_GET_CLASS (user_data);
  g_autofree char *place = klass->find_place (user_data, issue->path);

  return klass->say_place (user_data, place != NULL ? place : "");
}

static void
open_issue_cb (SobreEditorPanel *self, const char *path)
{
  g_autofree char *place = SOBRE_EDITOR_PANEL_GET_CLASS (self)->find_place (self, path);

  adw_navigation_view_pop_to_tag (sobre_editor_panel_get_private (self)->navigation, "list");
  sobre_editor_panel_edit (self, place != NULL ? place : "");
}

static void
check_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  SobreDocumentBook *book = sobre_editor_panel_get_book (SOBRE_EDITOR_PANEL (widget));
  SobreIssuesDialog *dialog = sobre_issues_dialog_new (sobre_document_book_get_issues (book), say_place, widget);

  g_signal_connect_object (dialog, "open", G_CALLBACK (open_issue_cb), widget, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

void
sobre_editor_panel_edit (SobreEditorPanel *self, const char *path)
{
  SobreEditorPanelPrivate *priv = sobre_editor_panel_get_private (self);
  JsonNode *root = sobre_editor_panel_get_root (self);
  JsonNode *node = root != NULL ? sobre_document_find (root, path) : NULL;
  const char *id;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  adw_navigation_view_push (
      priv->navigation, sobre_node_editor_new (priv->book, SOBRE_EDITOR_PANEL_GET_CLASS (self)->get_editor (self, path), path));
  id = sobre_document_get_string (json_object_get_member (json_node_get_object (node), "id"));
  if (*path != '\0' && id != NULL)
    g_signal_emit_by_name (self, "looked-at", id);
}

static void
edit_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  sobre_editor_panel_edit (SOBRE_EDITOR_PANEL (widget), g_variant_get_string (parameter, NULL));
}

static void
edit_head_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  sobre_editor_panel_edit (SOBRE_EDITOR_PANEL (widget), "");
}

static void
undo_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_free (sobre_document_book_undo (sobre_editor_panel_get_book (SOBRE_EDITOR_PANEL (widget))));
}

static void
redo_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  g_free (sobre_document_book_redo (sobre_editor_panel_get_book (SOBRE_EDITOR_PANEL (widget))));
}

static void
reload_action (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  sobre_editor_panel_reload (SOBRE_EDITOR_PANEL (widget));
}

void
sobre_editor_panel_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "editor.edit", "s", edit_action);
  gtk_widget_class_install_action (widget_class, "editor.edit-head", NULL, edit_head_action);
  gtk_widget_class_install_action (widget_class, "editor.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "editor.redo", NULL, redo_action);
  gtk_widget_class_install_action (widget_class, "editor.publish", NULL, publish_action);
  gtk_widget_class_install_action (widget_class, "editor.versions", NULL, versions_action);
  gtk_widget_class_install_action (widget_class, "editor.check", NULL, check_action);
  gtk_widget_class_install_action (widget_class, "editor.reload", NULL, reload_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "editor.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "editor.redo", NULL);
}
