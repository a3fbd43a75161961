/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fields/sobre-object-field.h"

#define RESOURCES "/io/github/sobremesa/Sobremesa/"

struct _SobreObjectField
{
  SobreField parent_instance;

  GtkCheckButton *button;
  GtkBox *box;
  GtkWidget *content; /* the fields, once they were needed */
  GPtrArray *fields;
  JsonNode *node; /* (nullable): the object */
  char *resource;
};

enum
{
  PROP_FIELDS = 1,
  PROP_LABEL,
};

G_DEFINE_FINAL_TYPE (SobreObjectField, sobre_object_field, SOBRE_TYPE_FIELD)

static void
field_changed_cb (SobreObjectField *self, SobreField *field)
{
  g_autoptr (JsonNode) before = self->node;

  if (before == NULL)
    return;
  self->node = sobre_field_store (field, before);
  sobre_field_emit_changed (SOBRE_FIELD (self));
}

static void
make_fields (SobreObjectField *self)
{
  g_autofree char *path = g_strconcat (RESOURCES, self->resource, ".ui", NULL);
  g_autoptr (GtkBuilder) builder = NULL;

  if (self->content != NULL)
    return;
  builder = gtk_builder_new_from_resource (path);
  self->content = GTK_WIDGET (gtk_builder_get_object (builder, "fields"));
  self->fields = sobre_fields_collect (self->content);
  for (guint i = 0; i < self->fields->len; i++)
    g_signal_connect_object (g_ptr_array_index (self->fields, i), "changed", G_CALLBACK (field_changed_cb), self,
                             G_CONNECT_SWAPPED);
  gtk_box_append (self->box, self->content);
}

static void
sobre_object_field_load (SobreField *field, JsonObject *object, const SobreFieldContext *context)
{
  SobreObjectField *self = SOBRE_OBJECT_FIELD (field);
  JsonNode *node = json_object_get_member (object, sobre_field_get_member (field));
  gboolean there = node != NULL && JSON_NODE_HOLDS_OBJECT (node);

  g_clear_pointer (&self->node, json_node_unref);
  self->node = there ? json_node_ref (node) : NULL;
  gtk_check_button_set_active (self->button, there);
  if (there)
    make_fields (self);
  if (self->content != NULL)
    gtk_widget_set_visible (self->content, there);
  for (guint i = 0; there && i < self->fields->len; i++)
    sobre_field_load (g_ptr_array_index (self->fields, i), json_node_get_object (node), context);
}

static JsonNode *
sobre_object_field_store (SobreField *field, JsonNode *object)
{
  SobreObjectField *self = SOBRE_OBJECT_FIELD (field);

  return sobre_document_set (object, sobre_field_get_member (field), self->node != NULL ? json_node_ref (self->node) : NULL);
}

static void
sobre_object_field_show_issues (SobreField *field, const GPtrArray *issues, const char *prefix)
{
  SobreObjectField *self = SOBRE_OBJECT_FIELD (field);

  for (guint i = 0; self->fields != NULL && i < self->fields->len; i++)
    sobre_field_take_issues (g_ptr_array_index (self->fields, i), issues, prefix);
}

static void
toggled_cb (SobreObjectField *self)
{
  gboolean there = gtk_check_button_get_active (self->button);

  if (there == (self->node != NULL))
    return;
  g_clear_pointer (&self->node, json_node_unref);
  self->node = there ? sobre_document_new_object () : NULL;
  sobre_field_emit_changed (SOBRE_FIELD (self));
}

static void
sobre_object_field_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  SobreObjectField *self = SOBRE_OBJECT_FIELD (object);

  switch (property_id)
    {
    case PROP_FIELDS:
      g_value_set_string (value, self->resource);
      break;
    case PROP_LABEL:
      g_value_set_string (value, gtk_check_button_get_label (self->button));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_object_field_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  SobreObjectField *self = SOBRE_OBJECT_FIELD (object);

  switch (property_id)
    {
    case PROP_FIELDS:
      g_set_str (&self->resource, g_value_get_string (value));
      break;
    case PROP_LABEL:
      gtk_check_button_set_label (self->button, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_object_field_finalize (GObject *object)
{
  SobreObjectField *self = SOBRE_OBJECT_FIELD (object);

  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->node, json_node_unref);
  g_free (self->resource);
  G_OBJECT_CLASS (sobre_object_field_parent_class)->finalize (object);
}

static void
sobre_object_field_class_init (SobreObjectFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sobre_object_field_get_property;
  object_class->set_property = sobre_object_field_set_property;
  object_class->finalize = sobre_object_field_finalize;
  SOBRE_FIELD_CLASS (klass)->load = sobre_object_field_load;
  SOBRE_FIELD_CLASS (klass)->store = sobre_object_field_store;
  SOBRE_FIELD_CLASS (klass)->show_issues = sobre_object_field_show_issues;
  g_object_class_install_property (object_class, PROP_FIELDS, g_param_spec_string ("fields", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_LABEL, g_param_spec_string ("label", NULL, NULL, NULL, flags));
}

static void
sobre_object_field_init (SobreObjectField *self)
{
  self->button = GTK_CHECK_BUTTON (gtk_check_button_new ());
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  gtk_box_append (self->box, GTK_WIDGET (self->button));
  g_signal_connect_object (self->button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  sobre_field_set_content (SOBRE_FIELD (self), GTK_WIDGET (self->box));
}
