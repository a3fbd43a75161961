/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fields/sobre-languages-field.h"

#include "model/sobre-document.h"

struct _SobreLanguagesField
{
  SobreField parent_instance;

  GtkEditable *entry;
};

G_DEFINE_FINAL_TYPE (SobreLanguagesField, sobre_languages_field, SOBRE_TYPE_FIELD)

/* The tags that were typed. (transfer full) (element-type utf8) */
static GPtrArray *
split (GtkEditable *entry)
{
  g_auto (GStrv) words = g_strsplit_set (gtk_editable_get_text (entry), " ,;", -1);
  GPtrArray *tags = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_ptr_array_add (tags, g_strdup (words[i]));
  return tags;
}

static gboolean
is_same (SobreLanguagesField *self, JsonArray *array)
{
  g_autoptr (GPtrArray) tags = split (self->entry);

  if (array == NULL || json_array_get_length (array) != tags->len)
    return FALSE;
  for (guint i = 0; i < tags->len; i++)
    if (g_strcmp0 (sobre_document_get_string (json_array_get_element (array, i)), g_ptr_array_index (tags, i)) != 0)
      return FALSE;
  return TRUE;
}

static void
sobre_languages_field_load (SobreField *field, JsonObject *object, const SobreFieldContext *context)
{
  SobreLanguagesField *self = SOBRE_LANGUAGES_FIELD (field);
  JsonArray *array = sobre_document_get_array (object, sobre_field_get_member (field));
  g_autoptr (GString) text = g_string_new (NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, sobre_field_get_title (field),
                                  -1);
  if (is_same (self, array))
    return;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *tag = sobre_document_get_string (json_array_get_element (array, i));

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", tag != NULL ? tag : "?");
    }
  gtk_editable_set_text (self->entry, text->str);
}

static JsonNode *
sobre_languages_field_store (SobreField *field, JsonNode *object)
{
  g_autoptr (GPtrArray) tags = split (SOBRE_LANGUAGES_FIELD (field)->entry);
  JsonArray *array = json_array_new ();
  JsonNode *list = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < tags->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (tags, i));
  json_node_take_array (list, array);
  return sobre_document_set (object, sobre_field_get_member (field), list);
}

static void
sobre_languages_field_class_init (SobreLanguagesFieldClass *klass)
{
  SOBRE_FIELD_CLASS (klass)->load = sobre_languages_field_load;
  SOBRE_FIELD_CLASS (klass)->store = sobre_languages_field_store;
}

static void
sobre_languages_field_init (SobreLanguagesField *self)
{
  self->entry = GTK_EDITABLE (gtk_entry_new ());
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (sobre_field_emit_changed), self, G_CONNECT_SWAPPED);
  sobre_field_set_content (SOBRE_FIELD (self), GTK_WIDGET (self->entry));
}
