/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/menu/sobre-menu-panel-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "widgets/sobre-moment.h"

G_DEFINE_FINAL_TYPE (SobreMenuPanel, sobre_menu_panel, SOBRE_TYPE_EDITOR_PANEL)

static SobreWorkspace *
get_workspace (gpointer self)
{
  return sobre_session_get_workspace (sobre_editor_panel_get_session (self));
}

char *
sobre_menu_panel_say_moment (SobreMenuPanel *self, gint64 at)
{
  return sobre_moment_format (at, sobre_workspace_get_calendar (get_workspace (self)));
}

static char *
sobre_menu_panel_say_published (SobreEditorPanel *panel)
{
  SobreMenuPanel *self = SOBRE_MENU_PANEL (panel);
  const SobrePublishedMenu *published = self->published;
  GString *words;

  if (published == NULL)
    return NULL;
  words = g_string_new (NULL);
  if (published->pointer == NULL)
    {
      g_string_append (words, published->message != NULL ? published->message : _ ("Guests see no menu yet"));
    }
  else
    {
      g_autofree char *since = sobre_menu_panel_say_moment (self, published->pointer->since);
      guint n = g_strv_length (published->pointer->sold_out);

      /* Translators: a number, then a moment: “Guests see version 3 since 28 Nov, 19:05” */
      g_string_append_printf (words, _ ("Guests see version %u since %s"), published->pointer->version, since);
      if (n > 0)
        {
          g_autofree char *gone = g_strdup_printf (ngettext ("%u sold out", "%u sold out", n), n);

          g_string_append_printf (words, " · %s", gone);
        }
    }
  return g_string_free_and_steal (words);
}

static void
sobre_menu_panel_reset (SobreEditorPanel *panel)
{
  SobreMenuPanel *self = SOBRE_MENU_PANEL (panel);

  g_clear_pointer (&self->published, sobre_published_menu_unref);
  g_clear_pointer (&self->check, sobre_menu_check_unref);
  g_clear_object (&self->menu);
  g_list_store_remove_all (self->lines);
}

static DexFuture *
sobre_menu_panel_check (SobreEditorPanel *panel, JsonNode *root)
{
  return sobre_menu_desk_check (get_workspace (panel), root, SOBRE_MENU_PANEL (panel)->published);
}

static void
sobre_menu_panel_take_check (SobreEditorPanel *panel, const GValue *value, SobreEditorSight *sight)
{
  SobreMenuPanel *self = SOBRE_MENU_PANEL (panel);

  g_clear_pointer (&self->check, sobre_menu_check_unref);
  self->check = g_value_dup_boxed (value);
  if (self->check->menu != NULL)
    g_set_object (&self->menu, self->check->menu);
  *sight = (SobreEditorSight) { self->check->issues, self->check->menu != NULL, self->check->differs,
                                self->published != NULL && self->published->history->len > 0 };
}

static DexFuture *
looked_cb (DexFuture *future, gpointer user_data)
{
  SobreMenuPanel *self = user_data;
  const GValue *value = dex_future_get_value (future, NULL);

  if (sobre_editor_panel_get_session (user_data) == NULL || value == NULL)
    return NULL;
  g_clear_pointer (&self->published, sobre_published_menu_unref);
  self->published = g_value_dup_boxed (value);
  if (self->published->pointer != NULL)
    sobre_editor_panel_set_local (user_data, self->published->pointer->version,
                                  (const char *const *) self->published->pointer->sold_out);
  sobre_editor_panel_show_published (user_data);
  sobre_menu_panel_fill (user_data);
  sobre_editor_panel_check (user_data);
  return NULL;
}

static DexFuture *
sobre_menu_panel_look (SobreEditorPanel *panel)
{
  return dex_future_finally (sobre_menu_desk_look (get_workspace (panel)), looked_cb, g_object_ref (panel), g_object_unref);
}

static char *
sobre_menu_panel_find_place (SobreEditorPanel *panel, const char *path)
{
  guint section, dish;
  int length = 0;

  if (sscanf (path, "sections[%u].dishes[%u]%n", &section, &dish, &length) == 2 && length > 0)
    return g_strndup (path, (gsize) length);
  if (sscanf (path, "sections[%u]%n", &section, &length) == 1 && length > 0)
    return g_strndup (path, (gsize) length);
  return NULL;
}

static char *
sobre_menu_panel_say_place (SobreEditorPanel *panel, const char *path)
{
  JsonNode *root = sobre_editor_panel_get_root (panel);
  JsonNode *node = *path != '\0' ? sobre_document_find (root, path) : NULL;
  g_auto (GStrv) languages = sobre_document_list_languages (root);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return g_strdup (_ ("The whole menu"));
  return sobre_document_dup_text (json_object_get_member (json_node_get_object (node), "name"), languages[0]);
}

static SobreEditorKind
sobre_menu_panel_get_editor (SobreEditorPanel *panel, const char *path)
{
  return *path == '\0' ? SOBRE_EDITOR_MENU : strstr (path, "dishes") != NULL ? SOBRE_EDITOR_DISH : SOBRE_EDITOR_SECTION;
}

static void
sobre_menu_panel_update_actions (SobreEditorPanel *panel)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (panel), "menu.add-section", sobre_editor_panel_get_root (panel) != NULL);
}

static void
sobre_menu_panel_dispose (GObject *object)
{
  SobreMenuPanel *self = SOBRE_MENU_PANEL (object);

  sobre_editor_panel_clear (SOBRE_EDITOR_PANEL (object));
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_MENU_PANEL);
  g_clear_object (&self->selection);
  g_clear_object (&self->filter);
  g_clear_object (&self->lines);
  g_clear_object (&self->menu);
  g_clear_pointer (&self->published, sobre_published_menu_unref);
  g_clear_pointer (&self->check, sobre_menu_check_unref);
  G_OBJECT_CLASS (sobre_menu_panel_parent_class)->dispose (object);
}

static void
sobre_menu_panel_class_init (SobreMenuPanelClass *klass)
{
  SobreEditorPanelClass *panel_class = SOBRE_EDITOR_PANEL_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sobre_menu_panel_dispose;
  panel_class->kind = SOBRE_DOCUMENT_MENU;
  panel_class->reset = sobre_menu_panel_reset;
  panel_class->fill = sobre_menu_panel_fill;
  panel_class->check = sobre_menu_panel_check;
  panel_class->take_check = sobre_menu_panel_take_check;
  panel_class->look = sobre_menu_panel_look;
  panel_class->say_published = sobre_menu_panel_say_published;
  panel_class->find_place = sobre_menu_panel_find_place;
  panel_class->say_place = sobre_menu_panel_say_place;
  panel_class->get_editor = sobre_menu_panel_get_editor;
  panel_class->update_actions = sobre_menu_panel_update_actions;
  sobre_menu_panel_class_install_publishing (panel_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-menu-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreMenuPanel, search_entry);
  gtk_widget_class_bind_template_child (widget_class, SobreMenuPanel, list_stack);
  gtk_widget_class_bind_template_child (widget_class, SobreMenuPanel, list);
  sobre_menu_panel_class_install_list (widget_class);
  sobre_menu_panel_class_install_edits (widget_class);
}

static void
sobre_menu_panel_init (SobreMenuPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sobre_menu_panel_make_list (self);
  sobre_editor_panel_update_actions (SOBRE_EDITOR_PANEL (self));
}

SobreMenu *
sobre_menu_panel_get_menu (SobreMenuPanel *self)
{
  return self->menu;
}

SobrePublishedMenu *
sobre_menu_panel_get_published (SobreMenuPanel *self)
{
  return self->published;
}
