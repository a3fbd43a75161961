/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fields/sobre-kind-field.h"

#include <glib/gi18n-lib.h>

struct _SobreKindField
{
  SobreField parent_instance;

  GtkDropDown *drop_down;
};

G_DEFINE_FINAL_TYPE (SobreKindField, sobre_kind_field, SOBRE_TYPE_FIELD)

static const struct
{
  const char *kind;
  const char *name;
} kinds[] = {
  { "smiley", N_ ("Faces") },   { "stars", N_ ("Stars") }, { "nps", N_ ("0 to 10") },
  { "choice", N_ ("Choices") }, { "text", N_ ("Words") },  { "dish", N_ ("Stars for dishes") },
};

/* Members that one kind has. */
static const struct
{
  const char *member;
  const char *kind;
} owned[] = {
  { "choices", "choice" }, { "multiple", "choice" }, { "max_length", "text" }, { "low", "nps" }, { "high", "nps" },
};

const char *
sobre_question_kind_say (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return _ (kinds[i].name);
  return kind != NULL ? kind : _ ("Without a kind");
}

static void
sobre_kind_field_load (SobreField *field, JsonObject *object, const SobreFieldContext *context)
{
  SobreKindField *self = SOBRE_KIND_FIELD (field);
  const char *kind = sobre_document_get_string (json_object_get_member (object, "kind"));
  guint selected = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      selected = i;
  gtk_drop_down_set_selected (self->drop_down, selected);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sobre_field_get_title (field), -1);
}

static JsonNode *
sobre_kind_field_store (SobreField *field, JsonNode *object)
{
  guint selected = gtk_drop_down_get_selected (SOBRE_KIND_FIELD (field)->drop_down);
  g_autoptr (JsonNode) changed = NULL;

  if (selected >= G_N_ELEMENTS (kinds))
    return json_node_ref (object);
  changed = sobre_document_set (object, "kind", sobre_document_new_string (kinds[selected].kind));
  for (guint i = 0; i < G_N_ELEMENTS (owned); i++)
    if (!g_str_equal (owned[i].kind, kinds[selected].kind))
      {
        g_autoptr (JsonNode) before = g_steal_pointer (&changed);

        changed = sobre_document_set (before, owned[i].member, NULL);
      }
  return g_steal_pointer (&changed);
}

static void
sobre_kind_field_class_init (SobreKindFieldClass *klass)
{
  SOBRE_FIELD_CLASS (klass)->load = sobre_kind_field_load;
  SOBRE_FIELD_CLASS (klass)->store = sobre_kind_field_store;
}

static void
sobre_kind_field_init (SobreKindField *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (names, _ (kinds[i].name));
  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL));
  gtk_widget_set_halign (GTK_WIDGET (self->drop_down), GTK_ALIGN_START);
  g_signal_connect_object (self->drop_down, "notify::selected", G_CALLBACK (sobre_field_emit_changed), self, G_CONNECT_SWAPPED);
  sobre_field_set_content (SOBRE_FIELD (self), GTK_WIDGET (self->drop_down));
}
