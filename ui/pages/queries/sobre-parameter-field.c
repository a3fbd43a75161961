/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/queries/sobre-parameter-field.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "model/sobre-time.h"

#define STORE "store"
#define WORDS_WIDTH 12
#define DATE_WIDTH 10
#define MOST_DIGITS 1e12

struct _SobreParameterField
{
  GtkBox parent_instance;

  char *name;
  GtkWidget *control;
  GtkPopover *popover; /* of a date */
  char **store_ids;
};

G_DEFINE_FINAL_TYPE (SobreParameterField, sobre_parameter_field, GTK_TYPE_BOX)

static void
activate (SobreParameterField *self)
{
  g_signal_emit_by_name (self, "activate");
}

static GtkWidget *
make_switch (SobreParameterField *self)
{
  GtkWidget *control = gtk_switch_new ();

  gtk_widget_set_halign (control, GTK_ALIGN_START);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (control, TRUE);
  g_signal_connect_object (control, "notify::active", G_CALLBACK (activate), self, G_CONNECT_SWAPPED);
  return control;
}

static GtkWidget *
make_number (SobreParameterField *self)
{
  GtkWidget *control = gtk_spin_button_new_with_range (-MOST_DIGITS, MOST_DIGITS, 1);

  gtk_editable_set_width_chars (GTK_EDITABLE (control), 4);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (control), TRUE);
  g_signal_connect_object (control, "activate", G_CALLBACK (activate), self, G_CONNECT_SWAPPED);
  return control;
}

static GtkWidget *
make_entry (SobreParameterField *self, int width)
{
  GtkWidget *control = gtk_entry_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (control), width);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (control), width);
  g_signal_connect_object (control, "activate", G_CALLBACK (activate), self, G_CONNECT_SWAPPED);
  return control;
}

static void
day_selected_cb (SobreParameterField *self, GtkCalendar *calendar)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);
  g_autofree char *text = g_date_time_format (day, "%Y-%m-%d");

  gtk_editable_set_text (GTK_EDITABLE (self->control), text);
  gtk_popover_popdown (self->popover);
  activate (self);
}

/* The calendar opens at the day that is typed, where it is one. */
static void
calendar_shown_cb (SobreParameterField *self)
{
  GtkCalendar *calendar = GTK_CALENDAR (gtk_popover_get_child (self->popover));
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->control));
  g_autoptr (GDateTime) shown = NULL;
  int year, month, date;
  gint32 day;

  if (!sobre_day_parse (text, strlen (text), &day))
    return;
  sobre_day_to_civil (day, &year, &month, &date);
  shown = g_date_time_new_local (year, month, date, 12, 0, 0);
  g_signal_handlers_block_by_func (calendar, day_selected_cb, self);
  if (shown != NULL)
    gtk_calendar_select_day (calendar, shown);
  g_signal_handlers_unblock_by_func (calendar, day_selected_cb, self);
}

static GtkWidget *
make_calendar_button (SobreParameterField *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *calendar = gtk_calendar_new ();

  self->popover = GTK_POPOVER (gtk_popover_new ());
  gtk_popover_set_child (self->popover, calendar);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), GTK_WIDGET (self->popover));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Choose a Day"));
  g_signal_connect_object (calendar, "day-selected", G_CALLBACK (day_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "show", G_CALLBACK (calendar_shown_cb), self, G_CONNECT_SWAPPED);
  return button;
}

/* The entry, and beside it what opens the calendar. */
static GtkWidget *
make_date (SobreParameterField *self)
{
  GtkWidget *control = make_entry (self, DATE_WIDTH);

  gtk_entry_set_placeholder_text (GTK_ENTRY (control), _ ("YYYY-MM-DD"));
  return control;
}

