/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fields/sobre-flag-field.h"

struct _SobreFlagField
{
  SobreField parent_instance;

  GtkCheckButton *button;
};

enum
{
  PROP_LABEL = 1,
};

G_DEFINE_FINAL_TYPE (SobreFlagField, sobre_flag_field, SOBRE_TYPE_FIELD)

static void
sobre_flag_field_load (SobreField *field, JsonObject *object, const SobreFieldContext *context)
{
  JsonNode *node = json_object_get_member (object, sobre_field_get_member (field));

  gtk_check_button_set_active (SOBRE_FLAG_FIELD (field)->button, node != NULL &&
                                                                     json_node_get_value_type (node) == G_TYPE_BOOLEAN &&
                                                                     json_node_get_boolean (node));
}

static JsonNode *
sobre_flag_field_store (SobreField *field, JsonNode *object)
{
  JsonNode *node = NULL;

  if (gtk_check_button_get_active (SOBRE_FLAG_FIELD (field)->button))
    {
      node = json_node_new (JSON_NODE_VALUE);
      json_node_set_boolean (node, TRUE);
    }
  return sobre_document_set (object, sobre_field_get_member (field), node);
}

static void
sobre_flag_field_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_LABEL)
    g_value_set_string (value, gtk_check_button_get_label (SOBRE_FLAG_FIELD (object)->button));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_flag_field_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_LABEL)
    gtk_check_button_set_label (SOBRE_FLAG_FIELD (object)->button, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_flag_field_class_init (SobreFlagFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sobre_flag_field_get_property;
  object_class->set_property = sobre_flag_field_set_property;
  SOBRE_FIELD_CLASS (klass)->load = sobre_flag_field_load;
  SOBRE_FIELD_CLASS (klass)->store = sobre_flag_field_store;
  g_object_class_install_property (object_class, PROP_LABEL,
                                   g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
}

static void
sobre_flag_field_init (SobreFlagField *self)
{
  self->button = GTK_CHECK_BUTTON (gtk_check_button_new ());
  g_signal_connect_object (self->button, "toggled", G_CALLBACK (sobre_field_emit_changed), self, G_CONNECT_SWAPPED);
  sobre_field_set_content (SOBRE_FIELD (self), GTK_WIDGET (self->button));
}
