/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pages/queries/sobre-parameter-panel.h"

#include "pages/queries/sobre-parameter-field.h"

#define FIELD_SPACING 18
#define LINE_SPACING 12

struct _SobreParameterPanel
{
  AdwBin parent_instance;

  AdwWrapBox *box;
  GPtrArray *fields; /* of @box */
  SobreSavedQuery *query;
};

G_DEFINE_FINAL_TYPE (SobreParameterPanel, sobre_parameter_panel, ADW_TYPE_BIN)

static void
remove_fields (SobreParameterPanel *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    adw_wrap_box_remove (self->box, g_ptr_array_index (self->fields, i));
  g_ptr_array_set_size (self->fields, 0);
}

static void
activated_cb (SobreParameterPanel *self)
{
  g_signal_emit_by_name (self, "activate");
}

static gboolean
has_same_parameters (SobreSavedQuery *one, SobreSavedQuery *other)
{
  guint n, n_other;
  const SobreSavedParameter *a = sobre_saved_query_get_parameters (one, &n);
  const SobreSavedParameter *b = sobre_saved_query_get_parameters (other, &n_other);

  if (n != n_other)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (a[i].type != b[i].type || !g_str_equal (a[i].name, b[i].name) || g_strcmp0 (a[i].label, b[i].label) != 0)
      return FALSE;
  return TRUE;
}

static void
add_field (SobreParameterPanel *self,
           const SobreSavedParameter *parameter,
           const SobreSavedContext *context,
           const GPtrArray *stores,
           const char *value)
{
  SobreParameterField *field = sobre_parameter_field_new (parameter, context, stores);

  if (value != NULL)
    sobre_parameter_field_set_value (field, value);
  g_signal_connect_object (field, "activate", G_CALLBACK (activated_cb), self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (self->box, GTK_WIDGET (field));
  g_ptr_array_add (self->fields, field);
}

static void
sobre_parameter_panel_dispose (GObject *object)
{
  SobreParameterPanel *self = SOBRE_PARAMETER_PANEL (object);

  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_object (&self->query);
  G_OBJECT_CLASS (sobre_parameter_panel_parent_class)->dispose (object);
}

static void
sobre_parameter_panel_class_init (SobreParameterPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sobre_parameter_panel_dispose;
  g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sobre_parameter_panel_init (SobreParameterPanel *self)
{
  self->fields = g_ptr_array_new ();
  self->box = ADW_WRAP_BOX (adw_wrap_box_new ());
  adw_wrap_box_set_child_spacing (self->box, FIELD_SPACING);
  adw_wrap_box_set_line_spacing (self->box, LINE_SPACING);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

GHashTable *
sobre_parameter_panel_collect (SobreParameterPanel *self)
{
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < self->fields->len; i++)
    {
      SobreParameterField *field = g_ptr_array_index (self->fields, i);

      g_hash_table_insert (values, g_strdup (sobre_parameter_field_get_name (field)), sobre_parameter_field_dup_value (field));
    }
  return values;
}

void
sobre_parameter_panel_show (SobreParameterPanel *self,
                            SobreSavedQuery *query,
                            const SobreSavedContext *context,
                            const GPtrArray *stores,
                            gboolean keep_values)
{
  g_autoptr (GHashTable) values = keep_values ? sobre_parameter_panel_collect (self) : NULL;
  gboolean same = keep_values && self->query != NULL && has_same_parameters (self->query, query);
  guint n;
  const SobreSavedParameter *parameters = sobre_saved_query_get_parameters (query, &n);

  g_set_object (&self->query, query);
  if (same)
    return;
  remove_fields (self);
  for (guint i = 0; i < n; i++)
    add_field (self, &parameters[i], context, stores, values != NULL ? g_hash_table_lookup (values, parameters[i].name) : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

gboolean
sobre_parameter_panel_set_value (SobreParameterPanel *self, const char *name, const char *value)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (g_str_equal (sobre_parameter_field_get_name (g_ptr_array_index (self->fields, i)), name))
      {
        sobre_parameter_field_set_value (g_ptr_array_index (self->fields, i), value);
        return TRUE;
      }
  return FALSE;
}

const char *
sobre_parameter_panel_find_missing (SobreSavedQuery *query, GHashTable *values)
{
  guint n;
  const SobreSavedParameter *parameters = sobre_saved_query_get_parameters (query, &n);

  for (guint i = 0; i < n; i++)
    {
      const char *value = g_hash_table_lookup (values, parameters[i].name);

      if (parameters[i].default_value == NULL && (value == NULL || *value == '\0'))
        return parameters[i].label != NULL ? parameters[i].label : parameters[i].name;
    }
  return NULL;
}
