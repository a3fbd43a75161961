/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/menu/sobre-menu-line-row.h"

#include <glib/gi18n-lib.h>

struct _SobreMenuLineRow
{
  AdwBin parent_instance;

  GtkLabel *number_label;
  GtkLabel *name_label;
  GtkLabel *state_label;
  GtkLabel *subtitle_label;
  GtkLabel *price_label;
  GtkToggleButton *sold_out_button;
  GtkWidget *add_button;
  GtkMenuButton *menu_button;
  SobreMenuLine *line;
  gboolean busy;
};

enum
{
  PROP_LINE = 1,
  PROP_BUSY,
};

G_DEFINE_FINAL_TYPE (SobreMenuLineRow, sobre_menu_line_row, ADW_TYPE_BIN)

/* @words: (transfer full) */
static void
set_label (gpointer widget, char *words)
{
  g_autofree char *owned = words;

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, owned, -1);
}

static void
show_state (SobreMenuLineRow *self)
{
  SobreMenuLineState state = sobre_menu_line_get_state (self->line);
  const char *words = state == SOBRE_MENU_LINE_NEW ? _ ("New") : state == SOBRE_MENU_LINE_CHANGED ? _ ("Changed") : "";

  gtk_label_set_text (self->state_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->state_label), *words != '\0' && !sobre_menu_line_is_section (self->line));
}

static void
show_sold_out (SobreMenuLineRow *self)
{
  gboolean published = sobre_menu_line_get_state (self->line) != SOBRE_MENU_LINE_NEW;

  gtk_toggle_button_set_active (self->sold_out_button, sobre_menu_line_is_sold_out (self->line));
  gtk_button_set_label (GTK_BUTTON (self->sold_out_button),
                        sobre_menu_line_is_sold_out (self->line) ? _ ("Sold Out") : _ ("Available"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->sold_out_button), published && !self->busy);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->sold_out_button),
                               published ? _ ("Guests see it within 5 seconds") : _ ("Guests do not see this dish yet"));
}

static void
show_line (SobreMenuLineRow *self)
{
  SobreMenuLine *line = self->line;
  gboolean is_section = sobre_menu_line_is_section (line);
  const char *name = *sobre_menu_line_get_name (line) != '\0' ? sobre_menu_line_get_name (line) : _ ("Without a name");
  const char *fault = sobre_menu_line_get_fault (line);

  gtk_label_set_text (self->number_label, sobre_menu_line_get_number (line));
  gtk_widget_set_visible (GTK_WIDGET (self->number_label), !is_section);
  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (self->subtitle_label, fault != NULL ? fault : sobre_menu_line_get_subtitle (line));
  gtk_widget_set_css_classes (GTK_WIDGET (self->subtitle_label),
                              (const char *[]) { "caption", fault != NULL ? "error" : "dimmed", NULL });
  gtk_widget_set_css_classes (GTK_WIDGET (self->name_label), (const char *[]) { is_section ? "heading" : "dish", NULL });
  gtk_label_set_text (self->price_label, sobre_menu_line_get_price (line));
  gtk_widget_set_visible (GTK_WIDGET (self->price_label), !is_section);
  gtk_widget_set_visible (GTK_WIDGET (self->sold_out_button), !is_section);
  gtk_widget_set_visible (self->add_button, is_section);
  show_state (self);
  show_sold_out (self);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->add_button), "s", sobre_menu_line_get_path (line));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add_button), "menu.add-dish");
  gtk_widget_set_tooltip_text (self->add_button, _ ("Add a Dish"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu_button), is_section ? _ ("Section Menu") : _ ("Dish Menu"));
  /* Translators: the name of a section */
  set_label (self->add_button, g_strdup_printf (_ ("Add a dish to “%s”"), name));
  /* Translators: the name of a dish */
  set_label (self->sold_out_button, g_strdup_printf (_ ("“%s” is sold out"), name));
  /* Translators: the name of a dish or section */
  set_label (self->menu_button, g_strdup_printf (_ ("What to do with “%s”"), name));
  if (is_section)
    gtk_widget_add_css_class (GTK_WIDGET (self), "section-line");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "section-line");
}

