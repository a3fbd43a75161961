/* SPDX-FileCopyrightText: The Sobremesa developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fields/sobre-chips-field.h"

#include "fields/sobre-chips.h"
#include "fields/sobre-name-set.h"
#include "pages/menu/sobre-menu-words.h"

struct _SobreChipsField
{
  SobreField parent_instance;

  SobreChips *chips;
  char *kind;
  char **names; /* as the document has them */
};

enum
{
  PROP_NAMES = 1,
};

G_DEFINE_FINAL_TYPE (SobreChipsField, sobre_chips_field, SOBRE_TYPE_FIELD)

static void
add_chip (SobreChipsField *self, GStrvBuilder *names, const char *name, const char *label)
{
  g_autofree char *words = g_strdup_printf ("%s: %s", sobre_field_get_title (SOBRE_FIELD (self)), label);

  g_strv_builder_add (names, name);
  sobre_chips_add (self->chips, label, words);
}

static void
add_parts (SobreChipsField *self, GStrvBuilder *names, const SobreFieldContext *context)
{
  JsonArray *parts = sobre_document_get_array (json_node_get_object (context->root), "day_parts");

  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
    {
      JsonObject *part = sobre_document_get_object (parts, i);
      const char *id = part != NULL ? sobre_document_get_string (json_object_get_member (part, "id")) : NULL;
      g_autofree char *name =
          id != NULL ? sobre_document_dup_text (json_object_get_member (part, "name"), context->languages[0]) : NULL;

      if (id != NULL)
        add_chip (self, names, id, *name != '\0' ? name : id);
    }
}

static void
make_chips (SobreChipsField *self, const SobreFieldContext *context)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  sobre_chips_clear (self->chips);
  if (g_strcmp0 (self->kind, "diets") == 0)
    for (guint i = 0; i < SOBRE_N_DIETS; i++)
      add_chip (self, names, sobre_diet_get_name (i), sobre_diet_say (i));
  else
    add_parts (self, names, context);
  g_strfreev (self->names);
  self->names = g_strv_builder_end (names);
}

static void
sobre_chips_field_load (SobreField *field, JsonObject *object, const SobreFieldContext *context)
{
  SobreChipsField *self = SOBRE_CHIPS_FIELD (field);

  if (self->names == NULL)
    make_chips (self, context);
  sobre_chips_set_set (self->chips, sobre_name_set_read (json_object_get_member (object, sobre_field_get_member (field)),
                                                         (const char *const *) self->names));
  gtk_widget_set_visible (GTK_WIDGET (self), sobre_chips_get_n (self->chips) > 0);
}

static JsonNode *
sobre_chips_field_store (SobreField *field, JsonNode *object)
{
  SobreChipsField *self = SOBRE_CHIPS_FIELD (field);
  const char *member = sobre_field_get_member (field);
  g_autoptr (JsonNode) list = sobre_name_set_write (json_object_get_member (json_node_get_object (object), member),
                                                    (const char *const *) self->names, sobre_chips_get_set (self->chips));

  return sobre_document_set (object, member,
                             json_array_get_length (json_node_get_array (list)) > 0 ? g_steal_pointer (&list) : NULL);
}

static void
sobre_chips_field_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_NAMES)
    g_value_set_string (value, SOBRE_CHIPS_FIELD (object)->kind);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_chips_field_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_NAMES)
    g_set_str (&SOBRE_CHIPS_FIELD (object)->kind, g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
sobre_chips_field_finalize (GObject *object)
{
  SobreChipsField *self = SOBRE_CHIPS_FIELD (object);

  g_free (self->kind);
  g_strfreev (self->names);
  G_OBJECT_CLASS (sobre_chips_field_parent_class)->finalize (object);
}

static void
sobre_chips_field_class_init (SobreChipsFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sobre_chips_field_get_property;
  object_class->set_property = sobre_chips_field_set_property;
  object_class->finalize = sobre_chips_field_finalize;
  SOBRE_FIELD_CLASS (klass)->load = sobre_chips_field_load;
  SOBRE_FIELD_CLASS (klass)->store = sobre_chips_field_store;
  g_object_class_install_property (object_class, PROP_NAMES,
                                   g_param_spec_string ("names", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
}

static void
sobre_chips_field_init (SobreChipsField *self)
{
  self->chips = g_object_new (SOBRE_TYPE_CHIPS, NULL);
  g_signal_connect_object (self->chips, "toggled", G_CALLBACK (sobre_field_emit_changed), self, G_CONNECT_SWAPPED);
  sobre_field_set_content (SOBRE_FIELD (self), GTK_WIDGET (self->chips));
}
