/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fields/sobre-line-field.h"

#include <string.h>

#include "model/sobre-document.h"

struct _SobreLineField
{
  SobreField parent_instance;

  GtkEditable *entry;
  char *content;
  gboolean required;
};

enum
{
  PROP_CONTENT = 1,
  PROP_REQUIRED,
};

G_DEFINE_FINAL_TYPE (SobreLineField, sobre_line_field, SOBRE_TYPE_FIELD)

static void
sobre_line_field_load (SobreField *field, JsonObject *object, const SobreFieldContext *context)
{
  SobreLineField *self = SOBRE_LINE_FIELD (field);
  JsonNode *node = json_object_get_member (object, sobre_field_get_member (field));
  const char *string = sobre_document_get_string (node);
  g_autofree char *text = NULL;

  if (node != NULL && string == NULL && json_node_get_value_type (node) == G_TYPE_INT64)
    text = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    text = g_strdup (string != NULL ? string : "");
  if (g_strcmp0 (gtk_editable_get_text (self->entry), text) != 0)
    gtk_editable_set_text (self->entry, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, sobre_field_get_title (field),
                                  -1);
}

static JsonNode *
make_value (SobreLineField *self, char *text)
{
  guint64 number;
  JsonNode *node;

  if (*text == '\0' && !self->required)
    return NULL;
  if (g_strcmp0 (self->content, "number") == 0 && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &number, NULL))
    {
      node = json_node_new (JSON_NODE_VALUE);
      json_node_set_int (node, (gint64) number);
      return node;
    }
  if (g_strcmp0 (self->content, "price") == 0)
    g_strdelimit (text, ",", '.');
  return sobre_document_new_string (text);
}

static JsonNode *
sobre_line_field_store (SobreField *field, JsonNode *object)
{
  SobreLineField *self = SOBRE_LINE_FIELD (field);
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));

  return sobre_document_set (object, sobre_field_get_member (field), make_value (self, text));
}

static void
sobre_line_field_show_issues (SobreField *field, const GPtrArray *issues, const char *prefix)
{
  SobreLineField *self = SOBRE_LINE_FIELD (field);
  gboolean wrong = FALSE;

  sobre_field_say_issues (field, issues, prefix);
  for (guint i = 0; i < issues->len; i++)
    {
      const SobreDocumentIssue *issue = g_ptr_array_index (issues, i);

      wrong |= issue->fatal && g_str_equal (issue->path, prefix);
    }
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
sobre_line_field_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  SobreLineField *self = SOBRE_LINE_FIELD (object);

  switch (property_id)
    {
    case PROP_CONTENT:
      g_value_set_string (value, self->content);
      break;
    case PROP_REQUIRED:
      g_value_set_boolean (value, self->required);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_line_field_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  SobreLineField *self = SOBRE_LINE_FIELD (object);

  switch (property_id)
    {
    case PROP_CONTENT:
      g_set_str (&self->content, g_value_get_string (value));
      if (g_strcmp0 (self->content, "text") != 0)
        {
          gtk_editable_set_width_chars (self->entry, 8);
          gtk_widget_set_halign (GTK_WIDGET (self->entry), GTK_ALIGN_START);
          gtk_widget_add_css_class (GTK_WIDGET (self->entry), "numeric");
        }
      break;
    case PROP_REQUIRED:
      self->required = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
sobre_line_field_finalize (GObject *object)
{
  g_free (SOBRE_LINE_FIELD (object)->content);
  G_OBJECT_CLASS (sobre_line_field_parent_class)->finalize (object);
}

static void
sobre_line_field_class_init (SobreLineFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  SobreFieldClass *field_class = SOBRE_FIELD_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sobre_line_field_get_property;
  object_class->set_property = sobre_line_field_set_property;
  object_class->finalize = sobre_line_field_finalize;
  field_class->load = sobre_line_field_load;
  field_class->store = sobre_line_field_store;
  field_class->show_issues = sobre_line_field_show_issues;
  g_object_class_install_property (object_class, PROP_CONTENT, g_param_spec_string ("content", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, PROP_REQUIRED, g_param_spec_boolean ("required", NULL, NULL, FALSE, flags));
}

static void
sobre_line_field_init (SobreLineField *self)
{
  self->entry = GTK_EDITABLE (gtk_entry_new ());
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (sobre_field_emit_changed), self, G_CONNECT_SWAPPED);
  sobre_field_set_content (SOBRE_FIELD (self), GTK_WIDGET (self->entry));
}