static void
sold_out_clicked_cb (SobreMenuLineRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "menu.mark", "(sb)", sobre_menu_line_get_id (self->line),
                              gtk_toggle_button_get_active (self->sold_out_button));
}

static void
append_item (GMenu *menu, const char *label, const char *action, const char *path)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", path);
  g_menu_append_item (menu, item);
}

/* Made when it is opened: most never are. */
static void
create_popup_cb (GtkMenuButton *button, gpointer user_data)
{
  SobreMenuLineRow *self = user_data;
  const char *path = sobre_menu_line_get_path (self->line);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) places = g_menu_new ();
  g_autoptr (GMenu) last = g_menu_new ();

  append_item (menu, _ ("_Edit"), "editor.edit", path);
  if (sobre_menu_line_is_section (self->line))
    append_item (menu, _ ("Add a _Dish"), "menu.add-dish", path);
  else
    append_item (menu, _ ("_Duplicate"), "menu.duplicate", path);
  append_item (places, _ ("Move _Up"), "menu.move-up", path);
  append_item (places, _ ("Move Dow_n"), "menu.move-down", path);
  append_item (last, _ ("_Remove"), "menu.remove", path);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (places));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (G_MENU_MODEL (menu)));
}

static void
take_line (SobreMenuLineRow *self, SobreMenuLine *line)
{
  if (self->line == line)
    return;
  if (self->line != NULL)
    g_signal_handlers_disconnect_by_func (self->line, show_line, self);
  g_set_object (&self->line, line);
  if (line == NULL)
    return;
  g_signal_connect_object (line, "changed", G_CALLBACK (show_line), self, G_CONNECT_SWAPPED);
  show_line (self);
}

static void
sobre_menu_line_row_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  SobreMenuLineRow *self = SOBRE_MENU_LINE_ROW (object);

  switch (property_id)
    {
    case PROP_LINE:
      g_value_set_object (value, self->line);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_menu_line_row_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  SobreMenuLineRow *self = SOBRE_MENU_LINE_ROW (object);

  switch (property_id)
    {
    case PROP_LINE:
      take_line (self, g_value_get_object (value));
      break;
    case PROP_BUSY:
      self->busy = g_value_get_boolean (value);
      if (self->line != NULL)
        show_sold_out (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_menu_line_row_dispose (GObject *object)
{
  SobreMenuLineRow *self = SOBRE_MENU_LINE_ROW (object);

  g_clear_object (&self->line);
  gtk_widget_dispose_template (GTK_WIDGET (self), SOBRE_TYPE_MENU_LINE_ROW);
  G_OBJECT_CLASS (sobre_menu_line_row_parent_class)->dispose (object);
}

static void
sobre_menu_line_row_class_init (SobreMenuLineRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sobre_menu_line_row_get_property;
  object_class->set_property = sobre_menu_line_row_set_property;
  object_class->dispose = sobre_menu_line_row_dispose;
  g_object_class_install_property (object_class, PROP_LINE,
                                   g_param_spec_object ("line", NULL, NULL, SOBRE_TYPE_MENU_LINE, flags));
  g_object_class_install_property (object_class, PROP_BUSY, g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags));
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/sobremesa/Sobremesa/sobre-menu-line-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SobreMenuLineRow, number_label);
  gtk_widget_class_bind_template_child (widget_class, SobreMenuLineRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, SobreMenuLineRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, SobreMenuLineRow, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, SobreMenuLineRow, price_label);
  gtk_widget_class_bind_template_child (widget_class, SobreMenuLineRow, sold_out_button);
  gtk_widget_class_bind_template_child (widget_class, SobreMenuLineRow, add_button);
  gtk_widget_class_bind_template_child (widget_class, SobreMenuLineRow, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, sold_out_clicked_cb);
}

static void
sobre_menu_line_row_init (SobreMenuLineRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, create_popup_cb, self, NULL);
}