static GtkWidget *
make_stores (SobreParameterField *self, const GPtrArray *stores)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *control;

  g_strv_builder_add (ids, "");
  gtk_string_list_append (names, _ ("All stores"));
  for (guint i = 0; i < stores->len; i++)
    {
      const SobreStore *store = g_ptr_array_index (stores, i);

      g_strv_builder_add (ids, store->id);
      gtk_string_list_append (names, store->name);
    }
  self->store_ids = g_strv_builder_end (ids);
  control = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  g_signal_connect_object (control, "notify::selected", G_CALLBACK (activate), self, G_CONNECT_SWAPPED);
  return control;
}

static GtkWidget *
make_control (SobreParameterField *self, const SobreSavedParameter *parameter, const GPtrArray *stores)
{
  switch (parameter->type)
    {
    case SOBRE_VALUE_BOOLEAN:
      return make_switch (self);
    case SOBRE_VALUE_INTEGER:
    case SOBRE_VALUE_BIGINT:
      return make_number (self);
    case SOBRE_VALUE_DATE:
      return make_date (self);
    default:
      if (parameter->type == SOBRE_VALUE_VARCHAR && g_str_equal (parameter->name, STORE))
        return make_stores (self, stores);
      return make_entry (self, WORDS_WIDTH);
    }
}

static void
sobre_parameter_field_finalize (GObject *object)
{
  SobreParameterField *self = SOBRE_PARAMETER_FIELD (object);

  g_free (self->name);
  g_strfreev (self->store_ids);
  G_OBJECT_CLASS (sobre_parameter_field_parent_class)->finalize (object);
}

static void
sobre_parameter_field_class_init (SobreParameterFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_parameter_field_finalize;
  g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sobre_parameter_field_init (SobreParameterField *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 4);
}

SobreParameterField *
sobre_parameter_field_new (const SobreSavedParameter *parameter, const SobreSavedContext *context, const GPtrArray *stores)
{
  SobreParameterField *self = g_object_new (SOBRE_TYPE_PARAMETER_FIELD, NULL);
  const char *words = parameter->label != NULL ? parameter->label : parameter->name;
  GtkWidget *label = gtk_label_new (words);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autofree char *value = sobre_saved_query_dup_default (parameter, context);

  self->name = g_strdup (parameter->name);
  self->control = make_control (self, parameter, stores);
  gtk_box_append (GTK_BOX (box), self->control);
  if (parameter->type == SOBRE_VALUE_DATE)
    {
      gtk_box_append (GTK_BOX (box), make_calendar_button (self));
      gtk_widget_add_css_class (box, "linked");
    }
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), self->control);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_box_append (GTK_BOX (self), label);
  gtk_box_append (GTK_BOX (self), box);
  sobre_parameter_field_set_value (self, value != NULL ? value : "");
  return self;
}

const char *
sobre_parameter_field_get_name (SobreParameterField *self)
{
  return self->name;
}

char *
sobre_parameter_field_dup_value (SobreParameterField *self)
{
  if (GTK_IS_SWITCH (self->control))
    return g_strdup (gtk_switch_get_active (GTK_SWITCH (self->control)) ? "true" : "false");
  if (GTK_IS_SPIN_BUTTON (self->control))
    {
      gtk_spin_button_update (GTK_SPIN_BUTTON (self->control));
      return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->control)));
    }
  if (GTK_IS_DROP_DOWN (self->control))
    return g_strdup (self->store_ids[gtk_drop_down_get_selected (GTK_DROP_DOWN (self->control))]);
  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->control)));
}

void
sobre_parameter_field_set_value (SobreParameterField *self, const char *value)
{
  if (GTK_IS_SWITCH (self->control))
    gtk_switch_set_active (GTK_SWITCH (self->control), g_str_equal (value, "true"));
  else if (GTK_IS_SPIN_BUTTON (self->control))
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->control), g_ascii_strtod (value, NULL));
  else if (GTK_IS_DROP_DOWN (self->control))
    {
      for (guint i = 0; self->store_ids[i] != NULL; i++)
        if (g_str_equal (self->store_ids[i], value))
          gtk_drop_down_set_selected (GTK_DROP_DOWN (self->control), i);
    }
  else
    gtk_editable_set_text (GTK_EDITABLE (self->control), value);
}
