/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fields/sobre-chips.h"

struct _SobreChips
{
  AdwBin parent_instance;

  AdwWrapBox *box;
  GPtrArray *buttons; /* (element-type GtkToggleButton), borrowed from the box */
  gboolean setting;
};

G_DEFINE_FINAL_TYPE (SobreChips, sobre_chips, ADW_TYPE_BIN)

static void
toggled_cb (SobreChips *self, GtkToggleButton *button)
{
  guint index;

  if (!self->setting && g_ptr_array_find (self->buttons, button, &index))
    g_signal_emit_by_name (self, "toggled", index);
}

static void
sobre_chips_finalize (GObject *object)
{
  g_clear_pointer (&SOBRE_CHIPS (object)->buttons, g_ptr_array_unref);
  G_OBJECT_CLASS (sobre_chips_parent_class)->finalize (object);
}

static void
sobre_chips_class_init (SobreChipsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sobre_chips_finalize;
  g_signal_new ("toggled", SOBRE_TYPE_CHIPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
sobre_chips_init (SobreChips *self)
{
  self->buttons = g_ptr_array_new ();
  self->box = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->box, 6);
  adw_wrap_box_set_line_spacing (self->box, 6);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

void
sobre_chips_clear (SobreChips *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    adw_wrap_box_remove (self->box, g_ptr_array_index (self->buttons, i));
  g_ptr_array_set_size (self->buttons, 0);
}

void
sobre_chips_add (SobreChips *self, const char *label, const char *words)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_widget_add_css_class (button, "chip-toggle");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->buttons, button);
  adw_wrap_box_append (self->box, button);
}

guint
sobre_chips_get_n (SobreChips *self)
{
  return self->buttons->len;
}

guint32
sobre_chips_get_set (SobreChips *self)
{
  guint32 set = 0;

  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_toggle_button_get_active (g_ptr_array_index (self->buttons, i)))
      set |= 1u << i;
  return set;
}

void
sobre_chips_set_set (SobreChips *self, guint32 set)
{
  self->setting = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_toggle_button_set_active (g_ptr_array_index (self->buttons, i), (set & 1u << i) != 0);
  self->setting = FALSE;
}
